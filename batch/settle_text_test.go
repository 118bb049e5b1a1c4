package batch_test

import (
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// TestATextThatIsTaughtDecidesKeptAnswers: first of all, also where the panel tells of no order.
func TestATextThatIsTaughtDecidesKeptAnswers(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1}, `add:body={"error":"Kwfzx blorp"}:before:n=2`,
		`add:body={"error":"Grmpf vlurk"}:before:n=3`, "add:closed:before:n=4")
	w.job.Concurrency, w.job.Late = 1, time.Millisecond
	out := w.run(rows(6))
	if n := out.Totals.States[journal.InDoubt]; n != 3 {
		t.Fatalf("%d rows are in doubt", n)
	}
	w.job.Panel.Panel.Texts = panel.Texts{panel.ClassField: {"kwfzx"}, panel.ClassKey: {"grmpf"}}
	out, err := w.job.Resettle(t.Context(), out.Batch, false)
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[int]journal.State{3: journal.Refused, 4: journal.Queued, 5: journal.InDoubt} {
		e, err := w.journal.AtLine(t.Context(), out.Batch, parse.Line{N: line}, "")
		if err != nil || e.State != want {
			t.Errorf("row %d is %s, want %s, %v", line, e.State, want, err)
		}
	}
	if d, err := w.journal.Decisions(t.Context(), out.Batch, 2); err != nil || len(d) != 1 ||
		d[0].How != journal.ByText {
		t.Errorf("%+v, %v", d, err)
	}
}

// TestAnAnswerThatWasClearFromTheStartDecidesNothing: the row was put in doubt for another reason than its text.
func TestAnAnswerThatWasClearFromTheStartDecidesNothing(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1}, "add:error=Invalid API key:before:n=3")
	w.job.Concurrency, w.job.Late = 1, time.Millisecond
	b := w.run(rows(6)).Batch
	if err := w.journal.Doubt(b, 3, "its charge left the balance"); err != nil {
		t.Fatal(err)
	}
	out, err := w.job.Resettle(t.Context(), b, false)
	if err != nil || out.Totals.States[journal.InDoubt] != 1 {
		t.Errorf("%+v, %v", out.Totals.States, err)
	}
}
