package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/batch/settle"
)

// sumOf gives what compares an account's balance with its orders.
func (w *work) sumOf(b journal.Batch, o *opened) *settle.Sum {
	sum := w.settler(b, o, 0).Sum()
	sum.Account = cmp.Or(o.number, sum.Account) // a batch may not know yet where it will be sent
	return sum
}

// unsure tells whether requests may have been taken since a time though the books don't say so: those of a batch, or
// those of others on the account that the panel said no to.
func (w *work) unsure(ctx context.Context, b journal.Batch, o *opened, since time.Time) (bool, error) {
	if is, err := w.journal.Unsure(ctx, b, o.Name(), since); is || err != nil {
		return is, err
	}
	if measured := time.Now().Add(-settle.Remembered); since.Before(measured) {
		since = measured
	}
	told, err := w.journal.ToldNo(ctx, w.sumOf(b, o).Account, since)
	return len(told) > 0, err
}

// compare notes how an account stands before the first row of a run leaves. Where earlier runs left it open whether
// requests were taken, what they left of the balance tells.
func (w *work) compare(ctx context.Context, b journal.Batch, o *opened, s Sending, out *Outcome) error {
	o.began = o.answered
	last, owed, err := w.owed(ctx, b, o)
	if err != nil {
		return err
	}
	sum := w.sumOf(b, o)
	if !owed {
		_, err := sum.Note(o.balance.Amount, o.at, o.answered, o.at)
		if errors.Is(err, journal.ErrUnquiet) {
			return nil
		}
		return err
	}
	now, err := sum.Strike(ctx, time.Now())
	if errors.Is(err, journal.ErrBroken) || ctx.Err() != nil {
		return err
	}
	if err != nil { // what is in doubt stays so
		out.Notes = append(out.Notes, "what the rows in doubt were charged can't be looked at now: "+err.Error())
		return nil
	}
	o.began = now.At
	if _, err := sum.Turn(ctx, b, w.desk.By, now, s.Late); err != nil {
		return err
	}
	gap, err := w.journal.Gap(ctx, last, now)
	if err != nil {
		return err
	}
	return w.explain(ctx, b, o, gap, out)
}

// owed tells whether an account's balance wasn't compared with its orders since requests left that the books can't be
// sure of: a run was killed, or others were sending when it ended. last is the moment to compare with.
func (w *work) owed(ctx context.Context, b journal.Batch, o *opened) (last journal.Moment, owed bool, err error) {
	last, err = w.journal.MomentBefore(ctx, w.sumOf(b, o).Account, time.Now())
	if errors.Is(err, journal.ErrNoMoment) {
		return last, false, nil
	}
	if err == nil {
		owed, err = w.unsure(ctx, b, o, last.At)
	}
	return last, owed, err
}

// makeUp compares what left the balance with what the orders were charged, where a run still owes it. Whoever calls it
// holds the batch.
func (w *work) makeUp(ctx context.Context, b journal.Batch, o *opened, out *Outcome) error {
	last, owed, err := w.owed(ctx, b, o)
	if err == nil && !owed && !last.At.IsZero() {
		owed, err = w.sumOf(b, o).LeftOpen(ctx, b, last)
	}
	if err != nil || !owed {
		return err
	}
	now, err := w.sumOf(b, o).Strike(ctx, time.Now())
	if errors.Is(err, journal.ErrUnquiet) {
		words, err := w.unquiet(ctx, b, o)
		out.Notes = append(out.Notes, words)
		return err
	}
	if err != nil {
		return err
	}
	gap, err := w.journal.Gap(ctx, last, now)
	if err != nil {
		return err
	}
	return w.explain(ctx, b, o, gap, out)
}

// makeUpIdle does so where no other process works on the batch's rows: that one will.
func (w *work) makeUpIdle(ctx context.Context, b journal.Batch, o *opened, out *Outcome) error {
	hold, err := w.journal.Hold(b.ID, w.desk.holder())
	var other *journal.HeldError
	if errors.As(err, &other) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(w.makeUp(ctx, b, o, out), hold.Release())
}

// unquiet says why a balance can't be compared now: another batch is being sent, or broke off while it was.
func (w *work) unquiet(ctx context.Context, b journal.Batch, o *opened) (string, error) {
	all, err := w.journal.Sending(ctx, w.sumOf(b, o).Account)
	if err != nil {
		return "", err
	}
	for _, id := range all {
		if id == b.ID {
			continue
		}
		hold, err := w.journal.Hold(id, w.desk.holder())
		var other *journal.HeldError
		if errors.As(err, &other) {
			continue
		}
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("batch %[1]s broke off while its requests were under way on %[2]s, so the balance can't tell now "+
				"whether a row that the panel said no to was ordered all the same: bulkorder settle %[1]s", id, o.Name()),
			hold.Release()
	}
	return fmt.Sprintf("orders are being sent on %s beside this, so its balance can't tell now whether a row that "+
		"the panel said no to was ordered all the same; it is compared when nothing is sent there", o.Name()), nil
}

