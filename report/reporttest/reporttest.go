// Package reporttest makes batches for the tests of what reports on them.
package reporttest

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

// Start is when the test batches ran.
func Start() time.Time { return time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC) }

func Dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Sample is a journal with one batch in it, to be filled.
type Sample struct {
	t       testing.TB
	Journal *journal.Journal
	Draft   *journal.Draft
	Batch   journal.Batch
	line    int
}

func NewSample(t testing.TB, columns ...string) *Sample {
	t.Helper()
	j, err := journal.Open(context.Background(), filepath.Join(t.TempDir(), "journal.db"))
	Must(t, err)
	t.Cleanup(func() { Must(t, j.Close()) })
	if columns == nil {
		columns = []string{"Service", "Link", "Quantity", "Note"}
	}
	d, err := j.Draft(
		journal.Batch{
			Panel:   "sandbox",
			URL:     "http://127.0.0.1:8080/api/v2",
			Sheet:   "may orders.xlsx",
			Columns: columns,
			Created: Start(),
			By:      "mia",
		},
	)
	Must(t, err)
	return &Sample{t: t, Journal: j, Draft: d, line: 1}
}

// Row adds an entry below the one before; fields that are empty are filled in.
func (d *Sample) Row(e journal.Entry) {
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
	Must(d.t, d.Draft.Add(e))
}

// Order is a row that can be sent.
func Order(service, link, quantity, rate string, note string) journal.Entry {
	units := Dec(quantity).Shift(-3)
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
		Rate:  Dec(rate),
		Units: journal.Exactly(units),
	}
}

func (d *Sample) Admit(services ...panel.Service) journal.Batch {
	d.t.Helper()
	r := journal.Reading{Fingerprint: "print", Worksheet: "Orders", Notes: []string{"2 blank rows were passed over"}}
	for _, s := range services {
		r.Services = append(r.Services, journal.Service{Panel: "sandbox", Service: s})
	}
	Must(d.t, d.Draft.Finish(r))
	b, err := d.Draft.Admit(context.Background(), "3f9c1a20be", journal.Repeats{})
	Must(d.t, err)
	d.Batch = b
	return b
}

// Totals counts the batch.
func (d *Sample) Totals() journal.Totals {
	d.t.Helper()
	totals, err := d.Journal.Totals(context.Background(), d.Batch)
	Must(d.t, err)
	return totals
}

// Send gives the queued row with this number an outcome.
func (d *Sample) Send(line int, o journal.Outcome) {
	d.t.Helper()
	e := d.Entry(line)
	began := Start().Add(time.Duration(line) * time.Second)
	Must(d.t, d.Journal.Intend(d.Batch, e.Seq, began))
	if o.State == journal.Sending {
		return
	}
	o.Seq, o.Attempt.Started, o.Attempt.Ended = e.Seq, began, began.Add(340*time.Millisecond)
	Must(d.t, <-d.Journal.Conclude(d.Batch, o))
}

func (d *Sample) Entry(line int) journal.Entry {
	d.t.Helper()
	for e, err := range d.Journal.Entries(context.Background(), d.Batch) {
		Must(d.t, err)
		if e.Line == line {
			return e
		}
	}
	d.t.Fatalf("there is no row %d", line)
	return journal.Entry{}
}

func (d *Sample) Check(line int, s panel.Status) {
	d.t.Helper()
	_, err := d.Journal.Check(d.Batch, []journal.Checked{{Seq: d.Entry(line).Seq, At: Start().Add(time.Hour), Status: s}})
	Must(d.t, err)
}

func (d *Sample) Reload() journal.Batch {
	d.t.Helper()
	b, err := d.Journal.Batch(context.Background(), d.Batch.ID)
	Must(d.t, err)
	d.Batch = b
	return b
}

func Placed(id string) journal.Outcome {
	return journal.Outcome{
		State:   journal.Placed,
		Attempt: journal.Attempt{Verdict: "placed", OrderID: id, HTTPStatus: 200, Answer: `{"order":` + id + `}`},
	}
}

func Charged(amount, status, start, remains string) panel.Status {
	return panel.Status{
		Status:     status,
		Charge:     decimal.NewNullDecimal(Dec(amount)),
		StartCount: start,
		Remains:    remains,
		Currency:   "USD",
	}
}

func Catalogue() []panel.Service {
	return []panel.Service{
		{
			ID:       "101",
			Name:     "Instagram Followers [Refill 30 days] 🔥",
			Type:     "Default",
			Category: "Instagram",
			Rate:     Dec("0.9"),
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
			Rate:     Dec("1.2345678"),
			Min:      100,
			Max:      500000,
		},
		{
			ID:       "205",
			Name:     "Custom comments, worldwide",
			Type:     "Custom Comments",
			Category: "Instagram",
			Rate:     Dec("12"),
			Min:      5,
			Max:      500,
			Cancel:   true,
		},
		{
			ID:       "310",
			Name:     "TikTok 赞 likes",
			Type:     "Default",
			Category: "TikTok",
			Rate:     Dec("0.35"),
			Min:      10,
			Max:      100000,
		},
		{
			ID:       "400",
			Name:     "New posts subscription",
			Type:     "Subscriptions",
			Category: "Instagram",
			Rate:     Dec("2"),
			Min:      100,
			Max:      5000,
		},
	}
}

