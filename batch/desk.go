package batch

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// desk is what one goroutine knows of a run: which rows are under way, which wait and for what.
type desk struct {
	journal *journal.Journal
	batch   journal.Batch
	panel   string // whose rows are sent
	rate    Rate
	pace    *Pace
	limit   int
	watch   func(Progress)

	after  int64                      // rows up to this one were read from the journal
	ready  []journal.Entry            // may be sent, in order
	later  []postponed                // wait for their time
	behind map[string][]journal.Entry // wait for the row under way with the same target
	tries  map[int64]int              // how often a row was postponed
	read   bool                       // the journal has no further queued rows

	flying    int
	targets   map[string]bool // of rows under way
	started   map[int64]bool  // rows that were sent in this run, those of the pilot, while they may come again
	pilot     int             // how many rows were begun
	cap       decimal.NullDecimal
	committed decimal.Decimal // of the cap: what is ordered, may be, or is under way

	doubts, unsent, slow int // in a row
	unstored             []<-chan error
	stopped              bool
	end                  End
	progress             Progress
}

type postponed struct {
	entry journal.Entry
	at    time.Time
}

// page is how many rows are read at once; behindMost bounds how many wait for a target under way.
const page, behindMost = 512, 4096

func newDesk(ctx context.Context, s *Submitter) (*desk, error) {
	// The cap is the whole batch's, whatever its panels.
	all, err := s.Journal.Totals(ctx, s.Batch)
	if err != nil {
		return nil, err
	}
	totals, err := s.Journal.TotalsOn(ctx, s.Batch, s.Panel.Panel.Name)
	if err != nil {
		return nil, err
	}
	d := &desk{
		journal:   s.Journal,
		batch:     s.Batch,
		panel:     s.Panel.Panel.Name,
		rate:      s.Rate,
		pace:      NewPace(s.Rate),
		limit:     s.Limit,
		watch:     s.Progress,
		behind:    map[string][]journal.Entry{},
		tries:     map[int64]int{},
		targets:   map[string]bool{},
		started:   map[int64]bool{},
		cap:       s.Batch.MaxSpend,
		committed: all.Committed,
	}
	d.progress = Progress{
		Total:   totals.Valid.Rows - totals.States[journal.Held],
		Placed:  totals.States[journal.Placed],
		Refused: totals.States[journal.Refused],
		InDoubt: totals.States[journal.InDoubt] + totals.States[journal.Sending],
		Left:    totals.States[journal.Queued],
	}
	return d, nil
}

// next gives the row that may be sent now, or how long until that is worth asking again; neither: only
// results are waited for.
func (d *desk) next(ctx context.Context, now time.Time) (*journal.Entry, time.Duration, error) {
	if d.stopped {
		return nil, 0, nil
	}
	d.ripen(now)
	e, err := d.pick(ctx)
	if err != nil || d.stopped {
		return nil, 0, err
	}
	if e == nil {
		return nil, d.untilRipe(now), nil
	}
	if wait := d.pace.Wait(now); wait > 0 {
		return nil, wait, nil
	}
	return e, 0, nil
}

// pick finds the first ready row whose target is free and that the limits allow. It stays in ready until
// a worker takes it.
func (d *desk) pick(ctx context.Context) (*journal.Entry, error) {
	for {
		if len(d.ready) == 0 {
			if more, err := d.refill(ctx); !more || err != nil {
				return nil, err
			}
			continue
		}
		e := &d.ready[0]
		switch {
		case d.targets[e.Target]:
			d.behind[e.Target] = append(d.behind[e.Target], *e)
			d.ready = d.ready[1:]
		case d.limit > 0 && d.pilot >= d.limit && !d.started[e.Seq]:
			if d.flying > 0 || len(d.later) > 0 {
				return nil, nil // one of the pilot's rows may have to go again
			}
			d.stop(AtLimit, fmt.Sprintf("the pilot of %d rows is done", d.limit))
			return nil, nil
		case d.overCap(*e):
			d.holdOver(*e)
			d.ready = d.ready[1:]
		default:
			return e, nil
		}
	}
}

// refill reads the next rows from the journal, unless too many wait for targets under way already.
func (d *desk) refill(ctx context.Context) (bool, error) {
	waiting := 0
	for _, rows := range d.behind {
		waiting += len(rows)
	}
	if d.read || waiting >= behindMost {
		return false, nil
	}
	entries, err := d.journal.Queued(context.WithoutCancel(ctx), d.batch, d.panel, d.after, page)
	if err != nil {
		return false, err
	}
	if len(entries) == 0 {
		d.read = true
		return false, nil
	}
	d.after = entries[len(entries)-1].Seq
	d.ready = append(d.ready, entries...)
	return true, nil
}

