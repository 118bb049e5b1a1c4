package journal

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
)

// sameBooks has a batch of so many placed rows, one that was refused and one that is invalid, and gives its rows as a
// sheet says them.
func sameBooks(t *testing.T) (j *Journal, sheet []Entry) {
	t.Helper()
	j, err := OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	if _, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", "key"); err != nil {
		t.Fatal(err)
	}
	sheet = trialRows(1, 20, nil)
	for i := range sheet {
		if sheet[i].State == Held {
			sheet[i].State, sheet[i].Reason, sheet[i].Note = Queued, "", ""
		}
	}
	b, err := draftOf(t, j, sheet, decimal.NullDecimal{}).Admit(t.Context(), "b", Repeats{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range sheet {
		if e.State != Queued {
			continue
		}
		seq := int64(e.Line - 1)
		o := Outcome{Seq: seq, State: Placed, Attempt: Attempt{OrderID: fmt.Sprint(100 + seq)}}
		if seq == 3 {
			o = Outcome{Seq: seq, State: Refused, Note: "no"}
		}
		err := j.Intend(b, seq, time.Now())
		if err == nil {
			err = <-j.Conclude(b, o)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return j, sheet
}

func draftOf(t *testing.T, j *Journal, sheet []Entry, most decimal.NullDecimal) *Draft {
	t.Helper()
	d, err := j.Draft(Batch{Panel: "p", Created: time.Now(), Sheet: "s.xlsx", MaxSpend: most})
	for _, e := range sheet {
		if err == nil {
			err = d.Add(e)
		}
	}
	if err == nil {
		err = d.Finish(Reading{Fingerprint: "f", Accounts: []Account{{N: 1, Panel: "p"}}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestASheetThatSaysNothingNewTellsWhatItsEditionTells: what is told of it, and what it leaves in the books, is the
// same whether it is matched with its batch row by row or not.
func TestASheetThatSaysNothingNewTellsWhatItsEditionTells(t *testing.T) {
	tell := func(rowByRow bool) map[string]any {
		j, sheet := sameBooks(t)
		d := draftOf(t, j, sheet, decimal.NullDecimal{})
		var err error
		if rowByRow {
			err = d.Whole()
		}
		if err == nil {
			err = d.Judge("b", Repeats{})
		}
		if err != nil {
			t.Fatal(err)
		}
		if same := d.same == "b"; same == rowByRow {
			t.Fatalf("row by row %t: it says nothing new: %t", rowByRow, same)
		}
		told := map[string]any{"entries": gather(t, d.Entries(t.Context())), "queued": gather(t, d.InState(t.Context(), Queued))}
		for name, ask := range map[string]func() (any, error){
			"totals":  func() (any, error) { return d.Totals(t.Context()) },
			"outlook": func() (any, error) { return d.Outlook(t.Context(), "b", false) },
			"before": func() (any, error) {
				all, err := d.Before(t.Context(), "b")
				slices.SortFunc(all, func(a, b Before) int { return int(a.Seq - b.Seq) })
				return all, err
			},
		} {
			if told[name], err = ask(); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		b, err := d.Admit(t.Context(), "b", Repeats{})
		if err != nil {
			t.Fatal(err)
		}
		told["rows"] = gather(t, j.Entries(t.Context(), b))
		told["drafted again"] = draftOf(t, j, sheet, decimal.NullDecimal{}).seq
		return told
	}
	same := []cmp.Option{cmpopts.IgnoreUnexported(Totals{}), cmpopts.EquateEmpty(), cmpopts.EquateApproxTime(time.Minute),
		cmpopts.IgnoreFields(Entry{}, "URL")}
	if diff := cmp.Diff(tell(true), tell(false), same...); diff != "" {
		t.Errorf("row by row -, at once +:\n%s", diff)
	}
}

// TestWhatMakesASheetSaySomethingNew: whatever of it, or of the books, could change what its edition does.
func TestWhatMakesASheetSaySomethingNew(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, j *Journal, sheet []Entry) *Draft{
		"nothing": nil,
		"a cell": func(t *testing.T, j *Journal, sheet []Entry) *Draft {
			sheet[4].Cells = []string{"another"}
			return draftOf(t, j, sheet, decimal.NullDecimal{})
		},
		"a price": func(t *testing.T, j *Journal, sheet []Entry) *Draft {
			sheet[4].Rate = decimal.RequireFromString("1.24")
			return draftOf(t, j, sheet, decimal.NullDecimal{})
		},
		"a row less": func(t *testing.T, j *Journal, sheet []Entry) *Draft {
			return draftOf(t, j, sheet[:19], decimal.NullDecimal{})
		},
		"a cap": func(t *testing.T, j *Journal, sheet []Entry) *Draft {
			return draftOf(t, j, sheet, decimal.NewNullDecimal(decimal.NewFromInt(5)))
		},
		"a row in doubt": func(t *testing.T, j *Journal, sheet []Entry) *Draft {
			doAll(t, j, `UPDATE rows SET state = 'in_doubt' WHERE state = 'refused'`)
			return draftOf(t, j, sheet, decimal.NullDecimal{})
		},
		"a row that waits": func(t *testing.T, j *Journal, sheet []Entry) *Draft {
			doAll(t, j, `UPDATE rows SET state = 'queued' WHERE state = 'refused'`)
			return draftOf(t, j, sheet, decimal.NullDecimal{})
		},
		"a row of the batch that the sheet doesn't have": func(t *testing.T, j *Journal, sheet []Entry) *Draft {
			doAll(t, j, `INSERT INTO rows (batch, seq, line, cells, panel, key, service, target, params, rate, problems, state)
				VALUES (1, 99, 99, '[]', 'p', 'k', '1', 't', '[]', '1', '[]', 'refused')`)
			return draftOf(t, j, sheet, decimal.NullDecimal{})
		},
		"the same in another batch": func(t *testing.T, j *Journal, sheet []Entry) *Draft {
			if _, err := draftOf(t, j, sheet[4:5], decimal.NullDecimal{}).Admit(t.Context(), "c", Repeats{}); err != nil {
				t.Fatal(err)
			}
			return draftOf(t, j, sheet, decimal.NullDecimal{})
		},
	} {
		t.Run(name, func(t *testing.T) {
			j, sheet := sameBooks(t)
			if change == nil {
				change = func(t *testing.T, j *Journal, sheet []Entry) *Draft {
					return draftOf(t, j, sheet, decimal.NullDecimal{})
				}
			}
			d := change(t, j, sheet)
			if err := d.Judge("b", Repeats{}); err != nil {
				t.Fatal(err)
			}
			if same := d.same == "b"; same != (name == "nothing") {
				t.Errorf("it says nothing new: %t", same)
			}
		})
	}
}

// TestABatchThatMovesAfterTheQuestionIsMatched: what a sheet says is compared again when it is admitted.
func TestABatchThatMovesAfterTheQuestionIsMatched(t *testing.T) {
	j, sheet := sameBooks(t)
	d := draftOf(t, j, sheet, decimal.NullDecimal{})
	if err := d.Judge("b", Repeats{}); err != nil || d.same != "b" {
		t.Fatalf("%v, %q", err, d.same)
	}
	doAll(t, j, `UPDATE rows SET state = 'queued', service = 'another' WHERE state = 'refused'`)
	b, err := d.Admit(t.Context(), "b", Repeats{})
	if err != nil {
		t.Fatal(err)
	}
	queued := gather(t, j.InState(t.Context(), b, Queued))
	if len(queued) != 1 || queued[0].Service != sheet[2].Service {
		t.Errorf("%+v", queued)
	}
}

func doAll(t *testing.T, j *Journal, query string) {
	t.Helper()
	if err := change(j, query); err != nil {
		t.Fatal(err)
	}
}
