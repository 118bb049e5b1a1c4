package batch

import "time"

// Waits is what a run waits for while nothing is under way; the zero value: for nothing.
type Waits struct {
	For   string // in words that follow "waits until 15:04:05"
	Until time.Time
}

// What a run waits for
const (
	waitsForPace   = "since the panel asked to slow down, or couldn't be reached"
	waitsForLink   = "for orders on the same links to end"
	waitsForLook   = "to look at the account again, which the panel didn't let it do"
	waitsForDoubts = "for late orders: a row that was turned away may be ordered"
)

// Who watches is told of waits that take longer than quietWait, and then each second.
const quietWait, heartbeat = 2 * time.Second, time.Second

// tellWait tells who watches that nothing happens, and gives how long until that is to be told again.
func (q *queue) tellWait(wait time.Duration, now time.Time) time.Duration {
	if q.show == nil || q.stopped || q.flying > 0 || q.look.running {
		return wait
	}
	if q.waitsFor == "" || q.waits.Until.IsZero() && wait < quietWait {
		return wait
	}
	q.waits = Waits{}
	if wait > 0 {
		q.waits = Waits{For: q.waitsFor, Until: now.Add(wait)}
	}
	p := q.progress
	p.Remaining, p.Waits = q.pace.Left(p.Left), q.waits
	q.show(p)
	return min(wait, heartbeat)
}