// took notes that a worker has the first ready row.
func (d *desk) took(e journal.Entry, now time.Time) {
	d.ready = d.ready[1:]
	d.pace.Went(now)
	d.flying++
	d.targets[e.Target] = true
	if !d.started[e.Seq] {
		d.pilot++
		d.end.Rows++
		d.started[e.Seq] = true
	}
	most, _ := e.AtMost()
	d.committed = d.committed.Add(most)
}

// land notes that a row is no longer under way; one that waited for it is ready.
func (d *desk) land(e journal.Entry) {
	d.flying--
	delete(d.targets, e.Target)
	delete(d.started, e.Seq)
	waiting := d.behind[e.Target]
	if len(waiting) == 0 {
		return
	}
	d.ready = append([]journal.Entry{waiting[0]}, d.ready...)
	if d.behind[e.Target] = waiting[1:]; len(waiting) == 1 {
		delete(d.behind, e.Target)
	}
}

// again puts a row that certainly wasn't ordered in front of the others.
func (d *desk) again(e journal.Entry) {
	d.started[e.Seq] = true
	d.ready = append([]journal.Entry{e}, d.ready...)
}

// postpone lets a row whose link has an active order wait, longer each time; at last it stays queued for
// another run.
func (d *desk) postpone(e journal.Entry, now time.Time) {
	d.tries[e.Seq]++
	n := d.tries[e.Seq]
	if n > activeTries {
		d.end.Stop, d.end.Words = Waiting, "rows wait for orders on the same links to end"
		return
	}
	d.started[e.Seq] = true
	d.later = append(d.later, postponed{e, now.Add(activePatient << (n - 1))})
}

func (d *desk) ripen(now time.Time) {
	var still []postponed
	for _, p := range d.later {
		if p.at.After(now) {
			still = append(still, p)
		} else {
			d.ready = append([]journal.Entry{p.entry}, d.ready...)
		}
	}
	d.later = still
}

// untilRipe tells how long the postponed row that is due first waits; 0: there is none.
func (d *desk) untilRipe(now time.Time) time.Duration {
	var first time.Duration
	for _, p := range d.later {
		if wait := p.at.Sub(now); first == 0 || wait < first {
			first = wait
		}
	}
	return first
}

// overCap tells whether ordering the row might exceed the batch's cap. What can't be estimated can't be
// kept under a cap.
func (d *desk) overCap(e journal.Entry) bool {
	if !d.cap.Valid {
		return false
	}
	most, known := e.AtMost()
	return !known || d.committed.Add(most).GreaterThan(d.cap.Decimal)
}

func (d *desk) holdOver(e journal.Entry) {
	note := fmt.Sprintf("the batch's cap of %s would be exceeded", d.cap.Decimal)
	if _, known := e.AtMost(); !known {
		note = fmt.Sprintf("its charge can't be known beforehand, and the batch has a cap of %s", d.cap.Decimal)
	}
	d.progress.Left--
	d.unstored = append(d.unstored, d.journal.HoldBack(d.batch, e.Seq, journal.OverCap, note))
}

// spend keeps the row's money committed and counts it; release gives it back.
func (d *desk) spend(e journal.Entry) {
	if charge, ok := e.Estimate(); ok {
		d.progress.Spent = d.progress.Spent.Add(charge)
	}
}

func (d *desk) release(e journal.Entry) {
	most, _ := e.AtMost()
	d.committed = d.committed.Sub(most)
}

// stop lets nothing more begin. The first reason counts, but for interruption, which every other outweighs.
func (d *desk) stop(why Stop, words string) {
	d.stopped = true
	if d.end.Stop == Done || d.end.Stop == Interrupted || d.end.Stop == AtLimit || d.end.Stop == Waiting {
		d.end.Stop, d.end.Words = why, words
	}
}

// close waits until every outcome is durable.
func (d *desk) close() {
	d.checkStored(true)
	d.tell()
}

func (d *desk) tell() {
	if d.watch == nil || d.end.Sent == 0 {
		return
	}
	d.progress.Remaining = d.pace.Left(d.progress.Left)
	d.watch(d.progress)
}
