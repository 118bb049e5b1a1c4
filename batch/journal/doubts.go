package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
)

// Doubt is a row that is in doubt or being sent, and when its last request was under way.
type Doubt struct {
	Entry
	Batch        string    // the id of its batch
	Began, Ended time.Time // Ended is zero where nobody saw it
	Sent         Attempt   // the last one; zero while it is being sent
}

// Doubts gives the rows in doubt and those being sent on the account that a batch has on a panel, and on every account
// that may be the same, whichever batch they are of; and the batch's own on that panel.
func (j *Journal) Doubts(ctx context.Context, b Batch, panel string) ([]Doubt, error) {
	const last = ` FROM attempts a WHERE a.batch = rows.batch AND a.seq = rows.seq AND rows.state = 'in_doubt'
		ORDER BY a.n DESC LIMIT 1)`
	rows, err := j.read.QueryContext(ctx, `SELECT `+entryColumns+`,
		coalesce((SELECT b.id FROM batches b WHERE b.n = rows.batch), ''),
		coalesce((SELECT a.started_at`+last+`, sent_at), coalesce((SELECT a.ended_at`+last+`, 0),
		(SELECT json_array(a.n, a.verdict, a.class, a.words, a.http_status, a.candidate, a.answer)`+last+`, `+sharesLine+`
		FROM rows INDEXED BY rows_unsettled
		WHERE state IN ('sending', 'in_doubt') AND (account = $1 OR (batch = $2 AND panel = $3)
		OR account IN (SELECT n FROM accounts WHERE kin = (SELECT kin FROM accounts WHERE n = $1)))
		ORDER BY batch, seq`, b.AccountOn(panel), b.n, panel)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return scanDoubts(rows)
}

func scanDoubts(rows *sql.Rows) ([]Doubt, error) {
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
	var sent sql.NullString
	var apart bool
	d.Entry, err = scanEntry(func(columns ...any) error {
		return scan(append(columns, &d.Batch, &began, &ended, &sent, &apart)...)
	})
	d.Shared = apart
	d.Began, d.Ended = fromMillis(began), fromMillis(ended)
	if err == nil && sent.Valid {
		a := &d.Sent
		a.Started, a.Ended = d.Began, d.Ended
		err = json.Unmarshal([]byte(sent.String),
			&[]any{&a.N, &a.Verdict, &a.Class, &a.Words, &a.HTTPStatus, &a.Candidate, &a.Answer})
	}
	return d, err
}

// Beside gives the other accounts at an account's address that may be the same as it: an id is one
// order of theirs or of its own.
func (j *Journal) Beside(ctx context.Context, account int64) ([]int64, error) {
	return j.kin(ctx, `o.address = a.address`, account)
}

// Elsewhere gives the accounts at other addresses that may be the same as an account.
func (j *Journal) Elsewhere(ctx context.Context, account int64) ([]int64, error) {
	return j.kin(ctx, `o.address <> a.address AND o.same_as = 0`, account)
}

