package batch_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/samples/sandbox"
)

// between stands between the job and the panel and calls see with every order that arrives, before the panel
// has it.
func (w *world) between(see func(link string)) {
	w.t.Helper()
	w.job.Panel = w.through("add", func(form url.Values) { see(form.Get("link")) })
}

// through gives a client of the panel that calls see with every request of an action, before the panel has it.
func (w *world) through(action string, see func(url.Values)) *panel.Client {
	w.t.Helper()
	there, err := url.Parse(w.job.Panel.Panel.URL)
	if err != nil {
		w.t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(there)
	// no answer is no answer
	proxy.ErrorHandler = func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		if form, err := url.ParseQuery(string(body)); err == nil && form.Get("action") == action {
			see(form)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		proxy.ServeHTTP(rw, r)
	}))
	w.t.Cleanup(server.Close)
	p := w.job.Panel.Panel
	p.URL = server.URL
	client, err := panel.New(p, panel.NewKey("sandbox"), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(client.Close)
	return client
}

// inState tells whether the books have the row of a link in a state. They are read by another connection than
// the one that writes: it sees what is committed.
func (w *world) inState(link string, state journal.State) bool {
	b, err := w.journal.Batch(w.t.Context(), "")
	if err != nil {
		w.t.Error(err)
	}
	for e, err := range w.journal.InState(w.t.Context(), b, state) {
		if err != nil {
			w.t.Error(err)
		}
		if linkOf(e) == link {
			return true
		}
	}
	return false
}

// TestAnOrderThatArrivesIsInTheBooksAlready: its intent is committed before its request leaves.
func TestAnOrderThatArrivesIsInTheBooksAlready(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.between(func(link string) {
		if !w.inState(link, journal.Sending) {
			t.Errorf("an order for %s arrived before its intent was committed", link)
		}
	})
	w.want(w.run(rows(30)), batch.Done, map[journal.State]int{journal.Placed: 30})
}

// TestARowThatIsNoLongerQueuedIsNotSent, though the run has read it as queued.
func TestARowThatIsNoLongerQueuedIsNotSent(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.job.Concurrency = 1
	var arrived atomic.Int32
	w.between(func(string) {
		if arrived.Add(1) > 1 {
			return
		}
		b, err := w.journal.Batch(t.Context(), "")
		if err != nil {
			t.Error(err)
		}
		for seq := int64(2); seq <= 6; seq++ { // the run has read them as queued
			if err := <-w.journal.HoldBack(b, seq, journal.Duplicate, "somebody held it"); err != nil {
				t.Error(err)
			}
		}
	})
	w.want(w.run(rows(6)), batch.Done, map[journal.State]int{journal.Placed: 1, journal.Held: 5})
}

// TestARowFoundSendingIsInDoubt: a run that was killed between intent and outcome leaves doubt. No later run
// sends the row, and settling sees it.
func TestARowFoundSendingIsInDoubt(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1})
	b := w.admitOnly(rows(4))
	if err := w.journal.Intend(b, 2, time.Now()); err != nil {
		t.Fatal(err)
	}
	w.want(w.resume(b), batch.Done, map[journal.State]int{journal.Placed: 3, journal.InDoubt: 1})
}

// TestSettlingSeesARowFoundSending: a person can decide about it without another run.
func TestSettlingSeesARowFoundSending(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1})
	b := w.admitOnly(rows(2))
	if err := w.journal.Intend(b, 1, time.Now()); err != nil {
		t.Fatal(err)
	}
	w.job.Late = time.Millisecond
	out, err := w.job.Decide(t.Context(), b, 2, "", "not on the panel's page")
	if err != nil {
		t.Fatal(err)
	}
	w.want(out, batch.Done, map[journal.State]int{journal.Queued: 2})
}

// meanwhile lets another process do something to the batch while its second order is under way.
func (w *world) meanwhile(do func(journal.Batch) error) {
	w.job.Concurrency = 1
	var arrived atomic.Int32
	w.between(func(string) {
		if arrived.Add(1) != 2 {
			return
		}
		b, err := w.journal.Batch(w.t.Context(), "")
		if err == nil {
			_, err = w.journal.Recover(b)
		}
		if err == nil {
			err = do(b)
		}
		if err != nil {
			w.t.Error(err)
		}
	})
}

// TestAnAnswerThatComesAfterAllDecides: another process took the row for lost while its request was under way.
func TestAnAnswerThatComesAfterAllDecides(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.meanwhile(func(journal.Batch) error { return nil })
	w.want(w.run(rows(8)), batch.Done, map[journal.State]int{journal.Placed: 8})
}

