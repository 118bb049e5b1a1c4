// Package pace tells when the next request to an account may go: at the rate that is permitted ([Rate]), which all
// processes of the account share ([Allowance]), and below the limit that the panel's refusals let one infer.
package pace

import (
	"context"
	"math"
	"sync"
	"time"

	"bulkorder/batch/journal"
)

// Pace tells when the next request may go. It is arithmetic: whoever asks brings the time. It takes moments from the
// allowance some at a time, a sixteenth of a second's, so that no second holds noticeably more than the rate. Many
// goroutines may use it at once.
type Pace struct {
	mu        sync.Mutex
	allowance Allowance
	rate      Rate
	permitted float64 // the highest rate, a second

	hand  lot
	left  int       // moments of it that are at hand
	over  bool      // they are given back: the rate is another one
	next  time.Time // the first of them
	seen  int64     // moments that the account had given then
	until time.Time // nothing goes before

	pauses   int       // since the panel last took what was sent after one
	since    time.Time // the first of them began
	believed float64   // the limit that was found for sure, a second; 0: none was
	trying   time.Time // when the request was sent that goes ahead after a pause; zero: none is
	waited   bool      // a pause was begun, and none has gone ahead yet
	slowed   time.Time // when the panel last made the pace slow
	refused  float64   // requests since the limit was found last

	sent sendings
}

const autoMost = 50.0 // bounds a rate that is found out

// longestStand is how long a run waits for a panel to be asked again.
const longestStand = 5 * time.Minute

// New makes a pace that keeps to the rate.
func New(r Rate) *Pace {
	p := &Pace{allowance: &alone{}, rate: r, permitted: r.PerSecond, hand: lot{rate: r.PerSecond}}
	if r.Auto {
		p.permitted = autoMost
		p.allowance.Change(time.Time{}, func(s *journal.Share) { s.Rate, s.Growth = r.PerSecond, quickly })
	}
	return p
}

// Share lets the pace keep to an allowance that others use too, from what was learned on it before.
func (p *Pace) Share(now time.Time, a Allowance) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.allowance, p.left = a, 0
	a.Change(now, func(s *journal.Share) {
		begin(s, now, p.rate)
		p.seen = s.Given
		p.until = s.Paused
		if now.Sub(s.Limit.Learned) < aged {
			p.believed = s.Limit.PerSecond
		}
		p.hand.rate = p.permitted
		if s.Rate > 0 {
			p.hand.rate = min(p.permitted, s.Rate)
		}
	})
}

// StandsUntil tells until when nothing may go, where that is longer than a run waits; zero: it isn't.
func (p *Pace) StandsUntil(now time.Time) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if wait := p.wait(now); wait > max(longestStand, 2*Spacing(p.hand.rate)) {
		return now.Add(wait)
	}
	return time.Time{}
}

// Paused tells whether nothing goes now because the panel was too busy, or couldn't be reached.
func (p *Pace) Paused(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.until.After(now)
}

// Wait tells how long after now the next request may go; 0: at once.
func (p *Pace) Wait(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wait(now)
}

func (p *Pace) wait(now time.Time) time.Duration {
	if pause := p.until.Sub(now); pause > 0 {
		return pause
	}
	if !p.trying.IsZero() {
		if more := p.trying.Add(ahead).Sub(now); more > 0 {
			return more // of the request that goes ahead nothing is known yet
		}
		p.goOn(now)
	}
	over := now.Sub(p.next)
	switch {
	case p.left == 0, p.over, over > behind, over > late && p.hand.others > 0:
		p.take(now)
	case over > late:
		p.next = now.Add(-late) // the moments at hand are nobody else's later either
	}
	return max(p.next.Sub(now), 0)
}

// ahead is how long the answer to the first request after a pause is waited for.
const ahead = time.Second

// take takes the next moments from the allowance.
func (p *Pace) take(now time.Time) {
	from := p.next
	p.allowance.Change(now, func(s *journal.Share) {
		p.hand = take(s, now, p.next, p.permitted, float64(p.left), p.seen)
		p.seen = s.Given
		if s.Paused.After(p.until) {
			p.until = s.Paused // another process was refused
		}
	})
	p.left, p.next, p.over = p.hand.moment, p.hand.first, false
	if !from.IsZero() && p.hand.others > 0 {
		p.sent.others(inSeconds(from), inSeconds(p.next), p.hand.others)
	}
}

// Went notes that a request goes now.
func (p *Pace) Went(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.went(now)
}

