package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report/reporttest"
)

func TestResultAsJSON(t *testing.T) {
	d := reporttest.EveryState(t)
	r := NewResult(d.Batch, d.Totals())
	r.Workbook = "/tmp/a & b.xlsx"
	r.Stop = &Stop{Why: "ill", Words: "three doubts in a row"}
	r.AddProblems([]parse.Problem{reporttest.Below(10)})
	var out bytes.Buffer
	reporttest.Must(t, WriteObject(&out, r))
	const want = `{"batch":"3f9c1a20be","panel":"sandbox","sheet":"may orders.xlsx",` +
		`"rows":{"total":12,"valid":10,"invalid":1,"held":1,"skipped":1,"queued":1,"placed":5,"refused":1,"in_doubt":2},` +
		`"money":{"estimated":"27.398517","estimated_up_to":"37.398517","charged":"16.7302458901234567","currency":"USD",` +
		`"balance_before":"100.84292","balance_after":"84.11","unknown":1,"uncharged":1},` +
		`"statuses":{"Completed":2,"In progress":1,"Partial":1},"workbook":"/tmp/a & b.xlsx","next":"bulkorder settle ` +
		`3f9c1a20be",` +
		`"problems":[{"row":10,"cell":"C10","field":"quantity","found":"25","expected":"is below the minimum 50 of ` +
		`service 101 \"Instagram Followers\"","mend":"use 50 to 10000","rule":"quantity-below-minimum",` +
		`"text":"Orders!C10 quantity: 25 is below the minimum 50 of service 101 \"Instagram Followers\"; use 50 to 10000",` +
		`"warning":false}],` +
		`"stop":{"why":"ill","words":"three doubts in a row"},"by":"mia","started":"2026-05-04T09:30:00Z",` +
		`"problem_groups":[{"rule":"quantity-below-minimum","title":"Quantity below minimum","rows":1,"warning":false,` +
		`"mend":"use 50 to 10000","first":[10]}],"held_rows":[{"reason":"duplicate","why":"equal to another row","rows":1,` +
		`"first":[11],"release":"\x60--allow-duplicates\x60 sends it too",` +
		`"command":"bulkorder resume 3f9c1a20be --allow-duplicates"}]}` + "\n"
	if diff := cmp.Diff(strings.ReplaceAll(want, `\x60`, "`"), out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestUnknownBalancesAreNullAndNoProblemsAreAList(t *testing.T) {
	r := NewResult(journal.Batch{}, journal.Totals{})
	r.AddProblems(nil)
	var out bytes.Buffer
	reporttest.Must(t, WriteObject(&out, r))
	for _, want := range []string{`"balance_before":null`, `"problems":[]`, `"statuses":{}`, `"estimated":"0"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not in %s", want, out.String())
		}
	}
	for _, no := range []string{"estimated_up_to", "stop"} {
		if strings.Contains(out.String(), no) {
			t.Errorf("%s is in %s", no, out.String())
		}
	}
}

// TestRefusedRowsThatMayBeOrderedArentToBeCorrected and ordered again, before a person has answered the alarm.
func TestRefusedRowsThatMayBeOrderedArentToBeCorrected(t *testing.T) {
	totals := journal.Totals{Rows: 40, States: map[journal.State]int{journal.Placed: 10, journal.Refused: 30},
		Alarms: []journal.Alarm{{
			Seq: 4, Line: parse.Line{N: 5}, OrderID: journal.UnknownOrder, Words: "0.1 left the balance",
		}}}
	r := NewResult(journal.Batch{ID: "b", Workbook: "b.xlsx", Written: 1}, totals)
	if advice := strings.Join(r.Advice(), " "); r.Next != "bulkorder explain b 5" || strings.Contains(advice, SheetToFix) {
		t.Errorf("next is %q: %s", r.Next, advice)
	}
	totals.Alarms = nil
	if r = NewResult(journal.Batch{ID: "b", Workbook: "b.xlsx", Written: 1}, totals); !strings.Contains(r.Next, SheetToFix) {
		t.Errorf("next is %q", r.Next)
	}
}

func TestNextCommand(t *testing.T) {
	for _, c := range []struct {
		name   string
		batch  journal.Batch
		states map[journal.State]int
		want   string
	}{
		{"doubt comes first", journal.Batch{ID: "b1"}, map[journal.State]int{journal.Sending: 1, journal.Queued: 9},
			"bulkorder settle b1"},
		{"then what is to be sent", journal.Batch{ID: "b1"}, map[journal.State]int{journal.Queued: 9, journal.Invalid: 1},
			"bulkorder resume b1"},
		{"then what is to be mended", journal.Batch{ID: "b1", Workbook: "my r.xlsx"},
			map[journal.State]int{journal.Refused: 1, journal.Placed: 4}, `bulkorder run "my r.xlsx" --sheet "To fix"`},
		{"orders that are not final", journal.Batch{ID: "b1"}, map[journal.State]int{journal.Placed: 4},
			"bulkorder refresh b1"},
		{"a checked sheet", journal.Batch{Sheet: "o.xlsx"}, map[journal.State]int{journal.Queued: 4, journal.Invalid: 1},
			"bulkorder run o.xlsx"},
		{"a sheet of problems", journal.Batch{Sheet: "it's $5.xlsx"}, map[journal.State]int{journal.Invalid: 1},
			`bulkorder check 'it'\''s $5.xlsx'`},
		{"nothing", journal.Batch{ID: "b1"}, map[journal.State]int{journal.Skipped: 2}, ""},
	} {
		var all journal.Totals
		for state, n := range c.states {
			all.Add(journal.Entry{State: state}, n)
		}
		if got := Next(c.batch, all); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestRefusedRowsThatAnotherBatchOrdered since aren't to be corrected any more.
func TestRefusedRowsThatAnotherBatchOrdered(t *testing.T) {
	const fix = `bulkorder run b.xlsx --sheet "To fix"`
	for since, next := range map[int]string{0: fix, 1: fix, 2: ""} {
		r := NewResult(journal.Batch{ID: "b", Workbook: "b.xlsx"}, journal.Totals{Elsewhere: since,
			States: map[journal.State]int{journal.Refused: 2}})
		advice := strings.Join(r.Advice(), "\n")
		if r.Next != next || strings.Contains(advice, "correct") != (since < 2) ||
			strings.Contains(advice, "another batch has ordered") != (since > 0) {
			t.Errorf("%d ordered since: next %q; advice: %s", since, r.Next, advice)
		}
	}
}

// TestRefusedRowsThatMayHaveBeenOrdered all the same aren't to be corrected before that is found out.
func TestRefusedRowsThatMayHaveBeenOrdered(t *testing.T) {
	for _, tt := range []struct {
		sentence string
		doubt    int
		owed     *journal.Owed
		next     string
		advice   string
	}{
		{"they weren't", 0, nil, `bulkorder run b.xlsx --sheet "To fix"`, "1 row was not placed: correct it"},
		{"an order of a row in doubt may be theirs", 1, nil, "bulkorder settle b", "while others are in doubt"},
		{"the balance wasn't compared", 0, &journal.Owed{}, "bulkorder settle b",
			"`bulkorder settle b` compares the balance"},
		{"not all was looked at", 0, &journal.Owed{Unlooked: true}, "bulkorder settle b", "`bulkorder settle b` looks at"},
		{"the balance can't be compared", 0, &journal.Owed{Beside: "n"}, "bulkorder settle n",
			"`bulkorder settle n` comes first"},
	} {
		b := journal.Batch{ID: "b", Workbook: "b.xlsx"}
		r := NewResult(b, journal.Totals{Owed: tt.owed,
			States: map[journal.State]int{journal.Refused: 1, journal.InDoubt: tt.doubt}})
		advice := strings.Join(r.Advice(), "\n")
		if r.Next != tt.next || !strings.Contains(advice, tt.advice) ||
			strings.Contains(advice, "correct it") != (tt.doubt == 0 && tt.owed == nil) {
			t.Errorf("%s: next %q, want %q; advice: %s", tt.sentence, r.Next, tt.next, advice)
		}
	}
}
