package panel

import (
	"context"
	"math"
	"net"
	"slices"
	"sync"
	"time"
)

// spares are connections that are opened ahead of the requests that they are for, while orders leave in numbers. A
// request takes the oldest one, and nobody else ever has it. They are opened as requests take connections, so that
// none is opened while nothing leaves; what isn't used in time is closed.
type spares struct {
	mu      sync.Mutex
	most    int             // that may be there or on their way; 0: nobody wants any
	ready   []*countingConn // oldest first
	opening int
	waiting []chan *countingConn // requests that get one of those being opened; nil is sent where it came to nothing
	flow    meter                // of connections that were asked for
	lasts   time.Duration        // what opening one takes, in the middle; 0: not measured yet
	lesson  lesson
	watch   *time.Timer // looks after those that are ready; nil: there are none
	round   *round      // nil: nobody wants any
}

// round is the time in which somebody wants connections.
type round struct {
	ctx     context.Context // of opening them, which is no single request's
	cancel  context.CancelFunc
	openers sync.WaitGroup
}

const (
	sparesMost = 128
	spareAge   = 2 * time.Second        // none is kept that was open for longer
	spareTrust = 500 * time.Millisecond // an age at which none is closed, until the contrary is seen
	spareFlow  = 4                      // connections a second; fewer need none ahead
	spareGain  = 5 * time.Millisecond   // what opening one takes where something is gained by it
	sparesSeen = 250 * time.Millisecond // between looks at those that are ready
)

// Ahead has connections opened ahead of the requests to come, at most so many at a time, until what it gives is
// called: then none is left, unless somebody else wants some.
func (c *Client) Ahead(most int) (end func()) {
	c.spares.want(most)
	return sync.OnceFunc(func() { c.spares.want(-most) })
}

func (s *spares) want(more int) {
	s.mu.Lock()
	s.most += more
	if s.most > 0 {
		if s.round == nil {
			s.round = &round{}
			s.round.ctx, s.round.cancel = context.WithCancel(context.Background())
		}
		s.mu.Unlock()
		return
	}
	ended := s.round
	s.round = nil
	s.mu.Unlock()
	if ended != nil {
		ended.cancel()
		ended.openers.Wait()
	}
	s.drop()
}

// drop closes those that are ready.
func (s *spares) drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.ready {
		c.Close()
	}
	s.ready = nil
}

// anew asks for a connection that wasn't opened ahead.
type anew struct{}

// by gives a transport its connections: those that are ready, and new ones that open opens.
func (s *spares) by(open connect) Dial {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		timed := func(ctx context.Context) (*countingConn, error) {
			began := time.Now()
			c, err := open(ctx, network, address)
			if ctx.Err() == nil {
				s.opened(time.Since(began), err)
			}
			return c, err
		}
		if ctx.Value(anew{}) == nil {
			if c := s.take(ctx, timed); c != nil {
				return c, nil
			}
		}
		c, err := timed(ctx)
		if err != nil {
			return nil, err // as an interface, c would be none that is nil
		}
		return c, nil
	}
}

// take gives the oldest connection that is still good, or one that is being opened; nil: a new one must be opened.
func (s *spares) take(ctx context.Context, open func(context.Context) (*countingConn, error)) *countingConn {
	s.mu.Lock()
	now := time.Now()
	s.flow.count(now)
	for len(s.ready) > 0 {
		c := s.ready[0]
		s.ready = s.ready[1:]
		if s.isGood(c, now) {
			c.lay = now.Sub(c.opened)
			s.refill(now, open)
			s.mu.Unlock()
			return c
		}
		c.Close()
	}
	var mine chan *countingConn
	if s.opening > len(s.waiting) {
		mine = make(chan *countingConn, 1)
		s.waiting = append(s.waiting, mine)
	}
	s.refill(now, open)
	s.mu.Unlock()
	if mine == nil {
		return nil
	}
	select {
	case c := <-mine:
		return c
	case <-ctx.Done():
		s.leave(mine)
		return nil
	}
}

// leave gives up waiting; what was given meanwhile is for others.
func (s *spares) leave(mine chan *countingConn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.waiting, mine); i >= 0 {
		s.waiting = slices.Delete(s.waiting, i, i+1)
	}
	select {
	case c := <-mine:
		if c != nil {
			s.give(c)
		}
	default:
	}
}

// isGood tells whether a connection may be used.
func (s *spares) isGood(c *countingConn, now time.Time) bool {
	return s.isOpen(c, now) && now.Sub(c.opened) < s.lesson.usable(now)
}

// isOpen tells whether a connection is still worth keeping, and learns from how it is found.
func (s *spares) isOpen(c *countingConn, now time.Time) bool {
	age := now.Sub(c.opened)
	if age >= s.lesson.oldest(now) {
		return false
	}
	if !c.isQuiet() {
		s.lesson.closed(now, age, s.lasts)
		return false
	}
	s.lesson.proven = max(s.lesson.proven, age)
	return true
}

// refill opens what is missing.
func (s *spares) refill(now time.Time, open func(context.Context) (*countingConn, error)) {
	r := s.round
	for r != nil && len(s.ready)+s.opening-len(s.waiting) < s.enough(now) {
		s.opening++
		r.openers.Go(func() {
			c, err := open(r.ctx)
			s.arrived(r, c, err)
		})
	}
}

