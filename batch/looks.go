package batch

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/settle"
)

// When an account is looked at while rows leave, in orders; [settle.OldestLook] bounds the time.
const (
	firstLook    = 10 // orders, after which the account is looked at for the first time
	earlyOrders  = 400
	lookOrders   = 500
	catalogueAge = 10 * time.Minute
	lookTries    = 4 // that came to nothing, and the run stops
	mostPlaced   = 1000
)

// watchful is what a queue knows of the looks at its account.
type watchful struct {
	began   time.Time     // of the last look that was answered, by the clock on the wall
	priced  time.Time     // when the catalogue was looked at last
	first   bool          // the look after the first orders was made
	oldest  time.Duration // that a look may be while rows leave
	sent    int           // orders that the last look didn't see
	seen    int           // of them, those that the one under way sees
	running bool
	failed  int                       // looks in a row that came to nothing
	again   time.Time                 // not before
	most    map[int64]decimal.Decimal // of orders whose charge isn't known yet: what they take from the cap
	placed  []int64                   // the newest of these
}

// age is how old the last look is. The clock on the wall counts: other clocks stand still while the machine sleeps.
func (w *watchful) age(now time.Time) time.Duration {
	age := now.Round(0).Sub(w.began)
	if age < 0 { // the clock was set back
		return w.oldest
	}
	return age
}

// due tells whether a look is wanted, and whether nothing may leave before.
func (w *watchful) due(now time.Time, under int) (wanted, before bool) {
	if !w.first && w.sent >= firstLook {
		return under == 0, true // when their answers are there
	}
	age := w.age(now)
	old := age >= w.oldest
	return old || w.sent >= earlyOrders || w.sent > 0 && age >= w.oldest*3/4, old || w.sent >= lookOrders
}

// withCatalogue: every ten minutes, and after a time in which nothing was looked at.
func (w *watchful) withCatalogue(now time.Time) bool {
	return w.age(now) >= w.oldest || now.Round(0).Sub(w.priced) >= catalogueAge
}

// guard begins a look where one is wanted, and tells whether nothing may leave before it has ended.
func (q *queue) guard(now time.Time) (blocked bool, wait time.Duration) {
	wanted, before := q.look.due(now, q.flying)
	if !q.doubts.ask {
		return before, q.lookFor(wanted, settle.Looking{}, now)
	}
	// The sum is struck between two quiet moments.
	return true, q.lookFor(q.flying == 0, settle.Looking{Sum: q.doubts.since(now)}, now)
}

// lookFor begins a look where it is wanted, and gives how long until it may begin.
func (q *queue) lookFor(wanted bool, o settle.Looking, now time.Time) (wait time.Duration) {
	if pause := q.look.again.Sub(now); wanted && pause > 0 {
		q.waitsFor = waitsForLook
		return pause
	}
	if wanted && !q.look.running {
		q.look.running, q.look.seen = true, q.look.sent-q.flying
		o.Catalogue, o.Placed = q.look.withCatalogue(now), slices.Clone(q.look.placed)
		q.ask(o)
	}
	return 0
}

// lookEnd is what came of a look.
type lookEnd struct {
	settle.Looked
	err error
}

// looked books a look.
func (q *queue) looked(l lookEnd, now time.Time) {
	q.look.running = false
	if l.Resent && l.err != nil {
		return // the panel said no, so the rows leave all the same
	}
	q.resent.doubted(q, l.Doubted)
	if took := now.Round(0).Sub(l.Began.Round(0)); l.err == nil && took >= q.look.oldest {
		l.err = fmt.Errorf("looking took %.0f s", took.Seconds())
	}
	if l.err != nil {
		q.unlooked(l.err, now)
		return
	}
	q.look.failed, q.look.first, q.look.began = 0, q.look.first || q.look.sent >= firstLook, l.Began.Round(0)
	q.look.sent -= q.look.seen
	if l.Priced {
		q.look.priced = q.look.began
	}
	q.fresh.Store(q.look.began.Add(q.look.oldest).UnixMilli())
	for _, c := range l.Charges {
		if !c.Above() {
			q.rounded[c.Service] = decimal.Max(q.rounded[c.Service], c.Charge.Sub(c.Approved))
		}
		if most, is := q.look.most[c.Seq]; is {
			q.committed = q.committed.Add(decimal.Max(c.Charge, most)).Sub(most)
			delete(q.look.most, c.Seq)
		}
	}
	q.look.forget()
	if l.Alarm != "" {
		q.end.Alarm = l.Alarm
	}
	q.money.told(l.Balance, q.reserved)
	q.struck(l.Looked)
	if l.Held > 0 || l.Repriced {
		q.progress.Left = max(0, q.progress.Left-l.Held)
		q.reread()
	}
}

// forget keeps of the orders whose charge isn't known those that a look may still be told of.
func (w *watchful) forget() {
	w.placed = slices.DeleteFunc(w.placed, func(seq int64) bool { _, is := w.most[seq]; return !is })
	w.placed = slices.Delete(w.placed, 0, max(0, len(w.placed)-mostPlaced))
}

// unlooked waits with all orders until the account can be looked at, for a while.
func (q *queue) unlooked(err error, now time.Time) {
	q.look.failed++
	if q.look.failed >= lookTries {
		q.stop(Unreachable, "what the orders are charged can't be looked at: "+err.Error())
		return
	}
	q.look.again = now.Add(time.Second << q.look.failed)
}
