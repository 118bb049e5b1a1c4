package journal

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

	"bulkorder/batch/panel"
)

// TestSumsAreAlwaysThoseOfTheRows: two processes do what they like with a batch, one dies and comes back, and after
// each step its sums are in the books, and what its rows add up to.
func TestSumsAreAlwaysThoseOfTheRows(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			one := oneAccount(t)
			two := reopened(t, one)
			b := admitRows(t, one, trialRows(1, 40, nil))
			if _, err := one.KeepTotals(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			w := wild{Rand: rand.New(rand.NewPCG(seed, 1)), b: b}
			for step := range 150 {
				w.j = one
				if w.IntN(2) == 0 {
					w.j = two
				}
				did, err := w.step()
				var held *RowHeldError
				for _, expected := range []error{ErrNotQueued, ErrNotInDoubt, ErrOrderTaken, ErrTooLate} {
					if errors.Is(err, expected) {
						err = nil
					}
				}
				if err != nil && !errors.As(err, &held) {
					t.Fatalf("step %d, %s: %v", step, did, err)
				}
				got, kept, err := keptSums(t.Context(), two.read.QueryContext, b.n)
				if err != nil || !kept {
					t.Fatalf("step %d, %s: the sums aren't kept (%v)", step, did, err)
				}
				compareSums(t, one, b, got, fmt.Sprintf("step %d, %s", step, did))
				if t.Failed() {
					return
				}
				if w.IntN(50) == 0 {
					two = reopened(t, one)
				}
			}
			if wrong, err := one.wrongSums(t.Context()); err != nil || wrong != nil {
				t.Errorf("%v (%v)", wrong, err)
			}
		})
	}
}

func reopened(t *testing.T, j *Journal) *Journal {
	t.Helper()
	again, err := OpenAt(t.Context(), t, j.Path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	return again
}

// wild does things at random.
type wild struct {
	*rand.Rand
	j *Journal
	b Batch
}

func (w wild) amount() decimal.Decimal { return decimal.New(w.Int64N(300), -2) }

func (w wild) step() (did string, err error) {
	seq, now := 1+w.Int64N(40), time.Now()
	service := Service{Panel: "p", Service: panel.Service{ID: fmt.Sprint(w.IntN(5))}}
	order := fmt.Sprint(1 + w.IntN(60))
	reason := []Reason{Duplicate, Dearer, Changed, OverCap, Warned, Forgotten, Repeat}[w.IntN(7)]
	things := []struct {
		name string
		do   func() error
	}{
		{"intend", func() error { return w.j.Intend(w.b, seq, now) }},
		{"send", func() error {
			var g errgroup.Group
			for seq := range int64(41) {
				g.Go(func() error { _ = w.j.Intend(w.b, seq, now); return nil }) // most aren't queued
			}
			return g.Wait()
		}},
		{"conclude", func() error { return w.conclude(seq, w.ended(), order) }},
		{"conclude many", func() error {
			var g errgroup.Group
			for i := range int64(10) {
				order := fmt.Sprint(1 + w.IntN(60))
				state := w.ended()
				g.Go(func() error { return w.conclude(1+(seq+i)%40, state, order) })
			}
			return g.Wait()
		}},
		{"recover", func() error { _, err := w.j.Recover(w.b); return err }},
		{"check", func() error { _, err := w.j.Check(w.b, w.told()); return err }},
		{"hold a service", func() error { _, err := w.j.HoldService(w.b, service, reason, "held"); return err }},
		{"release a service", func() error { _, err := w.j.ReleaseService(w.b, service, reason); return err }},
		{"accept a price", func() error { return w.j.AcceptPrice(w.b, service, w.amount()) }},
		{"approve charges", func() error {
			return w.j.ApproveCharged(w.b, service, []int64{seq, seq / 2}, w.amount())
		}},
		{"release", func() error { _, err := w.j.Release(w.b, reason, Duplicate); return err }},
		{"release rows", func() error { _, err := w.j.ReleaseRows(w.b, []int64{seq, seq / 2}, now); return err }},
		{"allow repeats", func() error { _, err := w.j.AllowRepeats(w.b, now); return err }},
		{"hold back", func() error { return <-w.j.HoldBack(w.b, seq, reason, "held back") }},
		{"doubt", func() error { return w.j.Doubt(w.b, seq, "unsure") }},
		{"decide", func() error {
			d := Decision{At: now, State: []State{Placed, Queued, Refused}[w.IntN(3)]}
			if d.State == Placed {
				d.OrderID = order
			}
			return w.j.Decide(w.b, seq, d)
		}},
		{"forget", func() error { _, err := w.j.HoldForgotten([]int64{1}); return err }},
		{"fold", func() error {
			return w.j.do(func(ctx context.Context, s *statements) error { return s.fold(ctx, w.b.n) })
		}},
		{"keep", func() error { _, err := w.j.KeepTotals(context.Background(), w.b); return err }},
	}
	thing := things[w.IntN(len(things))]
	return thing.name, thing.do()
}

func (w wild) ended() State {
	return []State{Placed, Placed, Placed, Queued, Refused, InDoubt}[w.IntN(6)]
}

func (w wild) conclude(seq int64, state State, order string) error {
	o := Outcome{Seq: seq, State: state}
	if o.State == Placed {
		o.Attempt.OrderID = order
	}
	err := <-w.j.Conclude(w.b, o)
	if err != nil && !errors.Is(err, ErrBroken) {
		err = nil // it wasn't being sent
	}
	return err
}

// told is what a panel says of some orders.
func (w wild) told() (all []Checked) {
	for range w.IntN(8) {
		c := Checked{Seq: 1 + w.Int64N(40), At: time.Now()}
		c.Status.Status = []string{"Pending", "Completed", "Partial", "Canceled", "Odd 'one'\n"}[w.IntN(5)]
		if w.IntN(3) > 0 {
			c.Status.Charge = decimal.NewNullDecimal(w.amount())
		}
		if w.IntN(8) == 0 {
			c.Error = "Incorrect order ID"
		}
		all = append(all, c)
	}
	return all
}
