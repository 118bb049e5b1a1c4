package batch

import (
	"errors"
	"math/rand/v2"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// result books a worker's report.
func (q *queue) result(r sent, now time.Time) {
	left := q.underway[r.entry.Seq]
	q.land(r.entry)
	if errors.Is(r.err, errUnlooked) {
		q.release(r.entry)
		q.flight.unused(left)
		q.again(r.entry)
		return
	}
	if held := (*journal.RowHeldError)(nil); errors.As(r.err, &held) {
		q.release(r.entry) // it is held since it was handed on
		q.flight.unused(left)
		q.progress.Left--
		return
	}
	if paused := (*journal.PausedError)(nil); errors.As(r.err, &paused) {
		q.release(r.entry)
		q.flight.unused(left)
		q.stop(Paused, paused.Error())
		return
	}
	if taken := (*journal.LostError)(nil); errors.As(r.err, &taken) {
		q.lost = r.err
	}
	if r.err != nil {
		q.stop(Unwritable, r.err.Error())
		return
	}
	q.end.Sent++
	q.unstored = append(q.unstored, r.stored)
	q.checkStored(false)
	a := r.added
	switch a.Stop {
	case panel.StopKey:
		q.stop(KeyRefused, "the panel refuses the key: "+a.Words)
	case panel.StopCertificate, panel.StopBlocked, panel.StopRedirect:
		q.stop(Unreachable, a.Words)
	}
	q.judge(r, now)
	if a.Verdict == panel.Unsent {
		q.flight.failed(left, now)
	}
	q.flight.ended(left, now, q.pace.Current())
	q.tell()
}

// judge lets a verdict have its effect on the rows to come.
func (q *queue) judge(r sent, now time.Time) {
	a, e := r.added, r.entry
	q.count(a)
	if a.Verdict != panel.Slow && a.Verdict != panel.Unsent {
		q.resent.over(e)
	}
	switch {
	case r.state == journal.InDoubt:
		q.doubt(r, now)
	case a.Verdict == panel.Placed:
		q.progress.Placed++
		q.progress.Left--
		q.look.most[e.Seq] = q.reserved[e.Seq]
		q.look.placed = append(q.look.placed, e.Seq)
		delete(q.reserved, e.Seq)
		q.spend(e)
		q.pace.Took(r.began)
		q.doubts.vain = false // an order that was sent later tells of earlier rows
	case a.Verdict == panel.Refused:
		q.progress.Refused++
		q.progress.Left--
		q.release(e)
		q.pace.Took(r.began)
	case a.Verdict == panel.Active:
		q.release(e)
		q.postpone(e, now)
	case a.Verdict == panel.Short:
		q.release(e)
		q.money.short(e, a.Words)
	case a.Verdict == panel.Slow:
		q.release(e)
		q.resent.told(e, r.began)
		q.again(e)
		if q.pace.Slow(now, r.began, a.RetryAfter, rand.Float64()) {
			q.slow++
		}
		q.flight.slower(q.pace.Current(), now)
		if q.slow >= slowInARow {
			q.stop(Waiting, "the panel keeps asking to slow down: "+a.Words)
		}
	default:
		q.release(e)
		q.again(e)
		q.pace.Pause(now, 0, rand.Float64())
		if q.unsent++; q.unsent >= unsentInARow {
			q.stop(Unreachable, a.Words)
		}
	}
}

// count ends the series that an ending doesn't belong to.
func (q *queue) count(a panel.Added) {
	if a.Verdict != panel.InDoubt {
		q.doubts.inARow = nil
	}
	if a.Verdict != panel.Unsent {
		q.unsent = 0
	}
	if a.Verdict != panel.Slow {
		q.slow = 0
	}
}

// checkStored looks at the storing of outcomes; wait: until all are durable.
func (q *queue) checkStored(wait bool) {
	for len(q.unstored) > 0 {
		var err error
		if wait {
			err = <-q.unstored[0]
		} else {
			select {
			case err = <-q.unstored[0]:
			default:
				return
			}
		}
		q.unstored = q.unstored[1:]
		switch {
		case errors.Is(err, journal.ErrTooLate):
			q.stop(Alarm, err.Error())
		case errors.Is(err, journal.ErrOrderTaken):
			q.stop(Alarm, "the panel gave two rows the same order: "+err.Error())
		case err != nil:
			q.stop(Unwritable, err.Error())
		}
	}
}
