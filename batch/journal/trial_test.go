package journal

import (
	"context"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// trialRows are rows of a sheet: every third is held, every seventh invalid, and the ones in again were ordered before.
func trialRows(account int64, n int, again map[int]Identity) []Entry {
	var all []Entry
	for i := range n {
		e := Entry{
			Line: i + 2, Panel: "p", Account: account, Service: fmt.Sprint(i % 5), Target: "t", State: Queued, Request: "r",
			Cells: []string{fmt.Sprint(i), "", "ünï"}, Params: []panel.Param{{Name: "link", Value: fmt.Sprint("x", i)}},
			Identity: Identity{Content: hash(fmt.Sprint(i % 10))[:31] + string(rune('a'+i%26)), Nth: i + 1},
			Rate:     decimal.RequireFromString("1.23"), Units: Exactly(decimal.RequireFromString("0.5")),
		}
		if i%4 == 0 {
			e.Ref = fmt.Sprint("ref", i)
		}
		if i%3 == 0 {
			e.State, e.Reason, e.Note = Held, Duplicate, "duplicate of row 2"
		}
		if i%5 == 0 {
			e.Units = Units{High: decimal.NewNullDecimal(decimal.NewFromInt(2))}
		}
		e.Key = e.Identity.Key(account)
		if i%7 == 0 {
			e.State, e.Reason, e.Note, e.Identity = Invalid, "", "", Identity{Nth: 1}
			e.Key, e.Problems = fmt.Sprint("invalid-", i), []parse.Problem{{Row: i + 2, Rule: "r", Wrong: "is wrong"}}
		}
		if id, is := again[i]; is {
			e.Identity, e.State, e.Reason, e.Note = id, Queued, "", ""
			e.Key, e.Problems = id.Key(account), nil
		}
		all = append(all, e)
	}
	return all
}

// TestATrialTellsWhatADraftTells: rows that are kept apart are added up, listed and judged like those in the books.
func TestATrialTellsWhatADraftTells(t *testing.T) {
	one, two := Identity{Content: hash("1"), Nth: 1}, Identity{Ref: "known", Content: hash("2"), Nth: 1}
	j, first, _ := likes(t, one, two)
	if err := j.Intend(first, 1, time.Now()); err != nil {
		t.Fatal(err)
	}
	rows := trialRows(1, 6000, map[int]Identity{1000: one, 5999: two})
	tell := func(begin func(Batch) (*Draft, error), whole bool) map[string]any {
		d, err := begin(Batch{Panel: "p", Created: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Discard()
		for _, e := range rows {
			if err := d.Add(e); err != nil {
				t.Fatal(err)
			}
		}
		err = d.Finish(Reading{Fingerprint: "f", Accounts: []Account{{N: 1, Panel: "p"}}})
		if err == nil && whole {
			err = d.Whole()
		}
		if err == nil {
			err = d.Judge("new", Repeats{Since: time.Now().Add(-time.Hour)})
		}
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]any{"entries": gather(t, d.Entries(t.Context())), "held": gather(t, d.InState(t.Context(), Held))}
		told["queued"] = gather(t, d.InState(t.Context(), Queued))
		for name, add := range map[string]func(context.Context) (Totals, error){
			"totals":  d.Totals,
			"outlook": func(ctx context.Context) (Totals, error) { return d.Outlook(ctx, "new", false) },
		} {
			sum, err := add(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			told[name], told[name+" by service"] = sum, sum.ByService()
		}
		return told
	}
	want := tell(j.Draft, false)
	if n := len(want["held"].([]Entry)); n < 2 {
		t.Fatalf("%d rows are held", n)
	}
	same := []cmp.Option{cmpopts.IgnoreUnexported(Totals{}), cmpopts.EquateEmpty(), cmpopts.IgnoreFields(Entry{}, "URL")}
	for _, whole := range []bool{false, true} {
		if diff := cmp.Diff(want, tell(j.Trial, whole), same...); diff != "" {
			t.Errorf("whole %t:\n%s", whole, diff[:min(len(diff), 3000)])
		}
	}
}

func gather(t *testing.T, all iter.Seq2[Entry, error]) []Entry {
	t.Helper()
	rows, err := collect(all)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
