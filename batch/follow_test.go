package batch_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
	"bulkorder/samples/sandbox"
)

// refresh refreshes a batch and gives how many requests that took.
func (w *world) refresh(b journal.Batch, dueOnly bool) (desk.Refreshed, int) {
	w.t.Helper()
	before := len(w.sandbox.Requests())
	r, err := w.job.Refresh(w.t.Context(), b, dueOnly, true)
	if err != nil {
		w.t.Fatal(err)
	}
	return r, len(w.sandbox.Requests()) - before
}

// agree compares every placed row with the panel's ledger.
func (w *world) agree(b journal.Batch) {
	w.t.Helper()
	ledger := map[string]sandbox.Order{}
	for _, o := range w.sandbox.Ledger() {
		ledger[o.ID] = o
	}
	for e, err := range w.journal.Entries(w.t.Context(), b) {
		if err != nil {
			w.t.Fatal(err)
		}
		if o := ledger[e.OrderID]; e.State == journal.Placed &&
			(e.Status != o.Status || e.Charge.Valid && e.Charge.Decimal.String() != o.Net) {
			w.t.Errorf(
				"row %d, order %s: %s and %s, the ledger says %s and %s",
				e.Line,
				e.OrderID,
				e.Status,
				e.Charge.Decimal,
				o.Status,
				o.Net,
			)
		}
	}
}

// TestTenThousandOrdersAHundredCalls: all are asked while they are open, none when they are final.
func TestTenThousandOrdersAHundredCalls(t *testing.T) {
	orders := 10_000
	if testing.Short() {
		orders = 1000
	}
	now := time.Now()
	w := newWorld(t, sandbox.Config{Now: func() time.Time { return now }, Balance: "100000"})
	w.job.Rate, w.job.Concurrency = pace.Rate{PerSecond: 100_000}, 16
	b := w.run(rows(orders)).Batch
	for range 2 {
		r, calls := w.refresh(b, false)
		if calls != orders/panel.Many || r.Round.Calls != calls || r.Round.Orders != orders ||
			r.Totals.Open != orders ||
			r.Final ||
			r.Lost != nil {
			t.Errorf("while all are open: %d calls, %+v, %d open, %v", calls, r.Round, r.Totals.Open, r.Lost)
		}
	}
	now = now.Add(time.Hour)
	r, calls := w.refresh(b, false)
	if calls != orders/panel.Many || r.Round.Changed != orders || r.Totals.Open != 0 || !r.Final {
		t.Errorf("when all have ended: %d calls, %+v, %d open", calls, r.Round, r.Totals.Open)
	}
	w.agree(r.Batch)
	if r, calls = w.refresh(b, false); calls != 0 || r.Final {
		t.Errorf("when all are final: %d calls, %+v", calls, r.Round)
	}
}