func (j *Journal) kin(ctx context.Context, where string, account int64) ([]int64, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT o.n FROM accounts a
		JOIN accounts o ON o.kin = a.kin AND `+where+` WHERE a.n = $1 AND o.n <> $1 ORDER BY o.n`, account)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(n *int64) []any { return []any{n} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return all, nil
}

// Spent is what orders cost on accounts that may be the same as another one, at whatever address: what they took from
// the balance of the one left that of the other.
type Spent struct {
	Panels []string
	Cost   decimal.Decimal // as they were charged, or should be where that isn't told
}

// SpentBeside gives what orders cost that were sent since a time on other accounts that may be this one.
func (j *Journal) SpentBeside(ctx context.Context, account int64, since time.Time) (s Spent, err error) {
	rows, err := j.read.QueryContext(ctx, `SELECT r.panel, r.charge, r.rate, r.units_low FROM accounts a
		JOIN accounts o ON o.kin = a.kin AND o.n <> a.n JOIN rows r ON r.account = o.n
		WHERE a.n = $1 AND r.state = 'placed' AND r.sent_at >= $2 ORDER BY r.panel`, account, toMillis(since))
	if err != nil {
		return s, fmt.Errorf("reading the journal: %w", err)
	}
	type one struct {
		panel  string
		charge decimal.NullDecimal
		rate   decimal.Decimal
		units  decimal.NullDecimal
	}
	all, err := scanAll(rows, func(o *one) []any { return []any{&o.panel, &o.charge, &o.rate, &o.units} })
	if err != nil {
		return s, fmt.Errorf("reading the journal: %w", err)
	}
	for _, o := range all {
		s.Panels = append(s.Panels, o.panel)
		if o.charge.Valid {
			s.Cost = s.Cost.Add(o.charge.Decimal)
		} else {
			s.Cost = s.Cost.Add(o.rate.Mul(o.units.Decimal))
		}
	}
	s.Panels = slices.Compact(s.Panels)
	return s, nil
}

// answered tells rows whose order the panel's own answer gave, not a person or an inference.
const answered = `rows.state = 'placed' AND rows.order_id IS NOT NULL AND rows.one_of = '' AND NOT EXISTS (
	SELECT 1 FROM decisions d WHERE d.batch = rows.batch AND d.seq = rows.seq)`

// Priced is what an order of ours should have cost, and what it was charged.
type Priced struct {
	OrderID  string
	Estimate decimal.Decimal
	Charge   decimal.Decimal
	Status   string // beside the charge
	Service  string
	Rate     decimal.Decimal // that was approved
	Units    decimal.Decimal // how many times the rate it costs
	First    time.Time       // when it was sent; of those that are alike, the first
}

// Priced gives what the panel charged for the orders of an account, of all batches, whose cost was known beforehand;
// of those that are alike one. Left out are those that gave money back, those that may tell their charge later, and
// drip-feeds.
func (j *Journal) Priced(ctx context.Context, account int64) ([]Priced, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT min(order_id), service, rate, units_low, charge, status,
		min(sent_at) FROM rows
		WHERE account = $1 AND `+answered+` AND charge IS NOT NULL AND units_low IS NOT NULL AND units_low = units_high
		AND params NOT LIKE '%"runs"%' GROUP BY service, rate, units_low, charge, status`, account)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return scanPriced(rows)
}

// PricedAround is [Journal.Priced] of all orders that were sent from one time to another, in that order.
func (j *Journal) PricedAround(ctx context.Context, account int64, from, to time.Time, take func(Priced)) error {
	rows, err := j.read.QueryContext(ctx, `SELECT order_id, service, rate, units_low, charge, status, sent_at FROM rows
		WHERE account = $1 AND sent_at BETWEEN $2 AND $3 AND `+answered+` AND charge IS NOT NULL
		AND units_low IS NOT NULL AND units_low = units_high AND params NOT LIKE '%"runs"%' ORDER BY sent_at`, account,
		toMillis(from), toMillis(to))
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanPriced(rows)
	for _, p := range all {
		take(p)
	}
	return err
}

