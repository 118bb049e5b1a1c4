package terminal

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"bulkorder/report"
)

// TestALinkIsToldInFull: rows to the same service are told apart by their links' ends, so that names are cut before
// them and a link that doesn't fit beside a name stands below it.
func TestALinkIsToldInFull(t *testing.T) {
	plan := report.NewPlan(0, 0)
	for i := range 3 {
		plan.Add(report.Planned{State: "queued", Service: "101", Name: "Instagram Followers | Real | 30 Days Refill ♻️",
			Link: fmt.Sprintf("https://www.instagram.com/a_name_of_some_length_%d/", i), Quantity: "1000"})
	}
	for width := 60; width < 160; width++ {
		var out bytes.Buffer
		Screen{Out: &out, Width: width}.planned(Check{Plan: plan})
		for i := range 3 {
			if want := fmt.Sprintf("https://www.instagram.com/a_name_of_some_length_%d/", i); !strings.Contains(out.String(), want) {
				t.Fatalf("at %d columns it doesn't tell %s:\n%s", width, want, &out)
			}
		}
		for line := range strings.Lines(out.String()) {
			if report.Width(strings.TrimRight(line, "\n")) > width {
				t.Fatalf("at %d columns a line is too wide: %s", width, line)
			}
		}
	}
}
