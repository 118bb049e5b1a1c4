package journal

import (
	"context"
	"fmt"
	"slices"
	"strings"

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
	Committed decimal.Decimal // what placed, sent and doubtful rows take from the cap: the higher of charge and estimate

	services map[string]*ServiceTotal
}

// Sum is a number of rows and their money.
type Sum struct {
	Rows   int
	Charge decimal.Decimal
}

// ServiceTotal adds up the rows of one service.
type ServiceTotal struct {
	ID        string
	Rows      int // valid ones
	Placed    int
	Estimated decimal.Decimal
	Charged   decimal.Decimal
}

const (
	totalColumns = `service, state, status, rate, units_low, units_high, charge, count(*)`
	totalGroups  = `service, state, status, rate, units_low, units_high, charge`
)

// Totals adds up a batch.
func (j *Journal) Totals(ctx context.Context, b Batch) (Totals, error) {
	return j.totals(ctx, `SELECT `+totalColumns+` FROM rows WHERE batch = ? GROUP BY `+totalGroups, b.n)
}

func (j *Journal) totals(ctx context.Context, query string, args ...any) (Totals, error) {
	var t Totals
	rows, err := j.read.QueryContext(ctx, query, args...)
	if err != nil {
		return t, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e Entry
		var n int
		if err := rows.Scan(&e.Service, &e.State, &e.Status, &e.Rate, &e.Units.Low, &e.Units.High, &e.Charge, &n); err != nil {
			return t, fmt.Errorf("reading the journal: %w", err)
		}
		t.Add(e, n)
	}
	return t, rows.Err()
}

// ByService gives the totals of each service that valid rows use, by id.
func (t Totals) ByService() []ServiceTotal {
	var all []ServiceTotal
	for _, s := range t.services {
		all = append(all, *s)
	}
	slices.SortFunc(all, func(a, b ServiceTotal) int { return CompareIDs(a.ID, b.ID) })
	return all
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
	if t.States == nil {
		t.States, t.Statuses, t.services = map[State]int{}, map[string]Sum{}, map[string]*ServiceTotal{}
	}
	times := decimal.NewFromInt(int64(n))
	t.Rows += n
	t.States[e.State] += n
	if e.State == Invalid || e.State == Skipped {
		return
	}
	s := t.services[e.Service]
	if s == nil {
		s = &ServiceTotal{ID: e.Service}
		t.services[e.Service] = s
	}
	s.Rows += n
	t.Valid.Rows += n
	estimate, exact := e.Estimate()
	most, bounded := e.AtMost()
	if exact {
		t.Valid.Charge = t.Valid.Charge.Add(estimate.Mul(times))
		s.Estimated = s.Estimated.Add(estimate.Mul(times))
	} else {
		t.Unknown += n
	}
	if bounded {
		t.AtMost = t.AtMost.Add(most.Mul(times))
	}
	switch e.State {
	case Placed:
		s.Placed += n
		t.addPlaced(e, times, s)
		t.Committed = t.Committed.Add(decimal.Max(most, e.Charge.Decimal).Mul(times))
	case Sending, InDoubt:
		t.Committed = t.Committed.Add(most.Mul(times))
	}
}

func (t *Totals) addPlaced(e Entry, times decimal.Decimal, s *ServiceTotal) {
	n := int(times.IntPart())
	sum := t.Statuses[e.Status]
	sum.Rows += n
	if e.Charge.Valid {
		charge := e.Charge.Decimal.Mul(times)
		sum.Charge = sum.Charge.Add(charge)
		t.Charged = t.Charged.Add(charge)
		s.Charged = s.Charged.Add(charge)
	} else {
		t.Uncharged += n
	}
	t.Statuses[e.Status] = sum
	if !StandingOf(e.Status).Final() {
		t.Open += n
	}
}
