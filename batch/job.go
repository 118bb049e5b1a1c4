package batch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// Job does with a sheet, or with a batch of the journal, what a person asked for.
type Job struct {
	Journal *journal.Journal
	Panel   *panel.Client
	AnyLink bool   // of [Rules]
	By      string // who runs it

	Name            string              // of the batch; empty: by the sheet's content
	Rate            Rate                // zero: DefaultRate
	Concurrency     int                 // 0: by the rate
	Limit           int                 // rows to send in this run; 0: all
	MaxSpend        decimal.NullDecimal // not valid: what the batch has, or no cap
	Strict          bool                // send nothing unless every row is valid
	AllowDuplicates bool
	AllowRepeat     bool
	AcceptPrice     bool
	Again           bool          // the same sheet as a new batch
	Settle          bool          // wait for late orders at the end, and settle the rows in doubt
	Late            time.Duration // of [Settler]

	Ask      func(Offer) error         // asked before anything of a sheet is sent; its error ends the run; nil: yes
	Ready    func(journal.Batch) error // called with the held batch before anything is sent; nil: nothing to do
	Progress func(Progress)
	Log      *slog.Logger
}

// Checked is a sheet that was checked, and what the panel said meanwhile.
type Checked struct {
	Plan    Plan
	BatchID string
	Balance panel.Balance
}

// Offer is what a person is asked to agree to.
type Offer struct {
	Checked
	Known  bool           // the batch is in the journal already
	ToSend journal.Totals // rows that would be sent now
}

// Outcome is how a run ended.
type Outcome struct {
	Batch  journal.Batch
	Totals journal.Totals
	End    End
	Plan   *Plan    // of a run from a sheet
	Notes  []string // what could not be asked afterwards

	Settlement Settlement // of a job that settles
}

// ErrStrict: the sheet has problems, and nothing was sent because that was asked for.
var ErrStrict = errors.New("not every row is valid, and --strict sends nothing then")

// maxRepeat is how long an order is remembered as one that need not be ordered again.
const maxRepeat = 30 * 24 * time.Hour

// prove fetches the catalogue and the balance. Besides what they tell, they prove address, certificate
// and key with no money at risk.
func (j *Job) prove(ctx context.Context) (Rules, panel.Balance, error) {
	var catalogue *panel.Catalogue
	var balance panel.Balance
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) { catalogue, err = j.Panel.Services(ctx); return err })
	g.Go(func() (err error) { balance, err = j.Panel.Balance(ctx); return err })
	err := g.Wait()
	return Rules{Panel: j.Panel.Panel, Catalogue: catalogue, Today: time.Now(), AnyLink: j.AnyLink}, balance, err
}

func (j *Job) repeats(fingerprint string) journal.Repeats {
	r := journal.Repeats{Since: time.Now().Add(-maxRepeat), Allow: j.AllowRepeat}
	if j.Again {
		r.Under = fingerprint
	}
	return r
}

// Check checks a sheet. It sends nothing but services and balance, and keeps nothing.
func (j *Job) Check(ctx context.Context, sheet *parse.Sheet) (Checked, error) {
	rules, balance, err := j.prove(ctx)
	if err != nil {
		return Checked{}, err
	}
	planner := Planner{Rules: rules, AllowDuplicates: j.AllowDuplicates, Books: j.Journal}
	plan, err := planner.Read(ctx, sheet)
	if err != nil {
		return Checked{}, err
	}
	c := Checked{Plan: plan, Balance: balance}
	if c.BatchID, err = j.batchID(ctx, plan); err != nil {
		return Checked{}, err
	}
	c.Plan.HoldRepeats(c.BatchID, j.repeats(plan.Fingerprint))
	return c, nil
}

// batchID names the batch: as the person does, or by the sheet's content, with a number behind it where
// the sheet is wanted again.
func (j *Job) batchID(ctx context.Context, plan Plan) (string, error) {
	if j.Name != "" {
		return j.Name, nil
	}
	id := plan.BatchID(j.Panel.Panel.Name)
	if !j.Again || j.Journal == nil {
		return id, nil
	}
	for n, numbered := 2, id; ; n++ {
		free, err := j.Journal.Free(ctx, numbered)
		if free || err != nil {
			return numbered, err
		}
		numbered = fmt.Sprintf("%s-%d", id, n)
	}
}

