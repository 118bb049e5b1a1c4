package batch_test

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/samples/sandbox"
)

// moved changes the balance that a panel tells, and the currency that it tells something in.
type moved struct {
	by       decimal.Decimal
	currency string // of balances; empty: as it is
	charges  string // the currency of charges; empty: as it is
}

func (m *moved) in(answer string) string {
	answer = aBalance.ReplaceAllStringFunc(answer, func(text string) string {
		amount := decimal.RequireFromString(aBalance.FindStringSubmatch(text)[1])
		text = `"balance":"` + amount.Add(m.by).String() + `"`
		return text
	})
	currency := m.charges
	if aBalance.MatchString(answer) {
		currency = m.currency
	}
	if currency != "" {
		answer = aCurrency.ReplaceAllString(answer, `"currency":"`+currency+`"`)
	}
	return answer
}

var aCurrency = regexp.MustCompile(`"currency":"[^"]*"`)

// TestTheBalanceIsToldInAnotherCurrency than that in which prices were approved: nothing is sent, and nothing is called
// by the other name; during a run it ends.
func TestTheBalanceIsToldInAnotherCurrency(t *testing.T) {
	m := &moved{}
	var change time.Time
	between := func(f url.Values, next func(url.Values) string) string {
		if !change.IsZero() && time.Now().After(change) {
			return (&moved{currency: "INR"}).in(next(f))
		}
		return m.in(next(f))
	}
	timelessBehind(t, sandbox.Config{Speed: -1}, between, nil, nil, func(t *testing.T, w *world) {
		w.job.Limit = 3
		out, err := w.job.Run(t.Context(), w.open(rows(150)), "orders.csv")
		if err != nil {
			t.Fatal(err)
		}
		for currency, wrong := range map[string]bool{"INR": true, "US Dollar": false} {
			m.currency = currency
			time.Sleep(time.Hour)
			w.job.Limit = 1
			_, err := w.job.Resume(t.Context(), out.Batch)
			if mistake := (*desk.Mistake)(nil); errors.As(err, &mistake) != wrong || !wrong && err != nil {
				t.Errorf("a balance in %s: %v", currency, err)
			}
		}
		w.job.Limit = 0
		m.currency, change = "", time.Now().Add(15*time.Second)
		if out, err = w.job.Resume(t.Context(), out.Batch); err != nil || out.End.Stop != batch.Unreachable {
			t.Errorf("the currency changed during the run: stopped by %q (%s), %v", out.End.Stop, out.End.Words, err)
		}
		if out.Batch.Currency != "USD" {
			t.Errorf("the books say %s", out.Batch.Currency)
		}
	})
}

// TestChargesThatCantBeRead: they are told in another currency, and the balance falls by twice of what was approved.
func TestChargesThatCantBeRead(t *testing.T) {
	for _, tt := range []struct {
		sentence, currency string
		twice              bool
		held               int
	}{
		{"dearer", "INR", true, 30}, {"as approved", "INR", false, 0}, {"by a sign", "$", false, 0},
	} {
		var mu sync.Mutex
		m := &moved{charges: tt.currency}
		between := func(f url.Values, next func(url.Values) string) string {
			mu.Lock()
			defer mu.Unlock()
			if f.Get("action") == "add" && tt.twice {
				m.by = m.by.Sub(decimal.RequireFromString("0.09")) // what a row of these costs
			}
			return m.in(next(f))
		}
		timelessBehind(t, sandbox.Config{Speed: -1}, between, nil, nil, func(t *testing.T, w *world) {
			w.job.Concurrency = 1
			out, err := w.job.Run(t.Context(), w.open(rows(40)), "orders.csv")
			if err != nil || out.Totals.States[journal.Held] != tt.held || (out.End.Alarm != "") != tt.twice {
				t.Fatalf("%s: %v, %v, %q, %v", tt.sentence, out.Totals.States, out.End.Alarm, out.Totals.Charged, err)
			}
			if tt.held == 0 {
				return
			}
			w.job.AcceptPrice = true
			if out, err = w.job.Resume(t.Context(), out.Batch); err != nil || out.Totals.States[journal.Placed] != 40 {
				t.Errorf("%s, and that was accepted: %v, %v", tt.sentence, out.Totals.States, err)
			}
		})
	}
}

