package batch_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// sheetFor writes one order for each quantity, each for a link of this batch.
func sheetFor(name string, quantities ...int) string {
	var b strings.Builder
	b.WriteString("service,link,quantity\n")
	for i, q := range quantities {
		fmt.Fprintf(&b, "1,https://example.com/%s/%d,%d\n", name, i+2, q)
	}
	return b.String()
}

// batchOf runs one order for each quantity as a batch of this name, one after the other.
func (w *world) batchOf(name string, quantities ...int) journal.Batch {
	w.t.Helper()
	w.job.Name, w.job.Concurrency = name, 1
	return w.run(sheetFor(name, quantities...)).Batch
}

// undecided settles a batch, and checks that its one row in doubt stays so, with words that name all of these.
func (w *world) undecided(b journal.Batch, names ...string) {
	w.t.Helper()
	s := w.settle(b)
	if s.Alarm != "" || s.Advice != "" || len(s.Conclusions) != 1 {
		w.t.Fatalf("batch %s: alarm %q, advice %q, %d conclusions", b.ID, s.Alarm, s.Advice, len(s.Conclusions))
	}
	c := s.Conclusions[0]
	if c.How != "" {
		w.t.Errorf("batch %s: row %d is given order %s: %s", b.ID, c.Entry.Line, c.OrderID, c.Words)
	}
	for _, name := range names {
		if !strings.Contains(c.Words, name) {
			w.t.Errorf("batch %s: %q doesn't name %s", b.ID, c.Words, name)
		}
	}
}

// TestAnOrderThatMayBeAnotherBatchsIsNobodys: two batches have a row in doubt, and one order of that charge is there.
func TestAnOrderThatMayBeAnotherBatchsIsNobodys(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond},
		"add:closed:before:n=4", "add:closed:after:n=5")
	w.batchOf("a", 100, 100, 100)
	n, d := w.batchOf("n", 100), w.batchOf("d", 100)
	w.batchOf("z", 100, 100, 100)
	w.undecided(n, w.orderFor("d/2"), "the others are: row 2 of batch d")
	w.undecided(d, w.orderFor("d/2"), "the others are: row 2 of batch n")
}

// orderFor gives the id of the order for the end of a link.
func (w *world) orderFor(link string) string {
	w.t.Helper()
	for _, o := range w.sandbox.Ledger() {
		if strings.HasSuffix(o.Fields["link"], "/"+link) {
			return o.ID
		}
	}
	w.t.Fatalf("nothing was ordered for %s", link)
	return ""
}

// TestAsManyOrdersAsRowsOfTwoBatchesDecideNothing: which is whose can't be told, and one of the batches is not ours
// to decide.
func TestAsManyOrdersAsRowsOfTwoBatchesDecideNothing(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:after:n=4-5")
	w.batchOf("a", 100, 100, 100)
	n, d := w.batchOf("n", 100), w.batchOf("d", 100)
	w.batchOf("z", 100, 100, 100)
	for _, b := range []journal.Batch{n, d} {
		w.undecided(b, w.orderFor("n/2"), w.orderFor("d/2"), "row 2 of batch n", "row 2 of batch d", "--row")
	}
}

// TestOrdersOfAnotherBatchsDoubtAreNoStrangers: they say nothing against the row whose own order is there.
func TestOrdersOfAnotherBatchsDoubtAreNoStrangers(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond},
		"add:closed:after:n=4", "add:closed:after:n=8-9")
	w.batchOf("a", 100, 100, 100)
	h := w.batchOf("h", 300)
	w.batchOf("y", 100, 100, 100)
	k, l := w.batchOf("k", 500), w.batchOf("l", 700)
	w.batchOf("z", 100, 100, 100)
	for _, b := range []journal.Batch{k, h, l} {
		s := w.settle(b)
		if s.Alarm != "" || s.Advice != "" || len(s.Conclusions) != 1 ||
			s.Conclusions[0].OrderID != w.orderFor(b.ID+"/2") {
			t.Errorf("batch %s: %+v", b.ID, s)
		}
	}
}

// TestTheDoubtOfAnotherBatchIsNotLookedForWithoutEnd: its window is wide, and the panel tells of one order a call.
func TestTheDoubtOfAnotherBatchIsNotLookedForWithoutEnd(t *testing.T) {
	w := newWorld(t, like(t, sandbox.Config{Speed: -1}, "single"), "add:closed:after:n=4", "add:closed:after:n=508")
	w.job.Concurrency = 1
	batches := map[string]journal.Batch{}
	for _, name := range []string{"a", "h", "y", "k", "z"} {
		w.job.Name = name
		quantities := []int{100, 100, 100}
		if name == "h" || name == "k" { // in doubt
			quantities = []int{700}
		}
		out, err := w.job.Run(t.Context(), w.open(sheetFor(name, quantities...)), "orders.csv")
		if err != nil {
			t.Fatal(err)
		}
		batches[name] = out.Batch
		for range 500 * strings.Count(name, "h") {
			w.stranger(100)
		}
	}
	s, err := w.settler(batches["k"]).Settle(t.Context())
	if err != nil || len(s.Conclusions) != 1 || s.Conclusions[0].Finding.Placed != "" ||
		!strings.Contains(s.Conclusions[0].Finding.Words, w.orderFor("k/2")+" may as well be somebody else's") {
		t.Errorf("%+v, %v", s, err)
	}
}

