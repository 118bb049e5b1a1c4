package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/settle"
	"bulkorder/parse"
)

// Settling says how rows in doubt are looked for.
type Settling struct {
	Wait bool          // not before the youngest can be settled
	Late time.Duration // of [settle.Settler]
}

// Settle looks for the orders of a batch's rows in doubt.
func (d *Desk) Settle(ctx context.Context, b journal.Batch, o Settling) (Outcome, error) {
	out := Outcome{Batch: b}
	defer d.busy("looking for the orders of the rows in doubt of batch %s", b.ID)()
	err := d.holding(ctx, &out, func(w *work, all []*opened, lost error) (err error) {
		if lost != nil {
			out.Notes = append(out.Notes, "rows on a panel that can't be used now are not looked for: "+lost.Error())
		}
		for _, on := range all {
			if err := w.makeUp(ctx, b, on, &out); err != nil {
				return err
			}
		}
		once := (*settle.Settler).Settle
		if o.Wait {
			once = (*settle.Settler).SettleAll
		}
		if out.Settlement, err = w.settleOn(ctx, b, all, o.Late, once); err != nil {
			return err
		}
		taught, err := w.lessons(ctx, b, all)
		out.Notes = append(out.Notes, taught...)
		return err
	})
	return out, err
}

// Decision is a person's word about rows of a batch.
type Decision struct {
	Rows     []batch.Span // by their numbers in the sheet
	OrderID  string       // the one row is this order
	Queue    bool         // the rows were not placed, and are queued again
	Although []string     // orders that are none of the rows'; without the others: what was decided stands although
	Reason   string
	Late     time.Duration            // of [settle.Settler]
	Agree    func(words string) error // asked where something speaks against the word; nil: nobody can be asked
}

