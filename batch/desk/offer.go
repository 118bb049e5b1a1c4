package desk

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/parse"
)

// Offer tells what placing a draft, or going on with a batch, would do now. Nothing is changed by it.
type Offer struct {
	Batch    journal.Batch         // as it is, or as it would be, with the balances of now
	ID       string                // of the batch
	Known    bool                  // the batch is in the journal already
	Totals   journal.Totals        // of all rows of a draft; of a batch to go on with [Desk.Show] tells them
	ToSend   journal.Totals        // of the rows that would be sent now
	Left     map[journal.State]int // how many rows would not be sent, by state; of a batch those that are held
	Problems []parse.Problem       // of the sheet
	Notes    []string              // what reading the sheet noticed
	Services []journal.Service     // that its rows use
	Rate     string                // at which they would be sent, such as 60/m
	Time     time.Duration         // that this takes
	Proposed string                // options that may give the rows what they lack; "": none is known
	Refused  error                 // why nothing of it may be sent; nil: it may

	turned  []journal.Entry // rows in doubt that a look may queue
	piloted int             // rows of a pilot that was broken off
	opened  []*opened       // the accounts
	rows    func(context.Context) iter.Seq2[journal.Entry, error]
	rowsIn  func(context.Context, journal.State) iter.Seq2[journal.Entry, error] // nil: they aren't found by it
}

// RowsIn walks the rows of [Offer.Rows] that are in a state; ok is false where that is no quicker than to walk all.
func (o Offer) RowsIn(ctx context.Context, s journal.State) (rows iter.Seq2[journal.Entry, error], ok bool) {
	if o.rowsIn == nil {
		return nil, false
	}
	return o.rowsIn(ctx, s), true
}

// Warned tells whether any problem of the sheet asks for a person's word.
func (o Offer) Warned() bool {
	return slices.ContainsFunc(o.Problems, func(p parse.Problem) bool { return p.Asks != "" })
}

// Rows walks the rows that wait, and of a draft all others, in the states that they would have after a yes.
func (o Offer) Rows(ctx context.Context) iter.Seq2[journal.Entry, error] { return o.rows(ctx) }

// Offer judges a draft as things stand now: rows whose services changed since it was prepared, or that were ordered
// meanwhile, are held in it.
func (d *Desk) Offer(ctx context.Context, p *Draft) (Offer, error) {
	defer d.busy("comparing the rows with what was ordered already")()
	j := p.work.journal
	o := Offer{ID: p.ID, Problems: p.Plan.Problems, Services: p.Plan.Services, Refused: p.refused(),
		Proposed: p.Plan.Proposed}
	if err := p.watch(ctx); err != nil {
		return o, err
	}
	o.Notes = append(slices.Clone(p.Plan.Notes), p.work.notes()...)
	if behind := j.Behind(); behind != nil {
		o.Notes = append(o.Notes, "nothing can be sent yet: "+behind.Error())
	}
	o.Batch = withBalances(p.draft.Batch, p.work.accounts())
	if err := p.draft.Judge(p.ID, p.repeats()); err != nil {
		return o, err
	}
	free, err := j.Free(ctx, p.ID)
	if err != nil {
		return o, err
	}
	if o.Known = !free; o.Known && o.Refused == nil {
		o.Refused = p.elsewhere(ctx)
	}
	if o.Totals, err = p.draft.Totals(ctx); err != nil {
		return o, err
	}
	if o.ToSend, err = p.draft.Outlook(ctx, p.ID, p.asked.AcceptPrice); err != nil {
		return o, err
	}
	if err := p.ordered(ctx, &o); err != nil {
		return o, err
	}
	leaving, err := p.draft.Leaving(ctx, p.ID)
	if err != nil {
		return o, err
	}
	o.Notes = append(o.Notes, leavingWords(p.ID, leaving)...)
	o.opened = p.work.opened
	if o.rows = p.Rows; !o.Known {
		o.rowsIn = p.RowsIn
	}
	o.pace(p.work, o.ToSend)
	return o, nil
}

// leavingWords say which rows of a batch are still to be sent and no longer in its sheet.
func leavingWords(id string, l journal.Leaving) []string {
	if len(l.Lines) == 0 {
		return nil
	}
	var names []string
	for _, at := range l.Lines[:min(len(l.Lines), namedOrders)] {
		names = append(names, at.String())
	}
	if len(names) < len(l.Lines) {
		names = append(names, "…")
	}
	then := "are left out"
	if l.Held {
		then = "are held"
	}
	return []string{fmt.Sprintf("rows of batch %s that were still to be sent and are no longer in the sheet: %d (%s); they "+
		"%s, and stay in the results", id, len(l.Lines), strings.Join(names, ", "), then)}
}

// watch holds the rows of a draft whose services aren't what they were when it was prepared.
func (p *Draft) watch(ctx context.Context) error {
	w := p.work
	for _, o := range w.opened {
		was := o.catalogue
		var err error
		if o.look, err = o.Account.prove(ctx, recent, w.journal); err != nil {
			return err
		}
		if o.catalogue == was && !p.kept {
			continue
		}
		if err := p.draft.Whole(); err != nil {
			return err
		}
		if _, err := w.watcher(p.draft.Batch, p.asked.Word).Watch(ctx, o.Name(), o.catalogue); err != nil {
			return err
		}
	}
	for _, o := range w.opened {
		if o.proved {
			o.show(o.catalogue)
		}
	}
	return nil
}

