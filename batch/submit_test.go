package batch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// world is a sandbox, a journal and a job between them.
type world struct {
	t       *testing.T
	sandbox *sandbox.Sandbox
	journal *journal.Journal
	job     job
}

func newWorld(t *testing.T, config sandbox.Config, faults ...string) *world {
	t.Helper()
	for _, text := range faults {
		f, err := sandbox.ParseFault(text)
		if err != nil {
			t.Fatal(err)
		}
		config.Faults = append(config.Faults, f)
	}
	s, err := sandbox.New(config)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(func() { s.Close(); server.Close() })
	p, _ := panel.Preset("addsmm")
	p.URL, p.Exclusive = server.URL, panel.Alone
	client, err := panel.New(p, panel.NewKey("sandbox"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	j := freshJournal(t)
	return &world{
		t,
		s,
		j,
		job{
			Journal: j,
			By:      "me",
			Account: desk.Account{Panel: client, Rate: pace.Rate{PerSecond: 1000}, Concurrency: 4},
		},
	}
}

// rows writes a sheet of n orders of service 1.
func rows(n int) string {
	var b strings.Builder
	b.WriteString("service,link,quantity\n")
	for i := range n {
		fmt.Fprintf(&b, "1,https://example.com/%d,100\n", i+2)
	}
	return b.String()
}

func (w *world) open(text string) *parse.Sheet {
	w.t.Helper()
	s, err := parse.Open("-", parse.Options{Stdin: strings.NewReader(text)})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { s.Close() })
	return s
}

func (w *world) run(text string) desk.Outcome {
	w.t.Helper()
	out, err := w.job.Run(w.t.Context(), w.open(text), "orders.csv")
	if err != nil {
		w.t.Fatal(err)
	}
	w.audit(out.Batch)
	return out
}

func (w *world) resume(b journal.Batch) desk.Outcome {
	w.t.Helper()
	out, err := w.job.Resume(w.t.Context(), b)
	if err != nil {
		w.t.Fatal(err)
	}
	w.audit(out.Batch)
	return out
}

// audit compares the whole ledger with the books of all batches: no order is claimed twice, every placed
// row's order is there with the row's link, every order that no row claims is a row's that is in doubt,
// and every row is in one state.
func (w *world) audit(b journal.Batch) {
	w.t.Helper()
	unclaimed := map[string]string{} // order to link
	for _, o := range w.sandbox.Ledger() {
		unclaimed[o.ID] = o.Fields["link"]
	}
	doubts := map[string]int{}
	batches, err := w.journal.Batches(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, each := range batches {
		for e, err := range w.journal.Entries(w.t.Context(), each) {
			if err != nil {
				w.t.Fatal(err)
			}
			switch e.State {
			case journal.Placed:
				if len(e.OneOf) > 0 {
					id, is := orderOf(unclaimed, linkOf(e), e.OneOf)
					if e.OrderID != "" || !is {
						w.t.Errorf(
							"batch %s, row %d: one of %v, none of which is its own, or stated as %q",
							each.ID,
							e.Line,
							e.OneOf,
							e.OrderID,
						)
					}
					delete(unclaimed, id)
					continue
				}
				if link, is := unclaimed[e.OrderID]; !is || link != linkOf(e) {
					w.t.Errorf(
						"batch %s, row %d: placed as %s, which is %q in the ledger or another row's",
						each.ID,
						e.Line,
						e.OrderID,
						link,
					)
				}
				delete(unclaimed, e.OrderID)
			case journal.InDoubt:
				doubts[linkOf(e)]++
			}
		}
	}
	for id, link := range unclaimed {
		if doubts[link]--; doubts[link] < 0 {
			w.t.Errorf("order %s for %s is no row's", id, link)
		}
	}
	totals, err := w.journal.Totals(w.t.Context(), b)
	if err != nil {
		w.t.Fatal(err)
	}
	sum := 0
	for _, n := range totals.States {
		sum += n
	}
	if sum != totals.Rows {
		w.t.Errorf("the states add up to %d of %d rows", sum, totals.Rows)
	}
}

// orderOf finds the order for a link among some.
func orderOf(links map[string]string, link string, ids []string) (id string, is bool) {
	i := slices.IndexFunc(ids, func(id string) bool { return links[id] == link })
	if i < 0 {
		return "", false
	}
	return ids[i], true
}

func linkOf(e journal.Entry) string {
	for _, p := range e.Params {
		if p.Name == "link" {
			return p.Value
		}
	}
	return ""
}

func (w *world) want(out desk.Outcome, stop batch.Stop, states map[journal.State]int) {
	w.t.Helper()
	if out.End.Stop != stop {
		w.t.Errorf("stopped by %q (%s), want %q", out.End.Stop, out.End.Words, stop)
	}
	for _, s := range journal.States() {
		if out.Totals.States[s] != states[s] {
			w.t.Errorf("%d rows %s, want %d", out.Totals.States[s], s, states[s])
		}
	}
}

func TestEachRowIsOrderedOnce(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	out := w.run(rows(50))
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 50})
	if charged := out.Totals.Charged.String(); charged != "4.5" || out.Totals.Valid.Charge.String() != "4.5" {
		t.Errorf("charged %s, estimated %s, want 4.5", charged, out.Totals.Valid.Charge)
	}
	again := w.run(rows(50))
	w.want(again, batch.Done, map[journal.State]int{journal.Placed: 50})
	if again.End.Sent != 0 || again.Batch.ID != out.Batch.ID {
		t.Errorf(
			"the same sheet again sent %d requests, batch %s then %s",
			again.End.Sent,
			out.Batch.ID,
			again.Batch.ID,
		)
	}
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 50})
}

