package batch_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
	"bulkorder/samples/sandbox"
)

// TestReleasedRowsAreWatched: rows over the cap whose price rose meanwhile aren't sent at that price.
func TestReleasedRowsAreWatched(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "1000"})
	w.job.MaxSpend = decimal.NewNullDecimal(decimal.RequireFromString("0.1"))
	b := w.run(rows(3)).Batch // one row of 0.09; two are over the cap
	dear := sandbox.Catalogue()
	dear[0].Rate = "90"
	w.offers(dear)
	w.job.MaxSpend = decimal.NewNullDecimal(decimal.RequireFromString("1"))
	out, err := w.job.Resume(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(w.sandbox.Ledger()) - 1; n != 0 {
		t.Errorf(
			"%d rows were sent at 90 where 0.9 was approved; the panel charged %s under a cap of 1",
			n,
			out.Totals.Charged,
		)
	}
}

// TestACapThatCantBeKeepsNoTrace: a resume that is refused for its cap leaves the batch as it was.
func TestACapThatCantBeKeepsNoTrace(t *testing.T) {
	a, lira := newWorld(
		t,
		sandbox.Config{},
	).named("a"),
		newWorld(
			t,
			sandbox.Config{Currency: "TRY", FirstID: 90000},
		).named("b")
	a.opens(lira)
	a.job.Limit = 1
	out, err := a.job.Run(t.Context(), a.open(mixedSheet(2, "a", "b")), "t.csv")
	if err != nil {
		t.Fatal(err)
	}
	a.job.Limit, a.job.MaxSpend = 0, decimal.NewNullDecimal(decimal.RequireFromString("5"))
	if _, err := a.job.Resume(t.Context(), out.Batch); err == nil {
		t.Fatal("a cap in two currencies is taken")
	}
	a.job.MaxSpend = decimal.NullDecimal{}
	if _, err := a.job.Resume(t.Context(), out.Batch); err != nil {
		t.Errorf("without a cap: %v", err)
	}
}

// TestAnEditionThatBeginsWithAnotherPanel: the batch stays on its panels, each at its own address, once.
func TestAnEditionThatBeginsWithAnotherPanel(t *testing.T) {
	a, b := newWorld(t, sandbox.Config{}).named("a"), newWorld(t, sandbox.Config{FirstID: 90000}).named("b")
	a.opens(a, b)
	urls := map[string]string{"a": a.job.Panel.Panel.URL, "b": b.job.Panel.Panel.URL}
	a.job.Account, a.job.Name = desk.Account{}, "N"
	var out desk.Outcome
	for _, sheet := range []string{mixedSheet(2, "a", "b"), mixedSheet(3, "b", "a")} {
		var err error
		if out, err = a.job.Run(t.Context(), a.open(sheet), "t.csv"); err != nil {
			t.Fatal(err)
		}
	}
	if out.End.Stop != batch.Done || len(out.Batch.Accounts()) != 2 {
		t.Errorf("%+v, %d accounts", out.End, len(out.Batch.Accounts()))
	}
	for _, account := range out.Batch.Accounts() {
		if account.URL != urls[account.Panel] {
			t.Errorf("panel %s has the address %s, its own is %s", account.Panel, account.URL, urls[account.Panel])
		}
	}
}

// TestDearerThenChanged: --accept-price accepts a price, not another type.
func TestDearerThenChanged(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "1000"})
	w.job.Limit = 1
	b := w.run(rows(2)).Batch
	w.job.Limit = 0
	with := func(rate, kind string) int {
		services := sandbox.Catalogue()
		services[0].Rate, services[0].Type = rate, kind
		w.offers(services)
		if _, err := w.job.Resume(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		return len(w.sandbox.Ledger()) - 1
	}
	if n := with("1", "Default"); n != 0 {
		t.Fatalf("%d dearer rows were sent", n)
	}
	w.job.AcceptPrice = true
	if n := with("1", "Package"); n != 0 {
		t.Errorf("%d rows were sent as another type", n)
	}
}

