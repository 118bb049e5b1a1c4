package batch_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// faults makes the panel's answers fail from now on.
func (w *world) faults(texts ...string) {
	w.t.Helper()
	var all []sandbox.Fault
	for _, text := range texts {
		f, err := sandbox.ParseFault(text)
		if err != nil {
			w.t.Fatal(err)
		}
		all = append(all, f)
	}
	if err := w.sandbox.SetFaults(all); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) actions(action string) int {
	n := 0
	for _, r := range w.sandbox.Requests() {
		if r.Action == action {
			n++
		}
	}
	return n
}

// TestARequestsEndings: what each way of ending makes of the requests about 150 orders, two calls, and whether
// the next call may ask for the same again.
func TestARequestsEndings(t *testing.T) {
	for _, c := range []struct {
		fault string
		want  map[journal.RequestState]int
		stop  batch.Stop
		calls int // of this request
		again map[journal.RequestState]int
	}{
		{"cancel:closed:after:n=1", map[journal.RequestState]int{journal.AskInDoubt: 100, journal.Taken: 50}, batch.Done, 2,
			map[journal.RequestState]int{"": 150}},
		{"cancel:closed:before:n=2", map[journal.RequestState]int{journal.AskInDoubt: 50, journal.Taken: 100}, batch.Done, 2,
			map[journal.RequestState]int{"": 150}},
		{"cancel:500:after", map[journal.RequestState]int{journal.AskInDoubt: 150}, batch.Done, 2,
			map[journal.RequestState]int{"": 150}},
		{"cancel:cut:after:n=1", map[journal.RequestState]int{journal.AskInDoubt: 100, journal.Taken: 50}, batch.Done, 2,
			map[journal.RequestState]int{"": 150}},
		{"cancel:html:after", map[journal.RequestState]int{journal.AskInDoubt: 150}, batch.Done, 2,
			map[journal.RequestState]int{"": 150}},
		{"cancel:429:before:n=1:retry=1", map[journal.RequestState]int{journal.Taken: 150}, batch.Done, 3,
			map[journal.RequestState]int{"": 150}},
		{"cancel:error=Too many requests:before:n=1-2", map[journal.RequestState]int{journal.Taken: 150}, batch.Done, 4,
			map[journal.RequestState]int{"": 150}},
		{"cancel:error=Incorrect request:before", map[journal.RequestState]int{journal.Declined: 150}, batch.Done, 2,
			map[journal.RequestState]int{journal.Taken: 150}},
		{"cancel:error=Provider error:before:n=1", map[journal.RequestState]int{journal.AskInDoubt: 100, journal.Taken: 50},
			batch.Done, 2, map[journal.RequestState]int{"": 150}},
		{"cancel:error=Invalid API key:before", map[journal.RequestState]int{journal.Unasked: 100}, batch.KeyRefused, 1,
			map[journal.RequestState]int{journal.Taken: 150}},
		{"cancel:redirect", map[journal.RequestState]int{journal.AskInDoubt: 100}, batch.Unreachable, 1,
			map[journal.RequestState]int{"": 100, journal.Taken: 50}},
		{"cancel:403", map[journal.RequestState]int{journal.Unasked: 100}, batch.Unreachable, 1,
			map[journal.RequestState]int{journal.Taken: 150}},
	} {
		t.Run(c.fault, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sandbox.Config{Speed: -1, Balance: "100000"})
			b := w.run(rows(150)).Batch
			w.faults(c.fault)
			r, got := w.request(b, journal.Cancel, batch.Choice{})
			if !maps.Equal(got, c.want) || r.End.Stop != c.stop || w.actions("cancel") != c.calls {
				t.Errorf(
					"%v, stop %q (%s), %d calls; want %v, %q, %d",
					got,
					r.End.Stop,
					r.End.Words,
					w.actions("cancel"),
					c.want,
					c.stop,
					c.calls,
				)
			}
			if sum := len(r.Rows) + r.Left; sum != 150 {
				t.Errorf("%d rows are told of", sum)
			}
			w.faults()
			if _, got = w.request(b, journal.Cancel, batch.Choice{}); !maps.Equal(got, c.again) {
				t.Errorf("again: %v, want %v", got, c.again)
			}
		})
	}
}

