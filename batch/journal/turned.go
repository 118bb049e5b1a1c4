package journal

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// TurnedAway is a row whose request was turned away, and about which only the account's balance tells whether it was
// ordered all the same: a proxy may have repeated the request.
type TurnedAway struct {
	Entry
	Class        string // of the answer
	Began, Ended time.Time
}

// TurnedAway gives the rows in doubt of a batch on an account that were turned away: for funds that were there, for an
// order on the same link that isn't ours, or by what stands in front of the panel.
func (j *Journal) TurnedAway(ctx context.Context, b Batch, account int64) ([]TurnedAway, error) {
	return j.turnedAway(ctx, `state = 'in_doubt' AND candidate = '' AND class IN ('funds', 'active', 'blocked')
		AND batch = $1 AND account = $2`, b.n, account)
}

// SaidNo gives the queued and refused rows of a batch on an account whose last requests the panel answered since a
// time, and such that have left the sheet since. A row that a person queued isn't among them: it is sent on their word.
func (j *Journal) SaidNo(ctx context.Context, b Batch, account int64, since time.Time) ([]TurnedAway, error) {
	return j.turnedAway(ctx, `state IN ('queued', 'refused', 'skipped') AND http_status <> 0 AND started_at >= $1
		AND batch = $2 AND account = $3 AND NOT (state = 'queued' AND EXISTS (SELECT 1 FROM decisions d
			WHERE d.batch = rows.batch AND d.seq = rows.seq AND d.how = 'forced' AND d.state = 'queued'
			AND d.at >= ended_at))`, toMillis(since), b.n, account)
}

// ToldNo gives the batches of an account with rows whose requests the panel answered with a no since a time, and that
// may have been ordered all the same: such rows were refused or sent again, or are to be.
func (j *Journal) ToldNo(ctx context.Context, account int64, since time.Time) ([]Batch, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT b.id FROM panels p JOIN batches b ON b.n = p.batch
		WHERE p.account = $1 AND b.id IS NOT NULL AND (b.started_at >= $2 OR b.ended_at >= $2 OR b.ended_at < b.started_at)
		AND EXISTS (SELECT 1 FROM rows r INDEXED BY rows_unsure
			JOIN attempts a ON a.batch = r.batch AND a.seq = r.seq WHERE `+unsureRows+` AND r.batch = b.n
			AND r.account = $1 AND a.started_at >= $2 AND a.http_status <> 0
			AND (r.state IN ('queued', 'refused', 'skipped') OR a.n < r.attempts)) ORDER BY b.n`, account, toMillis(since))
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	ids, err := scanAll(rows, func(id *string) []any { return []any{id} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	var all []Batch
	for _, id := range ids {
		b, err := j.Batch(ctx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, nil
}

func (j *Journal) turnedAway(ctx context.Context, which string, args ...any) ([]TurnedAway, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT `+entryColumns+`, class, started_at, ended_at FROM rows
		INDEXED BY rows_unsure
		JOIN (SELECT batch AS of_batch, seq AS of_seq, n AS nth_time, class, http_status, started_at, ended_at
			FROM attempts) its
		ON of_batch = batch AND of_seq = seq AND nth_time = attempts
		WHERE `+unsureRows+` AND `+which+` ORDER BY seq`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []TurnedAway
	for rows.Next() {
		var d TurnedAway
		var began, ended int64
		d.Entry, err = scanEntry(func(columns ...any) error {
			return rows.Scan(append(columns, &d.Class, &began, &ended)...)
		})
		if err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		d.Began, d.Ended = fromMillis(began), fromMillis(ended)
		all = append(all, d)
	}
	return all, rows.Err()
}

// unsureRows are those that the index rows_unsure holds: what was sent once and placed, as most rows are, isn't there.
const unsureRows = `attempts > 0 AND (attempts > 1 OR state NOT IN ('sending', 'placed'))`

// Doubt puts a row in doubt that the panel said no to, and that may have been ordered all the same.
func (j *Journal) Doubt(b Batch, seq int64, note string) error {
	return j.doIn(b, func(ctx context.Context, t *statements) error {
		for _, from := range []State{Queued, Refused, Skipped} {
			n, err := t.move(ctx, from, `UPDATE rows SET state = 'in_doubt', finding = '', note = $1 WHERE batch = $2
				AND seq = $3 AND attempts > 0`, note, b.n, seq)
			if err != nil {
				return err
			}
			if n > 0 {
				return touch(ctx, t, b, int(n))
			}
		}
		return nil
	})
}

// UnknownOrder stands in an alarm for an order whose id isn't known.
const UnknownOrder = "unknown"

// HasAlarm tells whether an alarm about an order was raised for a row, whether a person answered it or not.
func (j *Journal) HasAlarm(ctx context.Context, b Batch, seq int64, order string) (has bool, err error) {
	err = j.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM alarms WHERE batch = $1 AND seq = $2
		AND order_id = $3)`, b.n, seq, order).Scan(&has)
	if err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	return has, nil
}

// WasUnknown tells whether an alarm was raised for the batch about orders whose ids aren't known, whether a person
// answered it or not.
func (j *Journal) WasUnknown(ctx context.Context, b Batch) (was bool, err error) {
	err = j.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM alarms WHERE batch = $1 AND order_id = $2)`, b.n,
		UnknownOrder).Scan(&was)
	if err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	return was, nil
}

