package batch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
	"bulkorder/batch/settle"
)

// Stop says why a run ended before its last row.
type Stop string

const (
	Done        Stop = ""
	Interrupted Stop = "interrupted" // a person stopped it
	AtLimit     Stop = "limit"       // the pilot is done
	Waiting     Stop = "waiting"     // what is left waits for orders on the same links to end
	Paused      Stop = "paused"      // a person paused the account
	KeyRefused  Stop = "key"
	FundsShort  Stop = "funds"
	Unreachable Stop = "unreachable" // the panel can't be reached, or turns everything away
	Ill         Stop = "ill"         // three doubts in a row
	Alarm       Stop = "alarm"       // an answer that contradicts the books
	Unwritable  Stop = "journal"     // the journal can't be written
)

// End is how a run ended.
type End struct {
	Stop  Stop
	Panel string // that stopped it, of those that the batch's rows are on
	Words string // for a person, about Stop
	Alarm string // what a person must hear of, though the run went on; empty: nothing
	Sent  int    // requests that were made
	Rows  int    // that were begun
}

// Progress is how far a run is.
type Progress struct {
	Total, Placed, Refused, InDoubt, Left int
	// estimates of what was placed; 0 on panels of several currencies
	Spent     decimal.Decimal
	Remaining time.Duration // at the current rate
	Waits     Waits
}

// Submitter sends the queued rows of a batch on one panel: the one place that decides whether a row is sent, or sent
// again. It works off the journal alone. Whoever runs it holds the batch.
type Submitter struct {
	Journal     *journal.Journal
	Batch       journal.Batch
	Panel       *panel.Client
	Pace        *pace.Pace          // of the account
	Concurrency int                 // requests under way at once at most; 0: 128, and as many as rate and answers need
	Limit       int                 // rows of the pilot; 0: all are sent
	Begun       []int64             // rows of the pilot that were begun already: they count, and may go again
	Only        []int64             // rows that are sent, and no others; nil: all
	AcceptPrice bool                // of [settle.Looker]
	By          string              // who runs it
	Late        time.Duration       // of [settle.Settler]
	Looked      time.Time           // when catalogue and balance of the account were asked last
	Balance     decimal.NullDecimal // of the account then
	Progress    func(Progress)      // called between rows, from one goroutine; nil: nobody watches
	Log         *slog.Logger        // told of every ending; nil: nothing is told

	fresh atomic.Int64 // milliseconds since 1970, until which the last look counts
}

// errUnlooked: the last look at the account is too old, so nothing was sent.
var errUnlooked = errors.New("the account must be looked at first")

// handed is what a worker gets: a row, and whether the balance that is known covers it.
type handed struct {
	journal.Entry
	covered bool
}

// sent is what a worker reports: the row, what became of it, and its storing.
type sent struct {
	entry  journal.Entry
	state  journal.State // that was stored
	began  time.Time
	added  panel.Added
	stored <-chan error
	err    error // the intent could not be stored: nothing was sent
}

// Run sends until nothing is queued, something stops it, or ctx is cancelled: then what is under way is
// finished and nothing new begins. A row's failure is a result. [*journal.LostError]: another process has the batch by
// now.
func (s *Submitter) Run(ctx context.Context) (End, error) {
	q, err := newQueue(ctx, s)
	if err != nil {
		return End{}, err
	}
	defer s.Panel.Ahead(q.flight.most)()
	workers := q.flight.most
	rows, results := make(chan handed), make(chan sent, workers)
	var g errgroup.Group
	for range workers {
		g.Go(func() error {
			for h := range rows {
				results <- s.send(ctx, h)
			}
			return nil
		})
	}
	looker := &settle.Looker{Journal: s.Journal, Batch: s.Batch, Panel: s.Panel, Pace: s.Pace, AcceptPrice: s.AcceptPrice,
		By: s.By, Late: s.Late, Since: s.Looked, Before: s.Balance}
	q.ask = func(o settle.Looking) {
		g.Go(func() error {
			l, err := looker.Look(ctx, o)
			q.looks <- lookEnd{l, err}
			return nil
		})
	}
	q.sights.begin = func(since time.Time) {
		g.Go(func() error {
			defer q.sights.running.Store(false)
			looker.Sight(ctx, since)
			return nil
		})
	}
	g.Go(func() error {
		defer close(rows)
		q.feed(ctx, rows, results)
		return nil
	})
	return q.end, errors.Join(g.Wait(), q.lost)
}

