package batch_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
	"bulkorder/batch/settle"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// mixed writes n orders whose charges mostly differ.
func mixed(n int, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	b.WriteString("service,link,quantity\n")
	for i := range n {
		fmt.Fprintf(&b, "1,https://example.com/%d,%d\n", i+2, 50+r.IntN(9000))
	}
	return b.String()
}

func (w *world) settler(b journal.Batch) *settle.Settler {
	return &settle.Settler{
		Journal: w.journal,
		Batch:   b,
		Panel:   w.job.Panel,
		Pace:    pace.New(w.job.Rate),
		By:      "me",
		Late:    time.Millisecond,
	}
}

func (w *world) settle(b journal.Batch) settle.Settlement {
	w.t.Helper()
	s, err := w.settler(b).Settle(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	w.audit(b)
	return s
}

// drain resumes until nothing is queued: an ill panel stops a run early.
func (w *world) drain(out desk.Outcome) desk.Outcome {
	w.t.Helper()
	for range 200 {
		if out.Totals.States[journal.Queued] == 0 {
			return out
		}
		out = w.resume(out.Batch)
	}
	w.t.Fatalf("rows stay queued: %s", out.End.Words)
	return out
}

// TestSettlingFindsWhatWasPlaced: of the rows in doubt that were ordered nearly all are found, with strangers'
// orders in between; none gets a wrong id; none is sent again.
func TestSettlingFindsWhatWasPlaced(t *testing.T) {
	faults := []string{
		"add:closed:after:p=0.06",
		"add:closed:before:p=0.03",
		"add:500:after:p=0.04",
		"add:cut:after:p=0.03",
		"add:both:before:p=0.02",
		"add:doubled:after:p=0.02",
		"add:cutdigits:after:p=0.02",
	}
	ordered, settled := 0, 0
	for seed := range uint64(5) {
		w := newWorld(t, sandbox.Config{Strangers: 0.4, Seed: int64(seed), Speed: -1}, faults...)
		out := w.drain(w.run(mixed(300, seed)))
		doubts := out.Totals.States[journal.InDoubt]
		before := out.Totals.States[journal.Placed]
		there := len(w.sandbox.Ledger()) - before
		if err := w.sandbox.SetFaults(nil); err != nil {
			t.Fatal(err)
		}
		s := w.settle(out.Batch)
		if s.Alarm != "" || s.Advice != "" {
			t.Errorf("seed %d: alarm %q, advice %q", seed, s.Alarm, s.Advice)
		}
		after := w.resume(out.Batch)
		found := after.Totals.States[journal.Placed] - before
		t.Logf("%d in doubt, %d of them ordered, %d found", doubts, there, found)
		ordered, settled = ordered+there, settled+found
		if n := len(w.sandbox.Ledger()); n != before+there {
			t.Errorf("seed %d: %d orders after settling, %d before", seed, n, before+there)
		}
	}
	if ordered < 100 || settled*100 < ordered*95 {
		t.Errorf("%d of %d orders found", settled, ordered)
	}
}

func TestSettlingEqualRowsAsASet(t *testing.T) {
	w := newWorld(t, sandbox.Config{Strangers: 0.4, Speed: -1}, "add:closed:after:n=5-6", "add:closed:after:n=11")
	w.job.Concurrency = 1
	out := w.run(rows(20))
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 17, journal.InDoubt: 3})
	w.settle(out.Batch)
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 20})
}

func TestEqualRowsOfWhichOneWasPlacedStayInDoubt(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1}, "add:closed:after:n=5", "add:closed:before:n=6")
	w.job.Concurrency = 1
	out := w.run(rows(20))
	s := w.settle(out.Batch)
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 18, journal.InDoubt: 2})
	for _, c := range s.Conclusions {
		if c.How != "" || !strings.Contains(c.Words, "may be its own or another row's") {
			t.Errorf("row %d: %s", c.Entry.Line, c.Words)
		}
	}
}

// TestNothingIsAdopted: where a panel can't be trusted to show what is ours, findings are advice.
func TestNothingIsAdopted(t *testing.T) {
	tests := []struct {
		name   string
		config sandbox.Config
		said   panel.Exclusive
		says   string
	}{
		{"ids are random", sandbox.Config{RandomIDs: true, Speed: -1}, panel.Alone, "ascend"},
		{"the account is shared", sandbox.Config{Speed: -1}, panel.Shared, "others order"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, tt.config, "add:closed:after:n=5", "add:both:after:n=9")
			w.job.Panel.Panel.Exclusive = tt.said
			out := w.run(mixed(20, 1))
			s := w.settle(out.Batch)
			w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 18, journal.InDoubt: 2})
			if !strings.Contains(s.Advice, tt.says) {
				t.Errorf("advice %q", s.Advice)
			}
		})
	}
}

