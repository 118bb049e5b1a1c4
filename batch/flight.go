package batch

import (
	"fmt"
	"math"
	"time"
)

// flight decides how many requests may be under way at once: as many as the rate and the time of an answer need, which
// is one times the other. It goes by what it measures in turns of some answers each. Where answers merely take long,
// that is all. Where they take longer than they did, more requests may make the panel slower still: a few more are
// tried, and where no more answers come for them in a second, there are fewer. It is arithmetic, and one goroutine's.
type flight struct {
	most   int           // that may be under way at once, whatever is measured
	atOnce int           // that may be now
	usual  time.Duration // that an answer takes where the panel isn't crowded; 0: not known yet
	turn   turn
	tried  trial
	wait   time.Time     // no more are tried before
	rest   time.Duration // how long was waited last
}

// turn is what is measured with one number of requests at once: how long the first so many requests take that begin in
// it. Which of them are answered first doesn't matter, as it would if the first answers counted.
type turn struct {
	number int // of the turn
	began  time.Time
	of     int           // requests that are measured
	left   int           // of them, that began
	full   int           // of them, that took the last place
	ended  int           // of them
	since  time.Duration // when they began after the turn did, added up
	until  time.Duration // when they ended after that, added up
	wanted bool          // a request whose time had come found no place
}

// departure is when a request began.
type departure struct {
	at   time.Time
	turn int // in which it is measured; 0: it isn't
}

// trial is a number of requests at once that is compared with another.
type trial struct {
	of     kind
	atOnce int     // before it
	flow   float64 // answers a second, before it
}

type kind int

const (
	none  kind = iota
	more       // more requests at once: do more answers come?
	fewer      // fewer: do as many come?
)

const (
	leastAtOnce = 2
	mostAtOnce  = 128
	headroom    = 1.25
	unhurried   = 1.15 // times the usual time: the panel isn't crowded
	crowded     = 1.5  // times the usual time: the panel became slow
	fallen      = 0.8  // times as many are enough: there are fewer
	leap        = 8    // times as many are gone to at once, before all places were taken
	bold        = 4    // times as many are tried while the panel answers as fast as it ever did
	careful     = 2    // times as many otherwise
	step        = 1.5  // more, or fewer, at a trial of a panel that became slow, or after one that came to nothing
	gain        = 0.3  // of the answers that more requests should bring, for it to go on with them
	loss        = 0.07 // of the answers, that fewer requests may cost
	turnAnswers = 16   // in a turn at least, but for the first
	firstTurn   = 4
	quick       = 100 * time.Millisecond // answers that are no sign of a slow panel
	restShort   = 15 * time.Second       // after a trial that came to nothing, doubled each time
	restLong    = 4 * time.Minute
)

// AtOnce says how many requests are under way at once where a person doesn't say it. A crash leaves at most so many
// rows in doubt.
func AtOnce() string {
	return fmt.Sprintf("%d to %d, as many as the rate and the panel's answers need", leastAtOnce, mostAtOnce)
}

// newFlight begins with as many at once as a rate needs of a panel that answers in a quarter of a second; most 0: up to
// 128.
func newFlight(most int, perSecond float64, now time.Time) *flight {
	if most == 0 {
		most = mostAtOnce
	}
	f := &flight{most: most, rest: restShort}
	f.set(min(perSecond/4, firstLook), now)
	return f
}

// has tells whether another request may begin while some are under way, and remembers where it may not.
func (f *flight) has(underway int) bool {
	if underway < f.atOnce {
		return true
	}
	f.turn.wanted = true
	return false
}

// begins notes that a request begins while others are under way.
func (f *flight) begins(now time.Time, underway int) departure {
	if f.turn.left == f.turn.of {
		return departure{now, 0}
	}
	f.turn.left++
	f.turn.since += now.Sub(f.turn.began)
	if underway+1 >= f.atOnce {
		f.turn.full++
	}
	return departure{now, f.turn.number}
}

// ended notes that a request is no longer under way. Those few that take much longer than the others aren't waited for.
func (f *flight) ended(d departure, now time.Time, perSecond float64) {
	if d.turn != f.turn.number {
		return
	}
	f.turn.ended++
	f.turn.until += now.Sub(f.turn.began)
	if late := f.turn.of - f.turn.ended; f.turn.left == f.turn.of && late <= f.turn.of/10 {
		f.turn.until += time.Duration(late) * now.Sub(f.turn.began)
		f.weigh((f.turn.until-f.turn.since)/time.Duration(f.turn.of), perSecond, now)
	}
}

