package batch

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// Choice says which rows of a batch are meant. Rows are those that are in Lines and in Statuses, where these
// are given.
type Choice struct {
	Lines    []Span   // of row numbers in the sheet; empty: any
	Statuses []string // of orders, as the panel writes them, without case; empty: any
}

// Span is rows from one number to another, both included.
type Span = parse.Span

// Has tells whether a row is meant.
func (c Choice) Has(e journal.Entry) bool {
	in := len(c.Lines) == 0 || slices.ContainsFunc(c.Lines, func(s Span) bool { return s.Has(place(e)) })
	return in &&
		(len(c.Statuses) == 0 || e.State == journal.Placed &&
			slices.ContainsFunc(c.Statuses, func(s string) bool { return strings.EqualFold(s, e.Status) }))
}

// place names a row so that it is told from those that stood there before the sheet was edited.
func place(e journal.Entry) parse.Line { return parse.Line{N: e.Line, Tab: e.Tab, Seq: e.Seq} }

// names tells whether a row is named as one of several that stand, or stood, there.
func (c Choice) names(e journal.Entry) bool {
	return slices.ContainsFunc(c.Lines, func(s Span) bool { return s.Seq > 0 && s.Has(place(e)) })
}

// RequestedRow is what came of it for one chosen row.
type RequestedRow struct {
	Line    parse.Line
	OrderID string
	State   journal.RequestState // empty: it was left out, nothing was sent
	Ref     string               // the panel's id of it
	Words   string

	set string // the ids of a set, one of which is the row's; empty: none
}

// Requester asks for one action on orders of one batch on one panel. Each request is kept before it is sent, and is
// sent once.
type Requester struct {
	Journal *journal.Journal
	Batch   journal.Batch
	Panel   *panel.Client
	Pace    *pace.Pace // of calls
	Action  journal.Action
	Again   bool   // a person's word to ask also where the same was asked and is open or in doubt
	By      string // who asks

	Rows []RequestedRow // what came of it so far, and of chosen rows that may not be asked for
	Left int            // rows that were chosen and are not come to yet
	End  End

	doubts int // in a row
	unsent int // in a row
}

func (r *Requester) name() string { return r.Panel.Panel.Name }

// Choose finds the rows on its panel that may be asked for, and tells of the others that were chosen why not.
func (r *Requester) Choose(ctx context.Context, c Choice) ([]journal.Entry, error) {
	meant, err := r.meant(ctx, c)
	if err != nil || len(meant) == 0 {
		return nil, err
	}
	catalogue, lost := r.Panel.Services(ctx)
	if lost != nil && len(r.Batch.Others) == 0 {
		return nil, lost
	}
	open, err := r.Journal.OpenRequests(ctx, r.Batch, r.Action)
	if err != nil {
		return nil, err
	}
	before := map[int64]journal.Request{}
	for _, q := range open {
		before[q.Seq] = q
	}
	if lost == nil && r.Action == journal.Refill {
		r.standing(ctx, meant)
	}
	var chosen []journal.Entry
	for _, e := range meant {
		var why string
		if lost != nil {
			why = "its panel can't be used now: " + lost.Error()
		} else {
			service, _ := catalogue.Service(e.Service)
			q, asked := before[e.Seq]
			why = r.forbidden(e, service, asked && !r.Again, q)
		}
		if why == "" {
			chosen = append(chosen, e)
			continue
		}
		r.Rows = append(r.Rows, RequestedRow{Line: e.At(), OrderID: e.OrderID, Words: why})
	}
	return r.wholeSets(chosen), nil
}

