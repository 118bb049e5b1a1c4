package journal

import (
	"context"
	"fmt"
	"time"
)

// Doubt is a row that is in doubt or being sent, and when its last request was under way.
type Doubt struct {
	Entry
	Batch        string    // the id of its batch
	Began, Ended time.Time // Ended is zero where nobody saw it
}

// Doubts gives the rows in doubt and those being sent on the account that a batch has on a panel, and on every account
// that may be the same, whichever batch they are of; and the batch's own on that panel.
func (j *Journal) Doubts(ctx context.Context, b Batch, panel string) ([]Doubt, error) {
	const last = ` FROM attempts a WHERE a.batch = rows.batch AND a.seq = rows.seq AND rows.state = 'in_doubt'
		ORDER BY a.n DESC LIMIT 1)`
	rows, err := j.read.QueryContext(ctx, `SELECT `+entryColumns+`,
		coalesce((SELECT b.id FROM batches b WHERE b.n = rows.batch), ''),
		coalesce((SELECT a.started_at`+last+`, sent_at), coalesce((SELECT a.ended_at`+last+`, 0)
		FROM rows WHERE state IN ('sending', 'in_doubt') AND (account = ?1 OR (batch = ?2 AND panel = ?3)
		OR account IN (SELECT n FROM accounts WHERE kin = (SELECT kin FROM accounts WHERE n = ?1)))
		ORDER BY batch, seq`, b.AccountOn(panel), b.n, panel)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Doubt
	for rows.Next() {
		d, err := scanDoubt(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		all = append(all, d)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return all, nil
}

func scanDoubt(scan func(...any) error) (d Doubt, err error) {
	var began, ended int64
	d.Entry, err = scanEntry(func(columns ...any) error {
		return scan(append(columns, &d.Batch, &began, &ended)...)
	})
	d.Began, d.Ended = fromMillis(began), fromMillis(ended)
	return d, err
}

// Beside gives the other accounts at an account's address that may be the same as it: an id is one
// order of theirs or of its own.
func (j *Journal) Beside(ctx context.Context, account int64) ([]int64, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT o.n FROM accounts a
		JOIN accounts o ON o.address = a.address AND o.kin = a.kin WHERE a.n = ?1 AND o.n <> ?1 ORDER BY o.n`, account)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(n *int64) []any { return []any{n} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return all, nil
}
