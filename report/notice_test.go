package report

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
)

// told1998 is a batch that went well, but for two rows.
func told1998() Result {
	return Result{
		Batch:    "1a2b3c",
		Panel:    "igwish",
		Sheet:    "/home/mia/orders.xlsx",
		Workbook: "/home/mia/orders.results.xlsx",
		Rows: Counts{
			Total:   2000,
			Valid:   2000,
			Placed:  1998,
			Refused: 2,
		},
		Money: Money{
			Estimated:     decimal.NewNullDecimal(dec("0")),
			Charged:       decimal.NewNullDecimal(dec("12.4")),
			Currency:      "USD",
			BalanceBefore: decimal.NewNullDecimal(dec("100")),
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
		edit  func(*Result)
		want  string
	}{
		{"finished", EventFinished, func(*Result) {}, "bulkorder: batch 1a2b3c of orders.xlsx on igwish is finished: 1,998 placed, 2 refused; charged 12.40 USD."},
		{"stopped", EventStopped, func(r *Result) {
			r.Rows.Queued, r.Rows.Placed, r.Stop = 1990, 8, &Stop{Why: "funds", Words: "the balance is short."}
		}, "bulkorder: batch 1a2b3c of orders.xlsx on igwish stopped early: the balance is short; 8 placed, 2 refused, 1,990 queued; charged 12.40 USD. Next: bulkorder resume 1a2b3c"},
		{"stopped without a word", EventStopped, func(r *Result) { r.Rows = Counts{Queued: 1} },
			"bulkorder: batch 1a2b3c of orders.xlsx on igwish stopped before its end; 1 queued; charged 12.40 USD. Next: bulkorder resume 1a2b3c"},
		{"one in doubt", EventInDoubt, func(r *Result) { r.Rows.InDoubt, r.Rows.Queued = 1, 5 },
			"bulkorder: batch 1a2b3c of orders.xlsx on igwish has ended, and 1 row is in doubt and may have been ordered: 1,998 placed, 2 refused, 1 in doubt, 5 queued; charged 12.40 USD. Next: bulkorder settle 1a2b3c"},
		{"many in doubt", EventInDoubt, func(r *Result) { r.Rows = Counts{InDoubt: 3000} },
			"bulkorder: batch 1a2b3c of orders.xlsx on igwish has ended, and 3,000 rows are in doubt and may have been ordered: 3,000 in doubt; charged 12.40 USD. Next: bulkorder settle 1a2b3c"},
		{"final", EventFinal, func(*Result) {}, "bulkorder: no order of batch 1a2b3c of orders.xlsx on igwish changes any more: 1,990 Completed, 8 Partial; charged 12.40 USD."},
		{"from standard input", EventFinished, func(r *Result) { r.Sheet = "-" }, "bulkorder: batch 1a2b3c of a sheet on igwish is finished: 1,998 placed, 2 refused; charged 12.40 USD."},
		{"a path of Windows", EventFinished, func(r *Result) { r.Sheet = `C:\mia\may.csv` }, "bulkorder: batch 1a2b3c of may.csv on igwish is finished: 1,998 placed, 2 refused; charged 12.40 USD."},
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
		r    Result
		want Event
	}{
		{"all is placed", Result{Rows: Counts{Placed: 3, Refused: 1}}, EventFinished},
		{"rows are left", Result{Rows: Counts{Queued: 1}}, EventStopped},
		{"it was stopped", Result{Stop: &Stop{}}, EventStopped},
		{"doubt wins", Result{Rows: Counts{Queued: 1, InDoubt: 1}, Stop: &Stop{}}, EventInDoubt},
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
	r.Stop = &Stop{Words: "the panel says: <!channel> https://evil.example " + strings.Repeat("very long ", 1000)}
	for _, event := range []Event{EventFinished, EventStopped, EventInDoubt, EventFinal} {
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
	body, err := Notice{Event: EventFinished, Result: r, At: start()}.body()
	must(t, err)
	for _, sign := range []string{"<!channel>", "<!here>", `\n.xlsx"`, "\u202e", `\u001b`} {
		if strings.Contains(strings.ReplaceAll(string(body), `\\`, ""), sign) {
			t.Errorf("%q is in %s", sign, body)
		}
	}
}

func TestTheBodyOfANotice(t *testing.T) {
	body, err := Notice{Event: EventFinished, Result: told1998(), At: start().In(time.FixedZone("", 7200))}.body()
	must(t, err)
	const want = `{"event":"finished","text":"bulkorder: batch 1a2b3c of orders.xlsx on igwish is finished: 1,998 placed, 2 refused; charged 12.40 USD.",` +
		`"batch":"1a2b3c","panel":"igwish","sheet":"orders.xlsx",` +
		`"rows":{"total":2000,"valid":2000,"invalid":0,"held":0,"skipped":0,"queued":0,"placed":1998,"refused":2,"in_doubt":0},` +
		`"money":{"estimated":"0","charged":"12.4","currency":"USD","balance_before":"100","balance_after":null,"unknown":0,"uncharged":0},` +
		`"statuses":{"Completed":1990,"Partial":8},"next":"bulkorder run orders.results.xlsx --sheet \"To fix\" --panel igwish","at":"2026-05-04T09:30:00Z"}`
	if diff := cmp.Diff(want, string(body)); diff != "" {
		t.Error(diff)
	}
	if body, err = (Notice{}).body(); err != nil || !json.Valid(body) ||
		!strings.Contains(string(body), `"statuses":{}`) {
		t.Errorf("of nothing: %s, %v", body, err)
	}
}
