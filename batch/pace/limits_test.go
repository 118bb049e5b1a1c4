package pace

import (
	"fmt"
	"testing"
	"time"
)

var auto = Rate{PerSecond: 1, Auto: true}

// TestALimitIsFoundWhateverItsKind: within 60 s, and then with few refusals, by auto and by a rate that is too high.
func TestALimitIsFoundWhateverItsKind(t *testing.T) {
	for _, c := range []struct {
		kind  string
		panel limited
	}{
		{"a bucket of 10/s that holds 5", limited{fill: 10, burst: 5}},
		{"a bucket of 10/s that holds 20", limited{fill: 10, burst: 20}},
		{"a bucket of 40/s that holds 5", limited{fill: 40, burst: 5}},
		{"a bucket of 40/s that holds 20", limited{fill: 40, burst: 20}},
		{"40 in each second", limited{window: time.Second, most: 40}},
		{"100 in each minute", limited{window: time.Minute, most: 100}},
		{"2400 in each minute", limited{window: time.Minute, most: 2400}},
		{"50 in each 10 seconds", limited{window: 10 * time.Second, most: 50}},
		{"60 in any minute", limited{window: time.Minute, most: 60, sliding: true}},
		{"100 in a minute from the first of them on", limited{window: time.Minute, most: 100, from: true}},
	} {
		for i, rate := range []Rate{auto, {PerSecond: 1000}} {
			for k, silent := range []bool{false, true} {
				panel := c.panel
				panel.silent = silent
				w := newWorld(panel, float64(i*30+k*15)+0.1, New(rate))
				if i == k {
					w.answers, w.jitter = 2*time.Millisecond, time.Millisecond
				}
				name := fmt.Sprintf("%s, rate %s, answers after %v, Retry-After %v", c.kind, rate, w.answers, !silent)
				w.run(240 * time.Second)
				taken, refused := w.between(60, 240)
				if used := taken / 180 / panel.perSecond(); used < 0.85 {
					t.Errorf("%s: %.3f of the limit is used after 60 s, want 0.85", name, used)
				}
				if share := refused / (taken + refused); share > 0.01 {
					t.Errorf("%s: %.4f of the requests are refused after 60 s (%v), at most 0.01 may be", name, share, refused)
				}
			}
		}
	}
}

// TestALimitThatChangesIsFoundAgain: at first the panel takes 20 a second, then another number.
func TestALimitThatChangesIsFoundAgain(t *testing.T) {
	for _, perSecond := range []float64{5, 15, 30} {
		w := newWorld(limited{fill: 20, burst: 10}, 0, New(auto))
		w.run(120 * time.Second)
		w.panel.fill = perSecond
		w.run(480 * time.Second)
		if taken, refused := w.between(480, 600); taken/120 < 0.85*perSecond || refused > 0.01*taken {
			t.Errorf("%v a second from now on: %.1f taken, %v refused", perSecond, taken/120, refused)
		}
	}
}

// TestAPanelThatRefusesAtRandomIsSentLess: no limit explains it, and the run must neither stop nor hammer.
func TestAPanelThatRefusesAtRandomIsSentLess(t *testing.T) {
	p := New(Rate{PerSecond: 50})
	w := newWorld(limited{}, 0, p)
	w.whim = 0.02
	w.run(300 * time.Second)
	taken, refused := w.between(60, 300)
	if taken/240 < 0.5 || refused > 0.04*taken {
		t.Errorf("%.1f a second are taken, and %v of %v refused", taken/240, refused, taken+refused)
	}
}

func TestAPanelThatTakesEverythingIsSentAsMuchAsPermitted(t *testing.T) {
	for _, c := range []struct {
		rate Rate
		want float64
	}{{auto, autoMost}, {Rate{PerSecond: 5}, 5}, {Rate{PerSecond: 200}, 200}} {
		w := newWorld(limited{}, 0, New(c.rate))
		w.run(60 * time.Second)
		if taken, _ := w.between(30, 60); taken/30 < 0.98*c.want || taken/30 > 1.01*c.want {
			t.Errorf("%s: %.2f a second after half a minute, want %v", c.rate, taken/30, c.want)
		}
	}
}

