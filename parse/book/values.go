package book

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fill makes a raw row of what was scanned.
func (w *Sheet) fill(raw *Row, scan *rowScanner, width int) error {
	raw.Number, raw.Cells, raw.Outside, raw.Beyond = scan.row, raw.Cells[:0], 0, raw.Beyond[:0]
	values := string(scan.text) // one piece of memory for all cells of the row
	for _, c := range scan.cells {
		made, err := w.cell(c, values[c.start:c.end])
		made.Struck = made.Text != "" && (made.Struck || c.struck || w.book.styles.at(c.style).struck)
		made.Partly = made.Text != "" && (made.Partly || c.partly)
		switch {
		case err != nil:
			return fmt.Errorf("cell %s%d: %w", Letter(c.column), scan.row, err)
		case made == Cell{}:
			continue
		case width > 0 && c.column >= width:
			// A far cell must not cost as much as all those that are missing before it.
			const most = 8 // texts: further ones are not looked at
			if one := []Cell{made}; !Blank(one) {
				if raw.Outside == 0 {
					raw.Outside = c.column
				}
				if len(raw.Beyond) < most {
					raw.Beyond = append(raw.Beyond, made.Text)
				}
			}
			continue
		}
		if missing := c.column - len(raw.Cells); missing > 0 {
			raw.Cells = slices.Grow(raw.Cells, missing)
			clear(raw.Cells[len(raw.Cells):c.column])
			raw.Cells = raw.Cells[:c.column]
		}
		raw.Cells = append(raw.Cells, made)
	}
	return nil
}

// cell reads a value as the cell's type and style mean it.
func (w *Sheet) cell(c xmlCell, value string) (Cell, error) {
	out := Cell{Text: value, Target: c.link.target}
	switch c.kind {
	case "s":
		if !c.valued {
			break // it has a style alone, whatever its type is called
		}
		i, err := strconv.Atoi(strings.TrimSpace(value))
		text, ok, failed := w.book.strings.get(i)
		if failed != nil {
			return out, failed
		}
		if err != nil || !ok {
			return out, fmt.Errorf("there is no shared text %.20q", value)
		}
		out.Text, out.Struck, out.Partly = text, w.book.strings.struck[i], w.book.strings.partly[i]
	case "str", "inlineStr":
		out.Text = unescapeText(value)
	case "b":
		out.Kind, out.Text = Boolean, map[bool]string{true: "TRUE", false: "FALSE"}[yes(strings.TrimSpace(value))]
	case "e":
		out.Kind = Error
	case "d":
		if at, err := time.Parse("2006-01-02", value[:min(len(value), 10)]); err == nil {
			out.Kind, out.Text = Date, at.Format(DayLayout)
		}
	default:
		out = w.number(c, strings.TrimSpace(value))
	}
	if !c.formula {
		return out, nil
	}
	out.Sum, out.Reckoned = c.sum, c.reckoned
	out.Old = w.book.stale
	unknown := !c.valued || value == "" && c.kind == "" || w.book.stale && value == "0" || c.given && !c.keeps(out)
	switch {
	case unknown && c.link.target != "":
		out.Kind, out.Text = Text, c.link.label
	case unknown:
		out.Kind, out.Text = Pending, ""
	}
	return out, nil
}

// number reads a cell that has no type of its own.
func (w *Sheet) number(c xmlCell, value string) Cell {
	out := Cell{Text: value, Target: c.link.target}
	if value == "" {
		return out
	}
	out.Kind, out.Percent, out.Scaled = Number, w.book.styles.at(c.style).percent, w.book.styles.at(c.style).scaled
	if w.book.styles.at(c.style).date {
		if day, ok := serialDate(value, w.book.Date1904); ok {
			out.Kind, out.Text = Date, day
		}
	}
	return out
}
