package journal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"bulkorder/parse"
)

// Repeats says which rows of other batches make a row a repeat.
type Repeats struct {
	Since time.Time // orders placed before this are no longer minded, unless the row has a Ref
	Allow bool      // a person said that repeats are wanted; a Ref is still ordered once on its account
	Said  time.Time // when the person's word was said: it covers nothing that was sent later; zero: now
	Under string    // batches of this fingerprint are no repeats: the person orders the same sheet again; empty: none
}

// Earlier is a row of another batch that is, or may become, the same order.
type Earlier struct {
	Batch       string
	Fingerprint string
	Line        parse.Line
	State       State
	OrderID     string
	SentAt      time.Time
	SameRef     bool // both rows bear the same Ref
	Elsewhere   bool // it is on an account that is certainly another
	Maybe       bool // it is on an account that may be another
	Own         bool // it is of the same batch: an earlier edition ordered it
	Edited      bool // it is another order, for which this row may stand now, and may have been ordered
	Mended      bool // it is this row of the very same file, with other values
	Renamed     bool // it says the same under another Ref, which the sheet no longer has for it
	name        string
}

// Words says what the earlier row is.
func (e Earlier) Words() string {
	var what string
	switch {
	case e.Edited && (e.State == Refused || e.State == Skipped):
		return fmt.Sprintf("row %s of batch %s was refused or turned away, and may have been ordered all the same, with "+
			"other values: `bulkorder settle %[2]s` comes first", e.Line, e.Batch)
	case e.Edited && !e.Own:
		return fmt.Sprintf("row %s of batch %s is in doubt, so it may have been ordered for the same link, with other "+
			"values: `bulkorder settle %[2]s` comes first", e.Line, e.Batch)
	case e.Edited:
		return fmt.Sprintf("row %s may have been ordered as it was before the sheet was edited: `bulkorder explain %s %s` "+
			"tells of it", e.Line, e.Batch, e.Line)
	case e.Mended:
		return e.mendedWords()
	case e.Renamed && e.State != Queued && e.State != Held:
		return e.renamedWords()
	case e.State == Placed:
		as := "as order " + e.OrderID
		if e.OrderID == "" {
			as = "as one of a set of orders"
		}
		what = fmt.Sprintf(
			"placed %s by batch %s, row %s, on %s",
			as,
			e.Batch,
			e.Line,
			e.SentAt.UTC().Format("2006-01-02"),
		)
	case e.State == Refused:
		what = fmt.Sprintf("refused in batch %s, row %s, and it may have been ordered all the same: `bulkorder settle "+
			"%[1]s` comes first", e.Batch, e.Line)
	case e.State == Queued, e.State == Held:
		what = fmt.Sprintf(toBeSentBy+"%s, row %s", e.Batch, e.Line)
	default:
		what = fmt.Sprintf("in doubt in batch %s, row %s: it may have been ordered", e.Batch, e.Line)
	}
	if e.Elsewhere {
		what += "; its Ref was ordered on another account"
	}
	if e.Maybe {
		what += `; on an account that has the same address, key or name (account = "other" in the configuration says that ` +
			`it is another)`
	}
	return what
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

// perhapsOne tells rows o and d that may be on one account: the two have an address or a key in common, or a person
// called both the same, who may have moved it to another address under another key.
const perhapsOne = `(theirs.kin = ours.kin OR o.panel = d.panel AND NOT theirs.apart AND NOT ours.apart)`

// earlierRows finds the rows that are, or may become, the orders that rows d of a batch are: of other admitted batches,
// and of the batch itself ($3) those of the same occurrence that an edition doesn't match with d. Rows with Refs of
// their own are different orders whatever they are for. What is held as a repeat itself says nothing that what it
// repeats doesn't say. $4 and $5 are the batch at hand and the one of the id, the lower number first, $6 is the latter
// again: rows of the one say nothing, and of the other only those of the same occurrence, so that thousands of equal
// rows aren't compared with each other. $7 is since when requests are minded that the panel refused, $8 the name of the
// file that the batch at hand is made of, and $9 what its bytes were.
func earlierRows(doubts bool) string {
	found := `SELECT d.seq AS s, o.batch AS ob, o.seq AS os, 1 AS same, theirs.kin <> ours.kin AS elsewhere FROM rows d
		JOIN rows o ON o.ref = d.ref AND o.ref <> ''
		JOIN accounts theirs ON theirs.n = o.account JOIN accounts ours ON ours.n = d.account
		WHERE d.batch = $1 AND (CAST($2 AS BIGINT) = 0 OR d.seq = $2) AND d.state = 'queued' AND d.ref <> ''`
	for _, like := range []string{
		`INDEXED BY rows_content ON o.content = d.content`,
		`INDEXED BY rows_content ON o.content = nullif(d.alias, '')`,
		`INDEXED BY rows_alias ON o.alias = d.content AND o.alias <> ''`,
		`INDEXED BY rows_alias ON o.alias = d.alias AND o.alias <> ''`,
	} {
		for _, where := range []string{
			`o.batch < $4`, `o.batch > $4 AND o.batch < $5`, `o.batch > $5`, `o.batch = $6 AND o.nth = d.nth`,
		} {
			found += ` UNION SELECT d.seq, o.batch, o.seq, 0, false FROM rows d CROSS JOIN rows o ` + like + ` AND ` + where + `
				JOIN accounts theirs ON theirs.n = o.account JOIN accounts ours ON ours.n = d.account
				WHERE d.batch = $1 AND ($2 = 0 OR d.seq = $2) AND d.state = 'queued' AND d.content <> '' AND o.content <> ''
				AND (d.ref = '' OR o.ref = '') AND ` + perhapsOne + ` AND NOT (o.batch = $1 AND o.seq = d.seq)`
		}
	}
	found += renamed() + mended()
	if found += instead(); doubts {
		found += likeInDoubt()
	}
	return `WITH ` + gone + `, ` + unsettledLike() + `, ` + formerly + ` SELECT d.seq, d.ref, d.nth, o.batch, o.seq, b.id,
	b.fingerprint, o.line, o.tab, o.state,
	CASE o.one_of WHEN '' THEN coalesce(o.order_id, '') ELSE '' END, o.sent_at,
	same = 1, elsewhere, o.account <> d.account AND NOT elsewhere, b.id = $3, same = 2, same = 3, same = 4 FROM (` + found + `) found
	CROSS JOIN rows d ON d.batch = $1 AND d.seq = s CROSS JOIN rows o ON o.batch = ob AND o.seq = os
	JOIN batches b ON b.n = ob
	WHERE d.state = 'queued' AND b.id IS NOT NULL AND instr(d.word, '|' || ob || ':' || os || '|') = 0
	AND CASE WHEN b.id = $3
		THEN same > 1 OR o.key <> d.key AND (same = 1 OR o.nth = d.nth) AND o.state IN ('placed', 'in_doubt', 'sending')
		ELSE o.state IN ('placed', 'in_doubt', 'sending', 'queued')
			OR o.state = 'held' AND o.reason NOT IN ('duplicate', 'repeat', 'ref', 'left') OR ` + refusedUnsure + ` END
	ORDER BY d.seq, o.state = 'queued', o.sent_at, o.batch, o.seq`
}

// repeated is a row of a draft with what was ordered before.
type repeated struct {
	seq     int64
	ref     string
	nth     int
	earlier []Earlier
}

func earlier(ctx context.Context, t *statements, batch, seq int64, id string) ([]repeated, error) {
	var own int64 // the batch of this id; 0: there is none yet
	err := t.QueryRowContext(ctx, `SELECT coalesce(max(n), 0) FROM batches WHERE id = $1`, id).Scan(&own)
	if err != nil {
		return nil, err
	}
	var others bool // most sheets are the first of their books
	err = t.queryRow(ctx, `SELECT EXISTS (SELECT 1 FROM rows WHERE batch < $1)
		OR EXISTS (SELECT 1 FROM rows WHERE batch > $1)`, &others, batch)
	if err != nil || !others && own == 0 {
		return nil, err
	}
	other := cmp.Or(own, batch)
	var doubts bool // mostly there are none, and all rows needn't be compared with them
	err = t.queryRow(ctx, `SELECT EXISTS (SELECT 1 FROM rows INDEXED BY rows_unsettled
		WHERE state IN ('sending', 'in_doubt') AND batch <> $1 AND batch <> $2)
		OR EXISTS (SELECT 1 FROM rows r INDEXED BY rows_unsure WHERE `+unsureRows+`
			AND (r.state = 'refused' OR r.state = 'skipped') AND r.batch <> $1)`, &doubts, batch, own)
	if err != nil {
		return nil, err
	}
	since := toMillis(time.Now().Add(-owedSince))
	file, err := fileOf(ctx, t, batch)
	if err != nil {
		return nil, err
	}
	digest, err := digestOf(ctx, t, batch)
	if err != nil {
		return nil, err
	}
	rows, err := t.query(ctx, earlierRows(doubts), batch, seq, id, min(batch, other), max(batch, other), own, since, file,
		digest)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []repeated
	for rows.Next() {
		var r repeated
		var e Earlier
		var n, seq, sent int64
		if err := rows.Scan(&r.seq, &r.ref, &r.nth, &n, &seq, &e.Batch, &e.Fingerprint, &e.Line.N, &e.Line.Tab, &e.State,
			&e.OrderID, &sent, &e.SameRef, &e.Elsewhere, &e.Maybe, &e.Own, &e.Edited,
			&e.Renamed, &e.Mended); err != nil {
			return nil, err
		}
		e.SentAt, e.name = fromMillis(sent), fmt.Sprintf("|%d:%d|", n, seq)
		if len(all) == 0 || all[len(all)-1].seq != r.seq {
			all = append(all, r)
		}
		last := &all[len(all)-1]
		last.earlier = append(last.earlier, e)
	}
	return all, rows.Err()
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
		case !by.covers(e) && (e.SameRef || e.Own || e.Edited || e.Mended):
			reason, note = Repeat, e.Words()
		case !by.covers(e):
			uncovered = append(uncovered, e)
		case e.State == Held: // should it be sent after all, that is news to the person
		default:
			word += e.name
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
	all, err := earlier(ctx, t, draft, 0, id)
	if err != nil {
		return false, err
	}
	for _, r := range all {
		reason, note, word := r.verdict(by)
		if reason != "" {
			_, err = t.exec(ctx, `UPDATE rows SET state = 'held', reason = $1, note = $2 WHERE batch = $3 AND seq = $4`,
				string(reason), note, draft, r.seq)
		} else {
			_, err = t.exec(ctx, `UPDATE rows SET word = $1 WHERE batch = $2 AND seq = $3`, word, draft, r.seq)
		}
		if err != nil {
			return false, err
		}
	}
	asked, err := holdAsked(ctx, t, draft)
	return reset+kept+int64(len(all)) > 0 || freed != asked, err
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
	if err := d.enter(); err != nil {
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