// meant finds the rows on its panel that were chosen. A number means the row that the sheet has there now: one that
// stood there before the sheet was edited is told instead.
func (r *Requester) meant(ctx context.Context, c Choice) (meant []journal.Entry, err error) {
	var left []journal.Entry
	now := map[parse.Line]bool{} // where the sheet has a row, of those chosen
	for e, err := range r.Journal.Entries(ctx, r.Batch) {
		switch {
		case err != nil:
			return nil, err
		case !c.Has(e):
			continue
		case len(c.Lines) > 0 && e.HasLeft() && !c.names(e):
			left = append(left, e)
			continue
		}
		now[parse.Line{N: e.Line, Tab: e.Tab}] = true
		if e.Panel == r.name() && (len(c.Lines) > 0 || e.State == journal.Placed) {
			meant = append(meant, e)
		}
	}
	for _, e := range left {
		switch {
		case e.Panel != r.name():
		case !now[parse.Line{N: e.Line, Tab: e.Tab}]:
			meant = append(meant, e)
		case e.State == journal.Placed:
			e.Shared = true
			r.Rows = append(r.Rows, RequestedRow{Line: e.At(), OrderID: e.OrderID, Words: "the sheet no longer has this " +
				"row, and another one has its number now, which is the one that is meant; --row " + e.At().String() +
				" means this one"})
		}
	}
	return meant, nil
}

// wholeSets leaves out rows of sets that aren't chosen as a whole: whose order is whose isn't known, so that only all
// orders of a set can be asked for.
func (r *Requester) wholeSets(chosen []journal.Entry) []journal.Entry {
	rows := map[string]int{}
	for _, e := range chosen {
		rows[strings.Join(e.OneOf, " ")]++
	}
	return slices.DeleteFunc(chosen, func(e journal.Entry) bool {
		if rows[strings.Join(e.OneOf, " ")] == len(e.OneOf) || e.OneOf == nil {
			return false
		}
		r.Rows = append(
			r.Rows,
			RequestedRow{Line: e.At(), Words: fmt.Sprintf("its order is one of %s, and which isn't "+
				"known: they can be asked for together, by choosing all %d rows of the set (column One of)",
				strings.Join(e.OneOf, ", "), len(e.OneOf))},
		)
		return true
	})
}

// forbidden says why nothing may be asked about a row; empty: it may.
func (r *Requester) forbidden(e journal.Entry, s panel.Service, asked bool, q journal.Request) string {
	switch {
	case r.Action == journal.Cancel && !r.Panel.Panel.Has(panel.Cancel):
		return (&panel.Lacking{Panel: r.name(), Form: panel.Cancel}).Error()
	case e.State != journal.Placed:
		return fmt.Sprintf("the row is %s, it has no order", strings.ReplaceAll(string(e.State), "_", " "))
	case s.ID == "":
		return fmt.Sprintf("service %s is no longer in the catalogue", e.Service)
	case r.Action == journal.Refill && !s.Refill, r.Action == journal.Cancel && !s.Cancel:
		return fmt.Sprintf("service %s takes no %s, says the catalogue", e.Service, r.Action)
	case r.Action == journal.Cancel && journal.StandingOf(e.Status).Final():
		return fmt.Sprintf("the order is %s already", e.Status)
	case r.Action == journal.Refill && undelivered(e) != "":
		return undelivered(e)
	case asked && q.State == journal.Taken:
		return fmt.Sprintf("a %s was asked for on %s and is open", r.Action, q.At.UTC().Format("2006-01-02"))
	case asked:
		return fmt.Sprintf(
			"a %s of %s is in doubt: it may have been taken; --again asks nevertheless",
			r.Action,
			q.At.UTC().Format("2006-01-02 15:04 UTC"),
		)
	}
	return ""
}

const (
	slowTries = 5 // calls about the same orders that the panel finds too many
	askedIll  = 3 // calls in a row that came to nothing
)

// Send asks about chosen rows, in hundreds or one by one, one call at a time.
func (r *Requester) Send(ctx context.Context, chosen []journal.Entry) error {
	r.Left = len(chosen)
	atOnce := r.Panel.Panel.RefillsAtOnce()
	if r.Action == journal.Cancel {
		atOnce = r.Panel.CancelsAtOnce()
	}
	for some := range slices.Chunk(chosen, atOnce) {
		for try := 1; len(some) > 0 && r.End.Stop == Done; try++ {
			if err := r.Pace.Turn(ctx); err != nil {
				r.End.Stop, r.End.Words = Interrupted, "interrupted; what was under way is finished"
				return nil
			}
			var err error
			if some, err = r.call(ctx, some, try); err != nil {
				return err
			}
		}
	}
	r.level()
	return nil
}

