package journal

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

	"bulkorder/batch/panel"
)

// TestSumsThatAreKeptAreThoseOfTheRows: whatever changes a row, nobody is told what the rows added up to before.
func TestSumsThatAreKeptAreThoseOfTheRows(t *testing.T) {
	j := oneAccount(t)
	admit := func(rows []Entry) Batch { return admitRows(t, j, rows) }
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
		lost bool // the sums are thrown away
	}{
		{name: "admitted", do: func() error { return nil }, lost: true}, // they are kept when it is sent
		{name: "intended", do: func() error { return j.Intend(b, 2, time.Now()) }},
		{name: "recovered", do: func() error { _, err := j.Recover(b); return err }},
		{name: "placed", do: func() error { return send(3, Placed) }},
		{name: "refused", do: func() error { return send(5, Refused) }},
		{name: "asked", do: func() error {
			_, err := j.Check(b, []Checked{{Seq: 3, At: time.Now(), Status: panel.Status{Status: "Completed",
				Charge: decimal.NewNullDecimal(decimal.RequireFromString("0.7")), Currency: "USD"}}})
			return err
		}},
		{name: "held", do: func() error { _, err := j.HoldService(b, service, Dearer, "dearer"); return err }},
		{name: "dearer", do: func() error { return j.AcceptPrice(b, service, decimal.RequireFromString("7.5")) }},
		{name: "charged more", do: func() error {
			return j.ApproveCharged(b, service, []int64{3}, decimal.RequireFromString("8"))
		}},
		{name: "released", do: func() error { _, err := j.Release(b, Duplicate, Dearer); return err }},
		{name: "held back", do: func() error { return <-j.HoldBack(b, 6, OverCap, "over") }},
		{name: "said no, and unsure", do: func() error { return j.Doubt(b, 5, "unsure") }},
		{name: "decided", do: func() error {
			return j.Decide(b, 5, Decision{At: time.Now(), State: Placed, OrderID: "777"})
		}},
		{name: "the books are a copy", do: func() error { _, err := j.HoldForgotten([]int64{1}); return err }},
		{name: "released one by one", do: func() error {
			_, err := j.ReleaseRows(b, []int64{7, 8, 9}, time.Now())
			return err
		}},
		{name: "folded", do: func() error {
			return j.do(func(ctx context.Context, s *statements) error { return s.fold(ctx, b.n) })
		}},
		{name: "edited", do: func() error { admit(trialRows(1, 30, nil)); return nil }, lost: true},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if _, kept, err := keptSums(t.Context(), j.read.QueryContext, b.n); err != nil || kept == step.lost {
			t.Errorf("%s: that the sums are kept is %t (%v)", step.name, kept, err)
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
			compareSums(t, j, b, got, step.name)
		}
	}
}

// admitRows makes rows the batch b, or an edition of it.
func admitRows(t *testing.T, j *Journal, rows []Entry) Batch {
	t.Helper()
	b, err := draftOf(t, j, rows, decimal.NullDecimal{}).Admit(t.Context(), "b", Repeats{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// compareSums compares totals with those of the rows, one by one.
func compareSums(t *testing.T, j *Journal, b Batch, got Totals, when string) {
	t.Helper()
	var want Totals
	for e, err := range j.Entries(t.Context(), b) {
		if err != nil {
			t.Fatal(err)
		}
		want.Add(e, 1)
	}
	same := []cmp.Option{cmpopts.IgnoreUnexported(Totals{}), cmpopts.EquateEmpty(),
		cmpopts.IgnoreFields(Totals{}, "Doubts", "Alarms", "Held", "Owed")}
	if diff := cmp.Diff(want, got, same...); diff != "" {
		t.Errorf("%s:\n%s", when, diff)
	}
	if diff := cmp.Diff(want.ByService(), got.ByService()); diff != "" {
		t.Errorf("%s, by service:\n%s", when, diff)
	}
}

// TestSumsKnowWhatChangedWhileTheRowsWereRead: a change that is written together with the sums of rows that were read
// before it counts.
func TestSumsKnowWhatChangedWhileTheRowsWereRead(t *testing.T) {
	j := oneAccount(t)
	b := admitRows(t, j, trialRows(1, 5, nil))
	doAll(t, j, `DELETE FROM sums`)
	revision := func() (n int64) {
		if err := j.read.QueryRow(`SELECT revision FROM book`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := revision()
	told := make(chan error) // the writer waits to tell that it has committed, and lets others queue up
	j.queue <- write{change: func(context.Context, *statements) error { return nil }, result: told, waited: true}
	for revision() == before {
		time.Sleep(time.Millisecond)
	}
	var g errgroup.Group
	waiting := func(n int) {
		for len(j.queue) < n {
			time.Sleep(time.Millisecond)
		}
	}
	g.Go(func() error { return j.Intend(b, 2, time.Now()) })
	waiting(1)
	g.Go(func() error { _, err := j.KeepTotals(t.Context(), b); return err })
	waiting(2)
	if err := errors.Join(<-told, g.Wait()); err != nil {
		t.Fatal(err)
	}
	got, err := j.Totals(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	compareSums(t, j, b, got, "after both")
}

// TestSumsInOddWords: whatever a panel calls its statuses, sums are read as they were written, and what nobody wrote
// isn't read.
func TestSumsInOddWords(t *testing.T) {
	var want Totals
	for i, odd := range []string{"", ":", "3:abc", "a\nb", "\x00", "é😀", "-1:", strings.Repeat("x", 1000)} {
		e := Entry{State: Placed, Status: odd, Service: odd, Panel: odd + odd, Rate: decimal.RequireFromString("0.333")}
		e.Units, e.Charge = Exactly(decimal.New(int64(i), -2)), decimal.NewNullDecimal(decimal.New(7, -3))
		want.Add(e, i+1)
	}
	text := string(appendSums(nil, want))
	var got Totals
	if !got.addText(text) || !got.same(want) {
		t.Errorf("%q is read as %+v, want %+v", text, got, want)
	}
	for _, bad := range []string{"", text[:len(text)-1], text + "1", text + "1:a", "9" + text, "1:x" + text[3:], `{"Rows":1}`} {
		var t2 Totals
		if t2.addText(bad) && t2.same(want) {
			t.Errorf("%q is read", bad)
		}
	}
}