// Run checks a sheet, keeps it as a batch, and submits it. The same sheet again is the same batch.
func (j *Job) Run(ctx context.Context, sheet *parse.Sheet, path string) (Outcome, error) {
	rules, balance, err := j.prove(ctx)
	if err != nil {
		return Outcome{}, err
	}
	var columns []string
	for _, c := range sheet.Columns {
		columns = append(columns, c.Name)
	}
	draft, err := j.Journal.Draft(journal.Batch{Panel: j.Panel.Panel.Name, URL: j.Panel.Panel.URL, Sheet: path, Worksheet: sheet.Name, Columns: columns,
		Created: time.Now(), By: j.By, MaxSpend: j.MaxSpend, Currency: balance.Currency})
	if err != nil {
		return Outcome{}, err
	}
	b, plan, hold, err := j.admit(ctx, draft, rules, balance, sheet)
	if err != nil {
		return Outcome{Plan: plan}, errors.Join(err, draft.Discard())
	}
	defer hold.Release()
	out, err := j.submit(ctx, b, rules, balance)
	out.Plan = plan
	return out, err
}

// admit reads the sheet into the draft, asks, and makes it a batch that this process holds.
func (j *Job) admit(ctx context.Context, draft *journal.Draft, rules Rules, balance panel.Balance, sheet *parse.Sheet) (journal.Batch, *Plan, *journal.Hold, error) {
	planner := Planner{Rules: rules, AllowDuplicates: j.AllowDuplicates, Keep: draft.Add}
	plan, err := planner.Read(ctx, sheet)
	if err != nil {
		return journal.Batch{}, nil, nil, err
	}
	if err := draft.Finish(plan.Fingerprint, plan.Worksheet, plan.Notes, plan.Services); err != nil {
		return journal.Batch{}, &plan, nil, err
	}
	id, err := j.batchID(ctx, plan)
	if err != nil {
		return journal.Batch{}, &plan, nil, err
	}
	if j.Strict && plan.Totals.States[journal.Invalid] > 0 {
		return journal.Batch{}, &plan, nil, ErrStrict
	}
	hold, err := j.Journal.Hold(id, Holding(j.By))
	if err != nil {
		return journal.Batch{}, &plan, nil, err
	}
	b, err := j.agree(ctx, draft, Checked{Plan: plan, BatchID: id, Balance: balance})
	if err != nil {
		hold.Release()
	}
	return b, &plan, hold, err
}

// agree shows the person what would be sent, and admits the draft where that is agreed to.
func (j *Job) agree(ctx context.Context, draft *journal.Draft, c Checked) (journal.Batch, error) {
	repeats := j.repeats(c.Plan.Fingerprint)
	if err := draft.HoldRepeats(c.BatchID, repeats); err != nil {
		return journal.Batch{}, err
	}
	free, err := j.Journal.Free(ctx, c.BatchID)
	if err != nil {
		return journal.Batch{}, err
	}
	offer := Offer{Checked: c, Known: !free}
	if offer.ToSend, err = draft.Outlook(ctx, c.BatchID); err != nil {
		return journal.Batch{}, err
	}
	if j.Ask != nil {
		if err := j.Ask(offer); err != nil {
			return journal.Batch{}, err
		}
	}
	return draft.Admit(ctx, c.BatchID, repeats)
}

// Resume goes on with a batch of the journal.
func (j *Job) Resume(ctx context.Context, b journal.Batch) (Outcome, error) {
	hold, err := j.Journal.Hold(b.ID, Holding(j.By))
	if err != nil {
		return Outcome{}, err
	}
	defer hold.Release()
	rules, balance, err := j.prove(ctx)
	if err != nil {
		return Outcome{}, err
	}
	return j.submit(ctx, b, rules, balance)
}

// submit sends what the batch has queued, and asks what the panel made of it. This process holds b.
func (j *Job) submit(ctx context.Context, b journal.Batch, rules Rules, balance panel.Balance) (Outcome, error) {
	out := Outcome{Batch: b}
	if err := j.begin(ctx, b, rules, balance); err != nil {
		return out, err
	}
	b, err := j.Journal.Batch(ctx, b.ID)
	if err != nil {
		return out, err
	}
	if j.Ready != nil {
		if err := j.Ready(b); err != nil {
			return out, err
		}
	}
	s := Submitter{Journal: j.Journal, Batch: b, Panel: j.Panel, Rate: j.rate(), Concurrency: j.Concurrency, Limit: j.Limit, Progress: j.Progress, Log: j.Log}
	if out.End, err = s.Run(ctx); err != nil {
		return out, err
	}
	if j.Settle && ctx.Err() == nil && out.End.Stop != KeyRefused && out.End.Stop != Unwritable {
		if out.Settlement, err = j.settler(b).SettleAll(ctx); err != nil {
			out.Notes = append(out.Notes, "the rows in doubt could not be settled: "+err.Error())
		}
	}
	out.Notes = append(out.Notes, j.askAfter(ctx, b, out.End)...)
	// A cancelled run still tells how the batch stands.
	return out, j.sum(context.WithoutCancel(ctx), &out)
}

