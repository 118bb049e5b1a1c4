package report

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// start is when the test batches ran.
func start() time.Time { return time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC) }

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// desk is a journal with one batch in it, to be filled.
type desk struct {
	t     testing.TB
	j     *journal.Journal
	draft *journal.Draft
	Batch journal.Batch
	line  int
}

func newDesk(t testing.TB, columns ...string) *desk {
	t.Helper()
	j, err := journal.Open(context.Background(), filepath.Join(t.TempDir(), "journal.db"))
	must(t, err)
	t.Cleanup(func() { must(t, j.Close()) })
	if columns == nil {
		columns = []string{"Service", "Link", "Quantity", "Note"}
	}
	d, err := j.Draft(
		journal.Batch{
			Panel:   "sandbox",
			URL:     "http://127.0.0.1:8080/api/v2",
			Sheet:   "may orders.xlsx",
			Columns: columns,
			Created: start(),
			By:      "mia",
		},
	)
	must(t, err)
	return &desk{t: t, j: j, draft: d, line: 1}
}

// row adds an entry below the one before; fields that are empty are filled in.
func (d *desk) row(e journal.Entry) {
	d.t.Helper()
	d.line++
	if e.Line == 0 {
		e.Line = d.line
	}
	d.line = e.Line
	if e.Key == "" {
		e.Key = fmt.Sprintf("key-%d", e.Line)
	}
	e.Panel = "sandbox"
	must(d.t, d.draft.Add(e))
}

// order is a row that can be sent.
func order(service, link, quantity, rate string, note string) journal.Entry {
	units := dec(quantity).Shift(-3)
	return journal.Entry{
		Cells:   []string{service, link, quantity, note},
		Service: service,
		Target:  service + " " + link,
		State:   journal.Queued,
		Params: []panel.Param{
			{Name: "service", Value: service},
			{Name: "link", Value: link},
			{Name: "quantity", Value: quantity},
		},
		Rate:  dec(rate),
		Units: journal.Exactly(units),
	}
}

func (d *desk) admit(services ...panel.Service) Book {
	d.t.Helper()
	r := journal.Reading{Fingerprint: "print", Worksheet: "Orders", Notes: []string{"2 blank rows were passed over"}}
	for _, s := range services {
		r.Services = append(r.Services, journal.Service{Panel: "sandbox", Service: s})
	}
	must(d.t, d.draft.Finish(r))
	b, err := d.draft.Admit(context.Background(), "3f9c1a20be", journal.Repeats{})
	must(d.t, err)
	d.Batch = b
	return Book{Journal: d.j, Batch: b}
}

// send gives the queued row with this number an outcome.
func (d *desk) send(line int, o journal.Outcome) {
	d.t.Helper()
	e := d.entry(line)
	began := start().Add(time.Duration(line) * time.Second)
	must(d.t, d.j.Intend(d.Batch, e.Seq, began))
	if o.State == journal.Sending {
		return
	}
	o.Seq, o.Attempt.Started, o.Attempt.Ended = e.Seq, began, began.Add(340*time.Millisecond)
	must(d.t, <-d.j.Conclude(d.Batch, o))
}

func (d *desk) entry(line int) journal.Entry {
	d.t.Helper()
	for e, err := range d.j.Entries(context.Background(), d.Batch) {
		must(d.t, err)
		if e.Line == line {
			return e
		}
	}
	d.t.Fatalf("there is no row %d", line)
	return journal.Entry{}
}

func (d *desk) check(line int, s panel.Status) {
	d.t.Helper()
	_, err := d.j.Check(d.Batch, []journal.Checked{{Seq: d.entry(line).Seq, At: start().Add(time.Hour), Status: s}})
	must(d.t, err)
}

func (d *desk) reload() Book {
	d.t.Helper()
	b, err := d.j.Batch(context.Background(), d.Batch.ID)
	must(d.t, err)
	d.Batch = b
	return Book{Journal: d.j, Batch: b}
}

func placed(id string) journal.Outcome {
	return journal.Outcome{
		State:   journal.Placed,
		Attempt: journal.Attempt{Verdict: "placed", OrderID: id, HTTPStatus: 200, Answer: `{"order":` + id + `}`},
	}
}

func charged(amount, status, start, remains string) panel.Status {
	return panel.Status{
		Status:     status,
		Charge:     decimal.NewNullDecimal(dec(amount)),
		StartCount: start,
		Remains:    remains,
		Currency:   "USD",
	}
}

func catalogue() []panel.Service {
	return []panel.Service{
		{
			ID:       "101",
			Name:     "Instagram Followers [Refill 30 days] 🔥",
			Type:     "Default",
			Category: "Instagram",
			Rate:     dec("0.9"),
			Min:      50,
			Max:      10000,
			Refill:   true,
			Cancel:   true,
		},
		{
			ID:       "102",
			Name:     "YouTube Views — slow",
			Type:     "Default",
			Category: "YouTube",
			Rate:     dec("1.2345678"),
			Min:      100,
			Max:      500000,
		},
		{
			ID:       "205",
			Name:     "Custom comments, worldwide",
			Type:     "Custom Comments",
			Category: "Instagram",
			Rate:     dec("12"),
			Min:      5,
			Max:      500,
			Cancel:   true,
		},
		{
			ID:       "310",
			Name:     "TikTok 赞 likes",
			Type:     "Default",
			Category: "TikTok",
			Rate:     dec("0.35"),
			Min:      10,
			Max:      100000,
		},
		{
			ID:       "400",
			Name:     "New posts subscription",
			Type:     "Subscriptions",
			Category: "Instagram",
			Rate:     dec("2"),
			Min:      100,
			Max:      5000,
		},
	}
}

