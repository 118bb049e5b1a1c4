package batch

import (
	"bulkorder/batch/pace"
	"container/heap"
	"slices"
	"testing"
	"time"
)

// simulated is a panel that answers so many requests at the same time; each takes its time, and the others wait.
type simulated struct {
	takes func(at time.Duration) time.Duration
	hands int // 0: as many as there are
}

// flown is one request under way in a simulation.
type flown struct {
	ends time.Duration
	left departure
}

type flying []flown

func (f flying) Len() int           { return len(f) }
func (f flying) Less(i, j int) bool { return f[i].ends < f[j].ends }
func (f flying) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }
func (f *flying) Push(x any)        { *f = append(*f, x.(flown)) }
func (f *flying) Pop() any {
	last := (*f)[len(*f)-1]
	*f = (*f)[:len(*f)-1]
	return last
}

// fly sends at a rate for some time, and tells how many a second were answered in the last quarter of it, and how many
// requests were under way in the middle then.
func fly(p simulated, most int, rate float64, lasts time.Duration) (flow, atOnce float64) {
	start, late := time.Unix(1e9, 0), lasts*3/4
	f := newFlight(most, rate, start)
	free := make([]time.Duration, p.hands) // when each hand of the panel is
	var under flying
	var sum time.Duration // of the time that requests were under way for
	answered := 0
	for now, due := time.Duration(0), time.Duration(0); now < lasts; {
		if now >= due && f.has(len(under)) {
			heap.Push(&under, flown{p.answers(free, now), f.begins(start.Add(now), len(under))})
			due = max(due, now-10*time.Millisecond) + pace.Spacing(rate)
			continue
		}
		before := now
		if len(under) > 0 && (under[0].ends <= due || now >= due) {
			now = max(now, under[0].ends)
		} else {
			now = due
		}
		if now > late {
			sum += (now - before) * time.Duration(len(under))
		}
		for len(under) > 0 && under[0].ends <= now {
			f.ended(heap.Pop(&under).(flown).left, start.Add(now), rate)
			if now > late {
				answered++
			}
		}
	}
	return float64(answered) / (lasts - late).Seconds(), float64(sum) / float64(lasts-late)
}

// answers tells when a panel answers a request of now.
func (p simulated) answers(free []time.Duration, now time.Duration) time.Duration {
	if len(free) == 0 {
		return now + p.takes(now)
	}
	first := slices.Index(free, slices.Min(free))
	free[first] = max(now, free[first]) + p.takes(now)
	return free[first]
}

func takes(d time.Duration) func(time.Duration) time.Duration {
	return func(time.Duration) time.Duration { return d }
}