// enough is how many connections are opened ahead: twice those that are asked for while one is being opened, since
// requests come in bursts, but no more than are used in half of the time for which they are good.
func (s *spares) enough(now time.Time) int {
	flow := s.flow.perSecond(now)
	if flow < spareFlow || s.lasts < spareGain {
		return 0
	}
	need := math.Ceil(2*flow*s.lasts.Seconds()) + 1
	good := s.lesson.usable(now)
	if good <= 0 {
		return 0
	}
	used := math.Floor(flow * (s.lasts + good/2).Seconds())
	return min(int(need), int(used), s.most, sparesMost)
}

// arrived takes what became of opening a connection ahead.
func (s *spares) arrived(r *round, c *countingConn, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opening--
	if err == nil {
		c.opened = time.Now()
		if s.round == r {
			s.give(c)
			return
		}
		c.Close()
	}
	for len(s.waiting) > s.opening {
		s.waiting[0] <- nil
		s.waiting = s.waiting[1:]
	}
}

// give hands a connection to who waits longest, or keeps it.
func (s *spares) give(c *countingConn) {
	if len(s.waiting) > 0 {
		s.waiting[0] <- c
		s.waiting = s.waiting[1:]
		return
	}
	if s.round == nil {
		c.Close()
		return
	}
	s.ready = append(s.ready, c)
	if s.watch == nil {
		s.watch = time.AfterFunc(sparesSeen, s.look)
	}
}

// look closes what is no longer good, and looks again while something is there.
func (s *spares) look() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	var good []*countingConn
	for _, c := range s.ready {
		if c.below.glances() && !s.isOpen(c, now) || now.Sub(c.opened) >= s.lesson.oldest(now) {
			c.Close()
			continue
		}
		good = append(good, c)
	}
	s.ready = good
	if len(good) == 0 {
		s.watch = nil
		return
	}
	s.watch.Reset(sparesSeen)
}

// opened learns how long opening a connection takes, and that none is to be had.
func (s *spares) opened(took time.Duration, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err != nil:
		s.lesson.failed(time.Now())
	case s.lasts == 0:
		s.lasts = took
	default:
		s.lasts += (took - s.lasts) / 8
	}
}

// lost learns that a request on a connection that was opened ahead was given no answer: the other end may have closed
// it while the request was on its way.
func (s *spares) lost(c *countingConn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.lay > 0 {
		s.lesson.closed(time.Now(), c.lay, s.lasts)
	}
}

// lesson is what the other end taught about connections that nothing is sent on.
type lesson struct {
	age    time.Duration // at which they are too old; 0: they were never closed
	until  time.Time     // how long that counts
	after  time.Time     // none is opened ahead before
	fails  int
	proven time.Duration // the highest age at which one was seen to be open
}

// How long a lesson counts, and how long none is opened ahead where one couldn't be opened: that doubles.
const lessonTime, failTime = 10 * time.Minute, 10 * time.Second

// usable is the age until which a connection is used: half of the one at which another was seen open. Where the other
// end closes them all at the same age, none is closed while the request is on its way, however long that is.
func (l *lesson) usable(now time.Time) time.Duration {
	return min(l.oldest(now), max(spareTrust, l.proven/2))
}

// oldest is the age at which a connection isn't kept any more; 0: none is wanted.
func (l *lesson) oldest(now time.Time) time.Duration {
	switch {
	case now.Before(l.after):
		return 0
	case now.Before(l.until):
		return l.age
	}
	return spareAge
}

// closed: one that nothing was sent on was closed at this age. From now on they are used at half of it at most, and
// none is opened ahead where that is hardly longer than opening one takes.
func (l *lesson) closed(now time.Time, age, opening time.Duration) {
	l.age = min(l.oldest(now), age/2)
	l.proven = min(l.proven, l.age)
	if l.until = now.Add(lessonTime); l.age < max(opening, 100*time.Millisecond) {
		l.age = 0
	}
}

// failed: a connection couldn't be opened, perhaps because there are so many.
func (l *lesson) failed(now time.Time) {
	if now.Before(l.after) {
		return
	}
	if now.Sub(l.after) > lessonTime {
		l.fails = 0
	}
	l.after = now.Add(min(failTime<<l.fails, lessonTime))
	l.fails = min(l.fails+1, 10)
}

// meter counts what happens in a second.
type meter struct {
	second     int64
	this, last int
}

func (m *meter) count(now time.Time) {
	m.turn(now)
	m.this++
}

func (m *meter) turn(now time.Time) {
	switch second := now.Unix(); {
	case second == m.second:
	case second == m.second+1:
		m.second, m.last, m.this = second, m.this, 0
	default:
		m.second, m.last, m.this = second, 0, 0
	}
}

// perSecond is how much happened in the last second, if it happened evenly in the one before.
func (m *meter) perSecond(now time.Time) float64 {
	m.turn(now)
	passed := float64(now.Nanosecond()) / 1e9
	return float64(m.this) + float64(m.last)*(1-passed)
}
