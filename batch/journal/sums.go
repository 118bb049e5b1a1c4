package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// What the rows of a batch add up to is in the books: who only looks need not read them all, also where a process died
// in the middle of a run. Each transaction that changes rows adds what it changes in their sums, as a line of its own;
// now and then the lines are added to the sums themselves.

// keptSums reads what the rows of a batch add up to, where that is in the books; ok is false where it isn't.
func keptSums(ctx context.Context, ask querying, batch int64) (t Totals, ok bool, err error) {
	t, ok, _, err = readSums(ctx, ask, batch)
	return t, ok, err
}

// readSums tells also how long the sums themselves are, without the changes since.
func readSums(ctx context.Context, ask querying, batch int64) (t Totals, ok bool, length int, err error) {
	rows, err := ask(ctx, `SELECT 0 AS n, totals, '' FROM sums WHERE batch = $1
		UNION ALL SELECT n, changes, '' FROM sums_since WHERE batch = $1
		UNION ALL SELECT -1, rate, coalesce(units_high, '0') FROM rows INDEXED BY rows_unsettled
			WHERE batch = $1 AND state IN ('sending', 'in_doubt') ORDER BY 1`, batch)
	if err != nil {
		return t, false, 0, fmt.Errorf("reading the journal: %w", err)
	}
	type part struct {
		n           int64
		text, units string
	}
	parts, err := scanAll(rows, func(p *part) []any { return []any{&p.n, &p.text, &p.units} })
	if err != nil {
		return t, false, 0, fmt.Errorf("reading the journal: %w", err)
	}
	kept := false
	for _, p := range parts {
		switch {
		case p.n < 0:
			rate, err := decimal.NewFromString(p.text)
			units, wrong := decimal.NewFromString(p.units)
			if err := errors.Join(err, wrong); err != nil {
				return t, false, 0, fmt.Errorf("reading the journal: %w", err)
			}
			t.unsettled = t.unsettled.Add(rate.Mul(units))
			continue
		case p.n == 0:
			kept, length = true, len(p.text)
		}
		if !kept || !t.addText(p.text) {
			return Totals{}, false, 0, nil // nobody knows what it says: the rows do
		}
	}
	t.Committed = t.Committed.Add(t.unsettled)
	t.tidy()
	return t, kept, length, nil
}

// keepSums writes what the rows of a batch add up to, with all that this transaction changed.
func keepSums(ctx context.Context, t *statements, n int64, sum Totals) error {
	clear(t.unsummed)
	delete(t.changed, n)
	t.placed = slices.DeleteFunc(t.placed, func(p placing) bool { return p.batch == n })
	text := string(appendSums(nil, sum))
	t.sumsLength[n], t.sinceLength[n] = len(text), 0
	_, err := t.exec(ctx, `INSERT INTO sums (batch, totals) VALUES ($1, $2)
		ON CONFLICT (batch) DO UPDATE SET totals = excluded.totals`, n, text)
	if err == nil {
		_, err = t.exec(ctx, `DELETE FROM sums_since WHERE batch = $1`, n)
	}
	return err
}

// setsCounted tells what a text assigns that totals are made of.
var setsCounted = regexp.MustCompile(`\b(state|status|charge|rate|units_low|units_high|panel|service|batch)\s*=`)

// changesSums tells texts that may change what the rows of a batch add up to. Of an UPDATE counts what stands before
// its last WHERE.
func changesSums(query string) bool {
	words := strings.Fields(query)
	text := strings.Join(words, " ")
	switch {
	case strings.HasPrefix(text, "INSERT INTO rows "), strings.HasPrefix(text, "DELETE FROM rows "):
		return true
	case strings.HasPrefix(text, "UPDATE rows "):
		if last := strings.LastIndex(text, " WHERE "); last >= 0 {
			text = text[:last]
		}
		return setsCounted.MatchString(text)
	}
	return false
}