// sending makes the one row of a new batch "sending", and orders it, as a process does that is still at it.
func (w *world) sending(name string, quantity int) {
	w.t.Helper()
	w.job.Name = name
	b := w.admitOnly(sheetFor(name, quantity))
	if err := w.journal.Intend(b, 1, time.Now()); err != nil {
		w.t.Fatal(err)
	}
	if a := w.job.Panel.Add(w.t.Context(), []panel.Param{
		{Name: "service", Value: "1"},
		{Name: "link", Value: "https://example.com/" + name + "/2"},
		{Name: "quantity", Value: fmt.Sprint(quantity)},
	}); a.Verdict != panel.Placed {
		w.t.Errorf("batch %s: %+v", name, a)
	}
}

// TestAnOrderOfARowUnderWayIsNobodyElses: another process sends a row of another batch, and its answer isn't there yet.
func TestAnOrderOfARowUnderWayIsNobodyElses(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:before:n=4")
	w.batchOf("a", 100, 100, 100)
	n := w.batchOf("n", 100)
	w.sending("h", 100)
	s, err := w.settler(n).Settle(t.Context())
	if err != nil || len(s.Conclusions) != 1 || s.Conclusions[0].How != "" || s.Alarm != "" || s.Advice != "" ||
		!strings.Contains(s.Conclusions[0].Words, "row 2 of batch h, which is being sent") {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestAnOrderThatIsMadeWhileItIsLookedForIsNobodyElses: the row that it is of began after settling did.
func TestAnOrderThatIsMadeWhileItIsLookedForIsNobodyElses(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:before:n=4")
	w.batchOf("a", 100, 100, 100)
	n := w.batchOf("n", 100)
	settler, once := w.settler(n), sync.Once{}
	settler.Panel = w.through("status", func(url.Values) { once.Do(func() { w.sending("h", 100) }) })
	s, err := settler.Settle(t.Context())
	if err != nil || len(s.Conclusions) != 1 || s.Conclusions[0].How != "" {
		t.Fatalf("%+v, %v", s, err)
	}
	if !strings.Contains(s.Conclusions[0].Words, w.orderFor("h/2")) {
		t.Errorf("it was not seen: %s", s.Conclusions[0].Words)
	}
}

// TestRowsOfBatchesThatNobodyHoldsAreSettledToo: the order of each is found, by settling one of them.
func TestRowsOfBatchesThatNobodyHoldsAreSettledToo(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:after:n=4-5")
	w.job.Late = time.Millisecond
	w.batchOf("a", 100, 100, 100)
	n, d := w.batchOf("n", 300), w.batchOf("d", 500)
	w.batchOf("z", 100, 100, 100)
	out, err := w.job.Resettle(t.Context(), n, false)
	if err != nil {
		t.Fatal(err)
	}
	w.audit(n)
	for _, b := range []journal.Batch{n, d} {
		e, err := w.journal.AtLine(t.Context(), b, parse.Line{N: 2}, "")
		if err != nil || e.State != journal.Placed || e.OrderID != w.orderFor(b.ID+"/2") {
			t.Errorf("batch %s: %s, order %s, %v: %+v", b.ID, e.State, e.OrderID, err, out.Settlement)
		}
	}
}

// TestRowsOfTwoBatchesAreOneSet: which is whose can't be told, so neither is given an order's id; both orders are
// theirs.
func TestRowsOfTwoBatchesAreOneSet(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:after:n=4-5")
	w.job.Late = time.Millisecond
	w.batchOf("a", 100, 100, 100)
	n, d := w.batchOf("n", 100), w.batchOf("d", 100)
	w.batchOf("z", 100, 100, 100)
	hold, err := w.journal.Hold(d.ID, journal.Holder{PID: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.job.Resettle(t.Context(), n, false); err != nil {
		t.Fatal(err)
	}
	for _, b := range []journal.Batch{n, d} {
		if e, err := w.journal.AtLine(t.Context(), b, parse.Line{N: 2}, ""); err != nil || e.State != journal.InDoubt {
			t.Errorf("batch %s, while another process has one of them: %s, %v", b.ID, e.State, err)
		}
	}
	hold.Release()
	if _, err := w.job.Resettle(t.Context(), n, false); err != nil {
		t.Fatal(err)
	}
	w.audit(n)
	set := []string{w.orderFor("n/2"), w.orderFor("d/2")}
	for _, b := range []journal.Batch{n, d} {
		e, err := w.journal.AtLine(t.Context(), b, parse.Line{N: 2}, "")
		if err != nil || e.State != journal.Placed || e.OrderID != "" || !slices.Equal(e.OneOf, set) {
			t.Errorf(
				"batch %s: %s, order %q, one of %v, %v; want one of %v",
				b.ID,
				e.State,
				e.OrderID,
				e.OneOf,
				err,
				set,
			)
		}
		decisions, err := w.journal.Decisions(t.Context(), b, e.Seq)
		if err != nil || len(decisions) != 1 || decisions[0].How != journal.InSet || decisions[0].OrderID != "" ||
			!slices.Equal(decisions[0].OneOf, set) {
			t.Errorf("batch %s: %+v, %v", b.ID, decisions, err)
		}
	}
}