// TestWhatWasLearnedIsUsedByTheNextRun: a run finds 20 a second; others of the account follow.
func TestWhatWasLearnedIsUsedByTheNextRun(t *testing.T) {
	for _, c := range []struct {
		name       string
		after      time.Duration
		rate       Rate
		panel      float64
		low, high  float64 // a second, in the first five
		late       float64 // a second, after a minute
		mayRefused float64 // in the first minute
	}{
		{"auto begins at it", time.Minute, auto, 20, 18.5, 20.5, 18.5, 3},
		{"a rate that is too high goes down to it", time.Minute, Rate{PerSecond: 1000}, 20, 18.5, 20.5, 18.5, 3},
		{"a rate below it is kept", time.Minute, Rate{PerSecond: 8}, 20, 7.8, 8.3, 7.8, 0},
		{"weeks later more is tried soon", 20 * 24 * time.Hour, auto, 40, 18, 24, 34, 8},
		{"weeks later it may have become less", 20 * 24 * time.Hour, auto, 10, 6, 15, 8.5, 20},
	} {
		shared := &alone{}
		w := newWorld(limited{fill: 20, burst: 10}, 0, New(auto))
		w.paces[0].Share(w.now, shared)
		w.run(90 * time.Second)

		next := newWorld(limited{fill: c.panel, burst: 10}, 0, New(c.rate))
		next.now = w.now.Add(c.after)
		next.began = next.now
		next.paces[0].Share(next.now, shared)
		next.run(120 * time.Second)
		if taken, _ := next.between(0, 5); taken < 5*c.low || taken > 5*c.high+1 {
			t.Errorf("%s: %.1f a second at first, want %v to %v", c.name, taken/5, c.low, c.high)
		}
		if taken, _ := next.between(60, 120); taken < 60*c.late {
			t.Errorf("%s: %.1f a second after a minute, want %v", c.name, taken/60, c.late)
		}
		if _, refused := next.between(0, 60); refused > c.mayRefused {
			t.Errorf("%s: %v are refused", c.name, refused)
		}
	}
}

// TestProcessesOfAnAccountFindItsLimitTogether: what the panel answers one of them teaches all.
func TestProcessesOfAnAccountFindItsLimitTogether(t *testing.T) {
	for _, panel := range []limited{
		{fill: 40, burst: 20}, {fill: 10, burst: 5, silent: true}, {window: time.Minute, most: 100},
	} {
		shared := &alone{}
		w := newWorld(panel, 20)
		for range 4 {
			p := New(auto)
			p.Share(w.now, shared)
			w.paces = append(w.paces, p)
		}
		w.run(180 * time.Second)
		taken, refused := w.between(60, 180)
		if used := taken / 120 / panel.perSecond(); used < 0.85 || refused > 0.02*(taken+refused) {
			t.Errorf("%v a second: %.2f is used, %v of %v refused", panel.perSecond(), used, refused, taken+refused)
		}
	}
}

// TestProcessesOfAnAccountKeepItsRateTogether: also when they stall, and when one ends.
func TestProcessesOfAnAccountKeepItsRateTogether(t *testing.T) {
	for _, perSecond := range []float64{5, 40, 100, 400} {
		shared := &alone{}
		w := newWorld(limited{}, 0)
		for range 4 {
			p := New(Rate{PerSecond: perSecond})
			p.Share(w.now, shared)
			w.paces = append(w.paces, p)
		}
		w.stalls = map[int]time.Duration{3: 20 * time.Millisecond, 7: 300 * time.Millisecond, 12: 3 * time.Second}
		w.run(20 * time.Second)
		if taken, _ := w.between(16, 20); taken < 4*0.98*perSecond {
			t.Errorf("%v a second: %.3f of it is used", perSecond, taken/4/perSecond)
		}
		if most := w.most(); float64(most) > perSecond*1.04+1 {
			t.Errorf("%v a second: a second held %d", perSecond, most)
		}
		w.paces = w.paces[:1]
		w.run(10 * time.Second)
		if taken, _ := w.between(21, 30); taken < 9*0.98*perSecond {
			t.Errorf("%v a second: %.3f of it is used by the last process", perSecond, taken/9/perSecond)
		}
	}
}
