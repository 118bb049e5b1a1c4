package batch

import (
	"fmt"
	"time"

	"bulkorder/batch/panel"
	"bulkorder/batch/settle"
)

// doubts is what a queue knows of the rows in doubt of its run, and what it asks of the looks about them.
type doubts struct {
	inARow    []sent    // one after another
	undecided int       // that no look has decided about
	first     time.Time // when the first of them was sent that the next sum is about; zero: there is none
	ask       bool      // the sum is to be struck before another row leaves

	turned time.Time // when the first row was sent that sums may decide about before the run ends; zero: there is none
	ready  time.Time // when another sum may decide about one of those; zero: at once
	vain   bool      // no later sum will decide about them
}

// since gives the time from which on the sum counts.
func (d *doubts) since(now time.Time) time.Time {
	since := now
	for _, t := range []time.Time{d.first, d.turned} {
		if !t.IsZero() && t.Before(since) {
			since = t
		}
	}
	return since
}

// doubt books a row that may have been ordered. What it would cost stays counted.
func (q *queue) doubt(r sent, now time.Time) {
	d := &q.doubts
	q.progress.InDoubt++
	q.progress.Left--
	d.undecided++
	q.sights.wanted = true
	switch r.added.Verdict {
	case panel.Short: // rows of its service wait for another run, and so does what decides about this one
		q.money.panelShort[r.entry.Service] = r.added.Words
	case panel.Active:
		if d.turned.IsZero() {
			d.turned = r.began
		}
		d.vain, d.ready = false, time.Time{}
	default:
		q.series(r)
	}
	if r.added.Class == panel.ClassAway {
		q.pace.Pause(now, r.added.RetryAfter, 0)
	}
	if d.undecided >= mostDoubts {
		q.stop(Ill, fmt.Sprintf("%d rows are in doubt that no look has decided about, the last because %s", d.undecided,
			r.added.Words))
	}
}

// series asks for a look where doubts follow one another. Where each is an answer with words of its own, they may as
// well be about the rows: the run goes on.
func (q *queue) series(r sent) {
	d := &q.doubts
	if d.first.IsZero() {
		d.first = r.began
	}
	d.inARow = append(d.inARow, r)
	if len(d.inARow) < doubtsInARow {
		return
	}
	d.ask = d.ask || !inWords(d.inARow)
	if !d.ask {
		d.inARow = nil
	}
}

func inWords(all []sent) bool {
	for _, r := range all {
		if !r.added.ErrorText {
			return false
		}
	}
	return true
}

// struck books what the sum tells of doubts.
func (q *queue) struck(l settle.Looked) {
	d := &q.doubts
	if !l.Tried || !d.ask && d.turned.IsZero() {
		return
	}
	asked := d.ask
	d.ask = false
	if series := len(d.inARow) >= doubtsInARow; series && asked {
		last := d.inARow[len(d.inARow)-1].added.Words
		d.inARow = nil
		if !l.Gap.Clean() || l.Moment.At.IsZero() {
			q.stop(
				Ill,
				fmt.Sprintf("%d rows in a row are in doubt, and the balance doesn't show that none of them was "+
					"charged; the last because %s", doubtsInARow, last),
			)
		}
	}
	d.vain = l.Turned.Ready.IsZero()
	if l.Moment.At.IsZero() {
		return
	}
	if l.Gap.Clean() {
		d.undecided, d.first = l.Turned.Left, time.Time{}
	}
	if l.Turned.Left == 0 {
		d.turned = time.Time{}
	}
	d.ready = l.Turned.Ready
	q.freed(l.Turned.Queued)
}

// freed books rows for which nothing was charged, so that they are to be sent.
func (q *queue) freed(seqs []int64) {
	for _, seq := range seqs {
		q.progress.InDoubt--
		q.progress.Left++
		q.committed = q.committed.Sub(q.reserved[seq])
		q.money.add(q.reserved[seq])
		delete(q.reserved, seq)
	}
	if len(seqs) > 0 {
		q.reread()
	}
}

// full tells whether rows that sums may decide about are so many that no other row may leave before.
func (d *doubts) full() bool {
	return d.undecided >= mostDoubts*3/4 && !d.turned.IsZero() && !d.vain
}

// idle waits where no row may be sent now: for those that wait for their time, and at last for the sums that decide
// about rows that were turned away.
func (q *queue) idle(now time.Time) time.Duration {
	q.waitsFor = waitsForLink
	if wait := q.untilRipe(now); wait > 0 || q.flying > 0 || q.look.running || q.doubts.turned.IsZero() {
		return wait
	}
	d := &q.doubts
	if wait := d.ready.Sub(now); wait > 0 || d.vain {
		q.waitsFor = waitsForDoubts
		return max(wait, 0)
	}
	return q.lookFor(true, settle.Looking{Sum: d.since(now)}, now)
}
