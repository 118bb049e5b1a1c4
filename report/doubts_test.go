package report

import (
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
)

// TestTheNextCommandAboutDoubt is to look where nobody has, and then the decision that is left: never the command that
// found nothing more.
func TestTheNextCommandAboutDoubt(t *testing.T) {
	found := func(line int, f journal.Finding) journal.Doubted { return journal.Doubted{Line: line, Finding: &f} }
	soon := time.Now().Add(time.Minute)
	for _, tt := range []struct {
		sentence string
		doubts   []journal.Doubted
		queued   int
		next     string
		advice   string
	}{
		{"nobody has looked", []journal.Doubted{{Line: 3}}, 0, "bulkorder settle b", "`bulkorder settle b` has looked"},
		{"of one of them nobody has", []journal.Doubted{{Line: 3}, found(4, journal.Finding{NotPlaced: true})}, 0,
			"bulkorder settle b", "has looked"},
		{"it was too early",
			[]journal.Doubted{found(3, journal.Finding{Later: soon}), found(4, journal.Finding{NotPlaced: true})},
			0, "bulkorder settle b --wait", "Row 3: an order may still appear"},
		{"one may be an order", []journal.Doubted{found(3, journal.Finding{Placed: "1005"}),
			found(4, journal.Finding{NotPlaced: true})}, 0,
			`bulkorder settle b --row 3 --placed 1005 --reason "as settle found"`, "Row 3 may well be order 1005"},
		{"no order of theirs is there", []journal.Doubted{found(3, journal.Finding{NotPlaced: true}),
			found(7, journal.Finding{NotPlaced: true}), found(8, journal.Finding{NotPlaced: true}),
			found(9, journal.Finding{NotPlaced: true}), found(11, journal.Finding{})}, 5,
			`bulkorder settle b --row 3,7-9 --not-placed --reason "as settle found"`, "Rows 3,7-9: no order of theirs is there"},
		{"nothing is known, and other rows go on", []journal.Doubted{found(3, journal.Finding{})}, 5, "bulkorder resume b",
			"`bulkorder settle b --row 3` with `--placed ID` or `--not-placed`"},
		{"nothing is known", []journal.Doubted{found(3, journal.Finding{})}, 0, "bulkorder explain b 3", "what is known"},
	} {
		totals := journal.Totals{Doubts: tt.doubts, States: map[journal.State]int{
			journal.InDoubt: len(tt.doubts), journal.Queued: tt.queued,
		}}
		r := NewResult(journal.Batch{ID: "b"}, totals)
		if advice := strings.Join(r.Advice(), "\n"); r.Next != tt.next || !strings.Contains(advice, tt.advice) {
			t.Errorf("%s: next %q, want %q; advice: %s", tt.sentence, r.Next, tt.next, advice)
		}
	}
}

func TestLinesAreWrittenAsTheyAreRead(t *testing.T) {
	for want, rows := range map[string][]int{"3": {3}, "3,7-12": {12, 11, 3, 7, 8, 9, 10}, "1-2,4": {1, 2, 2, 4}} {
		if got := Lines(rows); got != want {
			t.Errorf("%v: %s, want %s", rows, got, want)
		}
	}
}
