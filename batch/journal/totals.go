package journal

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Totals adds up the rows of a batch. Money is exact: it is added here, not by SQL's floats.
type Totals struct {
	Rows      int
	States    map[State]int
	Statuses  map[string]Sum  // by the panel's own text; placed rows whose status is not known are under ""
	Valid     Sum             // rows that passed the check, whatever became of them; Charge is the estimate
	AtMost    decimal.Decimal // the estimate with the highest of every range
	Unknown   int             // valid rows whose charge can't be known beforehand
	Charged   decimal.Decimal // what the panel said it charged
	Uncharged int             // placed rows whose charge the panel hasn't told
	Open      int             // placed rows whose order may still change
	Above     Sum             // placed rows that were charged above what was approved, and by how much
	Gross     Sum             // of Charged, of orders that gave money back though the panel goes on telling it
	Alarms    []Alarm         // against what was decided about rows, that nobody has answered
	Doubts    []Doubted       // rows in doubt, by line, with what was found out about them
	Owed      *Owed           // rows that were refused may have been ordered all the same; nil: that isn't known
	Elsewhere int             // refused rows that another batch has placed since
	Piloted   int             // rows of the batch's pilot that were sent
	Held      []HeldSum       // why rows of a batch are held, and which
	Committed decimal.Decimal // what placed, sent and doubtful rows take from the cap: charge or highest estimate

	unsettled decimal.Decimal // of Committed: what rows take that are sent and in doubt
	services  map[serviceKey]*ServiceTotal
}

type serviceKey struct{ panel, id string }

// Sum is a number of rows and their money.
type Sum struct {
	Rows   int
	Charge decimal.Decimal
}

// ServiceTotal adds up the rows of one service of one panel.
type ServiceTotal struct {
	Panel     string
	ID        string // empty: of all services of the panel
	Rows      int    // valid ones
	Placed    int
	Estimated decimal.Decimal
	Charged   decimal.Decimal
}

const (
	totalColumns = `panel, service, state, status, rate, units_low, units_high, charge, count(*)`
	totalGroups  = `panel, service, state, status, rate, units_low, units_high, charge`
	allRows      = `SELECT ` + totalColumns + ` FROM rows WHERE batch = $1 GROUP BY ` + totalGroups
)

// Totals adds up a batch.
func (j *Journal) Totals(ctx context.Context, b Batch) (Totals, error) {
	t, kept, err := keptSums(ctx, j.read.QueryContext, b.n)
	if !kept && err == nil {
		t, err = j.totals(ctx, allRows, b.n)
	}
	if err == nil {
		t.Alarms, err = j.Alarms(ctx, b)
	}
	if err == nil && t.States[InDoubt] > 0 {
		t.Doubts, err = j.doubted(ctx, b)
	}
	if err == nil && t.States[Refused] > 0 {
		if t.Owed, err = j.owed(ctx, b, time.Now()); err == nil {
			t.Elsewhere, err = j.placedElsewhere(ctx, b)
		}
	}
	if err == nil && t.States[Held] > 0 {
		t.Held, err = j.heldFor(ctx, b)
	}
	if err == nil && b.Pilot.Rows > 0 {
		t.Piloted, err = j.piloted(ctx, b)
	}
	return t, err
}

// TotalsOn adds up the rows of a batch on one panel.
func (j *Journal) TotalsOn(ctx context.Context, b Batch, panel string) (Totals, error) {
	if len(b.Others) == 0 && panel == b.Panel {
		return j.Totals(ctx, b)
	}
	return j.totals(
		ctx,
		`SELECT `+totalColumns+` FROM rows WHERE batch = $1 AND panel = $2 GROUP BY `+totalGroups,
		b.n,
		panel,
	)
}

