package pace

import (
	"testing"
	"time"
)

func TestParseRate(t *testing.T) {
	for text, want := range map[string]float64{"60/m": 1, "10/s": 10, "3600/h": 1, "90/min": 1.5, " 0.5 / s ": 0.5} {
		if r, err := ParseRate(text); err != nil || r.PerSecond != want {
			t.Errorf("%q: %v, %v, want %v a second", text, r, err, want)
		}
	}
	for _, text := range []string{"", "60", "m", "0/s", "-1/s", "NaN/s", "Inf/s", "60/d", "1e9/s", "x/s"} {
		if r, err := ParseRate(text); err == nil {
			t.Errorf("%q is taken as %v", text, r)
		}
	}
	if r, err := ParseRate("auto"); err != nil || !r.Auto {
		t.Errorf("auto: %v, %v", r, err)
	}
}

// simulate sends as fast as the pace allows for a time and gives when each order went.
func simulate(p *Pace, d time.Duration) []time.Duration {
	start := time.Unix(1e9, 0)
	now := start
	var went []time.Duration
	for now.Sub(start) < d {
		if wait := p.Wait(now); wait > 0 {
			now = now.Add(wait)
			continue
		}
		p.Went(now)
		went = append(went, now.Sub(start))
	}
	return went
}

// mostInASecond counts moments in order of time.
func mostInASecond(went []time.Duration) (most int) {
	first := 0
	for i, at := range went {
		for at-went[first] >= time.Second {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

func TestTheRateIsKeptAndUsed(t *testing.T) {
	for _, perSecond := range []float64{0.5, 1, 10, 100, 1000} {
		d := time.Duration(200/perSecond*float64(time.Second)) + 10*time.Second
		went := simulate(New(Rate{PerSecond: perSecond}), d)
		permitted := perSecond * d.Seconds()
		if used := float64(len(went)) / permitted; used < 0.98 || used > 1.02 {
			t.Errorf("%v a second: %.3f of what is permitted was used", perSecond, used)
		}
		if most := mostInASecond(went); float64(most) > perSecond*1.03+1 {
			t.Errorf("%v a second: a second held %d", perSecond, most)
		}
	}
}

// TestAStallIsMadeGoodSlowly: nothing runs for a while, and then no second holds more than it may.
func TestAStallIsMadeGoodSlowly(t *testing.T) {
	for _, perSecond := range []float64{2, 10, 100, 1000} {
		w := newWorld(limited{}, 0, New(Rate{PerSecond: perSecond}))
		w.atOnce = 1000
		w.stalls = map[int]time.Duration{2: 5 * time.Millisecond, 5: 50 * time.Millisecond, 8: 400 * time.Millisecond,
			30: 2 * time.Second}
		w.run(60 * time.Second)
		if most := w.most(); float64(most) > perSecond*1.03+1 {
			t.Errorf("%v a second: a second held %d", perSecond, most)
		}
		if taken, _ := w.between(0, 30); taken < 30*0.99*perSecond-1 || taken > 30*perSecond+1 {
			t.Errorf("%v a second: %.0f were sent in the 30 s of three short stalls", perSecond, taken)
		}
		if taken, _ := w.between(33, 60); taken < 27*0.99*perSecond-1 || taken > 27*1.01*perSecond+1 {
			t.Errorf("%v a second: %.0f were sent in the 27 s after a long one", perSecond, taken)
		}
	}
}

// TestNothingRefillsDuringAPause: what goes after it goes as slowly as before.
func TestNothingRefillsDuringAPause(t *testing.T) {
	start := time.Unix(1e9, 0)
	p := New(Rate{PerSecond: 100})
	p.Went(start)
	p.Pause(start, 10*time.Second, 0)
	if wait := p.Wait(start); wait != 10*time.Second {
		t.Errorf("asked to wait 10 s, the wait is %v", wait)
	}
	n := 0
	for now := start.Add(10 * time.Second); now.Before(start.Add(11 * time.Second)); {
		if wait := p.Wait(now); wait > 0 {
			now = now.Add(wait)
			continue
		}
		p.Went(now)
		p.Took(now)
		n++
	}
	if n < 98 || n > 103 {
		t.Errorf("%d go within the second after a pause, want 100", n)
	}
}

// TestWhatARefusalDoes: the pause that was asked for is kept, or one that grows; one request goes ahead after it; what
// was under way says nothing new.
func TestWhatARefusalDoes(t *testing.T) {
	start := time.Unix(1e9+5, 0)
	p := New(Rate{PerSecond: 100})
	p.Wait(start)
	p.Went(start)
	p.Went(start)
	if !p.Slow(start.Add(time.Millisecond), start, 0, 0.5) {
		t.Error("the first refusal is no news")
	}
	if wait := p.Wait(start.Add(time.Millisecond)); wait != firstSilence {
		t.Errorf("after the first refusal the wait is %v, want %v", wait, firstSilence)
	}
	if p.Slow(start.Add(2*time.Millisecond), start, 0, 0.5) {
		t.Error("a refusal of what was under way is news")
	}
	now := start.Add(time.Millisecond + firstSilence)
	p.Went(now)
	if wait := p.Wait(now); wait != ahead {
		t.Errorf("while one goes ahead the wait is %v, want %v", wait, ahead)
	}
	if p.Slow(now.Add(time.Millisecond), now, 0, 0.5); p.Wait(now.Add(time.Millisecond)) != 2*firstSilence {
		t.Errorf("after the second refusal the wait is %v", p.Wait(now.Add(time.Millisecond)))
	}
	now = now.Add(time.Second)
	p.Went(now)
	if p.Slow(now, now, 30*time.Second, 0.5); p.Wait(now) != 30*time.Second {
		t.Errorf("asked to wait 30 s, the wait is %v", p.Wait(now))
	}
	now = now.Add(31 * time.Second)
	if wait := p.Wait(now); wait != 0 {
		t.Errorf("after the pause the wait is %v", wait)
	}
	p.Went(now)
	p.Took(now)
	if !p.trying.IsZero() {
		t.Error("after the panel took the one ahead its answer is still waited for")
	}
}

// TestASilentPanelIsTriedAgainAtTheNextMinute: many count by the minute, and don't say so.
func TestASilentPanelIsTriedAgainAtTheNextMinute(t *testing.T) {
	minute := time.Unix(1_000_000_020, 0)
	p := New(Rate{PerSecond: 10})
	now := minute.Add(3 * time.Second)
	for now.Before(minute.Add(time.Minute)) {
		now = now.Add(p.Wait(now))
		p.Went(now)
		p.Slow(now, now, 0, 0.5)
	}
	if over := now.Sub(minute.Add(time.Minute)); over > firstSilence {
		t.Errorf("it is tried again %v after the minute's end", over)
	}
}