func TestAsManyAtOnceAsTheRateNeeds(t *testing.T) {
	const ms = time.Millisecond
	later := func(before, after time.Duration) func(time.Duration) time.Duration {
		return func(at time.Duration) time.Duration {
			if at < 30*time.Second {
				return before
			}
			return after
		}
	}
	spread := func(at time.Duration) time.Duration { // half of the answers take five times as long as the others
		if at/ms/10%2 == 0 {
			return 100 * ms
		}
		return 500 * ms
	}
	tests := []struct {
		name        string
		panel       simulated
		most        int
		rate        float64
		least       float64 // answers a second
		fewest, top float64 // requests under way in the end, in the middle
	}{
		{"one a second needs two places at most", simulated{takes: takes(300 * ms)}, 0, 1, 0.98, 0, 1},
		{"an answer takes 250 ms", simulated{takes: takes(250 * ms)}, 0, 100, 98, 25, 34},
		{"an answer takes 350 ms", simulated{takes: takes(350 * ms)}, 0, 100, 98, 35, 46},
		{"an answer takes a second", simulated{takes: takes(1000 * ms)}, 0, 100, 98, 100, 127},
		{"an answer takes five seconds, at a low rate", simulated{takes: takes(5000 * ms)}, 0, 10, 9.8, 50, 64},
		{"answers of two kinds", simulated{takes: spread}, 0, 100, 97, 30, 60},
		{"answers that merely take longer from now on", simulated{takes: later(250*ms, 900*ms)}, 0, 100, 98, 90, 128},
		{"answers that take less from now on", simulated{takes: later(900*ms, 250*ms)}, 0, 100, 98, 25, 36},
		{"a person allows eight", simulated{takes: takes(250 * ms)}, 8, 100, 31, 8, 8},
		{"a person allows one", simulated{takes: takes(250 * ms)}, 1, 100, 3.9, 1, 1},
		{"the rate is beyond what 128 can do", simulated{takes: takes(2000 * ms)}, 0, 100, 63, 128, 128},
		{"a panel with ten hands and a rate far above it", simulated{takes(250 * ms), 10}, 0, 1000, 35, 8, 20},
		{"a panel with two hands", simulated{takes(250 * ms), 2}, 0, 100, 7, 2, 5},
		{"a panel of many hands that became slow for all", simulated{later(250*ms, 2000*ms), 40}, 0, 100, 17, 30, 70},
		{"a panel that hardly does anything any more", simulated{later(50*ms, 1000*ms), 8}, 0, 100, 7, 4, 14},
		{"a quick panel that is busy is no slow one", simulated{takes(2 * ms), 4}, 0, 10000, 1700, 4, 40},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			flow, atOnce := fly(tt.panel, tt.most, tt.rate, 2*time.Minute)
			if flow < tt.least || atOnce < tt.fewest || atOnce > tt.top {
				t.Errorf("%.1f answers a second with %.0f requests at once, want %.1f with %.0f to %.0f",
					flow, atOnce, tt.least, tt.fewest, tt.top)
			}
		})
	}
}

func TestFewerAtOnceWhereAPanelRefuses(t *testing.T) {
	now := time.Unix(1e9, 0)
	settled := func() *flight {
		f := newFlight(0, 100, now)
		for range 200 {
			now = now.Add(50 * time.Millisecond)
			f.ended(f.begins(now.Add(-400*time.Millisecond), f.atOnce-1), now, 100)
		}
		return f
	}
	f := settled()
	if f.atOnce < 40 || f.atOnce > 55 {
		t.Fatalf("%d at once at 100/s and 400 ms", f.atOnce)
	}
	t.Run("it asks to slow down: as many as the lower rate needs", func(t *testing.T) {
		if f.slower(50, now); f.atOnce < 20 || f.atOnce > 26 {
			t.Errorf("%d at once at 50/s and 400 ms", f.atOnce)
		}
	})
	t.Run("it can't be reached: half as many, once for all that failed together", func(t *testing.T) {
		f := settled()
		before := f.atOnce
		var under []departure
		for n := range 5 {
			under = append(under, f.begins(now, n))
		}
		now = now.Add(time.Second)
		for _, d := range under {
			f.failed(d, now)
		}
		if f.atOnce < before/2 || f.atOnce > before/2+1 {
			t.Errorf("%d at once after %d", f.atOnce, before)
		}
	})
	t.Run("and never fewer than two", func(t *testing.T) {
		for range 10 {
			now = now.Add(time.Second)
			f.failed(f.begins(now, 1), now)
		}
		if f.slower(0.01, now); f.atOnce != leastAtOnce {
			t.Errorf("%d at once", f.atOnce)
		}
	})
}

// TestOneThatIsNotAnsweredDelaysNothing: nine of ten tell how long requests take.
func TestOneThatIsNotAnsweredDelaysNothing(t *testing.T) {
	now := time.Unix(1e9, 0)
	f := newFlight(0, 100, now)
	f.usual, f.turn.of = 400*time.Millisecond, turnAnswers
	f.begins(now, 0) // is under way for ever
	for range turnAnswers - 1 {
		f.ended(f.begins(now, 1), now.Add(400*time.Millisecond), 100)
	}
	if f.turn.number != 2 || f.atOnce < 40 {
		t.Errorf("turn %d, %d at once", f.turn.number, f.atOnce)
	}
}
