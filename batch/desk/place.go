package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch"
	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
	"bulkorder/batch/settle"
)

// Place makes a draft the batch that it becomes, and sends its rows. The same sheet again is the same batch. Whatever
// happened since the draft was prepared counts: repeats are judged again, and prices and balances too. An error doesn't
// tell whether the batch is in the books: where it is, its job sends it.
func (d *Desk) Place(ctx context.Context, p *Draft, s Sending) (Outcome, error) {
	if err := p.refused(); err != nil {
		return Outcome{}, err
	}
	if behind := p.work.journal.Behind(); behind != nil {
		return Outcome{}, behind
	}
	if err := p.elsewhere(ctx); err != nil {
		return Outcome{}, err
	}
	hold, err := p.work.journal.Hold(p.ID, d.holder())
	if err != nil {
		return Outcome{}, err
	}
	defer hold.Release()
	if err := p.work.pilot(ctx, p.ID, &s); err != nil {
		return Outcome{}, err
	}
	if s.Detach {
		job, err := s.job(d.By)
		if err != nil {
			return Outcome{}, err
		}
		p.draft.Job = &job
	}
	// Who places it may be another person than who had it prepared.
	p.work.desk, p.draft.Batch.By = d, d.By
	p.draft.Upload, p.draft.Cap = p.asked.Upload, s.MaxSpend
	b, err := p.draft.Admit(ctx, p.ID, p.repeats())
	if err != nil {
		return Outcome{}, err
	}
	p.draft = nil // it is a batch now
	if err := d.keepAccepted(p.work.journal, append(p.Plan.Accepted, p.accepted...)); err != nil {
		return Outcome{}, err
	}
	s.Results = s.Results.spare(b, p.spared)
	return p.work.submit(ctx, b, s)
}

// Resume goes on with a batch of the journal.
func (d *Desk) Resume(ctx context.Context, b journal.Batch, s Sending) (Outcome, error) {
	w, err := d.onBatch(ctx, b)
	if err != nil {
		return Outcome{}, err
	}
	if behind := w.journal.Behind(); behind != nil {
		return Outcome{}, behind
	}
	hold, err := w.journal.Hold(b.ID, d.holder())
	if err != nil {
		return Outcome{}, err
	}
	defer hold.Release()
	if err := w.pilot(ctx, b.ID, &s); err != nil {
		return Outcome{}, err
	}
	var told Outcome
	if s.Results, err = w.told(ctx, b, s, &told); err != nil {
		return told, err
	}
	if s.Alone && !s.unwatched {
		if s.only, err = w.seqs(ctx, b, s.Release); err != nil {
			return told, err
		}
	}
	out, err := w.submit(ctx, b, s)
	out.Notes = append(told.Notes, out.Notes...)
	if err == nil && s.Detach { // last: who is told of an error must not find the rows sent all the same
		err = w.enqueue(ctx, b, s)
	}
	return out, err
}

// submit sends what the batch has queued, asks what the panels made of it, and writes the results; detached, it leaves
// the sending to a worker. This process holds b.
func (w *work) submit(ctx context.Context, b journal.Batch, s Sending) (Outcome, error) {
	out := Outcome{Batch: b}
	all, lost := w.openBatch(ctx, b, true) // in a run they are proved already
	if len(all) == 0 {
		return out, lost
	}
	if err := w.sameAccounts(ctx, b, all); err != nil {
		return out, err
	}
	out.Notes = w.notes()
	if lost != nil {
		out.Notes = append(out.Notes, "rows on a panel that can't be used now stay as they are: "+lost.Error())
	}
	if (s.MaxSpend.Valid || b.MaxSpend.Valid) && !oneCurrency(all) {
		return out, ErrCurrencies
	}
	if err := w.begin(ctx, b, all, s, &out); err != nil {
		return out, err
	}
	if err := w.keepPilot(b, s); err != nil {
		return out, err
	}
	b, err := w.journal.Batch(ctx, b.ID)
	if err != nil {
		return out, err
	}
	if err := w.ready(b, s.Results); err != nil {
		return out, err
	}
	if s.Detach {
		err = w.journal.Note(b, journal.Run{Ended: time.Now()})
		return out, errors.Join(err, w.show(ctx, &out, s.Results))
	}
	if out.End, err = w.send(ctx, b, all, s); err == nil {
		err = w.endPilot(b, s, out.End)
	}
	if err != nil {
		return out, err
	}
	if out.End.Stop == batch.Done && !s.unwatched { // a job that a worker is at ends itself
		if err := w.journal.EndJob(ctx, b); err != nil {
			return out, err
		}
	}
	if s.Settle && ctx.Err() == nil && out.End.Stop != batch.KeyRefused && out.End.Stop != batch.Unwritable {
		once := (*settle.Settler).SettleAll
		if s.unwatched {
			once = (*settle.Settler).Settle // nobody is kept from the batch meanwhile
		}
		if out.Settlement, err = w.settleOn(ctx, b, all, s.Late, once); err != nil {
			out.Notes = append(out.Notes, "the rows in doubt could not be settled: "+err.Error())
		}
	}
	w.askAfter(ctx, b, all, s, &out)
	taught, err := w.lessons(context.WithoutCancel(ctx), b, all)
	if out.Notes = append(out.Notes, taught...); err != nil {
		return out, err
	}
	// A cancelled run still tells how the batch stands.
	err = w.show(context.WithoutCancel(ctx), &out, s.Results)
	if err == nil && !(s.unwatched && (passes(out.End) || out.Settlement.Ready.After(time.Now()))) {
		w.notifyAll(ctx, &out)
	}
	return out, err
}

