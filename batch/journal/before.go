package journal

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bulkorder/parse"
)

// Before is a row of a draft that the batch which the draft would become an edition of has sent already, or may have,
// or was told no about: it isn't sent again.
type Before struct {
	Seq     int64 // of the draft's row
	Was     State // of the draft's row
	State   State // of the batch's
	OrderID string
	SentAt  time.Time
	Note    string
}

// Before gives such rows of the draft, by the id of the batch.
func (d *Draft) Before(ctx context.Context, id string) ([]Before, error) {
	if id != "" && d.same == id {
		return d.beforeSame(ctx, id)
	}
	rows, err := d.j.read.QueryContext(ctx, `SELECT d.seq, d.state, rows.state, CASE rows.one_of WHEN ''
			THEN coalesce(rows.order_id, '') ELSE '' END, rows.sent_at, rows.note
		FROM batches b JOIN rows d ON d.batch = $1 CROSS JOIN rows ON rows.key = d.key AND rows.batch = b.n
		WHERE b.id = $2 AND `+kept, d.Batch.n, id)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Before
	for rows.Next() {
		var b Before
		var sent int64
		if err := rows.Scan(&b.Seq, &b.Was, &b.State, &b.OrderID, &sent, &b.Note); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		b.SentAt = fromMillis(sent)
		all = append(all, b)
	}
	return all, rows.Err()
}

// HeldSum is how many rows of a batch are held for one reason.
type HeldSum struct {
	Reason Reason
	Rows   int
	First  []parse.Line // some of them
	By     string       // the batch that has them still to send, of repeats; empty: none
	Asks   []string     // the warnings that they wait for, of those that are warned of
}

// mostHeldLines is how many rows held for one reason are named.
const mostHeldLines = 36

// sentBy is the batch that has a held row still to send, as the row's note tells ([Earlier.Words]).
const (
	toBeSentBy = "still to be sent by batch "
	sentBy     = `CASE WHEN reason = 'repeat' AND substr(note, 1, 26) = '` + toBeSentBy + `'
		THEN substr(note, 27, instr(note, ', row ') - 27) ELSE '' END`
)

// heldFor tells why rows of a batch are held.
func (j *Journal) heldFor(ctx context.Context, b Batch) ([]HeldSum, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT reason, `+sentBy+` AS other, count(*) FROM rows INDEXED BY rows_held
		WHERE batch = $1 AND state = 'held' GROUP BY 1, 2 ORDER BY 1, 2`, b.n)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(h *HeldSum) []any { return []any{&h.Reason, &h.By, &h.Rows} })
	for i := range all {
		if err != nil {
			break
		}
		rows, err = j.read.QueryContext(ctx, `SELECT line, tab FROM rows INDEXED BY rows_held
			WHERE batch = $1 AND state = 'held' AND reason = $2 AND `+sentBy+` = $3 ORDER BY rowid LIMIT $4`, b.n,
			string(all[i].Reason), all[i].By, mostHeldLines)
		if err == nil {
			all[i].First, err = scanAll(rows, func(l *parse.Line) []any { return []any{&l.N, &l.Tab} })
		}
		if err == nil && all[i].Reason == Warned {
			all[i].Asks, err = j.asked(ctx, b)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return all, nil
}

// asked gives the warnings that rows of a batch wait for.
func (j *Journal) asked(ctx context.Context, b Batch) (all []string, err error) {
	rows, err := j.read.QueryContext(ctx, `SELECT DISTINCT asks FROM rows INDEXED BY rows_asks
		WHERE batch = $1 AND asks <> '' AND state = 'held'`, b.n)
	if err != nil {
		return nil, err
	}
	texts, err := scanAll(rows, func(s *string) []any { return []any{s} })
	for _, text := range texts {
		for _, name := range asksOf(text) {
			if !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	slices.Sort(all)
	return all, err
}