func (p *Pace) went(now time.Time) {
	if p.waited {
		p.waited, p.trying = false, now
	}
	p.sent.went(inSeconds(now))
	p.left = max(p.left-1, 0)
	p.next = p.next.Add(p.hand.step)
}

// Turn waits until a request may go, and notes that it goes.
func (p *Pace) Turn(ctx context.Context) error {
	for {
		p.mu.Lock()
		now := time.Now()
		wait := p.wait(now)
		if wait == 0 && ctx.Err() == nil {
			p.went(now)
		}
		p.mu.Unlock()
		if err := Sleep(ctx, wait); err != nil || wait == 0 {
			return err
		}
	}
}

// Slow notes that the panel told us to slow down, about a request that was sent at sent: everything pauses, for as long
// as the panel asked or ever longer (jitter, in 0 to 1, spreads that), and goes on a little below the limit that its
// answers show. Requests that were under way when the pace slowed down say nothing new about that; news is false.
func (p *Pace) Slow(now, sent time.Time, asked time.Duration, jitter float64) (news bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent.refuse(inSeconds(sent), asked)
	p.refused++
	if !sent.After(p.slowed) {
		p.pause(now, asked)
		return false
	}
	p.pauseLonger(now, asked, firstSilence, jitter)
	p.allowance.Change(now, func(s *journal.Share) {
		s.Paused = latest(s.Paused, p.until)
		if news = sent.After(s.Slowed); news {
			s.Slowed = now
			tighten(s, p.pauses == 1)
		}
		p.slowed = s.Slowed
	})
	if news {
		p.learn(now)
	}
	p.sent.begin()
	return news
}

// learn keeps to the limit that the panel's answers show.
func (p *Pace) learn(now time.Time) {
	l, found := p.sent.find(p.permitted, p.believed)
	if !found {
		return
	}
	owed := p.refused * payment
	if l.sure() {
		p.believed = l.perSecond
	}
	p.allowance.Change(now, func(s *journal.Share) { learn(s, now, l, p.hand.rate, p.sent.episode, owed) })
}

const (
	firstSilence = time.Second // of a panel that refuses and doesn't say for how long
	firstTrouble = time.Second // of one that isn't reached, or is ill
)

// Pause lets nothing go for as long as asked, or where nothing was asked for 1 s, 2 s, 4 s up to a
// minute, counted since the panel last took an order.
func (p *Pace) Pause(now time.Time, asked time.Duration, jitter float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pauseLonger(now, asked, firstTrouble, jitter)
	p.allowance.Change(now, func(s *journal.Share) { s.Paused = latest(s.Paused, p.until) })
}

func (p *Pace) pauseLonger(now time.Time, asked, first time.Duration, jitter float64) {
	if asked == 0 {
		asked = min(time.Duration(float64(first)*math.Pow(2, float64(min(p.pauses, 10)))), time.Minute)
		asked = time.Duration(float64(asked) * (0.75 + jitter/2))
		// Many panels count by the minute: the next one is worth a try.
		for _, since := range []time.Time{now.Truncate(time.Minute), p.since} {
			if over := since.Add(time.Minute + firstSilence).Sub(now); over > time.Second {
				asked = min(asked, over)
			}
		}
	}
	if p.pauses++; p.pauses == 1 {
		p.since = now
	}
	p.pause(now, asked)
}

// pause gives the moments at hand up: those during a pause are nobody's.
func (p *Pace) pause(now time.Time, d time.Duration) {
	if until := now.Add(d); until.After(p.until) {
		p.until, p.left = until, 0
		p.waited, p.trying = true, time.Time{}
	}
}

// Took notes that the panel answered a request that was sent at sent, without asking for slowness.
func (p *Pace) Took(sent time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent.took(inSeconds(sent))
	if sent.After(p.slowed) {
		p.pauses = 0
	}
	if !p.trying.IsZero() && !sent.Before(p.trying) {
		p.goOn(sent)
	}
}

// goOn lets the others go after the one that went ahead, at the limit that all answers show by now.
func (p *Pace) goOn(now time.Time) {
	p.trying = time.Time{}
	p.learn(now)
	p.refused, p.over = 0, true
}

// Current is how many requests a second the pace keeps to now.
func (p *Pace) Current() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hand.rate
}

// Left estimates how long n orders take at the current rate.
func (p *Pace) Left(n int) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Duration(float64(n) / p.hand.rate * float64(time.Second))
}

// Sleep waits for a time, or until the context ends, whose error it gives then.
func Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
