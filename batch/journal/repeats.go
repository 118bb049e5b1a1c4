package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Repeats says which rows of other batches make a row a repeat.
type Repeats struct {
	Since time.Time // orders placed before this are no longer minded, unless the row has a Ref
	Allow bool      // a person said that repeats are wanted; a Ref is still ordered once on its account
	Said  time.Time // when the person's word was said: it covers nothing that was sent later; zero: now
	Under string    // batches of this fingerprint are no repeats: the person orders the same sheet again; empty: none
}

// RowHeldError says that a row wasn't sent since it is held: the same is ordered, or a look held it since it was read.
type RowHeldError struct {
	Reason Reason
	Note   string
}

func (e *RowHeldError) Error() string { return "not sent: " + e.Note }

// covers tells whether a person's word covers an earlier row.
func (r Repeats) covers(e Earlier) bool {
	if !r.Said.IsZero() && e.SentAt.After(r.Said) {
		return false
	}
	if e.SameRef && !e.Elsewhere {
		return false
	}
	return r.Allow || r.Under != "" && r.Under == e.Fingerprint
}

// minds tells whether an earlier row counts at all: without a Ref, an order is forgotten after a time.
func (r Repeats) minds(e Earlier) bool {
	return e.SameRef || e.State != Placed || !e.SentAt.Before(r.Since)
}

// verdict tells why a row is held, and in words; no reason: it isn't. word names the earlier rows that a person's word
// covers.
func (r repeated) verdict(by Repeats) (reason Reason, note, word string) {
	var uncovered []Earlier
	for _, e := range r.earlier {
		switch {
		case !by.minds(e):
		case e.SameRef && !e.Elsewhere:
			return Reordered, e.Words(), ""
		case !by.covers(e) && (e.SameRef || e.Own || e.Edited || e.Mended || e.StandsIn):
			reason, note = Repeat, e.Words()
		case !by.covers(e):
			uncovered = append(uncovered, e)
		case e.State == Held, e.State == Queued: // should it be sent after all, that is news to the person
		default:
			word += e.name()
		}
	}
	if len(uncovered) >= r.nth {
		reason, note = Repeat, uncovered[0].Words()
	}
	return reason, note, word
}

// judge holds the draft's rows that another batch than the one with this id has ordered, or may have, or is about to,
// and keeps in the others what a person's word covers. It may be called again: what it held before is judged anew. It
// tells whether it changed any row.
func judge(ctx context.Context, t *statements, draft int64, id string, by Repeats) (changed bool, err error) {
	reset, err := t.exec(ctx, `UPDATE rows SET state = 'queued', reason = '', note = '', word = ''
		WHERE batch = $1 AND (state = 'held' AND reason IN ('repeat', 'ref') OR word <> '')`, draft)
	if err == nil {
		_, err = t.exec(ctx, `UPDATE rows SET for_batch = 0, for_seq = 0 WHERE batch = $1 AND for_batch <> 0`, draft)
	}
	if err != nil {
		return false, err
	}
	// Rows that are warned of are judged like the others.
	freed, err := t.exec(ctx, `UPDATE rows SET state = 'queued', reason = '', note = ''
		WHERE batch = $1 AND state = 'held' AND reason = 'warning'`, draft)
	if err != nil {
		return false, err
	}
	if err := match(ctx, t, draft, id); err != nil {
		return false, err
	}
	kept, err := keepFound(ctx, t, draft, id, by.Allow)
	if err != nil {
		return false, err
	}
	editions, err := standFor(ctx, t, draft, id)
	if err != nil {
		return false, err
	}
	all, err := earlier(ctx, t, draft, 0, id, editions...)
	if err != nil {
		return false, err
	}
	for _, r := range all {
		if err := r.keep(ctx, t, draft, by); err != nil {
			return false, err
		}
	}
	asked, err := holdAsked(ctx, t, draft)
	return reset+kept+int64(len(all)) > 0 || freed != asked, err
}

// keep keeps what is found about a row of a draft.
func (r repeated) keep(ctx context.Context, t *statements, draft int64, by Repeats) error {
	reason, note, word := r.verdict(by)
	if reason == "" {
		_, err := t.exec(ctx, `UPDATE rows SET word = $1 WHERE batch = $2 AND seq = $3`, word, draft, r.seq)
		return err
	}
	_, err := t.exec(ctx, `UPDATE rows SET state = 'held', reason = $1, note = $2 WHERE batch = $3 AND seq = $4`,
		string(reason), note, draft, r.seq)
	stands := func(e Earlier) bool { return e.Words() == note && (e.Edited || e.Mended || e.StandsIn || e.Renamed) }
	if i := slices.IndexFunc(r.earlier, stands); err == nil && i >= 0 {
		err = standing(ctx, t, draft, r.seq, r.earlier[i].n, r.earlier[i].seq)
	}
	return err
}

