package batch_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"bulkorder/batch"
	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/samples/sandbox"
)

// statusCalls counts the requests for statuses that a panel has seen.
func (w *world) statusCalls() (n int) {
	for _, r := range w.sandbox.Requests() {
		if r.Action == "status" {
			n++
		}
	}
	return n
}

// TestAPriceThatRisesWhileRowsLeaveHoldsTheRest, whether the catalogue shows it or the charges alone.
func TestAPriceThatRisesWhileRowsLeaveHoldsTheRest(t *testing.T) {
	for name, lacks := range map[string][]string{"many statuses at once": nil, "one status at a time": {"status_many"}} {
		w := newWorld(t, sandbox.Config{
			Balance: "100000", Speed: -1, Lacks: lacks,
			Prices: []sandbox.Price{{Service: 1, Rate: "90", After: 3, Shown: -1}},
		})
		out := w.run(rows(200))
		states := out.Totals.States
		if states[journal.Placed] > 10+w.job.Concurrency || states[journal.Held] != 200-states[journal.Placed] {
			t.Errorf("%s: %v", name, states)
		}
		if !strings.Contains(out.End.Alarm, "became dearer") || out.Totals.Above.Rows != states[journal.Placed]-3 {
			t.Errorf("%s: %q, %+v", name, out.End.Alarm, out.Totals.Above)
		}
		if again := w.resume(out.Batch); again.Totals.States[journal.Placed] != states[journal.Placed] {
			t.Errorf("%s: resuming sends at the new price: %v", name, again.Totals.States)
		}
	}
}

// TestAPersonApprovesWhatIsChargedNow: the run goes on, and the cap counts what is charged.
func TestAPersonApprovesWhatIsChargedNow(t *testing.T) {
	w := newWorld(t, sandbox.Config{
		Balance: "100000", Speed: -1, Prices: []sandbox.Price{{Service: 1, Rate: "1.8", After: 5, Shown: -1}},
	})
	w.job.AcceptPrice = true
	w.job.MaxSpend = decimal.NewNullDecimal(decimal.RequireFromString("9"))
	out := w.run(rows(100))
	// Five of 0.09 and the others of 0.18: 9 is reached by 52 rows. Ten left before the first look, at most.
	if placed := out.Totals.States[journal.Placed]; placed > 52 || placed < 45 ||
		out.Totals.Charged.GreaterThan(w.job.MaxSpend.Decimal) {
		t.Errorf("%d placed for %s under a cap of 9", placed, out.Totals.Charged)
	}
	if out.End.Alarm != "" || out.Totals.Above.Rows > 0 {
		t.Errorf("what was approved is told as %q, %+v", out.End.Alarm, out.Totals.Above)
	}
}

// TestOneServiceThatBecameDearerHoldsNoOther.
func TestOneServiceThatBecameDearerHoldsNoOther(t *testing.T) {
	w := newWorld(t, sandbox.Config{
		Balance: "100000", Speed: -1, Prices: []sandbox.Price{{Service: 1, Rate: "90", After: 2}},
	})
	var b strings.Builder
	b.WriteString("service,link,quantity\n")
	for i := range 60 {
		fmt.Fprintf(&b, "1,https://example.com/a/%d,100\n105,https://example.com/b/%d,100\n", i, i)
	}
	out := w.run(b.String())
	byService := map[string]int{}
	for _, s := range out.Totals.ByService() {
		byService[s.ID] = s.Placed
	}
	if byService["1"] > 10 || byService["105"] != 60 {
		t.Errorf("placed by service: %v, %v", byService, out.Totals.States)
	}
}

// TestLooksCostFewCalls: two for the first orders, and then those for each four or five hundred.
func TestLooksCostFewCalls(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100000", Speed: -1})
	w.want(w.run(rows(1000)), batch.Done, map[journal.State]int{journal.Placed: 1000})
	if calls := w.statusCalls(); calls > 14 {
		t.Errorf("%d calls for the statuses of 1,000 orders", calls)
	}
	single := newWorld(t, sandbox.Config{Balance: "100000", Speed: -1, Lacks: []string{"status_many"}})
	panelOf := single.job.Panel
	panelOf.Panel.Lacks = append(panelOf.Panel.Lacks, "status of many orders")
	before := single.statusCalls()
	out := single.run(rows(1000))
	single.want(out, batch.Done, map[journal.State]int{journal.Placed: 1000})
	if calls := single.statusCalls() - before; calls > 1000+8 {
		t.Errorf("%d calls where each order takes one, for 1,000 orders", calls)
	}
}

