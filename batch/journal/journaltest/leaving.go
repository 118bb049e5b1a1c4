package journaltest

import (
	"fmt"
	"strings"
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

// corrected: a refused row is edited while another of its batch is in doubt, so that it may be that one which was
// ordered. For another link it is another order.
func corrected(t *testing.T, j *journal.Journal) {
	first := []journal.Entry{sized(2, "l2", "100"), sized(3, "l3", "100"), sized(4, "l4", "100"), sized(5, "l5", "100")}
	b := admit(t, j, "a", first)
	for i, state := range []journal.State{journal.Refused, journal.InDoubt, journal.Refused} {
		verdict := map[journal.State]string{journal.Refused: "refused", journal.InDoubt: "in doubt"}[state]
		must(t, j.Intend(b, int64(i+1), time.Now()))
		must(t, <-j.Conclude(b, journal.Outcome{Seq: int64(i + 1), State: state, Attempt: journal.Attempt{Verdict: verdict}}))
	}
	must(t, place(t, j, b, 4, "4"))
	edited := []journal.Entry{sized(2, "l2", "110"), sized(3, "l3", "100"), sized(4, "n4", "110"), sized(5, "l5", "100")}
	for range 2 {
		b = admit(t, j, "a", edited)
		want(t, "an edition", states(t, j, b), "2:skipped 2:held 3:in_doubt 4:skipped 4:queued 5:placed ")
	}
	want(t, "another batch", states(t, j, admit(t, j, "b", edited[:2])), "2:held 3:held ")
	for _, e := range entries(t, j, b) {
		if e.State == journal.Held && e.Line == 2 && !strings.Contains(e.Note, "may have been ordered all the same") {
			t.Errorf("row %d is held as %s: %s", e.Line, e.Reason, e.Note)
		}
	}
	must(t, j.Decide(b, 2, journal.Decision{State: journal.Queued, How: journal.Forced}))
	want(t, "an edition after the doubt was settled", states(t, j, admit(t, j, "a", edited)),
		"2:skipped 2:queued 3:queued 4:skipped 4:queued 5:placed ")
}

// unlooked: where the order of a refused row would stand not all was looked at, so that no other batch sends it.
func unlooked(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", []journal.Entry{sized(2, "l2", "100")})
	conclude(t, j, b, 1, journal.Refused)
	now := time.Now().Add(time.Minute)
	_, err := j.NoteMoment(journal.Moment{Account: 1, Asked: now, At: now.Add(time.Second)}, now)
	must(t, err)
	for i, whole := range []bool{true, false, false, true} {
		must(t, j.KeepLooked(t.Context(), []journal.Looked{{Batch: "a", Seq: 1, Whole: whole}}))
		d := draft(t, j, []journal.Entry{sized(2, "l2", "100")})
		must(t, d.Judge(fmt.Sprintf("to fix %d", i), journal.Repeats{Since: time.Now().Add(-time.Hour)}))
		now, err := d.RowStates(t.Context())
		must(t, err)
		want(t, fmt.Sprintf("it waits, where all was looked at is %v", whole), now[0].State == journal.Held, !whole)
		sums, err := j.Totals(t.Context(), b)
		must(t, err)
		want(t, "what is owed", sums.Owed != nil && sums.Owed.Unlooked, !whole)
		want(t, "rows that another batch placed", sums.Elsewhere, 0)
		must(t, d.Discard())
	}
	fixed := admit(t, j, "fixed", []journal.Entry{sized(2, "l2", "100")})
	time.Sleep(2 * time.Millisecond)
	must(t, place(t, j, fixed, 1, "1"))
	sums, err := j.Totals(t.Context(), b)
	must(t, err)
	want(t, "rows that another batch placed since", sums.Elsewhere, 1)
}

// saidToSend: the panel said no to rows, one of which a person queued, until it says no to that again.
func saidToSend(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(2))
	now := time.Now()
	answer := func(seq int64, state journal.State, at time.Time) {
		must(t, j.Intend(b, seq, at))
		must(t, <-j.Conclude(b, journal.Outcome{Seq: seq, State: state,
			Attempt: journal.Attempt{Verdict: "slow down", HTTPStatus: 429, Started: at, Ended: at}}))
	}
	said := func(when string, rows int) {
		all, err := j.SaidNo(t.Context(), b, 1, now.Add(-time.Hour))
		must(t, err)
		want(t, when, len(all), rows)
	}
	answer(1, journal.InDoubt, now.Add(-time.Minute))
	answer(2, journal.Queued, now.Add(-time.Minute))
	must(t, j.Decide(b, 1, journal.Decision{State: journal.Queued, How: journal.Forced, At: now}))
	said("beside a person's word", 1)
	answer(1, journal.Queued, now.Add(time.Minute))
	said("after another request", 2)
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
	want(t, "states", states(t, j, b), "2:placed 3:in_doubt 4:refused 5:skipped 5:queued 6:queued 7:skipped 20:queued 30:queued ")
	all := entries(t, j, b)
	want(t, "the edited row's fields", len(all[4].Params), 3)
	want(t, "the placed row's order", all[0].OrderID, "1")
	// The same once more changes nothing.
	b = admit(t, j, "a", []journal.Entry{row(2), row(4), edited, row(6), moved, fresh})
	want(t, "states", states(t, j, b), "2:placed 3:in_doubt 4:refused 5:skipped 5:queued 6:queued 7:skipped 20:queued 30:queued ")
}