// Waiting gives how many rows of a batch aren't sent yet, those that are alike at once: of each entry panel, service,
// state, reason, price and what it asks are told. It reads an index alone.
func (j *Journal) Waiting(ctx context.Context, b Batch, take func(e Entry, n int)) error {
	const alike = `panel, service, state, reason, rate, units_low, units_high, asks`
	rows, err := j.read.QueryContext(ctx, `SELECT `+alike+`, count(*) FROM rows INDEXED BY rows_waiting
		WHERE batch = $1 AND state IN ('queued', 'held') GROUP BY `+alike+` ORDER BY `+alike, b.n)
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e Entry
		var n int
		var asks string
		if err := rows.Scan(&e.Panel, &e.Service, &e.State, &e.Reason, &e.Rate, &e.Units.Low, &e.Units.High, &asks,
			&n); err != nil {
			return fmt.Errorf("reading the journal: %w", err)
		}
		e.Asks = asksOf(asks)
		take(e, n)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	return nil
}

func (j *Journal) totals(ctx context.Context, query string, args ...any) (Totals, error) {
	return addUp(ctx, j.read.QueryContext, query, args...)
}

// querying runs a text that gives rows.
type querying func(ctx context.Context, query string, args ...any) (*sql.Rows, error)

// addUp adds up rows that are alike, each kind of which the text gives with its number.
func addUp(ctx context.Context, ask querying, query string, args ...any) (t Totals, err error) {
	err = alike(ctx, ask, func(e Entry, n int) { t.Add(e, n) }, query, args...)
	return t, err
}

// alike gives each kind of rows that totals tell apart, and how many there are.
func alike(ctx context.Context, ask querying, take func(Entry, int), query string, args ...any) error {
	rows, err := ask(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e Entry
		var n int
		if err := rows.Scan(&e.Panel, &e.Service, &e.State, &e.Status, &e.Rate, &e.Units.Low, &e.Units.High, &e.Charge,
			&n); err != nil {
			return fmt.Errorf("reading the journal: %w", err)
		}
		take(e, n)
	}
	return rows.Err()
}

// ByService gives the totals of each service that valid rows use, by panel and id.
func (t Totals) ByService() []ServiceTotal {
	var all []ServiceTotal
	for _, s := range t.services {
		all = append(all, *s)
	}
	slices.SortFunc(
		all,
		func(a, b ServiceTotal) int { return cmp.Or(strings.Compare(a.Panel, b.Panel), CompareIDs(a.ID, b.ID)) },
	)
	return all
}

// ByPanel gives the totals of each panel that valid rows are on, by name.
func (t Totals) ByPanel() []ServiceTotal {
	var all []ServiceTotal
	for _, s := range t.ByService() {
		if len(all) == 0 || all[len(all)-1].Panel != s.Panel {
			all = append(all, ServiceTotal{Panel: s.Panel})
		}
		sum := &all[len(all)-1]
		sum.Rows, sum.Placed, sum.Estimated, sum.Charged = sum.Rows+s.Rows, sum.Placed+s.Placed, sum.Estimated.Add(
			s.Estimated,
		), sum.Charged.Add(
			s.Charged,
		)
	}
	return all
}

// join adds the totals of other rows, none of which was sent.
func (t *Totals) join(o Totals) {
	if o.Rows == 0 {
		return
	}
	t.init()
	t.Rows, t.Unknown = t.Rows+o.Rows, t.Unknown+o.Unknown
	for state, n := range o.States {
		t.States[state] += n
	}
	t.Valid = Sum{t.Valid.Rows + o.Valid.Rows, t.Valid.Charge.Add(o.Valid.Charge)}
	t.AtMost = t.AtMost.Add(o.AtMost)
	for key, s := range o.services {
		sum := t.services[key]
		if sum == nil {
			sum = &ServiceTotal{Panel: s.Panel, ID: s.ID}
			t.services[key] = sum
		}
		sum.Rows, sum.Estimated = sum.Rows+s.Rows, sum.Estimated.Add(s.Estimated)
	}
}

func (t *Totals) init() {
	if t.States == nil {
		t.States, t.Statuses, t.services = map[State]int{}, map[string]Sum{}, map[serviceKey]*ServiceTotal{}
	}
}

// Move counts a row that was added as being in another state now.
func (t *Totals) Move(from, to State) {
	t.States[from]--
	t.States[to]++
}