// TestAClockThatWasAhead: an order that was asked about while the clock was a year ahead is asked about again.
func TestAClockThatWasAhead(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1})
	b := w.run(rows(1)).Batch
	open, err := w.journal.Open(t.Context(), b, w.job.Panel.Panel.Name, time.Time{})
	if err != nil || len(open) != 1 {
		t.Fatal(open, err)
	}
	ahead := time.Now().AddDate(1, 0, 0)
	c := journal.Checked{Seq: open[0].Seq, At: ahead, Due: ahead.Add(6 * time.Hour)}
	c.Status.Status = "Pending"
	if _, err := w.journal.Check(b, []journal.Checked{c}); err != nil {
		t.Fatal(err)
	}
	if r, _ := w.refresh(b, true); r.Round.Orders != 1 {
		t.Errorf("%+v: it rests for a year", r.Round)
	}
}

// TestMidnightTwice: in Havana the clock goes from 01:00 back to 00:00 on 2026-11-01.
func TestMidnightTwice(t *testing.T) {
	zone, err := time.LoadLocation("America/Havana")
	if err != nil {
		t.Fatal(err)
	}
	for _, cron := range []string{"0 0 * * *", "@daily"} {
		s, err := follow.Cron(cron, zone)
		if err != nil {
			t.Fatal(err)
		}
		first, err := s.Next(time.Date(2026, 10, 31, 12, 0, 0, 0, zone))
		if err != nil {
			t.Fatal(err)
		}
		second, err := s.Next(first)
		if err != nil || second.Sub(first) < 2*time.Hour {
			t.Errorf("%s: %v, then %v, %v", cron, first, second, err)
		}
	}
}

// TestOddAnswersDontStarveTheOthers: on a panel without the many-form the orders that it answers oddly,
// which are due first, leave the others to be asked.
func TestOddAnswersDontStarveTheOthers(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1})
	b := w.run(rows(20)).Batch
	open, err := w.journal.Open(t.Context(), b, w.job.Panel.Panel.Name, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	odd := map[string]bool{}
	for _, o := range open[:8] { // as many as are asked about at once
		odd[o.OrderID] = true
	}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if odd[r.FormValue("order")] {
			_, _ = rw.Write([]byte("[]"))
			return
		}
		_, _ = rw.Write([]byte(`{"status":"Completed","charge":"0.09"}`))
	}))
	defer server.Close()
	w.job.Rate = pace.Rate{PerSecond: 30}
	p := w.job.Panel.Panel
	p.URL, p.Lacks = server.URL, []panel.Form{panel.StatusMany}
	if w.job.Panel, err = panel.New(p, panel.NewKey("sandbox"), nil); err != nil {
		t.Fatal(err)
	}
	var r desk.Refreshed
	for range 3 {
		if r, err = w.job.Refresh(t.Context(), b, false, false); err != nil {
			t.Fatal(err)
		}
	}
	if r.Totals.Open > 8 {
		t.Errorf("after three rounds %d of 20 orders are open, 8 of them answered oddly: %v", r.Totals.Open, r.Lost)
	}
}

// TestProgressAddsNoCurrencies: what is spent in dollars and liras has no sum.
func TestProgressAddsNoCurrencies(t *testing.T) {
	a, lira := newWorld(
		t,
		sandbox.Config{},
	).named("a"),
		newWorld(
			t,
			sandbox.Config{Currency: "TRY", FirstID: 90000},
		).named("b")
	a.opens(lira)
	var last batch.Progress
	a.job.Progress = func(p batch.Progress) { last = p }
	out, err := a.job.Run(t.Context(), a.open(strings.TrimSpace(mixedSheet(2, "a", "b"))), "t.csv")
	if err != nil || out.Batch.OneCurrency() {
		t.Fatal(err)
	}
	if !last.Spent.IsZero() {
		t.Errorf("%s of what?", last.Spent)
	}
}