// strike compares what left the balance during a run with what the orders were charged.
func (w *work) strike(ctx context.Context, b journal.Batch, o *opened, seen settle.Looked, out *Outcome) error {
	gap := seen.Gap
	if gap.To.At.IsZero() {
		now, err := w.sumOf(b, o).Note(seen.Balance.Decimal, seen.Asked, time.Now(), seen.Began)
		if err == nil {
			gap, err = w.sumOf(b, o).Since(ctx, o.began.Add(time.Millisecond), now)
		}
		if errors.Is(err, journal.ErrUnquiet) || errors.Is(err, journal.ErrNoMoment) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return w.explain(ctx, b, o, gap, out)
}

// explain tells what a gap leaves unexplained, puts the rows in doubt whose charge it may be though the panel said no,
// and keeps the alarm where it may be a row that was ordered twice: of the account's other batches too, for one that
// ended while this one was sending could not be compared then.
func (w *work) explain(ctx context.Context, b journal.Batch, o *opened, gap journal.Gap, out *Outcome) error {
	_, again, err := w.recheck(ctx, b, o, gap.To)
	if err != nil {
		return err
	}
	if again != "" {
		out.Twice, out.End.Alarm = again, again
	}
	beside, err := w.recheckBeside(ctx, b, o, gap.To)
	if err != nil {
		return err
	}
	out.Notes = append(out.Notes, beside...)
	lacks, least := gap.Least, "at least "
	if gap.Lacks() {
		lacks, least = gap.Unexplained, ""
	}
	if again != "" || len(beside) > 0 || !lacks.IsPositive() {
		return nil
	}
	why, explained, err := w.mayExplain(ctx, gap, lacks)
	if err != nil {
		return err
	}
	words := fmt.Sprintf("%s%s left the balance of %s since %s that no order explains; %s", least, lacks, o.Name(),
		gap.From.At.Local().Format(time.DateTime), why)
	if o.Panel.Panel.Exclusive != panel.Alone || explained {
		out.Notes = append(out.Notes, words)
		return nil
	}
	out.Unexplained, out.End.Alarm = words, cmp.Or(out.End.Alarm, words)
	return nil
}

// mayExplain says what may have left a balance that no order of its account explains. explained tells that the books
// know of what may be all of it: rows in doubt, or what was ordered under another name of the account.
func (w *work) mayExplain(ctx context.Context, gap journal.Gap, lacks decimal.Decimal) (
	why string, explained bool, err error,
) {
	spent, err := w.journal.SpentBeside(ctx, gap.To.Account, gap.From.At)
	if err != nil {
		return "", false, err
	}
	doubts, err := w.journal.DoubtfulPrices(ctx, gap.To.Account)
	if err != nil {
		return "", false, err
	}
	known := spent.Cost.Add(gap.Error)
	for _, d := range doubts {
		known, explained = known.Add(d.Decimal), explained || !d.Valid
	}
	explained = explained || lacks.LessThanOrEqual(known)
	if apart := lacks.Sub(spent.Cost).Abs(); len(spent.Panels) > 0 && apart.LessThanOrEqual(gap.Error) {
		return fmt.Sprintf("it is what was ordered since on %s, which seems to be the same account under another name or "+
			"address", strings.Join(spent.Panels, " and ")), explained, nil
	}
	doubtful, err := w.journal.Doubtful(ctx, gap.To.Account, gap.From.Asked)
	if err != nil {
		return "", false, err
	}
	if doubtful.IsPositive() {
		return "it may be a row in doubt, or somebody else uses the account", explained, nil
	}
	return "somebody else uses the account, a request came twice, or the panel takes more than it tells: compare its page " +
		"of orders and payments with the results", explained, nil
}

// recheck puts rows of a batch in doubt that the panel said no to, and keeps alarms about those that were sent again
// and those that are too many to doubt, by what left the balance until a moment. again says what the alarms are about;
// empty: there is none.
func (w *work) recheck(ctx context.Context, b journal.Batch, o *opened, now journal.Moment) (
	doubted int, again string, err error,
) {
	sum := w.sumOf(b, o)
	r, err := sum.Recheck(ctx, b, now)
	if err != nil {
		return r.Doubted, "", err
	}
	twice, unexplained, err := sum.Again(ctx, b, now)
	if err != nil || len(twice) == 0 {
		return r.Doubted, r.Alarm, err
	}
	for _, c := range twice {
		err := w.journal.RaiseAlarm(b.ID, journal.Alarm{Seq: c.Seq, At: time.Now(), OrderID: c.OrderID,
			Words: settle.SentTwice([]journal.Charged{c}, unexplained)})
		if err != nil {
			return r.Doubted, r.Alarm, err
		}
	}
	return r.Doubted, strings.TrimPrefix(r.Alarm+"; "+settle.SentTwice(twice, unexplained), "; "), nil
}

// recheckBeside does the same for the other batches of the account, save those that another process holds: that one
// will do it. It says what it found.
func (w *work) recheckBeside(ctx context.Context, b journal.Batch, o *opened, now journal.Moment) ([]string, error) {
	all, err := w.journal.ToldNo(ctx, now.Account, now.Asked.Add(-settle.Remembered))
	if err != nil {
		return nil, err
	}
	var notes []string
	for _, beside := range all {
		if beside.ID == b.ID {
			continue
		}
		hold, err := w.journal.Hold(beside.ID, w.desk.holder())
		var other *journal.HeldError
		if errors.As(err, &other) {
			continue
		}
		if err != nil {
			return notes, err
		}
		doubted, again, err := w.recheck(ctx, beside, o, now)
		if err = errors.Join(err, hold.Release()); err != nil {
			return notes, err
		}
		if doubted > 0 {
			notes = append(notes, fmt.Sprintf("rows of batch %s that the panel said no to and that may have been ordered all "+
				"the same, by what left the balance: %d; they are in doubt now: bulkorder settle %[1]s", beside.ID, doubted))
		}
		if again != "" {
			notes = append(notes, fmt.Sprintf("batch %s: %s", beside.ID, again))
		}
	}
	return notes, nil
}
