package batch_test

import (
	"strings"
	"testing"
	"time"

	"bulkorder/batch/settle"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// TestARowInDoubtIsLookedForOnItsOwnAccount: its batch goes on with the key of another one, whose orders lie around the
// time at which it was sent.
func TestARowInDoubtIsLookedForOnItsOwnAccount(t *testing.T) {
	timeless(t, sandbox.Config{Speed: -1}, nil, []string{"add:closed:before:n=5"}, func(t *testing.T, w *world) {
		w.job.Concurrency = 1
		b := w.run(rows(12)).Batch
		w.forget("UPDATE rows SET account = 2 WHERE state = 'in_doubt'")
		time.Sleep(time.Hour)
		s, err := w.settler(b).Settle(t.Context())
		if err != nil || len(s.Conclusions) != 1 {
			t.Fatalf("%+v, %v", s, err)
		}
		c := s.Conclusions[0]
		if c.How != "" || c.Finding.NotPlaced || c.Finding.Placed != "" || !strings.Contains(c.Words, "another account") {
			t.Errorf("%+v", c)
		}
		word := settle.Word{Lines: []parse.Line{{N: 6}}, Reason: "as settle found"}
		if err := w.settler(b).Force(t.Context(), word); err == nil || !strings.Contains(err.Error(), "another account") {
			t.Errorf("nobody was asked: %v", err)
		}
		totals, err := w.journal.Totals(t.Context(), b)
		if err != nil || len(totals.Doubts) != 1 || totals.Doubts[0].Finding == nil {
			t.Errorf("%+v, %v", totals.Doubts, err)
		}
	})
}
