package report

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Width tells how many columns of a terminal a text takes. Wide characters and emoji take two, however many code
// points they are made of; what joins the character before takes none.
func Width(s string) int { return uniseg.StringWidth(s) }

// Clip cuts a text to that many columns, between characters as a person sees them, with an ellipsis where something was
// cut.
func Clip(s string, columns int) string {
	if Width(s) <= columns {
		return s
	}
	kept, taken := 0, 0
	for rest, state := s, -1; rest != ""; {
		var cluster string
		var width int
		cluster, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if taken += width; taken > columns-1 {
			break
		}
		kept += len(cluster)
	}
	return strings.TrimRight(s[:kept], " ") + "…"
}

// Part parts a text behind that many columns, between characters as a person sees them, and behind one at least.
func Part(s string, columns int) (head, rest string) {
	kept, taken := 0, 0
	for rest, state := s, -1; rest != ""; {
		var cluster string
		var width int
		cluster, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if taken += width; taken > columns && kept > 0 {
			break
		}
		kept += len(cluster)
	}
	return s[:kept], s[kept:]
}