// TestAnUnansweredRefillIsNotRepeated: but by a person's word.
func TestAnUnansweredRefillIsNotRepeated(t *testing.T) {
	now := time.Now()
	w := newWorld(t, sandbox.Config{FirstID: 23510, Now: func() time.Time { return now }}, "refill:closed:before")
	b := w.run(rows(3)).Batch
	now = now.Add(time.Hour)
	_, got := w.request(b, journal.Refill, batch.Choice{Lines: []batch.Span{{From: 3, To: 4}}})
	if got[journal.AskInDoubt] != 2 {
		t.Fatalf("%v", got)
	}
	w.each(b, "in doubt", func(e journal.Entry) bool { return (e.Refill == "in doubt") == (e.Line > 2) })
	w.faults()
	before := w.actions("refill")
	r, got := w.request(b, journal.Refill, batch.Choice{Lines: []batch.Span{{From: 4, To: 4}}})
	if got[""] != 1 || w.actions("refill") != before || !strings.Contains(r.Rows[0].Words, "--again") {
		t.Errorf("%+v", r.Rows)
	}
	r, err := w.job.Request(t.Context(), b, journal.Refill, batch.Choice{}, true)
	if err != nil || r.Rows[0].State != journal.Taken || r.Rows[1].State != journal.Taken ||
		r.Rows[2].State != journal.Taken {
		t.Errorf("by a person's word: %+v, %v", r.Rows, err)
	}
	now = now.Add(time.Hour)
	w.refresh(b, false)
	w.each(b, "ended", func(e journal.Entry) bool {
		return strings.HasSuffix(e.Refill, ": Completed") || strings.HasSuffix(e.Refill, ": Rejected")
	})
	if before = w.actions("refill_status"); w.actions("refill_status") != before {
		t.Error("a refill that ended is asked about")
	}
}

// TestOnlyWhatIsAllowedIsAskedFor: by the service's flags, the row's state and the order's status.
func TestOnlyWhatIsAllowedIsAskedFor(t *testing.T) {
	now := time.Now()
	w := newWorld(t, sandbox.Config{FirstID: 23510, Now: func() time.Time { return now }})
	b := w.run(
		sheetOf(
			t,
			fieldsOf("Default"),
			map[string]string{"service": "102", "link": "https://example.com/b", "quantity": "100"},
			map[string]string{
				"service":  "1",
				"link":     "https://example.com/c",
				"quantity": "1",
			},
			map[string]string{"service": "1", "link": "https://example.com/d", "quantity": "100"},
		),
	).Batch
	now = now.Add(time.Hour)
	w.refresh(b, false)
	before := w.actions("cancel") + w.actions("refill")
	for _, c := range []struct {
		action journal.Action
		line   int
		want   string
	}{
		{journal.Refill, 3, "service 102 takes no refill"},
		{journal.Refill, 4, "the row is invalid"},
		{journal.Cancel, 3, "service 102 takes no cancel"},
		{journal.Cancel, 5, "the order is Completed already"},
		{journal.Cancel, 9, "the batch has no such row"},
	} {
		r, _ := w.request(b, c.action, batch.Choice{Lines: []batch.Span{{From: c.line, To: c.line}}})
		if len(r.Rows) != 1 || r.Rows[0].State != "" || r.Rows[0].Line.N != c.line ||
			!strings.Contains(r.Rows[0].Words, c.want) {
			t.Errorf("%s of row %d: %+v, want %q", c.action, c.line, r.Rows, c.want)
		}
	}
	if w.actions("cancel")+w.actions("refill") != before {
		t.Error("something was asked for")
	}
	if r, got := w.request(b, journal.Refill, batch.Choice{Statuses: []string{"completed"}}); got[journal.Taken] == 0 ||
		got[journal.Taken]+got[""] != len(r.Rows) {
		t.Errorf("by status: %+v", r.Rows)
	}
}

// TestOnlyWhatWasDeliveredIsRefilled: an order that is under way or canceled can't be, and who chose it is told why, by how it
// stands now: nobody needs to refresh the batch first.
func TestOnlyWhatWasDeliveredIsRefilled(t *testing.T) {
	now := time.Now()
	w := newWorld(t, sandbox.Config{FirstID: 23510, Refunds: 0.001, Now: func() time.Time { return now }})
	b := w.run(rows(4)).Batch
	third := batch.Choice{Lines: []batch.Span{{From: 3, To: 3}}}
	if r, got := w.request(b, journal.Cancel, third); got[journal.Taken] != 1 {
		t.Fatalf("the cancellation: %+v", r.Rows)
	}
	w.refresh(b, false)
	before := w.actions("refill")
	r, got := w.request(b, journal.Refill, batch.Choice{})
	if got[""] != 4 || w.actions("refill") != before {
		t.Fatalf("under way: %v, %+v", got, r.Rows)
	}
	for i, want := range []string{"Pending", "Canceled", "Pending", "Pending"} {
		want = "the order is " + want + ", and what isn't Completed or Partial can't be refilled"
		if words := r.Rows[i].Words; !strings.HasPrefix(words, want) ||
			strings.Contains(words, "once") != strings.Contains(want, "Pending") {
			t.Errorf("row %d: %s; want %s", r.Rows[i].Line.N, words, want)
		}
	}
	now = now.Add(time.Hour)
	if r, got = w.request(b, journal.Refill, batch.Choice{}); got[journal.Taken] != 3 || got[""] != 1 {
		t.Errorf("delivered: %v, %+v", got, r.Rows)
	}
	w.each(b, "refilled", func(e journal.Entry) bool { return (e.Refill != "") == (e.Status != "Canceled") })
}
