package batch_test

import (
	"strings"
	"testing"

	"bulkorder/batch"
	"bulkorder/batch/settle"
	"bulkorder/samples/sandbox"
)

// TestOneOrderForTwoRowsIsNoPriceThatRose: what the panel tells of the order may be about either row.
func TestOneOrderForTwoRowsIsNoPriceThatRose(t *testing.T) {
	w := newWorld(t, sandbox.Config{Prices: []sandbox.Price{
		{Service: 1, Rate: "0.99", After: 0, Shown: -1}, {Service: 1, Rate: "0.9", After: 1, Shown: -1},
	}}, "add:sameid:after:n=2")
	w.job.Concurrency = 1
	out := w.run(rows(6))
	w.forget("UPDATE rows SET checked_at = 0, due_at = 0, charge = NULL WHERE order_id = '23501'")
	s := w.settler(out.Batch)
	l := settle.Looker{Journal: s.Journal, Batch: s.Batch, Panel: s.Panel, Pace: s.Pace}
	seen, err := l.Look(t.Context(), settle.Looking{})
	if err != nil {
		t.Fatal(err)
	}
	if out.End.Stop != batch.Alarm || seen.Held > 0 {
		t.Errorf("stopped by %q; %d rows are held", out.End.Stop, seen.Held)
	}
	if strings.Contains(seen.Alarm, "dearer") || !strings.Contains(seen.Alarm, "rows 2 and 3") {
		t.Errorf("the alarm is %q", seen.Alarm)
	}
}
