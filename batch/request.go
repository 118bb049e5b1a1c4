package batch

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// Choice says which rows of a batch are meant. Rows are those that are in Lines and in Statuses, where these
// are given.
type Choice struct {
	Lines    []Span   // of row numbers in the sheet; empty: any
	Statuses []string // of orders, as the panel writes them, without case; empty: any
}

// Span is numbers from one to another, both included.
type Span struct{ From, To int }

func (s Span) has(line int) bool { return s.From <= line && line <= s.To }

func (c Choice) has(e journal.Entry) bool {
	in := len(c.Lines) == 0 || slices.ContainsFunc(c.Lines, func(s Span) bool { return s.has(e.Line) })
	return in &&
		(len(c.Statuses) == 0 || e.State == journal.Placed && slices.ContainsFunc(c.Statuses, func(s string) bool { return strings.EqualFold(s, e.Status) }))
}

// Requested is what came of asking for refills or cancellations.
type Requested struct {
	Outcome
	Action journal.Action
	Rows   []RequestedRow // in the order of the sheet
	Left   int            // rows that were chosen and not come to, because End stopped it
}

// RequestedRow is what came of it for one chosen row.
type RequestedRow struct {
	Line    int
	OrderID string
	State   journal.RequestState // empty: it was left out, nothing was sent
	Ref     string               // the panel's id of it
	Words   string
}

// requester asks for one action on orders of one batch on one panel.
type requester struct {
	job    *Job
	on     *opened
	alone  bool // the batch has no other panel
	batch  journal.Batch
	action journal.Action
	again  bool
	pace   *Pace
	out    *Requested
	doubts int // in a row
	unsent int // in a row
}

// Request asks the panel for refills, or to cancel orders, for the chosen rows whose service and panel allow
// it. Each request is kept before it is sent, and is sent once; again is a person's word to ask also where
// the same was asked and is open or in doubt. [*panel.Lacking]: the panel's document has no such action;
// [*journal.HeldError]: another process asks about the batch's orders. agree is asked before anything is sent.
func (j *Job) Request(
	ctx context.Context,
	b journal.Batch,
	action journal.Action,
	c Choice,
	again bool,
	agree func(rows int) error,
) (Requested, error) {
	j.opened = nil
	out := Requested{Outcome: Outcome{Batch: b}, Action: action}
	all, lost := j.openBatch(ctx, b, false)
	if len(all) == 0 {
		return out, lost
	}
	if len(all) == 1 && action == journal.Cancel && !all[0].Panel.Panel.Has(panel.Cancel) {
		return out, &panel.Lacking{Panel: all[0].name(), Form: panel.Cancel}
	}
	hold, err := j.Journal.HoldFollowing(b.ID, Holding(j.By))
	if err != nil {
		return out, err
	}
	defer hold.Release()
	if _, err := j.Journal.RecoverRequests(ctx, b, time.Now()); err != nil {
		return out, err
	}
	chosen, n := make([][]journal.Entry, len(all)), 0
	requesters := make([]*requester, len(all))
	for i, o := range all {
		requesters[i] = &requester{
			job:    j,
			on:     o,
			alone:  len(b.Others) == 0,
			batch:  b,
			action: action,
			again:  again,
			pace:   NewPace(o.rate()),
			out:    &out,
		}
		if chosen[i], err = requesters[i].choose(ctx, c); err != nil {
			return out, err
		}
		n += len(chosen[i])
	}
	if err := out.missing(ctx, j, c, lost); err != nil {
		return out, err
	}
	if n > 0 {
		if err := agree(n); err != nil {
			return out, err
		}
	}
	out.Left = n
	for i, r := range requesters {
		if err := r.send(ctx, chosen[i]); err != nil {
			return out, err
		}
	}
	slices.SortStableFunc(out.Rows, func(a, b RequestedRow) int { return a.Line - b.Line })
	return out, j.sum(context.WithoutCancel(ctx), &out.Outcome)
}

