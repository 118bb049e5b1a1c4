package journal

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Gap is what lies between two moments of an account: what left its balance that no order of ours explains.
type Gap struct {
	From, To    Moment
	Why         string          // it proves nothing, for this reason; empty: it proves
	Own         decimal.Decimal // what our orders were charged in between, less what they gave back
	Unexplained decimal.Decimal // what left the balance besides
	Error       decimal.Decimal // by how much that may be wrong
	// Least is at least what left the balance besides, were each order charged as it should be or as it is told, whichever
	// is more: it holds too where nothing is proved since open orders weren't asked again. Zero: nothing can be said.
	Least  decimal.Decimal
	Hidden decimal.Decimal // what our orders were charged less than the panel tells, if it rounds what it tells alone
	Veiled decimal.Decimal // what our orders may have got back though their charge didn't fall: as much may be charged
	Seen   time.Time       // when the newest order was sent whose charge is told, and so is in it; zero: none is
	Newest time.Time       // when the newest order was sent; zero: none was

	most   decimal.Decimal // that new orders can have been charged
	varies bool            // what orders are charged can't be bounded
}

// Clean tells whether the gap proves that nothing was charged that our orders don't explain.
func (g Gap) Clean() bool { return g.proves() && g.Unexplained.Abs().LessThanOrEqual(g.Error) }

// Lacks tells whether the gap proves that something was charged that our orders don't explain.
func (g Gap) Lacks() bool { return g.proves() && !g.Clean() }

// Alike tells whether two gaps until the same moment prove the same: as much left the balance unexplained, and they are
// as sure of it; or nothing, for one reason.
func (g Gap) Alike(o Gap) bool {
	if g.Why != "" {
		return g.Why == o.Why
	}
	return g.proves() && o.proves() && g.Clean() == o.Clean() && g.Error.Equal(o.Error) &&
		g.Unexplained.Sub(o.Unexplained).Abs().LessThanOrEqual(g.Error)
}

// proves is false for the gap that was never struck, too.
func (g Gap) proves() bool { return g.Why == "" && !g.To.At.IsZero() }

// Absent tells whether the gap proves that nothing of this size was charged besides our orders.
func (g Gap) Absent(charge decimal.Decimal) bool {
	return g.Clean() && charge.GreaterThanOrEqual(g.Error.Mul(decimal.NewFromInt(2))) && charge.IsPositive() &&
		!g.Veils(charge)
}

// Veils tells whether a charge of this size may be hidden by what our orders were charged less, or got back, than the
// panel tells.
func (g Gap) Veils(charge decimal.Decimal) bool {
	return charge.LessThanOrEqual(g.Hidden.Add(g.Veiled).Add(g.Error))
}

// Explains tells whether what is unexplained is just this sum of charges, and nothing else may be hidden.
func (g Gap) Explains(charges decimal.Decimal) bool {
	return g.proves() && g.Veiled.IsZero() && g.Unexplained.Sub(charges).Abs().LessThanOrEqual(g.Error)
}

// Gap compares two moments of an account. Where the balance went up at a moment in between, what was paid in may hide
// what was charged.
func (j *Journal) Gap(ctx context.Context, from, to Moment) (Gap, error) {
	g, err := j.between(ctx, from, to)
	if err != nil || g.Why != "" {
		return g, err
	}
	all, err := j.MomentsSince(ctx, from.Account, from.At)
	if err != nil {
		return g, err
	}
	last := from
	for _, m := range all {
		if m.Asked.After(to.Asked) {
			break
		}
		if fell := last.Balance.Sub(m.Balance); fell.LessThan(m.Charged.Sub(last.Charged)) {
			step, err := j.between(ctx, last, m)
			if err != nil {
				return g, err
			}
			if step.Unexplained.LessThan(step.Error.Neg()) {
				g.because(
					"the balance went up by %s until %s",
					step.Unexplained.Neg(),
					m.At.Local().Format(time.DateTime),
				)
			}
		}
		last = m
	}
	return g, nil
}

// between compares two moments, whatever was in between.
func (j *Journal) between(ctx context.Context, from, to Moment) (Gap, error) {
	g := Gap{From: from, To: to}
	var err error
	if g.Error, err = j.lastDigit(ctx, from, to); err != nil {
		return g, err
	}
	if to.Unasked > 0 {
		g.because("%d open orders of the account weren't asked about", to.Unasked)
	}
	before := from.Charged
	veiled := map[string]decimal.Decimal{} // by status that isn't understood: what orders may have got back
	err = j.chargesBetween(ctx, from, to, func(o orderBetween) {
		before = before.Add(g.count(o))
		if o.state != "" && StandingOf(o.state) == Unclear {
			veiled[o.state] = veiled[o.state].Add(o.charge.Decimal)
		}
	})
	if err == nil {
		err = j.veil(ctx, &g, veiled)
	}
	if err != nil {
		return g, err
	}
	g.Own = to.Charged.Sub(before)
	g.Unexplained = from.Balance.Sub(to.Balance).Sub(g.Own)
	if least := from.Balance.Sub(to.Balance).Sub(g.most).Sub(g.Error); !g.varies && least.IsPositive() {
		g.Least = least
	}
	if g.Unexplained.LessThan(g.Error.Neg()) {
		g.because("the balance fell by %s where our orders were charged %s", from.Balance.Sub(to.Balance), g.Own)
	}
	return g, nil
}