// unsum throws away what the rows of the batch at hand add up to: nobody knows how that has changed.
func (s *statements) unsum(ctx context.Context) error {
	if s.unsummed[s.batch] || s.unsummed[0] {
		return nil
	}
	s.unsummed[s.batch] = true
	if delete(s.changed, s.batch); s.batch == 0 {
		clear(s.changed)
	}
	s.placed = slices.DeleteFunc(s.placed, func(p placing) bool { return s.batch == 0 || p.batch == s.batch })
	for _, table := range []string{"sums", "sums_since"} {
		if _, err := s.exec(ctx, `DELETE FROM `+table+` WHERE batch = $1 OR $1 = 0`, s.batch); err != nil {
			return err
		}
	}
	return nil
}

// KeepTotals adds up a batch as [Journal.Totals] does, and keeps the sums in the books.
func (j *Journal) KeepTotals(ctx context.Context, b Batch) (Totals, error) {
	if _, kept, err := keptSums(ctx, j.read.QueryContext, b.n); kept || err != nil {
		if err != nil {
			return Totals{}, err
		}
		return j.Totals(ctx, b)
	}
	var revision int64
	if err := j.read.QueryRowContext(ctx, `SELECT revision FROM book`).Scan(&revision); err != nil {
		return Totals{}, fmt.Errorf("reading the journal: %w", err)
	}
	t, err := j.Totals(ctx, b)
	if err != nil {
		return t, err
	}
	err = j.do(func(ctx context.Context, s *statements) error {
		now, err := s.stored, error(nil)
		if now == 0 {
			err = s.queryRow(ctx, `SELECT revision FROM book`, &now)
		}
		if err != nil || now != revision || s.changed[b.n] != nil || s.unsummed[b.n] || s.unsummed[0] {
			return err // something changed while the rows were read
		}
		return keepSums(ctx, s, b.n, t)
	})
	if errors.Is(err, ErrBroken) || errors.Is(err, ErrClosed) {
		err = nil // what is known is told all the same
	}
	return t, err
}

// wrongSums names the batches whose sums aren't what their rows add up to.
func (j *Journal) wrongSums(ctx context.Context) (wrong []string, err error) {
	var moment *sql.TxOptions // sums and rows as they stand at one moment: SQLite's transactions see nothing else
	if j.pg != nil {
		moment = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	tx, err := j.read.BeginTx(ctx, moment)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	ask := func(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
		return tx.QueryContext(ctx, j.read.say(query), j.read.give(args)...)
	}
	rows, err := ask(ctx, `SELECT n, coalesce(id, '') FROM batches WHERE n IN (SELECT batch FROM sums)`)
	if err != nil {
		return nil, err
	}
	all, err := scanAll(rows, func(b *Batch) []any { return []any{&b.n, &b.ID} })
	if err != nil {
		return nil, err
	}
	for _, b := range all {
		kept, readable, err := keptSums(ctx, ask, b.n)
		if err != nil {
			return nil, err
		}
		counted, err := addUp(ctx, ask, allRows, b.n)
		if err != nil {
			return nil, err
		}
		if !readable || !kept.same(counted) {
			wrong = append(wrong, b.ID)
		}
	}
	return wrong, nil
}

// same tells whether rows add up to the same.
func (t Totals) same(o Totals) bool {
	return slices.EqualFunc(t.numbers(), o.numbers(), func(a, b *int) bool { return *a == *b }) &&
		slices.EqualFunc(t.amounts(), o.amounts(), func(a, b *decimal.Decimal) bool { return a.Equal(*b) }) &&
		maps.Equal(t.States, o.States) &&
		maps.EqualFunc(t.Statuses, o.Statuses, func(a, b Sum) bool { return a.Rows == b.Rows && a.Charge.Equal(b.Charge) }) &&
		maps.EqualFunc(t.services, o.services, func(a, b *ServiceTotal) bool {
			return a.Rows == b.Rows && a.Placed == b.Placed && a.Estimated.Equal(b.Estimated) && a.Charged.Equal(b.Charged)
		})
}
