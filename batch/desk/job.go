package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// Job does with a sheet, or with a batch of the journal, what a person asked for.
type Job struct {
	Journal *journal.Journal
	Account                                                         // of rows that name no panel; without a Panel each row must name one
	Open    func(ctx context.Context, name string) (Account, error) // opens another panel by its name, or fails with [*batch.UnknownPanel]; nil: there is no other
	By      string                                                  // who runs it

	Name            string              // of the batch; empty: by the sheet's content
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
	Progress func(batch.Progress)
	Log      *slog.Logger

	opened []*opened // accounts in use by the call under way; the job's own first
}

// Checked is a sheet that was checked, and what the panels said meanwhile.
type Checked struct {
	Plan     batch.Plan
	BatchID  string
	Accounts []journal.Account // the panels of its rows, the batch's own first, with the balances of now
	Rate     string            // at which its rows would be sent, such as 60/m
	Time     time.Duration     // that this takes
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
	End    batch.End
	Plan   *batch.Plan // of a run from a sheet
	Notes  []string    // what could not be asked afterwards

	Settlement batch.Settlement // of a job that settles
}

// ErrStrict: the sheet has problems, and nothing was sent because that was asked for.
var ErrStrict = errors.New("not every row is valid, and --strict sends nothing then")

// ErrNoPanel: nothing says to which panel any row goes.
var ErrNoPanel = errors.New(
	"no row names a panel that is known, and none is given by --panel or --url; nothing was sent",
)

// maxRepeat is how long an order is remembered as one that need not be ordered again.
const maxRepeat = 30 * 24 * time.Hour

func (j *Job) repeats(fingerprint string) journal.Repeats {
	r := journal.Repeats{Since: time.Now().Add(-maxRepeat), Allow: j.AllowRepeat}
	if j.Again {
		r.Under = fingerprint
	}
	return r
}

// planner reads the sheet against the panels of its rows.
func (j *Job) planner(ctx context.Context) (batch.Planner, error) {
	j.opened = nil
	p := batch.Planner{Panel: j.rulesOf, AllowDuplicates: j.AllowDuplicates}
	if o := j.own(); o != nil {
		// Before the sheet is read: what is wrong with the panel is told at once.
		return p, j.prove(ctx, o)
	}
	return p, nil
}

// Check checks a sheet. It sends nothing but services and balance, and keeps nothing.
func (j *Job) Check(ctx context.Context, sheet *parse.Sheet) (Checked, error) {
	planner, err := j.planner(ctx)
	if err != nil {
		return Checked{}, err
	}
	if j.Journal == nil {
		plan, err := planner.Read(ctx, sheet)
		if err != nil {
			return Checked{}, err
		}
		c := j.checked(plan)
		c.BatchID, err = j.batchID(ctx, plan)
		return c, err
	}
	draft, err := j.Journal.Draft(journal.Batch{Created: time.Now()})
	if err != nil {
		return Checked{}, err
	}
	c, err := j.checkDraft(ctx, draft, planner, sheet)
	return c, errors.Join(err, draft.Discard())
}

// checkDraft reads the sheet into a draft and tells what would be held as a repeat.
func (j *Job) checkDraft(ctx context.Context, draft *journal.Draft, planner batch.Planner, sheet *parse.Sheet) (Checked, error) {
	planner.Keep = draft.Add
	plan, err := planner.Read(ctx, sheet)
	if err != nil {
		return Checked{}, err
	}
	c := j.checked(plan)
	if c.BatchID, err = j.batchID(ctx, plan); err != nil {
		return Checked{}, err
	}
	if err = draft.Finish(journal.Reading{Fingerprint: plan.Fingerprint, Accounts: j.accounts()}); err != nil {
		return Checked{}, err
	}
	if err = draft.Judge(c.BatchID, j.repeats(plan.Fingerprint)); err != nil {
		return Checked{}, err
	}
	c.Plan.Totals, err = j.Journal.Totals(ctx, draft.Batch)
	return c, err
}

// checked tells a plan with its panels, and how long sending takes: the panels are sent to side by side.
func (j *Job) checked(plan batch.Plan) Checked {
	c := Checked{Plan: plan, Accounts: j.accounts()}
	valid := map[string]int{}
	for _, p := range plan.Totals.ByPanel() {
		valid[p.Panel] = p.Rows
	}
	var rates []string
	for _, o := range j.opened {
		n := valid[o.name()]
		if len(j.opened) == 1 {
			n = plan.Totals.States[journal.Queued]
		}
		rates = append(rates, o.rate().String())
		c.Time = max(c.Time, batch.NewPace(o.rate()).Left(n))
	}
	c.Rate = strings.Join(slices.Compact(rates), " and ")
	return c
}