// TestAPanelThatCannotBeLookedAtStopsTheRun: nothing is known of what the orders are charged.
func TestAPanelThatCannotBeLookedAtStopsTheRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Config{Balance: "100000", Speed: -1}, "status:html", "balance:html:n=2-",
		"services:html:n=2-")
	out := w.run(rows(40))
	if out.End.Stop != batch.Unreachable || !strings.Contains(out.End.Words, "can't be looked at") ||
		out.Totals.States[journal.Placed] > 10+w.job.Concurrency {
		t.Errorf("%q, %q, %v", out.End.Stop, out.End.Words, out.Totals.States)
	}
}

// TestARoundingPanelKeepsTheCap: each order is charged a cent, where a tenth of that was estimated.
func TestARoundingPanelKeepsTheCap(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100", Speed: -1, Round: "2:up"})
	w.job.MaxSpend = decimal.NewNullDecimal(decimal.RequireFromString("0.2"))
	var b strings.Builder
	b.WriteString("service,link,quantity\n")
	for i := range 60 {
		fmt.Fprintf(&b, "105,https://example.com/%d,10\n", i) // 0.000815
	}
	out := w.run(b.String())
	if out.Totals.Charged.GreaterThan(w.job.MaxSpend.Decimal) || out.Totals.States[journal.Placed] < 10 {
		t.Errorf("%s charged under a cap of 0.2: %v", out.Totals.Charged, out.Totals.States)
	}
}

// TestAPanelThatAsksToWaitForAnHourStopsTheRun, which says until when.
func TestAPanelThatAsksToWaitForAnHourStopsTheRun(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1}, "add:429:retry=3600:n=3-")
	out := w.run(rows(9))
	if out.End.Stop != batch.Waiting || !strings.Contains(out.End.Words, "asks to wait until") ||
		out.Totals.States[journal.Queued] != 7 {
		t.Errorf("%q, %q, %v", out.End.Stop, out.End.Words, out.Totals.States)
	}
}

// TestAPlacedRowThatIsEditedKeepsWhatWasOrdered, also where the edit makes it wrong.
func TestAPlacedRowThatIsEditedKeepsWhatWasOrdered(t *testing.T) {
	const before, wrong = "service,link,quantity,ref\n1,https://example.com/a,100,x\n1,https://example.com/b,100,y\n",
		"service,link,quantity,ref\n1,https://example.com/a,5,x\n1,https://example.com/b,100,y\n"
	w := newWorld(t, sandbox.Config{Speed: -1})
	w.job.Name = "mine"
	w.run(before)
	out := w.run(wrong)
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 2})
	for e, err := range w.journal.Entries(t.Context(), out.Batch) {
		if err != nil {
			t.Fatal(err)
		}
		if told := len(e.Problems) > 0 &&
			strings.Contains(e.Problems[0].Wrong, "edited after it was ordered"); told != (e.Ref == "x") {
			t.Errorf("row %d: %+v", e.Line, e.Problems)
		}
		if e.Cells[2] != "100" {
			t.Errorf("row %d shows %q", e.Line, e.Cells)
		}
	}
}

// TestOrdersThatAnotherProcessAskedAboutAreLookedAtToo: a refresh while rows leave takes nothing from the look.
func TestOrdersThatAnotherProcessAskedAboutAreLookedAtToo(t *testing.T) {
	w := newWorld(t, sandbox.Config{
		Balance: "100000", Speed: -1, Prices: []sandbox.Price{{Service: 1, Rate: "90", After: 3, Shown: -1}},
	})
	w.job.Progress = func(batch.Progress) {
		all, err := w.journal.Batches(t.Context())
		if err != nil || len(all) != 1 {
			t.Errorf("%d batches, %v", len(all), err)
			return
		}
		b := all[0]
		if err := w.journal.Flush(); err != nil { // what was answered is in the books
			t.Error(err)
		}
		fresh, err := w.journal.Unasked(t.Context(), b, w.job.Panel.Panel.Name)
		f := follow.Follower{Journal: w.journal, Batch: b, Panel: w.job.Panel, Pace: pace.New(w.job.Rate)}
		if err := errors.Join(err, f.Orders(t.Context(), fresh)); err != nil {
			t.Error(err)
		}
	}
	out := w.run(rows(200))
	states := out.Totals.States
	if states[journal.Placed] > 10+w.job.Concurrency || states[journal.Held] != 200-states[journal.Placed] {
		t.Errorf("%v", states)
	}
	if !strings.Contains(out.End.Alarm, "became dearer") || out.Totals.Above.Rows != states[journal.Placed]-3 {
		t.Errorf("%q, %+v", out.End.Alarm, out.Totals.Above)
	}
}