func below(line int) parse.Problem {
	return parse.Problem{
		Sheet:  "Orders",
		Column: "C",
		Row:    line,
		Field:  "quantity",
		Rule:   "quantity-below-minimum",
		Found:  "25",
		Wrong:  `is below the minimum 50 of service 101 "Instagram Followers"`,
		Mend:   "use 50 to 10000",
	}
}

// everyState is a batch with rows in each of the states.
func everyState(t testing.TB) (*desk, Book) {
	t.Helper()
	d := newDesk(t)
	d.row(order("101", "https://instagram.com/anna", "1000", "0.9", "Anna"))             // 2
	d.row(order("101", "https://instagram.com/ben", "2500", "0.9", "=SUM(A1:A9)"))       // 3
	d.row(order("102", "https://youtu.be/dQw4w9WgXcQ", "10000", "1.2345678", "+49 170")) // 4
	d.row(order("102", "https://youtu.be/abcdefghijk", "5000", "1.2345678", "007"))      // 5
	d.row(order("310", "https://tiktok.com/@cleo/video/1", "4000", "0.35", "عميل مهم"))  // 6
	d.row(order("310", "https://tiktok.com/@cleo/video/2", "4000", "0.35", "刘先生"))       // 7
	d.row(order("310", "https://tiktok.com/@cleo/video/3", "4000", "0.35", "-1"))        // 8
	d.row(order("101", "https://instagram.com/dora", "700", "0.9", "@dora"))             // 9
	invalid := order("101", "https://instagram.com/emil", "25", "0.9", "")               // 10
	invalid.State, invalid.Problems = journal.Invalid, []parse.Problem{below(10)}
	d.row(invalid)
	held := order("101", "https://instagram.com/anna", "1000", "0.9", "twice?") // 11
	held.State, held.Reason, held.Note = journal.Held, journal.Duplicate, "duplicate of row 2"
	d.row(held)
	skipped := order("101", "https://instagram.com/finn", "100", "0.9", "done in April") // 12
	skipped.State, skipped.Note = journal.Skipped, "the sheet says that it is order 23501"
	skipped.Params = append(skipped.Params, panel.Param{Name: "order_id", Value: "23501"})
	d.row(skipped)
	subscription := journal.Entry{
		Cells:   []string{"400", "gina", "", ""},
		Service: "400",
		Target:  "400 gina",
		State:   journal.Queued,
		Rate:    dec("2"),
		Params:  []panel.Param{{Name: "service", Value: "400"}, {Name: "username", Value: "gina"}},
	} // 13
	subscription.Units.Low, subscription.Units.High = decimal.NewNullDecimal(dec("1")), decimal.NewNullDecimal(dec("5"))
	subscription.Problems = []parse.Problem{
		{
			Sheet:   "Orders",
			Column:  "C",
			Row:     13,
			Field:   "quantity",
			Rule:    "quantity-not-sent",
			Wrong:   "is not sent",
			Mend:    "empty the cell",
			Warning: true,
		},
	}
	d.row(subscription)
	d.admit(catalogue()...)
	d.send(2, placed("900719925474099312"))
	d.send(3, placed("1000002"))
	d.send(4, placed("1000003"))
	d.send(5, placed("1000004"))
	d.send(6, placed("1000005"))
	d.send(
		7,
		journal.Outcome{
			State:   journal.InDoubt,
			Note:    "the answer ended in the middle; it may have been ordered",
			Attempt: journal.Attempt{Verdict: "unknown"},
		},
	)
	d.send(8, journal.Outcome{State: journal.Sending})
	d.send(
		9,
		journal.Outcome{
			State:   journal.Refused,
			Note:    "the panel said: Incorrect link",
			Attempt: journal.Attempt{Verdict: "refused", Words: "Incorrect link"},
		},
	)
	d.check(2, charged("0.9", "Completed", "1520", "0"))
	d.check(3, charged("2.25", "In progress", "310", "1200"))
	d.check(4, charged("12.345678", "Completed", "0", "0"))
	d.check(5, charged("1.2345678901234567", "Partial", "n/a", "-4000"))
	must(
		t,
		d.j.Note(
			d.Batch,
			journal.Run{Started: start(), Ended: start().Add(10 * time.Minute), By: "mia", Currency: "USD",
				BalanceBefore: decimal.NewNullDecimal(
					dec("100.8429200"),
				), BalanceAfter: decimal.NewNullDecimal(dec("84.11"))},
		),
	)
	return d, d.reload()
}
