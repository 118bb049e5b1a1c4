package stories_test

import (
	"net/url"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestAPilotIsNoLargerAfterAPauseOrAKill: a pilot of 6 rows has 6 rows, whoever pauses it or kills its worker; letting
// go of one held row sends that alone, and undoes neither a pause nor the rest of a pilot.
func TestAPilotIsNoLargerAfterAPauseOrAKill(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	b := w.serve()
	b.more = []string{"--rate", "2/s"}
	b.killed()
	equal := "1," + page("pilot", 0) + ",100\n"
	sheet := "service,link,quantity\n"
	for i := range 20 {
		sheet += "1," + page("pilot", i) + ",100\n"
	}
	b.upload("november.csv", sheet+equal+equal)
	at := b.at
	b.post(at, nil)
	_, text := b.get(at + "/place")
	b.post(at+"/place", url.Values{"rows": {hidden(text, "rows")}, "shown": {hidden(text, "shown")}, "limit": {"6"}})
	batch := b.at
	orders := func() int { return len(w.sandbox.Ledger()) }
	background := func() string {
		if job := w.backgroundOf(batch[len("/batches/"):]).Background; job != nil {
			return job.State
		}
		return ""
	}
	sent := func() int {
		rows := w.backgroundOf(batch[len("/batches/"):]).Rows
		return rows.Placed + rows.InDoubt
	}
	until(t, "the first orders", func() bool { return orders() >= 2 })
	b.post(batch+"/pause", nil)
	until(t, "the pause", func() bool { return background() == "paused" })
	paused := orders()
	if code, text := b.post(batch+"/release", url.Values{"row": {"22"}}); code != 200 || background() != "paused" {
		t.Errorf("the pause after a row was let go: %q; %d: %s", background(), code, text)
	}
	if paused >= 6 || orders() != paused {
		t.Errorf("%d orders when it was paused, %d now", paused, orders())
	}
	b.post(batch+"/go-on", nil)
	until(t, "one more order", func() bool { return orders() > paused })
	b.killed()
	// The row that was under way is in doubt, and counts as one of the pilot.
	until(t, "the end of the pilot", func() bool { return sent() == 6 && background() != "running" })
	if n := orders(); n > 6 || n < 5 {
		t.Errorf("a pilot of 6 rows has %d orders", n)
	}
	done := orders()
	if code, text := b.post(batch+"/release", url.Values{"row": {"23"}}); code != 200 {
		t.Errorf("row 23 isn't let go: %d: %s", code, text)
	}
	until(t, "the row that was let go", func() bool { return sent() == 7 && background() != "running" })
	if n := w.counts()[page("pilot", 0)]; orders() != done+1 || n != 2 {
		t.Errorf("%d orders after one row was let go, %d of its link", orders()-done, n)
	}
}
