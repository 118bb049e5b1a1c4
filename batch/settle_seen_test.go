package batch_test

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
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

// TestWhatWasSeenSoonTellsRowsApartLater: a panel that rounds charges 105 and 110 pieces alike, and what remained of an
// order, more than the other row orders, is gone when it is done.
func TestWhatWasSeenSoonTellsRowsApartLater(t *testing.T) {
	for _, tt := range []struct {
		name   string
		forget string
		how    journal.How
	}{
		{"as it was seen", "UPDATE sightings SET at = at", journal.Inferred},
		{"had nobody looked", "DELETE FROM sightings", ""},
	} {
		timeless(t, like(t, sandbox.Config{}, "upwards"), nil, []string{"add:closed:before:n=5", "add:closed:after:n=6"},
			func(t *testing.T, w *world) {
				w.job.Concurrency, w.job.Rate = 1, pace.Rate{PerSecond: 10}
				out := w.run(priced(1000, 2000, 3000, 4000, 105, 110, 5000))
				w.forget(tt.forget)
				time.Sleep(10 * time.Minute) // all orders are done
				s := w.settle(out.Batch)
				if len(s.Conclusions) != 2 || s.Conclusions[0].How != "" || s.Conclusions[1].How != tt.how {
					t.Errorf("%s: %+v", tt.name, s)
				}
			})
	}
}

// TestOrdersOfRowsInDoubtAreLookedForAtOnce: they give their money back before the next look comes, and might be those
// of the rows then that were sent after them and cost more.
func TestOrdersOfRowsInDoubtAreLookedForAtOnce(t *testing.T) {
	var faults []string
	for n := 41; n < 101; n += 12 {
		faults = append(faults, fmt.Sprintf("add:closed:after:n=%d", n), fmt.Sprintf("add:closed:before:n=%d", n+1))
	}
	var quantities []int
	for n := range 120 {
		quantities = append(quantities, 1000+n*10)
	}
	remains := regexp.MustCompile(`"remains":"[0-9]+"`)
	silent := func(f url.Values, next func(url.Values) string) string { // what remains would tell whose an order is, too
		return remains.ReplaceAllString(next(f), `"remains":""`)
	}
	for forget, want := range map[string]int{"UPDATE sightings SET at = at": 5, "DELETE FROM sightings": 0} {
		config := sandbox.Config{Speed: 20, Refunds: 0.5}
		timelessBehind(t, config, silent, nil, faults, func(t *testing.T, w *world) {
			w.job.Concurrency, w.job.Rate = 1, pace.Rate{PerSecond: 4}
			out := w.run(priced(quantities...))
			w.forget(forget)
			time.Sleep(5 * time.Minute)
			found := 0
			for _, c := range w.settle(out.Batch).Conclusions {
				if c.How == journal.Inferred && c.OrderID == w.orderFor(fmt.Sprint(c.Entry.Line)) {
					found++
				}
			}
			if found != want {
				t.Errorf("%s: %d orders of 5 are found, want %d", forget, found, want)
			}
			if n := w.statusCalls(); n > 20 {
				t.Errorf("%d calls about orders for %d rows", n, len(quantities))
			}
		})
	}
}

// TestAnOrderThatAnEarlierRequestMadeIsTheRows: the panel turned it away and took it all the same.
func TestAnOrderThatAnEarlierRequestMadeIsTheRows(t *testing.T) {
	const (
		slow = "add:error=Rate limit exceeded:after:n=2"
		away = "add:error=You have active order with this link. Please wait until order being completed.:after:n=2"
	)
	for _, tt := range []struct {
		name   string
		faults []string
		text   string
		how    journal.How
	}{
		{"others were sent in between", []string{away, "add:closed:before:n=7"}, "", journal.Inferred},
		{"whichever request made it", []string{slow, "add:closed:before:n=3"}, "", journal.Inferred},
		{"each made one", []string{away, "add:closed:after:n=7"}, "", journal.Inferred},
		{"each made one, and nobody knows which", []string{slow, "add:closed:after:n=3"}, "", ""},
		{"another row may have it", []string{away, "add:closed:before:n=3", "add:closed:before:n=6"},
			"1,https://example.com/other,200\n", ""},
	} {
		timeless(t, sandbox.Config{Speed: -1}, nil, tt.faults, func(t *testing.T, w *world) {
			w.job.Concurrency, w.job.Rate = 1, pace.Rate{PerSecond: 1}
			text := "service,link,quantity\n1,https://example.com/2,100\n1,https://example.com/2,200\n" + tt.text
			for i, q := range []int{300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200}[:10-strings.Count(tt.text, "\n")] {
				text += fmt.Sprintf("1,https://example.com/%d,%d\n", i+3, q)
			}
			out, err := w.job.Run(t.Context(), w.open(text), "orders.csv")
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(5 * time.Minute)
			s, err := w.settler(out.Batch).Settle(t.Context())
			if err != nil || len(s.Conclusions) == 0 {
				t.Fatalf("%s: %+v, %v", tt.name, s, err)
			}
			c := s.Conclusions[0]
			if c.How != tt.how {
				t.Errorf("%s: %+v", tt.name, s)
			}
			if tt.how != "" && !slices.Contains(w.ordersOf(200), c.OrderID) {
				t.Errorf("%s: row %d is order %s, want one of %v", tt.name, c.Entry.Line, c.OrderID, w.ordersOf(200))
			}
			alarms, err := w.journal.Alarms(t.Context(), out.Batch)
			// Where nobody knows whose the orders are, the balance may tell that one is paid twice before settling does.
			twice, told := len(w.ordersOf(200)) > 1, len(alarms) == 1
			if err != nil || len(alarms) > 1 || told && !twice || tt.how != "" && twice && !told {
				t.Errorf("%s: %+v, %v", tt.name, alarms, err)
			}
		})
	}
}