// batchID names the batch: as the person does, or by the sheet's content, with a number behind it where
// the sheet is wanted again.
func (j *Job) batchID(ctx context.Context, plan batch.Plan) (string, error) {
	if j.Name != "" {
		return j.Name, nil
	}
	id, err := j.sheetID(ctx, plan)
	if err != nil {
		return "", err
	}
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

// sheetID is the id of a sheet's batch: by the account and the content. A batch that older books named by the panel
// keeps its name.
func (j *Job) sheetID(ctx context.Context, plan batch.Plan) (string, error) {
	var own opened
	if len(j.opened) > 0 {
		own = *j.opened[0]
	}
	if j.Journal != nil && own.Panel != nil {
		older := plan.OlderID(own.name())
		if b, err := j.Journal.Batch(ctx, older); err == nil && b.ID == older && b.AccountOn(b.Panel) == own.rules.Account {
			return older, nil
		}
	}
	return plan.BatchID(own.rules.Account), nil
}

// Run checks a sheet, keeps it as a batch, and submits it. The same sheet again is the same batch.
func (j *Job) Run(ctx context.Context, sheet *parse.Sheet, path string) (Outcome, error) {
	planner, err := j.planner(ctx)
	if err != nil {
		return Outcome{}, err
	}
	var columns []string
	for _, c := range sheet.Columns {
		columns = append(columns, c.Name)
	}
	about := journal.Batch{
		Sheet:     path,
		Worksheet: sheet.Name,
		Columns:   columns,
		Created:   time.Now(),
		By:        j.By,
		MaxSpend:  j.MaxSpend,
	}
	draft, err := j.Journal.Draft(about)
	if err != nil {
		return Outcome{}, err
	}
	b, plan, hold, err := j.admit(ctx, draft, planner, sheet)
	if err != nil {
		return Outcome{Plan: plan, Batch: draft.Batch}, errors.Join(err, draft.Discard())
	}
	defer hold.Release()
	out, err := j.submit(ctx, b)
	out.Plan = plan
	return out, err
}

// admit reads the sheet into the draft, asks, and makes it a batch that this process holds.
func (j *Job) admit(
	ctx context.Context,
	draft *journal.Draft,
	planner batch.Planner,
	sheet *parse.Sheet,
) (journal.Batch, *batch.Plan, *journal.Hold, error) {
	planner.Keep = draft.Add
	plan, err := planner.Read(ctx, sheet)
	if err != nil {
		return journal.Batch{}, nil, nil, err
	}
	accounts := j.accounts()
	if len(accounts) == 0 {
		return journal.Batch{}, &plan, nil, ErrNoPanel
	}
	err = draft.Finish(
		journal.Reading{
			Fingerprint: plan.Fingerprint,
			Worksheet:   plan.Worksheet,
			Notes:       plan.Notes,
			Services:    plan.Services,
			Accounts:    accounts,
		},
	)
	if err == nil && j.MaxSpend.Valid && !draft.Batch.OneCurrency() {
		err = ErrCurrencies
	}
	if err != nil {
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
	c := j.checked(plan)
	c.BatchID = id
	b, err := j.agree(ctx, draft, c)
	if err != nil {
		hold.Release()
	}
	return b, &plan, hold, err
}

// agree shows the person what would be sent, and admits the draft where that is agreed to.
func (j *Job) agree(ctx context.Context, draft *journal.Draft, c Checked) (journal.Batch, error) {
	repeats := j.repeats(c.Plan.Fingerprint)
	if err := draft.Judge(c.BatchID, repeats); err != nil {
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

// Resume goes on with a batch of the journal. The batch isn't held while the person is asked.
func (j *Job) Resume(ctx context.Context, b journal.Batch) (Outcome, error) {
	j.opened = nil
	hold, err := j.Journal.Hold(b.ID, Holding(j.By))
	if err != nil {
		return Outcome{}, err
	}
	if j.Ask != nil {
		hold.Release()
		if err := j.askResume(ctx, b); err != nil {
			return Outcome{}, err
		}
		if hold, err = j.Journal.Hold(b.ID, Holding(j.By)); err != nil {
			return Outcome{}, err
		}
	}
	defer hold.Release()
	return j.submit(ctx, b)
}

// askResume offers what going on with a batch would send.
func (j *Job) askResume(ctx context.Context, b journal.Batch) error {
	all, lost := j.openBatch(ctx, b, true)
	if len(all) == 0 {
		return lost
	}
	sendable, err := j.sendable(ctx, b)
	if err != nil {
		return err
	}
	o := Offer{Known: true}
	for e, err := range j.Journal.Entries(ctx, b) {
		if err != nil {
			return err
		}
		if sendable(e) {
			e.State = journal.Queued
			o.ToSend.Add(e, 1)
		}
	}
	services, err := j.Journal.Services(ctx, b)
	if err != nil {
		return err
	}
	o.Checked = j.checked(batch.Plan{Totals: o.ToSend, Services: services, Worksheet: b.Worksheet})
	o.BatchID = b.ID
	return j.Ask(o)
}

// sendable tells which rows going on with a batch would send: those that are queued, and those held that it
// releases, where their services are as they were approved. Its panels are open.
func (j *Job) sendable(ctx context.Context, b journal.Batch) (func(journal.Entry) bool, error) {
	approved, err := j.Journal.Services(ctx, b)
	if err != nil {
		return nil, err
	}
	type service struct{ panel, id string }
	bad := map[service]bool{}
	for _, was := range approved {
		if o := j.find(was.Panel); o != nil && o.rules.Catalogue != nil {
			is, found := o.rules.Catalogue.Service(was.ID)
			reason, _ := batch.Changed(was.Service, is, found)
			bad[service{was.Panel, was.ID}] = reason != "" && !(reason == journal.Dearer && j.AcceptPrice)
		}
	}
	released := append(j.releases(), journal.Dearer, journal.Changed)
	return func(e journal.Entry) bool {
		waits := e.State == journal.Queued || e.State == journal.Held && slices.Contains(released, e.Reason)
		return waits && !bad[service{e.Panel, e.Service}] && j.find(e.Panel) != nil
	}, nil
}

// releases are the reasons for which rows are held that this run sends.
func (j *Job) releases() []journal.Reason {
	release := []journal.Reason{journal.OverCap}
	if j.AllowDuplicates {
		release = append(release, journal.Duplicate)
	}
	if j.AllowRepeat {
		release = append(release, journal.Repeat)
	}
	return release
}

// submit sends what the batch has queued, and asks what the panels made of it. This process holds b.
func (j *Job) submit(ctx context.Context, b journal.Batch) (Outcome, error) {
	out := Outcome{Batch: b}
	all, lost := j.openBatch(ctx, b, true) // in a run they are proved already
	if len(all) == 0 {
		return out, lost
	}
	if lost != nil {
		out.Notes = append(out.Notes, "rows on a panel that can't be used now stay as they are: "+lost.Error())
	}
	if (j.MaxSpend.Valid || b.MaxSpend.Valid) && !oneCurrency(all) {
		return out, ErrCurrencies
	}
	if err := j.begin(ctx, b, all); err != nil {
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
	if out.End, err = j.send(ctx, b, all); err != nil {
		return out, err
	}
	if j.Settle && ctx.Err() == nil && out.End.Stop != batch.KeyRefused && out.End.Stop != batch.Unwritable {
		if out.Settlement, err = j.settleOn(ctx, b, all, (*batch.Settler).SettleAll); err != nil {
			out.Notes = append(out.Notes, "the rows in doubt could not be settled: "+err.Error())
		}
	}
	out.Notes = append(out.Notes, j.askAfter(ctx, b, all, out.End)...)
	// A cancelled run still tells how the batch stands.
	return out, j.sum(context.WithoutCancel(ctx), &out)
}

// begin brings the batch's rows into the states in which a run may meet them.
func (j *Job) begin(ctx context.Context, b journal.Batch, all []*opened) error {
	if _, err := j.Journal.Recover(b); err != nil {
		return err
	}
	for _, o := range all {
		if err := j.Journal.SendOn(b, o.name(), o.rules.Account); err != nil {
			return err
		}
	}
	if j.AllowRepeat {
		if _, err := j.Journal.AllowRepeats(b, time.Now()); err != nil {
			return err
		}
	}
	// Before the services are watched: what is released now may have become dearer while it was held.
	if _, err := j.Journal.Release(b, j.releases()...); err != nil {
		return err
	}
	run := journal.Run{Started: time.Now(), MaxSpend: j.MaxSpend}
	for _, o := range all {
		if _, err := j.watcher(b).Watch(ctx, o.name(), o.rules.Catalogue); err != nil {
			return err
		}
		run.Panel, run.Currency, run.BalanceBefore = o.name(), o.balance.Currency, decimal.NewNullDecimal(
			o.balance.Amount,
		)
		if err := j.Journal.Note(b, run); err != nil {
			return err
		}
	}
	return nil
}

func (j *Job) sum(ctx context.Context, out *Outcome) (err error) {
	if out.Batch, err = j.Journal.Batch(ctx, out.Batch.ID); err != nil {
		return err
	}
	out.Totals, err = j.Journal.Totals(ctx, out.Batch)
	return err
}

func (j *Job) watcher(b journal.Batch) batch.Watcher {
	return batch.Watcher{Journal: j.Journal, Batch: b, AcceptPrice: j.AcceptPrice}
}
