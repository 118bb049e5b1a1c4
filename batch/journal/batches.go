package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// Batch is one sheet, sent to one panel, or to those that its rows name.
type Batch struct {
	n             int64
	account       int64
	ID            string // empty: a draft
	Draft         string // name of a draft that is kept; empty: it has none
	Panel         string
	URL           string
	Sheet         string // the file as the person named it
	Worksheet     string
	Fingerprint   string
	Digest        string            // of the file's bytes; empty: it isn't known
	Columns       []string          // the person's headers
	Mapped        map[string]string // those that aren't found by their words, to what they hold
	Notes         []string          // what reading the sheet noticed
	Created       time.Time
	By            string // who ran it
	Started       time.Time
	Ended         time.Time
	Currency      string
	BalanceBefore decimal.NullDecimal
	BalanceAfter  decimal.NullDecimal
	MaxSpend      decimal.NullDecimal
	Pilot         Pilot     // Rows is 0: there is none
	Workbook      string    // where the results were last written
	WorkbookOn    string    // the machine that they are on; empty: it wasn't noted
	Revision      int64     // counts the changes that the results show
	Written       int64     // the revision that the results were last written at; 0: never
	Shown         string    // how the file of the results was known when they were written; empty: not noted
	Others        []Account // further panels that rows of the sheet name
}

const batchColumns = `b.n, coalesce(b.id, ''), coalesce(b.draft, ''), coalesce(p.panel, ''), coalesce(p.account, 0),
	coalesce(p.url, ''),
	b.sheet, b.worksheet, b.fingerprint, b.digest, b.columns, b.mapped, b.notes, b.created_at, b.created_by, b.started_at,
	b.ended_at,
	coalesce(p.currency, ''), p.balance_before, p.balance_after, b.max_spend,
	b.pilot, b.pilot_after, b.pilot_over, b.workbook, b.workbook_on, b.revision, b.written,
	b.shown FROM batches b LEFT JOIN panels p ON p.batch = b.n AND p.position = 0`

// lastUse is when a batch was made or ran last.
const lastUse = `CASE WHEN b.started_at > b.created_at THEN b.started_at ELSE b.created_at END`

func scanBatch(scan func(...any) error) (Batch, error) {
	var b Batch
	var columns, mapped, notes []byte
	var created, started, ended, pilotAfter int64
	err := scan(
		&b.n,
		&b.ID,
		&b.Draft,
		&b.Panel,
		&b.account,
		&b.URL,
		&b.Sheet,
		&b.Worksheet,
		&b.Fingerprint,
		&b.Digest,
		&columns,
		&mapped,
		&notes,
		&created,
		&b.By,
		&started,
		&ended,
		&b.Currency,
		&b.BalanceBefore,
		&b.BalanceAfter,
		&b.MaxSpend,
		&b.Pilot.Rows,
		&pilotAfter,
		&b.Pilot.Over,
		&b.Workbook,
		&b.WorkbookOn,
		&b.Revision,
		&b.Written,
		&b.Shown,
	)
	if err != nil {
		return b, err
	}
	b.Created, b.Started, b.Ended = fromMillis(created), fromMillis(started), fromMillis(ended)
	b.Pilot.After = fromMillis(pilotAfter)
	if string(mapped) == "{}" {
		mapped = []byte("null")
	}
	return b, errors.Join(json.Unmarshal(columns, &b.Columns), json.Unmarshal(mapped, &b.Mapped),
		json.Unmarshal(notes, &b.Notes))
}

// Batches lists all batches, the newest last.
func (j *Journal) Batches(ctx context.Context) ([]Batch, error) {
	rows, err := j.read.QueryContext(
		ctx,
		"SELECT "+batchColumns+" WHERE b.id IS NOT NULL ORDER BY "+lastUse+", b.n",
	)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return j.scanBatches(ctx, rows)
}

