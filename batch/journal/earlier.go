package journal

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"bulkorder/parse"
)

// Earlier is a row of another batch that is, or may become, the same order.
type Earlier struct {
	Batch       string
	Fingerprint string
	Line        parse.Line
	State       State
	OrderID     string
	SentAt      time.Time
	SameRef     bool  // both rows bear the same Ref
	Elsewhere   bool  // it is on an account that is certainly another
	Maybe       bool  // it is on an account that may be another
	Own         bool  // it is of the same batch: an earlier edition ordered it
	Edited      bool  // it is another order, for which this row may stand now, and may have been ordered
	Mended      bool  // it is this row of the very same file, with other values
	StandsIn    bool  // the sheet has this row instead of it now
	Renamed     bool  // it says the same under another Ref, which the sheet no longer has for it
	n, seq      int64 // of its batch, and its own
}

// name is by what a person's word tells which rows it is about.
func (e Earlier) name() string { return fmt.Sprintf("|%d:%d|", e.n, e.seq) }

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
	case e.StandsIn:
		return e.standsInWords()
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
func earlierRows(doubts bool, editions []int64) string {
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
	found += renamed() + mended() + standIns
	if found += instead(); doubts {
		found += likeInDoubt()
	}
	return `WITH ` + gone + `, ` + unsettledLike() + `, ` + formerly(editions) + ` SELECT d.seq, d.ref, d.nth, o.batch,
	o.seq, b.id, b.fingerprint, o.line, o.tab, o.state,
	CASE o.one_of WHEN '' THEN coalesce(o.order_id, '') ELSE '' END, o.sent_at,
	same = 1, elsewhere, o.account <> d.account AND NOT elsewhere, b.id = $3, same = 2,
	same = 3 OR same = 5 AND o.content = d.content, same = 4, same = 5 AND o.content <> d.content
	FROM (` + found + `) found
	CROSS JOIN rows d ON d.batch = $1 AND d.seq = s CROSS JOIN rows o ON o.batch = ob AND o.seq = os
	JOIN batches b ON b.n = ob
	WHERE d.state = 'queued' AND b.id IS NOT NULL AND instr(d.word, '|' || ob || ':' || os || '|') = 0
	AND NOT (same > 1 AND EXISTS (SELECT 1 FROM rows x WHERE x.key = d.key AND x.batch = $6 AND x.content = d.content
		AND instr(x.word, '|' || ob || ':' || os || '|') > 0))
	AND CASE WHEN b.id = $3
		THEN same IN (2, 3, 4) OR same = 5 AND (o.state IN ('placed', 'in_doubt', 'sending') OR ` +
		strings.ReplaceAll(unanswered, "w.", "o.") + `)
			OR o.key <> d.key AND (same = 1 OR o.nth = d.nth) AND o.state IN ('placed', 'in_doubt', 'sending')
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

// earlier finds what the rows of a batch, or one of them, are or may be. editions are the batches of which the batch is
// an edition, whichever names they have, where it is a draft.
func earlier(ctx context.Context, t *statements, batch, seq int64, id string, editions ...int64) ([]repeated, error) {
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
	rows, err := t.query(ctx, earlierRows(doubts, editions), batch, seq, id, min(batch, other),
		max(batch, other), own, since, file, digest)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []repeated
	for rows.Next() {
		var r repeated
		var e Earlier
		var sent int64
		if err := rows.Scan(&r.seq, &r.ref, &r.nth, &e.n, &e.seq, &e.Batch, &e.Fingerprint, &e.Line.N, &e.Line.Tab, &e.State,
			&e.OrderID, &sent, &e.SameRef, &e.Elsewhere, &e.Maybe, &e.Own, &e.Edited,
			&e.Renamed, &e.Mended, &e.StandsIn); err != nil {
			return nil, err
		}
		e.SentAt = fromMillis(sent)
		if len(all) == 0 || all[len(all)-1].seq != r.seq {
			all = append(all, r)
		}
		last := &all[len(all)-1]
		last.earlier = append(last.earlier, e)
	}
	return all, rows.Err()
}
