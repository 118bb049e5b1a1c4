package book

import (
	"testing"

	"bulkorder/batch/journal"
	"bulkorder/report/reporttest"
)

// results is what there is to write of a batch.
func results(d *reporttest.Sample, b journal.Batch) Results {
	return Results{Journal: d.Journal, Batch: b}
}

func everyResult(t testing.TB) (*reporttest.Sample, Results) {
	d := reporttest.EveryState(t)
	return d, results(d, d.Batch)
}

func emptyBatch(t testing.TB) Results {
	d := reporttest.NewSample(t)
	return results(d, d.Admit())
}
