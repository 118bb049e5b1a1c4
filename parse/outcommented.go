package parse

import (
	"strings"

	"bulkorder/parse/book"
)

// takenOut is the warning about a row before which somebody has written what programs take lines out by, where other
// rows of the sheet begin without it: "# 101" among 101 and 102. nil: the row begins like the others.
func (b *builder) takenOut(raw *rawRow) *Problem {
	first := b.header.columns[0].index
	if first >= len(raw.Cells) || !outcommented(raw.Cells[first].Text) || b.done.columns[0] != nil &&
		b.done.columns[0].kind > otherHead {
		return nil // a column for marks is read as one
	}
	if b.bare == nil {
		b.bare = b.seeBare(first)
	}
	if !*b.bare {
		return nil
	}
	return &Problem{
		Sheet: b.sheet, Column: Letter(first), Row: raw.Number, Rule: "taken-out",
		Found:   clip(book.Trim(raw.Cells[first].Text), foundLimit),
		Wrong:   "begins with a mark by which lines are ticked off or taken out: the row may not be meant to be ordered",
		Mend:    "delete the row, or the mark if it is to be ordered, or accept it",
		Warning: true, Asks: "done",
	}
}

// outcommented tells whether a cell begins as a line that is taken out, or ticked off. "#101" is an id.
func outcommented(text string) bool {
	text = book.Trim(text)
	for _, mark := range [...]string{"# ", "#\t", "// ", "-- ", "; ", "/*", "<!--"} {
		if strings.HasPrefix(text, mark) {
			return true
		}
	}
	for _, tick := range [...]string{"✅", "✔", "☑", "❌", "✗", "✘", "🚫", "⛔", "❎", "🛑"} {
		if strings.HasPrefix(text, tick) {
			return true
		}
	}
	return strings.HasPrefix(text, "//") && !strings.Contains(text, ".")
}

// seeBare walks all rows of the sheet once more, and tells whether any that may be an order begins without such a mark.
func (b *builder) seeBare(first int) *bool {
	bare := false
	last := b.header.row
	for raw, err := range b.source.rows() {
		if err != nil || raw.Number-last > blankRun && raw.Number > last {
			break
		}
		if raw.Number <= b.header.row || book.Blank(raw.Cells) {
			continue
		}
		if last = raw.Number; b.begins(raw) {
			break
		}
		if first < len(raw.Cells) && book.Trim(raw.Cells[first].Text) != "" && !outcommented(raw.Cells[first].Text) &&
			(b.header.text(raw, "link") != "" || b.header.text(raw, "username") != "") {
			bare = true
			break
		}
	}
	return &bare
}
