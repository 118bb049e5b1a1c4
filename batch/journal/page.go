package journal

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Page gives up to n rows of a batch in the order of the sheet, behind so many, those in one of two states alone; an
// empty first state: all. Queued ones come in the order in which they are sent, which an index has.
func (j *Journal) Page(ctx context.Context, b Batch, s, or State, behind, n int) ([]Entry, error) {
	if s == Queued && or == Queued {
		return collect(j.entries(ctx, "SELECT "+entryColumns+` FROM rows WHERE batch = $1 AND state = 'queued'
			ORDER BY seq LIMIT $2 OFFSET $3`, b.n, n, behind))
	}
	if s != "" {
		return collect(j.entries(ctx, "SELECT "+entryColumns+` FROM rows WHERE batch = $1
			AND (state = $2 OR state = $3) ORDER BY line, seq LIMIT $4 OFFSET $5`, b.n, string(s), string(or), n, behind))
	}
	line, before, err := j.lineBehind(ctx, b, behind)
	if err != nil || line == 0 {
		return nil, err
	}
	return collect(j.entries(ctx, "SELECT "+entryColumns+` FROM rows WHERE batch = $1 AND line >= $2
		ORDER BY line, seq LIMIT $3 OFFSET $4`, b.n, line, n, behind-before))
}

// lineBehind gives the line of the row that stands behind so many of a batch, and how many rows stand on lines before
// it; 0: there is no such row. Both are found in an index, without the rows.
func (j *Journal) lineBehind(ctx context.Context, b Batch, behind int) (line, before int, err error) {
	rows, err := j.read.QueryContext(ctx, `SELECT line FROM rows WHERE batch = $1 ORDER BY line LIMIT 1 OFFSET $2`,
		b.n, behind)
	if err != nil {
		return 0, 0, fmt.Errorf("reading the journal: %w", err)
	}
	lines, err := scanAll(rows, func(n *int) []any { return []any{n} })
	if err != nil || len(lines) == 0 {
		return 0, 0, err
	}
	err = j.read.QueryRowContext(ctx, `SELECT count(*) FROM rows WHERE batch = $1 AND line < $2`, b.n, lines[0]).
		Scan(&before)
	if err != nil {
		return 0, 0, fmt.Errorf("reading the journal: %w", err)
	}
	return lines[0], before, nil
}

// RowState is where a row of a draft stands, and how.
type RowState struct {
	Seq   int64
	State State
}

// RowStates tells how the rows of the draft stand, in the order of the sheet. All of them are in the books then.
func (d *Draft) RowStates(ctx context.Context) ([]RowState, error) {
	if d.apart != nil {
		if err := d.Whole(); err != nil {
			return nil, err
		}
	}
	rows, err := d.j.read.QueryContext(ctx, `SELECT seq, state FROM rows WHERE batch = $1 ORDER BY line, seq`, d.Batch.n)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return scanAll(rows, func(s *RowState) []any { return []any{&s.Seq, &s.State} })
}

// mostNumbered is how many rows are asked for by their numbers at once.
const mostNumbered = 256

// Numbered gives rows of the draft by their numbers, in the order of these: [mostNumbered] at most. SQLite would walk
// all rows of the draft to give them in the order of the sheet.
func (d *Draft) Numbered(ctx context.Context, seqs []int64) ([]Entry, error) {
	if len(seqs) == 0 || len(seqs) > mostNumbered {
		return nil, nil
	}
	args := []any{d.Batch.n}
	var marks []string
	for i := range mostNumbered { // always so many, since each text is prepared for good
		args = append(args, seqs[min(i, len(seqs)-1)])
		marks = append(marks, fmt.Sprintf("$%d", len(args)))
	}
	all, err := collect(d.j.entries(ctx, "SELECT "+entryColumns+" FROM rows WHERE batch = $1 AND seq IN ("+
		strings.Join(marks, ", ")+")", args...))
	at := map[int64]int{}
	for i, seq := range seqs {
		at[seq] = i
	}
	slices.SortFunc(all, func(a, b Entry) int { return at[a.Seq] - at[b.Seq] })
	return all, err
}
