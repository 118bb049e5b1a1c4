package journal

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// former is a batch that was made of the sheet of a draft before, or of a copy of it.
type former struct {
	n    int64
	own  bool // it is the batch that the draft becomes an edition of
	copy bool // the file is another one, and some Refs are the same
}

// mostFormers is how many batches of a file are looked at: the last one has all rows that the sheet had last.
const mostFormers = 5

// byName tells batches that were made of a file with this name, whichever folder it lay in.
func byName(name string) string {
	return `(its.sheet = CAST(` + name + ` AS TEXT)
		OR substr(its.sheet, length(its.sheet) - length(CAST(` + name + ` AS TEXT))) IN ('/' || CAST(` + name + ` AS TEXT),
			'\' || CAST(` + name + ` AS TEXT)))`
}

// formersByName finds the batches of a file, by the parameters for a draft, the file's name, another batch that isn't
// meant, since when they were worked on, and how many; those of the very path of the draft come first.
func formersByName(draft, name, but, since, most string) string {
	return `SELECT its.n FROM batches its WHERE ` + byName(name) + ` AND its.id IS NOT NULL AND its.n <> ` + draft + `
		AND its.n <> ` + but + ` AND (its.created_at >= ` + since + ` OR its.started_at >= ` + since + `
			OR its.ended_at >= ` + since + `)
		ORDER BY its.sheet = (SELECT sheet FROM batches WHERE n = ` + draft + `) DESC, its.n DESC LIMIT ` + most
}

// formersByRef finds the batches that have most Refs of a draft, $1.
const formersByRef = `SELECT o.batch FROM rows d CROSS JOIN rows o INDEXED BY rows_ref ON o.ref = d.ref AND o.ref <> ''
	WHERE d.batch = $1 AND d.ref <> '' AND o.batch <> $1
	AND EXISTS (SELECT 1 FROM batches b WHERE b.n = o.batch AND b.id IS NOT NULL)
	GROUP BY o.batch ORDER BY count(*) DESC, o.batch DESC LIMIT $2`

// formers gives the batches of a sheet, the one that its draft becomes an edition of first.
func formers(ctx context.Context, t *statements, draft, own int64) (all []former, err error) {
	if own != 0 {
		all = append(all, former{n: own, own: true})
	}
	name, err := fileOf(ctx, t, draft)
	if err != nil {
		return nil, err
	}
	since := toMillis(time.Now().Add(-remembered))
	byName, err := numbers(ctx, t, formersByName("$1", "$2", "$3", "$4", "$5"), draft, name, own, since,
		mostFormers)
	if err != nil {
		return nil, err
	}
	byRef, err := numbers(ctx, t, formersByRef, draft, mostFormers)
	if err != nil {
		return nil, err
	}
	known := map[int64]bool{own: true}
	for _, n := range byName {
		known[n] = true
		all = append(all, former{n: n})
	}
	for _, n := range byRef {
		if !known[n] {
			all = append(all, former{n: n, copy: true})
		}
	}
	return all, nil
}

func numbers(ctx context.Context, t *statements, query string, args ...any) ([]int64, error) {
	rows, err := t.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return scanAll(rows, func(n *int64) []any { return []any{n} })
}

// isFresh tells whether a draft, $1, has a row to be sent that a batch, $2, doesn't have by its key.
const isFresh = `SELECT EXISTS (SELECT 1 FROM rows d WHERE d.batch = $1 AND d.state = 'queued' AND d.content <> ''
	AND NOT EXISTS (SELECT 1 FROM rows x WHERE x.key = d.key AND x.batch = $2))`

// sampled counts rows of a batch, $2, one of each $3, and those of them that a draft, $1, has.
const sampled = `SELECT count(*), coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM rows x INDEXED BY rows_content
		WHERE x.content = o.content AND x.batch = $1)
	OR o.ref <> '' AND EXISTS (SELECT 1 FROM rows x INDEXED BY rows_ref WHERE x.ref = o.ref AND x.ref <> ''
		AND x.batch = $1) THEN 1 ELSE 0 END), 0)
	FROM rows o WHERE o.batch = $2 AND o.content <> '' AND o.seq % $3 = 0`

// samples is how many rows are enough to tell that a sheet is another one altogether.
const samples = 200

