package journal

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
)

// TestSumsThatAreKeptAreThoseOfTheRows: whatever changes a row, nobody is told what the rows added up to before.
func TestSumsThatAreKeptAreThoseOfTheRows(t *testing.T) {
	j, err := Open(t.Context(), t.TempDir()+"/journal.db")
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if _, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", "key"); err != nil {
		t.Fatal(err)
	}
	admit := func(rows []Entry) Batch {
		d, err := j.Draft(Batch{Panel: "p", Created: time.Now()})
		for _, e := range rows {
			if err == nil {
				err = d.Add(e)
			}
		}
		if err == nil {
			err = d.Finish(Reading{Accounts: []Account{{N: 1, Panel: "p"}}})
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := d.Admit(t.Context(), "b", Repeats{})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := admit(trialRows(1, 40, nil))
	send := func(seq int64, s State) error {
		if err := j.Intend(b, seq, time.Now()); err != nil {
			return err
		}
		o := Outcome{Seq: seq, State: s}
		if s == Placed {
			o.Attempt.OrderID = fmt.Sprint(100 + seq)
		}
		return <-j.Conclude(b, o)
	}
	service := Service{Panel: "p", Service: panel.Service{ID: "1"}}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"admitted", func() error { return nil }},
		{"intended", func() error { return j.Intend(b, 2, time.Now()) }},
		{"recovered", func() error { _, err := j.Recover(b); return err }},
		{"placed", func() error { return send(3, Placed) }},
		{"refused", func() error { return send(5, Refused) }},
		{"asked", func() error {
			_, err := j.Check(b, []Checked{{Seq: 3, At: time.Now(), Status: panel.Status{Status: "Completed",
				Charge: decimal.NewNullDecimal(decimal.RequireFromString("0.7")), Currency: "USD"}}})
			return err
		}},
		{"held", func() error { _, err := j.HoldService(b, service, Dearer, "dearer"); return err }},
		{"dearer", func() error { return j.AcceptPrice(b, service, decimal.RequireFromString("7.5")) }},
		{"released", func() error { _, err := j.Release(b, Duplicate, Dearer); return err }},
		{"held back", func() error { return <-j.HoldBack(b, 6, OverCap, "over") }},
		{"edited", func() error { admit(trialRows(1, 30, nil)); return nil }},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		for _, add := range []func() (Totals, error){
			func() (Totals, error) { return j.Totals(t.Context(), b) },
			func() (Totals, error) { return j.KeepTotals(t.Context(), b) },
			func() (Totals, error) { return j.Totals(t.Context(), b) },
		} {
			got, err := add()
			if err != nil {
				t.Fatal(err)
			}
			var want Totals
			for e, err := range j.Entries(t.Context(), b) {
				if err != nil {
					t.Fatal(err)
				}
				want.Add(e, 1)
			}
			same := []cmp.Option{cmpopts.IgnoreUnexported(Totals{}), cmpopts.EquateEmpty(),
				cmpopts.IgnoreFields(Totals{}, "Doubts", "Alarms", "Held")}
			if diff := cmp.Diff(want, got, same...); diff != "" {
				t.Errorf("%s:\n%s", step.name, diff)
			}
			if diff := cmp.Diff(want.ByService(), got.ByService()); diff != "" {
				t.Errorf("%s, by service:\n%s", step.name, diff)
			}
		}
		if _, kept, err := keptSums(t.Context(), j.read, b); err != nil || !kept {
			t.Errorf("%s: the sums aren't kept (%v)", step.name, err)
		}
	}
}