// TestEndings: each ending of a request leads where the table of endings says, and a resumed batch orders
// no row twice.
func TestEndings(t *testing.T) {
	const n = 4
	tests := []struct {
		fault   string
		stop    batch.Stop
		states  map[journal.State]int
		resumed map[journal.State]int
	}{
		{
			"add:closed:after:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "in_doubt": 1},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:closed:before:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "in_doubt": 1},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:reset:after:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "in_doubt": 1},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:500:after:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "in_doubt": 1},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:cut:after:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "in_doubt": 1},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:cutdigits:after:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "in_doubt": 1},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:both:after:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "in_doubt": 1},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:doubled:after:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "in_doubt": 1},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:empty:after:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "in_doubt": 1},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:html:before:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "in_doubt": 1},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:endless:after:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "in_doubt": 1},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:error=Nobody knows:before:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "in_doubt": 1},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:error=Incorrect link:before:n=2",
			batch.Done,
			map[journal.State]int{"placed": 3, "refused": 1},
			map[journal.State]int{"placed": 3, "refused": 1},
		},
		{
			"add:429:before:n=2:retry=1",
			batch.Done,
			map[journal.State]int{"placed": 4},
			map[journal.State]int{"placed": 4},
		},
		{
			"add:error=Rate limit exceeded:before:n=2",
			batch.Done,
			map[journal.State]int{"placed": 4},
			map[journal.State]int{"placed": 4},
		},
		{
			"add:307:after:n=2",
			batch.Unreachable,
			map[journal.State]int{"placed": 1, "in_doubt": 1, "queued": 2},
			map[journal.State]int{"placed": 3, "in_doubt": 1},
		},
		{
			"add:403:before:n=2",
			batch.Unreachable,
			map[journal.State]int{"placed": 1, "in_doubt": 1, "queued": 2},
			map[journal.State]int{"placed": 4},
		},
		{
			"add:error=Invalid API key:before:n=2",
			batch.KeyRefused,
			map[journal.State]int{"placed": 1, "queued": 3},
			map[journal.State]int{"placed": 4},
		},
		{
			"add:error=Not enough funds on balance:before:n=2", // the balance covers it, so it is the panel's supplier
			batch.Waiting,
			map[journal.State]int{"placed": 1, "in_doubt": 1, "queued": 2},
			map[journal.State]int{"placed": 4},
		},
		{
			"add:503:after:n=1-3",
			batch.Ill,
			map[journal.State]int{"in_doubt": 3, "queued": 1},
			map[journal.State]int{"in_doubt": 3, "placed": 1},
		},
	}
	for _, tt := range tests {
		t.Run(tt.fault, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sandbox.Config{}, tt.fault)
			w.job.Concurrency, w.job.Late = 1, time.Millisecond
			out := w.run(rows(n))
			w.want(out, tt.stop, tt.states)
			w.want(w.resume(out.Batch), batch.Done, tt.resumed)
		})
	}
}

func TestAnOrderThatAnotherRowHasIsAnAlarm(t *testing.T) {
	w := newWorld(t, sandbox.Config{}, "add:sameid:after:n=2")
	w.job.Concurrency = 1
	out := w.run(rows(4))
	// The row after may be under way before the outcome is stored; the last never is.
	if out.End.Stop != batch.Alarm || out.Totals.States[journal.InDoubt] != 1 ||
		out.Totals.States[journal.Queued] == 0 {
		t.Errorf("stopped by %q with %v", out.End.Stop, out.Totals.States)
	}
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 3, journal.InDoubt: 1})
}

// admitOnly keeps a sheet as a batch and sends nothing.
func (w *world) admitOnly(text string) journal.Batch {
	w.t.Helper()
	job := w.job
	stop := fmt.Errorf("stop")
	job.Ready = func(journal.Batch) error { return stop }
	_, err := job.Run(w.t.Context(), w.open(text), "orders.csv")
	if !errors.Is(err, stop) {
		w.t.Fatalf("got %v", err)
	}
	b, err := w.journal.Batch(w.t.Context(), "")
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}

