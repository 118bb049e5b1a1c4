package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// How says what a decision about a row in doubt rests on.
type How string

const (
	Inferred  How = "inferred"   // one row, one order of exactly its charge that no other row can have
	InSet     How = "set"        // as many rows as orders of the same charge; which is whose is by their time
	RequestID How = "request_id" // the panel tells the same request again, so it is asked again
	Forced    How = "forced"     // a person's word
)

// Decision is what was decided about a row in doubt.
type Decision struct {
	At       time.Time `json:"at"`
	By       string    `json:"by"`
	How      How       `json:"how"`
	State    State     `json:"state"` // Placed or Queued
	OrderID  string    `json:"order_id"`
	Reason   string    `json:"reason"` // a person's words
	Evidence string    `json:"evidence"`
}

// ErrNotInDoubt: the row isn't in doubt, so there is nothing to decide about it.
var ErrNotInDoubt = errors.New("the row is not in doubt")

// Decide makes a row in doubt placed or queued and keeps why. [ErrOrderTaken]: another row has the order;
// nothing is changed then.
func (j *Journal) Decide(b Batch, seq int64, d Decision) error {
	return j.do(func(ctx context.Context, t *statements) error {
		var order sql.NullString
		note := "queued again: " + d.Evidence
		if d.State == Placed {
			order, note = sql.NullString{String: d.OrderID, Valid: true}, d.Evidence
			var taken int
			if err := t.conn.QueryRowContext(ctx,
				`SELECT count(*) FROM rows WHERE order_key = ? AND order_id IS NOT NULL AND account = (SELECT account FROM rows `+
					`WHERE batch = ? AND seq = ?)`,
				OrderKey(d.OrderID), b.n, seq).Scan(&taken); err != nil {
				return err
			}
			if taken > 0 {
				return rowError{fmt.Errorf("order %s: %w", d.OrderID, ErrOrderTaken)}
			}
		}
		n, err := t.exec(
			ctx,
			`UPDATE rows SET state = ?, order_id = ?, note = ? WHERE batch = ? AND seq = ? AND state = 'in_doubt'`,
			string(d.State), order, note, b.n, seq,
		)
		if err == nil && n != 1 {
			return rowError{ErrNotInDoubt}
		}
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, `INSERT INTO decisions (batch, seq, n, at, by, how, state, order_id, reason, evidence)
			VALUES (?1, ?2, (SELECT count(*) + 1 FROM decisions WHERE batch = ?1 AND seq = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
			b.n, seq, toMillis(d.At), d.By, string(d.How), string(d.State), d.OrderID, d.Reason, d.Evidence)
		if err != nil {
			return err
		}
		return touch(ctx, t, b, 1)
	})
}

// Decisions gives what was decided about a row, the first first.
func (j *Journal) Decisions(ctx context.Context, b Batch, seq int64) ([]Decision, error) {
	rows, err := j.read.QueryContext(
		ctx,
		`SELECT at, by, how, state, order_id, reason, evidence FROM decisions WHERE batch = ? AND seq = ? ORDER BY n`,
		b.n,
		seq,
	)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Decision
	for rows.Next() {
		var d Decision
		var at int64
		if err := rows.Scan(&at, &d.By, &d.How, &d.State, &d.OrderID, &d.Reason, &d.Evidence); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		d.At = fromMillis(at)
		all = append(all, d)
	}
	return all, rows.Err()
}

// Sent is a row that has an order, and when its request was under way.
type Sent struct {
	OrderID      string
	Began, Ended time.Time // Ended is zero where nobody saw it
	Guessed      bool      // a person or an inference gave the order id, not the panel's answer
}

// Orders gives every order of an account that the books know, of all batches.
func (j *Journal) Orders(ctx context.Context, account int64) ([]Sent, error) {
	rows, err := j.read.QueryContext(
		ctx,
		`SELECT r.order_id, coalesce(a.started_at, r.sent_at), coalesce(a.ended_at, 0), coalesce(a.order_id, '') <> r.order_id
		FROM rows r LEFT JOIN attempts a ON a.batch = r.batch AND a.seq = r.seq AND a.n = r.attempts WHERE r.account = ?
			AND r.order_id IS NOT NULL`,
		account,
	)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Sent
	for rows.Next() {
		var s Sent
		var began, ended int64
		if err := rows.Scan(&s.OrderID, &began, &ended, &s.Guessed); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		s.Began, s.Ended = fromMillis(began), fromMillis(ended)
		all = append(all, s)
	}
	return all, rows.Err()
}

// AtLine finds the row of a batch that has this number in the spreadsheet. An edited sheet may have left
// an older row with the same number: the newest counts.
func (j *Journal) AtLine(ctx context.Context, b Batch, line int) (Entry, error) {
	all, err := collect(
		j.entries(
			ctx,
			"SELECT "+entryColumns+" FROM rows WHERE batch = ? AND line = ? ORDER BY seq DESC LIMIT 1",
			b.n,
			line,
		),
	)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("batch %s has no row %d", b.ID, line)
	}
	if err != nil {
		return Entry{}, err
	}
	return all[0], nil
}
