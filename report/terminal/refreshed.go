package terminal

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"bulkorder/parse"
	"bulkorder/report"
)

// Refreshed tells what a refresh came to.
func (t Screen) Refreshed(r report.Result) {
	t.RefreshedLine(r)
	t.standing(r)
}

// RefreshedLine tells it in one line, for a log, and before it what a person must not overlook.
func (t Screen) RefreshedLine(r report.Result) {
	t.alarms(r)
	words := []string{
		fmt.Sprintf("asked about %s in %s", report.Counted(r.Refreshed.Orders, "order"),
			report.Counted(r.Refreshed.Calls, "call")),
	}
	for _, part := range []struct {
		n     int
		words string
	}{{r.Refreshed.Refills, "refills too"}, {r.Refreshed.Changed, "changed"}, {r.Refreshed.Silent, "not told of"},
		{r.Refreshed.Failed, "calls failed"},
		{r.Refreshed.Held, "rows held, their services changed"}, {r.Refreshed.Open, "still open"}} {
		if part.n > 0 {
			words = append(words, report.Count(part.n)+" "+part.words)
		}
	}
	var statuses []string
	for _, status := range slices.Sorted(maps.Keys(r.Statuses)) {
		statuses = append(statuses, parse.Escape(status)+" "+report.Count(r.Statuses[status]))
	}
	line := strings.Join(words, ", ")
	if statuses != nil {
		line += " (" + strings.Join(statuses, ", ") + ")"
	}
	t.prose("", "  ", fmt.Sprintf("%s on %s: %s", t.paint(sgrBold, "Batch "+parse.Escape(r.Batch)),
		parse.Escape(r.Panel), line))
}
