package batch_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/batch/settle"
	"bulkorder/samples/sandbox"
)

// priced writes one order for each quantity.
func priced(quantities ...int) string {
	var b strings.Builder
	b.WriteString("service,link,quantity\n")
	for i, q := range quantities {
		fmt.Fprintf(&b, "1,https://example.com/%d,%d\n", i+2, q)
	}
	return b.String()
}

// settled runs a sheet one row after the other, with a moment between them, and settles its rows in doubt.
func (w *world) settled(text string) (settle.Settlement, journal.Totals) {
	w.t.Helper()
	w.job.Concurrency = 1
	out, err := w.job.Run(w.t.Context(), w.open(text), "orders.csv")
	if err != nil {
		w.t.Fatal(err)
	}
	s, err := w.settler(out.Batch).Settle(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	totals, err := w.journal.Totals(w.t.Context(), out.Batch)
	if err != nil {
		w.t.Fatal(err)
	}
	return s, totals
}

// TestAnOrderThatIsThereIsNotAdoptedTooEarly: another one may still appear, and then nobody knows whose is
// whose.
func TestAnOrderThatIsThereIsNotAdoptedTooEarly(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1}, "add:closed:after:n=3")
	w.job.Concurrency = 1
	out := w.run(priced(100, 200, 300, 400, 500))
	settler := w.settler(out.Batch)
	settler.Late = time.Hour
	s, err := settler.Settle(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Conclusions) != 1 || s.Conclusions[0].How != "" ||
		!strings.Contains(s.Conclusions[0].Words, "not adopted yet") ||
		s.Ready.IsZero() {
		t.Errorf("decided too early: %+v", s)
	}
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 4, journal.InDoubt: 1})
}

// TestAnOrderElsewhereIsNotTheRows: an order of a row's charge that was there long before the row was sent
// is somebody else's.
func TestAnOrderElsewhereIsNotTheRows(t *testing.T) {
	// The second request is doubled on its way; the third and the sixth never arrive, and the sixth has the
	// charge of the second.
	w := newWorld(
		t,
		sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond},
		"add:twice:n=2",
		"add:closed:before:n=3",
		"add:closed:before:n=6",
	)
	s, totals := w.settled(priced(100, 200, 300, 400, 500, 200, 700))
	if s.Alarm == "" || totals.States[journal.InDoubt] != 2 {
		t.Errorf("alarm %q, %v", s.Alarm, totals.States)
	}
	for _, c := range s.Conclusions {
		if c.How != "" {
			t.Errorf("row %d was given order %s: %s", c.Entry.Line, c.OrderID, c.Words)
		}
	}
}

// TestNothingIsAdoptedWhereOthersOrderToo: an order that no row can explain, among those of rows that nobody
// doubts, tells that the account isn't ours alone.
func TestNothingIsAdoptedWhereOthersOrderToo(t *testing.T) {
	w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, "add:closed:after:n=2")
	other := w.job.Panel
	var arrived atomic.Int32
	w.between(func(string) {
		if arrived.Add(1) == 5 {
			a := other.Add(
				t.Context(),
				[]panel.Param{
					{Name: "service", Value: "1"},
					{Name: "link", Value: "https://example.com/theirs"},
					{Name: "quantity", Value: "100"},
				},
			)
			if a.Verdict != panel.Placed {
				t.Errorf("their order: %+v", a)
			}
		}
	})
	s, totals := w.settled(priced(100, 200, 300, 400, 500, 600))
	if !strings.Contains(s.Advice, "no row's") || totals.States[journal.InDoubt] != 1 {
		t.Errorf("advice %q, %v", s.Advice, totals.States)
	}
}

// TestNothingIsAdoptedWhereOurOwnOrdersAreNotAsTheyShouldBe: a panel that doesn't show them, or shows other charges
// than it should, proves nothing by what it shows.
func TestNothingIsAdoptedWhereOurOwnOrdersAreNotAsTheyShouldBe(t *testing.T) {
	for fault, says := range map[string]string{
		`status:body={"error":"Incorrect order ID"}`:                                      "doesn't show",
		`status:body={"status":"Pending","charge":"77","currency":"USD","remains":"100"}`: "77, which is not what was expected",
	} {
		w := newWorld(t, sandbox.Config{Speed: -1}, "add:closed:after:n=3")
		w.job.Concurrency = 1
		out := w.run(priced(100, 200, 300, 400, 500))
		f, err := sandbox.ParseFault(fault)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.sandbox.SetFaults([]sandbox.Fault{f}); err != nil {
			t.Fatal(err)
		}
		s, err := w.settler(out.Batch).Settle(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(s.Advice, says) || len(s.Conclusions) != 1 || s.Conclusions[0].How != "" {
			t.Errorf("advice %q, %+v", s.Advice, s.Conclusions)
		}
	}
}

// TestWhatIsInferredSaysOnWhatItRests: a request that came twice beside one that was lost looks like two orders, where
// both cost the same, and no call tells them apart; where they don't, nothing else can be.
func TestWhatIsInferredSaysOnWhatItRests(t *testing.T) {
	const second = "were the request of another row doubled"
	for _, tt := range []struct {
		name   string
		sheet  string
		faults []string
		second bool
	}{
		{"the request before came twice", rows(12), []string{"add:twice:n=5", "add:closed:before:n=6"}, true},
		{"it did not, and might have", rows(12), []string{"add:closed:after:n=6"}, true},
		{"all cost otherwise", priced(100, 200, 300, 400, 500, 600, 700, 800, 900), []string{"add:closed:after:n=6"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, sandbox.Config{Speed: -1, Latency: 3 * time.Millisecond}, tt.faults...)
			s, _ := w.settled(tt.sheet)
			if len(s.Conclusions) != 1 || s.Conclusions[0].How != journal.Inferred {
				t.Fatalf("%+v", s)
			}
			b := journal.Batch{ID: s.Conclusions[0].Batch}
			b, err := w.journal.Batch(t.Context(), b.ID)
			if err != nil {
				t.Fatal(err)
			}
			kept, err := w.journal.Decisions(t.Context(), b, s.Conclusions[0].Entry.Seq)
			if err != nil || len(kept) != 1 {
				t.Fatalf("%+v, %v", kept, err)
			}
			for _, words := range []string{s.Conclusions[0].Words, kept[0].Evidence} {
				if !strings.Contains(words, "it is inferred") || strings.Contains(words, second) != tt.second {
					t.Errorf("it is kept as %s", words)
				}
			}
		})
	}
}
