package batch_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// named gives a world's panel a name.
func (w *world) named(name string) *world {
	w.job.Panel.Panel.Name = name
	return w
}

// opens lets rows of the first world's sheets name the panels of the others.
func (w *world) opens(others ...*world) {
	var accounts []desk.Account
	for _, o := range others {
		accounts = append(accounts, o.job.Account)
	}
	w.job.others = accounts
}

// mixedSheet is n rows for each of the panels, and as many that name none.
func mixedSheet(n int, panels ...string) string {
	var b strings.Builder
	b.WriteString("panel,service,link,quantity\n")
	for i := range n {
		for _, p := range panels {
			fmt.Fprintf(&b, "%s,1,https://example.com/%s/%d,%d\n", p, p, i, 100*(i+1))
		}
	}
	return b.String()
}

// links checks that this world's panel got each of n links once, all of one kind.
func (w *world) links(kind string, n int) {
	w.t.Helper()
	seen := map[string]bool{}
	for _, o := range w.sandbox.Ledger() {
		link := o.Fields["link"]
		if !strings.HasPrefix(link, "https://example.com/"+kind+"/") || seen[link] || len(o.Fields) != 3 {
			w.t.Errorf("panel %s got %v", kind, o.Fields)
		}
		seen[link] = true
	}
	if len(seen) != n {
		w.t.Errorf("panel %s has %d orders, want %d", kind, len(seen), n)
	}
}

// TestEachRowGoesToThePanelThatItNames: each with its own catalogue, key, rate and balance.
func TestEachRowGoesToThePanelThatItNames(t *testing.T) {
	dear := sandbox.Catalogue()
	dear[0].Rate = "2"
	a := newWorld(t, sandbox.Config{Balance: "100"}).named("a")
	// The same ids: an order's id means something on its panel only.
	b := newWorld(t, sandbox.Config{Balance: "50", Services: dear}).named("b")
	a.opens(b)
	sheet := mixedSheet(20, "", "B", "a") + "c,1,https://example.com/c,100\nb,1,https://example.com/x,1\n"
	out, err := a.job.Run(t.Context(), a.open(sheet), "s.csv")
	if err != nil {
		t.Fatal(err)
	}
	a.want(out, batch.Done, map[journal.State]int{journal.Placed: 60, journal.Invalid: 2})
	if n := len(a.sandbox.Ledger()); n != 40 {
		t.Errorf("panel a has %d orders", n)
	}
	b.links("B", 20)
	accounts := out.Batch.Accounts()
	if len(accounts) != 2 || accounts[0].Panel != "a" || accounts[1].Panel != "b" ||
		accounts[1].BalanceBefore.Decimal.String() != "50" ||
		accounts[1].BalanceAfter.Decimal.String() != "8" ||
		accounts[0].BalanceAfter.Decimal.String() != "62.2" {
		t.Errorf("%+v", accounts)
	}
	by := out.Totals.ByPanel()
	if len(by) != 2 || by[0].Charged.String() != "37.8" || by[1].Charged.String() != "42" || by[1].Placed != 20 {
		t.Errorf("%+v", by)
	}
	for e := range a.journal.InState(t.Context(), out.Batch, journal.Invalid) {
		if e.Line == 62 && (e.Problems[0].Rule != "panel-unknown" || e.Problems[0].Found != "c") ||
			e.Line == 63 && e.Problems[0].Rule != "quantity-below-minimum" {
			t.Errorf("row %d: %+v", e.Line, e.Problems)
		}
	}
	again, err := a.job.Run(t.Context(), a.open(sheet), "s.csv")
	if err != nil || again.End.Sent != 0 || again.Batch.ID != out.Batch.ID {
		t.Errorf("again: %+v, %v", again.End, err)
	}
	r, _ := a.refresh(out.Batch, false)
	if r.Round.Orders != 60 || r.Round.Calls != 2 || r.Lost != nil {
		t.Errorf("refreshed: %+v, %v", r.Round, r.Lost)
	}
	asked, states := a.request(out.Batch, journal.Cancel, batch.Choice{Lines: []batch.Span{{From: 2, To: 4}}})
	if states[journal.Taken] != 3 || a.actions("cancel") != 1 || b.actions("cancel") != 1 {
		t.Errorf("%+v", asked.Rows)
	}
}

func TestASheetWhoseRowsAllNameTheirPanel(t *testing.T) {
	a, b := newWorld(t, sandbox.Config{}).named("a"), newWorld(t, sandbox.Config{}).named("b")
	a.opens(a, b)
	account := a.job.Account
	a.job.Account = desk.Account{}
	out, err := a.job.Run(t.Context(), a.open(mixedSheet(5, "b", "a")+",1,https://example.com/none,100\n"), "s.csv")
	if err != nil {
		t.Fatal(err)
	}
	a.want(out, batch.Done, map[journal.State]int{journal.Placed: 10, journal.Invalid: 1})
	if out.Batch.Panel != "b" || len(out.Batch.Others) != 1 {
		t.Errorf("%+v", out.Batch)
	}
	a.job.Account = account
	a.links("a", 5)
	b.links("b", 5)
	a.job.Account = desk.Account{}
	if _, err = a.job.Run(t.Context(),
		a.open("panel,service,link,quantity\n,1,https://example.com/1,100\nc,1,https://example.com/2,100\n"),
		"s.csv"); !errors.Is(
		err,
		desk.ErrNoPanel,
	) {
		t.Errorf("no panel at all: %v", err)
	}
	all, err := a.journal.Batches(t.Context())
	if err != nil || len(all) != 1 {
		t.Errorf("%d batches, %v", len(all), err)
	}
}

