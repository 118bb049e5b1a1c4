package batch_test

import (
	"errors"
	"strings"
	"testing"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// TestARowsNumberAloneDecidesNothingOfTwo: the row that the sheet no longer has and the one that moved up to its place
// are both in doubt as row 5, and a person's word about row 5 may mean either.
func TestARowsNumberAloneDecidesNothingOfTwo(t *testing.T) {
	faults := []string{"add:closed:after:n=4", "add:closed:before:n=5"}
	timeless(t, sandbox.Config{Speed: -1}, nil, faults, func(t *testing.T, w *world) {
		w.job.Name, w.job.Concurrency = "n", 1
		sheet := rows(8)
		w.run(sheet)
		out := w.run(strings.Replace(sheet, "1,https://example.com/5,100\n", "", 1))
		w.want(out, batch.Done, map[journal.State]int{journal.Placed: 6, journal.InDoubt: 2})
		order := w.orderFor("5")
		for _, word := range []desk.Decision{{OrderID: order}, {Queue: true, Although: []string{order}}} {
			word.Rows, word.Reason = []batch.Span{{From: 5, To: 5}}, "seen"
			_, err := w.job.desk().Decide(t.Context(), out.Batch, word)
			var several *journal.SeveralError
			if !errors.As(err, &several) || !strings.Contains(err.Error(), "5@4 (https://example.com/5, which the sheet "+
				"no longer has so)") || !strings.Contains(err.Error(), "5@5 (https://example.com/6)") {
				t.Fatalf("%+v: %v", word, err)
			}
		}
		for _, d := range out.Totals.Doubts {
			if d.Line.Seq == 0 || d.Left != (d.Link == "https://example.com/5") {
				t.Errorf("%+v", d)
			}
		}
		for _, word := range []desk.Decision{
			{Rows: []batch.Span{{From: 5, To: 5, Seq: 5}}, Queue: true, Although: []string{order}},
			{Rows: []batch.Span{{From: 5, To: 5, Seq: 4}}, OrderID: order},
		} {
			word.Reason, word.Agree = "seen", func(string) error { return nil }
			if _, err := w.job.desk().Decide(t.Context(), out.Batch, word); err != nil {
				t.Errorf("%+v: %v", word, err)
			}
		}
		w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 8})
	})
}
