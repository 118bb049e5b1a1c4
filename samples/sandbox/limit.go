package sandbox

import "time"

// limiter permits so many requests in any 60 seconds: a sliding window.
// Requests over the rate are not counted, so that waiting always helps.
type limiter struct {
	permitted []time.Time // the newest ones, a ring
	next      int         // the oldest of them
}

func newLimiter(rate int) limiter {
	return limiter{permitted: make([]time.Time, max(rate, 0))}
}

// wait permits a request and returns 0, or returns how long until the next
// one would be permitted.
func (l *limiter) wait(now time.Time) time.Duration {
	if len(l.permitted) == 0 {
		return 0
	}
	oldest := l.permitted[l.next]
	if left := oldest.Add(time.Minute).Sub(now); !oldest.IsZero() && left > 0 {
		return left
	}
	l.permitted[l.next] = now
	l.next = (l.next + 1) % len(l.permitted)
	return 0
}
