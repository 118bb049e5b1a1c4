package terminal

import (
	"strings"

	"bulkorder/parse"
	"bulkorder/report"
)

// Table prints aligned columns under their names. Columns that hold nothing but numbers are aligned to
// the right; on a terminal the widest columns of words are cut until a line fits.
func (t Screen) Table(head []string, rows [][]string) { t.tableOver(head, rows, nil) }

// tableOver prints a table with a line below each row, where there are such lines.
func (t Screen) tableOver(head []string, rows [][]string, below []string) {
	safe := make([][]string, 0, len(rows)+1)
	safe = append(safe, head)
	for _, row := range rows {
		cells := make([]string, len(head))
		for i := range min(len(row), len(head)) {
			// Several lines stand in one, with a sign between them that no link or number has.
			lines := strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(row[i]))
			cells[i] = parse.Escape(strings.ReplaceAll(lines, "\n", " / "))
		}
		safe = append(safe, cells)
	}
	widths, right := make([]int, len(head)), make([]bool, len(head))
	for i := range head {
		right[i] = len(rows) > 0
		for at, cells := range safe {
			widths[i] = max(widths[i], report.Width(cells[i]))
			right[i] = right[i] && (at == 0 || numeric(cells[i]))
		}
	}
	if !t.narrow(widths, right) {
		t.stacked(safe, below)
		return
	}
	for at, cells := range safe {
		line := tableLine(cells, widths, right)
		if at == 0 {
			line = t.paint(sgrBold, line)
		}
		t.say("%s", line)
		if at > 0 && below != nil {
			t.say("%s", tableIndent+strings.Repeat(" ", widths[0])+tableGap+t.cutTail(parse.Escape(below[at-1]),
				len(tableIndent)+widths[0]+len(tableGap)))
		}
	}
}

// cutTail cuts a text to what fits behind that many columns: of a link the end, by which links are told apart, stays.
func (t Screen) cutTail(s string, behind int) string {
	room := t.Width - behind
	if t.Width == 0 || t.Wide || report.Width(s) <= room {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 && report.Width(string(runes)) > room-1 {
		runes = runes[1:]
	}
	return "…" + string(runes)
}

const (
	tableIndent = "  "
	tableGap    = "  "
	leastColumn = 6 // columns are not cut below this
)

// narrow takes from the widest column until all fit side by side. The first column, which names the row,
// and numbers stay whole: half an id or half an amount is a wrong one. It tells whether they fit.
func (t Screen) narrow(widths []int, numbers []bool) bool {
	if t.Width == 0 || t.Wide {
		return true
	}
	room := t.Width - len(tableIndent) - len(tableGap)*(len(widths)-1)
	for {
		sum, widest := 0, 0
		for i, w := range widths {
			sum += w
			if i > 0 && !numbers[i] && (widest == 0 || w > widths[widest]) {
				widest = i
			}
		}
		if sum <= room || widest == 0 || widths[widest] <= leastColumn {
			return sum <= room
		}
		widths[widest]--
	}
}

// stacked prints rows that don't fit side by side: each as its first cell, and below it what the others are, by name.
func (t Screen) stacked(rows [][]string, below []string) {
	for at, cells := range rows[1:] {
		t.say("%s%s", tableIndent, t.paint(sgrBold, cells[0]))
		var words []string
		for i, cell := range cells {
			if i > 0 && cell != "" {
				words = append(words, strings.TrimSpace(rows[0][i]+" "+cell))
			}
		}
		t.prose(tableIndent+tableGap, tableIndent+tableGap, strings.Join(words, ", "))
		if below != nil {
			t.say("%s", tableIndent+tableGap+t.cutTail(parse.Escape(below[at]), len(tableIndent+tableGap)))
		}
	}
}

func tableLine(cells []string, widths []int, right []bool) string {
	var b strings.Builder
	b.WriteString(tableIndent)
	for i, cell := range cells {
		if i > 0 {
			b.WriteString(tableGap)
		}
		cell = report.Clip(cell, widths[i])
		pad := strings.Repeat(" ", widths[i]-report.Width(cell))
		if right[i] {
			cell, pad = pad, cell
		}
		b.WriteString(cell)
		b.WriteString(pad)
	}
	return strings.TrimRight(b.String(), " ")
}

// numeric tells whether a cell is a number, or blank between numbers.
func numeric(s string) bool {
	return strings.Trim(s, "0123456789.,-") == ""
}
