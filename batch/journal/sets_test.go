package journal

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// TestASetIsDecidedAsAWhole, or not at all; which order stands for which row is told to nobody.
func TestASetIsDecidedAsAWhole(t *testing.T) {
	j, err := OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	k, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", "key")
	if err != nil {
		t.Fatal(err)
	}
	began := time.UnixMilli(1_700_000_000_000)
	b := j.sent(t, "b", k.N, began, []State{InDoubt, InDoubt, InDoubt, Refused})
	set := []string{"7", "8"}
	of := func(seq int64, order string) Decided {
		return Decided{b, seq, Decision{At: began, How: InSet, State: Placed, OrderID: order, OneOf: set}}
	}
	for name, c := range map[string]struct {
		all  []Decided
		want error
	}{
		"one of them isn't in doubt": {[]Decided{of(1, "7"), of(4, "8")}, ErrNotInDoubt},
		"one order twice":            {[]Decided{of(1, "7"), of(2, "07")}, ErrOrderTaken},
	} {
		if err := j.DecideAll(c.all); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if e := j.at(t, b, 2); e.State != InDoubt {
			t.Errorf("%s: row 2 is %s", name, e.State)
		}
	}
	if err := j.DecideAll([]Decided{of(1, "7"), of(2, "8")}); err != nil {
		t.Fatal(err)
	}
	if err := j.DecideAll([]Decided{{b, 3, Decision{State: Placed, OrderID: "8"}}}); !errors.Is(err, ErrOrderTaken) {
		t.Errorf("another row is given an order of the set: %v", err)
	}
	j.checked(t, b, map[int64]string{1: "Pending", 2: "Pending"})
	for line := 2; line <= 3; line++ {
		e := j.at(t, b, line)
		if e.OrderID != "" || !slices.Equal(e.OneOf, set) || e.Status != "Pending" || !e.Charge.Valid ||
			e.Remains != "" {
			t.Errorf(
				"row %d: order %q, one of %v, %s, charge %v, remains %q",
				line,
				e.OrderID,
				e.OneOf,
				e.Status,
				e.Charge,
				e.Remains,
			)
		}
	}
	j.checked(t, b, map[int64]string{2: "Partial"})
	for line := 2; line <= 3; line++ {
		if e := j.at(t, b, line); e.Status != "" || e.Note != "one of 2 orders: 1 Partial, 1 Pending" {
			t.Errorf("row %d: %q, %q", line, e.Status, e.Note)
		}
	}
	if past, err := j.Statuses(t.Context(), b, 1); err != nil || past != nil {
		t.Errorf("what its stand-in was like is told: %v, %v", past, err)
	}
}

func (j *Journal) at(t *testing.T, b Batch, line int) Entry {
	t.Helper()
	e, err := j.AtLine(t.Context(), b, parse.Line{N: line}, "")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// checked stores a status of rows, whose remains differ.
func (j *Journal) checked(t *testing.T, b Batch, statuses map[int64]string) {
	t.Helper()
	var all []Checked
	for seq, status := range statuses {
		charge := decimal.NewNullDecimal(decimal.New(9, -2))
		all = append(all, Checked{Seq: seq, At: time.Now(), Due: time.Now(),
			Status: panel.Status{Status: status, Charge: charge, Remains: status + string(rune('0'+seq))}})
	}
	if _, err := j.Check(b, all); err != nil {
		t.Fatal(err)
	}
}