// Resettle looks for the orders of a batch's rows in doubt; wait: not before the youngest can be settled.
func (j *Job) Resettle(ctx context.Context, b journal.Batch, wait bool) (Outcome, error) {
	out := Outcome{Batch: b}
	err := j.hold(b, func(s *Settler) (err error) {
		settle := s.Settle
		if wait {
			settle = s.SettleAll
		}
		out.Settlement, err = settle(ctx)
		return err
	})
	if err != nil {
		return out, err
	}
	return out, j.sum(ctx, &out)
}

// Decide keeps a person's word about a row in doubt: it is this order, or, where that is empty, it was not
// placed.
func (j *Job) Decide(ctx context.Context, b journal.Batch, line int, orderID, reason string) (Outcome, error) {
	out := Outcome{Batch: b}
	if err := j.hold(b, func(s *Settler) error { return s.Force(ctx, line, orderID, reason) }); err != nil {
		return out, err
	}
	return out, j.sum(ctx, &out)
}

// hold gives a settler of a batch that this process holds, its interrupted rows in doubt.
func (j *Job) hold(b journal.Batch, do func(*Settler) error) error {
	hold, err := j.Journal.Hold(b.ID, Holding(j.By))
	if err != nil {
		return err
	}
	defer hold.Release()
	if _, err := j.Journal.Recover(b); err != nil {
		return err
	}
	return do(j.settler(b))
}

func (j *Job) settler(b journal.Batch) *Settler {
	return &Settler{Journal: j.Journal, Batch: b, Panel: j.Panel, Rate: j.rate(), By: j.By, Late: j.Late}
}

func (j *Job) rate() Rate {
	if j.Rate.PerSecond == 0 {
		return DefaultRate()
	}
	return j.Rate
}

// begin brings the batch's rows into the states in which a run may meet them.
func (j *Job) begin(ctx context.Context, b journal.Batch, rules Rules, balance panel.Balance) error {
	if _, err := j.Journal.Recover(b); err != nil {
		return err
	}
	release := []journal.Reason{journal.OverCap}
	if j.AllowDuplicates {
		release = append(release, journal.Duplicate)
	}
	if j.AllowRepeat {
		release = append(release, journal.Repeat)
	}
	if _, err := j.watch(ctx, b, rules.Catalogue); err != nil {
		return err
	}
	if j.AcceptPrice {
		release = append(release, journal.Dearer)
	}
	if _, err := j.Journal.Release(b, release...); err != nil {
		return err
	}
	return j.Journal.Note(b, journal.Run{Started: time.Now(), Currency: balance.Currency, BalanceBefore: decimal.NewNullDecimal(balance.Amount), MaxSpend: j.MaxSpend})
}

// askAfter asks for the statuses and charges of what was placed, and for the balance. What the panel
// doesn't answer now is asked another time: it is noted and harms nothing.
func (j *Job) askAfter(ctx context.Context, b journal.Batch, end End) []string {
	var unknown error // statuses and balance that weren't told
	run := journal.Run{Ended: time.Now()}
	if ctx.Err() == nil && end.Stop != KeyRefused && end.Stop != Unreachable && end.Stop != Unwritable {
		var g errgroup.Group
		if end.Sent > 0 {
			g.Go(func() error {
				balance, err := j.Panel.Balance(ctx)
				if err == nil {
					run.BalanceAfter = decimal.NewNullDecimal(balance.Amount)
				}
				return err
			})
		}
		f := Follower{Journal: j.Journal, Batch: b, Panel: j.Panel, Rate: j.rate()}
		unknown = errors.Join(f.AskNew(ctx), g.Wait())
	}
	var notes []string
	if unknown != nil {
		notes = append(notes, "the orders are placed, but not everything could be asked about them: "+unknown.Error())
	}
	if err := j.Journal.Note(b, run); err != nil && end.Stop != Unwritable { // what stopped the run is told already
		notes = append(notes, err.Error())
	}
	return notes
}

func (j *Job) sum(ctx context.Context, out *Outcome) (err error) {
	if out.Batch, err = j.Journal.Batch(ctx, out.Batch.ID); err != nil {
		return err
	}
	out.Totals, err = j.Journal.Totals(ctx, out.Batch)
	return err
}