// OfferResume tells what going on with a batch would send.
func (d *Desk) OfferResume(ctx context.Context, b journal.Batch, word Word) (Offer, error) {
	o := Offer{ID: b.ID, Known: true}
	defer d.busy("looking how batch %s stands", b.ID)()
	w, err := d.onBatch(ctx, b)
	if err != nil {
		return o, err
	}
	if behind := w.journal.Behind(); behind != nil {
		return o, behind
	}
	all, lost := w.openBatch(ctx, b, true)
	if len(all) == 0 {
		return o, lost
	}
	if err := w.sameAccounts(ctx, b, all); err != nil {
		return o, err
	}
	if (word.MaxSpend.Valid || b.MaxSpend.Valid) && !oneCurrency(all) {
		o.Refused = ErrCurrencies
	}
	if o.Services, err = w.journal.Services(ctx, b); err != nil {
		return o, err
	}
	turned, err := w.turned(ctx, b, all)
	if err != nil {
		return o, err
	}
	if len(turned) > 0 {
		o.Notes = append(
			o.Notes,
			fmt.Sprintf("rows that the panel turned away and that may have been ordered all the same: %d; "+
				"they leave only if the balance shows that nothing was charged for them", len(turned)),
		)
	}
	sendable, err := w.sendable(ctx, b, o.Services, word)
	if err != nil {
		return o, err
	}
	if err := o.countPilot(ctx, w, b); err != nil {
		return o, err
	}
	o.Left = map[journal.State]int{}
	err = w.journal.Waiting(ctx, b, func(e journal.Entry, n int) {
		if !sendable.alike(e) {
			o.Left[e.State] += n
			return
		}
		o.send(sendable.prices.of(e), n)
	})
	if err != nil {
		return o, err
	}
	o.release(sendable)
	o.rows = func(ctx context.Context) iter.Seq2[journal.Entry, error] { return w.waiting(ctx, b, sendable) }
	for _, e := range turned {
		o.send(sendable.prices.of(e), 1)
	}
	o.turned, o.opened = turned, w.opened
	o.Batch, o.Notes = withBalances(b, w.accounts()), append(w.notes(), o.Notes...)
	o.Notes = append(o.Notes, sendable.prices.words(o.ToSend)...)
	o.pace(w, o.ToSend)
	return o, nil
}

// send counts rows that would be sent.
func (o *Offer) send(e journal.Entry, n int) {
	e.State = journal.Queued
	o.ToSend.Add(e, n)
}

// release counts the rows that are released by their numbers.
func (o *Offer) release(s *sendable) {
	for _, e := range s.released {
		if was := e.State; !s.alike(e) && s.service(e) {
			o.send(s.prices.of(e), 1)
			o.Left[was]--
		}
	}
}

// turned gives the rows in doubt that a look may queue, and notes what the question shows.
func (w *work) turned(ctx context.Context, b journal.Batch, all []*opened) (turned []journal.Entry, err error) {
	for _, on := range all {
		on.show(on.catalogue)
		rows, err := w.journal.TurnedAway(ctx, b, on.number)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			turned = append(turned, r.Entry)
		}
	}
	return turned, nil
}

// releases are the reasons for which rows are held that a run with this word sends.
func (w Word) releases() []journal.Reason {
	release := []journal.Reason{journal.OverCap}
	if w.AllowDuplicates {
		release = append(release, journal.Duplicate)
	}
	if w.AcceptPrice {
		release = append(release, journal.Dear)
	}
	if w.AllowRepeat {
		release = append(release, journal.Repeat, journal.InWorkbook, journal.Forgotten)
	}
	return release
}

// withBalances gives a batch with the balances of now.
func withBalances(b journal.Batch, now []journal.Account) journal.Batch {
	if len(now) > 0 {
		own := now[0]
		b.Panel, b.URL, b.Currency = own.Panel, own.URL, own.Currency
		b.BalanceBefore, b.Others = own.BalanceBefore, now[1:]
	}
	return b
}

// AskBalances asks the accounts for their balances of this moment: those of the offer may be a minute old.
func (o *Offer) AskBalances(ctx context.Context) error {
	for i, on := range o.opened {
		if !on.proved {
			continue
		}
		now, err := on.Panel.Balance(ctx)
		if err != nil {
			return err
		}
		amount := decimal.NewNullDecimal(now.Amount)
		if i == 0 {
			o.Batch.BalanceBefore = amount
		} else if i <= len(o.Batch.Others) {
			o.Batch.Others = slices.Clone(o.Batch.Others)
			o.Batch.Others[i-1].BalanceBefore = amount
		}
	}
	return nil
}

// pace tells how long sending rows takes: panels are sent to side by side.
func (o *Offer) pace(w *work, t journal.Totals) {
	rows := map[string]int{}
	for _, p := range t.ByPanel() {
		rows[p.Panel] = p.Rows
	}
	var rates []string
	for _, one := range w.opened {
		rates = append(rates, one.rate().String())
		o.Time = max(o.Time, pace.New(one.rate()).Left(rows[one.Name()]))
	}
	o.Rate = strings.Join(slices.Compact(rates), " and ")
}

// Idle fails with a [*journal.HeldError] where another process works on a batch.
func (d *Desk) Idle(ctx context.Context, id string) error {
	j, err := d.Journal(ctx)
	if err != nil {
		return err
	}
	hold, err := j.Hold(id, d.holder())
	if err != nil {
		return err
	}
	return hold.Release()
}
