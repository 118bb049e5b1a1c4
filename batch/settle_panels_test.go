package batch_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/samples/sandbox"
)

// like makes a sandbox like some kinds of panels.
func like(t *testing.T, config sandbox.Config, names ...string) sandbox.Config {
	t.Helper()
	config, err := sandbox.Like(config, names...)
	if err != nil {
		t.Fatal(err)
	}
	return config
}

// TestSettlingOnPanelsThatRound: charges prove what they prove as the panel rounds them, which its own orders taught.
func TestSettlingOnPanelsThatRound(t *testing.T) {
	for _, name := range []string{"cents", "places4", "upwards", "gross", "single", "words"} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, like(t, sandbox.Config{Strangers: 0.4, Seed: 5, Speed: -1}, name),
				"add:closed:after:p=0.06", "add:closed:before:p=0.03", "add:500:after:p=0.03")
			out := w.drain(w.run(mixed(120, 9)))
			before, there := out.Totals.States[journal.Placed], len(w.sandbox.Ledger())
			if err := w.sandbox.SetFaults(nil); err != nil {
				t.Fatal(err)
			}
			s := w.settle(out.Batch)
			out = w.resume(out.Batch)
			found := out.Totals.States[journal.Placed]
			t.Logf("%s: %d ordered, %d answered, %d found in %d calls", s.Learned, there, before, found-before, s.Calls)
			if s.Alarm != "" || s.Advice != "" || (there-found)*20 > there-before {
				t.Errorf("%d of %d orders are known; alarm %q, advice %q", found, there, s.Alarm, s.Advice)
			}
		})
	}
}

// TestNothingIsAdoptedWhereNobodySaid that only these books order on the account: an order made by hand looks the same.
func TestNothingIsAdoptedWhereNobodySaid(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:before:n=4")
	w.job.Panel.Panel.Exclusive = panel.NotSaid
	other, n := w.job.Panel, 0
	w.between(func(string) {
		if n++; n == 3 { // while the row's request gets lost, somebody orders the same by hand
			hand(w, other, "300")
		}
	})
	s, totals := w.settled(priced(100, 200, 300, 400, 500))
	if len(s.Conclusions) != 1 || s.Conclusions[0].How != "" || totals.States[journal.InDoubt] != 1 ||
		!strings.Contains(s.Conclusions[0].Words, "exclusive = true") {
		t.Errorf("%+v", s)
	}
}

// hand orders as a person does on the panel's own page.
func hand(w *world, client *panel.Client, quantity string) {
	if a := client.Add(w.t.Context(), []panel.Param{
		{Name: "service", Value: "1"}, {Name: "link", Value: "https://example.com/hand"}, {Name: "quantity", Value: quantity},
	}); a.Verdict != panel.Placed {
		w.t.Errorf("the order by hand: %+v", a)
	}
}

// TestAnOrderWhoseChargeIsntToldIsWaitedFor: it may be the row's, which is no alarm and nothing to decide yet.
func TestAnOrderWhoseChargeIsntToldIsWaitedFor(t *testing.T) {
	timeless(t, like(t, sandbox.Config{Speed: -1}, "late"), nil, []string{"add:closed:after:n=8"},
		func(t *testing.T, w *world) {
			w.job.Rate = batch.Rate{PerSecond: 0.1} // those before have their charges when the last ones leave
			w.job.Concurrency = 1
			out := w.run(priced(100, 200, 300, 400, 500, 600, 700, 800, 900))
			w.job.Rate = batch.Rate{PerSecond: 1000}
			for _, tt := range []struct {
				after time.Duration
				words string
				how   journal.How
			}{{0, "hasn't told the charge", ""}, {2 * time.Minute, "no other row's", journal.Inferred}} {
				time.Sleep(tt.after)
				s, err := w.settler(out.Batch).Settle(t.Context())
				if err != nil || s.Alarm != "" || len(s.Conclusions) != 1 || s.Conclusions[0].How != tt.how ||
					!strings.Contains(s.Conclusions[0].Words, tt.words) {
					t.Fatalf("after %v: %+v, %v", tt.after, s, err)
				}
			}
		})
}

// TestNothingIsAdoptedWhereADripFeedIsOpen: its runs are orders too.
func TestNothingIsAdoptedWhereADripFeedIsOpen(t *testing.T) {
	w := newWorld(t, like(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "drip"), "add:closed:after:n=4")
	text := "service,link,quantity,runs,interval\n1,https://example.com/drip,100,3,60\n"
	for i, q := range []int{100, 200, 300, 400} {
		text += fmt.Sprintf("1,https://example.com/%d,%d,,\n", i, q)
	}
	s, totals := w.settled(text)
	if len(s.Conclusions) != 1 || s.Conclusions[0].How != "" || totals.States[journal.InDoubt] != 1 {
		t.Errorf("%+v", s)
	}
}

// TestEveryOrderInARowsWindowIsNamed with its charge and the one that was expected: "no order is there" is said where
// none is.
func TestEveryOrderInARowsWindowIsNamed(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:before:n=4",
		"add:closed:before:n=8")
	other, n := w.job.Panel, 0
	w.between(func(string) {
		if n++; n == 3 {
			hand(w, other, "700")
		}
	})
	s, _ := w.settled(priced(100, 200, 300, 400, 450, 480, 500, 600, 650))
	if len(s.Conclusions) != 2 {
		t.Fatalf("%+v", s)
	}
	for i, all := range [][]string{
		{w.orderFor("hand"), "(charged 0.63", "isn't its own", "should be 0.27"},
		{"no order is there between orders "},
	} {
		for _, words := range all {
			if !strings.Contains(s.Conclusions[i].Words, words) {
				t.Errorf("row %d: %q doesn't say %q", s.Conclusions[i].Entry.Line, s.Conclusions[i].Words, words)
			}
		}
	}
}

// TestRemainsTellRowsOfEqualChargeApart: a panel that rounds charges 100 and 110 pieces alike.
func TestRemainsTellRowsOfEqualChargeApart(t *testing.T) {
	w := newWorld(t, like(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "upwards"), "add:closed:after:n=5-6")
	s, totals := w.settled(priced(1000, 2000, 3000, 4000, 100, 105, 5000))
	if totals.States[journal.Placed] != 7 {
		t.Fatalf("%v: %+v", totals.States, s)
	}
	for i, c := range s.Conclusions {
		if want := w.orderFor(fmt.Sprint(i + 6)); c.OrderID != want || c.How != journal.Inferred {
			t.Errorf("row %d is order %q by %q, want %s: %s", c.Entry.Line, c.OrderID, c.How, want, c.Words)
		}
	}
}

// TestTwoHundredDoubtsTakeFewCalls: as many as hold the ids that lie in the rows' windows, and twenty.
func TestTwoHundredDoubtsTakeFewCalls(t *testing.T) {
	w := newWorld(t, sandbox.Config{Strangers: 0.4, Seed: 3, Speed: -1}, "add:closed:after:p=0.4")
	w.job.Concurrency = 4
	out := w.drain(w.run(mixed(500, uint64(rand.Int64N(100)))))
	doubts := out.Totals.States[journal.InDoubt]
	ledger := w.sandbox.Ledger()
	s := w.settle(out.Batch)
	if most := len(ledger)/50 + 20; doubts < 150 || s.Calls > most {
		t.Errorf("%d doubts took %d calls, want %d at most", doubts, s.Calls, most)
	}
	t.Logf("%d doubts, %d calls", doubts, s.Calls)
}
