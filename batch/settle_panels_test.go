package batch_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
	"bulkorder/batch/settle"
	"bulkorder/parse"
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
// Of the orders of rows in doubt 95 in 100 are found on all panels together, and all but one on each: one order may fit
// two rows.
func TestSettlingOnPanelsThatRound(t *testing.T) {
	doubted, left := 0, 0
	for _, name := range []string{
		"cents", "places4", "upwards", "gross", "single", "words", "list", "empty", "asked", "data", "hundred",
	} {
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
			if s.Alarm != "" || s.Advice != "" || there-found > 1 {
				t.Errorf("%d of %d orders are known; alarm %q, advice %q", found, there, s.Alarm, s.Advice)
			}
			doubted, left = doubted+there-before, left+there-found
		})
	}
	if left*20 > doubted {
		t.Errorf("%d of %d orders of rows in doubt are not known", left, doubted)
	}
}

// TestWhereNobodySaidTheSumDecides whether an order may be somebody else's: nothing else may have left the balance.
func TestWhereNobodySaidTheSumDecides(t *testing.T) {
	for _, tt := range []struct {
		name   string
		hands  map[int]string // by the add before which somebody orders by hand: the quantity
		faults []string
		how    journal.How
		words  string
	}{
		{"nothing else left the balance", nil, []string{"add:closed:after:n=3"}, journal.Inferred, "it is inferred: since "},
		{"an order by hand is there too", map[int]string{6: "100"}, []string{"add:closed:after:n=3"}, "",
			"the panel shows order 23506"},
		{"the books are younger than a day", map[int]string{-1: ""}, []string{"add:closed:after:n=3"}, journal.Inferred,
			"it is inferred: since "},
		{"of the same charge one was made by hand since the books began", map[int]string{-1: "", 2: "300"},
			[]string{"add:closed:after:n=4"}, "", "the orders 23502 "},
		{"nobody knows of the balance before the row", map[int]string{-2: ""}, []string{"add:closed:after:n=3"}, "",
			"the balance doesn't prove it: the books hold no balance"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, tt.faults...)
			w.job.Panel.Panel.Exclusive = panel.NotSaid
			other, n := w.job.Panel, 0
			w.between(func(string) {
				if n++; tt.hands[n] != "" {
					hand(w, other, tt.hands[n])
				}
			})
			w.job.Concurrency = 1
			out, err := w.job.Run(
				t.Context(),
				w.open(priced(100, 200, 300, 400, 500, 600, 700, 800, 900)),
				"orders.csv",
			)
			if err != nil {
				t.Fatal(err)
			}
			_, young := tt.hands[-1]
			if _, none := tt.hands[-2]; none {
				w.forget("DELETE FROM moments WHERE n = 1")
			} else if !young { // the first moment was a day ago
				w.forget("UPDATE moments SET at = at - 90000000, asked_at = asked_at - 90000000 WHERE n = 1")
			}
			s, err := w.settler(out.Batch).Settle(t.Context())
			if err != nil || len(s.Conclusions) != 1 || s.Conclusions[0].How != tt.how ||
				!strings.Contains(s.Conclusions[0].Words, tt.words) {
				t.Errorf("%+v, %v", s, err)
			}
		})
	}
}

// forget changes the books behind their back.
func (w *world) forget(query string) {
	w.t.Helper()
	db, err := sql.Open("sqlite", "file:"+w.journal.Path)
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		w.t.Fatal(err)
	}
}

// TestTheSumStandsInForTheCalibration where own orders are too few to calibrate by.
func TestTheSumStandsInForTheCalibration(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:after:n=2")
	s, totals := w.settled(priced(100, 300))
	if len(s.Conclusions) != 1 || s.Conclusions[0].How != journal.Inferred || totals.States[journal.Placed] != 2 {
		t.Errorf("%+v", s)
	}
}

