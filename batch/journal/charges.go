package journal

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"bulkorder/parse"
)

// Unasked gives the placed rows of a batch on a panel whose orders were never asked about.
func (j *Journal) Unasked(ctx context.Context, b Batch, panel string) ([]Followed, error) {
	// When an order is asked about next is set each time that it is asked about.
	rows, err := j.read.QueryContext(ctx, `SELECT seq, service, order_id, sent_at FROM rows INDEXED BY rows_due
		WHERE batch = $1 AND state = 'placed' AND due_at IS NOT NULL AND due_at = 0 AND panel = $2 AND checked_at = 0
		AND order_id IS NOT NULL ORDER BY seq`, b.n, panel)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Followed
	for rows.Next() {
		var f Followed
		var sent int64
		if err := rows.Scan(&f.Seq, &f.Service, &f.OrderID, &sent); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		f.SentAt = fromMillis(sent)
		all = append(all, f)
	}
	return all, rows.Err()
}

// Charged is a placed row whose charge the panel told.
type Charged struct {
	Seq      int64
	Line     parse.Line
	Panel    string
	Service  string
	OrderID  string
	Approved decimal.Decimal // the highest charge at the price that a person approved
	Charge   decimal.Decimal
	Units    decimal.Decimal
}

// Above tells whether the charge is more than was approved. What rounding to the places that the charge has, or to
// two, explains is no more; nor is what a panel that counts in floats adds at the far end.
func (c Charged) Above() bool {
	over := c.Charge.Sub(c.Approved)
	if !over.IsPositive() {
		return false
	}
	places := max(2, decimalPlaces(c.Charge))
	return over.GreaterThanOrEqual(decimal.New(1, -places)) && over.GreaterThan(c.Approved.Mul(decimal.New(1, -6)))
}

// Rate is the price that the charge was made at.
func (c Charged) Rate() decimal.Decimal { return c.Charge.DivRound(c.Units, 10) }

func decimalPlaces(d decimal.Decimal) int32 {
	_, fraction, _ := strings.Cut(d.String(), ".")
	return int32(len(strings.TrimRight(fraction, "0")))
}

const chargedColumns = `SELECT r.seq, r.line, r.tab, r.panel, r.service, r.order_id, r.rate, coalesce(s.rate, r.rate),
	r.units_high, r.charge
	FROM rows r LEFT JOIN services s ON s.batch = r.batch AND s.panel = r.panel AND s.id = r.service
	WHERE r.batch = $1 AND r.state = 'placed' AND r.charge IS NOT NULL AND r.units_high IS NOT NULL AND r.one_of = ''`

// Charges gives what the panel told of the charges of these rows, where it told them and they could be estimated. Rows
// of a set are left out: whose charge is whose isn't known.
func (j *Journal) Charges(ctx context.Context, b Batch, seqs []int64) ([]Charged, error) {
	return j.charged(ctx, chargedColumns+` AND r.seq IN (SELECT CAST(value AS BIGINT) FROM json_each($2))
		ORDER BY r.seq`, b.n, encode(seqs))
}

// Overcharged gives the rows of a batch that were charged above what was approved.
func (j *Journal) Overcharged(ctx context.Context, b Batch) ([]Charged, error) {
	all, err := j.charged(ctx, chargedColumns+
		` AND CAST(r.charge AS DOUBLE PRECISION) > CAST(r.rate AS DOUBLE PRECISION) * CAST(r.units_high AS DOUBLE PRECISION)
		ORDER BY r.seq`, b.n)
	return slices.DeleteFunc(all, func(c Charged) bool { return !c.Above() }), err
}

// ApproveCharged notes that a person approves what rows of a service were charged, and that price for those to come.
func (j *Journal) ApproveCharged(b Batch, s Service, seqs []int64, rate decimal.Decimal) error {
	if err := j.AcceptPrice(b, s, rate); err != nil {
		return err
	}
	return j.doIn(b, func(ctx context.Context, t *statements) error {
		return t.reprice(ctx, b.n, rate, `seq IN (SELECT CAST(value AS BIGINT) FROM json_each($2))`, encode(seqs))
	})
}

func (j *Journal) charged(ctx context.Context, query string, args ...any) ([]Charged, error) {
	rows, err := j.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Charged
	for rows.Next() {
		var c Charged
		var rate, accepted decimal.Decimal
		if err := rows.Scan(&c.Seq, &c.Line.N, &c.Line.Tab, &c.Panel, &c.Service, &c.OrderID, &rate, &accepted, &c.Units,
			&c.Charge); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		c.Approved = decimal.Max(rate, accepted).Mul(c.Units) // a price that rose may have been accepted since
		all = append(all, c)
	}
	return all, rows.Err()
}
