package journal

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

// TestWhatABalanceProves: what happens to our orders between two moments, and whether the balance then proves that
// nothing else was charged.
func TestWhatABalanceProves(t *testing.T) {
	const began = 1_700_000_000_000
	set := func(seq int, what string) string { return fmt.Sprintf("UPDATE rows SET %s WHERE seq = %d;", what, seq) }
	partial := set(1, "status = 'Partial', charge = '0.04', changed_at = 1700000015000")
	for name, c := range map[string]struct {
		change      string // to the books between the moments, besides a new order of 0.10
		after       string // the balance, that was 100
		proves      bool   // something; otherwise why says why not
		absent      bool   // nothing of 0.10 was charged besides
		unexplained string
		on          string // a balance on the way; empty: none was asked
	}{
		"an order":                                  {"", "99.90", true, true, "0", ""},
		"an order, and somebody else's":             {"", "99.80", true, false, "0.1", ""},
		"a balance that doesn't show the order yet": {"", "100.00", false, false, "-0.1", ""},
		"a person has paid in":                      {"", "149.90", false, false, "-50", ""},
		"a person has paid in what was missing":     {"", "99.90", false, false, "0", "99.80"},
		"a balance on the way":                      {"", "99.90", true, true, "0", "99.90"},
		"its charge isn't told":                     {set(2, "charge = NULL"), "99.90", true, false, "0", ""},
		"it can't be estimated": {
			set(2, "charge = NULL, units_high = NULL"), "99.90", false, false, "0.1", "",
		},
		"an older one was canceled before it was asked about": {
			"DELETE FROM statuses;" + statusAt(1, 1, "Canceled", "0", 5, 0) +
				set(1, "status = 'Canceled', charge = '0', due_at = NULL"), "100.00", true, true, "0", "",
		},
		"a subscription of ours is open": {set(1, "units_low = '0'"), "99.90", false, false, "0", ""},
		"a drip-feed of ours is open": {
			set(1, `params = '[{"Name":"runs"}]'`), "99.90", false, false, "0", "",
		},
		"the charge is in another currency":           {set(2, "currency = 'EUR'"), "99.90", false, false, "0", ""},
		"it was canceled, and tells the gross charge": {set(2, "status = 'Canceled'"), "99.90", false, false, "0", ""},
		"it was canceled, and tells the net charge": {
			statusAt(2, 2, "Canceled", "0", 15, 14) + set(2, "status = 'Canceled', charge = '0'"), "100.00", true, true, "0", "",
		},
		"an older order gave back, after the moment": {
			statusAt(1, 2, "Partial", "0.04", 15, 14) + partial, "99.96", true, true, "0", "",
		},
		"an older order gave back, nobody knows when": {
			statusAt(1, 2, "Partial", "0.04", 15, 5) + partial, "99.96", true, false, "0", "",
		},
		"an order was found that was in doubt then": {
			set(3, "state = 'placed', order_id = '3', charge = '0.10', checked_at = 1700000030000") +
				`INSERT INTO decisions (batch, seq, n, at, by, how, state, order_id, reason, evidence)
				VALUES (1, 3, 1, 1700000015000, '', '', 'placed', '3', '', '')`, "99.90", true, true, "0", "",
		},
		"an older one has a status that nobody understands": {set(1, "status = 'Teilweise', changed_at = 1700000015000"),
			"99.90", true, false, "0", ""},
		"a new one has a status that nobody understands": {set(2, "status = 'Teilweise'"), "99.90", true, false, "0", ""},
		"an older one is done, and not all was delivered": {
			set(1, "status = 'Completed', remains = '40', due_at = NULL, changed_at = 1700000015000"),
			"99.90", true, false, "0", ""},
		"an older one is done, all was delivered, and some more": {
			set(1, "status = 'Completed', remains = '-2', due_at = NULL, changed_at = 1700000015000"),
			"99.90", true, true, "0", ""},
		"an open order wasn't asked about": {set(1, "checked_at = 1700000005000"), "99.90", false, false, "0", ""},
	} {
		t.Run(name, func(t *testing.T) {
			j := oneAccount(t)
			at := time.UnixMilli(began)
			j.sent(t, "b", 1, at, []State{Placed, Queued, InDoubt})
			j.change(
				t,
				`UPDATE panels SET currency = 'USD'; UPDATE rows SET rate = '1', units_low = '0.1', units_high = '0.1',
				params = '[]'; UPDATE rows SET charge = '0.10', currency = 'USD', status = 'Pending', due_at = 1,
				checked_at = 1700000005000 WHERE seq = 1;`+statusAt(1, 1, "Pending", "0.10", 5, 5),
			)
			moment := func(after time.Duration, balance string) Moment {
				t.Helper()
				asked := at.Add(after)
				m, err := j.NoteMoment(Moment{Account: 1, Asked: asked, At: asked.Add(time.Second),
					Balance: decimal.RequireFromString(balance)}, asked)
				if err != nil {
					t.Fatal(err)
				}
				return m
			}
			from := moment(10*time.Second, "100.00")
			j.change(
				t,
				`INSERT INTO attempts VALUES (1, 2, 1, 1700000012000, 1700000013000, 'placed', '', '', 200, '2', '', '');
				UPDATE rows SET state = 'placed', order_id = '2', attempts = 1, charge = '0.10', currency = 'USD',
				status = 'Pending', due_at = 1, sent_at = 1700000012000 WHERE seq = 2;
				UPDATE rows SET checked_at = 1700000030000 WHERE state = 'placed';`+c.change,
			)
			if c.on != "" {
				moment(15*time.Second, c.on)
			}
			gap, err := j.Gap(t.Context(), from, moment(20*time.Second, c.after))
			if err != nil {
				t.Fatal(err)
			}
			if (gap.Why == "") != c.proves || gap.Absent(decimal.RequireFromString("0.10")) != c.absent ||
				!gap.Unexplained.Equal(decimal.RequireFromString(c.unexplained)) {
				t.Errorf("%q, unexplained %s, error %s, absent %v", gap.Why, gap.Unexplained, gap.Error,
					gap.Absent(decimal.RequireFromString("0.10")))
			}
			if _, err := j.MomentBefore(t.Context(), 1, from.At); !errors.Is(err, ErrNoMoment) {
				t.Errorf("before the first moment: %v", err)
			}
		})
	}
}

