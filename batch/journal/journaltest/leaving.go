package journaltest

import (
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// sized gives a row without a Ref for a link and a quantity.
func sized(line int, link, quantity string) journal.Entry {
	e := row(line)
	e.Target = "1 https://example.com/" + link
	e.Params = []panel.Param{{Name: "service", Value: "1"}, {Name: "link", Value: "https://example.com/" + link},
		{Name: "quantity", Value: quantity}}
	e.Identity = journal.Identify(panel.Service{ID: "1", Type: "Default"}, e.Params, "")
	e.Key = e.Identity.Key(e.Account)
	return e
}

// leaving: rows are edited, or leave the sheet, after a request for them was sent.
func leaving(t *testing.T, j *journal.Journal) {
	first := []journal.Entry{sized(2, "l2", "100"), sized(3, "l3", "100"), sized(4, "l4", "100"), sized(5, "l5", "100"),
		sized(6, "l6", "100"), sized(7, "l7", "100"), sized(8, "l8", "100")}
	b := admit(t, j, "a", first)
	for seq, answer := range map[int64]journal.Outcome{
		1: {State: journal.Refused, Attempt: journal.Attempt{Verdict: "refused", Words: "Link is private"}},
		2: {State: journal.InDoubt, Attempt: journal.Attempt{Verdict: "in doubt"}},
		3: {State: journal.Queued, Attempt: journal.Attempt{Verdict: "slow down", HTTPStatus: 429, Started: time.Now()}},
		4: {State: journal.Refused, Attempt: journal.Attempt{Verdict: "refused"}},
		5: {State: journal.Refused, Attempt: journal.Attempt{Verdict: "refused"}},
		6: {State: journal.Queued, Attempt: journal.Attempt{Verdict: "unsent"}},
	} {
		must(t, j.Intend(b, seq, time.Now()))
		answer.Seq = seq
		must(t, <-j.Conclude(b, answer))
	}
	must(t, j.RaiseAlarm("a", journal.Alarm{Seq: 4, At: time.Now(), OrderID: "1024", Words: "may have been taken"}))
	want(t, "states", states(t, j, b), "2:refused 3:in_doubt 4:queued 5:refused 6:refused 7:queued 8:queued ")

	edited := []journal.Entry{sized(2, "n2", "100"), sized(3, "l3", "110"), sized(4, "l4", "110"), sized(5, "n5", "100"),
		sized(7, "l7", "110"), sized(8, "l8", "100")}
	const then = "2:skipped 2:queued 3:in_doubt 3:held 4:skipped 4:held 5:skipped 5:held 6:skipped 7:queued 8:queued "
	for range 2 {
		b = admit(t, j, "a", edited)
		want(t, "states of the edition", states(t, j, b), then)
	}
	alarms, err := j.Alarms(t.Context(), b)
	must(t, err)
	want(t, "alarms", len(alarms), 1)
	said, err := j.SaidNo(t.Context(), b, 1, time.Now().Add(-time.Hour))
	must(t, err)
	want(t, "rows that the panel may have ordered all the same", len(said), 1)
	must(t, j.Decide(b, 2, journal.Decision{State: journal.Queued, How: journal.Forced}))
	n, err := j.AllowRepeats(b, time.Now())
	must(t, err)
	want(t, "released", n, 3)
	want(t, "states after a person's word", states(t, j, b),
		"2:skipped 2:queued 3:skipped 3:queued 4:skipped 4:queued 5:skipped 5:queued 6:skipped 7:queued 8:queued ")
	b = admit(t, j, "a", first)
	want(t, "states of the first edition again", states(t, j, b),
		"2:refused 3:queued 4:queued 5:refused 6:refused 7:queued 8:queued ")
}

func edition(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(7))
	must(t, place(t, j, b, 1, "1"))
	conclude(t, j, b, 2, journal.InDoubt)
	conclude(t, j, b, 3, journal.Refused)
	conclude(t, j, b, 4, journal.Refused)
	conclude(t, j, b, 5, journal.Queued)
	// Row 2 stays, 3 (in doubt) is cut out of the sheet, 4 stays refused, 5 was refused and is edited under
	// its key: what was sent stays; 6 stays, 7 leaves, 8 moves to row 20, 30 is new.
	edited := row(5)
	edited.Params = append(edited.Params, panel.Param{Name: "quantity", Value: "7"})
	moved, fresh := row(8), row(30)
	moved.Line = 20
	b = admit(t, j, "a", []journal.Entry{row(2), row(4), edited, row(6), moved, fresh})
	want(t, "states", states(t, j, b), "2:placed 3:in_doubt 4:refused 5:skipped 5:queued 6:queued 20:queued 30:queued ")
	all := entries(t, j, b)
	want(t, "the edited row's fields", len(all[4].Params), 3)
	want(t, "the placed row's order", all[0].OrderID, "1")
	// The same once more changes nothing.
	b = admit(t, j, "a", []journal.Entry{row(2), row(4), edited, row(6), moved, fresh})
	want(t, "states", states(t, j, b), "2:placed 3:in_doubt 4:refused 5:skipped 5:queued 6:queued 20:queued 30:queued ")
}
