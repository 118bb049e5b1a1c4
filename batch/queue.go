package batch

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/settle"
)

// queue is what one goroutine knows of a run: which rows are under way, which wait and for what.
type queue struct {
	journal *journal.Journal
	batch   journal.Batch
	panel   string // whose rows are sent
	pace    *pace.Pace
	limit   int
	show    func(Progress)

	after  int64                      // rows up to this one were read from the journal
	ready  []journal.Entry            // may be sent, in order
	later  []postponed                // wait for their time
	behind map[string][]journal.Entry // wait for the row under way with the same target
	tries  map[int64]int              // how often a row was postponed
	read   bool                       // the journal has no further queued rows

	resent resent
	look   watchful
	looks  chan lookEnd
	ask    func(settle.Looking) // looks at the account, and sends to looks what came of it
	fresh  *atomic.Int64        // until when the last look counts, for who sends

	flying    int
	flight    *flight
	targets   map[string]bool     // of rows under way
	underway  map[int64]departure // rows that a worker has
	started   map[int64]bool      // rows that were sent in this run, those of the pilot, while they may come again
	pilot     int                 // how many rows were begun
	only      map[int64]bool      // rows that are sent, and no others; empty: all
	cap       decimal.NullDecimal
	committed decimal.Decimal            // of the cap: what is ordered, may be, or is under way
	reserved  map[int64]decimal.Decimal  // of it, what rows under way take
	rounded   map[string]decimal.Decimal // by service: how much more than estimated an order was charged

	money        money
	doubts       doubts
	sights       sights
	unsent, slow int // in a row
	unstored     []<-chan error
	stopped      bool
	lost         error // another process took the batch over; nil: none did
	end          End
	progress     Progress
	waits        Waits  // that was told last
	waitsFor     string // what the wait is for that next gives
}

type postponed struct {
	entry journal.Entry
	at    time.Time
}

// page is how many rows are read at once; behindMost bounds how many wait for a target under way.
const page, behindMost = 512, 4096

func newQueue(ctx context.Context, s *Submitter) (*queue, error) {
	// The cap is the whole batch's, whatever its panels.
	all, err := s.Journal.KeepTotals(ctx, s.Batch)
	if err != nil {
		return nil, err
	}
	totals, err := s.Journal.TotalsOn(ctx, s.Batch, s.Panel.Panel.Name)
	if err != nil {
		return nil, err
	}
	turned, err := s.Journal.TurnedAway(ctx, s.Batch, s.Batch.AccountOn(s.Panel.Panel.Name))
	if err != nil {
		return nil, err
	}
	q := &queue{
		journal:   s.Journal,
		batch:     s.Batch,
		panel:     s.Panel.Panel.Name,
		pace:      s.Pace,
		limit:     s.Limit,
		only:      setOf(s.Only),
		show:      s.Progress,
		looks:     make(chan lookEnd, 1),
		fresh:     &s.fresh,
		flight:    newFlight(s.Concurrency, s.Pace.Current(), time.Now()),
		underway:  map[int64]departure{},
		behind:    map[string][]journal.Entry{},
		tries:     map[int64]int{},
		resent:    newResent(),
		targets:   map[string]bool{},
		started:   setOf(s.Begun),
		pilot:     len(s.Begun),
		reserved:  map[int64]decimal.Decimal{},
		rounded:   map[string]decimal.Decimal{},
		cap:       s.Batch.MaxSpend,
		committed: all.Committed,
		money:     money{known: s.Balance, panelShort: map[string]string{}, waiting: map[int64]bool{}},
	}
	q.look = watchful{
		began: s.Looked.Round(0), priced: s.Looked.Round(0), most: map[int64]decimal.Decimal{},
		oldest: settle.OldestLook(s.Pace),
	}
	if len(turned) > 0 {
		q.doubts.turned, q.doubts.undecided = turned[0].Began, len(turned)
	}
	q.fresh.Store(q.look.began.Add(q.look.oldest).UnixMilli())
	q.progress = Progress{
		Total:   totals.Valid.Rows - totals.States[journal.Held],
		Placed:  totals.States[journal.Placed],
		Refused: totals.States[journal.Refused],
		InDoubt: totals.States[journal.InDoubt] + totals.States[journal.Sending],
		Left:    totals.States[journal.Queued],
	}
	return q, nil
}

