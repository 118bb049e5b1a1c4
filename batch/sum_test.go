package batch_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/samples/sandbox"
)

// TestARowThatWasTurnedAwayAndChargedAllTheSameIsTold: a proxy took the order and answered that it was too busy.
func TestARowThatWasTurnedAwayAndChargedAllTheSameIsTold(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100"}, "add:429:retry=1:after:n=2")
	out, err := w.job.Run(t.Context(), w.open(rows(3)), "orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 3})
	if n := len(w.sandbox.Ledger()); n != 4 {
		t.Fatalf("%d orders, want 4: the panel took one that it turned away", n)
	}
	if !strings.Contains(out.Twice, "turned away and sent again") || !strings.Contains(out.Twice, "0.09") {
		t.Errorf("it is told as %q", out.Twice)
	}
	again, err := w.job.Resume(t.Context(), out.Batch)
	if err != nil || len(again.Totals.Alarms) != 1 {
		t.Errorf("later it is told as %+v, %v", again.Totals.Alarms, err)
	}
}

// TestAPanelThatRefusesTheKeyForOrdersAlone may speak of its supplier's key.
func TestAPanelThatRefusesTheKeyForOrdersAlone(t *testing.T) {
	w := newWorld(t, sandbox.Config{}, "add:error=Invalid API key:before")
	if out := w.run(rows(3)); out.End.Stop != batch.KeyRefused || !strings.Contains(out.End.Words, "own supplier") {
		t.Errorf("stopped by %q: %s", out.End.Stop, out.End.Words)
	}
}

func TestARowThatWasTurnedAwayAndNotChargedIsNoAlarm(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100"}, "add:429:retry=1:n=2")
	out := w.run(rows(3))
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 3})
	if out.Twice != "" || len(out.Notes) > 0 {
		t.Errorf("it is told: %q, %q", out.Twice, out.Notes)
	}
}

// TestWhatSomebodyElseOrderedMeanwhileIsShown, and isn't taken for ours: no row was sent again. Where only these books
// are said to order on the account, it is an alarm.
func TestWhatSomebodyElseOrderedMeanwhileIsShown(t *testing.T) {
	for _, tt := range []struct {
		exclusive    panel.Exclusive
		noted, alarm int
	}{{panel.Alone, 0, 1}, {panel.NotSaid, 1, 0}, {panel.Shared, 1, 0}} {
		w := newWorld(t, sandbox.Config{Balance: "100"})
		w.job.Panel.Panel.Exclusive = tt.exclusive
		w.theirs(1000)
		out, err := w.job.Run(t.Context(), w.open(rows(3)), "orders.csv")
		if err != nil {
			t.Fatal(err)
		}
		noted, alarm := strings.Join(out.Notes, "\n"), out.End.Alarm
		if out.Twice != "" || len(out.Notes) != tt.noted || strings.Count(noted, "0.9 left the balance") != tt.noted ||
			strings.Count(alarm, "0.9 left the balance") != tt.alarm || out.Unexplained != alarm {
			t.Errorf("%v: it is told as %q, %q, alarm %q", tt.exclusive, out.Twice, noted, alarm)
		}
	}
}

// theirs lets somebody else order on the account, while the first row leaves.
func (w *world) theirs(quantity int) {
	once, there := sync.Once{}, *w // not through what stands between
	w.between(func(string) { once.Do(func() { there.stranger(quantity) }) })
}

// stranger orders on the account, by hand.
func (w *world) stranger(quantity int) {
	answer, err := http.PostForm(w.job.Panel.Panel.URL, url.Values{"action": {"add"}, "key": {"sandbox"}, "service": {"1"},
		"link": {"https://example.com/theirs"}, "quantity": {strconv.Itoa(quantity)}})
	if err != nil {
		w.t.Error(err)
		return
	}
	answer.Body.Close()
}