// FirstPriced is [Journal.Priced] of what the panel told of the orders when it was asked about them first, where they
// had another status later, or all of their quantity remained: then they hadn't ended, and had given no money back. Of
// those that are alike it gives n at most.
func (j *Journal) FirstPriced(ctx context.Context, account int64, n int) ([]Priced, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT order_id, service, rate, units_low, charge, status, sent_at FROM (
		SELECT rows.order_id, rows.service, rows.rate, rows.units_low, s.charge, s.status, rows.sent_at,
			row_number() OVER (PARTITION BY rows.rate, rows.units_low, s.charge, s.status ORDER BY rows.sent_at) AS alike
		FROM rows JOIN statuses s ON s.batch = rows.batch AND s.seq = rows.seq AND s.n = 1
		LEFT JOIN statuses later ON later.batch = rows.batch AND later.seq = rows.seq AND later.n = 2
		WHERE (later.status <> s.status OR s.remains NOT IN ('', '0') AND instr(rows.params, '"' || s.remains || '"') > 0)
		AND rows.account = $1 AND `+answered+` AND s.charge IS NOT NULL AND units_low IS NOT NULL
		AND units_low = units_high AND params NOT LIKE '%"runs"%') told WHERE alike <= $2`, account, n)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return scanPriced(rows)
}

func scanPriced(rows *sql.Rows) ([]Priced, error) {
	type pair struct {
		Priced
		first int64
	}
	all, err := scanAll(rows, func(p *pair) []any {
		return []any{&p.OrderID, &p.Service, &p.Rate, &p.Units, &p.Charge, &p.Status, &p.first}
	})
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	var told []Priced
	for _, p := range all {
		p.Estimate, p.First = p.Rate.Mul(p.Units), fromMillis(p.first)
		if Charges(p.Status, p.Charge, p.Estimate) {
			told = append(told, p.Priced)
		}
	}
	return told, nil
}

// Charges tells whether a charge beside a status is the whole charge of an order: not where money was given back, and
// not where nothing is charged yet for what isn't final.
func Charges(status string, charge, estimate decimal.Decimal) bool {
	s := StandingOf(status)
	return s != Partly && s != Failed && (s.Final() || !charge.IsZero() || estimate.IsZero())
}

// Newest gives the last n orders of an account that the panel's own answers gave, of all batches, the youngest first.
func (j *Journal) Newest(ctx context.Context, account int64, n int) ([]Entry, error) {
	return collect(j.entries(ctx, "SELECT "+entryColumns+" FROM rows WHERE account = $1 AND "+answered+
		" ORDER BY sent_at DESC, seq DESC LIMIT $2", account, n))
}

// Answered gives the orders of an account that were sent since a time and that the panel's own answers gave, of all
// batches, and when their requests were under way.
func (j *Journal) Answered(ctx context.Context, account int64, since time.Time) ([]Doubt, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT `+entryColumns+`,
		coalesce((SELECT b.id FROM batches b WHERE b.n = rows.batch), ''), began, ended, NULL, FALSE FROM rows
		JOIN (SELECT batch AS its_batch, seq AS its_seq, n AS its_n, started_at AS began, ended_at AS ended FROM attempts) its
		ON its_batch = rows.batch AND its_seq = rows.seq AND its_n = attempts
		WHERE account = $1 AND sent_at >= $2 AND `+answered+` ORDER BY began, rows.batch, rows.seq`, account, toMillis(since))
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return scanDoubts(rows)
}

// PendingRemains gives rows with the remains that their orders had when they were told to be Pending, the last ones.
func (j *Journal) PendingRemains(ctx context.Context, account int64) ([]Entry, error) {
	const most = 500
	rows, err := j.read.QueryContext(ctx, `SELECT rows.params, s.remains FROM rows
		JOIN statuses s ON s.batch = rows.batch AND s.seq = rows.seq AND lower(s.status) = 'pending' AND s.remains <> ''
		WHERE rows.account = $1 AND `+answered+` ORDER BY rows.sent_at DESC LIMIT $2`, account, most)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	type told struct {
		params  []byte
		remains string
	}
	all, err := scanAll(rows, func(t *told) []any { return []any{&t.params, &t.remains} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	entries := make([]Entry, len(all))
	for i, t := range all {
		entries[i].Remains = t.remains
		if err := json.Unmarshal(t.params, &entries[i].Params); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
	}
	return entries, nil
}

// Breeds tells whether the row's order makes others: a subscription one for each post, a drip-feed one for each run.
func (e Entry) Breeds() bool {
	return slices.ContainsFunc(e.Params, func(p panel.Param) bool { return p.Name == "runs" || p.Name == "delay" })
}

// Parent is an order of ours that makes others, and how long it did.
type Parent struct{ Began, Ended time.Time } // Ended is zero while it is open

// Parents gives the subscriptions and drip-feeds of an account.
func (j *Journal) Parents(ctx context.Context, account int64) ([]Parent, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT sent_at, CASE WHEN due_at IS NULL THEN changed_at ELSE 0 END FROM rows
		WHERE account = $1 AND state = 'placed' AND (params LIKE '%"runs"%' OR params LIKE '%"delay"%')`, account)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	type times struct{ began, ended int64 }
	found, err := scanAll(rows, func(t *times) []any { return []any{&t.began, &t.ended} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all := make([]Parent, len(found))
	for i, t := range found {
		all[i] = Parent{fromMillis(t.began), fromMillis(t.ended)}
	}
	return all, nil
}