// HasOpenOrder tells whether an order of ours for it may still be under way on the account.
func (j *Journal) HasOpenOrder(ctx context.Context, account int64, target string) (open bool, err error) {
	if err := j.indexTargets(ctx); err != nil {
		return false, err
	}
	err = j.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows WHERE account = $1 AND target = $2
		AND state = 'placed' AND due_at IS NOT NULL)`, account, target).Scan(&open)
	if err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	return open, nil
}

// targetsIndex finds orders that may still be under way by what they are for. Few panels ask for that, and keeping it
// costs each order as much as an intent: it is made when it is first asked for.
const targetsIndex = `CREATE INDEX rows_open ON rows (account, target) WHERE state = 'placed' AND due_at IS NOT NULL`

func (j *Journal) indexTargets(ctx context.Context) error {
	isThere, index := `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = 'rows_open')`, targetsIndex
	if j.pg != nil {
		isThere = `SELECT to_regclass('rows_open') IS NOT NULL`
		index = `CREATE INDEX rows_open ON rows USING hash (target) WHERE state = 'placed' AND due_at IS NOT NULL`
	}
	if j.hasTargets.Load() {
		return nil
	}
	var is bool
	if err := j.read.QueryRowContext(ctx, isThere).Scan(&is); err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	if !is {
		err := j.do(func(ctx context.Context, t *statements) error {
			if err := t.QueryRowContext(ctx, isThere).Scan(&is); err != nil || is {
				return err
			}
			_, err := t.conn.ExecContext(ctx, index)
			return err
		})
		if err != nil {
			return err
		}
	}
	j.hasTargets.Store(true)
	return nil
}

// IsProved tells whether it was proved of an earlier attempt of a row that nothing was charged for it.
func (j *Journal) IsProved(ctx context.Context, b Batch, seq int64) (is bool, err error) {
	err = j.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM decisions WHERE batch = $1 AND seq = $2
		AND how = $3)`, b.n, seq, string(ByBooks)).
		Scan(&is)
	if err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	return is, nil
}

// Resent is a placed row that the panel turned away before, and when the first such request left.
type Resent struct {
	Charged
	Began time.Time
}

// SentAgain gives the rows of a batch on an account that were sent since a time and placed, that the panel had turned
// away before, and whose charges are told. Those about which there is an alarm already are left out.
func (j *Journal) SentAgain(ctx context.Context, b Batch, account int64, since time.Time) ([]Resent, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT * FROM (SELECT r.seq, r.line, r.tab, r.panel, r.service, r.order_id,
		r.charge, (SELECT min(a.started_at) FROM attempts a WHERE a.batch = r.batch AND a.seq = r.seq AND a.n < r.attempts
			AND a.http_status <> 0) AS began
		FROM rows r INDEXED BY rows_unsure WHERE `+unsureRows+`
		AND r.batch = $1 AND r.account = $2 AND r.state = 'placed' AND r.attempts > 1 AND r.charge IS NOT NULL
		AND r.sent_at >= $3
		AND NOT EXISTS (SELECT 1 FROM alarms x WHERE x.batch = r.batch AND x.seq = r.seq)) again
		WHERE began IS NOT NULL ORDER BY seq`, b.n, account, toMillis(since))
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Resent
	for rows.Next() {
		var r Resent
		var began int64
		if err := rows.Scan(&r.Seq, &r.Line.N, &r.Line.Tab, &r.Panel, &r.Service, &r.OrderID, &r.Charge, &began); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		r.Began = fromMillis(began)
		all = append(all, r)
	}
	return all, rows.Err()
}

// Doubtful adds up the estimates of the rows in doubt of an account whose requests left since a time.
func (j *Journal) Doubtful(ctx context.Context, account int64, since time.Time) (sum decimal.Decimal, err error) {
	rows, err := j.read.QueryContext(ctx, `SELECT rate, units_high FROM rows WHERE account = $1
		AND state IN ('sending', 'in_doubt') AND sent_at >= $2`, account, toMillis(since))
	if err != nil {
		return sum, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(g *chargeGroup) []any { return []any{&g.rate, &g.units} })
	if err != nil {
		return sum, fmt.Errorf("reading the journal: %w", err)
	}
	for _, g := range all {
		sum = sum.Add(g.amount())
	}
	return sum, nil
}

// Unsure tells whether requests for rows of a batch on a panel may have been taken though the books don't say so: the
// row is in doubt since a time, was sent again or refused since, or was turned away and is to be sent.
func (j *Journal) Unsure(ctx context.Context, b Batch, panel string, since time.Time) (unsure bool, err error) {
	err = j.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows r INDEXED BY rows_unsure
			JOIN attempts a ON a.batch = r.batch AND a.seq = r.seq WHERE `+unsureRows+` AND r.batch = $1 AND r.panel = $2
			AND a.started_at >= $3
			AND (r.state = 'in_doubt' OR a.http_status <> 0 AND (r.state IN ('refused', 'skipped') OR a.n < r.attempts)))
		OR EXISTS (SELECT 1 FROM rows r INDEXED BY rows_unsure
			JOIN attempts a ON a.batch = r.batch AND a.seq = r.seq AND a.n = r.attempts
			WHERE `+unsureRows+` AND r.batch = $1 AND r.panel = $2
			AND (r.state = 'in_doubt' AND a.class IN ('funds', 'active', 'blocked')
			OR r.state = 'queued' AND a.http_status <> 0))`, b.n, panel, toMillis(since)).Scan(&unsure)
	if err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	return unsure, nil
}