// TestStatusesThatOrdersBeginWith: what isn't understood tells of no money given back where orders of ours had it
// first, with their whole charge.
func TestStatusesThatOrdersBeginWith(t *testing.T) {
	for name, c := range map[string]struct {
		told string
		want bool
	}{
		"three":      {statusAt(1, 1, "Neu", "0.10", 5, 0) + statusAt(1, 2, "Fertig", "0.10", 9, 5), true},
		"two":        {"", false},
		"another":    {statusAt(1, 1, "Alt", "0.10", 5, 0) + statusAt(1, 2, "Fertig", "0.10", 9, 5), false},
		"less":       {statusAt(1, 1, "Neu", "0.05", 5, 0) + statusAt(1, 2, "Fertig", "0.05", 9, 5), false},
		"still have": {statusAt(1, 1, "Neu", "0.10", 5, 0), false},
	} {
		t.Run(name, func(t *testing.T) {
			j := oneAccount(t)
			j.sent(t, "b", 1, time.UnixMilli(1_700_000_000_000), []State{Placed, Queued, Queued})
			for seq := 2; seq <= 3; seq++ {
				c.told += statusAt(seq, 1, "Neu", "0.10", 5, 0) + statusAt(seq, 2, "Fertig", "0.10", 9, 5)
			}
			j.change(t, `UPDATE rows SET rate = '1', units_low = '0.1', units_high = '0.1', state = 'placed',
				order_id = coalesce(order_id, CAST(seq AS TEXT)), account = 1;`+c.told)
			if is, err := j.begin(t.Context(), 1, "Neu"); err != nil || is != c.want {
				t.Errorf("%v, %v", is, err)
			}
		})
	}
}

// statusAt is the status of an order so many seconds after the beginning, and when it was asked about before.
func statusAt(seq, n int, status, charge string, at, before int) string {
	return fmt.Sprintf(
		`INSERT INTO statuses (batch, seq, n, at, status, charge, currency, start_count, remains, before_at)
		VALUES (1, %d, %d, %d, '%s', '%s', 'USD', '', '', %d)`,
		seq,
		n,
		1_700_000_000_000+at*1000,
		status,
		charge,
		1_700_000_000_000+before*1000,
	) + ";"
}

