package batch_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/batch/settle"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// word keeps a person's word about a row, who agrees to what is asked.
func (w *world) word(b journal.Batch, o settle.Word) (asked string, err error) {
	o.Reason = "seen on the panel's page"
	o.Agree = func(words string) error { asked = words; return nil }
	err = w.settler(b).Force(w.t.Context(), o)
	return asked, err
}

// TestAPersonIsAskedWhileARowsOrderMayStillAppear: that none is on the panel's page yet tells nothing.
func TestAPersonIsAskedWhileARowsOrderMayStillAppear(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1}, "add:closed:before:n=2")
	w.job.Concurrency = 1
	b := w.run(rows(4)).Batch
	word := settle.Word{Lines: []parse.Line{{N: 3}}, Reason: "not on the panel's page"}
	s := w.settler(b)
	s.Late = time.Hour
	if err := s.Force(t.Context(), word); err == nil || !strings.Contains(err.Error(), "may still appear") {
		t.Errorf("nobody was asked: %v", err)
	}
	word.Agree = func(string) error { return nil }
	if err := s.Force(t.Context(), word); err != nil {
		t.Error(err)
	}
	d, err := w.journal.Decisions(t.Context(), b, 2)
	if err != nil || len(d) != 1 || !strings.Contains(d[0].Evidence, "although row 3: its order may still appear") {
		t.Errorf("it is kept as %+v, %v", d, err)
	}
}

// TestRowsAreNotQueuedWhileAnOrderStandsThere that no row claims, unless the person names it; all of them are decided,
// or none.
func TestRowsAreNotQueuedWhileAnOrderStandsThere(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:before:n=2",
		"add:closed:after:n=6")
	w.job.Concurrency = 1
	b := w.run(priced(100, 200, 300, 400, 500, 600, 700, 800, 900)).Batch
	there := w.orderFor("7")
	var standing *settle.StandingError
	_, err := w.word(b, settle.Word{Lines: []parse.Line{{N: 3}, {N: 7}}})
	if !errors.As(err, &standing) || standing.Line.N != 7 || !strings.Contains(err.Error(), "--although "+there) ||
		!strings.Contains(err.Error(), "charged 0.54") {
		t.Fatalf("%v", err)
	}
	if n := w.states(b)[journal.InDoubt]; n != 2 {
		t.Fatalf("%d rows are in doubt", n)
	}
	if _, err := w.word(b, settle.Word{Lines: []parse.Line{{N: 3}}}); err != nil {
		t.Error(err)
	}
	if _, err := w.word(b, settle.Word{Lines: []parse.Line{{N: 7}}, Although: []string{there}}); err != nil {
		t.Error(err)
	}
	d, err := w.journal.Decisions(t.Context(), b, 6)
	if err != nil || len(d) != 1 || len(d[0].Although) != 1 || d[0].State != journal.Queued {
		t.Errorf("%+v, %v", d, err)
	}
	// What the person said of the order isn't held against the decision.
	if err := w.settler(b).Contradict(t.Context()); err != nil {
		t.Fatal(err)
	}
	if alarms, err := w.journal.Alarms(t.Context(), b); err != nil || alarms != nil {
		t.Errorf("%+v, %v", alarms, err)
	}
}

func (w *world) states(b journal.Batch) map[journal.State]int {
	w.t.Helper()
	totals, err := w.journal.Totals(w.t.Context(), b)
	if err != nil {
		w.t.Fatal(err)
	}
	return totals.States
}

// TestAnOrderThatDoesntFitIsAskedAbout: by its charge, and by where it lies.
func TestAnOrderThatDoesntFitIsAskedAbout(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:after:n=3",
		"add:closed:after:n=7")
	w.job.Concurrency = 1
	b := w.run(priced(100, 200, 300, 400, 500, 600, 700, 800, 900)).Batch
	asked, err := w.word(b, settle.Word{Lines: []parse.Line{{N: 4}}, OrderID: w.orderFor("8")})
	if err != nil || !strings.Contains(asked, "it is charged 0.63, and the row's charge should be 0.27") ||
		!strings.Contains(asked, "must lie between orders ") {
		t.Errorf("%q, %v", asked, err)
	}
	if asked, err = w.word(b, settle.Word{Lines: []parse.Line{{N: 8}}, OrderID: w.orderFor("8")}); !errors.Is(
		err,
		journal.ErrOrderTaken,
	) {
		t.Errorf("an order is claimed twice: %q, %v", asked, err)
	}
	unasked := w.settler(b)
	err = unasked.Force(t.Context(), settle.Word{Lines: []parse.Line{{N: 8}}, OrderID: w.orderFor("4"), Reason: "x"})
	if err == nil || !strings.Contains(err.Error(), "doesn't look like row 8's") {
		t.Errorf("where nobody can be asked: %v", err)
	}
	if states := w.states(b); states[journal.InDoubt] != 1 {
		t.Errorf("%v", states)
	}
}