// isAnother tells quickly that a batch is surely of another list.
func isAnother(ctx context.Context, t *statements, draft, batch int64) (bool, error) {
	var last int64
	err := t.queryRow(ctx, `SELECT coalesce(max(seq), 0) FROM rows WHERE batch = $1`, &last, batch)
	if err != nil {
		return false, err
	}
	var counted, there int
	err = t.QueryRowContext(ctx, sampled, draft, batch, max(last/samples, 1)).Scan(&counted, &there)
	return counted >= samples/2 && 4*there < counted || counted > 0 && there == 0 && last > 1, err
}

// sheetRows reads the rows of a batch, or of a draft, in the order of the sheet. What left it isn't there.
const sheetRows = `SELECT o.seq, o.ref, o.content, o.alias, o.service, o.target,
	coalesce((SELECT kin FROM accounts WHERE n = o.account), 0), o.state, o.reason, o.for_batch, o.for_seq,
	substr(o.key, 1, 5) = '` + leftKey + `' FROM rows o WHERE o.batch = $1 ORDER BY o.line, o.seq`

// readSheet reads a sheet as it is, or as a batch was made of it.
func readSheet(ctx context.Context, t *statements, batch int64, isOne func(s State, r Reason, stands, left bool) bool,
) ([]sheetRow, error) {
	rows, err := t.query(ctx, sheetRows, batch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []sheetRow
	for rows.Next() {
		var r sheetRow
		var target string
		var state State
		var reason Reason
		var left bool
		if err := rows.Scan(&r.seq, &r.ref, &r.content, &r.alias, &r.service, &target, &r.kin, &state, &reason, &r.stands[0],
			&r.stands[1], &left); err != nil {
			return nil, err
		}
		_, r.link, _ = strings.Cut(target, " ")
		r.is = r.content != "" && isOne(state, reason, r.stands[0] != 0, left)
		if r.stands[0] == 0 {
			r.stands = [2]int64{batch, r.seq}
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// toBeSent tells rows of a draft that may stand for others.
func toBeSent(s State, _ Reason, stands, left bool) bool { return s == Queued && !stands && !left }

// ordered tells rows of a former batch that were ordered, or may be, or are to be, there or by another batch.
func (f former) ordered(s State, r Reason, stands, left bool) bool {
	switch s {
	case Placed, InDoubt, Sending:
		return !left
	case Queued:
		return !f.own && !left
	case Held:
		return stands || r == Repeat || !f.own && r != Duplicate && r != Reordered && r != Left
	}
	return false
}

// standFor finds out which rows of a draft stand for rows that were ordered, or may be, as its sheet said before, and
// keeps that in them. It gives the batches of which the sheet is an edition, whichever names they have.
func standFor(ctx context.Context, t *statements, draft int64, id string) (editions []int64, err error) {
	var own int64
	if err := t.QueryRowContext(ctx, `SELECT coalesce(max(n), 0) FROM batches WHERE id = $1`, id).Scan(&own); err != nil {
		return nil, err
	}
	if err := inherit(ctx, t, draft); err != nil {
		return nil, err
	}
	all, err := formers(ctx, t, draft, own)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		var fresh, another bool
		if err := t.queryRow(ctx, isFresh, &fresh, draft, f.n); err != nil {
			return nil, err
		}
		if fresh {
			if another, err = isAnother(ctx, t, draft, f.n); err != nil {
				return nil, err
			}
		}
		if !fresh || another && !f.own {
			continue
		}
		is, err := standForThose(ctx, t, draft, f)
		if err != nil {
			return nil, err
		}
		if is {
			editions = append(editions, f.n)
		}
	}
	if own == 0 {
		return editions, nil
	}
	return editions, standForFixed(ctx, t, draft, own)
}

// standForThose does so for one former batch, and tells whether the draft is an edition of its sheet.
func standForThose(ctx context.Context, t *statements, draft int64, f former) (is bool, err error) {
	was, err := readSheet(ctx, t, f.n, f.ordered)
	if err != nil {
		return false, err
	}
	now, err := readSheet(ctx, t, draft, toBeSent)
	if err != nil {
		return false, err
	}
	c := compareSheets(was, now)
	if is = c.isEdited(); f.copy {
		return is, nil
	}
	for _, p := range c.pairs(f.own) {
		if err := keepStanding(ctx, t, draft, now[p.now].seq, f.n, was[p.was]); err != nil {
			return is, err
		}
	}
	return is, nil
}

// keepStanding keeps for which row of a former batch one of the draft stands: where that stood for another one, or
// repeated it, for that.
func keepStanding(ctx context.Context, t *statements, draft, seq, batch int64, was sheetRow) error {
	rows, err := t.query(ctx, `SELECT r.batch, r.seq FROM rows o JOIN rows r ON r.batch = o.for_batch AND r.seq = o.for_seq
			WHERE o.batch = $1 AND o.seq = $2 AND o.for_batch <> 0
		UNION ALL SELECT o.batch, o.seq FROM rows o WHERE o.batch = $1 AND o.seq = $2 AND o.for_batch = 0
			AND NOT (o.state = 'held' AND o.reason = 'repeat')
		UNION ALL SELECT r.batch, r.seq FROM rows o CROSS JOIN rows r INDEXED BY rows_content ON r.content = o.content
			WHERE o.batch = $1 AND o.seq = $2 AND o.for_batch = 0 AND o.state = 'held' AND o.reason = 'repeat'
			AND r.state IN ('placed', 'in_doubt', 'sending')
			AND EXISTS (SELECT 1 FROM batches its JOIN batches theirs ON theirs.n = o.batch WHERE its.n = r.batch
				AND its.sheet = theirs.sheet) LIMIT 1`, batch, was.seq)
	if err != nil {
		return err
	}
	type row struct{ batch, seq int64 }
	found, err := scanAll(rows, func(r *row) []any { return []any{&r.batch, &r.seq} })
	if err != nil || len(found) == 0 {
		return err
	}
	return standing(ctx, t, draft, seq, found[0].batch, found[0].seq)
}

func standing(ctx context.Context, t *statements, draft, seq, forBatch, forSeq int64) error {
	_, err := t.exec(ctx, `UPDATE rows SET for_batch = $1, for_seq = $2 WHERE batch = $3 AND seq = $4`, forBatch, forSeq,
		draft, seq)
	return err
}

// inherited finds rows of a draft, $1, that are held in another batch, or in the one that it becomes an edition of,
// since they stand for a row that was ordered, or may be.
const inherited = `SELECT d.seq, x.for_batch, x.for_seq FROM rows x INDEXED BY rows_for
		CROSS JOIN rows d INDEXED BY rows_content ON d.content = x.content AND d.batch = $1
		WHERE x.for_batch <> 0 AND x.state = 'held' AND x.reason = 'repeat' AND x.batch <> $1 AND d.state = 'queued'
		AND d.content <> '' AND (d.ref = '' OR x.ref = '')
	UNION SELECT d.seq, x.for_batch, x.for_seq FROM rows x INDEXED BY rows_for
		CROSS JOIN rows d INDEXED BY rows_ref ON d.ref = x.ref AND d.ref <> '' AND d.batch = $1
		WHERE x.for_batch <> 0 AND x.state = 'held' AND x.reason = 'repeat' AND x.batch <> $1 AND d.state = 'queued'
	ORDER BY 1, 2, 3`

// inherit lets such rows stand for the same.
func inherit(ctx context.Context, t *statements, draft int64) error {
	rows, err := t.query(ctx, inherited, draft)
	if err != nil {
		return err
	}
	type row struct{ seq, forBatch, forSeq int64 }
	all, err := scanAll(rows, func(r *row) []any { return []any{&r.seq, &r.forBatch, &r.forSeq} })
	for _, r := range all {
		if err == nil {
			err = standing(ctx, t, draft, r.seq, r.forBatch, r.forSeq)
		}
	}
	return err
}

// standIns finds the queued rows of the draft that stand for others.
const standIns = ` UNION SELECT d.seq, d.for_batch, d.for_seq, 5, false FROM rows d INDEXED BY rows_for
	WHERE d.batch = $1 AND d.for_batch <> 0 AND ($2 = 0 OR d.seq = $2) AND d.state = 'queued'`

// standsInWords say that the sheet has a row instead of one that was ordered, or may have been.
func (e Earlier) standsInWords() string {
	const instead = ", and the sheet has this row instead of it now"
	row := fmt.Sprintf("row %s of batch %s ", e.Line, e.Batch)
	switch e.State {
	case Placed:
		if e.OrderID != "" {
			return row + "was ordered as " + e.OrderID + instead + ": the order stays as it is"
		}
		return row + "was ordered" + instead + ": the order stays as it is"
	case Queued, Held:
		return row + "is to be sent" + instead
	}
	return fmt.Sprintf("%smay have been ordered%s: `bulkorder explain %s %s` tells of it", row, instead, e.Batch, e.Line)
}