// TestAnAnswerAfterAPersonQueuedTheRowAgain: the row isn't sent a second time.
func TestAnAnswerAfterAPersonQueuedTheRowAgain(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.meanwhile(func(b journal.Batch) error {
		return w.journal.Decide(b, 2, journal.Decision{How: journal.Forced, State: journal.Queued})
	})
	w.want(w.run(rows(8)), batch.Done, map[journal.State]int{journal.Placed: 8})
}

// TestAnAnswerThatContradictsADecisionStopsTheRun: a person said which order the row is, and the panel says another.
func TestAnAnswerThatContradictsADecisionStopsTheRun(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.meanwhile(func(b journal.Batch) error {
		return w.journal.Decide(b, 2, journal.Decision{How: journal.Forced, State: journal.Placed, OrderID: "7"})
	})
	// The books hold what the person said, which isn't what the ledger holds.
	out, err := w.job.Run(t.Context(), w.open(rows(8)), "orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	if out.End.Stop != batch.Alarm || !strings.Contains(out.End.Words, "it was order") ||
		out.Totals.States[journal.Queued] == 0 {
		t.Errorf("stopped by %q (%s) with %v", out.End.Stop, out.End.Words, out.Totals.States)
	}
	attempts, err := w.journal.Attempts(t.Context(), out.Batch, 2)
	if err != nil || len(attempts) != 2 || attempts[1].OrderID == "" {
		t.Errorf("the answer isn't kept: %+v, %v", attempts, err)
	}
}

// TestTheLastOutcomeIsWaitedFor: an alarm about the last row is told by the run that sent it.
func TestTheLastOutcomeIsWaitedFor(t *testing.T) {
	w := newWorld(t, sandbox.Config{}, "add:sameid:after:n=3")
	w.job.Concurrency = 1
	w.want(w.run(rows(3)), batch.Alarm, map[journal.State]int{journal.Placed: 2, journal.InDoubt: 1})
}

// TestDoubtCountsTowardsTheCap: what may be ordered may be charged, in this run and in the next.
func TestDoubtCountsTowardsTheCap(t *testing.T) {
	w := newWorld(t, sandbox.Config{}, "add:closed:after:n=2")
	w.job.Concurrency = 1
	w.job.MaxSpend = decimal.NewNullDecimal(decimal.RequireFromString("0.27")) // three rows of 0.09
	out := w.run(rows(6))
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 2, journal.InDoubt: 1, journal.Held: 3})
	w.want(
		w.resume(out.Batch),
		batch.Done,
		map[journal.State]int{journal.Placed: 2, journal.InDoubt: 1, journal.Held: 3},
	)
}

// TestTheCapIsRemembered: a run that doesn't name the cap keeps to the one that the batch has.
func TestTheCapIsRemembered(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.job.MaxSpend = decimal.NewNullDecimal(decimal.RequireFromString("0.18")) // two rows of 0.09
	out := w.run(rows(4))
	w.job.MaxSpend = decimal.NullDecimal{}
	for range 2 {
		w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 2, journal.Held: 2})
	}
}

// TestRowsThatAreNotForThisRunAreNotSent: a row that names another panel, and one that has an order.
func TestRowsThatAreNotForThisRunAreNotSent(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	out := w.run(strings.Join([]string{"panel,service,link,quantity,order_id",
		"addsmm,1,https://example.com/a,100,",
		"elsewhere,1,https://example.com/b,100,",
		"addsmm,1,https://example.com/c,100,23999",
		""}, "\n"))
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 1, journal.Invalid: 1, journal.Skipped: 1})
	if ledger := w.sandbox.Ledger(); len(ledger) != 1 || ledger[0].Fields["link"] != "https://example.com/a" {
		t.Errorf("ordered %v, want the first row alone", ledger)
	}
}

// TestStrictSendsNothing where one row is wrong.
func TestStrictSendsNothing(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.job.Strict = true
	if _, err := w.job.Run(t.Context(), w.open(rows(2)+"1,https://example.com/wrong,1\n"), "orders.csv"); !errors.Is(
		err,
		desk.ErrStrict,
	) {
		t.Errorf("got %v, want ErrStrict", err)
	}
	if n := len(w.sandbox.Ledger()); n != 0 {
		t.Errorf("%d orders, want none", n)
	}
}