// TestARowThatNothingLeftTheBalanceForIsToldSo: no order of ours closes the row's window, but the balance has a later
// one.
func TestARowThatNothingLeftTheBalanceForIsToldSo(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:before:n=1")
	w.settled(priced(300, 100, 200, 400))
	b, err := w.journal.Batch(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	totals, err := w.journal.Totals(t.Context(), b)
	if err != nil || len(totals.Doubts) != 1 || totals.Doubts[0].Finding == nil ||
		!totals.Doubts[0].Finding.NotPlaced ||
		!strings.Contains(totals.Doubts[0].Finding.Words, "nothing left the balance for it") {
		t.Errorf("%+v, %v", totals.Doubts, err)
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
			w.job.Rate = pace.Rate{PerSecond: 10}
			w.batchOf("a", 100, 200, 300, 400, 500, 600, 700)
			time.Sleep(2 * time.Minute) // those have their charges when the last ones leave
			b := w.batchOf("n", 800, 900)
			for _, tt := range []struct {
				after time.Duration
				words string
				how   journal.How
			}{{0, "hasn't told the charge", ""}, {2 * time.Minute, "no other row's", journal.Inferred}} {
				time.Sleep(tt.after)
				s, err := w.settler(b).Settle(t.Context())
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
		{w.orderFor("hand"), "(charged 0.63", "isn't its own, and no other is there", "should be 0.27"},
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
	w := newWorld(
		t,
		like(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "upwards"),
		"add:closed:after:n=5-6",
	)
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
	if most := (len(ledger)+99)/100 + 20; doubts < 150 || s.Calls > most {
		t.Errorf("%d doubts took %d calls, want %d at most", doubts, s.Calls, most)
	}
	t.Logf("%d doubts, %d calls", doubts, s.Calls)
}

// TestAnIdThatAnAnswerNamedDecidesWhereIdsAreNoNumbers: nothing else can be looked for there. What was cut off is no
// id.
func TestAnIdThatAnAnswerNamedDecidesWhereIdsAreNoNumbers(t *testing.T) {
	w := newWorld(t, like(t, sandbox.Config{Speed: -1}, "letters"), "add:both:after:n=3", "add:cutdigits:after:n=5",
		"add:closed:after:n=7")
	s, totals := w.settled(priced(100, 200, 300, 400, 500, 600, 700, 800, 900))
	if totals.States[journal.InDoubt] != 2 || len(s.Conclusions) != 3 {
		t.Fatalf("%v: %+v", totals.States, s)
	}
	for _, c := range s.Conclusions {
		if want := c.Entry.Line == 4; want != (c.How == journal.Inferred) || want != (c.OrderID == w.orderFor("4")) ||
			!want && !strings.Contains(c.Words, "can't be looked for") {
			t.Errorf("row %d is order %q by %q: %s", c.Entry.Line, c.OrderID, c.How, c.Words)
		}
	}
}

// TestRequestsThatComeTwiceAreToldAndDontHinder: second orders of ours, each beside the first, are no strangers; they
// are alarms, and no row in doubt is given one.
func TestRequestsThatComeTwiceAreToldAndDontHinder(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:twice:n=3", "add:closed:after:n=10",
		"add:twice:n=16", "add:closed:before:n=17")
	s, totals := w.settled(
		priced(100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1600,
			1800, 1900, 2000),
	)
	if s.Alarm != "" || s.Advice != "" || totals.States[journal.InDoubt] != 1 || len(s.Conclusions) != 2 {
		t.Fatalf("%v: %+v", totals.States, s)
	}
	if c := s.Conclusions[0]; c.OrderID != w.orderFor("11") {
		t.Errorf("row %d is order %q, want %s: %s", c.Entry.Line, c.OrderID, w.orderFor("11"), c.Words)
	}
	if c := s.Conclusions[1]; c.How != "" || !strings.Contains(c.Words, "whose request may have come twice") {
		t.Errorf("row %d: %q: %s", c.Entry.Line, c.How, c.Words)
	}
	if len(totals.Alarms) != 1 || totals.Alarms[0].Line.N != 4 ||
		!strings.Contains(totals.Alarms[0].Words, "paid twice") {
		t.Errorf("%+v", totals.Alarms)
	}
}

// TestAnOrderThatIsCommittedLateIsTheRows: whoever answered gave up, and the panel went on; the order's id is above
// those of rows that were sent meanwhile, and nobody is told that it isn't there.
func TestAnOrderThatIsCommittedLateIsTheRows(t *testing.T) {
	for name, late := range map[string]string{"meanwhile": "40ms", "after all of them": "400ms"} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, sandbox.Config{Speed: -1, Latency: 4 * time.Millisecond}, "add:late="+late+":n=3")
			w.job.Concurrency = 1
			out, err := w.job.Run(t.Context(), w.open(mixed(20, 4)), "orders.csv")
			if err != nil {
				t.Fatal(err)
			}
			settler := w.settler(out.Batch)
			settler.Late = 500 * time.Millisecond
			time.Sleep(settler.Late)
			s, err := settler.Settle(t.Context())
			if err != nil || len(s.Conclusions) != 1 || s.Conclusions[0].OrderID != w.orderFor("4") {
				t.Errorf("want order %s: %+v, %v", w.orderFor("4"), s, err)
			}
		})
	}
}

// TestNobodyIsToldThatNothingWasOrderedWhileItsChargeIsMissing, or an order stands elsewhere that costs as much.
func TestNobodyIsToldThatNothingWasOrderedWhileItsChargeIsMissing(t *testing.T) {
	config := sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}
	timeless(t, config, nil, []string{"add:late=60ms:n=3"}, func(t *testing.T, w *world) {
		w.job.Concurrency, w.job.Rate = 1, pace.Rate{PerSecond: 1000}
		out, err := w.job.Run(t.Context(), w.open(mixed(40, 4)), "orders.csv")
		if err != nil {
			t.Fatal(err)
		}
		s := w.settler(out.Batch)
		s.Late = time.Millisecond
		if _, err := s.Settle(t.Context()); err != nil { // it waits too short: the order is another's
			t.Fatal(err)
		}
		totals, err := w.journal.Totals(t.Context(), out.Batch)
		if err != nil || len(totals.Doubts) != 1 || totals.Doubts[0].Finding.NotPlaced {
			t.Errorf("%+v, %v", totals.Doubts, err)
		}
		var standing *settle.StandingError
		if _, err := w.word(out.Batch, settle.Word{Lines: []parse.Line{{N: 4}}}); !errors.As(err, &standing) ||
			standing.Orders[0] != w.orderFor("4") {
			t.Errorf("it is queued again: %v", err)
		}
	})
}

// TestAnOrderThatWasChargedTooLateIsNotTheRows: when it left the balance, the row's could no longer appear.
func TestAnOrderThatWasChargedTooLateIsNotTheRows(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:before:n=5")
	w.job.Panel.Panel.Exclusive = panel.NotSaid
	w.settled(priced(100, 200, 300, 400, 500))
	w.forget("UPDATE moments SET at = at - 90000000, asked_at = asked_at - 90000000 WHERE n = 1")
	b, err := w.journal.Batch(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(10 * time.Millisecond)
	hand(w, w.job.Panel, "500")
	s, err := w.settler(b).Settle(t.Context())
	if err != nil || len(s.Conclusions) != 1 || s.Conclusions[0].How != "" ||
		!strings.Contains(s.Conclusions[0].Words, "could no longer appear") || s.Conclusions[0].Finding.Placed != "" {
		t.Errorf("%+v, %v", s, err)
	}
}