// keepFound holds the draft's rows whose counterparts in the batch with this id are held for what a workbook told,
// which may be gone by now, or for what the books forgot. A person's word releases them.
func keepFound(ctx context.Context, t *statements, draft int64, id string, allow bool) (changed int64, err error) {
	if allow {
		return t.exec(ctx, `UPDATE rows SET state = 'queued', reason = '', note = ''
			WHERE batch = $1 AND state = 'held' AND reason IN ('workbook', 'books')`, draft)
	}
	return t.exec(ctx, `UPDATE rows SET state = 'held', reason = o.reason, note = o.note FROM batches b, rows o
		WHERE rows.batch = $1 AND rows.state = 'queued' AND b.id = $2 AND o.key = rows.key AND o.batch = b.n
		AND o.state = 'held' AND o.reason IN ('workbook', 'books')`, draft, id)
}

// Judge holds the draft's rows that are ordered already, or may be, as far as can be known now. Its admission does
// so again, and so does the intent of each row.
func (d *Draft) Judge(id string, r Repeats) error {
	same, err := d.saysNothingNew(context.Background(), d.j.read, id)
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	if d.same = ""; same {
		d.same = id
		return nil
	}
	if err := d.enterFor(context.Background(), id); err != nil {
		return err
	}
	return d.j.doIn(d.Batch, func(ctx context.Context, t *statements) error {
		changed, err := judge(ctx, t, d.Batch.n, id, r)
		d.counted = d.counted && !changed
		return err
	})
}

// orderedAlready tells the books' refusal to send a row whose like is ordered.
func orderedAlready(err error) bool { return strings.Contains(err.Error(), "ordered already") }

// holdRepeat holds a queued row that the books refused to send, and says why.
func holdRepeat(ctx context.Context, t *statements, b Batch, seq int64, at time.Time) error {
	all, err := earlier(ctx, t, b.n, seq, b.ID)
	if err != nil {
		return err
	}
	if len(all) != 1 {
		return errors.New("a row was refused as a repeat, and nothing is found that it repeats")
	}
	reason, note, _ := all[0].verdict(Repeats{Since: at.Add(-remembered)})
	if reason == "" {
		reason, note = Repeat, all[0].earlier[0].Words()
	}
	if _, err := t.move(ctx, Queued, `UPDATE rows SET state = 'held', reason = $1, note = $2 WHERE batch = $3 AND seq = $4`,
		string(reason), note, b.n, seq); err != nil {
		return err
	}
	return rowError{&RowHeldError{Reason: reason, Note: note}}
}

// remembered is how long an order without a Ref makes another one a repeat; the schema's trigger knows it too.
const remembered = 30 * 24 * time.Hour

// AllowRepeats releases the rows of a batch that are held as repeats: a person's word, which covers the orders that
// there are now and no later ones. It gives how many were released.
func (j *Journal) AllowRepeats(b Batch, said time.Time) (int, error) {
	released := 0
	err := j.doIn(b, func(ctx context.Context, t *statements) error {
		if _, err := t.move(ctx, Held, `UPDATE rows SET state = 'queued' WHERE batch = $1 AND reason = 'repeat'`,
			b.n); err != nil {
			return err
		}
		if err := coverEarlier(ctx, t, b, 0, said); err != nil {
			return err
		}
		n, err := t.exec(ctx,
			`UPDATE rows SET reason = '', note = '' WHERE batch = $1 AND state = 'queued' AND reason = 'repeat'`, b.n)
		if err != nil {
			return err
		}
		asked, err := holdAsked(ctx, t, b.n)
		if err != nil {
			return err
		}
		released = int(n - asked)
		return touch(ctx, t, b, int(n))
	})
	return released, err
}

// Outlook tells how many rows the admission of the draft under this id would leave to be sent that the batch doesn't
// hold yet as an order, or as one that may be; those count that a look at the balance may queue. Rows that are dearer
// than the batch approved count only where the person accepts that.
func (d *Draft) Outlook(ctx context.Context, id string, acceptPrice bool) (Totals, error) {
	if id != "" && d.same == id {
		return Totals{}, nil
	}
	free, err := d.j.Free(ctx, id)
	if err != nil {
		return Totals{}, err
	}
	var t Totals
	if free && d.counted {
		t.join(d.written.queued)
	} else {
		t, err = d.outlook(ctx, id, acceptPrice)
	}
	if d.apart != nil { // no batch holds what these rows are
		t.join(d.apart.queued)
	}
	return t, err
}

func (d *Draft) outlook(ctx context.Context, id string, acceptPrice bool) (Totals, error) {
	return d.j.totals(ctx, `SELECT `+totalColumns+` FROM rows WHERE batch = $1 AND state = 'queued' AND NOT EXISTS (
		SELECT 1 FROM rows o JOIN batches b ON b.n = o.batch WHERE b.id = $2 AND o.key = rows.key
		AND (o.state IN ('placed', 'sending') OR o.state = 'refused' AND o.params = rows.params
			OR o.state = 'in_doubt' AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.batch = o.batch AND a.seq = o.seq
				AND a.n = o.attempts AND a.class IN ('funds', 'active', 'blocked') AND o.candidate = '')))
		AND ($3 OR NOT EXISTS (SELECT 1 FROM services s JOIN batches b ON b.n = s.batch
			WHERE b.id = $2 AND s.panel = rows.panel AND s.id = rows.service
			AND CAST(s.rate AS DOUBLE PRECISION) < CAST(rows.rate AS DOUBLE PRECISION))) GROUP BY `+totalGroups, d.Batch.n, id, acceptPrice)
}