// unused notes that nothing was sent: it tells nothing.
func (f *flight) unused(d departure) {
	if d.turn == f.turn.number {
		f.turn.left--
		f.turn.since -= d.at.Sub(f.turn.began)
	}
}

// enough is how many answers tell what a number of requests at once does: that fewer cost nothing needs the more.
func (f *flight) enough() int {
	switch {
	case f.usual == 0:
		return firstTurn
	case f.tried.of == fewer:
		return max(turnAnswers, 3*f.atOnce)
	}
	return max(turnAnswers, f.atOnce)
}

// next begins a turn.
func (f *flight) next(now time.Time) {
	f.turn = turn{number: f.turn.number + 1, began: now, of: f.enough()}
}

// slower lets fewer go at once as soon as the rate falls.
func (f *flight) slower(perSecond float64, now time.Time) {
	if need := perSecond * f.usual.Seconds() * headroom; f.usual > 0 && need < float64(f.atOnce) {
		f.set(need, now)
	}
}

// failed lets half as many go at once, after a request that didn't reach the panel.
func (f *flight) failed(d departure, now time.Time) {
	if d.at.Before(f.turn.began) {
		return // it is one of many that failed together
	}
	f.pause(now)
	f.tried = trial{}
	f.set(float64(f.atOnce/2), now)
}

// set begins a turn with another number.
func (f *flight) set(atOnce float64, now time.Time) {
	f.atOnce = max(min(leastAtOnce, f.most), min(int(math.Ceil(atOnce)), f.most))
	f.next(now)
}

// pause tries no more for a while, longer each time.
func (f *flight) pause(now time.Time) {
	f.wait = now.Add(f.rest)
	f.rest = min(2*f.rest, restLong)
}

// weigh decides about the next turn, after one in which requests took so long.
func (f *flight) weigh(took time.Duration, perSecond float64, now time.Time) {
	atOnce := float64(f.atOnce)
	full := f.turn.wanted && 4*f.turn.full >= f.turn.of
	need := max(perSecond*took.Seconds()*headroom+1, leastAtOnce)
	flow := atOnce / max(took.Seconds(), 1e-6) // while all places are taken
	tried := f.tried
	f.tried = trial{}
	if f.usual == 0 || took < f.usual {
		f.usual = took
	}
	switch short := need > atOnce; {
	case short && full:
		f.short(need, flow, took, tried, now)
	case short && !f.slowed(took) && !now.Before(f.wait) && need <= leap*atOnce:
		f.set(need, now)
	case short && !f.slowed(took) && !now.Before(f.wait):
		f.set(2*atOnce, now)
	case need < fallen*atOnce:
		f.set(need, now)
	default:
		f.next(now)
	}
}

// slowed tells whether the panel became slow.
func (f *flight) slowed(took time.Duration) bool {
	return took > quick && float64(took) > crowded*float64(f.usual)
}

// short decides where a rate needs more requests at once than there are.
func (f *flight) short(need, flow float64, took time.Duration, tried trial, now time.Time) {
	atOnce := float64(f.atOnce)
	share := atOnce / float64(max(tried.atOnce, 1))
	switch {
	case tried.of == more && flow < tried.flow*(1+gain*(share-1)):
		f.pause(now)
		f.set(float64(tried.atOnce), now)
		if f.slowed(took) {
			f.try(fewer, float64(f.atOnce)/step, tried.flow, now)
		}
	case tried.of == more: // answers merely take long
		times := f.times(took)
		f.usual, f.rest = took, restShort
		f.try(more, min(need, times*atOnce), flow, now)
	case tried.of == fewer && flow < tried.flow*(1-loss):
		f.set(float64(tried.atOnce), now)
	case tried.of == fewer:
		f.try(fewer, atOnce/step, max(flow, tried.flow), now)
	case now.Before(f.wait):
		f.next(now)
	case f.slowed(took), f.rest > restShort:
		f.try(more, min(need, step*atOnce), flow, now)
	default:
		f.try(more, min(need, f.times(took)*atOnce), flow, now)
	}
}

// times is how many times as many are tried after answers that took so long.
func (f *flight) times(took time.Duration) float64 {
	if float64(took) <= unhurried*float64(f.usual) {
		return bold
	}
	return careful
}

// try goes on with another number, and remembers what it is compared with.
func (f *flight) try(of kind, atOnce, flow float64, now time.Time) {
	before := f.atOnce
	f.set(atOnce, now)
	if f.atOnce != before {
		f.tried = trial{of, before, flow}
		f.turn.of = f.enough()
	}
}
