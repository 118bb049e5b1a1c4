package journaltest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"bulkorder/batch/journal"
)

// warned makes a row that waits for a person's word about warnings.
func warned(e journal.Entry, asks ...string) journal.Entry {
	e.Asks = asks
	if e.State == journal.Queued {
		e.State, e.Reason, e.Note = journal.Held, journal.Warned, journal.WarnedNote
	}
	return e
}

func asked(t *testing.T, j *journal.Journal) {
	all := rows(6)
	all[0] = warned(all[0], "platform")
	all[1].State, all[1].Reason = journal.Held, journal.Duplicate
	all[1] = warned(all[1], "platform")
	all[2] = warned(all[2], "platform", "struck")
	all[3] = warned(all[3], "struck")
	b := admit(t, j, "a", all)
	var held *journal.RowHeldError
	if err := j.Intend(b, 1, time.Now()); !errors.As(err, &held) || held.Reason != journal.Warned {
		t.Errorf("a row that is warned of was intended: %v", err)
	}
	_, err := j.Release(b, journal.Duplicate)
	must(t, err)
	twice := entries(t, j, b)[1]
	want(t, "a duplicate that is warned of too", []any{twice.State, twice.Reason}, []any{journal.Held, journal.Warned})
	accepted, err := j.AcceptWarnings(b, []string{"platform"})
	must(t, err)
	want(t, "accepted", accepted, []journal.Acceptance{{Account: 1, Warning: "platform", Service: "1"}})
	want(t, "states", states(t, j, b), "2:queued 3:queued 4:held 5:held 6:queued 7:queued ")
	must(t, <-j.HoldBack(b, 6, journal.OverCap, "cap"))
	n, err := j.ReleaseRows(b, []int64{3, 5, 6}, time.Now())
	must(t, err)
	want(t, "released", n, 1)
	want(t, "states", states(t, j, b), "2:queued 3:queued 4:queued 5:held 6:queued 7:held ")
	totals, err := j.Totals(t.Context(), b)
	must(t, err)
	want(t, "why rows are held", fmt.Sprint(totals.Held), "[{cap 1 [7]  []} {warning 1 [5]  [struck]}]")
	askedAndRepeated(t, j, b)
}

// askedAndRepeated: each of two reasons wants a word of its own, whichever comes first.
func askedAndRepeated(t *testing.T, j *journal.Journal, b journal.Batch) {
	must(t, place(t, j, b, 1, "23501"))
	like := rows(1)
	like[0].Key = "other"
	again := admit(t, j, "b", []journal.Entry{warned(like[0], "shape")})
	want(t, "held first for", entries(t, j, again)[0].Reason, journal.Repeat)
	_, err := j.AllowRepeats(again, time.Now())
	must(t, err)
	want(t, "held then for", entries(t, j, again)[0].Reason, journal.Warned)
	_, err = j.AcceptWarnings(again, []string{"shape"})
	must(t, err)
	must(t, place(t, j, again, 1, "23502"))
	must(t, j.KeepAccepted([]journal.Acceptance{{Account: 1, Warning: "shape", Service: "1"}}, "mia", time.Now()))
	known, err := j.AcceptedWarnings(t.Context(), 1)
	must(t, err)
	want(t, "accepted", known, map[journal.Acceptance]bool{{Account: 1, Warning: "shape", Service: "1"}: true})
}

func sentBefore(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(3))
	must(t, place(t, j, b, 1, "23501"))
	conclude(t, j, b, 2, journal.InDoubt)
	d := draft(t, j, rows(3))
	must(t, d.Judge("a", journal.Repeats{}))
	before, err := d.Before(t.Context(), "a")
	must(t, err)
	if len(before) != 2 || before[0].State != journal.Placed || before[0].OrderID != "23501" ||
		before[1].State != journal.InDoubt || before[0].SentAt.IsZero() {
		t.Errorf("%+v", before)
	}
	must(t, d.Discard())
}
