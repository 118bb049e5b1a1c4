package batch

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

func mostInASecond(went []time.Duration) int {
	most := 0
	for i := range went {
		n := 0
		for _, at := range went[i:] {
			if at-went[i] >= time.Second {
				break
			}
			n++
		}
		most = max(most, n)
	}
	return most
}

func TestTheRateIsKeptAndUsed(t *testing.T) {
	for _, perSecond := range []float64{0.5, 1, 10, 100, 1000} {
		d := time.Duration(200/perSecond*float64(time.Second)) + 10*time.Second
		went := simulate(NewPace(Rate{PerSecond: perSecond}), d)
		permitted := perSecond * d.Seconds()
		if used := float64(len(went)) / permitted; used < 0.98 || used > 1.05 {
			t.Errorf("%v a second: %.3f of what is permitted was used", perSecond, used)
		}
		if most := mostInASecond(went); float64(most) > perSecond*1.07+1 {
			t.Errorf("%v a second: a second held %d", perSecond, most)
		}
	}
}

func TestSlownessAndRecovery(t *testing.T) {
	start := time.Unix(1e9, 0)
	p := NewPace(Rate{PerSecond: 100})
	p.Slow(start, start, 0, 0.5)
	if wait := p.Wait(start); wait != time.Second {
		t.Errorf("after the first refusal the wait is %v, want 1s", wait)
	}
	p.Slow(start.Add(10*time.Millisecond), start.Add(-time.Second), 0, 0.5)
	if p.current != 50 {
		t.Errorf("a refusal of a request from before slowed down again, to %v", p.current)
	}
	later := start.Add(2 * time.Second)
	p.Slow(later, later, 0, 0.5)
	if wait := p.Wait(later); wait != 2*time.Second || p.current != 25 {
		t.Errorf("after the second refusal the wait is %v at %v a second, want 2s at 25", wait, p.current)
	}
	p.Slow(later, later, 30*time.Second, 0.5)
	if wait := p.Wait(later); wait != 30*time.Second {
		t.Errorf("asked to wait 30s, the wait is %v", wait)
	}
	now := later.Add(time.Minute)
	for range 200 {
		p.Took(now)
	}
	if p.current != 100 {
		t.Errorf("after 200 orders that were taken the rate is %v, want 100", p.current)
	}
}

func TestAutoFindsOutHowMuchIsTaken(t *testing.T) {
	p := NewPace(Rate{PerSecond: 1, Auto: true})
	now := time.Unix(1e9, 0)
	for range 400 {
		p.Took(now)
	}
	if p.current != autoMost {
		t.Errorf("a panel that takes everything is sent %v a second, want %v", p.current, autoMost)
	}
}
