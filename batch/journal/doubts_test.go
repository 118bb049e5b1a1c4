package journal

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
)

// TestDoubtsAreTheAccounts: those of all batches on the account, and on accounts that may be the same; of another
// account none but the batch's own.
func TestDoubtsAreTheAccounts(t *testing.T) {
	j, err := OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for i, a := range []struct{ address, key string }{
		{"https://p.example/api", "key"}, {"https://p.example/api", "new key"},
		{"https://o.example/api", "o"}, {"https://q.example/api", "o"},
	} {
		if k, err := j.OpenAccount(t.Context(), a.address, "p", a.key); err != nil || k.N != int64(i)+1 {
			t.Fatalf("%+v, %v", k, err)
		}
	}
	began := time.UnixMilli(1_700_000_000_000)
	batches := map[string]Batch{}
	for id, c := range map[string]struct {
		account int64
		states  []State
	}{
		"one":   {1, []State{InDoubt, Placed, Queued}},
		"two":   {1, []State{Sending, Refused}},
		"kin":   {2, []State{InDoubt}},
		"other": {3, []State{InDoubt}},
	} {
		batches[id] = j.sent(t, id, c.account, began, c.states)
	}
	for id, want := range map[string][]string{
		"one":   {"kin 1 in_doubt true", "one 1 in_doubt true", "two 1 sending false"},
		"two":   {"kin 1 in_doubt true", "one 1 in_doubt true", "two 1 sending false"},
		"other": {"other 1 in_doubt true"},
	} {
		doubts, err := j.Doubts(t.Context(), batches[id], "p")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range doubts {
			got = append(got, fmt.Sprint(d.Batch, " ", d.Seq, " ", d.State, " ", d.Ended.Equal(began.Add(time.Second))))
			if !d.Began.Equal(began) {
				t.Errorf("%s began %v", d.Batch, d.Began)
			}
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("batch %s: %q, want %q", id, got, want)
		}
	}
	for account, want := range map[int64][]int64{1: {2}, 2: {1}, 3: nil, 4: nil, 5: nil} {
		if kin, err := j.Beside(t.Context(), account); err != nil || !slices.Equal(kin, want) {
			t.Errorf("account %d: %v, %v", account, kin, err)
		}
	}
}

// sent admits a batch of one row for each state, on an account, and brings the rows there.
func (j *Journal) sent(t *testing.T, id string, account int64, began time.Time, states []State) Batch {
	t.Helper()
	d, err := j.Draft(Batch{Panel: "p", URL: "https://p.example/api", Created: began})
	if err != nil {
		t.Fatal(err)
	}
	for i := range states {
		key := fmt.Sprint(id, i)
		e := Entry{Line: i + 2, Panel: "p", Account: account, Key: key, Identity: Identity{Content: key}, State: Queued}
		if err := d.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Finish(Reading{}); err != nil {
		t.Fatal(err)
	}
	b, err := d.Admit(t.Context(), id, Repeats{})
	if err != nil {
		t.Fatal(err)
	}
	if err := j.SendOn(b, "p", account); err != nil {
		t.Fatal(err)
	}
	for i, state := range states {
		seq := int64(i) + 1
		if state != Queued {
			err = j.Intend(b, seq, began)
		}
		if err == nil && state != Queued && state != Sending {
			a := Attempt{Started: began, Ended: began.Add(time.Second)}
			if state == Placed {
				a.OrderID = id + "1"
			}
			err = <-j.Conclude(b, Outcome{Seq: seq, State: state, Attempt: a})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if b, err = j.Batch(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	return b
}

// TestWhatOrdersAreToldOfFirst: what a later status says doesn't count, and of orders that are alike so many.
func TestWhatOrdersAreToldOfFirst(t *testing.T) {
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
	for _, id := range []string{"a", "b", "c"} {
		b := j.sent(t, id, k.N, began, []State{Placed})
		if err := j.do(func(ctx context.Context, t *statements) error {
			_, err := t.exec(ctx, `UPDATE rows SET rate = '0.1', units_low = '2', units_high = '2'`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for i, status := range []string{"Beklemede", "Kısmi tamamlandı"} {
			at := began.Add(time.Duration(i+1) * time.Minute)
			charge := decimal.NewNullDecimal(decimal.New(2-int64(i), -1))
			told := Checked{Seq: 1, At: at, Due: at, Status: panel.Status{Status: status, Charge: charge}}
			if _, err := j.Check(b, []Checked{told}); err != nil {
				t.Fatal(err)
			}
		}
	}
	told, err := j.FirstPriced(t.Context(), k.N, 2)
	if err != nil || len(told) != 2 {
		t.Fatalf("%+v, %v", told, err)
	}
	for _, p := range told {
		if p.Status != "Beklemede" || !p.Charge.Equal(p.Estimate) {
			t.Errorf("%+v", p)
		}
	}
}