// begin brings the batch's rows into the states in which a run may meet them.
func (w *work) begin(ctx context.Context, b journal.Batch, all []*opened, s Sending, out *Outcome) error {
	if _, err := w.journal.Recover(b); err != nil {
		return err
	}
	for _, o := range all {
		if err := w.journal.SendOn(b, o.Name(), o.number); err != nil {
			return err
		}
	}
	if s.AllowRepeat {
		if _, err := w.journal.AllowRepeats(b, s.said()); err != nil {
			return err
		}
	}
	if s.AcceptPrice {
		if err := w.approveCharges(ctx, b); err != nil {
			return err
		}
	}
	// Before the services are watched: what is released now may have become dearer while it was held.
	if !s.Alone {
		if _, err := w.journal.Release(b, s.releases()...); err != nil {
			return err
		}
	}
	if err := w.release(ctx, b, s); err != nil {
		return err
	}
	run := journal.Run{Started: time.Now(), MaxSpend: s.MaxSpend}
	for _, o := range all {
		var err error
		if o.look, err = o.Account.prove(ctx, s.older(), w.journal); err != nil {
			return err
		}
		if err := sameCurrency(b, o); err != nil {
			return err
		}
		if err := w.watch(ctx, b, o, s); err != nil {
			return err
		}
		run.Panel, run.Currency = o.Name(), o.balance.Currency
		run.BalanceBefore = decimal.NewNullDecimal(o.balance.Amount)
		if err := w.compare(ctx, b, o, s, out); err != nil {
			return err
		}
		if err := w.forgot(ctx, b, o, s, out); err != nil {
			return err
		}
		if err := w.journal.Note(b, run); err != nil {
			return err
		}
	}
	return nil
}

// watch holds the rows of services that aren't what was approved. A word about prices that was said to a question is
// about those that were shown with it.
func (w *work) watch(ctx context.Context, b journal.Batch, o *opened, s Sending) error {
	if shown := o.shown(); s.AcceptPrice && s.Afresh && shown != nil {
		if _, err := w.watcher(b, s.Word).Watch(ctx, o.Name(), shown); err != nil {
			return err
		}
	}
	_, err := w.watcher(b, Word{AcceptPrice: s.accepts()}).Watch(ctx, o.Name(), o.catalogue)
	return err
}

// accepts tells whether a person approves prices as they come.
func (s Sending) accepts() bool { return s.AcceptPrice && !s.Afresh }

func (s Sending) said() time.Time {
	if s.Said.IsZero() {
		return time.Now()
	}
	return s.Said
}

// older is how old catalogue and balance may be when rows begin to leave.
func (s Sending) older() time.Duration {
	switch {
	case s.Afresh:
		return 0
	case s.unwatched: // nobody was shown anything, and it may have been paused for as long as that
		return justNow
	}
	return recent
}

func (w *work) watcher(b journal.Batch, word Word) follow.Watcher {
	return follow.Watcher{Journal: w.journal, Batch: b, AcceptPrice: word.AcceptPrice}
}

// show adds up what a run came to, and writes the results where they don't show it yet.
func (w *work) show(ctx context.Context, out *Outcome, r Results) error {
	if err := w.sum(ctx, out); err != nil {
		return err
	}
	r.Path = out.Batch.Workbook
	if isShown(out.Batch, r) {
		return nil
	}
	if err := w.write(ctx, out, r); err != nil {
		return fmt.Errorf("the results could not be written, but every order is in the journal; "+
			"`bulkorder report %s --out FILE` writes them elsewhere: %w", out.Batch.ID, err)
	}
	return nil
}

// notifyAll posts what who isn't watching wants to know of a run that ended.
func (w *work) notifyAll(ctx context.Context, out *Outcome) {
	n := Notice{Batch: out.Batch, Totals: out.Totals, End: out.End}
	w.desk.notify(ctx, out, n)
	states := out.Totals.States
	if states[journal.Placed] > 0 && out.Totals.Open == 0 && states[journal.Queued] == 0 {
		n.Final = true
		w.desk.notify(ctx, out, n)
	}
}

// lost tells whether nothing more can be asked after a run that ended so.
func lost(end batch.End) bool {
	return slices.Contains([]batch.Stop{batch.KeyRefused, batch.Unreachable, batch.Unwritable}, end.Stop)
}