// ordersOf gives the orders of that quantity.
func (w *world) ordersOf(quantity int) (ids []string) {
	for _, o := range w.sandbox.Ledger() {
		if o.Fields["quantity"] == fmt.Sprint(quantity) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// TestWhereOthersOrderNothingIsLookedForWhileRowsLeave: it could decide nothing.
func TestWhereOthersOrderNothingIsLookedForWhileRowsLeave(t *testing.T) {
	for exclusive, want := range map[panel.Exclusive]bool{panel.Alone: true, panel.NotSaid: true, panel.Shared: false} {
		w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:after:n=3")
		w.job.Panel.Panel.Exclusive = exclusive
		w.job.Concurrency = 1
		w.run(priced(100, 200, 300, 400))
		seen, err := w.journal.Sightings(t.Context(), 1, 0, 1<<60)
		if err != nil || (len(seen) > 0) != want {
			t.Errorf("%v: %+v, %v", exclusive, seen, err)
		}
		id, err := strconv.ParseInt(w.orderFor("4"), 10, 64)
		if s := seen[id]; want && (err != nil || s.Charge.Decimal.String() != "0.27" || s.Remains != "300") {
			t.Errorf("%v: %d: %+v, %v", exclusive, id, s, err)
		}
	}
}

// TestWhatIsPaidTwiceIsToldWhereTheBalanceCantTell: an order was canceled and kept its charge, so that the balance
// proves nothing, and a row is told to wait and ordered all the same.
func TestWhatIsPaidTwiceIsToldWhereTheBalanceCantTell(t *testing.T) {
	for exclusive, want := range map[panel.Exclusive]int{panel.Alone: 1, panel.NotSaid: 1, panel.Shared: 0} {
		timeless(t, sandbox.Config{Speed: -1, Gross: true}, nil, []string{"add:429:after:n=9"},
			func(t *testing.T, w *world) {
				w.job.Panel.Panel.Exclusive = exclusive
				w.batchOf("a", 100, 200, 300, 400)
				if _, err := w.job.Panel.Cancel(t.Context(), []string{w.orderFor("a/3")}, nil); err != nil {
					t.Fatal(err)
				}
				w.job.Name = "b"
				out, err := w.job.Run(t.Context(), w.open(sheetFor("b", 500, 600, 700, 800, 900, 1000, 1100)), "orders.csv")
				if err != nil {
					t.Fatal(err)
				}
				if _, err := w.settler(out.Batch).Settle(t.Context()); err != nil {
					t.Fatal(err)
				}
				alarms, err := w.journal.Alarms(t.Context(), out.Batch)
				if n := len(w.ordersOf(900)); err != nil || n != 2 || len(alarms) != want {
					t.Errorf("%v: ordered %d times: %+v, %v", exclusive, n, alarms, err)
				}
			})
	}
}

// TestWhatIsRefusedAndOrderedIsToldWhereTheBalanceCantTell: an order stands where that of a refused row would.
func TestWhatIsRefusedAndOrderedIsToldWhereTheBalanceCantTell(t *testing.T) {
	for exclusive, want := range map[panel.Exclusive]int{panel.Alone: 1, panel.Shared: 0} {
		timeless(t, sandbox.Config{Speed: -1, Gross: true}, nil, []string{"add:error=Incorrect link:after:n=9"},
			func(t *testing.T, w *world) {
				w.job.Panel.Panel.Exclusive = exclusive
				w.batchOf("a", 100, 200, 300, 400)
				if _, err := w.job.Panel.Cancel(t.Context(), []string{w.orderFor("a/3")}, nil); err != nil {
					t.Fatal(err)
				}
				w.job.Name = "b"
				out, err := w.job.Run(t.Context(), w.open(sheetFor("b", 500, 600, 700, 800, 900, 1000, 1100)), "orders.csv")
				if err != nil {
					t.Fatal(err)
				}
				alarms, err := w.journal.Alarms(t.Context(), out.Batch)
				if out.Totals.States[journal.Refused] != 1 || err != nil || len(alarms) != want {
					t.Errorf("%v: %v: %+v, %v", exclusive, out.Totals.States, alarms, err)
				}
			})
	}
}

// TestAnOrderOfAnEarlierRequestIsNamedAndCanBeSaidToBeTheRows: a neighbour's request that came twice may have made it
// as well, so that nothing is adopted.
func TestAnOrderOfAnEarlierRequestIsNamedAndCanBeSaidToBeTheRows(t *testing.T) {
	const away = "add:error=You have active order with this link. Please wait until order being completed.:after:n=2"
	timeless(t, sandbox.Config{Speed: -1}, nil, []string{away, "add:closed:before:n=7"}, func(t *testing.T, w *world) {
		w.job.Concurrency, w.job.Rate = 1, pace.Rate{PerSecond: 1}
		text := "service,link,quantity\n1,https://example.com/2,200\n1,https://example.com/2,200\n"
		for i := range 10 {
			text += fmt.Sprintf("1,https://example.com/%d,%d\n", i+3, 300+100*i)
		}
		w.job.AllowDuplicates = true
		out, err := w.job.Run(t.Context(), w.open(text), "orders.csv")
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Minute)
		s, err := w.settler(out.Batch).Settle(t.Context())
		if err != nil || len(s.Conclusions) != 1 || s.Conclusions[0].How != "" {
			t.Fatalf("%+v, %v", s, err)
		}
		order := w.ordersOf(200)[1]
		if words := s.Conclusions[0].Finding.Words; !strings.Contains(words, "order "+order+" (charged 0.18") {
			t.Errorf("%q doesn't name order %s", words, order)
		}
		asked, err := w.word(out.Batch, settle.Word{Lines: []parse.Line{{N: 3}}, OrderID: order})
		if err != nil || asked != "" {
			t.Errorf("order %s: %q, %v", order, asked, err)
		}
	})
}

// TestAnOrderThatARefusedRowMayHaveMadeIsNobodyElses: the panel took it and said no.
func TestAnOrderThatARefusedRowMayHaveMadeIsNobodyElses(t *testing.T) {
	for _, tt := range []struct {
		name    string
		refused string
		how     journal.How
	}{
		{"it was taken", "add:error=Incorrect link:after:n=5", ""},
		{"it costs something else", "add:error=Incorrect link:before:n=4", journal.Inferred},
	} {
		faults := []string{tt.refused, "add:closed:before:n=6"}
		if tt.how != "" {
			faults[1] = "add:closed:after:n=6"
		}
		timeless(t, sandbox.Config{Speed: -1}, nil, faults, func(t *testing.T, w *world) {
			w.job.Concurrency, w.job.Rate = 1, pace.Rate{PerSecond: 10}
			text := priced(1000, 2000, 3000, 4000, 100, 100, 5000, 6000)
			out, err := w.job.Run(t.Context(), w.open(text), "orders.csv")
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(5 * time.Minute)
			s, err := w.settler(out.Batch).Settle(t.Context())
			if err != nil || len(s.Conclusions) != 1 {
				t.Fatalf("%s: %+v, %v", tt.name, s, err)
			}
			c := s.Conclusions[0]
			if c.How != tt.how || tt.how == "" && !strings.Contains(c.Words, "the panel said no to row 6") {
				t.Errorf("%s: %+v", tt.name, c)
			}
			if tt.how == "" && (c.Finding.Placed != "" || c.Finding.NotPlaced) {
				t.Errorf("%s: a person is told to decide so: %+v", tt.name, c.Finding)
			}
		})
	}
}

// TestAnOrderThatIsNotAsExpectedIsNotAdopted: a service that was never charged before costs another price than its
// catalogue says, so the order may be the row's, and is not taken for it.
func TestAnOrderThatIsNotAsExpectedIsNotAdopted(t *testing.T) {
	price, err := sandbox.ParsePrice("102=3.30:shown=1000")
	if err != nil {
		t.Fatal(err)
	}
	config := sandbox.Config{Speed: -1, Prices: []sandbox.Price{price}}
	timeless(t, config, nil, []string{"add:closed:after:n=4"}, func(t *testing.T, w *world) {
		w.job.Concurrency, w.job.Rate = 1, pace.Rate{PerSecond: 10}
		text := strings.Replace(priced(1000, 2000, 3000, 500, 4000), "1,https://example.com/5",
			"102,https://example.com/5", 1)
		out := w.run(text)
		time.Sleep(5 * time.Minute)
		s := w.settle(out.Batch)
		if len(s.Conclusions) != 1 || s.Conclusions[0].How != "" || !strings.Contains(s.Conclusions[0].Words, "isn't as") {
			t.Errorf("%+v", s)
		}
	})
}
