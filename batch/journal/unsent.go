package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"bulkorder/parse"
)

// leaver is a row of a batch that was still to be sent and that an edition no longer has. It stays in the books. Few of
// them are skipped: a person took them out. Where they are many, or the edition is made of another file, they are held:
// the file may be cut off, or be the wrong one. The next edition without them, or a person's word, decides.
type leaver struct {
	seq, account int64
	at           parse.Line
	target       string
}

// Leaving are the rows of a batch that are still to be sent, and that a draft which becomes an edition no longer has.
type Leaving struct {
	Lines []parse.Line
	Held  bool // otherwise they are skipped
}

const (
	leftUnsent = "the sheet no longer has it; it was not sent"
	leftHeld   = "it was still to be sent, and the sheet no longer has it"
)

// unsentLeavers finds the rows of a batch, parameter 2, that wait and that a draft, 1, doesn't have. Rows that wait for
// what another row is leave the books.
const unsentLeavers = `SELECT o.seq, o.account, o.line, o.tab, o.target FROM rows o INDEXED BY rows_waiting
	WHERE o.batch = $2 AND o.state IN ('queued', 'held') AND o.reason NOT IN ('duplicate', 'repeat', 'ref')
	AND substr(o.key, 1, 5) <> '` + leftKey + `'
	AND NOT EXISTS (SELECT 1 FROM rows d WHERE d.key = o.key AND d.batch = $1) ORDER BY o.line, o.seq`

// freshRows are the rows of a draft, 1, that a batch, 2, doesn't have, or that had left its sheet.
const freshRows = `SELECT d.seq, d.account, d.line, d.tab, d.target FROM rows d WHERE d.batch = $1
	AND (substr(d.key, 1, 5) IN ('` + leftKey + `', 'back ')
		OR NOT EXISTS (SELECT 1 FROM rows x WHERE x.key = d.key AND x.batch = $2))`

// leavers gives such rows, and whether a person must say what becomes of them.
func leavers(ctx context.Context, ask querying, draft, batch int64) (all []leaver, asks bool, err error) {
	read := func(query string) ([]leaver, error) {
		rows, err := ask(ctx, query, draft, batch)
		if err != nil {
			return nil, err
		}
		return scanAll(rows, func(l *leaver) []any { return []any{&l.seq, &l.account, &l.at.N, &l.at.Tab, &l.target} })
	}
	if all, err = read(unsentLeavers); err != nil || len(all) == 0 {
		return nil, false, err
	}
	other, waiting, err := editionOf(ctx, ask, draft, batch)
	if err != nil || other {
		return all, true, err
	}
	fresh, err := read(freshRows)
	all = unreplaced(all, fresh)
	return all, len(all) >= mostLeaving || len(all) >= fewLeaving && 2*len(all) >= waiting, err
}

// Fewer rows than fewLeaving are taken out by a person; so are fewer than mostLeaving, unless they are half of those
// that wait.
const fewLeaving, mostLeaving = 3, 20

// unreplaced leaves out the rows that are edited: a new one stands in the place of each, or is for the same.
func unreplaced(all, fresh []leaver) (left []leaver) {
	places, targets := map[parse.Line][]int{}, map[string][]int{}
	for i, f := range fresh {
		places[f.at] = append(places[f.at], i)
		if f.target != "" {
			targets[f.target] = append(targets[f.target], i)
		}
	}
	taken := make([]bool, len(fresh))
	free := func(some []int) bool {
		for _, i := range some {
			if !taken[i] {
				taken[i] = true
				return true
			}
		}
		return false
	}
	for _, l := range all {
		if !free(targets[l.target]) && !free(places[l.at]) {
			left = append(left, l)
		}
	}
	return left
}

// editionOf tells whether a draft is made of another file than the batch that it becomes an edition of, and how many
// rows of that wait.
func editionOf(ctx context.Context, ask querying, draft, batch int64) (other bool, waiting int, err error) {
	rows, err := ask(ctx, `SELECT b.n, b.sheet, b.worksheet, (SELECT count(*) FROM rows o
		WHERE o.batch = b.n AND o.state IN ('queued', 'held')) FROM batches b WHERE b.n IN ($1, $2)`, draft, batch)
	if err != nil {
		return false, 0, err
	}
	type made struct {
		n                int64
		sheet, worksheet string
		waiting          int
	}
	all, err := scanAll(rows, func(m *made) []any { return []any{&m.n, &m.sheet, &m.worksheet, &m.waiting} })
	if err != nil || len(all) != 2 {
		return false, 0, errors.Join(err, sql.ErrNoRows)
	}
	is, was := all[0], all[1]
	if is.n != draft {
		is, was = was, is
	}
	tabs := is.worksheet != "" && was.worksheet != "" && !strings.EqualFold(is.worksheet, was.worksheet)
	return tabs || !strings.EqualFold(filepath.Base(is.sheet), filepath.Base(was.sheet)), was.waiting, nil
}

// keepUnsent keeps such rows as an edition is made of the draft.
func keepUnsent(ctx context.Context, t *statements, draft, batch int64) error {
	all, ask, err := leavers(ctx, t.query, draft, batch)
	if err != nil {
		return err
	}
	state, reason, note := Skipped, Reason(""), leftUnsent
	if ask {
		state, reason, note = Held, Left, leftHeld
	}
	for _, l := range all {
		_, err := t.exec(ctx, `UPDATE rows SET key = '`+leftKey+`' || seq, state = $1, reason = $2, note = $3
			WHERE batch = $4 AND seq = $5`, string(state), string(reason), note, batch, l.seq)
		if err != nil {
			return err
		}
	}
	return nil
}

// Leaving tells which rows of the batch with this id wait, and are no longer in the draft, after [Draft.Judge].
func (d *Draft) Leaving(ctx context.Context, id string) (l Leaving, err error) {
	if d.same != "" && d.same == id {
		return l, nil
	}
	var batch int64
	err = d.j.read.QueryRowContext(ctx, `SELECT n FROM batches WHERE id = $1`, id).Scan(&batch)
	if errors.Is(err, sql.ErrNoRows) {
		return l, nil
	}
	var all []leaver
	if err == nil {
		all, l.Held, err = leavers(ctx, d.j.read.QueryContext, d.Batch.n, batch)
	}
	if err == nil && len(all) > 0 && d.apart != nil { // rows that are new stand in the place of some
		if err = d.Whole(); err == nil {
			all, l.Held, err = leavers(ctx, d.j.read.QueryContext, d.Batch.n, batch)
		}
	}
	if err != nil {
		return Leaving{}, fmt.Errorf("reading the journal: %w", err)
	}
	for _, one := range all {
		l.Lines = append(l.Lines, one.at)
	}
	return l, nil
}