// missing tells of the numbers that no row has, and of chosen rows whose panel is lost.
func (r *Requested) missing(ctx context.Context, j *Job, c Choice, lost error) error {
	missing := slices.Clone(c.Lines)
	for e, err := range j.Journal.Entries(ctx, r.Batch) {
		if err != nil {
			return err
		}
		if lost != nil && c.has(e) && e.State == journal.Placed && j.find(e.Panel) == nil {
			r.Rows = append(
				r.Rows,
				RequestedRow{Line: e.Line, OrderID: e.OrderID, Words: "its panel can't be used now: " + lost.Error()},
			)
		}
		missing = slices.DeleteFunc(missing, func(s Span) bool { return s.has(e.Line) })
	}
	for _, s := range missing {
		r.Rows = append(r.Rows, RequestedRow{Line: s.From, Words: "the batch has no such row"})
	}
	return nil
}

// choose finds the rows on its panel that may be asked for, and tells of the others that were chosen why not.
func (r *requester) choose(ctx context.Context, c Choice) ([]journal.Entry, error) {
	var meant []journal.Entry
	for e, err := range r.job.Journal.Entries(ctx, r.batch) {
		if err != nil {
			return nil, err
		}
		if e.Panel == r.on.name() && c.has(e) && (len(c.Lines) > 0 || e.State == journal.Placed) {
			meant = append(meant, e)
		}
	}
	if len(meant) == 0 {
		return nil, nil
	}
	catalogue, lost := r.on.Panel.Services(ctx)
	if lost != nil && r.alone {
		return nil, lost
	}
	open, err := r.job.Journal.OpenRequests(ctx, r.batch, r.action)
	if err != nil {
		return nil, err
	}
	before := map[int64]journal.Request{}
	for _, q := range open {
		before[q.Seq] = q
	}
	var chosen []journal.Entry
	for _, e := range meant {
		var why string
		if lost != nil {
			why = "its panel can't be used now: " + lost.Error()
		} else {
			service, _ := catalogue.Service(e.Service)
			q, asked := before[e.Seq]
			why = r.forbidden(e, service, asked && !r.again, q)
		}
		if why == "" {
			chosen = append(chosen, e)
			continue
		}
		r.out.Rows = append(r.out.Rows, RequestedRow{Line: e.Line, OrderID: e.OrderID, Words: why})
	}
	return chosen, nil
}

// forbidden says why nothing may be asked about a row; empty: it may.
func (r *requester) forbidden(e journal.Entry, s panel.Service, asked bool, q journal.Request) string {
	switch {
	case r.action == journal.Cancel && !r.on.Panel.Panel.Has(panel.Cancel):
		return (&panel.Lacking{Panel: r.on.name(), Form: panel.Cancel}).Error()
	case e.State != journal.Placed:
		return fmt.Sprintf("the row is %s, it has no order", strings.ReplaceAll(string(e.State), "_", " "))
	case s.ID == "":
		return fmt.Sprintf("service %s is no longer in the catalogue", e.Service)
	case r.action == journal.Refill && !s.Refill, r.action == journal.Cancel && !s.Cancel:
		return fmt.Sprintf("service %s takes no %s, says the catalogue", e.Service, r.action)
	case r.action == journal.Cancel && journal.StandingOf(e.Status).Final():
		return fmt.Sprintf("the order is %s already", e.Status)
	case asked && q.State == journal.Taken:
		return fmt.Sprintf("a %s was asked for on %s and is open", r.action, q.At.UTC().Format("2006-01-02"))
	case asked:
		return fmt.Sprintf(
			"a %s of %s is in doubt: it may have been taken; --again asks nevertheless",
			r.action,
			q.At.UTC().Format("2006-01-02 15:04 UTC"),
		)
	}
	return ""
}

const (
	slowTries = 5 // calls about the same orders that the panel finds too many
	askedIll  = 3 // calls in a row that came to nothing
)

