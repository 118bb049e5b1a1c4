package journal

import (
	"testing"
	"time"

	"bulkorder/batch/journal/pgtest"
)

// BenchmarkFarRow is [BenchmarkRow]'s intents and outcomes, 64 at once under way, with a millisecond of network each
// way.
func BenchmarkFarRow(b *testing.B) {
	w := wire{delay: 500 * time.Microsecond}
	j, err := OpenPostgres(b.Context(), w.through(b, pgtest.Address(b)), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	wholeRows(b, j)
}
