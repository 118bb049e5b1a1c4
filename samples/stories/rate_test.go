package stories_test

import (
	"bulkorder/samples/sandbox"
	"slices"
	"testing"
	"time"
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