// TestPartialAndCanceledGiveMoneyBack: the books have the net charge, and how it came to that.
func TestPartialAndCanceledGiveMoneyBack(t *testing.T) {
	now := time.Now()
	w := newWorld(t, sandbox.Config{Now: func() time.Time { return now }})
	b := w.run(rows(200)).Batch
	was, err := w.journal.Totals(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(60 * time.Second)
	w.refresh(b, false)
	now = now.Add(time.Hour)
	r, _ := w.refresh(b, false)
	back := was.Charged.Sub(r.Totals.Charged)
	if r.Totals.Statuses["Partial"].Rows == 0 || r.Totals.Statuses["Canceled"].Rows == 0 || !back.IsPositive() {
		t.Fatalf("%v, %s of %s given back", r.Totals.Statuses, back, was.Charged)
	}
	w.agree(r.Batch)
	for e := range w.journal.Entries(t.Context(), r.Batch) {
		past, err := w.journal.Statuses(t.Context(), r.Batch, e.Seq)
		if err != nil || len(past) < 2 {
			t.Fatalf("row %d: %v, %v", e.Line, past, err)
		}
		first, last := past[0], past[len(past)-1]
		if first.Status != "Pending" || first.Charge.Decimal.String() != "0.09" || last.Status != e.Status ||
			!last.Charge.Decimal.Equal(e.Charge.Decimal) ||
			last.Remains != e.Remains ||
			!last.At.After(first.At) {
			t.Errorf("row %d, %s for %s: %+v", e.Line, e.Status, e.Charge.Decimal, past)
		}
	}
}

// TestOrdersAreAskedAboutTheLessTheLongerNothingIsHeard: a twenty-fourth of that time later, at the most six
// hours, and at once after a change.
func TestOrdersAreAskedAboutTheLessTheLongerNothingIsHeard(t *testing.T) {
	timeless(t, sandbox.Config{Speed: -1}, nil, nil, func(t *testing.T, w *world) {
		b := w.run(rows(1)).Batch
		start, asked := time.Now(), []time.Time{}
		quarter := func() {
			time.Sleep(15 * time.Minute)
			if _, calls := w.refresh(b, true); calls > 0 {
				asked = append(asked, time.Now())
			}
		}
		for time.Since(start) < 6*time.Hour {
			quarter()
		}
		if len(asked) != 24 {
			t.Errorf("asked %d times in the first six hours, want each quarter", len(asked))
		}
		for time.Since(start) < 5*24*time.Hour {
			quarter()
		}
		// Every twenty-fourth of the time: 24 times the logarithm of how often 6 hours are in 5 days.
		if n := len(asked) - 24; n < 60 || n > 80 {
			t.Errorf("asked %d times from then to the fifth day", n)
		}
		if gap := asked[len(asked)-1].Sub(asked[len(asked)-2]); gap < 4*time.Hour || gap > 5*time.Hour+15*time.Minute {
			t.Errorf("asked again after %v on the fifth day", gap)
		}
		w.request(b, journal.Cancel, batch.Choice{})
		before := len(asked)
		quarter()
		if len(asked) != before+1 || !w.final(b) {
			t.Error("not asked soon after it was to be cancelled")
		}
		w.agree(b)
	})
}

// request asks for refills or cancellations, and gives how many rows came to each state.
func (w *world) request(
	b journal.Batch,
	action journal.Action,
	c batch.Choice,
) (desk.Requested, map[journal.RequestState]int) {
	w.t.Helper()
	r, err := w.job.Request(w.t.Context(), b, action, c, false)
	if err != nil {
		w.t.Fatal(err)
	}
	states := map[journal.RequestState]int{}
	for _, row := range r.Rows {
		states[row.State]++
	}
	return r, states
}

func (w *world) final(b journal.Batch) bool {
	w.t.Helper()
	open, err := w.journal.IsOpen(w.t.Context(), b)
	if err != nil {
		w.t.Fatal(err)
	}
	return !open
}

// TestFiveDaysWithAPanelThatIsAwayAThirdOfThem: the schedule goes on, and ends with all statuses right.
func TestFiveDaysWithAPanelThatIsAwayAThirdOfThem(t *testing.T) {
	var start time.Time
	away := func() bool { // 2 of 6 hours, and a whole night
		hours := time.Since(start).Hours()
		return !start.IsZero() && (int(hours)%6 >= 4 || hours > 40 && hours < 49)
	}
	// An order takes up to 140 s at speed 1: five days here.
	timeless(
		t,
		sandbox.Config{Speed: 140.0 / (5 * 24 * 3600), Balance: "100000"},
		away,
		[]string{"status:503:p=0.05", "status:cut:p=0.05"},
		func(t *testing.T, w *world) {
			orders := 300
			if testing.Short() {
				orders = 100
			}
			b := w.run(rows(orders)).Batch
			s, err := follow.Every(15 * time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			begun, rounds, lost := time.Now(), 0, 0
			start = begun
			err = s.Keep(t.Context(), func(ctx context.Context) (bool, error) {
				r, err := w.job.Refresh(ctx, b, true, false)
				rounds++
				if r.Lost != nil {
					lost++
				}
				return r.Totals.Open == 0, err
			}, func(next time.Time) {
				if wait := time.Until(next); wait <= 0 || wait > 15*time.Minute {
					t.Errorf("the next time is in %v", wait)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			days := time.Since(begun).Hours() / 24
			if days < 4.5 || days > 5.5 || rounds < int(days*95) || lost < rounds/5 {
				t.Errorf("it took %.2f days, %d rounds, %d of them without all answers", days, rounds, lost)
			}
			w.agree(b)
		},
	)
}

// TestAPanelThatRefusesManyIsAskedOneByOne: a panel that refuses the many-form is asked one by one.
func TestAPanelThatRefusesManyIsAskedOneByOne(t *testing.T) {
	w := newWorld(t, sandbox.Config{Lacks: []string{"status_many"}, Speed: -1})
	b := w.run(rows(120)).Batch
	r, calls := w.refresh(b, false)
	// The many-form was refused once, when the run looked at its orders: that is remembered.
	if r.Round.Orders != 120 || r.Totals.Statuses["Pending"].Rows != 120 || calls != 120 {
		t.Errorf("%+v, %d calls, %v", r.Round, calls, r.Totals.Statuses)
	}
}

func TestThePanelIsAwayWhileARefreshAsks(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1})
	b := w.run(rows(1000)).Batch
	fault, err := sandbox.ParseFault("status:503")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.sandbox.SetFaults([]sandbox.Fault{fault}); err != nil {
		t.Fatal(err)
	}
	r, calls := w.refresh(b, false)
	if r.Lost == nil || r.Round.Failed < 3 || calls > 4*10 || r.Totals.Open != 1000 {
		t.Errorf("%d calls, %+v, %v", calls, r.Round, r.Lost)
	}
	if err := w.sandbox.SetFaults(nil); err != nil {
		t.Fatal(err)
	}
	if r, calls = w.refresh(b, false); r.Lost != nil || calls != 10 {
		t.Errorf("when it is back: %d calls, %+v, %v", calls, r.Round, r.Lost)
	}
}

func TestARefusedKeyEndsARefresh(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1})
	b := w.run(rows(300)).Batch
	client, err := panel.New(w.job.Panel.Panel, panel.NewKey("another"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	w.job.Panel = client
	r, _ := w.refresh(b, false)
	var refusal *panel.Refusal
	if !errors.As(r.Lost, &refusal) || refusal.Class != panel.ClassKey {
		t.Errorf("%v", r.Lost)
	}
}

func TestTwoRefreshesOfOneBatch(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1})
	b := w.run(rows(3)).Batch
	hold, err := w.journal.HoldFollowing(b.ID, journal.Holder{User: "other"})
	if err != nil {
		t.Fatal(err)
	}
	var held *journal.HeldError
	if _, err := w.job.Refresh(t.Context(), b, false, true); !errors.As(err, &held) || held.By.User != "other" {
		t.Errorf("%v", err)
	}
	hold.Release()
	if r, _ := w.refresh(b, false); r.Round.Orders != 3 {
		t.Errorf("%+v", r.Round)
	}
}

// offers makes the panel's catalogue another one.
func (w *world) offers(services []sandbox.Service) {
	w.t.Helper()
	if err := w.sandbox.SetServices(services); err != nil {
		w.t.Fatal(err)
	}
}

// TestRowsWhoseServiceChangedAreHeld: on resume and on refresh, and queued again when it is as it was.
func TestRowsWhoseServiceChangedAreHeld(t *testing.T) {
	change := func(f func(*sandbox.Service)) []sandbox.Service {
		all := sandbox.Catalogue()
		f(&all[0])
		return all
	}
	for name, c := range map[string]struct {
		services []sandbox.Service
		reason   journal.Reason
		words    string
	}{
		"vanished": {sandbox.Catalogue()[1:], journal.Changed, "its service is no longer in the catalogue"},
		"another type": {change(func(s *sandbox.Service) { s.Type = "Package" }), journal.Changed,
			"its service's type changed from Default to Package"},
		"higher min": {change(func(s *sandbox.Service) { s.Min = 60 }), journal.Changed,
			"its service's limits changed from 50–10000 to 60–10000"},
		"lower max": {change(func(s *sandbox.Service) { s.Max = 99 }), journal.Changed,
			"its service's limits changed from 50–10000 to 50–99"},
		"dearer": {change(func(s *sandbox.Service) { s.Rate = "0.91" }), journal.Dearer,
			"its price rose from 0.9 to 0.91"},
		"cheaper":       {change(func(s *sandbox.Service) { s.Rate = "0.5" }), "", ""},
		"wider":         {change(func(s *sandbox.Service) { s.Min, s.Max = 1, 20000 }), "", ""},
		"only its name": {change(func(s *sandbox.Service) { s.Name = "Fans" }), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sandbox.Config{})
			w.job.Limit = 1
			b := w.run(rows(3)).Batch
			w.job.Limit = 0
			w.offers(c.services)
			held := 0
			if c.reason != "" {
				held = 2
			}
			r, _ := w.refresh(b, false)
			if r.Held != held || r.Totals.States[journal.Held] != held {
				t.Errorf("a refresh held %d, %v", r.Held, r.Totals.States)
			}
			for e := range w.journal.InState(t.Context(), b, journal.Held) {
				if e.Reason != c.reason || e.Note != c.words {
					t.Errorf("row %d: %s, %q", e.Line, e.Reason, e.Note)
				}
			}
			out, err := w.job.Resume(t.Context(), b)
			if err != nil || out.Totals.States[journal.Held] != held || len(w.sandbox.Ledger()) != 3-held {
				t.Fatalf("a resume: %v, %v, %d ordered", err, out.Totals.States, len(w.sandbox.Ledger()))
			}
			if held == 0 {
				return
			}
			w.offers(sandbox.Catalogue())
			if out, err = w.job.Resume(t.Context(), b); err != nil || out.Totals.States[journal.Placed] != 3 {
				t.Errorf("when it is as it was: %v, %v", err, out.Totals.States)
			}
		})
	}
}

func TestARunKeepsARefreshFromHoldingRows(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.job.Limit = 1
	b := w.run(rows(3)).Batch
	hold, err := w.journal.Hold(b.ID, journal.Holder{User: "other"})
	if err != nil {
		t.Fatal(err)
	}
	defer hold.Release()
	other := newWorld(t, sandbox.Config{Services: sandbox.Catalogue()[1:]})
	w.job.Panel = other.job.Panel
	w.sandbox = other.sandbox
	r, _ := w.refresh(b, false)
	if r.Held != 0 || r.Totals.States[journal.Queued] != 2 {
		t.Errorf("%+v", fmt.Sprint(r.Held, r.Totals.States))
	}
}
