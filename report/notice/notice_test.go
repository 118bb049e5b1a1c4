package notice

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/report"
	"bulkorder/report/reporttest"
)

// told1998 is a batch that went well, but for two rows.
func told1998() report.Result {
	return report.Result{
		Batch:    "1a2b3c",
		Panel:    "igwish",
		Sheet:    "/home/mia/orders.xlsx",
		Workbook: "/home/mia/orders.results.xlsx",
		Rows: report.Counts{
			Total:   2000,
			Valid:   2000,
			Placed:  1998,
			Refused: 2,
		},
		Money: report.Money{
			Estimated:     decimal.NewNullDecimal(reporttest.Dec("0")),
			Charged:       decimal.NewNullDecimal(reporttest.Dec("12.4")),
			Currency:      "USD",
			BalanceBefore: decimal.NewNullDecimal(reporttest.Dec("100")),
		},
		Statuses: map[string]int{
			"Completed": 1990,
			"Partial":   8,
		},
		Next: `bulkorder run /home/mia/orders.results.xlsx --sheet "To fix" --panel igwish`,
	}
}

func TestTheTextOfANotice(t *testing.T) {
	for _, tt := range []struct {
		name  string
		event Event
		edit  func(*report.Result)
		want  string
	}{
		{"finished", Finished, func(*report.Result) {},
			"bulkorder: batch 1a2b3c of orders.xlsx on igwish is finished: 1,998 placed, 2 refused; charged 12.40 USD."},
		{"stopped", Stopped, func(r *report.Result) {
			r.Rows.Queued, r.Rows.Placed, r.Stop = 1990, 8, &report.Stop{Why: "funds", Words: "the balance is short."}
		}, "bulkorder: batch 1a2b3c of orders.xlsx on igwish stopped early: the balance is short; 8 placed, 2 refused, 1," +
			"990 queued; charged 12.40 USD. Next: bulkorder resume 1a2b3c"},
		{"stopped without a word", Stopped, func(r *report.Result) { r.Rows = report.Counts{Queued: 1} },
			"bulkorder: batch 1a2b3c of orders.xlsx on igwish stopped before its end; 1 queued; charged 12.40 USD. Next: " +
				"bulkorder resume 1a2b3c"},
		{"one in doubt", InDoubt, func(r *report.Result) { r.Rows.InDoubt, r.Rows.Queued = 1, 5 },
			"bulkorder: batch 1a2b3c of orders.xlsx on igwish has ended, and 1 row is in doubt and may have been ordered: 1," +
				"998 placed, 2 refused, 1 in doubt, 5 queued; charged 12.40 USD. Next: bulkorder settle 1a2b3c"},
		{"many in doubt", InDoubt, func(r *report.Result) { r.Rows = report.Counts{InDoubt: 3000} },
			"bulkorder: batch 1a2b3c of orders.xlsx on igwish has ended, and 3,000 rows are in doubt and may have been " +
				"ordered: 3,000 in doubt; charged 12.40 USD. Next: bulkorder settle 1a2b3c"},
		{"final", Final, func(*report.Result) {},
			"bulkorder: no order of batch 1a2b3c of orders.xlsx on igwish changes any more: 1,990 Completed, 8 Partial; " +
				"charged 12.40 USD."},
		{"from standard input", Finished, func(r *report.Result) { r.Sheet = "-" },
			"bulkorder: batch 1a2b3c of a sheet on igwish is finished: 1,998 placed, 2 refused; charged 12.40 USD."},
		{"a path of Windows", Finished, func(r *report.Result) { r.Sheet = `C:\mia\may.csv` },
			"bulkorder: batch 1a2b3c of may.csv on igwish is finished: 1,998 placed, 2 refused; charged 12.40 USD."},
	} {
		r := told1998()
		tt.edit(&r)
		if diff := cmp.Diff(tt.want, Notice{Event: tt.event, Result: r}.Text()); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}

func TestWhatANoticeIsCalled(t *testing.T) {
	for _, tt := range []struct {
		name string
		r    report.Result
		want Event
	}{
		{"all is placed", report.Result{Rows: report.Counts{Placed: 3, Refused: 1}}, Finished},
		{"rows are left", report.Result{Rows: report.Counts{Queued: 1}}, Stopped},
		{"it was stopped", report.Result{Stop: &report.Stop{}}, Stopped},
		{"doubt wins", report.Result{Rows: report.Counts{Queued: 1, InDoubt: 1}, Stop: &report.Stop{}}, InDoubt},
	} {
		if got := EventOf(tt.r); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestChatsAreNotActedUpon: what a sheet or a panel is called calls nobody, links nowhere and breaks no line.
func TestChatsAreNotActedUpon(t *testing.T) {
	r := told1998()
	r.Sheet = "<!channel> @everyone <@U123> *b* `c` [x](https://evil.example) &lt;!here&gt; \x1b[2J\u202e\n.xlsx"
	r.Panel, r.Money.Currency = "<!here>", "@all"
	r.Statuses = map[string]int{"<https://evil.example|Completed>": 1, "@here\n": 1}
	r.Stop = &report.Stop{Words: "the panel says: <!channel> https://evil.example " + strings.Repeat("very long ", 1000)}
	for _, event := range []Event{Finished, Stopped, InDoubt, Final} {
		text := Notice{Event: event, Result: r}.Text()
		for _, sign := range []string{"<", ">", "@", "&", "*", "`", "[", "://", "|", "\x1b", "\u202e", "\n"} {
			if strings.Contains(text, sign) {
				t.Errorf("%s: %q is in %q", event, sign, text)
			}
		}
		if !strings.Contains(text, "charged 12.40") || len(text) > 2000 {
			t.Errorf("%s: %d bytes: %q", event, len(text), text)
		}
	}
	body, err := Notice{Event: Finished, Result: r, At: reporttest.Start()}.body()
	reporttest.Must(t, err)
	for _, sign := range []string{"<!channel>", "<!here>", `\n.xlsx"`, "\u202e", `\u001b`} {
		if strings.Contains(strings.ReplaceAll(string(body), `\\`, ""), sign) {
			t.Errorf("%q is in %s", sign, body)
		}
	}
}

func TestTheBodyOfANotice(t *testing.T) {
	body, err := Notice{Event: Finished, Result: told1998(), At: reporttest.Start().In(time.FixedZone("", 7200))}.body()
	reporttest.Must(t, err)
	const want = `{"event":"finished","text":"bulkorder: batch 1a2b3c of orders.xlsx on igwish is finished: 1,998 ` +
		`placed, 2 refused; charged 12.40 USD.",` +
		`"batch":"1a2b3c","panel":"igwish","sheet":"orders.xlsx",` +
		`"rows":{"total":2000,"valid":2000,"invalid":0,"held":0,"skipped":0,"queued":0,"placed":1998,"refused":2,` +
		`"in_doubt":0},` +
		`"money":{"estimated":"0","charged":"12.4","currency":"USD","balance_before":"100","balance_after":null,` +
		`"unknown":0,"uncharged":0},` +
		`"statuses":{"Completed":1990,"Partial":8},"next":"bulkorder run orders.results.xlsx --sheet \"To fix\" --panel ` +
		`igwish","at":"2026-05-04T09:30:00Z"}`
	if diff := cmp.Diff(want, string(body)); diff != "" {
		t.Error(diff)
	}
	if body, err = (Notice{}).body(); err != nil || !json.Valid(body) ||
		!strings.Contains(string(body), `"statuses":{}`) {
		t.Errorf("of nothing: %s, %v", body, err)
	}
}

// TestANoticeTellsWhatIsWarnedOf: nobody watched when these rows were held.
func TestANoticeTellsWhatIsWarnedOf(t *testing.T) {
	r := report.Result{Batch: "b1", Panel: "p", Sheet: "s.csv", Held: []report.HeldGroup{
		{Reason: journal.Duplicate, Rows: 2}, {Reason: journal.Warned, Rows: 13, Warnings: []string{"platform", "struck"}},
	}}
	text := Notice{Event: Finished, Result: r}.Text()
	if !strings.HasSuffix(text, " Held: 13 rows, warned of and not accepted (platform, struck).") {
		t.Error(text)
	}
}
