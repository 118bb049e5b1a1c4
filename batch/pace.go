package batch

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/time/rate"
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

// Concurrency gives how many orders may be under way at once to use the rate on a panel that takes a
// quarter of a second to answer, at least 2 and at most 64.
func (r Rate) Concurrency() int {
	return max(2, min(64, int(math.Ceil(r.PerSecond/4))))
}

// Pace tells when the next order may go. It is arithmetic: whoever asks brings the time. It allows a
// burst of a fifteenth of a second's orders, so that no second holds noticeably more than the rate.
type Pace struct {
	permitted float64 // the highest rate, a second
	auto      bool
	current   float64
	bucket    *rate.Limiter
	until     time.Time // nothing goes before
	pauses    int       // pauses since the panel last took an order
	slowed    time.Time
	taken     int // orders that the panel took since the rate last changed
}

// autoMost bounds a rate that is found out.
const autoMost = 50.0

// NewPace makes a pace that keeps to the rate.
func NewPace(r Rate) *Pace {
	p := &Pace{permitted: r.PerSecond, auto: r.Auto, current: r.PerSecond}
	if r.Auto {
		p.permitted = autoMost
	}
	p.bucket = rate.NewLimiter(rate.Limit(p.current), max(1, int(p.permitted/15)))
	return p
}

// Wait tells how long after now the next order may go; 0: at once.
func (p *Pace) Wait(now time.Time) time.Duration {
	wait := p.until.Sub(now)
	if missing := 1 - p.bucket.TokensAt(now); missing > 0 {
		wait = max(wait, time.Duration(missing/p.current*float64(time.Second)))
	}
	return max(wait, 0)
}

// Went notes that an order goes now.
func (p *Pace) Went(now time.Time) { p.bucket.AllowN(now, 1) }

// Slow notes that the panel told us to slow down, about a request that was sent at sent: everything
// pauses, for as long as the panel asked or ever longer (jitter, in 0 to 1, spreads that), and goes on at
// half the rate. Requests that were under way when the pace slowed down say nothing new.
func (p *Pace) Slow(now, sent time.Time, asked time.Duration, jitter float64) {
	if sent.Before(p.slowed) {
		p.pause(now, asked)
		return
	}
	p.slowed, p.taken = now, 0
	p.setRate(now, max(p.current/2, p.permitted/64))
	p.Pause(now, asked, jitter)
}

// Pause lets nothing go for as long as asked, or where nothing was asked for 1 s, 2 s, 4 s up to a
// minute, counted since the panel last took an order.
func (p *Pace) Pause(now time.Time, asked time.Duration, jitter float64) {
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
		p.until = until
	}
}

// Took notes that the panel answered an order without asking for slowness: after twenty such answers
// the rate rises again, by a quarter, up to the permitted one.
func (p *Pace) Took(now time.Time) {
	p.pauses = 0
	p.taken++
	if p.current >= p.permitted || p.taken < 20 {
		return
	}
	p.taken = 0
	p.setRate(now, min(p.current*1.25, p.permitted))
}

func (p *Pace) setRate(now time.Time, perSecond float64) {
	p.current = perSecond
	p.bucket.SetLimitAt(now, rate.Limit(perSecond))
}

// Left estimates how long n orders take at the current rate.
func (p *Pace) Left(n int) time.Duration {
	return time.Duration(float64(n) / p.current * float64(time.Second))
}
