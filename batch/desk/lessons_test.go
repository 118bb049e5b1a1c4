package desk_test

import (
	"strings"
	"testing"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/settings"
	"bulkorder/samples/sandbox"
)

// TestATextThatLeavesSeveralRowsInDoubtCanBeTaught: the run names the text and the line of configuration, and with it
// settle decides the rows.
func TestATextThatLeavesSeveralRowsInDoubtCanBeTaught(t *testing.T) {
	fault, err := sandbox.ParseFault("add:error=Ungültiger Link:before:n=1-2")
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t)
	s, url := h.panel("k", sandbox.Config{Faults: []sandbox.Fault{fault}})
	h.config.Panels["mine"] = settings.Panel{URL: url}
	h.flag("panel", "mine")
	h.env["BULKORDER_KEY"] = "k"
	h.flag("concurrency", "1")
	out := h.run(h.process(), threeRows, desk.Preparing{}, desk.Sending{})
	told := strings.Join(out.Notes, "\n")
	for _, words := range []string{"2 rows are in doubt", "ungültiger link", "[panels.mine]",
		`texts.request = ["=ungültiger link"]`} {
		if !strings.Contains(told, words) {
			t.Errorf("the notes lack %q: %s", words, told)
		}
	}
	h.config.Panels["mine"] = settings.Panel{URL: url,
		Texts: map[string][]string{"request": {"=ungültiger link"}}}
	out, err = h.process().Settle(t.Context(), out.Batch, desk.Settling{})
	if err != nil {
		t.Fatal(err)
	}
	if states := out.Totals.States; states[journal.Refused] != 2 || states[journal.InDoubt] != 0 ||
		len(s.Ledger()) != 1 {
		t.Errorf("%v with %d orders", states, len(s.Ledger()))
	}
	for _, note := range out.Notes {
		if strings.Contains(note, "texts.request") {
			t.Errorf("it is told after it was taught: %s", note)
		}
	}
}