func TestInterruptedFinishesWhatIsUnderWay(t *testing.T) {
	w := newWorld(t, sandbox.Config{Latency: 100 * time.Millisecond})
	ctx, cancel := context.WithCancel(t.Context())
	var calls atomic.Int32
	w.job.Progress = func(batch.Progress) {
		if calls.Add(1) == 3 {
			cancel()
		}
	}
	out, err := w.job.Run(ctx, w.open(rows(40)), "orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	w.audit(out.Batch)
	placed := out.Totals.States[journal.Placed]
	if out.End.Stop != batch.Interrupted || placed == 0 || placed > 12 ||
		placed+out.Totals.States[journal.Queued] != 40 {
		t.Errorf("stopped by %q with %v", out.End.Stop, out.Totals.States)
	}
	w.job.Progress = nil
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 40})
}

func TestThePilot(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.job.Limit = 3
	out := w.run(rows(10))
	w.want(out, batch.AtLimit, map[journal.State]int{journal.Placed: 3, journal.Queued: 7})
	w.job.Limit = 0
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 10})
}

func TestTheCapIsNeverExceeded(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.job.MaxSpend = decimal.NewNullDecimal(decimal.RequireFromString("0.45")) // five rows of 0.09
	out := w.run(rows(10))
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 5, journal.Held: 5})
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 5, journal.Held: 5})
	w.job.MaxSpend = decimal.NewNullDecimal(decimal.RequireFromString("0.54"))
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 6, journal.Held: 4})
}

func TestRowsThatBecameDearerAreHeld(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.job.Limit = 1
	out := w.run(rows(3))
	dearer := sandbox.Catalogue()
	dearer[0].Rate = "0.91"
	w.offers(dearer)
	w.job.Limit = 0
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 1, journal.Held: 2})
	w.job.AcceptPrice = true
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 3})
}

func TestOneOrderAtATimeForALink(t *testing.T) {
	sheet := "service,link,quantity\n"
	for i := range 12 {
		sheet += fmt.Sprintf("1,https://example.com/%d,%d\n", i%3, 100+i)
	}
	w := newWorld(t, sandbox.Config{Latency: 20 * time.Millisecond})
	w.job.Concurrency = 8
	out := w.run(sheet)
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 12})
	last := map[string]time.Time{}
	for _, o := range w.sandbox.Ledger() {
		if before := last[o.Fields["link"]]; !before.IsZero() && o.Taken.Sub(before) < 20*time.Millisecond {
			t.Errorf(
				"%s was ordered again %v after the order before, which took 20ms to be answered",
				o.Fields["link"],
				o.Taken.Sub(before),
			)
		}
		last[o.Fields["link"]] = o.Taken
	}
}

func TestADuplicateIsHeldUntilAllowed(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	sheet := "service,link,quantity\n1,https://example.com/a,100\n1,https://example.com/a,100\n"
	out := w.run(sheet)
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 1, journal.Held: 1})
	w.job.AllowDuplicates = true
	again := w.resume(out.Batch)
	w.want(again, batch.Done, map[journal.State]int{journal.Placed: 2})
	if n := len(w.sandbox.Ledger()); n != 2 {
		t.Errorf("%d orders, want 2", n)
	}
}

func TestTheSameSheetAgain(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	first := w.run(rows(3))
	w.job.Again = true
	out := w.run(rows(3))
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 3})
	if out.Batch.ID == first.Batch.ID || len(w.sandbox.Ledger()) != 6 {
		t.Errorf("batch %s after %s, %d orders", out.Batch.ID, first.Batch.ID, len(w.sandbox.Ledger()))
	}
	w.job.Again, w.job.Name = false, "other"
	held := w.run(rows(3))
	w.want(held, batch.Done, map[journal.State]int{journal.Held: 3})
}

func TestARefIsOrderedOnceEver(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.run("ref,service,link,quantity\nA1,1,https://example.com/a,100\n")
	w.job.AllowRepeat = true
	out := w.run(
		"ref,service,link,quantity\nA1,1,https://example.com/b,200\nA2,1,https://example.com/c,100\nA2,1," +
			"https://example.com/d,100\n",
	)
	w.want(out, batch.Done, map[journal.State]int{journal.Held: 1, journal.Placed: 1, journal.Invalid: 1})
}

func TestASecondProcessIsKeptOff(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	b := w.run(rows(2)).Batch
	h, err := w.journal.Hold(b.ID, journal.Holder{PID: 7})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Release()
	var held *journal.HeldError
	if _, err := w.job.Resume(t.Context(), b); !errors.As(err, &held) {
		t.Errorf("resume: %v", err)
	}
	if _, err := w.job.Run(t.Context(), w.open(rows(2)), "orders.csv"); !errors.As(err, &held) {
		t.Errorf("run: %v", err)
	}
}

func TestAnEditedSheetAddsWhatIsNew(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.job.Name = "weekly"
	w.run(rows(3))
	out := w.run(strings.Replace(rows(5), "/3,100", "/3,40", 1)) // row 3 is below the minimum now
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 5, journal.Invalid: 1})
	if n := len(w.sandbox.Ledger()); n != 5 {
		t.Errorf("%d orders, want 5", n)
	}
}
