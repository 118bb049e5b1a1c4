package terminal

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/reporttest"
)

func TestCheckedTellsAPerson(t *testing.T) {
	var all journal.Totals
	all.Add(reporttest.Order("101", "a", "1000", "0.9", ""), 1200)
	all.Add(reporttest.Order("102", "b", "5000", "1.2345678", ""), 2)
	all.Add(journal.Entry{State: journal.Invalid}, 21)
	c := Check{
		Batch: journal.Batch{
			Panel:         "sandbox",
			Sheet:         "may.xlsx",
			Currency:      "USD",
			BalanceBefore: decimal.NewNullDecimal(reporttest.Dec("1000")),
		},
		Totals:   all,
		Notes:    []string{"the header was found in row 3"},
		Rate:     "60 a minute",
		Time:     20*time.Minute + 2*time.Second,
		Services: []report.Service{{ID: "101", Name: "Followers \x1b[31m\u202e"}, {ID: "102", Name: "Views 赞"}},
	}
	for i := range 20 {
		c.Problems = append(c.Problems, reporttest.Below(10+i))
	}
	c.Problems = append(
		c.Problems,
		parse.Problem{
			Sheet:  "Orders",
			Column: "B",
			Row:    31,
			Field:  "link",
			Rule:   "field-missing",
			Wrong:  "is missing",
			Mend:   "fill in link",
		},
		parse.Problem{
			Sheet:   "Orders",
			Column:  "D",
			Row:     40,
			Field:   "runs",
			Rule:    "runs-times-quantity",
			Found:   "90",
			Wrong:   "is much",
			Mend:    "see a pilot",
			Warning: true,
		},
	)
	var out bytes.Buffer
	c.ToSend = c.Totals
	c.ToSend.Rows, c.Next = 1202, "bulkorder run may.xlsx --panel sandbox"
	Screen{Out: &out}.Checked(c)
	const want = `may.xlsx for sandbox: 1,223 rows
  queued        1,202
  invalid          21
  note: the header was found in row 3

Problems, by what mends them
  Quantity below minimum (20 rows)
    Orders!C10 quantity: 25 is below the minimum 50 of service 101 "Instagram Followers"; use 50 to 10000
    Orders!C11 quantity: 25 is below the minimum 50 of service 101 "Instagram Followers"; use 50 to 10000
    Orders!C12 quantity: 25 is below the minimum 50 of service 101 "Instagram Followers"; use 50 to 10000
    and 17 more: rows 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29
  Field missing (1 row)
    Orders!B31 link: is missing; fill in link
  Runs times quantity (1 row, a warning: no row waits for it)
    Orders!D40 runs: 90 is much; see a pilot

Estimated charge, of what would be sent
  Service  Name                         Rows  Estimated USD
  101      Followers \u001b[31m\u202e  1,200       1,080.00
  102      Views 赞                        2      12.345678
  all                                  1,202   1,092.345678
  balance: 1,000.00 USD, and an estimated -92.345678 USD after it: it is short
  time: about 20 min 2 s for 1,202 rows at 60 a minute

What a check can't know
  - whether the links exist, are public, and stay so
  - whether the panel takes the orders: it may refuse a row that looks right
  - what was ordered for the same links outside this tool
  - whether prices change: while rows leave, they are looked at every minute or 500 orders

Next: bulkorder run may.xlsx --panel sandbox
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestFinishedTellsAPerson(t *testing.T) {
	d := reporttest.EveryState(t)
	r := report.NewResult(d.Batch, d.Totals())
	r.Workbook, r.Stop = "may.results.xlsx", &report.Stop{Why: "ill", Words: "three doubts in a row"}
	var out bytes.Buffer
	Screen{Out: &out}.Finished(r)
	const want = `Stopped early: three doubts in a row
Batch 3f9c1a20be on sandbox: 12 rows of may orders.xlsx
  placed            5
  queued            1
  in doubt          2
  refused           1
  held              1
  invalid           1
  skipped           1
  charged: 16.7302458901234567 USD; estimated: 27.398517 USD for all 10 valid rows (37.398517 USD at most)` +
		`; the panel hasn't told the charge of 1 order
  balance: 100.84292 USD before, 84.11 USD after
  results: may.results.xlsx

2 rows may have been ordered: don't order them again by hand ` +
		`before \x60bulkorder settle 3f9c1a20be\x60 has looked for them.
1 row is still to be sent: \x60bulkorder resume 3f9c1a20be\x60 goes on; what is placed is never sent twice.
Rows that were refused may have been ordered all the same, while others are in doubt: settle those before you order any of them again.
1 row was not placed: correct it in the sheet "To fix" of the results workbook and run that sheet.
1 row held (row 11): equal to another row; \x60bulkorder resume 3f9c1a20be --release 11\x60 sends row 11.

Next: bulkorder settle 3f9c1a20be
`
	if diff := cmp.Diff(strings.ReplaceAll(want, `\x60`, "`"), out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestNoTextActsOnTheTerminal(t *testing.T) {
	d := reporttest.EveryState(t)
	const evil = "\x1b]0;owned\x07\u202e\r\n\x9b1A"
	e := d.Entry(7)
	e.Note, e.Cells, e.Candidate = evil, []string{evil, evil}, evil
	d.Batch.Panel, d.Batch.Sheet, d.Batch.Currency, d.Batch.By, d.Batch.Columns = evil, evil, evil, evil, []string{evil}
	all := d.Totals()
	all.Statuses[evil] = journal.Sum{Rows: 1}
	r := report.NewResult(d.Batch, all)
	r.Stop = &report.Stop{Words: evil}
	var out bytes.Buffer
	screen := Screen{Out: &out, Width: 80}
	screen.Finished(r)
	screen.Batches([]Listed{{d.Batch, all}})
	screen.Services([]report.Service{{ID: evil, Name: evil, Type: evil, Category: evil}}, evil)
	screen.Show(Details{Batch: d.Batch, Totals: all, Services: []report.Service{{ID: "101", Name: evil}},
		Doubts: []journal.Entry{e}})
	screen.Explain(
		[]report.Life{{
			Batch:     d.Batch,
			Entry:     e,
			Attempts:  []journal.Attempt{{N: 1, Answer: evil, Verdict: evil}},
			Decisions: []journal.Decision{{By: evil, Reason: evil}},
			Statuses: []journal.Past{
				{Status: evil, Currency: evil, StartCount: evil, Remains: evil},
			},
			Requests: []journal.Request{{By: evil, Ref: evil, Status: evil, Words: evil}},
		}},
	)
	r.Refreshed, r.Requests = &report.Refreshed{
		Lost: evil,
	}, &report.Requests{
		Taken: 1,
		Rows:  []report.RequestedRow{{OrderID: evil, Ref: evil, Words: evil}},
	}
	screen.Refreshed(r)
	screen.Requested(r)
	screen.Checked(
		Check{
			Batch:    d.Batch,
			Totals:   all,
			Notes:    []string{evil},
			Rate:     evil,
			Problems: []parse.Problem{{Rule: evil, Wrong: evil, Field: evil, Sheet: evil}},
		},
	)
	p := NewProgress(&out, false, false)
	p.Show(1, 1, 0, 0, 0, evil, 0)
	p.Done()
	for _, bad := range []string{"\x1b", "\x07", "\u202e", "\r", "\x9b"} {
		if strings.Contains(out.String(), bad) {
			t.Errorf("%q reaches the terminal", bad)
		}
	}
}

func TestTablesFitTheTerminal(t *testing.T) {
	var out bytes.Buffer
	Screen{Out: &out, Width: 44}.Table([]string{"Service", "Name", "Rate"}, [][]string{
		{"101", "Instagram Followers from everywhere, refilled", "0.90"},
		{"7", "赞赞赞赞赞赞赞赞赞赞赞赞赞赞赞赞赞赞", "1,200.00"},
		{"12", "short", ""},
	})
	const want = `  Service  Name                         Rate
      101  Instagram Followers fr…      0.90
        7  赞赞赞赞赞赞赞赞赞赞赞…  1,200.00
       12  short
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
	for line := range strings.Lines(out.String()) {
		if n := report.Width(strings.TrimSuffix(line, "\n")); n > 44 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// TestATableInFull: whoever wants it wide has it on one line a row, however narrow the terminal is.
func TestATableInFull(t *testing.T) {
	var out bytes.Buffer
	Screen{Out: &out, Width: 20, Wide: true}.Table([]string{"Service", "Name"},
		[][]string{{"101", "Instagram Followers from everywhere, refilled"}})
	if want := "  Service  Name\n      101  Instagram Followers from everywhere, refilled\n"; out.String() != want {
		t.Errorf("%q", out.String())
	}
}

func TestProgressWithoutATerminalIsALineNowAndThen(t *testing.T) {
	var out bytes.Buffer
	clock := reporttest.Start()
	p := NewProgress(&out, false, false)
	p.now = func() time.Time { return clock }
	for i := range 26 {
		p.Show(1100, i*40, 1, i/20, 1099-i*40-i/20, "1.50 USD", time.Duration(25-i)*time.Second)
		clock = clock.Add(time.Second)
	}
	p.Done()
	p.Done()
	const want = `401 of 1,100 rows: 400 placed, 1 refused, 699 left, estimated at 1.50 USD, about 15 s to go
802 of 1,100 rows: 800 placed, 1 refused, 1 in doubt, 298 left, estimated at 1.50 USD, about 5 s to go
1,002 of 1,100 rows: 1,000 placed, 1 refused, 1 in doubt, 98 left, estimated at 1.50 USD
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestProgressOnATerminalIsABarThatGoesAway(t *testing.T) {
	var out bytes.Buffer
	clock := reporttest.Start()
	p := NewProgress(&out, true, false)
	p.now = func() time.Time { return clock }
	for placed := range 101 {
		clock = clock.Add(barEvery)
		p.Show(100, placed, 0, 0, 100-placed, "0.10 USD", time.Minute)
	}
	p.Done()
	p.Done()
	if s := out.String(); !strings.Contains(s, "50%") ||
		!strings.Contains(s, "50 placed, 50 left, estimated at 0.10 USD, about 1 min 0 s to go") ||
		strings.Contains(s, "\n") {
		t.Errorf("the bar was %q", s)
	}
	if !strings.HasSuffix(out.String(), "\x1b[2K\r") {
		t.Errorf("the bar stays: %q", out.String()[max(0, out.Len()-80):])
	}
}

func TestAWaitIsTold(t *testing.T) {
	until := reporttest.Start().Add(3 * time.Minute)
	for _, c := range []struct {
		terminal bool
		want     string
	}{
		{false, "waits until 09:33:00 for late orders\n"},
		{true, "\r⠋ waits until 09:33:00 for late orders"},
	} {
		var out bytes.Buffer
		p := NewProgress(&out, c.terminal, false)
		p.Show(3, 2, 0, 1, 0, "", 0)
		shown := out.Len()
		for range 5 {
			p.Wait("for late orders", until)
		}
		told := out.String()[shown:]
		if !strings.Contains(told, c.want) || strings.Count(told, "\n") != strings.Count(c.want, "\n") {
			t.Errorf("terminal %v: %q", c.terminal, told)
		}
		p.Show(3, 3, 0, 0, 0, "", 0)
		p.Done()
		if c.terminal && !strings.HasSuffix(out.String(), "\x1b[2K\r") {
			t.Errorf("it stays: %q", out.String())
		}
	}
}

// TestABarFitsTheTerminalThatItIsOn, also where that became narrower meanwhile: then its line was broken.
func TestABarFitsTheTerminalThatItIsOn(t *testing.T) {
	var out bytes.Buffer
	clock, columns := reporttest.Start(), 120
	p := NewProgress(&out, true, false).Within(func() int { return columns })
	p.now = func() time.Time { return clock }
	show := func() string {
		from := out.Len()
		clock = clock.Add(barEvery)
		p.Show(1000, 400, 10, 3, 587, "1234.50 USD", time.Hour)
		return out.String()[from:]
	}
	wide := show()
	columns = 30
	narrow := show()
	if !strings.HasPrefix(narrow, "\x1b[3A\r\x1b[J") { // four lines high
		t.Errorf("it was taken away by %q", narrow)
	}
	for said, most := range map[string]int{wide: 120, narrow: 30} {
		last := strings.TrimSuffix(said[strings.LastIndex(said, "\r")+1:], "\x1b[0K")
		if n := report.Width(last); n == 0 || n >= most {
			t.Errorf("%d columns of %d: %q", n, most, last)
		}
	}
}

func TestProgressAsJSON(t *testing.T) {
	var out bytes.Buffer
	clock := reporttest.Start()
	p := NewProgress(&out, true, false).AsJSON()
	p.now = func() time.Time { return clock }
	for i := range 12 {
		p.Show(100, i, 1, 2, 97-i, "", 90*time.Second)
		clock = clock.Add(time.Second)
	}
	p.Wait("for late orders", clock)
	p.Wait("for late orders", clock)
	p.Done()
	const want = `{"progress":{"total":100,"placed":10,"refused":1,"in_doubt":2,"left":87,"remaining_seconds":90}}
{"waiting":"for late orders","until":"2026-05-04T09:30:12Z"}
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestQuietProgressIsSilent(t *testing.T) {
	var out bytes.Buffer
	p := NewProgress(&out, true, true)
	p.Show(10, 1, 1, 1, 7, "1 USD", time.Minute)
	p.Done()
	if out.Len() > 0 {
		t.Errorf("%q", out.String())
	}
}

// TestATableThatDoesntFit: rows whose numbers alone are wider than the screen are told one below the other, whole.
func TestATableThatDoesntFit(t *testing.T) {
	var out bytes.Buffer
	Screen{Out: &out, Width: 40}.Table([]string{"Batch", "Sheet", "Rows", "Placed", "Queued", "In doubt", "Charged", ""},
		[][]string{{"c117b92f48", "orders.xlsx", "24,000", "21,000", "0", "", "24.9749025", "USD"}})
	const want = "  c117b92f48\n    Sheet orders.xlsx, Rows 24,000,\n    Placed 21,000, Queued 0, Charged\n    24.9749025, USD\n"
	if out.String() != want {
		t.Errorf("got\n%s", &out)
	}
}

func TestWhatWentWrongIsBrokenBetweenWords(t *testing.T) {
	for width, want := range map[int]string{
		0:  "bulkorder: explain needs the row's number in the sheet\n",
		80: "bulkorder: explain needs the row's number in the sheet\n",
		40: "bulkorder: explain needs the row's\n  number in the sheet\n",
	} {
		var out bytes.Buffer
		if (Screen{Out: &out, Width: width}).Wrong("explain needs the row's number in the sheet"); out.String() != want {
			t.Errorf("%d columns: %q", width, &out)
		}
	}
}
