package batch

import (
	"sync/atomic"
	"time"
)

// sights is what a queue knows of the calls that look for the orders of rows as soon as these are in doubt: an order
// may have given its money back, or be done, when the next look comes.
type sights struct {
	wanted  bool      // rows came in doubt since the last one
	last    time.Time // when that one began
	running atomic.Bool
	begin   func(since time.Time) // makes a call about rows that came in doubt since then, and ends running
}

const sightPause = time.Second // between two of them

// sight looks for the orders of rows that came in doubt: one call, a second after the last one at the soonest. A row is
// the reason of one call at most, so that where few are in doubt few are made.
func (q *queue) sight(now time.Time) {
	s := &q.sights
	if !s.wanted || now.Sub(s.last) < sightPause || !s.running.CompareAndSwap(false, true) {
		return
	}
	since := s.last.Add(-sightPause) // what came then may not have been in the books yet
	s.wanted, s.last = false, now
	s.begin(since)
}
