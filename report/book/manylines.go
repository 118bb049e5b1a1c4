package book

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"bulkorder/report"
)

// severalLines tells texts such as lists of comments.
func severalLines(s string) bool { return strings.Contains(s, "\n") }

// ofLines is [text] for a cell that shows all its lines, where there are several.
func (s styles) ofLines(cell string) any {
	if !severalLines(cell) {
		return text(cell)
	}
	return excelize.Cell{StyleID: s.lines, Value: text(cell)}
}

// Heights of rows in points: what a line takes, and the most that spreadsheets allow.
const (
	lineHeight = 15
	mostHeight = 409
)

// height is how high a row must be for the cells that have several lines; 0: none has.
func (s *sheet) height(values []any) int {
	high := 0
	for i, value := range values {
		c, is := value.(excelize.Cell)
		if !is || i >= len(s.widths) {
			continue
		}
		if words, is := c.Value.(string); is && severalLines(words) {
			high = max(high, linesIn(words, s.widths[i])*lineHeight+3)
		}
	}
	return min(high, mostHeight)
}

// linesIn is how many lines a text takes in a column of that width.
func linesIn(text string, width float64) int {
	n := 0
	for line := range strings.Lines(text) {
		n += 1 + report.Width(strings.TrimSpace(line))/max(int(width), 1)
		if n > mostHeight/lineHeight {
			break
		}
	}
	return n
}