// CompareIDs orders ids as numbers where they are numbers: shorter ones first.
func CompareIDs(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// Add counts n equal rows.
func (t *Totals) Add(e Entry, n int) {
	t.init()
	t.Rows += n
	t.States[e.State] += n
	if e.passed() {
		t.addPassed(e, n)
		t.addSent(e, n)
	}
}

// turn counts n rows as being in another state now, or as having another status or charge: of the same service, price
// and units as before.
func (t *Totals) turn(was, is Entry, n int) {
	if !was.passed() || !is.passed() {
		t.Add(was, -n)
		t.Add(is, n)
		return
	}
	t.init()
	t.States[was.State] -= n
	t.States[is.State] += n
	t.addSent(was, -n)
	t.addSent(is, n)
}

// passed tells rows that may be ordered: they are valid, and the sheet has them still.
func (e Entry) passed() bool { return e.State != Invalid && e.State != Skipped }

// addPassed counts what rows are estimated at, whatever became of them.
func (t *Totals) addPassed(e Entry, n int) {
	s := t.service(e)
	s.Rows += n
	t.Valid.Rows += n
	most, bounded := e.AtMost()
	if n != 1 {
		most = most.Mul(decimal.NewFromInt(int64(n)))
	}
	if bounded {
		t.AtMost = t.AtMost.Add(most)
	}
	if !e.Units.exact() {
		t.Unknown += n
		return
	}
	t.Valid.Charge, s.Estimated = t.Valid.Charge.Add(most), s.Estimated.Add(most)
}

func (t *Totals) service(e Entry) *ServiceTotal {
	key := serviceKey{e.Panel, e.Service}
	s := t.services[key]
	if s == nil {
		s = &ServiceTotal{Panel: e.Panel, ID: e.Service}
		t.services[key] = s
	}
	return s
}

// addSent counts what became of rows that were sent.
func (t *Totals) addSent(e Entry, n int) {
	if e.State != Placed && e.State != Sending && e.State != InDoubt {
		return
	}
	times := decimal.NewFromInt(int64(n))
	most, bounded := e.AtMost()
	if e.State != Placed {
		t.Committed, t.unsettled = t.Committed.Add(most.Mul(times)), t.unsettled.Add(most.Mul(times))
		return
	}
	s := t.service(e)
	s.Placed += n
	t.addPlaced(e, n, s)
	t.Committed = t.Committed.Add(e.taken(most).Mul(times))
	if c := (Charged{Approved: most, Charge: e.Charge.Decimal}); e.Charge.Valid && bounded && c.Above() {
		t.Above.Rows += n
		t.Above.Charge = t.Above.Charge.Add(e.Charge.Decimal.Sub(most).Mul(times))
	}
}

// Gross tells whether a panel goes on telling the full charge of an order that was canceled, refunded, or done in part:
// what it gave back isn't known then. The last digit of the charge is what the panel rounds by.
func (e Entry) Gross() bool {
	standing := StandingOf(e.Status)
	estimate, exact := e.Estimate()
	digit := decimal.New(1, -max(2, decimalPlaces(e.Charge.Decimal)))
	return exact && (standing == Partly || standing == Failed) && e.Charge.Decimal.IsPositive() &&
		e.Charge.Decimal.Add(digit).GreaterThan(estimate)
}

// taken is what a placed row takes from the cap. Some panels tell no charge, or 0, while an order isn't final: less
// than the estimate counts when nothing changes any more.
func (e Entry) taken(most decimal.Decimal) decimal.Decimal {
	if e.Charge.Valid && StandingOf(e.Status).Final() {
		return decimal.Max(e.Charge.Decimal, decimal.Zero)
	}
	return decimal.Max(e.Charge.Decimal, most)
}

func (t *Totals) addPlaced(e Entry, n int, s *ServiceTotal) {
	sum := t.Statuses[e.Status]
	sum.Rows += n
	if e.Charge.Valid {
		charge := e.Charge.Decimal.Mul(decimal.NewFromInt(int64(n)))
		sum.Charge = sum.Charge.Add(charge)
		t.Charged = t.Charged.Add(charge)
		s.Charged = s.Charged.Add(charge)
		if e.Gross() {
			t.Gross.Rows, t.Gross.Charge = t.Gross.Rows+n, t.Gross.Charge.Add(charge)
		}
	} else {
		t.Uncharged += n
	}
	t.Statuses[e.Status] = sum
	if !StandingOf(e.Status).Final() {
		t.Open += n
	}
}
