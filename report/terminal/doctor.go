package terminal

import (
	"fmt"
	"strings"

	"bulkorder/parse"
	"bulkorder/report"
)

// Doctor prints a line a finding, and one that sums them up.
func (t Screen) Doctor(all []report.Finding) {
	counts := map[report.Health]int{}
	widest := 0
	for _, f := range all {
		widest = max(widest, report.Width(f.Name))
		counts[f.State]++
	}
	for _, f := range all {
		line := parse.Escape(f.Found)
		if f.Do != "" {
			line += "; " + parse.Escape(f.Do)
		}
		name := f.Name + strings.Repeat(" ", widest-report.Width(f.Name))
		// Padded before it is painted: colours take no columns.
		first := t.paint(healthColour(f.State), fmt.Sprintf("%-7s", f.State)) + "  " + name + "  "
		t.prose(first, strings.Repeat(" ", report.Width(unpainted(first))), line)
	}
	words := "No problem was found"
	if n := counts[report.Failing]; n > 0 {
		words = report.Counted(n, "problem")
	}
	if n := counts[report.Warned]; n > 0 {
		words += ", " + report.Counted(n, "warning")
	}
	t.say("\n%s.", t.paint(sgrBold, words))
}

func healthColour(h report.Health) string {
	switch h {
	case report.Healthy:
		return sgrGreen
	case report.Warned:
		return sgrYellow
	}
	return sgrRed
}
