package batch

import (
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/settle"
)

// resent is what a queue knows of rows that the panel told to wait. Each such request may have been taken all the same:
// the second one leaves at once, as most panels mean what they say; before every further one the balance is looked at,
// so that a row is ordered twice at most where that tells. One look is for all such rows.
type resent struct {
	first  map[int64]time.Time // when the first such request of a row was sent
	times  map[int64]int       // how often a row was sent
	looked map[int64]int       // how often it had been when the last look began that it was part of
	rows   map[int64]journal.Entry
}

func newResent() resent {
	return resent{map[int64]time.Time{}, map[int64]int{}, map[int64]int{}, map[int64]journal.Entry{}}
}

// told notes that the panel told a row to wait.
func (r *resent) told(e journal.Entry, began time.Time) {
	if _, is := r.first[e.Seq]; !is {
		r.first[e.Seq] = began
	}
	r.times[e.Seq] = max(r.times[e.Seq], e.Attempts) + 1
	r.rows[e.Seq] = e
}

// over forgets a row that the panel no longer told to wait.
func (r *resent) over(e journal.Entry) {
	if len(r.rows) > 0 {
		delete(r.first, e.Seq)
		delete(r.times, e.Seq)
		delete(r.looked, e.Seq)
		delete(r.rows, e.Seq)
	}
}

// sentAtOnce is how often a row is sent without a look at the balance.
const sentAtOnce = 2

// unlooked tells whether a row mustn't leave before the balance was looked at.
func (r *resent) unlooked(e journal.Entry) bool {
	return r.times[e.Seq] >= sentAtOnce && r.looked[e.Seq] < r.times[e.Seq]
}

// lookBefore looks at the balance before rows are sent once more, when nothing is under way.
func (q *queue) lookBefore() {
	if q.flying > 0 || q.look.running {
		return
	}
	o := settle.Looking{Resent: map[int64]time.Time{}}
	for seq, times := range q.resent.times {
		if times >= sentAtOnce {
			o.Resent[seq], q.resent.looked[seq] = q.resent.first[seq], times
		}
	}
	q.look.running, q.look.seen = true, q.look.sent
	q.ask(o)
}

// doubted books rows that are in doubt since a look. What they would cost counts.
func (r *resent) doubted(q *queue, seqs []int64) {
	for _, seq := range seqs {
		e := r.rows[seq]
		most, _ := q.atMost(e)
		q.reserved[seq] = most
		q.committed = q.committed.Add(most)
		q.progress.InDoubt++
		q.progress.Left--
		q.doubts.undecided++
		r.over(e)
	}
	if len(seqs) > 0 {
		q.sights.wanted = true
		q.reread()
	}
}
