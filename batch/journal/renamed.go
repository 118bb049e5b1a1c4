package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"bulkorder/parse"
)

// Two rows with Refs of their own are two orders. A sheet in which some Refs were changed has no second row, though:
// the same content under another Ref is the row that it was, and where that was ordered, or may have been, it waits for
// a person.

// formerly are the batches that were made of the file, $8, of the draft, $1, when it had some of its Refs already:
// where it has none of them any more, it is another list, unless most of its rows are there still. Those are named, and
// copies of the sheet.
func formerly(editions []int64) string {
	all := ""
	for _, n := range editions {
		all += fmt.Sprintf(" UNION SELECT CAST(%d AS BIGINT)", n)
	}
	return `formerly AS (SELECT its.n FROM batches its WHERE ` + byName("$8") + `
	AND EXISTS (SELECT 1 FROM rows x CROSS JOIN rows y INDEXED BY rows_ref ON y.ref = x.ref AND y.batch = its.n
		WHERE x.batch = $1 AND x.ref <> '' AND y.ref <> '')` + all + `)`
}

// renamed finds the queued rows of the draft, $1, that say what a row of the batch of which it is an edition, $6, said
// under another Ref, which the sheet no longer has for that; and those that say so of a row of a batch that was
// formerly made of the file. A Ref that the other batch had for the same, or ordered, is no new one, unless the row is
// held for this there; numbers of rows
// move up to what was ordered where a row that never was is taken out.
func renamed() (found string) {
	const (
		like = ` UNION SELECT d.seq, o.batch, o.seq, 3, false FROM rows d
			CROSS JOIN rows o INDEXED BY rows_content ON o.content = d.content AND `
		where = ` JOIN accounts theirs ON theirs.n = o.account JOIN accounts ours ON ours.n = d.account
			WHERE d.batch = $1 AND $1 <> $6 AND ($2 = 0 OR d.seq = $2) AND d.state = 'queued' AND d.content <> ''
			AND d.ref <> '' AND o.ref <> '' AND o.ref <> d.ref AND theirs.kin = ours.kin
			AND NOT EXISTS (SELECT 1 FROM rows x INDEXED BY rows_ref WHERE x.ref = d.ref AND x.ref <> '' AND x.batch = o.batch
				AND (x.content = d.content AND NOT (x.state = 'held' AND x.reason = 'repeat')
					OR x.state IN ('placed', 'in_doubt', 'sending')))
			AND NOT EXISTS (SELECT 1 FROM rows x INDEXED BY rows_ref WHERE x.ref = o.ref AND x.ref <> '' AND x.batch = $1
				AND x.content = o.content)`
		file = ` AND o.batch IN (SELECT n FROM formerly)`
	)
	return like + `o.batch = $6` + where + ` AND o.state IN ('placed', 'in_doubt', 'sending')` +
		like + `o.batch < $4` + where + file + like + `o.batch > $4 AND o.batch < $5` + where + file +
		like + `o.batch > $5` + where + file
}

// fileOf is the name of the file that the draft, or the batch, was made of.
func fileOf(ctx context.Context, t rowReader, batch int64) (string, error) {
	var sheet string
	err := t.QueryRowContext(ctx, `SELECT sheet FROM batches WHERE n = $1`, batch).Scan(&sheet)
	return fileName(sheet), err
}

func fileName(sheet string) string { return filepath.Base(filepath.ToSlash(sheet)) }

// MovedRef is a row of a sheet beside whose Ref another order stands than the one that was ordered under it, while that
// one stands beside another Ref now.
type MovedRef struct {
	Ref string
	At  parse.Line // of the row that bears it
	Was parse.Line // of the row that says now what was ordered under it
}

// movedRefs finds such rows of a draft, $1, that would be an edition of a batch, $2. What says the same as it did under
// its own Ref has moved nowhere: several Refs may be of one content.
const movedRefs = `SELECT d.ref, d.line, d.tab, now.line, now.tab FROM rows d
	CROSS JOIN rows o INDEXED BY rows_ref ON o.ref = d.ref AND o.ref <> '' AND o.batch = $2
	CROSS JOIN rows now INDEXED BY rows_content ON now.content = o.content AND now.batch = $1
	WHERE d.batch = $1 AND d.ref <> '' AND d.content <> o.content AND o.state IN ('placed', 'in_doubt', 'sending')
	AND o.content <> '' AND now.ref <> '' AND now.ref <> o.ref
	AND NOT EXISTS (SELECT 1 FROM rows own INDEXED BY rows_ref WHERE own.ref = now.ref AND own.ref <> ''
		AND own.batch = $2 AND own.content = now.content) ORDER BY d.line, d.seq, now.line`

// MovedRefs gives the rows of the draft whose Refs stand beside other orders than in the batch with this id, after
// [Draft.Judge].
func (d *Draft) MovedRefs(ctx context.Context, id string) (all []MovedRef, err error) {
	if d.same != "" && d.same == id {
		return nil, nil
	}
	if err := d.enter(); err != nil {
		return nil, err
	}
	var batch int64
	err = d.j.read.QueryRowContext(ctx, `SELECT n FROM batches WHERE id = $1`, id).Scan(&batch)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	var rows *sql.Rows
	if err == nil {
		rows, err = d.j.read.QueryContext(ctx, movedRefs, d.Batch.n, batch)
	}
	if err == nil {
		all, err = scanAll(rows, func(m *MovedRef) []any { return []any{&m.Ref, &m.At.N, &m.At.Tab, &m.Was.N, &m.Was.Tab} })
	}
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return all, nil
}

// renamedWords say that a row was ordered under another Ref.
func (e Earlier) renamedWords() string {
	what := "is in doubt, so it may have been ordered,"
	if e.State == Placed {
		what = "was ordered"
		if e.OrderID != "" {
			what += " as " + e.OrderID
		}
	}
	return fmt.Sprintf("row %s of batch %s %s under another Ref, which the sheet no longer has for it", e.Line, e.Batch,
		what)
}