func setOf(seqs []int64) map[int64]bool {
	set := make(map[int64]bool, len(seqs))
	for _, seq := range seqs {
		set[seq] = true
	}
	return set
}

// next gives the row that may be sent now, or how long until that is worth asking again; neither: only
// results are waited for.
func (q *queue) next(ctx context.Context, now time.Time) (*journal.Entry, time.Duration, error) {
	if q.stopped {
		return nil, 0, nil
	}
	q.ripen(now)
	q.sight(now)
	e, err := q.pick(ctx)
	if err != nil || q.stopped {
		return nil, 0, err
	}
	if e == nil || q.doubts.full() {
		return nil, q.idle(now), nil
	}
	if blocked, wait := q.guard(now); blocked {
		return nil, wait, nil
	}
	if until := q.pace.StandsUntil(now); !until.IsZero() {
		q.stop(Waiting, "the panel asks to wait until "+until.Format(time.DateTime))
		return nil, 0, nil
	}
	if wait := q.pace.Wait(now); wait > 0 {
		q.waitsFor = ""
		if q.pace.Paused(now) {
			q.waitsFor = waitsForPace
		}
		return nil, wait, nil
	}
	if q.resent.unlooked(*e) {
		q.lookBefore()
		return nil, 0, nil
	}
	if !q.flight.has(q.flying) {
		return nil, 0, nil
	}
	return e, 0, nil
}

// reread forgets the rows at hand: the journal says which are still to be sent.
func (q *queue) reread() {
	q.ready, q.later, q.behind = nil, nil, map[string][]journal.Entry{}
	q.after, q.read = 0, false
}

// pick finds the first ready row whose target is free and that the limits allow. It stays in ready until
// a worker takes it.
func (q *queue) pick(ctx context.Context) (*journal.Entry, error) {
	for {
		if len(q.ready) == 0 {
			if more, err := q.refill(ctx); !more || err != nil {
				return nil, err
			}
			continue
		}
		e := &q.ready[0]
		switch {
		case q.targets[e.Target]:
			q.behind[e.Target] = append(q.behind[e.Target], *e)
			q.ready = q.ready[1:]
		case q.limit > 0 && q.pilot >= q.limit && !q.started[e.Seq]:
			if q.flying > 0 || len(q.later) > 0 {
				return nil, nil // one of the pilot's rows may have to go again
			}
			q.stop(AtLimit, fmt.Sprintf("the pilot of %d rows is done", q.limit))
			return nil, nil
		case q.overCap(*e):
			q.holdOver(*e)
			q.ready = q.ready[1:]
		case q.money.waits(*e):
			q.ready = q.ready[1:]
		default:
			return e, nil
		}
	}
}

// refill reads the next rows from the journal, unless too many wait for targets under way already.
func (q *queue) refill(ctx context.Context) (bool, error) {
	waiting := 0
	for _, rows := range q.behind {
		waiting += len(rows)
	}
	if q.read || waiting >= behindMost {
		return false, nil
	}
	entries, err := q.journal.Queued(context.WithoutCancel(ctx), q.batch, q.panel, q.after, page)
	if err != nil {
		return false, err
	}
	if len(entries) == 0 {
		q.read = true
		return false, nil
	}
	q.after = entries[len(entries)-1].Seq
	for _, e := range entries {
		_, handed := q.underway[e.Seq]
		if !handed && (len(q.only) == 0 || q.only[e.Seq]) { // the intent of what is handed may not be stored yet
			q.ready = append(q.ready, e)
		}
	}
	return true, nil
}

// took notes that a worker has the first ready row.
func (q *queue) took(e journal.Entry, now time.Time) {
	q.ready = q.ready[1:]
	q.pace.Went(now)
	q.underway[e.Seq] = q.flight.begins(now, q.flying)
	q.flying++
	q.look.sent++
	q.targets[e.Target] = true
	if !q.started[e.Seq] {
		q.pilot++
		q.end.Rows++
		q.started[e.Seq] = true
	}
	most, _ := q.atMost(e)
	q.reserved[e.Seq] = most
	q.committed = q.committed.Add(most)
	q.money.add(most.Neg())
}

