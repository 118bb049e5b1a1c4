package journaltest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// named gives a row for a link under a Ref.
func named(line int, ref, link string) journal.Entry {
	e := sized(line, link, "100")
	e.Ref = journal.FoldRef(ref)
	e.Key = e.Identity.Key(e.Account)
	return e
}

// renamed: the Refs of rows that are ordered, or may be, are changed in the sheet, and nothing else.
func renamed(t *testing.T, j *journal.Journal) {
	first := []journal.Entry{named(2, "R1", "l2"), named(3, "R2", "l3"), named(4, "R3", "l4"), named(5, "R4", "l4"),
		named(6, "R5", "l6")}
	b := admit(t, j, "a", first)
	must(t, place(t, j, b, 1, "1"))
	conclude(t, j, b, 2, journal.InDoubt)
	must(t, place(t, j, b, 3, "3"))

	edited := []journal.Entry{named(2, "X1", "l2"), named(3, "X2", "l3"), named(4, "R3", "l4"), named(5, "R4", "l4"),
		named(6, "X5", "l6")}
	b = admit(t, j, "a", edited)
	want(t, "states", states(t, j, b), "2:placed 2:held 3:in_doubt 3:held 4:placed 5:queued 6:queued ")
	for _, e := range entries(t, j, b) {
		if e.State == journal.Held && (e.Reason != journal.Repeat || !strings.Contains(e.Note, "under another Ref")) {
			t.Errorf("row %d is held as %s: %s", e.Line, e.Reason, e.Note)
		}
	}
	n, err := j.AllowRepeats(b, time.Now())
	must(t, err)
	want(t, "released", n, 2)
	want(t, "states after a word", states(t, j, b),
		"2:placed 2:queued 3:in_doubt 3:queued 4:placed 5:queued 6:queued ")

	want(t, "another batch of the same file", states(t, j, admit(t, j, "b", []journal.Entry{named(2, "Y1", "l2"),
		named(3, "Y2", "l9"), named(4, "R3", "l4")})), "2:held 3:queued 4:held ")
	want(t, "another list in the same file", states(t, j, admit(t, j, "e", []journal.Entry{named(2, "W1", "l2"),
		named(3, "W2", "l4")})), "2:queued 3:queued ")
	d, err := j.Draft(journal.Batch{Panel: "p", Sheet: "other/t.csv", Columns: []string{"Service"}, Created: time.Now()})
	must(t, err)
	must(t, d.Add(named(2, "Z1", "l2")))
	must(t, d.Finish(journal.Reading{Fingerprint: "z"}))
	c, err := d.Admit(t.Context(), "c", journal.Repeats{Since: time.Now().Add(-time.Hour)})
	must(t, err)
	want(t, "a batch of another file", states(t, j, c), "2:queued ")
}

// movedUp: a row that was never ordered is taken out of the sheet, and running numbers move up to what was.
func movedUp(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "u", []journal.Entry{named(2, "1", "x2"), named(3, "2", "l3"), named(4, "3", "l4"),
		named(5, "4", "l4")})
	conclude(t, j, b, 1, journal.Refused)
	must(t, place(t, j, b, 2, "2"))
	must(t, place(t, j, b, 3, "3"))
	up := []journal.Entry{named(2, "1", "l3")}
	want(t, "two are exchanged", states(t, j, admit(t, j, "v", []journal.Entry{named(2, "1", "l3"), named(3, "2", "x2")})),
		"2:held 3:held ")
	want(t, "another batch of the same file", states(t, j, admit(t, j, "w", up)), "2:held ")
	want(t, "an edition", states(t, j, admit(t, j, "u", append(up, named(5, "4", "l4")))),
		"2:skipped 2:held 3:placed 4:placed 5:queued ")
}

// movedRefs: what was ordered under a Ref stands beside another one.
func movedRefs(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", []journal.Entry{named(2, "1", "l2"), named(3, "2", "l3"), named(4, "3", "l4"),
		named(5, "7", "l7"), named(6, "8", "l7")})
	for _, seq := range []int64{1, 2, 4, 5} {
		must(t, place(t, j, b, seq, fmt.Sprint(seq)))
	}
	for name, c := range map[string]struct {
		rows  []journal.Entry
		moved int
	}{
		"a row is put in at the top": {[]journal.Entry{named(2, "1", "l9"), named(3, "2", "l2"), named(4, "3", "l3"),
			named(5, "4", "l4")}, 2},
		"nothing":                         {[]journal.Entry{named(2, "1", "l2"), named(3, "2", "l3"), named(4, "3", "l4")}, 0},
		"rows are sorted with their Refs": {[]journal.Entry{named(2, "2", "l3"), named(3, "1", "l2")}, 0},
		"a row is corrected":              {[]journal.Entry{named(2, "1", "l9"), named(3, "2", "l3")}, 0},
		"what wasn't ordered is moved":    {[]journal.Entry{named(2, "3", "l9"), named(3, "4", "l4")}, 0},
		"one of two for the same is corrected": {[]journal.Entry{named(2, "7", "l9"), named(3, "8", "l7"),
			named(4, "9", "l5")}, 0},
		"one of two for the same is moved": {[]journal.Entry{named(2, "7", "l9"), named(3, "8", "l8"),
			named(4, "9", "l7")}, 2},
	} {
		d := draft(t, j, c.rows)
		must(t, d.Judge("a", journal.Repeats{Since: time.Now().Add(-time.Hour)}))
		moved, err := d.MovedRefs(t.Context(), "a")
		must(t, err)
		want(t, name, len(moved), c.moved)
		must(t, d.Discard())
	}
}

// pointing: links into one thing are compared across batches, and within one.
func pointing(t *testing.T, j *journal.Journal) {
	aimed := func(line int, link string) journal.Entry {
		e := sized(line, "x", "100")
		e.Params[1].Value = link
		e.Identity = journal.Identify(panel.Service{ID: "1", Type: "Default"}, e.Params, "")
		e.Key = e.Identity.Key(e.Account)
		return e
	}
	const video, post = "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://instagram.com/p/CAbc006/"
	a := admit(t, j, "a", []journal.Entry{aimed(2, video), aimed(3, post+"?img_index=1"), aimed(4, post+"7")})
	for seq := range int64(3) {
		must(t, place(t, j, a, seq+1, fmt.Sprint(seq+1)))
	}
	b := admit(t, j, "b", []journal.Entry{aimed(2, video+"&t=10s"), aimed(3, post+"?img_index=2"), aimed(4, post+"8")})
	want(t, "states", states(t, j, b), "2:held 3:held 4:queued ")
	c := admit(t, j, "a", []journal.Entry{aimed(2, video+"&t=20s"), aimed(3, post), aimed(4, post+"7")})
	want(t, "states of an edition", states(t, j, c), "2:placed 3:placed 4:placed ")
	two := []journal.Entry{aimed(2, post+"9"), aimed(3, post+"9?img_index=2")}
	two[1].Nth = 2 // as they are counted
	two[1].Key = two[1].Identity.Key(two[1].Account)
	d := admit(t, j, "d", two)
	must(t, place(t, j, d, 1, "9"))
	want(t, "two of one sheet", states(t, j, admit(t, j, "d", two)), "2:placed 3:queued ")
	must(t, place(t, j, d, 2, "10"))
}
