package batch_test

import (
	"testing"

	"bulkorder/batch/desk"
	"bulkorder/samples/sandbox"
)

// TestRowsThatCannotBeTold: a Ref that stands twice, and rows that name no panel where none is given for them.
func TestRowsThatCannotBeTold(t *testing.T) {
	a, b := newWorld(t, sandbox.Config{}).named("a"), newWorld(t, sandbox.Config{}).named("b")
	a.opens(a, b)
	a.job.Account = desk.Account{}
	sheet := "panel,ref,service,link,quantity\na,R1,1,https://example.com/a,100\nb,,1,https://example.com/b,100\n" +
		"a,R1,1,https://example.com/c,100\n,,1,https://example.com/d,100\n"
	out, err := a.job.Run(t.Context(), a.open(sheet), "s.csv")
	if err != nil {
		t.Fatal(err)
	}
	want := map[int]string{4: "ref-doubled", 5: "panel-missing"}
	for e, err := range a.journal.Entries(t.Context(), out.Batch) {
		rule := ""
		if len(e.Problems) > 0 {
			rule = e.Problems[0].Rule
		}
		if err != nil || rule != want[e.Line] {
			t.Errorf("row %d: %+v, %v", e.Line, e.Problems, err)
		}
	}
}
