package batch_test

import (
	"testing"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// TestAPanelThatTellsGrossCharges: what it goes on telling of canceled orders is called gross, and counts for the cap.
func TestAPanelThatTellsGrossCharges(t *testing.T) {
	for gross, want := range map[bool]string{true: "0.27", false: "0"} {
		w := newWorld(t, sandbox.Config{Balance: "100", Speed: -1, Gross: gross})
		out := w.run(rows(3))
		w.request(out.Batch, journal.Cancel, batch.Choice{})
		w.refresh(out.Batch, false)
		totals, err := w.journal.Totals(t.Context(), out.Batch)
		if err != nil {
			t.Fatal(err)
		}
		if totals.Gross.Charge.String() != want || totals.Charged.String() != want || (totals.Gross.Rows > 0) != gross {
			t.Errorf("gross %v: %s charged, %d orders of %s gross", gross, totals.Charged, totals.Gross.Rows,
				totals.Gross.Charge)
		}
	}
}