// TestOnePanelStopsTheOtherGoesOn: and a resume sends the rest, to the right one.
func TestOnePanelStopsTheOtherGoesOn(t *testing.T) {
	a, b := newWorld(t, sandbox.Config{}).named("a"), newWorld(t, sandbox.Config{}, "add:closed:after:n=4-6").named("b")
	b.job.Concurrency = 1
	a.opens(b)
	out, err := a.job.Run(t.Context(), a.open(mixedSheet(30, "a", "b")), "s.csv")
	if err != nil {
		t.Fatal(err)
	}
	states := out.Totals.States
	if out.End.Stop != batch.Ill || !strings.HasPrefix(out.End.Words, "b: ") || states[journal.InDoubt] < 3 ||
		states[journal.Queued] == 0 {
		t.Errorf("%+v, %v", out.End, states)
	}
	a.links("a", 30)
	if out, err = a.job.Resume(t.Context(), out.Batch); err != nil {
		t.Fatal(err)
	}
	if out.Totals.States[journal.Queued] != 0 || out.Totals.States[journal.InDoubt] != states[journal.InDoubt] {
		t.Errorf("resumed: %v", out.Totals.States)
	}
	b.links("b", 30)
	a.job.Late = time.Nanosecond
	if out, err = a.job.Resettle(t.Context(), out.Batch, true); err != nil || out.Totals.States[journal.Placed] != 60 {
		t.Errorf(
			"settled: %v, advice %q, alarm %q, %v",
			out.Totals.States,
			out.Settlement.Advice,
			out.Settlement.Alarm,
			err,
		)
	}
	if n := len(out.Settlement.Conclusions); n != states[journal.InDoubt] {
		t.Errorf("%d conclusions about %d rows in doubt", n, states[journal.InDoubt])
	}
	for e := range a.journal.InState(t.Context(), out.Batch, journal.Placed) {
		if got := map[string]*world{"a": a, "b": b}[e.Panel].orderLink(e.OrderID); got != linkOf(e) {
			t.Errorf("row %d: order %s of %s is for %s", e.Line, e.OrderID, e.Panel, got)
		}
	}
}

func (w *world) orderLink(id string) string {
	for _, o := range w.sandbox.Ledger() {
		if o.ID == id {
			return o.Fields["link"]
		}
	}
	return ""
}

// TestAPanelThatIsAwayLeavesItsRows: the other panel's rows are resumed.
func TestAPanelThatIsAwayLeavesItsRows(t *testing.T) {
	a, b := newWorld(t, sandbox.Config{}).named("a"), newWorld(t, sandbox.Config{}).named("b")
	a.opens(b)
	a.job.Limit = 1
	out, err := a.job.Run(t.Context(), a.open(mixedSheet(3, "a", "b")), "s.csv")
	if err != nil || out.End.Stop != batch.AtLimit || len(a.sandbox.Ledger())+len(b.sandbox.Ledger()) != 1 {
		t.Fatalf("a pilot: %+v, %v", out.End, err)
	}
	a.job.Limit = 0
	b.faults("services:error=Invalid API key")
	if out, err = a.job.Resume(t.Context(), out.Batch); err != nil || len(out.Notes) == 0 ||
		out.Totals.States[journal.Placed] != 3 ||
		out.Totals.States[journal.Queued] != 3 {
		t.Errorf("%v, %q, %v", out.Totals.States, out.Notes, err)
	}
	b.faults()
	if out, err = a.job.Resume(t.Context(), out.Batch); err != nil || out.Totals.States[journal.Placed] != 6 {
		t.Errorf("%v, %v", out.Totals.States, err)
	}
}

// TestACapIsTheWholeBatchs: whichever panels its rows are on.
func TestACapIsTheWholeBatchs(t *testing.T) {
	a, b := newWorld(t, sandbox.Config{}).named("a"), newWorld(t, sandbox.Config{}).named("b")
	a.opens(b)
	a.job.MaxSpend = decimal.NewNullDecimal(decimal.RequireFromString("6"))
	out, err := a.job.Run(t.Context(), a.open(mixedSheet(8, "a", "b")), "s.csv")
	if err != nil || out.Totals.Charged.GreaterThan(a.job.MaxSpend.Decimal) || len(a.sandbox.Ledger()) != 8 ||
		len(b.sandbox.Ledger()) != 7 ||
		out.Totals.States[journal.Held] != 1 {
		t.Errorf("%v, %s, %v", out.Totals.States, out.Totals.Charged, err)
	}
	lira := newWorld(t, sandbox.Config{Currency: "TRY", FirstID: 90000}).named("b")
	a.opens(lira)
	if _, err = a.job.Run(t.Context(), a.open(mixedSheet(9, "a", "b")), "t.csv"); !errors.Is(
		err,
		desk.ErrCurrencies,
	) ||
		len(lira.sandbox.Ledger()) != 0 {
		t.Errorf("a cap in two currencies: %v", err)
	}
	a.job.MaxSpend = decimal.NullDecimal{}
	a.job.AllowRepeat = true
	if out, err = a.job.Run(t.Context(), a.open(mixedSheet(9, "a", "b")), "t.csv"); err != nil ||
		out.Batch.OneCurrency() ||
		len(lira.sandbox.Ledger()) != 9 {
		t.Errorf("two currencies: %+v, %v", out.Batch, err)
	}
}