// shrinking: rows that are still to be sent leave the sheet.
func shrinking(t *testing.T, j *journal.Journal) {
	begin := func(id string) (all []journal.Entry) {
		for line := 2; line <= 9; line++ {
			all = append(all, sized(line, fmt.Sprint(id, line), "100"))
		}
		twin := all[1]
		twin.Line, twin.State, twin.Reason, twin.Nth = 10, journal.Held, journal.Duplicate, 2
		twin.Key = twin.Identity.Key(twin.Account)
		b := admit(t, j, id, append(all[:8:8], twin))
		must(t, place(t, j, b, 1, id+"1"))
		must(t, place(t, j, b, 3, id+"3"))
		return all
	}
	edit := func(id string, rows ...journal.Entry) string {
		d := draft(t, j, rows)
		must(t, d.Judge(id, journal.Repeats{Allow: true}))
		_, err := d.Leaving(t.Context(), id)
		must(t, err)
		b, err := d.Admit(t.Context(), id, journal.Repeats{Allow: true})
		must(t, err)
		return states(t, j, b)
	}
	const placed = "2:placed 3:queued 4:placed "
	all := begin("few") // two are taken out, one is edited, and one that was placed leaves
	other := sized(6, "n6", "100")
	want(t, "few leave", edit("few", all[0], all[1], other, all[5], all[6]),
		placed+"5:skipped 6:queued 7:queued 8:queued 9:skipped ")
	want(t, "they come back", edit("few", all[0], all[1], all[2], all[3], other, all[5], all[6], all[7]),
		placed+"5:queued 6:queued 7:queued 8:queued 9:queued ")
	want(t, "and are moved", edit("few", append([]journal.Entry{sized(20, "few9", "100")}, all[:7]...)...),
		placed+"5:queued 6:queued 7:queued 8:queued 20:queued ")
	all = begin("many")
	want(t, "many leave", edit("many", all[:4]...), placed+"5:queued 6:held 7:held 8:held 9:held ")
	want(t, "they stay away", edit("many", all[:4]...), placed+"5:queued 6:skipped 7:skipped 8:skipped 9:skipped ")
	want(t, "they come back", edit("many", all...), placed+"5:queued 6:queued 7:queued 8:queued 9:queued ")
	want(t, "many leave again", edit("many", all[:4]...), placed+"5:queued 6:held 7:held 8:held 9:held ")
	b, err := j.Batch(t.Context(), "many")
	must(t, err)
	n, err := j.ReleaseRows(b, []int64{seqAt(t, j, b, 6), seqAt(t, j, b, 7)}, time.Now())
	must(t, err)
	want(t, "released", n, 2)
	want(t, "a person's word stays", edit("many", all[:4]...), placed+"5:queued 6:queued 7:queued 8:skipped 9:skipped ")
}

// seqAt is the number in the books of the row that stands, or stood, in a line.
func seqAt(t *testing.T, j *journal.Journal, b journal.Batch, line int) int64 {
	t.Helper()
	for _, e := range entries(t, j, b) {
		if e.Line == line {
			return e.Seq
		}
	}
	t.Fatalf("no row in line %d", line)
	return 0
}