// send asks in hundreds or one by one, one call at a time.
func (r *requester) send(ctx context.Context, chosen []journal.Entry) error {
	atOnce := r.on.Panel.Panel.RefillsAtOnce()
	if r.action == journal.Cancel {
		atOnce = r.on.Panel.Panel.CancelsAtOnce()
	}
	for some := range slices.Chunk(chosen, atOnce) {
		for try := 1; len(some) > 0 && r.out.End.Stop == Done; try++ {
			if err := sleep(ctx, r.pace.Wait(time.Now())); err != nil {
				r.out.End.Stop, r.out.End.Words = Interrupted, "interrupted; what was under way is finished"
				return nil
			}
			var err error
			if some, err = r.call(ctx, some, try); err != nil {
				return err
			}
		}
	}
	return nil
}

// call makes one call about some rows: intent, request, outcome, in this order. It gives the rows that the
// panel was too busy for, to be asked again.
func (r *requester) call(ctx context.Context, some []journal.Entry, try int) (again []journal.Entry, err error) {
	now, entries := time.Now(), map[int64]journal.Entry{}
	var seqs []int64
	for _, e := range some {
		entries[e.Seq], seqs = e, append(seqs, e.Seq)
	}
	requests, err := r.job.Journal.Ask(r.batch, r.action, seqs, r.job.By, now, r.again)
	if err != nil || len(requests) == 0 {
		return nil, err
	}
	var orders []string
	for _, q := range requests {
		orders = append(orders, entries[q.Seq].OrderID)
	}
	r.pace.Went(now)
	ask := r.on.Panel.Refill
	if r.action == journal.Cancel {
		ask = r.on.Panel.Cancel
	}
	asked, err := ask(ctx, orders)
	if err != nil {
		asked = panel.Asked{Verdict: panel.Unsent, Words: err.Error()}
	}
	now = time.Now()
	for i := range requests {
		requests[i] = concluded(requests[i], orders[i], asked, now)
	}
	if err := r.job.Journal.Answer(r.batch, requests, now); err != nil {
		return nil, err
	}
	r.out.End.Sent++
	if asked.Verdict == panel.Slow && try < slowTries {
		r.pace.Slow(now, now, asked.RetryAfter, rand.Float64())
		return some, nil
	}
	r.out.Left -= len(some)
	for i, q := range requests {
		r.out.Rows = append(
			r.out.Rows,
			RequestedRow{Line: entries[q.Seq].Line, OrderID: orders[i], State: q.State, Ref: q.Ref, Words: q.Words},
		)
	}
	r.judge(asked)
	return nil, nil
}

// concluded says what the panel's answer means for one request.
func concluded(q journal.Request, order string, a panel.Asked, now time.Time) journal.Request {
	receipt, told := a.Receipts[order]
	switch {
	case told && receipt.Error == "":
		q.State, q.Ref = journal.Taken, receipt.ID
		if q.Action == journal.Refill {
			q.Due = now
		}
	case told && receipt.Class == panel.ClassUnsure:
		q.State, q.Words = journal.AskInDoubt, receipt.Error
	case told:
		q.State, q.Words = journal.Declined, receipt.Error
	case a.Verdict == panel.Refused:
		q.State, q.Words = journal.Declined, a.Words
	case a.Verdict == panel.Unsent, a.Verdict == panel.Slow:
		q.State, q.Words = journal.Unasked, a.Words
	default:
		q.State, q.Words = journal.AskInDoubt, a.Words
	}
	return q
}

// judge stops where going on would only make doubt.
func (r *requester) judge(a panel.Asked) {
	lost := len(a.Receipts) == 0
	if r.doubts++; !lost || a.Verdict != panel.InDoubt {
		r.doubts = 0
	}
	if r.unsent++; !lost || a.Verdict != panel.Unsent && a.Verdict != panel.Slow {
		r.unsent = 0
	}
	end := &r.out.End
	switch {
	case a.Stop == panel.StopKey:
		end.Stop, end.Words = KeyRefused, "the panel refuses the key: "+a.Words
	case a.Stop != panel.GoOn, r.unsent >= askedIll:
		end.Stop, end.Words = Unreachable, a.Words
	case r.doubts >= askedIll:
		end.Stop, end.Words = Ill, fmt.Sprintf("%d calls in a row are in doubt, the last because %s", r.doubts, a.Words)
	}
}
