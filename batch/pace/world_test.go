package pace

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// limited is a panel that takes so many requests, as far as they come to it. Requests that it refuses are not counted.
type limited struct {
	fill, burst float64       // of a bucket; 0: it takes everything
	window      time.Duration // of requests that are counted together; 0: it is a bucket
	most        int
	sliding     bool // the requests of any window of that length are counted
	from        bool // windows begin with a request; false: by the clock
	silent      bool // it doesn't say for how long it refuses

	tokens float64
	filled time.Time
	taken  []time.Time
	ends   time.Time
}

// perSecond is how much it takes in the long run.
func (l *limited) perSecond() float64 {
	if l.window > 0 {
		return float64(l.most) / l.window.Seconds()
	}
	return l.fill
}

// ask takes a request or says how long until the next one would be taken.
func (l *limited) ask(now time.Time) (wait time.Duration) {
	if l.window == 0 {
		if l.fill == 0 {
			return 0
		}
		if l.filled.IsZero() {
			l.tokens = l.burst
		} else {
			l.tokens = min(l.burst, l.tokens+l.fill*now.Sub(l.filled).Seconds())
		}
		if l.filled = now; l.tokens < 1 {
			return time.Duration((1 - l.tokens) / l.fill * float64(time.Second))
		}
		l.tokens--
		return 0
	}
	switch {
	case l.sliding:
		l.taken = slices.DeleteFunc(l.taken, func(t time.Time) bool { return now.Sub(t) >= l.window })
	case !now.Before(l.ends):
		l.taken, l.ends = nil, now.Truncate(l.window).Add(l.window)
		if l.from {
			l.ends = now.Add(l.window)
		}
	}
	if len(l.taken) < l.most {
		l.taken = append(l.taken, now)
		return 0
	}
	if l.sliding {
		return l.taken[0].Add(l.window).Sub(now)
	}
	return l.ends.Sub(now)
}

// call is one request of a simulation.
type call struct {
	pace              *Pace
	sent, came, heard time.Time
	refused           bool
	asked             time.Duration
}

// newWorld is one at a moment of a minute.
func newWorld(panel limited, second float64, paces ...*Pace) *world {
	start := time.Unix(1_000_000_020, 0).Add(time.Duration(second * float64(time.Second)))
	return &world{
		panel: &panel, paces: paces, answers: 200 * time.Millisecond, jitter: 40 * time.Millisecond, atOnce: 128,
		now: start, began: start, random: rand.New(rand.NewPCG(1, uint64(second))), flying: map[*Pace]int{},
	}
}

// world is a simulation: paces that send on one account of a panel, as fast as they may, over a network.
type world struct {
	panel   *limited
	paces   []*Pace
	answers time.Duration // from sending to answer
	jitter  time.Duration
	atOnce  int // requests of each pace under way
	now     time.Time
	began   time.Time
	random  *rand.Rand
	calls   []call
	coming  []call // to the panel
	going   []call // back
	flying  map[*Pace]int
	whim    float64               // how many requests the panel refuses for no reason
	stalls  map[int]time.Duration // by second: how long nobody runs then
}

func (w *world) run(d time.Duration) {
	end := w.now.Add(d)
	for w.now.Before(end) {
		next := end
		second := int(w.now.Sub(w.began).Seconds())
		w.now = w.now.Add(w.stalls[second])
		delete(w.stalls, second)
		w.arrive()
		w.answer()
		for _, p := range w.paces {
			for w.flying[p] < w.atOnce {
				wait := p.Wait(w.now)
				if wait > 0 {
					next = earliest(next, w.now.Add(wait))
					break
				}
				p.Went(w.now)
				w.send(p)
			}
		}
		if len(w.coming) > 0 {
			next = earliest(next, w.coming[0].came)
		}
		if len(w.going) > 0 {
			next = earliest(next, w.going[0].heard)
		}
		w.now = latest(next, w.now.Add(time.Microsecond))
	}
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func (w *world) send(p *Pace) {
	w.flying[p]++
	lag := w.answers/2 + time.Duration(w.random.Float64()*float64(w.jitter))
	w.coming = sorted(append(w.coming, call{pace: p, sent: w.now, came: w.now.Add(lag)}),
		func(c call) time.Time { return c.came })
}

func sorted(all []call, by func(call) time.Time) []call {
	slices.SortStableFunc(all, func(a, b call) int { return cmp.Compare(by(a).UnixNano(), by(b).UnixNano()) })
	return all
}

func (w *world) arrive() {
	for len(w.coming) > 0 && !w.coming[0].came.After(w.now) {
		c := w.coming[0]
		w.coming = w.coming[1:]
		wait := w.panel.ask(c.came)
		if w.random.Float64() < w.whim {
			wait = time.Second
		}
		c.refused = wait > 0
		if c.refused && !w.panel.silent {
			c.asked = time.Duration(math.Ceil(wait.Seconds())) * time.Second
		}
		c.heard = c.came.Add(w.answers/2 + time.Duration(w.random.Float64()*float64(w.jitter)))
		w.going = sorted(append(w.going, c), func(c call) time.Time { return c.heard })
		w.calls = append(w.calls, c)
	}
}

func (w *world) answer() {
	for len(w.going) > 0 && !w.going[0].heard.After(w.now) {
		c := w.going[0]
		w.going = w.going[1:]
		w.flying[c.pace]--
		if c.refused {
			c.pace.Slow(w.now, c.sent, c.asked, w.random.Float64())
		} else {
			c.pace.Took(c.sent)
		}
	}
}

// between counts what was taken and refused from one second to another.
func (w *world) between(from, to float64) (taken, refused float64) {
	for _, c := range w.calls {
		if at := c.came.Sub(w.began).Seconds(); at >= from && at < to {
			if c.refused {
				refused++
			} else {
				taken++
			}
		}
	}
	return taken, refused
}

// most is how many requests were sent in any second.
func (w *world) most() int {
	var sent []time.Duration
	for _, c := range w.calls {
		sent = append(sent, c.sent.Sub(w.began))
	}
	slices.Sort(sent)
	return mostInASecond(sent)
}
