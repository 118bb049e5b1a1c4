package journaltest

import (
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// disowned: an order that the panel says that it doesn't have, and of which it never told anything else, is given up;
// its row bears it as the one that it may have, and is placed again when it is shown.
func disowned(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(4))
	now := time.Now()
	for seq, order := range map[int64]string{1: "23501", 2: "23502", 3: "23503", 4: "23504"} {
		must(t, place(t, j, b, seq, order))
	}
	no := panel.Status{Error: "Incorrect order ID"}
	check(t, j, b, 1, journal.Checked{Seq: 1, At: now, Due: now, Status: panel.Status{Status: "Pending"}})
	for seq, s := range map[int64]panel.Status{1: no, 2: no, 3: {Error: "Try again later"}} {
		check(t, j, b, 1, journal.Checked{Seq: seq, At: now.Add(time.Second), Due: now, Status: s})
	}
	untold := func(sentence string, since time.Time, orders ...string) []journal.Untold {
		t.Helper()
		all, err := j.Untold(t.Context(), b, b.Panel, since)
		must(t, err)
		var found []string
		for _, u := range all {
			found = append(found, u.OrderID)
		}
		want(t, sentence, found, orders)
		return all
	}
	untold("of an hour in which nothing was sent", now.Add(time.Hour))
	all := untold("orders that the panel doesn't have", time.Time{}, "23502")
	told, _, err := j.LastTold(t.Context(), b.AccountOn(b.Panel))
	must(t, err)
	want(t, "an order whose status stands beside an error tells nothing", told, "")
	others := []journal.Untold{{Followed: journal.Followed{Seq: 1}}, {Followed: journal.Followed{Seq: 4}}}
	n, err := j.Disown(b, append(others, all...))
	must(t, err)
	want(t, "rows that are in doubt now", n, 1)
	e := entries(t, j, b)[1]
	want(t, "the row", []any{e.State, e.OrderID, e.Candidate}, []any{"in_doubt", "", "23502"})
	attempts, err := j.Attempts(t.Context(), b, 2)
	must(t, err)
	want(t, "its request", []any{attempts[0].OrderID, attempts[0].Candidate}, []any{"23502", "23502"})
	want(t, "states", states(t, j, b), "2:placed 3:in_doubt 4:placed 5:placed ")
	must(t, j.Decide(b, 2, journal.Decision{At: now, By: "a", How: journal.Forced, State: journal.Placed, OrderID: "23502",
		Reason: "seen"}))
	want(t, "states after a word", states(t, j, b), "2:placed 3:placed 4:placed 5:placed ")
	untold("what a person decided isn't doubted", time.Time{})
}