// TestAnOrderThatShowsUpAfterTheWordIsAnAlarm until a person answers it: the row may be ordered twice.
func TestAnOrderThatShowsUpAfterTheWordIsAnAlarm(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:late=3s:n=3")
	w.job.Concurrency = 1
	out, err := w.job.Run(t.Context(), w.open(priced(100, 200, 300)), "orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	b := out.Batch
	if _, err := w.word(b, settle.Word{Lines: []parse.Line{{N: 4}}}); err != nil {
		t.Fatal(err)
	}
	time.Sleep(3200 * time.Millisecond)
	if out, err = w.job.Resume(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if _, err := w.job.Refresh(t.Context(), b, false, false); err != nil {
		t.Fatal(err)
	}
	for range 2 { // it is told once
		if _, err := w.job.Resettle(t.Context(), b, false); err != nil {
			t.Fatal(err)
		}
	}
	alarms, err := w.journal.Alarms(t.Context(), b)
	if err != nil || len(alarms) != 1 || alarms[0].Line.N != 4 || !strings.Contains(alarms[0].Words, "ordered twice") {
		t.Fatalf("%+v, %v", alarms, err)
	}
	n, err := w.journal.AnswerAlarms(b, alarms[0].Seq, []string{alarms[0].OrderID}, "me", "a client's own", time.Now())
	if left, again := w.journal.Alarms(t.Context(), b); err != nil || again != nil || n != 1 || left != nil {
		t.Errorf("%d, %v, %v, %v", n, err, left, again)
	}
}

// TestARequestThatWasTurnedAwayMayHaveMadeTheOrder: a panel that saw it twice says of the second one that it came too
// soon, and the first one's order isn't given to another row, which was sent just before.
func TestARequestThatWasTurnedAwayMayHaveMadeTheOrder(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond},
		"add:closed:before:n=4", "add:error=Rate limit exceeded:after:n=5")
	w.job.Concurrency = 1
	out, err := w.job.Run(t.Context(), w.open(priced(100, 200, 300, 500, 500, 600, 700)), "orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.settler(out.Batch).Settle(t.Context())
	if err != nil || len(s.Conclusions) != 1 || s.Conclusions[0].How != "" ||
		!strings.Contains(s.Conclusions[0].Words, "of which a request was turned away before") {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestFindingsOfRowsThatStayInDoubt: whose order isn't there, and which one may well be a row's. Where others order,
// that is said, and not told as the next word.
func TestFindingsOfRowsThatStayInDoubt(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:before:n=3",
		"add:closed:after:n=8")
	w.job.Panel.Panel.Exclusive = panel.Shared
	w.job.Concurrency = 1
	out := w.run(priced(100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200))
	w.settle(out.Batch)
	totals, err := w.journal.Totals(t.Context(), out.Batch)
	if err != nil || len(totals.Doubts) != 2 || totals.Doubts[0].Finding == nil || totals.Doubts[1].Finding == nil {
		t.Fatalf("%+v, %v", totals.Doubts, err)
	}
	absent, there := totals.Doubts[0].Finding, totals.Doubts[1].Finding
	if !absent.NotPlaced || absent.Placed != "" || there.NotPlaced || there.Placed != "" ||
		!strings.Contains(there.Words, "order "+w.orderFor("9")+" may as well be somebody else's: look at its link") {
		t.Errorf("%+v, %+v", absent, there)
	}
}

// TestASetIsAskedForAsAWhole: of one row of a set nobody knows which order is its own, so a refill or a cancel takes
// all of them, and what the panel says of one order is said of no row.
func TestASetIsAskedForAsAWhole(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1}, "add:closed:after:n=5-6")
	w.job.Concurrency = 1
	b := w.run(rows(12)).Batch
	w.settle(b)
	e, err := w.journal.AtLine(t.Context(), b, parse.Line{N: 6}, "")
	if err != nil || len(e.OneOf) != 2 || e.OrderID != "" {
		t.Fatalf("%+v, %v", e, err)
	}
	span := func(from, to int) batch.Choice { return batch.Choice{Lines: []batch.Span{{From: from, To: to}}} }
	one, err := w.job.Request(t.Context(), b, journal.Cancel, span(5, 6), false)
	if err != nil || len(one.Rows) != 2 {
		t.Fatalf("%+v, %v", one.Rows, err)
	}
	for _, row := range one.Rows {
		set := row.Line.N == 6
		if (row.State == "") != set || set != strings.Contains(row.Words, strings.Join(e.OneOf, ", ")) {
			t.Errorf("%+v", row)
		}
	}
	both, err := w.job.Request(t.Context(), b, journal.Cancel, span(6, 7), false)
	if err != nil || len(both.Rows) != 2 {
		t.Fatalf("%+v, %v", both.Rows, err)
	}
	for _, row := range both.Rows {
		if row.State != journal.Taken || row.OrderID != "" || row.Ref != "" {
			t.Errorf("%+v", row)
		}
	}
	asked := ""
	for _, r := range w.sandbox.Requests() {
		if r.Action == "cancel" {
			asked = r.Form.Get("orders")
		}
	}
	if ids := slices.Sorted(strings.SplitSeq(asked, ",")); !slices.Equal(ids, e.OneOf) {
		t.Errorf("asked for %s, want %v", asked, e.OneOf)
	}
}

// TestAForcedOrderThatIsChargedOtherwiseLaterIsAnAlarm: it may be another row's after all, or nobody's.
func TestAForcedOrderThatIsChargedOtherwiseLaterIsAnAlarm(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:after:n=3")
	w.job.Concurrency = 1
	b := w.run(priced(100, 200, 300, 400, 500)).Batch
	if _, err := w.word(b, settle.Word{Lines: []parse.Line{{N: 4}}, OrderID: w.orderFor("4")}); err != nil {
		t.Fatal(err)
	}
	for charge, alarms := range []int{0, 1} {
		if charge > 0 {
			w.faults(`status:body={"status":"In progress","charge":"0.5","currency":"USD","remains":"1"}`)
		}
		if _, err := w.job.Refresh(t.Context(), b, false, false); err != nil {
			t.Fatal(err)
		}
		all, err := w.journal.Alarms(t.Context(), b)
		if err != nil || len(all) != alarms ||
			alarms > 0 && !strings.Contains(all[0].Words, "charged 0.27 then and 0.5 now") {
			t.Errorf("%+v, %v", all, err)
		}
	}
}