// refusing lets an add make its order, and says that the link is invalid; as much is paid in meanwhile.
func refusing(link, paid string, alone bool, m *moved) front {
	return func(f url.Values, next func(url.Values) string) string {
		if alone && f.Get("action") == "add" && !strings.HasSuffix(f.Get("link"), "/"+link) {
			return `{"error":"Invalid link"}`
		}
		answer := m.in(next(f))
		if f.Get("action") == "add" && strings.HasSuffix(f.Get("link"), "/"+link) {
			m.by = m.by.Add(decimal.RequireFromString(paid))
			return `{"error":"Invalid link"}`
		}
		return answer
	}
}

// TestARowWasRefusedThoughOrdered, and what came back to the balance hides its charge: its order stands where it must,
// and where there is no order of ours from which to look, nobody can know.
func TestARowWasRefusedThoughOrdered(t *testing.T) {
	for _, tt := range []struct {
		sentence, link, paid string
		alone                bool // all others are refused, and none is ordered
		order                string
	}{
		{"as much as it cost", "5", "0.09", false, "23504"},
		{"no order of ours, and more is paid in", "3", "5", true, journal.UnknownOrder},
	} {
		between := refusing(tt.link, tt.paid, tt.alone, &moved{})
		timelessBehind(t, sandbox.Config{Speed: -1}, between, nil, nil, func(t *testing.T, w *world) {
			w.job.Panel.Panel.Exclusive = panel.NotSaid
			w.job.Concurrency = 1
			out, err := w.job.Run(t.Context(), w.open(rows(12)), "orders.csv")
			if err == nil && tt.alone {
				time.Sleep(time.Hour)
				out, err = w.job.Resettle(t.Context(), out.Batch, false)
			}
			if err != nil || len(out.Totals.Alarms) != 1 || out.Totals.Alarms[0].OrderID != tt.order {
				t.Errorf("%s: %+v, %v", tt.sentence, out.Totals.Alarms, err)
			}
		})
	}
}

// showing adds to statuses what was ordered.
func showing(w **world, loses string) front {
	lost := map[string]bool{}
	return func(f url.Values, next func(url.Values) string) string {
		link := f.Get("link")
		if f.Get("action") == "add" && strings.Contains(loses, link[strings.LastIndex(link, "/"):]) && !lost[link] {
			if lost[link] = true; len(lost) == 1 {
				next(f)
			}
			return gone
		}
		answer := next(f)
		if f.Get("action") != "status" || *w == nil {
			return answer
		}
		for _, o := range (*w).sandbox.Ledger() {
			shown := `{"link":"` + o.Fields["link"] + `","quantity":"` + o.Fields["quantity"] + `",`
			if answer = strings.ReplaceAll(answer, `"`+o.ID+`":{`, `"`+o.ID+`":`+shown); f.Get("order") == o.ID {
				answer = strings.Replace(answer, "{", shown, 1)
			}
		}
		return answer
	}
}

// TestAPanelThatShowsLinks: of two rows of one charge in doubt it has the order of one, which is that one's.
func TestAPanelThatShowsLinks(t *testing.T) {
	var here *world
	timelessBehind(t, sandbox.Config{Speed: -1}, showing(&here, "/6 /7"), nil, nil, func(t *testing.T, w *world) {
		here = w
		w.job.Concurrency = 1
		w.job.Limit = 10
		out, err := w.job.Run(t.Context(), w.open(rows(20)), "orders.csv")
		time.Sleep(time.Hour)
		if err == nil {
			out, err = w.job.Resume(t.Context(), out.Batch)
		}
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		if out, err = w.job.Resettle(t.Context(), out.Batch, false); err != nil {
			t.Fatal(err)
		}
		w.audit(out.Batch)
		if out.Totals.States[journal.Placed] != 19 || len(out.Totals.Doubts) != 1 || !out.Totals.Doubts[0].Finding.NotPlaced {
			t.Errorf("%v, %+v", out.Totals.States, out.Settlement.Conclusions)
		}
	})
}