// Decide keeps a person's word about rows in doubt, or that what was decided about rows stands.
func (d *Desk) Decide(ctx context.Context, b journal.Batch, o Decision) (Outcome, error) {
	out := Outcome{Batch: b}
	err := d.holding(ctx, &out, func(w *work, _ []*opened, _ error) error {
		if o.OrderID == "" && !o.Queue {
			return w.answerAlarms(ctx, b, o)
		}
		byPanel, err := w.chosen(ctx, b, o.Rows)
		if err != nil {
			return err
		}
		for name, rows := range byPanel {
			on, err := w.open(ctx, name)
			if err != nil {
				return err
			}
			word := settle.Word{OrderID: o.OrderID, Although: o.Although, Reason: o.Reason, Agree: o.Agree}
			for _, e := range rows {
				word.Lines = append(word.Lines, e.At())
			}
			if err := w.settler(b, on, o.Late).Force(ctx, word); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// chosen gives the rows with these numbers, by panel.
func (w *work) chosen(ctx context.Context, b journal.Batch, spans []batch.Span) (map[string][]journal.Entry, error) {
	all := map[string][]journal.Entry{}
	for _, line := range lines(spans) {
		e, err := w.journal.AtLine(ctx, b, line, journal.InDoubt)
		if several := (*journal.SeveralError)(nil); errors.As(err, &several) {
			return nil, &Mistake{err}
		}
		if err != nil {
			return nil, err
		}
		all[e.Panel] = append(all[e.Panel], e)
	}
	return all, nil
}

// lines gives the rows one by one.
func lines(spans []batch.Span) (all []parse.Line) {
	for _, s := range spans {
		for n := s.From; n <= s.To; n++ {
			all = append(all, parse.Line{N: n, Tab: s.Tab, Seq: s.Seq})
		}
	}
	return all
}

// answerAlarms keeps that what was decided about rows stands although there are these orders: whichever row it is of
// those that bear a number.
func (w *work) answerAlarms(ctx context.Context, b journal.Batch, o Decision) error {
	answered := 0
	for _, line := range lines(o.Rows) {
		rows, err := w.journal.AllAtLine(ctx, b, line)
		if err != nil {
			return err
		}
		for _, e := range rows {
			n, err := w.journal.AnswerAlarms(b, e.Seq, o.Although, w.desk.By, o.Reason, time.Now())
			if err != nil {
				return err
			}
			answered += n
		}
	}
	if answered == 0 {
		return &Mistake{fmt.Errorf("no alarm names order %s for these rows", strings.Join(o.Although, ", "))}
	}
	return nil
}

// holding gives the accounts of a batch that this process holds, its interrupted rows in doubt, and adds up how it
// stands afterwards.
func (d *Desk) holding(ctx context.Context, out *Outcome, do func(w *work, all []*opened, lost error) error) error {
	b := out.Batch
	w, err := d.onBatch(ctx, b)
	if err != nil {
		return err
	}
	hold, err := w.journal.Hold(b.ID, d.holder())
	if err != nil {
		return err
	}
	defer hold.Release()
	all, lost := w.openBatch(ctx, b, false)
	if len(all) == 0 {
		return lost
	}
	if _, err := w.journal.Recover(b); err != nil {
		return err
	}
	before, err := w.journal.Totals(ctx, b)
	if err != nil {
		return err
	}
	if err := do(w, all, lost); err != nil {
		return err
	}
	if err := w.sum(ctx, out); err != nil {
		return err
	}
	return w.renewToFix(ctx, out, before)
}

// renewToFix writes the results again where rows are to be corrected now that weren't before, or the other way round:
// the command that is told next reads the sheet of them.
func (w *work) renewToFix(ctx context.Context, out *Outcome, before journal.Totals) error {
	unsure := func(t journal.Totals) bool {
		return t.States[journal.Refused] > 0 && (t.Owed != nil || len(t.Alarms) > 0 ||
			t.States[journal.InDoubt]+t.States[journal.Sending] > 0)
	}
	if unsure(before) == unsure(out.Totals) || out.Batch.Written == 0 || !fileExists(out.Batch.Workbook) {
		return nil
	}
	return w.write(ctx, out, Results{Path: out.Batch.Workbook})
}

// settleOn settles the rows in doubt on each panel.
func (w *work) settleOn(ctx context.Context, b journal.Batch, all []*opened, late time.Duration,
	once func(*settle.Settler, context.Context) (settle.Settlement, error),
) (settle.Settlement, error) {
	var sum settle.Settlement
	for _, o := range all {
		one := w.settler(b, o, late)
		one.Hold = func(ctx context.Context) ([]journal.Batch, func(), error) { return w.holdBeside(ctx, b, o) }
		s, err := once(one, ctx)
		sum.Join(s)
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

func (w *work) settler(b journal.Batch, o *opened, late time.Duration) *settle.Settler {
	return &settle.Settler{Journal: w.journal, Batch: b, Panel: o.Panel, Pace: o.calls, By: w.desk.By, Late: late,
		Busy: w.desk.Busy}
}

// doubtfulBatches gives the batches that have rows in doubt on an account, or placed ones whose order may be such a
// row's.
func (w *work) doubtfulBatches(ctx context.Context, b journal.Batch, o *opened) (ids []string, err error) {
	doubts, err := w.journal.Doubts(ctx, b, o.Name())
	for _, d := range doubts {
		ids = append(ids, d.Batch)
	}
	if err != nil {
		return ids, err
	}
	alike, err := w.journal.Alike(ctx, b.AccountOn(o.Name()))
	for _, a := range alike {
		ids = append(ids, a.Batch)
	}
	return ids, err
}

// holdBeside holds the other batches that have rows in doubt on an account, those that no other process holds, and
// finds their interrupted rows in doubt.
func (w *work) holdBeside(ctx context.Context, b journal.Batch, o *opened) (held []journal.Batch, release func(),
	err error,
) {
	var holds []*journal.Hold
	release = func() {
		for _, h := range holds {
			h.Release()
		}
	}
	ids, err := w.doubtfulBatches(ctx, b, o)
	asked := map[string]bool{b.ID: true}
	for _, id := range ids {
		if asked[id] || err != nil {
			continue
		}
		asked[id] = true
		var other *journal.HeldError
		hold, lost := w.journal.Hold(id, w.desk.holder())
		if errors.As(lost, &other) {
			continue
		}
		if err = lost; err != nil {
			continue
		}
		holds = append(holds, hold)
		var beside journal.Batch
		if beside, err = w.journal.Batch(ctx, id); err == nil {
			_, err = w.journal.Recover(beside)
			held = append(held, beside)
		}
	}
	if err != nil {
		release()
		return nil, nil, err
	}
	return held, release, nil
}