// leftOver tells whether something of an order wasn't delivered.
func (o orderBetween) leftOver() bool {
	n, err := strconv.ParseInt(strings.TrimSpace(o.remains), 10, 64)
	return err == nil && n > 0
}

// fewestBegun is how many orders must have begun with a status that isn't understood.
const fewestBegun = 3

// veil adds what orders may have got back whose status isn't understood, unless orders of ours begin with it.
func (j *Journal) veil(ctx context.Context, g *Gap, by map[string]decimal.Decimal) error {
	for status, charged := range by {
		begin, err := j.begin(ctx, g.From.Account, status)
		if err != nil {
			return err
		}
		if !begin {
			g.Veiled = g.Veiled.Add(charged)
		}
	}
	return nil
}

// begin tells whether orders of an account begin with a status: those that were told with it first, and had another one
// later or all of their quantity left, were charged the whole.
func (j *Journal) begin(ctx context.Context, account int64, status string) (bool, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT rows.rate, rows.units_low, s.charge FROM rows
		JOIN statuses s ON s.batch = rows.batch AND s.seq = rows.seq AND s.n = 1
		LEFT JOIN statuses later ON later.batch = rows.batch AND later.seq = rows.seq AND later.n = 2
		WHERE rows.account = $1 AND s.status = $2 AND `+answered+` AND s.charge IS NOT NULL AND units_low = units_high
		AND (later.status <> s.status OR s.remains NOT IN ('', '0') AND instr(rows.params, '"' || s.remains || '"') > 0)
		ORDER BY rows.sent_at DESC LIMIT $3`, account, status, someMoments)
	if err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	type told struct{ rate, units, charge decimal.Decimal }
	all, err := scanAll(rows, func(t *told) []any { return []any{&t.rate, &t.units, &t.charge} })
	if err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	return len(all) >= fewestBegun && !slices.ContainsFunc(all, func(t told) bool {
		return !t.rate.Mul(t.units).Sub(t.charge).LessThan(rounded(t.charge))
	}), nil
}

// rounded is by how much a panel may have rounded a charge.
func rounded(charge decimal.Decimal) decimal.Decimal {
	return decimal.New(1, -max(2, decimalPlaces(charge)))
}

func (g *Gap) because(format string, args ...any) {
	if g.Why == "" {
		g.Why = fmt.Sprintf(format, args...)
	}
}

// someMoments are enough to see how many digits a balance has: panels leave zeros out at the end.
const someMoments = 50

// lastDigit is the last digit of what a panel tells of its balance.
func (j *Journal) lastDigit(ctx context.Context, from, to Moment) (decimal.Decimal, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT balance FROM moments WHERE account = $1 ORDER BY n DESC LIMIT $2`,
		from.Account, someMoments)
	if err != nil {
		return decimal.Zero, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(d *decimal.Decimal) []any { return []any{d} })
	if err != nil {
		return decimal.Zero, fmt.Errorf("reading the journal: %w", err)
	}
	places := int32(0)
	for _, b := range append(all, from.Balance, to.Balance) {
		places = max(places, -b.Exponent())
	}
	return decimal.New(1, -places), nil
}

// orderBetween is an order that was sent, or found changed, between two moments.
type orderBetween struct {
	sent, known, asked int64 // when it was sent; since when it counts as placed; before it was found changed
	state              string
	order              string
	remains            string
	open               bool                // it may still change
	varies             bool                // a subscription or a drip-feed
	foreign            bool                // charged in another currency than the balance
	first, was, charge decimal.NullDecimal // before it gave money back, at the first moment, and now
	rate, units        decimal.NullDecimal
}

// gaveBack are the statuses of orders that gave money back.
const gaveBack = `(lower(status) LIKE 'cancel%' OR lower(status) LIKE 'refund%' OR lower(status) LIKE 'partial%'
	OR lower(status) LIKE 'fail%' OR lower(status) LIKE 'error%' OR lower(status) LIKE 'expired%')`

