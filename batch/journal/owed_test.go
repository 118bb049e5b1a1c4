package journal

import (
	"context"
	"testing"
	"time"
)

// oneAccount opens new books that know one account.
func oneAccount(t *testing.T) *Journal {
	t.Helper()
	j, err := OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	if _, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", "key"); err != nil {
		t.Fatal(err)
	}
	return j
}

// TestAComparisonIsOwed where rows were refused and no balance was compared since: others that have requests under way
// hinder it.
func TestAComparisonIsOwed(t *testing.T) {
	began := time.UnixMilli(1_700_000_000_000)
	for _, tt := range []struct {
		sentence string
		states   []State
		beside   []State       // of another batch
		noted    time.Duration // when a moment was noted, since the rows were sent; 0: before
		now      time.Duration
		owed     bool
		by       string
	}{
		{"nothing was refused", []State{Placed}, nil, 0, time.Minute, false, ""},
		{"a row was refused", []State{Refused, Placed}, nil, 0, time.Minute, true, ""},
		{"it was compared since", []State{Refused, Placed}, nil, 20 * time.Second, time.Minute, false, ""},
		{"that is long ago", []State{Refused, Placed}, nil, 0, 25 * time.Hour, false, ""},
		{"another batch broke off", []State{Refused, Placed}, []State{Sending}, 0, time.Minute, true, "n"},
	} {
		j := oneAccount(t)
		at := began.Add(-time.Minute)
		if _, err := j.NoteMoment(Moment{Account: 1, Asked: at, At: at.Add(time.Second)}, at); err != nil {
			t.Fatal(err)
		}
		b := j.sent(t, "b", 1, began, tt.states)
		if err := j.do(func(ctx context.Context, t *statements) error {
			_, err := t.exec(ctx, `UPDATE attempts SET http_status = 200`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if at = began.Add(tt.noted); tt.noted > 0 {
			if _, err := j.NoteMoment(Moment{Account: 1, Asked: at, At: at.Add(time.Second)}, at); err != nil {
				t.Fatal(err)
			}
		}
		if tt.beside != nil {
			j.sent(t, "n", 1, began, tt.beside)
		}
		owed, err := j.owed(t.Context(), b, began.Add(tt.now))
		if err != nil || (owed != nil) != tt.owed || owed != nil && owed.Beside != tt.by {
			t.Errorf("%s: %+v, %v", tt.sentence, owed, err)
		}
	}
}

// TestWhatIsSpentBeside on an account that may be the same, at another address by the same key.
func TestWhatIsSpentBeside(t *testing.T) {
	j := oneAccount(t)
	other, err := j.OpenAccount(t.Context(), "https://q.example/api", "q", "key")
	if err != nil {
		t.Fatal(err)
	}
	began := time.UnixMilli(1_700_000_000_000)
	j.sent(t, "b", other.N, began, []State{Placed, Refused, Queued})
	if err := j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `UPDATE rows SET charge = '0.4'`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		account int64
		since   time.Time
		cost    string
	}{{1, began, "0.4"}, {1, began.Add(time.Second), "0"}, {other.N, began, "0"}} {
		s, err := j.SpentBeside(t.Context(), tt.account, tt.since)
		if err != nil || s.Cost.String() != tt.cost || len(s.Panels) != map[string]int{"0": 0, "0.4": 1}[tt.cost] {
			t.Errorf("beside account %d since %s: %+v, %v", tt.account, tt.since, s, err)
		}
	}
}
