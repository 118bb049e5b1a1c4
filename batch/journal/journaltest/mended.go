package journaltest

import (
	"testing"
	"time"

	"bulkorder/batch/journal"
)

// mended: the very same file comes again, and cells of it were edited, then or now.
func mended(t *testing.T, j *journal.Journal) {
	came := func(id, digest string, by journal.Repeats, rows ...journal.Entry) journal.Batch {
		t.Helper()
		by.Since = time.Now().Add(-time.Hour)
		d := draftOf(t, j, digest, rows)
		b, err := d.Admit(t.Context(), id, by)
		must(t, err)
		return b
	}
	none := journal.Repeats{}
	waits := sized(6, "l6", "777")
	waits.State, waits.Reason, waits.Note = journal.Held, journal.Warned, journal.WarnedNote
	waits.Asks = []string{"done"}
	a := came("a", "bytes", none, sized(2, "l2", "777"), sized(3, "l3", "100"), sized(4, "l4", "100"), waits)
	must(t, place(t, j, a, 1, "1"))
	must(t, place(t, j, a, 2, "2"))
	conclude(t, j, a, 3, journal.Refused)
	asItWas := []journal.Entry{sized(2, "l2", "100"), sized(3, "l3", "50"), sized(4, "l4", "90"), sized(5, "l5", "100"),
		sized(6, "l6", "100")}
	want(t, "as it was", states(t, j, came("b", "bytes", none, asItWas...)), "2:held 3:held 4:queued 5:queued 6:held ")
	want(t, "a file of other bytes", states(t, j, came("c", "others", none, sized(2, "l2", "300"))), "2:queued ")
	want(t, "no file", states(t, j, came("d", "", none, sized(2, "l2", "301"))), "2:queued ")
	want(t, "another row has what the line ordered", states(t, j,
		came("e", "bytes", none, sized(2, "l2", "777"), sized(2, "l9", "100"))), "2:held 2:queued ")
	want(t, "a person wants it", states(t, j, came("f", "bytes", journal.Repeats{Allow: true}, sized(2, "l2", "302"))),
		"2:queued ")
}
