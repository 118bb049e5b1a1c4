package journaltest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// called gives a row for a target, with a Ref or none.
func called(line int, ref, target string) journal.Entry {
	e := row(line)
	e.Target = "1 https://example.com/" + target
	e.Params = []panel.Param{{Name: "service", Value: "1"}, {Name: "link", Value: "https://example.com/" + target}}
	e.Identity = journal.Identify(panel.Service{ID: "1", Type: "Default"}, e.Params, ref)
	e.Key = e.Identity.Key(e.Account)
	return e
}

// sendAll intends all queued rows of a batch and places those that may be sent. It gives the orders' numbers from next.
func sendAll(t *testing.T, j *journal.Journal, b journal.Batch, next *int) {
	t.Helper()
	queued, err := j.Queued(t.Context(), b, "p", 0, 100)
	must(t, err)
	for _, e := range queued {
		var held *journal.RowHeldError
		if err := j.Intend(b, e.Seq, time.Now()); errors.As(err, &held) {
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		*next++
		must(t, <-j.Conclude(b, journal.Outcome{Seq: e.Seq, State: journal.Placed,
			Attempt: journal.Attempt{OrderID: fmt.Sprint(*next)}}))
	}
}

// editions: each is a list of rows as they stand in the sheet one after another, under one name.
func editions(t *testing.T, j *journal.Journal) {
	a, b := "a", "b"
	next := 0
	for name, c := range map[string]struct {
		sheets [][]journal.Entry
		orders int
	}{
		"a Ref that comes": {[][]journal.Entry{{called(2, "", a)}, {called(2, "1", a)}}, 1},
		"a Ref that goes":  {[][]journal.Entry{{called(2, "2", a+"2")}, {called(2, "", a+"2")}}, 1},
		"a Ref that comes, and then its row is edited": {
			[][]journal.Entry{{called(2, "", a+"3")}, {called(2, "3", a+"3")}, {called(2, "3", b+"3")}}, 1,
		},
		"its row is edited, and what it was stands in another row": {
			[][]journal.Entry{{called(2, "4", a+"4")}, {called(2, "4", b+"4"), called(3, "", a+"4")}}, 1,
		},
		"an edited row that wasn't sent, and what it was in another row": {
			[][]journal.Entry{{called(2, "", a+"5")}, {called(2, "5", b+"5"), called(3, "", a+"5")},
				{called(2, "5", b+"5"), called(3, "", a+"5")}}, 2,
		},
		"a row that leaves and comes back": {
			[][]journal.Entry{{called(2, "", a+"6")}, {called(2, "", b+"6")}, {called(2, "", a+"6")}}, 2},
		"the rows change places": {
			[][]journal.Entry{{called(2, "", a+"7"), called(3, "", b+"7")}, {called(2, "", b+"7"), called(3, "", a+"7")}}, 2},
		"two rows exchange their Refs": {
			[][]journal.Entry{{called(2, "8", a+"8"), called(3, "9", b+"8")}, {called(2, "9", a+"8"), called(3, "8", b+"8")}},
			2},
		"a new row takes the Ref of another": {
			[][]journal.Entry{{called(2, "10", a+"9")}, {called(2, "10", b+"9"), called(3, "11", a+"9")}}, 1},
	} {
		before := next
		for _, rows := range c.sheets {
			batch := admit(t, j, strings.ReplaceAll(name, " ", "-"), rows)
			sendAll(t, j, batch, &next)
		}
		if got := next - before; got != c.orders {
			t.Errorf("%s: %d orders, want %d", name, got, c.orders)
		}
	}
	// The account's key is another one now, and nothing shows that it is the same account.
	first := admit(t, j, "renewed", []journal.Entry{called(2, "", "renewed")})
	must(t, j.Intend(first, 1, time.Now()))
	must(t, <-j.Conclude(first, journal.Outcome{Seq: 1, State: journal.InDoubt}))
	renewed, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", "another key")
	must(t, err)
	again := called(2, "", "renewed")
	again.Account = renewed.N
	again.Key = again.Identity.Key(renewed.N)
	before := next
	sendAll(t, j, admit(t, j, "renewed", []journal.Entry{again}), &next)
	want(t, "orders by the new key", next-before, 0)
}

// words: a word for one repeat is none for another that comes later.
func words(t *testing.T, j *journal.Journal) {
	next := 0
	row := func() []journal.Entry { return []journal.Entry{called(2, "", "words")} }
	first := admit(t, j, "first", row())
	sendAll(t, j, first, &next)
	allowed, err := draft(t, j, row()).Admit(t.Context(), "second", journal.Repeats{Allow: true})
	must(t, err)
	third, err := draft(t, j, row()).Admit(t.Context(), "third", journal.Repeats{Allow: true})
	must(t, err)
	sendAll(t, j, third, &next)
	want(t, "orders after two words", next, 2)
	// The second batch's word was about the first one's order, and not about the third's.
	sendAll(t, j, allowed, &next)
	want(t, "orders", next, 2)
	want(t, "the row", states(t, j, allowed), "2:held ")
	n, err := j.AllowRepeats(allowed, time.Now())
	must(t, err)
	want(t, "released", n, 1)
	sendAll(t, j, allowed, &next)
	want(t, "orders after a third word", next, 3)
	// A word that was said before these orders left, though it is heard only now.
	late, err := draft(t, j, row()).Admit(t.Context(), "late",
		journal.Repeats{Allow: true, Said: time.Now().Add(-time.Hour)})
	must(t, err)
	want(t, "a word from before", states(t, j, late), "2:held ")
}

// apart: what a person said to be an account of its own stays that, whatever other keys come.
func apart(t *testing.T, j *journal.Journal) {
	own, err := j.OpenAccount(t.Context(), "https://p.example/api", "own", "own key")
	must(t, err)
	must(t, j.Other(own.N))
	third, err := j.OpenAccount(t.Context(), "https://p.example/api", "third", "third key")
	must(t, err)
	again, err := j.OpenAccount(t.Context(), "https://p.example/api", "own", "own key")
	must(t, err)
	want(t, "the account is apart", []any{again.N, again.Apart, again.Keys, len(again.Maybe)}, []any{own.N, true, 1, 0})
	next := 0
	sendAll(t, j, admit(t, j, "a", []journal.Entry{called(2, "", "apart")}), &next) // on account 1
	for n, want := range map[int64]int{own.N: 2, third.N: 2} {
		e := called(2, "", "apart")
		e.Account = n
		e.Key = e.Identity.Key(n)
		sendAll(t, j, admit(t, j, fmt.Sprint("on-", n), []journal.Entry{e}), &next)
		if next > want {
			t.Errorf(
				"%d orders after account %d, want %d: the third may be the first, the other is apart",
				next,
				n,
				want,
			)
		}
	}
	want(t, "orders", next, 2)
	renewed, err := j.OpenAccount(t.Context(), "https://p.example/api", "own", "renewed key")
	must(t, err)
	found := false
	for _, m := range renewed.Maybe {
		found = found || m.N == own.N && m.Apart && len(m.Orders) == 1
	}
	want(t, "the account that is apart may be the one of a new key", found, true)
	same, err := j.Same(renewed.N, own.N)
	must(t, err)
	want(t, "the new key is its own", same, true)
	_, err = j.OpenAccount(t.Context(), "https://p.example/api", "fourth", "fourth key")
	must(t, err)
	again, err = j.OpenAccount(t.Context(), "https://p.example/api", "own", "renewed key")
	must(t, err)
	want(t, "it is apart under its new key too", []any{again.N, again.Apart, len(again.Maybe)}, []any{own.N, true, 0})
}

// oneAccount: a process at its prompt has the number of an account that another one has found to be an older one.
func oneAccount(t *testing.T, j *journal.Journal) {
	newer, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", "another key")
	must(t, err)
	e := called(2, "", "one")
	e.Account = newer.N
	b := admit(t, j, "a", []journal.Entry{e})
	same, err := j.Same(newer.N, 1)
	must(t, err)
	want(t, "same", same, true)
	must(t, j.SendOn(b, "p", newer.N))
	next := 0
	sendAll(t, j, b, &next)
	want(t, "the order's account", entries(t, j, b)[0].Account, 1)
	sendAll(t, j, admit(t, j, "b", []journal.Entry{called(2, "", "one")}), &next)
	want(t, "orders", next, 1)
	known, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", "another key")
	must(t, err)
	want(t, "the account of the newer key", []any{known.N, len(known.Maybe)}, []any{1, 0})
}

func pendingCharges(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(3))
	must(t, place(t, j, b, 1, "1"))
	must(t, place(t, j, b, 2, "2"))
	must(t, place(t, j, b, 3, "3"))
	zero := decimal.NewNullDecimal(decimal.Zero)
	check(t, j, b, 1, journal.Checked{Seq: 1, At: time.Now(), Status: panel.Status{Status: "Pending", Charge: zero}})
	check(t, j, b, 1, journal.Checked{Seq: 2, At: time.Now(), Status: panel.Status{Status: "Canceled", Charge: zero}})
	got, err := j.Totals(t.Context(), b)
	must(t, err)
	// Each is estimated at 0.00000001: the canceled one alone gives its part back.
	want(t, "committed", got.Committed, "0.00000002")
}

func otherCurrency(t *testing.T, j *journal.Journal) {
	b := admit(t, j, "a", rows(1))
	must(t, j.Note(b, journal.Run{Currency: "USD"}))
	must(t, place(t, j, b, 1, "1"))
	charge := decimal.NewNullDecimal(decimal.NewFromInt(8))
	check(t, j, b, 1, journal.Checked{Seq: 1, At: time.Now(), Status: panel.Status{Status: "Pending", Charge: charge,
		Currency: "INR"}})
	got, err := j.Totals(t.Context(), b)
	must(t, err)
	want(t, "charged", []any{got.Charged, got.Uncharged, got.Above.Rows}, []any{0, 1, 0})
	check(t, j, b, 1, journal.Checked{Seq: 1, At: time.Now(), Status: panel.Status{Status: "Completed", Charge: charge,
		Currency: "usd"}})
	got, err = j.Totals(t.Context(), b)
	must(t, err)
	want(t, "charged in the account's currency", got.Charged, 8)
}
