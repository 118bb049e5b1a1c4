package journaltest

import (
	"testing"
	"time"

	"bulkorder/batch/journal"
)

// fixed: a row that the panel refused is corrected in the sheet "To fix" of the results workbook, and otherwise in the
// sheet of the batch.
func fixed(t *testing.T, j *journal.Journal) {
	came := func(id, file string, rows ...journal.Entry) journal.Batch {
		t.Helper()
		d, err := j.Draft(journal.Batch{Panel: "p", Sheet: file, Columns: []string{"Service"}, Created: time.Now()})
		must(t, err)
		for _, e := range rows {
			must(t, d.Add(e))
		}
		must(t, d.Finish(journal.Reading{Fingerprint: id}))
		b, err := d.Admit(t.Context(), id, journal.Repeats{Since: time.Now().Add(-time.Hour)})
		must(t, err)
		return b
	}
	a := came("a", "may.csv", sized(2, "l2", "5"), sized(3, "l3", "100"), sized(4, "l4", "100"))
	for _, seq := range []int64{1, 3} {
		must(t, j.Intend(a, seq, time.Now()))
		must(t, <-j.Conclude(a, journal.Outcome{Seq: seq, State: journal.Refused,
			Attempt: journal.Attempt{Verdict: "refused"}}))
	}
	must(t, place(t, j, a, 2, "2"))
	now := time.Now().Add(time.Minute)
	_, err := j.NoteMoment(journal.Moment{Account: 1, Asked: now, At: now.Add(time.Second)}, now)
	must(t, err)
	must(t, j.Note(a, journal.Run{Workbook: "/home/me/may.results.xlsx"}))
	fix := came("fix", "may.results.xlsx", sized(2, "l2", "100"))
	must(t, place(t, j, fix, 1, "9"))
	// Row 2 was corrected to another quantity, row 4 too, which nobody has ordered; row 5 is new.
	mended := []journal.Entry{sized(2, "l2", "200"), sized(3, "l3", "100"), sized(4, "l4", "200"), sized(5, "l5", "100")}
	for range 2 {
		a = came("a", "may.csv", mended...)
		want(t, "the batch's own sheet", states(t, j, a), "2:skipped 2:held 3:placed 4:skipped 4:queued 5:queued ")
	}
	n, err := j.AllowRepeats(a, time.Now())
	must(t, err)
	want(t, "released", n, 1)
}
