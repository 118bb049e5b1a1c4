package plan

import (
	"slices"
	"testing"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// TestARowThatIsWarnedOfIsHeld until somebody accepts the warning, for it or for its service earlier.
func TestARowThatIsWarnedOfIsHeld(t *testing.T) {
	warning := func(name string) parse.Problem { return parse.Problem{Rule: name, Warning: true, Asks: name} }
	earlier := journal.Acceptance{Account: 1, Warning: "platform", Service: "101"}
	for _, tt := range []struct {
		sentence string
		problems []parse.Problem
		accept   []string
		known    bool
		state    journal.State
		asks     []string
	}{
		{"a remark holds nothing", []parse.Problem{{Rule: "long", Warning: true}}, nil, false, journal.Queued, nil},
		{"a warning holds", []parse.Problem{warning("platform")}, nil, false, journal.Held, []string{"platform"}},
		{"one that is accepted doesn't", []parse.Problem{warning("platform")}, []string{"platform"}, false,
			journal.Queued, nil},
		{"another one holds all the same", []parse.Problem{warning("platform"), warning("struck")}, []string{"platform"},
			false, journal.Held, []string{"struck"}},
		{"what was accepted for the service counts", []parse.Problem{warning("platform")}, nil, true, journal.Queued, nil},
		{"for that warning alone", []parse.Problem{warning("shape")}, nil, true, journal.Held, []string{"shape"}},
	} {
		r := &reading{seen: map[[16]byte]twin{}, planner: &Planner{
			Accept: tt.accept, Accepted: func(a journal.Acceptance) bool { return tt.known && a == earlier },
		}}
		e := journal.Entry{Account: 1, State: journal.Queued, Problems: tt.problems,
			Params: []panel.Param{{Name: "service", Value: "101"}, {Name: "link", Value: "https://example.com/a"}}}
		r.identify(&e, panel.Service{ID: "101"}, judged{Row: parse.Row{Number: 2}})
		if e.State != tt.state || !slices.Equal(e.Asks, tt.asks) {
			t.Errorf("%s: %s, asks %q", tt.sentence, e.State, e.Asks)
		}
		if (len(r.plan.Accepted) > 0) != (len(tt.accept) > 0) {
			t.Errorf("%s: accepted %v", tt.sentence, r.plan.Accepted)
		}
	}
}