// send does the one thing that costs money: intent, request, outcome, in this order.
func (s *Submitter) send(ctx context.Context, h handed) sent {
	e := h.Entry
	r := sent{entry: e, began: time.Now()}
	if r.began.UnixMilli() > s.fresh.Load() { // this process, or the machine, slept since the row was handed on
		r.err = errUnlooked
		return r
	}
	if r.err = s.Journal.Intend(s.Batch, e.Seq, r.began); r.err != nil {
		return r
	}
	r.added = s.Panel.Add(ctx, s.params(e))
	took := time.Since(r.began).Round(time.Millisecond)
	if s.Log != nil {
		s.Log.Debug("add", "row", e.At().String(), "verdict", r.added.Verdict.String(), "words", r.added.Words, "took", took)
	}
	o := outcome(e, r.began, r.added)
	if s.repeated(ctx, h, r.added.Verdict) {
		o.State = journal.InDoubt
		o.Note = "it was turned away, and may have been ordered all the same, if the request came twice: " + r.added.Words
	}
	// Not waited for: the next intent is stored after it, or not at all.
	r.state, r.stored = o.State, s.Journal.Conclude(s.Batch, o)
	return r
}

// repeated tells whether a request that was turned away may be the second of two: a proxy that repeats one makes an
// order by the first, and the answer to the second says that there is one, or that the money is gone.
func (s *Submitter) repeated(ctx context.Context, h handed, v panel.Verdict) bool {
	suspicious := v == panel.Short && h.covered
	if v == panel.Active {
		open, err := s.Journal.HasOpenOrder(ctx, h.Account, h.Target)
		suspicious = err != nil || !open
	}
	if !suspicious || h.Attempts == 0 {
		return suspicious
	}
	proved, err := s.Journal.IsProved(ctx, s.Batch, h.Seq) // of an attempt that was answered so
	return err != nil || !proved
}

// params is what is sent for a row. A panel that documents a parameter for it is told which row it is, the
// same however often it is sent.
func (s *Submitter) params(e journal.Entry) []panel.Param {
	if s.Panel.Panel.RequestID == "" {
		return e.Params
	}
	return append(
		slices.Clone(e.Params),
		panel.Param{Name: s.Panel.Panel.RequestID, Value: s.requestID(e)},
	)
}

// requestID tells a row's request from all others. Rows of older books have none of their own: they were sent with one
// that was made of their place.
func (s *Submitter) requestID(e journal.Entry) string {
	if e.Request != "" {
		return e.Request
	}
	return fmt.Sprintf("%s-%d", s.Batch.ID, e.Seq)
}

// outcome translates what the panel's answer means into the row's state.
func outcome(e journal.Entry, began time.Time, a panel.Added) journal.Outcome {
	o := journal.Outcome{
		Seq:  e.Seq,
		Note: a.Words,
		Attempt: journal.Attempt{Started: began, Ended: time.Now(), Verdict: a.Verdict.String(), Class: string(a.Class),
			Words: a.Words, HTTPStatus: a.HTTPStatus, OrderID: a.OrderID, Candidate: a.Candidate, Answer: a.Answer},
	}
	switch a.Verdict {
	case panel.Placed:
		o.State = journal.Placed
	case panel.Refused:
		o.State = journal.Refused
	case panel.Unsent, panel.Slow, panel.Active, panel.Short:
		o.State = journal.Queued
	default:
		o.State = journal.InDoubt
	}
	return o
}

// limits of a run's patience
const (
	doubtsInARow  = 3  // and the account is looked at before another row leaves
	mostDoubts    = 25 // that no look has decided about
	unsentInARow  = 6  // the panel can't be reached
	slowInARow    = 30
	activeTries   = 4
	activePatient = 5 * time.Second // doubled with each try
)

// feed hands rows to the workers, each at its time, and takes their results. It alone knows the queue.
func (q *queue) feed(ctx context.Context, rows chan<- handed, results <-chan sent) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	interrupted := ctx.Done()
	for {
		now := time.Now()
		e, wait, err := q.next(ctx, now)
		if err != nil {
			q.stop(Unwritable, err.Error())
		}
		if e == nil && wait == 0 && q.flying == 0 && !q.look.running {
			q.close()
			return
		}
		var out chan<- handed
		var next handed
		if e != nil {
			out, next = rows, handed{*e, q.covers(*e)}
		}
		timer.Reset(orForever(q.tellWait(wait, now)))
		select {
		case out <- next:
			q.took(next.Entry, time.Now())
		case r := <-results:
			q.result(r, time.Now())
		case l := <-q.looks:
			q.looked(l, time.Now())
		case <-timer.C:
		case <-interrupted:
			interrupted = nil
			q.stop(Interrupted, "interrupted; what was under way is finished")
		}
	}
}

// orForever: nothing to wait for but results.
func orForever(d time.Duration) time.Duration {
	if d == 0 {
		return time.Hour
	}
	return d
}
