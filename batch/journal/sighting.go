package journal

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// Sighting is what a panel told of an order that no row claimed, when it was seen first.
type Sighting struct {
	Order   int64 // its id
	At      time.Time
	Charge  decimal.NullDecimal // the whole of it
	Remains string              // of when it was Pending; empty: it wasn't seen so
}

// Sight keeps what was told of orders of an account. What is known of them already stays.
func (j *Journal) Sight(account int64, all []Sighting) error {
	if len(all) == 0 {
		return nil
	}
	return j.do(func(ctx context.Context, t *statements) error {
		for _, s := range all {
			_, err := t.exec(ctx, `INSERT INTO sightings (account, order_id, at, charge, remains) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (account, order_id) DO UPDATE SET charge = coalesce(sightings.charge, excluded.charge),
					remains = CASE sightings.remains WHEN '' THEN excluded.remains ELSE sightings.remains END`,
				account, s.Order, toMillis(s.At), s.Charge, s.Remains)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Sightings gives what was told of an account's orders with ids from one to another, by id.
func (j *Journal) Sightings(ctx context.Context, account, from, to int64) (map[int64]Sighting, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT order_id, at, charge, remains FROM sightings
		WHERE account = $1 AND order_id BETWEEN $2 AND $3`, account, from, to)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	all := map[int64]Sighting{}
	for rows.Next() {
		var s Sighting
		var at int64
		if err := rows.Scan(&s.Order, &at, &s.Charge, &s.Remains); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		s.At = fromMillis(at)
		all[s.Order] = s
	}
	return all, rows.Err()
}
