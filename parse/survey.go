package parse

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// area is a block of cells, with bounds that belong to it: a merge, or where a hyperlink is.
type area struct {
	top, bottom int // rows, from 1
	left, right int // columns, from 0
	target      string
}

// areaLimit is how many merges or hyperlinks a sheet may have. Excel allows 65,530 hyperlinks.
const areaLimit = 1 << 18

// survey walks the whole sheet before its rows are read. Merged cells and hyperlinks stand behind the rows they are
// about, and hidden rows must be counted before one is ordered. A sheet that is not whole is found here.
func (w *worksheet) survey(h header, hidden string) error {
	relations, err := w.book.parts.relations(w.entry.part)
	if err != nil {
		return w.book.broken("", err)
	}
	targets := make(map[string]string, len(relations))
	for _, r := range relations {
		targets[r.id] = r.target
	}
	done, err := w.surveyXML(h.row, targets, true)
	if err == nil && !done {
		w.merges, w.links = nil, nil
		_, err = w.surveyXML(h.row, targets, false)
	}
	if err != nil {
		return w.book.broken(w.entry.part, err)
	}
	if w.hiddenRows > 0 && hidden == "" {
		return &FileError{
			Path:  w.book.path,
			Wrong: fmt.Sprintf("sheet %q has hidden or filtered rows with content: %d", w.entry.name, w.hiddenRows),
			Mend:  "say --hidden include to order them too, --hidden skip to leave them out, or unhide them",
		}
	}
	w.skipHidden = hidden == "skip"
	w.width = h.columns[len(h.columns)-1].index + 1
	slices.SortStableFunc(w.links, func(a, b area) int { return cmp.Compare(a.top, b.top) })
	slices.SortStableFunc(w.merges, func(a, b area) int { return cmp.Compare(a.top, b.top) })
	if err := w.headerMerge(h); err != nil {
		return err
	}
	w.merges = slices.DeleteFunc(w.merges, func(m area) bool { return m.top <= h.row || m.left >= w.width })
	return nil
}

// headerMerge refuses a header cell over several columns: which of them holds the field cannot be known.
func (w *worksheet) headerMerge(h header) error {
	for _, m := range w.merges {
		if m.top > h.row || m.bottom < h.row || m.left == m.right {
			continue
		}
		for _, col := range h.columns {
			if col.Field != "" && col.index >= m.left && col.index <= m.right {
				return &FileError{Path: w.book.path,
					Wrong: fmt.Sprintf(
						"the header %s %q is merged over the columns %s to %s, so which of them holds %s is not known",
						place(w.entry.name, col.index, h.row),
						col.Name,
						Letter(m.left),
						Letter(m.right),
						col.Field,
					),
					Mend: "unmerge the header, and name each column"}
			}
		}
	}
	return nil
}

// surveyXML walks the sheet's XML. In haste it passes over the rows in one leap, and is not done where they hold
// something that may hide a row.
func (w *worksheet) surveyXML(headerRow int, targets map[string]string, haste bool) (done bool, err error) {
	in, err := w.book.parts.open(w.entry.part)
	if err != nil {
		return false, err
	}
	defer in.Close()
	x := newXMLScanner(in)
	if err := x.rootIs("worksheet"); err != nil {
		return false, err
	}
	seen := false
	for {
		kind, err := x.next()
		switch {
		case err != nil:
			return false, err
		case kind == endOfFile && !seen:
			return false, errors.New("it has no <sheetData>")
		case kind == endOfFile:
			return true, nil
		case kind != startTag:
			continue
		}
		switch string(x.name) {
		case "sheetData":
			if seen {
				return false, errors.New("it has two <sheetData>")
			}
			seen = true
			if !haste {
				err = w.countHidden(x, headerRow)
			} else if leapt, err := leapRows(x); err != nil || !leapt {
				return false, err
			}
		case "mergeCell":
			w.merges, err = addArea(w.merges, x.attrs, nil)
		case "hyperlink":
			w.links, err = addArea(w.links, x.attrs, targets)
		}
		if err != nil {
			return false, err
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
func (w *worksheet) countHidden(x *xmlScanner, headerRow int) error {
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
			hidden, counted = isHidden && row > headerRow, false
		case "v", "is":
			if hidden && !counted {
				counted = true
				w.hiddenRows++
			}
		}
	}
	return nil
}

// addArea reads a <mergeCell> or <hyperlink>. A hyperlink's address is in the sheet's relationships; one that leads to
// a
// place inside the workbook has none.
func addArea(areas []area, attrs []byte, targets map[string]string) ([]area, error) {
	var a area
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
				return areas, fmt.Errorf("it refers to the cells %q", clip(string(value), 40))
			}
		case "id":
			id = string(value)
		}
	}
	if a.top == 0 {
		return areas, errors.New("it has a merge or hyperlink without cells")
	}
	if id != "" {
		target, ok := targets[id]
		if !ok {
			return areas, fmt.Errorf("it has a hyperlink %q without an address", clip(id, 20))
		}
		a.target = target
	}
	if len(areas) >= areaLimit {
		return areas, fmt.Errorf("it has more than %d merges or hyperlinks", areaLimit)
	}
	return append(areas, a), nil
}

// parseArea reads "B2:B5" or "B2".
func parseArea(ref []byte) (area, bool) {
	first, last, isRange := bytes.Cut(bytes.ReplaceAll(ref, []byte("$"), nil), []byte(":"))
	left, top, ok := reference(first)
	a := area{top: top, bottom: top, left: left, right: left}
	if ok && isRange {
		a.right, a.bottom, ok = reference(last)
	}
	return a, ok && a.top <= a.bottom && a.left <= a.right
}
