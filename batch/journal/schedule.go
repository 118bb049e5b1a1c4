package journal

import (
	"context"
	"fmt"
	"time"
)

// Schedule is what a person said about how often orders are asked about.
type Schedule struct {
	N     int64         // counts them, from 1
	Every time.Duration // 0: never
	Until time.Time     // zero: without end
	By    string
	At    time.Time
}

// Asks tells whether orders are asked about at a moment.
func (s Schedule) Asks(now time.Time) bool {
	return s.Every > 0 && (s.Until.IsZero() || now.Before(s.Until))
}

// Say keeps what a person says of it, which counts from now on.
func (j *Journal) Say(s Schedule) error {
	until := int64(0)
	if !s.Until.IsZero() {
		until = toMillis(s.Until)
	}
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `INSERT INTO schedules (n, every, until_at, by, at)
			SELECT coalesce(max(n), 0) + 1, CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS BIGINT)
			FROM schedules`, s.Every.Milliseconds(), until, s.By, toMillis(s.At))
		return err
	})
}

// Schedules gives what was said last, the latest first.
func (j *Journal) Schedules(ctx context.Context, most int) ([]Schedule, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT n, every, until_at, by, at FROM schedules
		ORDER BY n DESC LIMIT $1`, most)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Schedule
	for rows.Next() {
		var s Schedule
		var every, until, at int64
		if err := rows.Scan(&s.N, &every, &until, &s.By, &at); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		s.Every, s.At = time.Duration(every)*time.Millisecond, fromMillis(at)
		if until > 0 {
			s.Until = fromMillis(until)
		}
		all = append(all, s)
	}
	return all, rows.Err()
}
