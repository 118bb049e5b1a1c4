package book

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// openAreaLimit is how many merges, or hyperlinks, may reach over one row.
const openAreaLimit = 128

// filler gives cells what stands behind the rows: values of vertical merges, and targets of hyperlinks.
type filler struct {
	merges, links []Area // still to come
	openMerges    []openMerge
	openLinks     []Area
	notes         []Note // still to come
}

type openMerge struct {
	Area
	value Cell // of the merge's first cell
}

// fill completes one row. A row that is blank but for merged cells is no order, and stays as it is.
func (f *filler) fill(raw *Row) error {
	raw.Notes = f.notesOf(raw.Number)
	if Blank(raw.Cells) {
		return nil
	}
	if err := f.openFrom(raw); err != nil {
		return err
	}
	covered := 0
	for _, l := range f.openLinks {
		for i := l.Left; i <= l.Right && i < len(raw.Cells); i++ {
			raw.Cells[i].Target = l.target
			covered++
		}
	}
	for _, m := range f.openMerges {
		m.fill(raw)
	}
	const overlaps = 8 // of one cell's hyperlinks, so that the work grows with the cells
	if len(f.openLinks) > openAreaLimit || len(f.openMerges) > openAreaLimit || covered > overlaps*len(raw.Cells) {
		return fmt.Errorf("too many merges or hyperlinks reach over row %d", raw.Number)
	}
	return nil
}

// openFrom takes in the merges and hyperlinks that begin in this row or in blank ones above, and drops those that have
// ended.
func (f *filler) openFrom(raw *Row) error {
	f.openLinks = slices.DeleteFunc(f.openLinks, func(a Area) bool { return a.Bottom < raw.Number })
	for ; len(f.links) > 0 && f.links[0].Top <= raw.Number; f.links = f.links[1:] {
		if f.links[0].Bottom >= raw.Number {
			f.openLinks = append(f.openLinks, f.links[0])
		}
	}
	f.openMerges = slices.DeleteFunc(f.openMerges, func(m openMerge) bool { return m.Bottom < raw.Number })
	for ; len(f.merges) > 0 && f.merges[0].Top <= raw.Number; f.merges = f.merges[1:] {
		m := openMerge{Area: f.merges[0]}
		if m.Bottom < raw.Number {
			continue
		}
		if slices.ContainsFunc(f.openMerges, func(o openMerge) bool { return o.Left <= m.Right && o.Right >= m.Left }) {
			return errors.New("merged cells overlap at " + Letter(m.Left) + strconv.Itoa(m.Top))
		}
		if m.Top == raw.Number && m.Left < len(raw.Cells) {
			m.value = raw.Cells[m.Left]
		}
		if f.openMerges = append(f.openMerges, m); len(f.openMerges) > openAreaLimit {
			return nil
		}
	}
	return nil
}

// fill gives the merge's value to its first cell in a row below its first. A cell under it may have kept a value that
// nobody sees.
func (m openMerge) fill(raw *Row) {
	for i := m.Left; i <= m.Right && i < len(raw.Cells); i++ {
		c := &raw.Cells[i]
		switch {
		case i == m.Left && raw.Number == m.Top, Blank(raw.Cells[i : i+1]):
		case i > m.Left:
			c.Wrong = "is hidden under the merged cell " + Letter(m.Left) + strconv.Itoa(m.Top)
		case c.Kind != m.value.Kind || Trim(c.Text) != Trim(m.value.Text):
			c.Wrong = "is under the merged cell " + Letter(m.Left) + strconv.Itoa(m.Top) + ", which shows another value"
		}
	}
	if raw.Number == m.Top {
		return
	}
	for len(raw.Cells) <= m.Left {
		raw.Cells = append(raw.Cells, Cell{})
	}
	if Blank(raw.Cells[m.Left : m.Left+1]) {
		raw.Cells[m.Left] = m.value
	}
}

// hyperlinkFormula is what a formula HYPERLINK("https://…","label") says, when both are written out.
type hyperlinkFormula struct{ target, label string }

func readHyperlinkFormula(f []byte) hyperlinkFormula {
	const start = `HYPERLINK("`
	if len(f) < len(start) || !strings.EqualFold(string(f[:len(start)]), start) || f[len(f)-1] != ')' {
		return hyperlinkFormula{}
	}
	target, rest, ok := strings.Cut(string(f[len(start):len(f)-1]), `"`)
	if !ok || strings.HasPrefix(rest, `"`) {
		return hyperlinkFormula{}
	}
	rest = strings.TrimSpace(rest)
	if rest == "" {
		return hyperlinkFormula{target, target}
	}
	label, isText := strings.CutPrefix(strings.TrimSpace(strings.TrimPrefix(rest, ",")), `"`)
	label, isText2 := strings.CutSuffix(label, `"`)
	if !isText || !isText2 || strings.Contains(label, `"`) {
		return hyperlinkFormula{}
	}
	return hyperlinkFormula{target, label}
}

// isSum tells of the formulas with which people add a column up.
func isSum(f []byte) bool {
	text := strings.ToUpper(string(f[:min(len(f), 10)]))
	return strings.HasPrefix(text, "SUM(") || strings.HasPrefix(text, "SUBTOTAL(")
}