func (j *Journal) scanBatches(ctx context.Context, rows *sql.Rows) ([]Batch, error) {
	defer rows.Close()
	var all []Batch
	for rows.Next() {
		b, err := scanBatch(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		all = append(all, b)
	}
	if err := rows.Err(); err != nil || len(all) == 0 {
		return nil, err
	}
	others, err := j.others(ctx)
	for i, b := range all {
		all[i].Others = others[b.n]
	}
	return all, err
}

// Batch finds a batch by its id or by the beginning of one; an empty id is the batch that ran last.
// [ErrNoBatch]: there is none, or more than one.
func (j *Journal) Batch(ctx context.Context, id string) (Batch, error) {
	rows, err := j.read.QueryContext(ctx, "SELECT "+batchColumns+
		` WHERE b.id IS NOT NULL AND substr(b.id, 1, length($1)) = $1
		ORDER BY b.id = $1 DESC, `+lastUse+` DESC, b.n DESC LIMIT 3`, id)
	if err != nil {
		return Batch{}, fmt.Errorf("reading the journal: %w", err)
	}
	found, err := j.scanBatches(ctx, rows)
	switch {
	case err != nil:
		return Batch{}, err
	case len(found) == 0 && id == "":
		return Batch{}, fmt.Errorf("%w: the journal holds no batches yet", ErrNoBatch)
	case len(found) == 0:
		return Batch{}, fmt.Errorf("%w as %q; `bulkorder history` lists them", ErrNoBatch, id)
	case id == "" || found[0].ID == id || len(found) == 1:
		return found[0], nil
	}
	return Batch{}, fmt.Errorf("%w: %q begins the ids of several batches", ErrNoBatch, id)
}

// HoldService holds the queued rows of one service for what became of it, and gives how many.
func (j *Journal) HoldService(b Batch, s Service, reason Reason, note string) (int, error) {
	var held int64
	err := j.doIn(b, func(ctx context.Context, t *statements) (err error) {
		held, err = t.move(ctx, Queued, `UPDATE rows SET state = 'held', reason = $1, note = $2
			WHERE batch = $3 AND panel = $4 AND service = $5 AND state IN ('queued', 'held')`,
			string(reason), note, b.n, s.Panel, s.ID)
		if err != nil {
			return err
		}
		// What was held for its price, say, may have become another thing since.
		again, err := t.exec(
			ctx,
			`UPDATE rows SET reason = $1, note = $2 WHERE batch = $3 AND panel = $4 AND service = $5 AND state IN ('queued',
				'held')
			AND state = 'held' AND reason IN ('price', 'service') AND note <> $2`,
			string(reason),
			note,
			b.n,
			s.Panel,
			s.ID,
		)
		if err != nil {
			return err
		}
		return touch(ctx, t, b, int(held+again))
	})
	return int(held), err
}

// Unsent is rows not yet sent of one service of one panel that are in the same state for the same reason.
type Unsent struct {
	Service string
	State   State // Queued or Held
	Reason  Reason
}

// Unsent tells which services of a panel rows wait for that aren't sent yet.
func (j *Journal) Unsent(ctx context.Context, b Batch, panel string) ([]Unsent, error) {
	rows, err := j.read.QueryContext(
		ctx,
		`WITH RECURSIVE one (n) AS (SELECT `+firstWaiting(``)+`
			UNION ALL SELECT `+firstWaiting(`AND (w.service, w.state, w.reason) > (r.service, r.state, r.reason)`)+`
			FROM one JOIN rows r ON r.batch = $1 AND r.seq = one.n)
		SELECT service, state, reason FROM one JOIN rows ON rows.batch = $1 AND rows.seq = one.n`,
		b.n,
		panel,
	)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Unsent
	for rows.Next() {
		var w Unsent
		if err := rows.Scan(&w.Service, &w.State, &w.Reason); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		all = append(all, w)
	}
	return all, rows.Err()
}

// firstWaiting finds a row that waits, the first by service, state and reason, in the order of the index: rows that are
// alike are leapt over.
func firstWaiting(behind string) string {
	return `(SELECT w.seq FROM rows w INDEXED BY rows_waiting WHERE w.batch = $1 AND w.panel = $2
		AND w.state IN ('queued', 'held') ` + behind + ` ORDER BY w.service, w.state, w.reason LIMIT 1)`
}

// ReleaseService queues the rows of one service again that are held for one of the reasons, and gives how many.
func (j *Journal) ReleaseService(b Batch, s Service, reasons ...Reason) (int, error) {
	return j.release(b, `panel = $3 AND service = $4`, []any{s.Panel, s.ID}, reasons)
}

// AcceptPrice approves a new price for the rows of one service that are still to be sent.
func (j *Journal) AcceptPrice(b Batch, s Service, now decimal.Decimal) error {
	return j.doIn(b, func(ctx context.Context, t *statements) error {
		if _, err := t.exec(ctx, `UPDATE services SET rate = $1 WHERE batch = $2 AND panel = $3 AND id = $4`, now.String(), b.n,
			s.Panel, s.ID); err != nil {
			return err
		}
		return t.reprice(ctx, b.n, now, `panel = $2 AND service = $3 AND state IN ('queued', 'held')`, s.Panel, s.ID)
	})
}

// HoldBack holds one queued row; the channel tells when that is durable.
func (j *Journal) HoldBack(b Batch, seq int64, reason Reason, note string) <-chan error {
	const query = `UPDATE rows SET state = 'held', reason = $1, note = $2 WHERE batch = $3 AND seq = $4`
	hold := func(ctx context.Context, t *statements) error {
		_, err := t.move(ctx, Queued, query, string(reason), note, b.n, seq)
		return err
	}
	return j.later(write{batch: b.n, leases: j.leasesOf(batchLease(b.ID)), change: hold})
}

// Release queues the rows that are held for one of the reasons, and gives how many.
func (j *Journal) Release(b Batch, reasons ...Reason) (int, error) {
	return j.release(b, `true`, nil, reasons)
}

func (j *Journal) release(b Batch, which string, args []any, reasons []Reason) (int, error) {
	released := 0
	err := j.doIn(b, func(ctx context.Context, t *statements) error {
		for _, r := range reasons {
			n, err := t.move(ctx, Held, `UPDATE rows INDEXED BY rows_held SET `+heard+`, `+decided+`
				WHERE batch = $1 AND reason = $2 AND `+which, append([]any{b.n, string(r)}, args...)...)
			if err != nil {
				return err
			}
			released += int(n)
		}
		return touch(ctx, t, b, released)
	})
	return released, err
}

// Free tells whether no batch has this id.
func (j *Journal) Free(ctx context.Context, id string) (bool, error) {
	var n int
	if err := j.read.QueryRowContext(ctx, "SELECT count(*) FROM batches WHERE id = $1", id).Scan(&n); err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	return n == 0, nil
}