func TestAnOrderThatNobodyKnowsIsAnAlarm(t *testing.T) {
	// The proxy doubles a request: two orders, one row in doubt.
	w := newWorld(t, sandbox.Config{Speed: -1}, "add:twice:after:n=5", "add:closed:after:n=6")
	w.job.Concurrency = 1
	out, err := w.job.Run(t.Context(), w.open(mixed(20, 1)), "orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.settler(out.Batch).Settle(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s.Alarm == "" && s.Advice == "" {
		t.Errorf("nothing is said about the doubled order: %+v", s)
	}
	totals, err := w.journal.Totals(t.Context(), out.Batch)
	if err != nil || totals.States[journal.InDoubt] != 1 {
		t.Errorf("%v, %v", totals.States, err)
	}
}

func TestSettlingWaitsForLateCommits(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1}, "add:late=200ms:after:n=5")
	out := w.run(mixed(20, 1))
	settler := w.settler(out.Batch)
	settler.Late = time.Hour
	s, err := settler.Settle(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s.Ready.IsZero() || s.Conclusions[0].How != "" {
		t.Errorf("decided too early: %+v", s)
	}
}

func TestAPersonDecides(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1}, "add:closed:after:n=2", "add:closed:before:n=4")
	w.job.Concurrency = 1
	out := w.run(rows(6))
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 4, journal.InDoubt: 2})
	s := w.settler(out.Batch)
	force := func(line int, order, reason string) error {
		return s.Force(t.Context(), settle.Word{Lines: []parse.Line{{N: line}}, OrderID: order, Reason: reason})
	}
	if err := force(3, "99999", "seen on the panel's page"); err == nil {
		t.Error("an order that the panel doesn't know is taken")
	}
	if err := force(3, "23501", "seen on the panel's page"); !errors.Is(err, journal.ErrOrderTaken) {
		t.Errorf("another row's order is taken: %v", err)
	}
	if err := force(2, "23502", ""); !errors.Is(err, journal.ErrNotInDoubt) {
		t.Errorf("a row that isn't in doubt is decided: %v", err)
	}
	if err := force(3, "23502", "seen on the panel's page"); err != nil {
		t.Error(err)
	}
	if err := force(5, "", "not on the panel's page"); err != nil {
		t.Error(err)
	}
	if err := force(5, "23502", "after all"); !errors.Is(err, journal.ErrNotInDoubt) ||
		!strings.Contains(err.Error(), "by a decision of me on ") {
		t.Errorf("a second decision: %v", err)
	}
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 6})
	e, err := w.journal.AtLine(t.Context(), out.Batch, parse.Line{N: 5}, "")
	if err != nil {
		t.Fatal(err)
	}
	d, err := w.journal.Decisions(t.Context(), out.Batch, e.Seq)
	if err != nil || len(d) != 1 || d[0].How != journal.Forced || d[0].Reason != "not on the panel's page" ||
		d[0].By != "me" {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestARequestOfOtherBooksIsAnotherRequest(t *testing.T) {
	w := newWorld(t, sandbox.Config{RequestID: "request_id"})
	w.job.Panel.Panel.RequestID = "request_id"
	w.want(w.run(rows(3)), batch.Done, map[journal.State]int{journal.Placed: 3})
	w.journal = freshJournal(t) // of another machine, which gives the same sheet the same name
	w.job.Journal = w.journal
	if out, err := w.job.Run(t.Context(), w.open(rows(3)), "sheet.csv"); err != nil ||
		out.Totals.States[journal.Placed] != 3 {
		t.Fatalf("%+v, %v", out.Totals, err)
	}
	if n := len(w.sandbox.Ledger()); n != 6 {
		t.Errorf("%d orders for 3 rows that were ordered twice", n)
	}
}

func TestAPanelThatKnowsTheSameRequestIsAskedAgain(t *testing.T) {
	w := newWorld(
		t,
		sandbox.Config{RequestID: "request_id", RandomIDs: true},
		"add:closed:after:n=2",
		"add:closed:before:n=4",
	)
	w.job.Panel.Panel.RequestID = "request_id"
	out := w.run(rows(6))
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 4, journal.InDoubt: 2})
	if _, err := w.settler(out.Batch).Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 6})
	if n := len(w.sandbox.Ledger()); n != 6 {
		t.Errorf("%d orders for 6 rows", n)
	}
}
