package journal

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// move runs an UPDATE that takes rows out of one state, and gives how many; what their batches add up to changes with
// them. The text sets no other column that totals are made of, and ends with its WHERE, to which the state is added.
func (s *statements) move(ctx context.Context, from State, query string, args ...any) (int64, error) {
	if err := s.countPlaced(ctx); err != nil {
		return 0, err
	}
	stmt, err := s.prepareMove(ctx, from, query, `
		RETURNING batch, panel, service, state, status, rate, units_low, units_high, charge`)
	if err != nil {
		return 0, err
	}
	rows, err := stmt.QueryContext(ctx, s.give(args)...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n int64
	for rows.Next() {
		var batch int64
		var is Entry
		if err := rows.Scan(&batch, &is.Panel, &is.Service, &is.State, &is.Status, &is.Rate, &is.Units.Low,
			&is.Units.High, &is.Charge); err != nil {
			return n, err
		}
		was := is
		was.State = from
		s.turn(batch, was, is)
		n++
	}
	return n, rows.Err()
}

func (s *statements) prepareMove(ctx context.Context, from State, query, returning string) (*statement, error) {
	known, is := s.moves[movement{from, query}]
	if is {
		return known, nil
	}
	sets, _, _ := strings.Cut(query, "WHERE")
	for _, column := range setsCounted.FindAllString(sets, -1) {
		if !strings.HasPrefix(column, "state") {
			return nil, fmt.Errorf("rows are moved by a text that sets more than their state: %s", query)
		}
	}
	stmt, err := s.conn.PrepareContext(ctx, s.say(query+` AND state = '`+string(from)+`'`+returning))
	if err != nil {
		return nil, err
	}
	known = &statement{Stmt: stmt}
	s.moves[movement{from, query}] = known
	return known, nil
}

// movement is a text that moves rows, and the state that it takes them out of.
type movement struct {
	from  State
	query string
}

// moveRow runs an UPDATE that takes one row out of one state into another, and tells whether it did. It is move for
// what every order does: what the sums know of rows that were placed is read for all of them at once.
func (s *statements) moveRow(
	ctx context.Context, batch, seq int64, from, to State, query string, args ...any,
) (bool, error) {
	stmt, err := s.prepareMove(ctx, from, query, "")
	if err != nil {
		return false, err
	}
	n, err := rowsChanged(stmt.ExecContext(ctx, s.give(args)...))
	if err != nil || n == 0 {
		return false, err
	}
	s.moved(placing{batch, seq, from}, to)
	return true, nil
}

// moved notes that a row was taken into another state.
func (s *statements) moved(row placing, to State) {
	if to == Placed {
		s.placed = append(s.placed, row)
	} else if t := s.changes(row.batch); t != nil {
		t.turn(Entry{State: row.from}, Entry{State: to}, 1) // of what is sent, but not placed, the sums know the states alone
	}
}

// placing is a row that this transaction placed, and the state that it was in.
type placing struct {
	batch, seq int64
	from       State
}

// countPlaced notes what the rows that were placed so far change in the sums. It comes before whatever else changes
// them.
func (s *statements) countPlaced(ctx context.Context) error {
	for len(s.placed) > 0 {
		batch := s.placed[0].batch
		from := map[int64]State{}
		var rest []placing
		for _, p := range s.placed {
			if p.batch == batch {
				from[p.seq] = p.from
			} else {
				rest = append(rest, p)
			}
		}
		s.placed = rest
		t := s.changes(batch)
		if t == nil {
			continue
		}
		seqs := encode(slices.Collect(maps.Keys(from)))
		rows, err := s.query(ctx, `SELECT seq, panel, service, status, rate, units_low, units_high, charge FROM rows
			WHERE batch = $1 AND seq IN (SELECT CAST(value AS BIGINT) FROM json_each($2))`, batch, seqs)
		if err != nil {
			return err
		}
		all, err := scanAll(rows, func(e *Entry) []any {
			return []any{&e.Seq, &e.Panel, &e.Service, &e.Status, &e.Rate, &e.Units.Low, &e.Units.High, &e.Charge}
		})
		if err != nil {
			return err
		}
		for _, is := range all {
			was := is
			was.State, is.State = from[is.Seq], Placed
			t.turn(was, is, 1)
		}
	}
	return nil
}

// turn notes that a row of a batch has another state, status or charge.
func (s *statements) turn(batch int64, was, is Entry) {
	if t := s.changes(batch); t != nil {
		t.turn(was, is, 1)
	}
}

// changes is what this transaction changes in the sums of a batch so far; nil: they aren't kept any more.
func (s *statements) changes(batch int64) *Totals {
	if s.unsummed[batch] || s.unsummed[0] {
		return nil
	}
	t := s.changed[batch]
	if t == nil {
		t = &Totals{}
		s.changed[batch] = t
	}
	return t
}

// reprice gives the rows of a batch that are told of another price. The parameters of which begin with $2.
func (s *statements) reprice(ctx context.Context, batch int64, rate decimal.Decimal, which string, args ...any) error {
	args = append([]any{batch}, args...)
	err := s.countPlaced(ctx)
	if t := s.changes(batch); t != nil && err == nil {
		err = alike(ctx, s.query, func(was Entry, n int) {
			is := was
			is.Rate = rate
			t.Add(was, -n)
			t.Add(is, n)
		}, `SELECT `+totalColumns+` FROM rows WHERE batch = $1 AND `+which+` GROUP BY `+totalGroups, args...)
	}
	if err == nil {
		_, err = s.run(ctx, fmt.Sprintf(`UPDATE rows SET rate = $%d WHERE batch = $1 AND %s`, len(args)+1, which),
			append(args, rate.String())...)
	}
	return err
}

// leastFolded is how long the changes of sums are at least before they are added to them.
const leastFolded = 64 << 10

// noteChanges writes what this transaction changed in sums that are kept.
func (s *statements) noteChanges(ctx context.Context) error {
	if err := s.countPlaced(ctx); err != nil {
		return err
	}
	for batch, change := range s.changed {
		text := string(appendSums(nil, *change))
		n, err := s.exec(ctx, `INSERT INTO sums_since (batch, n, changes)
			SELECT $1, (SELECT coalesce(max(n), 0) + 1 FROM sums_since WHERE batch = $1), $2
			WHERE EXISTS (SELECT 1 FROM sums WHERE batch = $1)`, batch, text)
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		// Reading them takes three times as long as reading sums without changes at the most, and adding them up is a small
		// part of writing them.
		s.sinceLength[batch] += len(text)
		if s.sinceLength[batch] > max(leastFolded, 2*s.sumsLength[batch]) {
			if err := s.fold(ctx, batch); err != nil {
				return err
			}
		}
	}
	clear(s.changed)
	return nil
}

// fold adds the changes of sums to them.
func (s *statements) fold(ctx context.Context, batch int64) error {
	sum, kept, length, err := readSums(ctx, s.query, batch)
	if err != nil || !kept {
		return err
	}
	if s.sumsLength[batch] == 0 && s.sinceLength[batch] <= 2*length { // their length wasn't known
		s.sumsLength[batch] = length
		return nil
	}
	return keepSums(ctx, s, batch, sum)
}
