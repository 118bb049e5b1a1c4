package journal

import (
	"context"
	"fmt"

	"bulkorder/batch/panel"
)

// Alike is a placed row of which another row was answered the order too: whose it is isn't known.
type Alike struct {
	Doubt             // the placed row
	OtherBatch string // the id of the other row's batch
	OtherSeq   int64  // the other row, which is in doubt
	answered   string // the order as the other row's answer wrote it
}

// Alike gives such rows of an account, of all batches. Rows whose order a decision gave aren't among them: that weighed
// whose it is.
func (j *Journal) Alike(ctx context.Context, account int64) ([]Alike, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT b.id, r.seq, a.candidate FROM rows r INDEXED BY rows_unsettled
		JOIN batches b ON b.n = r.batch JOIN attempts a ON a.batch = r.batch AND a.seq = r.seq AND a.n = r.attempts
		WHERE r.state IN ('sending', 'in_doubt') AND r.state = 'in_doubt' AND r.account = $1 AND a.candidate <> ''
		AND a.verdict = $2 ORDER BY r.batch, r.seq`, account, panel.Placed.String())
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	found, err := scanAll(rows, func(a *Alike) []any { return []any{&a.OtherBatch, &a.OtherSeq, &a.answered} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	var all []Alike
	for _, a := range found {
		placed, err := j.placedAs(ctx, account, a.answered)
		if err != nil {
			return nil, err
		}
		for _, d := range placed {
			a.Doubt = d
			all = append(all, a)
		}
	}
	return all, nil
}

// placedAs gives the row of an account whose own answer gave it an order; there is one at most.
func (j *Journal) placedAs(ctx context.Context, account int64, order string) ([]Doubt, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT `+entryColumns+`,
		coalesce((SELECT b.id FROM batches b WHERE b.n = rows.batch), ''), began, ended, NULL, `+sharesLine+` FROM rows
		JOIN (SELECT batch AS its_batch, seq AS its_seq, n AS its_n, started_at AS began, ended_at AS ended FROM attempts) its
		ON its_batch = rows.batch AND its_seq = rows.seq AND its_n = attempts
		WHERE account = $1 AND order_key = $2 AND `+answered, account, OrderKey(order))
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return scanDoubts(rows)
}
