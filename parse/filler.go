package parse

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
	merges, links []area // still to come
	openMerges    []openMerge
	openLinks     []area
}

type openMerge struct {
	area
	value cell // of the merge's first cell
}

// fill completes one row. A row that is blank but for merged cells is no order, and stays as it is.
func (f *filler) fill(raw *rawRow) error {
	if blank(raw.cells) {
		return nil
	}
	if err := f.openFrom(raw); err != nil {
		return err
	}
	covered := 0
	for _, l := range f.openLinks {
		for i := l.left; i <= l.right && i < len(raw.cells); i++ {
			raw.cells[i].target = l.target
			covered++
		}
	}
	for _, m := range f.openMerges {
		m.fill(raw)
	}
	const overlaps = 8 // of one cell's hyperlinks, so that the work grows with the cells
	if len(f.openLinks) > openAreaLimit || len(f.openMerges) > openAreaLimit || covered > overlaps*len(raw.cells) {
		return fmt.Errorf("too many merges or hyperlinks reach over row %d", raw.number)
	}
	return nil
}

// openFrom takes in the merges and hyperlinks that begin in this row or in blank ones above, and drops those that have
// ended.
func (f *filler) openFrom(raw *rawRow) error {
	f.openLinks = slices.DeleteFunc(f.openLinks, func(a area) bool { return a.bottom < raw.number })
	for ; len(f.links) > 0 && f.links[0].top <= raw.number; f.links = f.links[1:] {
		if f.links[0].bottom >= raw.number {
			f.openLinks = append(f.openLinks, f.links[0])
		}
	}
	f.openMerges = slices.DeleteFunc(f.openMerges, func(m openMerge) bool { return m.bottom < raw.number })
	for ; len(f.merges) > 0 && f.merges[0].top <= raw.number; f.merges = f.merges[1:] {
		m := openMerge{area: f.merges[0]}
		if m.bottom < raw.number {
			continue
		}
		if slices.ContainsFunc(f.openMerges, func(o openMerge) bool { return o.left <= m.right && o.right >= m.left }) {
			return errors.New("merged cells overlap at " + Letter(m.left) + strconv.Itoa(m.top))
		}
		if m.top == raw.number && m.left < len(raw.cells) {
			m.value = raw.cells[m.left]
		}
		if f.openMerges = append(f.openMerges, m); len(f.openMerges) > openAreaLimit {
			return nil
		}
	}
	return nil
}

// fill gives the merge's value to its first cell in a row below its first. A cell under it may have kept a value that
// nobody sees.
func (m openMerge) fill(raw *rawRow) {
	for i := m.left; i <= m.right && i < len(raw.cells); i++ {
		c := &raw.cells[i]
		switch {
		case i == m.left && raw.number == m.top, blank(raw.cells[i : i+1]):
		case i > m.left:
			c.wrong = "is hidden under the merged cell " + Letter(m.left) + strconv.Itoa(m.top)
		case c.kind != m.value.kind || trim(c.text) != trim(m.value.text):
			c.wrong = "is under the merged cell " + Letter(m.left) + strconv.Itoa(m.top) + ", which shows another value"
		}
	}
	if raw.number == m.top {
		return
	}
	for len(raw.cells) <= m.left {
		raw.cells = append(raw.cells, cell{})
	}
	if blank(raw.cells[m.left : m.left+1]) {
		raw.cells[m.left] = m.value
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