// chargesBetween walks the orders of an account that were sent after the first of two moments, or of which something
// new became known after it.
func (j *Journal) chargesBetween(ctx context.Context, from, to Moment, take func(orderBetween)) error {
	const told = `FROM statuses s WHERE s.batch = r.batch AND s.seq = r.seq AND s.charge IS NOT NULL`
	// Of what was sent after the first moment, nearly all there is, only what is weighed of it is looked up.
	rows, err := j.read.QueryContext(ctx, `SELECT r.sent_at,
		CASE WHEN r.sent_at > $4 THEN 0 ELSE
			coalesce((SELECT max(at) FROM decisions d WHERE d.batch = r.batch AND d.seq = r.seq), 0) END,
		CASE WHEN r.sent_at > $4 THEN 0 ELSE
			coalesce((SELECT ended_at FROM attempts a WHERE a.batch = r.batch AND a.seq = r.seq AND a.n = r.attempts), 0) END,
		CASE WHEN r.sent_at > $4 THEN 0 ELSE
			coalesce((SELECT min(before_at) FROM statuses s WHERE s.batch = r.batch AND s.seq = r.seq AND s.at > $2), 0) END,
		r.status, r.order_id, r.remains, r.due_at IS NOT NULL,
		r.units_low IS DISTINCT FROM r.units_high OR r.params LIKE '%"runs"%' OR r.units_high IS NULL,
		r.currency <> '' AND upper(r.currency) <> upper(coalesce(nullif((SELECT p.currency FROM panels p
			WHERE p.batch = r.batch AND p.panel = r.panel), ''), r.currency)),
		CASE WHEN `+gaveBack+` THEN (SELECT s.charge `+told+` AND NOT `+gaveBack+` ORDER BY s.n LIMIT 1) END,
		CASE WHEN r.sent_at > $4 THEN NULL ELSE (SELECT s.charge `+told+` AND s.at <= $2 ORDER BY s.n DESC LIMIT 1) END,
		r.charge, r.rate, r.units_high
		FROM rows r INDEXED BY rows_sent
		WHERE r.account = $1 AND r.order_id IS NOT NULL AND r.state = 'placed' AND r.sent_at <= $3 AND r.sent_at > 0
		AND (r.sent_at > $4 OR r.changed_at > $2
			-- money may still come back for 30 days, where the charge didn't fall
			OR r.sent_at > $4 - 2592000000 AND `+gaveBack+`
			OR r.due_at IS NOT NULL AND (r.units_low IS DISTINCT FROM r.units_high OR r.params LIKE '%"runs"%')
			OR (r.batch, r.seq) IN (SELECT batch, seq FROM decisions WHERE at > $2)
			OR r.sent_at > $4 - 86400000 AND EXISTS (SELECT 1 FROM attempts a WHERE a.batch = r.batch AND a.seq = r.seq
				AND a.n = r.attempts AND a.ended_at > $2)) ORDER BY r.sent_at`,
		from.Account, toMillis(from.At), toMillis(to.Asked), toMillis(from.Asked))
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var o orderBetween
		var decided int64
		if err := rows.Scan(&o.sent, &decided, &o.known, &o.asked, &o.state, &o.order, &o.remains, &o.open, &o.varies, &o.foreign,
			&o.first, &o.was, &o.charge, &o.rate, &o.units); err != nil {
			return fmt.Errorf("reading the journal: %w", err)
		}
		o.known = max(o.known, decided)
		take(o)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	return nil
}

// count weighs what an order does to the comparison, and gives what it had been charged before the first moment though
// that moment's sum lacks it.
func (g *Gap) count(o orderBetween) (missing decimal.Decimal) {
	estimate := o.rate.Decimal.Mul(o.units.Decimal)
	standing := StandingOf(o.state)
	before := o.first
	if !before.Valid {
		before = decimal.NewNullDecimal(estimate) // it was told when it had ended
	}
	switch {
	case o.varies && (o.open || !o.charge.Valid):
		g.varies = true
		g.because("order %s is a subscription or a drip-feed, which is charged bit by bit", o.order)
	case o.foreign:
		g.varies = true
		g.because("order %s is charged in another currency than the balance", o.order)
	case (standing == Partly || standing == Failed) && (!o.charge.Valid || !o.charge.Decimal.LessThan(before.Decimal)):
		g.because("order %s is %s, and its charge didn't fall", o.order, o.state)
	case standing == Done && o.leftOver() && !o.charge.Decimal.LessThan(before.Decimal):
		g.Veiled = g.Veiled.Add(o.charge.Decimal)
	}
	if o.sent > toMillis(g.From.Asked) {
		g.most = g.most.Add(decimal.Max(estimate, o.charge.Decimal))
		g.addNew(o, estimate)
		return decimal.Zero
	}
	was := estimate
	if o.was.Valid {
		was = o.was.Decimal
	}
	// When it became another charge isn't known, where it was asked before the moment and after it.
	if o.charge.Valid && (!o.was.Valid || o.asked < toMillis(g.From.Asked)) {
		g.Error = g.Error.Add(o.charge.Decimal.Sub(was).Abs())
	}
	if o.known > toMillis(g.From.At) { // it was in doubt then
		return was
	}
	return decimal.Zero
}

// addNew weighs an order that was sent between the moments.
func (g *Gap) addNew(o orderBetween, estimate decimal.Decimal) {
	sent := fromMillis(o.sent)
	if sent.After(g.Newest) {
		g.Newest = sent
	}
	if !o.charge.Valid {
		g.Error = g.Error.Add(estimate) // it may be anything
		return
	}
	if sent.After(g.Seen) && o.charge.Decimal.GreaterThan(g.Error) {
		g.Seen = sent
	}
	if more := o.charge.Decimal.Sub(estimate); more.Abs().LessThan(rounded(o.charge.Decimal)) {
		g.Hidden = g.Hidden.Add(more)
	}
}