// swapped answers the adds for two links, which come at once, with each other's order.
func swapped(one, other string) front {
	var mu sync.Mutex
	answers := map[string]string{}
	return func(f url.Values, next func(url.Values) string) string {
		link := f.Get("link")
		end := link[strings.LastIndex(link, "/")+1:]
		if f.Get("action") != "add" || end != one && end != other {
			return next(f)
		}
		mu.Lock()
		answers[end] = next(f)
		mu.Unlock()
		for {
			mu.Lock()
			his, is := answers[map[string]string{one: other, other: one}[end]]
			mu.Unlock()
			if is {
				return his
			}
			time.Sleep(time.Millisecond)
		}
	}
}

// TestTwoRowsWereGivenEachOthersOrder: that isn't a price that rose, and an alarm says so of both.
func TestTwoRowsWereGivenEachOthersOrder(t *testing.T) {
	timelessBehind(t, sandbox.Config{Speed: -1}, swapped("4", "5"), nil, nil, func(t *testing.T, w *world) {
		w.job.Concurrency = 4
		out, err := w.job.Run(t.Context(), w.open(priced(100, 100, 100, 900, 100, 100, 100, 100, 100, 100, 100, 100)),
			"orders.csv")
		if err != nil || out.Totals.States[journal.Placed] != 12 || len(out.Totals.Alarms) != 2 ||
			!strings.Contains(out.End.Alarm, "each other's order") {
			t.Errorf("%v, %q, %+v, %v", out.Totals.States, out.End.Alarm, out.Totals.Alarms, err)
		}
	})
}

// TestARowThatWasTurnedAwayMayHaveItsOrderElsewhere: the panel counts orders of its service by themselves, and what it
// paid back hides the charge.
func TestARowThatWasTurnedAwayMayHaveItsOrderElsewhere(t *testing.T) {
	for _, sentence := range []string{"Not enough funds on balance",
		"You have active order with this link. Please wait until order being completed."} {
		m, turned := &moved{}, false
		between := apart(900001, func(f url.Values, next func(url.Values) string) string {
			before := m.in(next(url.Values{"key": f["key"], "action": {"balance"}}))
			answer := m.in(next(f))
			if f.Get("action") != "add" || !strings.HasSuffix(f.Get("link"), "/6") || turned {
				return answer
			}
			turned = true
			after := m.in(next(url.Values{"key": f["key"], "action": {"balance"}}))
			amount := func(s string) decimal.Decimal {
				return decimal.RequireFromString(aBalance.FindStringSubmatch(s)[1])
			}
			m.by = m.by.Add(amount(before).Sub(amount(after)))
			return `{"error":"` + sentence + `"}`
		})
		timelessBehind(t, sandbox.Config{Speed: -1}, between, nil, nil, func(t *testing.T, w *world) {
			w.job.Concurrency = 1
			out, err := w.job.Run(t.Context(), w.open("service,link,quantity\n1,https://example.com/2,100\n"+
				"1,https://example.com/3,100\n1,https://example.com/4,100\n1,https://example.com/5,100\n"+
				"102,https://example.com/6,100\n1,https://example.com/7,100\n1,https://example.com/8,100\n"), "orders.csv")
			for range 3 {
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Hour)
				out, err = w.job.Resume(t.Context(), out.Batch)
			}
			if out.Totals.States[journal.InDoubt] != 1 || out.Totals.States[journal.Placed] != 6 {
				t.Errorf("%s: %v", sentence, out.Totals.States)
			}
			w.onceEach()
		})
	}
}
