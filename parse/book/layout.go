package book

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Area is a block of cells, with bounds that belong to it: a merge, or where a hyperlink is.
type Area struct {
	Top, Bottom int // rows, from 1
	Left, Right int // columns, from 0
	target      string
}

// areaLimit is how many merges or hyperlinks a sheet may have. Excel allows 65,530 hyperlinks.
const areaLimit = 1 << 18

// Layout is what stands behind the rows of a sheet, or must be known before one of them is read.
type Layout struct {
	Merges     []Area // merged cells, by first row
	HiddenRows int    // hidden rows below the header that hold a value
	HiddenCols []Area // hidden columns: Left and Right alone
	links      []Area // hyperlinks, by first row
	notes      []Note // by row
}

// Layout walks the whole sheet before its rows are read: merged cells and hyperlinks stand behind the rows they are
// about, and hidden rows must be counted before one is ordered. A sheet that is not whole is found here.
func (w *Sheet) Layout(header int) (Layout, error) {
	relations, err := w.book.parts.relations(w.part)
	if err != nil {
		return Layout{}, broken("", err)
	}
	targets := make(map[string]string, len(relations))
	for _, r := range relations {
		targets[r.id] = r.target
	}
	l, done, err := w.walk(header, targets, true)
	if err == nil && !done {
		l, _, err = w.walk(header, targets, false)
	}
	if err == nil {
		l.notes, err = w.readNotes(relations)
	}
	if err != nil {
		return Layout{}, broken(w.part, err)
	}
	slices.SortStableFunc(l.links, func(a, b Area) int { return cmp.Compare(a.Top, b.Top) })
	slices.SortStableFunc(l.Merges, func(a, b Area) int { return cmp.Compare(a.Top, b.Top) })
	return l, nil
}

// walk walks the sheet's XML. In haste it passes over the rows in one leap, and is not done where they hold
// something that may hide a row.
func (w *Sheet) walk(header int, targets map[string]string, haste bool) (l Layout, done bool, err error) {
	in, err := w.book.parts.open(w.part)
	if err != nil {
		return l, false, err
	}
	defer in.Close()
	x := newXMLScanner(in)
	if err := x.rootIs("worksheet"); err != nil {
		return l, false, err
	}
	seen := false
	for {
		kind, err := x.next()
		switch {
		case err != nil:
			return l, false, err
		case kind == endOfFile && !seen:
			return l, false, errors.New("it has no <sheetData>")
		case kind == endOfFile:
			return l, true, nil
		case kind != startTag:
			continue
		}
		switch string(x.name) {
		case "sheetData":
			if seen {
				return l, false, errors.New("it has two <sheetData>")
			}
			seen = true
			if !haste {
				err = l.countHidden(x, header)
			} else if leapt, err := leapRows(x); err != nil || !leapt {
				return l, false, err
			}
		case "col":
			err = l.addColumns(x)
		case "mergeCell":
			l.Merges, err = addArea(l.Merges, x.attrs, nil)
		case "hyperlink":
			l.links, err = addArea(l.links, x.attrs, targets)
		}
		if err != nil {
			return l, false, err
		}
	}
}

// leapRows passes over the rows, unless they hold what may hide one, or what may look like their end and be none.
func leapRows(x *xmlScanner) (bool, error) {
	if x.empty {
		return true, nil
	}
	return x.leap("hidden", `ht="0`, "ht='", "<!", "<?")
}

// countHidden counts the hidden rows below the header that hold a value, through the end of the rows.
func (l *Layout) countHidden(x *xmlScanner, header int) error {
	if x.empty {
		return nil
	}
	row, hidden, counted := 0, false, false
	for depth := len(x.starts); len(x.starts) >= depth; {
		kind, err := x.next()
		if err != nil {
			return err
		}
		if kind != startTag {
			continue
		}
		switch string(x.name) {
		case "row":
			number, isHidden, err := rowTag(x.attrs)
			if err != nil {
				return err
			}
			if row++; number > 0 {
				row = number
			}
			hidden, counted = isHidden && row > header, false
		case "v", "is":
			if hidden && !counted {
				counted = true
				l.HiddenRows++
			}
		}
	}
	return nil
}

// addColumns reads a <col>: columns side by side that look alike, counted from 1.
func (l *Layout) addColumns(x *xmlScanner) error {
	v, err := x.attributes("min", "max", "hidden", "width")
	if err != nil || !yes(v[2]) && v[3] != "0" {
		return err
	}
	first, ok := digits([]byte(v[0]))
	last, ok2 := digits([]byte(v[1]))
	if !ok || !ok2 || first < 1 || last < first || len(l.HiddenCols) >= MostColumns {
		return fmt.Errorf("it has columns %.20q to %.20q", v[0], v[1])
	}
	l.HiddenCols = append(l.HiddenCols, Area{Left: first - 1, Right: last - 1})
	return nil
}

// HidesColumn tells whether the column with that index is hidden.
func (l Layout) HidesColumn(index int) bool {
	return slices.ContainsFunc(l.HiddenCols, func(a Area) bool { return index >= a.Left && index <= a.Right })
}

// addArea reads a <mergeCell> or <hyperlink>. A hyperlink's address is in the sheet's relationships; one that leads to
// a place inside the workbook has none.
func addArea(areas []Area, attrs []byte, targets map[string]string) ([]Area, error) {
	var a Area
	var id string
	for {
		name, value, rest, err := attr(attrs)
		if err != nil {
			return areas, err
		}
		if name == nil {
			break
		}
		attrs = rest
		if at := bytes.IndexByte(name, ':'); at >= 0 {
			name = name[at+1:]
		}
		switch string(name) {
		case "ref":
			var ok bool
			if a, ok = parseArea(value); !ok {
				return areas, fmt.Errorf("it refers to the cells %.40q", value)
			}
		case "id":
			id = string(value)
		}
	}
	if a.Top == 0 {
		return areas, errors.New("it has a merge or hyperlink without cells")
	}
	if id != "" {
		target, ok := targets[id]
		if !ok {
			return areas, fmt.Errorf("it has a hyperlink %.20q without an address", id)
		}
		a.target = target
	}
	if len(areas) >= areaLimit {
		return areas, fmt.Errorf("it has more than %d merges or hyperlinks", areaLimit)
	}
	return append(areas, a), nil
}

// parseArea reads "B2:B5" or "B2".
func parseArea(ref []byte) (Area, bool) {
	first, last, isRange := bytes.Cut(bytes.ReplaceAll(ref, []byte("$"), nil), []byte(":"))
	left, top, ok := reference(first)
	a := Area{Top: top, Bottom: top, Left: left, Right: left}
	if ok && isRange {
		a.Right, a.Bottom, ok = reference(last)
	}
	return a, ok && a.Top <= a.Bottom && a.Left <= a.Right
}