// level makes all rows of a set tell the same: what was said of one order of it is said of no row.
func (r *Requester) level() {
	told := map[string]map[journal.RequestState]int{}
	for _, row := range r.Rows {
		if told[row.set] == nil {
			told[row.set] = map[journal.RequestState]int{}
		}
		told[row.set][row.State]++
	}
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.set == "" || len(told[row.set]) < 2 {
			continue
		}
		row.Words = "of the orders " + row.set + ", one of which is its own,"
		for _, state := range []journal.RequestState{journal.Taken, journal.Unasked, journal.Declined, journal.AskInDoubt} {
			if n := told[row.set][state]; n > 0 { // the worst is told last
				row.Words += fmt.Sprintf(" %d %s", n, strings.ReplaceAll(string(state), "_", " "))
				row.State = state
			}
		}
	}
}

// call makes one call about some rows: intent, request, outcome, in this order. It gives the rows that the
// panel was too busy for, to be asked again.
func (r *Requester) call(ctx context.Context, some []journal.Entry, try int) (again []journal.Entry, err error) {
	began, entries := time.Now(), map[int64]journal.Entry{}
	var seqs []int64
	for _, e := range some {
		entries[e.Seq], seqs = e, append(seqs, e.Seq)
	}
	requests, err := r.Journal.Ask(r.Batch, r.Action, seqs, r.By, began, r.Again)
	if err != nil || len(requests) == 0 {
		return nil, err
	}
	var orders []string
	for _, q := range requests {
		e := entries[q.Seq]
		orders = append(orders, cmp.Or(e.OrderID, e.StandIn))
	}
	ask := r.Panel.Refill
	if r.Action == journal.Cancel {
		ask = func(ctx context.Context, orders []string) (panel.Asked, error) {
			return r.Panel.Cancel(ctx, orders, r.Pace.Turn)
		}
	}
	asked, err := ask(ctx, orders)
	if err != nil {
		asked = panel.Asked{Verdict: panel.Unsent, Words: err.Error()}
	}
	now := time.Now()
	for i := range requests {
		requests[i] = concluded(requests[i], orders[i], asked, now)
	}
	if err := r.Journal.Answer(r.Batch, requests, now); err != nil {
		return nil, err
	}
	r.End.Sent++
	if asked.Verdict == panel.Slow && try < slowTries {
		r.Pace.Slow(now, began, asked.RetryAfter, rand.Float64())
		return some, nil
	}
	r.Left -= len(some)
	for _, q := range requests {
		e := entries[q.Seq]
		row := RequestedRow{Line: e.At(), OrderID: e.OrderID, State: q.State, Ref: q.Ref, Words: q.Words}
		if len(e.OneOf) > 0 {
			row.Ref, row.set = "", strings.Join(e.OneOf, ", ")
		}
		r.Rows = append(r.Rows, row)
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
func (r *Requester) judge(a panel.Asked) {
	lost := len(a.Receipts) == 0
	if r.doubts++; !lost || a.Verdict != panel.InDoubt {
		r.doubts = 0
	}
	if r.unsent++; !lost || a.Verdict != panel.Unsent && a.Verdict != panel.Slow {
		r.unsent = 0
	}
	end := &r.End
	switch {
	case a.Stop == panel.StopKey:
		end.Stop, end.Words = KeyRefused, "the panel refuses the key: "+a.Words
	case a.Stop != panel.GoOn, r.unsent >= askedIll:
		end.Stop, end.Words = Unreachable, a.Words
	case r.doubts >= askedIll:
		end.Stop, end.Words = Ill, fmt.Sprintf("%d calls in a row are in doubt, the last because %s", r.doubts, a.Words)
	}
}
