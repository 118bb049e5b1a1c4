package batch

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Rate is how many orders may be sent in a time.
type Rate struct {
	PerSecond float64
	Auto      bool // begin at PerSecond and find out how much the panel takes
}

// DefaultRate suits a panel that says nothing: the limits that panels name are 50 to 120 requests a
// minute.
func DefaultRate() Rate { return Rate{PerSecond: 1} }

// ParseRate reads "60/m", "10/s", "3600/h" or "auto".
func ParseRate(s string) (Rate, error) {
	if s == "auto" {
		return Rate{PerSecond: 1, Auto: true}, nil
	}
	wrong := fmt.Errorf("%q is no rate; use 60/m, 10/s or auto", s)
	count, per, cut := strings.Cut(s, "/")
	n, err := strconv.ParseFloat(strings.TrimSpace(count), 64)
	if !cut || err != nil || !(n > 0) || n > 1e6 {
		return Rate{}, wrong
	}
	seconds, is := map[string]float64{"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600}[strings.TrimSpace(per)]
	if !is {
		return Rate{}, wrong
	}
	return Rate{PerSecond: n / seconds}, nil
}

// String tells the rate as the command line takes it.
func (r Rate) String() string {
	switch {
	case r.Auto:
		return "auto"
	case r.PerSecond >= 10:
		return strconv.FormatFloat(r.PerSecond, 'g', 6, 64) + "/s"
	}
	return strconv.FormatFloat(r.PerSecond*60, 'g', 6, 64) + "/m"
}

// Allowance is what all who send on an account share: moments at which requests may go. [journal.Allowance] shares it
// between processes; a pace without one has its own.
type Allowance interface {
	// Take gives the first of n moments that nobody else has, evenly spaced, and how many are in a second: perSecond,
	// or fewer where the account's answers taught so.
	Take(now time.Time, n int, perSecond float64) (first time.Time, allowed float64)
	// Teach lets nothing go before until, and no more than perSecond after; 0: as many as permitted.
	Teach(until time.Time, perSecond float64)
}

// Pace tells when the next request may go. It is arithmetic: whoever asks brings the time. It takes moments from the
// allowance some at a time, a sixteenth of a second's, so that no second holds noticeably more than the rate. Many
// goroutines may use it at once.
type Pace struct {
	mu        sync.Mutex
	allowance Allowance
	permitted float64 // the highest rate, a second
	current   float64
	next      time.Time // the first moment at hand
	left      int       // moments at hand
	until     time.Time // nothing goes before
	pauses    int       // pauses since the panel last took an order
	slowed    time.Time
	taken     int // orders that the panel took since the rate last changed
}

const (
	autoMost = 50.0        // bounds a rate that is found out
	stale    = time.Second // moments that passed so long ago unused are lost
	lots     = 16          // in a second
)

// longestStand is how long a run waits for a panel to be asked again.
const longestStand = 5 * time.Minute

// StandsUntil tells until when nothing may go, where that is longer than a run waits; zero: it isn't.
func (p *Pace) StandsUntil(now time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if wait := p.wait(now); wait > max(longestStand, 2*spacing(p.current)) {
		return now.Add(wait)
	}
	return time.Time{}
}

// NewPace makes a pace that keeps to the rate.
func NewPace(r Rate) *Pace {
	p := &Pace{allowance: &alone{}, permitted: r.PerSecond, current: r.PerSecond}
	if r.Auto {
		p.permitted = autoMost
	}
	return p
}

// Share lets the pace keep to an allowance that others use too.
func (p *Pace) Share(a Allowance) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.allowance, p.left = a, 0
}

// Wait tells how long after now the next request may go; 0: at once.
func (p *Pace) Wait(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wait(now)
}

func (p *Pace) wait(now time.Time) time.Duration {
	if pause := p.until.Sub(now); pause > 0 {
		p.left = 0 // moments during a pause are nobody's
		return pause
	}
	if p.left == 0 || now.Sub(p.next) > stale {
		var allowed float64
		p.left = max(1, int(p.current/lots))
		p.next, allowed = p.allowance.Take(now, p.left, p.current)
		p.current = min(p.current, allowed)
	}
	return max(p.next.Sub(now), 0)
}

// Went notes that a request goes now.
func (p *Pace) Went(time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.went()
}

func (p *Pace) went() {
	p.left = max(p.left-1, 0)
	p.next = p.next.Add(spacing(p.current))
}

// Turn waits until a request may go, and notes that it goes.
func (p *Pace) Turn(ctx context.Context) error {
	for {
		p.mu.Lock()
		wait := p.wait(time.Now())
		if wait == 0 && ctx.Err() == nil {
			p.went()
		}
		p.mu.Unlock()
		if err := sleep(ctx, wait); err != nil || wait == 0 {
			return err
		}
	}
}

func spacing(perSecond float64) time.Duration {
	return time.Duration(float64(time.Second) / perSecond)
}

// Slow notes that the panel told us to slow down, about a request that was sent at sent: everything
// pauses, for as long as the panel asked or ever longer (jitter, in 0 to 1, spreads that), and goes on at
// half the rate. Requests that were under way when the pace slowed down say nothing new.
func (p *Pace) Slow(now, sent time.Time, asked time.Duration, jitter float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if sent.Before(p.slowed) {
		p.pause(now, asked)
		return
	}
	p.slowed, p.taken = now, 0
	p.current = max(p.current/2, p.permitted/64)
	p.pauseLonger(now, asked, jitter)
}

// Pause lets nothing go for as long as asked, or where nothing was asked for 1 s, 2 s, 4 s up to a
// minute, counted since the panel last took an order.
func (p *Pace) Pause(now time.Time, asked time.Duration, jitter float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pauseLonger(now, asked, jitter)
}

func (p *Pace) pauseLonger(now time.Time, asked time.Duration, jitter float64) {
	if asked == 0 {
		asked = time.Duration(float64(time.Second) * math.Pow(2, float64(min(p.pauses, 6))))
		asked = min(asked, time.Minute)
		asked = time.Duration(float64(asked) * (0.75 + jitter/2))
	}
	p.pauses++
	p.pause(now, asked)
}

func (p *Pace) pause(now time.Time, d time.Duration) {
	if until := now.Add(d); until.After(p.until) {
		p.until, p.left = until, 0
	}
	p.allowance.Teach(p.until, p.current)
}

// Took notes that the panel answered an order without asking for slowness: after twenty such answers
// the rate rises again, by a quarter, up to the permitted one.
func (p *Pace) Took(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pauses = 0
	p.taken++
	if p.current >= p.permitted || p.taken < 20 {
		return
	}
	p.taken = 0
	p.current = min(p.current*1.25, p.permitted)
	if p.current == p.permitted {
		p.allowance.Teach(time.Time{}, 0)
		return
	}
	p.allowance.Teach(time.Time{}, p.current)
}

// Current is how many requests a second the pace keeps to now.
func (p *Pace) Current() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.current
}

// Left estimates how long n orders take at the current rate.
func (p *Pace) Left(n int) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Duration(float64(n) / p.current * float64(time.Second))
}

// alone is the allowance of one pace.
type alone struct{ next time.Time }

func (a *alone) Take(now time.Time, n int, perSecond float64) (time.Time, float64) {
	first := a.next
	if first.Before(now) {
		first = now
	}
	a.next = first.Add(time.Duration(n) * spacing(perSecond))
	return first, perSecond
}

func (a *alone) Teach(time.Time, float64) {}