// change changes the books as nobody may.
func (j *Journal) change(t *testing.T, texts string) {
	t.Helper()
	err := j.do(func(ctx context.Context, s *statements) error {
		_, err := s.conn.ExecContext(ctx, texts)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestABalanceThatWasAskedWhileAnOrderWasUnderWay isn't kept: nobody knows whether the order is in it.
func TestABalanceThatWasAskedWhileAnOrderWasUnderWay(t *testing.T) {
	j, err := OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if _, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", "key"); err != nil {
		t.Fatal(err)
	}
	began := time.UnixMilli(1_700_000_000_000)
	b := j.sent(t, "b", 1, began, []State{Placed, Queued}) // answered after a second
	for _, c := range []struct {
		from, to time.Duration
		sending  bool
		want     error
	}{
		{-2 * time.Second, -time.Second, false, ErrUnquiet}, // the clock was set back
		{-time.Second, 500 * time.Millisecond, false, ErrUnquiet},
		{500 * time.Millisecond, 700 * time.Millisecond, false, ErrUnquiet},
		{500 * time.Millisecond, 3 * time.Second, false, ErrUnquiet},
		{2 * time.Second, 3 * time.Second, false, nil},
		{8 * time.Second, 9 * time.Second, true, ErrUnquiet},
	} {
		if c.sending {
			if err := j.Intend(b, 2, began.Add(5*time.Second)); err != nil {
				t.Fatal(err)
			}
		}
		_, err := j.NoteMoment(Moment{Account: 1, Asked: began.Add(c.from), At: began.Add(c.to)}, began)
		if !errors.Is(err, c.want) {
			t.Errorf("asked from %v to %v: %v, want %v", c.from, c.to, err, c.want)
		}
	}
}

// TestAccountsThatAreOne keep no balance: it was compared with the orders of one of them.
func TestAccountsThatAreOne(t *testing.T) {
	j, err := OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	at := time.UnixMilli(1_700_000_000_000)
	for n, key := range map[int64]string{1: "one", 2: "two"} {
		if _, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", key); err != nil {
			t.Fatal(err)
		}
		if _, err := j.NoteMoment(Moment{Account: n, Asked: at, At: at}, at); err != nil {
			t.Fatal(err)
		}
	}
	if same, err := j.Same(2, 1); !same || err != nil {
		t.Fatal(same, err)
	}
	for n := range int64(2) {
		if _, err := j.MomentBefore(t.Context(), n+1, at.Add(time.Hour)); !errors.Is(err, ErrNoMoment) {
			t.Errorf("account %d: %v", n+1, err)
		}
	}
}

// TestGapsThatProveAlike: between the moments where two of them begin, a third would prove the same.
func TestGapsThatProveAlike(t *testing.T) {
	d := decimal.RequireFromString
	gap := func(why, unexplained, by string) Gap {
		return Gap{To: Moment{At: time.Now()}, Why: why, Unexplained: d(unexplained), Error: d(by)}
	}
	for _, tt := range []struct {
		sentence string
		a, b     Gap
		want     bool
	}{
		{"nothing is unexplained", gap("", "0", "0.01"), gap("", "0.01", "0.01"), true},
		{"as much is unexplained", gap("", "0.50", "0.01"), gap("", "0.51", "0.01"), true},
		{"more is unexplained of the one", gap("", "0.50", "0.01"), gap("", "0.30", "0.01"), false},
		{"only one of them lacks something", gap("", "0.02", "0.01"), gap("", "0.01", "0.01"), false},
		{"one is less sure", gap("", "0", "0.20"), gap("", "0", "0.01"), false},
		{"both prove nothing, for one reason", gap("a drip-feed is open", "0", "0"),
			gap("a drip-feed is open", "1", "0"), true},
		{"for two reasons", gap("a drip-feed is open", "0", "0"), gap("money came in", "0", "0"), false},
		{"one proves something", gap("", "0", "0.01"), gap("money came in", "0", "0.01"), false},
		{"never struck", Gap{}, Gap{}, false},
	} {
		if got := tt.a.Alike(tt.b); got != tt.want {
			t.Errorf("%s: %v", tt.sentence, got)
		}
	}
}