// atMost is the highest charge of a row, as far as is known: panels round.
func (q *queue) atMost(e journal.Entry) (charge decimal.Decimal, ok bool) {
	charge, ok = e.AtMost()
	return charge.Add(q.rounded[e.Service]), ok
}

// land notes that a row is no longer under way; one that waited for it is ready.
func (q *queue) land(e journal.Entry) {
	q.flying--
	delete(q.underway, e.Seq)
	delete(q.targets, e.Target)
	delete(q.started, e.Seq)
	waiting := q.behind[e.Target]
	if len(waiting) == 0 {
		return
	}
	q.ready = append([]journal.Entry{waiting[0]}, q.ready...)
	if q.behind[e.Target] = waiting[1:]; len(waiting) == 1 {
		delete(q.behind, e.Target)
	}
}

// again puts a row that certainly wasn't ordered in front of the others.
func (q *queue) again(e journal.Entry) {
	q.started[e.Seq] = true
	q.ready = append([]journal.Entry{e}, q.ready...)
}

// postpone lets a row whose link has an active order wait, longer each time; at last it stays queued for
// another run.
func (q *queue) postpone(e journal.Entry, now time.Time) {
	q.tries[e.Seq]++
	n := q.tries[e.Seq]
	if n > activeTries {
		q.end.Stop, q.end.Words = Waiting, "rows wait for orders on the same links to end"
		return
	}
	q.started[e.Seq] = true
	q.later = append(q.later, postponed{e, now.Add(activePatient << (n - 1))})
}

func (q *queue) ripen(now time.Time) {
	var still []postponed
	for _, p := range q.later {
		if p.at.After(now) {
			still = append(still, p)
		} else {
			q.ready = append([]journal.Entry{p.entry}, q.ready...)
		}
	}
	q.later = still
}

// untilRipe tells how long the postponed row that is due first waits; 0: there is none.
func (q *queue) untilRipe(now time.Time) time.Duration {
	var first time.Duration
	for _, p := range q.later {
		if wait := p.at.Sub(now); first == 0 || wait < first {
			first = wait
		}
	}
	return first
}

// overCap tells whether ordering the row might exceed the batch's cap. What can't be estimated can't be
// kept under a cap.
func (q *queue) overCap(e journal.Entry) bool {
	if !q.cap.Valid {
		return false
	}
	most, known := q.atMost(e)
	return !known || q.committed.Add(most).GreaterThan(q.cap.Decimal)
}

func (q *queue) holdOver(e journal.Entry) {
	note := fmt.Sprintf("the batch's cap of %s would be exceeded", q.cap.Decimal)
	if _, known := e.AtMost(); !known {
		note = fmt.Sprintf("its charge can't be known beforehand, and the batch has a cap of %s", q.cap.Decimal)
	}
	q.progress.Left--
	q.unstored = append(q.unstored, q.journal.HoldBack(q.batch, e.Seq, journal.OverCap, note))
}

// spend keeps the row's money committed and counts it; release gives it back.
func (q *queue) spend(e journal.Entry) {
	if charge, ok := e.Estimate(); ok {
		q.progress.Spent = q.progress.Spent.Add(charge)
	}
}

func (q *queue) release(e journal.Entry) {
	q.committed = q.committed.Sub(q.reserved[e.Seq])
	q.money.add(q.reserved[e.Seq])
	delete(q.reserved, e.Seq)
}

// stop lets nothing more begin. The first reason counts, but for those that every other outweighs.
func (q *queue) stop(why Stop, words string) {
	q.stopped = true
	if slices.Contains([]Stop{Done, Interrupted, AtLimit, Waiting, Paused}, q.end.Stop) {
		q.end.Stop, q.end.Words = why, words
	}
}

// close waits until every outcome is durable.
func (q *queue) close() {
	q.checkStored(true)
	if why, words := q.money.end(); why != Done {
		q.stop(why, words)
	}
	q.tell()
}

func (q *queue) tell() {
	if q.show == nil || q.end.Sent == 0 {
		return
	}
	q.progress.Remaining = q.pace.Left(q.progress.Left)
	q.show(q.progress)
}