func Below(line int) parse.Problem {
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

// EveryState is a batch with rows in each of the states.
func EveryState(t testing.TB) *Sample {
	t.Helper()
	d := NewSample(t)
	d.Row(Order("101", "https://instagram.com/anna", "1000", "0.9", "Anna"))             // 2
	d.Row(Order("101", "https://instagram.com/ben", "2500", "0.9", "=SUM(A1:A9)"))       // 3
	d.Row(Order("102", "https://youtu.be/dQw4w9WgXcQ", "10000", "1.2345678", "+49 170")) // 4
	d.Row(Order("102", "https://youtu.be/abcdefghijk", "5000", "1.2345678", "007"))      // 5
	d.Row(Order("310", "https://tiktok.com/@cleo/video/1", "4000", "0.35", "عميل مهم"))  // 6
	d.Row(Order("310", "https://tiktok.com/@cleo/video/2", "4000", "0.35", "刘先生"))       // 7
	d.Row(Order("310", "https://tiktok.com/@cleo/video/3", "4000", "0.35", "-1"))        // 8
	d.Row(Order("101", "https://instagram.com/dora", "700", "0.9", "@dora"))             // 9
	invalid := Order("101", "https://instagram.com/emil", "25", "0.9", "")               // 10
	invalid.State, invalid.Problems = journal.Invalid, []parse.Problem{Below(10)}
	d.Row(invalid)
	held := Order("101", "https://instagram.com/anna", "1000", "0.9", "twice?") // 11
	held.State, held.Reason, held.Note = journal.Held, journal.Duplicate, "duplicate of row 2"
	d.Row(held)
	skipped := Order("101", "https://instagram.com/finn", "100", "0.9", "done in April") // 12
	skipped.State, skipped.Note = journal.Skipped, "the sheet says that it is order 23501"
	skipped.Params = append(skipped.Params, panel.Param{Name: "order_id", Value: "23501"})
	d.Row(skipped)
	subscription := journal.Entry{
		Cells:   []string{"400", "gina", "", ""},
		Service: "400",
		Target:  "400 gina",
		State:   journal.Queued,
		Rate:    Dec("2"),
		Params:  []panel.Param{{Name: "service", Value: "400"}, {Name: "username", Value: "gina"}},
	} // 13
	subscription.Units.Low, subscription.Units.High = decimal.NewNullDecimal(Dec("1")), decimal.NewNullDecimal(Dec("5"))
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
	d.Row(subscription)
	d.Admit(Catalogue()...)
	d.sendAll()
	return d
}

// sendAll gives the rows of EveryState their endings and statuses.
func (d *Sample) sendAll() {
	d.t.Helper()
	d.Send(2, Placed("900719925474099312"))
	d.Send(3, Placed("1000002"))
	d.Send(4, Placed("1000003"))
	d.Send(5, Placed("1000004"))
	d.Send(6, Placed("1000005"))
	d.Send(
		7,
		journal.Outcome{
			State:   journal.InDoubt,
			Note:    "the answer ended in the middle; it may have been ordered",
			Attempt: journal.Attempt{Verdict: "unknown"},
		},
	)
	d.Send(8, journal.Outcome{State: journal.Sending})
	d.Send(
		9,
		journal.Outcome{
			State:   journal.Refused,
			Note:    "the panel said: Incorrect link",
			Attempt: journal.Attempt{Verdict: "refused", Words: "Incorrect link"},
		},
	)
	d.Check(2, Charged("0.9", "Completed", "1520", "0"))
	d.Check(3, Charged("2.25", "In progress", "310", "1200"))
	d.Check(4, Charged("12.345678", "Completed", "0", "0"))
	d.Check(5, Charged("1.2345678901234567", "Partial", "n/a", "-4000"))
	Must(
		d.t,
		d.Journal.Note(
			d.Batch,
			journal.Run{Started: Start(), Ended: Start().Add(10 * time.Minute), By: "mia", Currency: "USD",
				BalanceBefore: decimal.NewNullDecimal(Dec("100.8429200")), BalanceAfter: decimal.NewNullDecimal(Dec("84.11"))},
		),
	)
	d.Reload()
}

// TwoPanels is a batch that orders on a second panel too, which charges in this currency.
func TwoPanels(t testing.TB, currency string) *Sample {
	t.Helper()
	d := NewSample(t)
	first := Order("101", "https://example.com/a", "1000", "2", "")
	first.Panel, first.Key = "sandbox", "first"
	Must(t, d.Draft.Add(first))
	other := Order("101", "https://example.com/b", "1000", "3", "")
	other.Panel, other.Key = "second", "other"
	Must(t, d.Draft.Add(other))
	service := panel.Service{ID: "101", Name: "Followers", Type: "Default", Min: 1, Max: 10000}
	Must(t, d.Draft.Finish(journal.Reading{Fingerprint: "print", Worksheet: "Orders",
		Services: []journal.Service{{Panel: "sandbox", Service: service}, {Panel: "second", Service: service}},
		Accounts: []journal.Account{{Panel: "sandbox"}, {Panel: "second", Currency: currency}}}))
	b, err := d.Draft.Admit(context.Background(), "b1", journal.Repeats{})
	Must(t, err)
	Must(t, d.Journal.Note(b, journal.Run{Currency: "USD"}))
	b, err = d.Journal.Batch(context.Background(), "b1")
	Must(t, err)
	d.Batch = b
	return d
}
