package stories_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// TestTwoRunsShareTheRateOfTheAccount: two processes on two sheets send together what one may.
func TestTwoRunsShareTheRateOfTheAccount(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", followers("a", 40))
	w.write("b.csv", followers("b", 40))
	a := w.background("run", "a.csv", "--yes", "--rate", "5/s", "--concurrency", "4")
	b := w.background("run", "b.csv", "--yes", "--rate", "5/s", "--concurrency", "4")
	if x, y := a.exit(), b.exit(); x != 0 || y != 0 {
		t.Errorf("exits %d and %d:\n%s%s", x, y, a.words.String(), b.words.String())
	}
	w.ordered(append(pages("a", 40), pages("b", 40)...)...)
	var times []time.Time
	for _, r := range w.sandbox.Requests() {
		if r.Action == "add" {
			times = append(times, r.At)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	first, last := times[0], times[len(times)-1]
	if rate := float64(len(times)-1) / last.Sub(first).Seconds(); rate > 5.25 {
		t.Errorf("%.2f orders a second, at most 5.25 may be", rate)
	}
	for i := range times {
		if n := within(times[i:], time.Second); n > 7 {
			t.Errorf("%d orders within a second, at most 7 may be", n)
			break
		}
	}
}

// within counts the times in a span from the first of them on.
func within(times []time.Time, span time.Duration) (n int) {
	for n < len(times) && times[n].Sub(times[0]) < span {
		n++
	}
	return n
}

// TestALimitIsFoundAndUsedByTheNextRun: a rate that is too high goes down to what the panel takes, the next run begins
// there, and doctor tells it.
func TestALimitIsFoundAndUsedByTheNextRun(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1, Limit: "bucket:10:40"})
	w.write("a.csv", followers("a", 320))
	if code, out, errs := w.call("run", "a.csv", "--yes", "--rate", "1000/s"); code != 0 {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	w.ordered(pages("a", 320)...)
	before := len(w.sandbox.Requests())
	w.write("b.csv", followers("b", 160))
	if code, out, errs := w.call("run", "b.csv", "--yes", "--rate", "1000/s"); code != 0 {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	var times []time.Time
	refused := 0
	for _, r := range w.sandbox.Requests()[before:] {
		switch {
		case r.Action == "add" && r.Refusal == "":
			times = append(times, r.At)
		case r.Refusal != "":
			refused++
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	rate := float64(len(times)-1) / times[len(times)-1].Sub(times[0]).Seconds()
	if len(times) != 160 || rate < 0.6*40 || rate > 1.1*40 || refused > 4 {
		t.Errorf("the second run: %d orders, %.1f a second, %d refused", len(times), rate, refused)
	}
	_, told := w.doctor(nil)
	if !slices.ContainsFunc(told.Checks, func(c struct{ Name, State, Found, Do string }) bool {
		return strings.HasPrefix(c.Name, "limit of ") && strings.Contains(c.Found, "as its answers showed just now")
	}) {
		t.Errorf("doctor doesn't tell the limit: %+v", told)
	}
}
