package journal

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// move runs an UPDATE that takes rows out of one state, and gives how many; what their batches add up to changes with
// them. The text sets no other column that totals are made of, and ends with its WHERE, to which the state is added.
func (s *statements) move(ctx context.Context, from State, query string, args ...any) (int64, error) {
	stmt, err := s.prepareMove(ctx, from, query)
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

func (s *statements) prepareMove(ctx context.Context, from State, query string) (*statement, error) {
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
	stmt, err := s.conn.PrepareContext(ctx, s.say(query+` AND state = '`+string(from)+`'
		RETURNING batch, panel, service, state, status, rate, units_low, units_high, charge`))
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
	var err error
	if t := s.changes(batch); t != nil {
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
