package parse

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// chooser finds the worksheet with the orders.
type chooser struct {
	path   string
	sheets []*book.Sheet
	finder *finder
}

// choose finds the worksheet with the orders: the named one, or the only one that has a header. Hidden sheets are not
// looked at unless they are named.
func (c chooser) choose(name string) (*bookSource, candidate, error) {
	if name != "" {
		return c.named(name)
	}
	ready, others, err := c.look()
	switch {
	case err != nil:
		return nil, candidate{}, err
	case len(ready) == 1:
		return ready[0].source, ready[0].best, nil
	case len(ready) > 1:
		var names []string
		for _, hit := range ready {
			n, err := hit.count()
			if err != nil {
				return nil, candidate{}, err
			}
			names = append(names, fmt.Sprintf("%q (%d %s)", clip(hit.source.sheet.Name, 40), n, rowWord(n)))
		}
		return nil, candidate{}, &FileError{
			Path:  c.path,
			Wrong: "has several sheets with orders: " + strings.Join(names, ", "),
			Mend: fmt.Sprintf("say which one with --sheet %q, or read all of them as one with --all-sheets",
				ready[0].source.sheet.Name),
		}
	case len(others) == 0:
		return nil, candidate{}, &FileError{
			Path:  c.path,
			Wrong: "has no sheet that can be seen",
			Mend:  "unhide the sheet with the orders, or name it with --sheet",
		}
	}
	nearest := slices.MaxFunc(others, func(a, b looked) int { return cmp.Compare(a.best.known, b.best.known) })
	return nil, candidate{}, c.noHeader(nearest.source.sheet, nearest.best)
}

// looked is a worksheet and the best header in it.
type looked struct {
	source *bookSource
	best   candidate
}

// count counts the rows below the header that hold anything.
func (l looked) count() (n int, err error) {
	for raw, err := range l.source.rows() {
		if err != nil {
			return n, err
		}
		if raw.Number > l.best.row && !book.Blank(raw.Cells) {
			n++
		}
	}
	return n, nil
}

func rowWord(n int) string {
	if n == 1 {
		return "row"
	}
	return "rows"
}

// look finds the worksheets that can be seen with a header of orders, and the others. Those that the tool itself writes
// count only where there is none else.
func (c chooser) look() (ready, others []looked, err error) {
	var own []looked
	for _, entry := range c.sheets {
		if entry.Hidden {
			continue
		}
		source := &bookSource{path: c.path, sheet: entry}
		best, err := c.finder.search(source)
		if err != nil {
			return nil, nil, err
		}
		switch hit := (looked{source, best}); {
		case !best.complete():
			others = append(others, hit)
		case ownSheet(entry.Name):
			own = append(own, hit)
		default:
			ready = append(ready, hit)
		}
	}
	if len(ready) == 0 {
		ready = own
	}
	if len(ready) < 2 {
		return ready, others, nil
	}
	var filled []looked // a sheet with a header alone is a template
	for _, hit := range ready {
		n, err := hit.count()
		if err != nil {
			return nil, nil, err
		}
		if n > 0 {
			filled = append(filled, hit)
		} else {
			others = append(others, hit)
		}
	}
	if filled == nil {
		return ready, others, nil
	}
	return filled, others, nil
}

func (c chooser) named(name string) (*bookSource, candidate, error) {
	var names []string
	for _, entry := range c.sheets {
		if entry.Name == name || strings.EqualFold(book.Trim(entry.Name), book.Trim(name)) {
			source := &bookSource{path: c.path, sheet: entry}
			best, err := c.finder.search(source)
			if err == nil && !best.complete() {
				err = c.noHeader(entry, best)
			}
			return source, best, err
		}
		names = append(names, entry.Name)
	}
	return nil, candidate{}, &FileError{
		Path:  c.path,
		Wrong: fmt.Sprintf("has no sheet %q", name),
		Mend:  "use one of " + quoted(names),
	}
}

func (c chooser) noHeader(sheet *book.Sheet, best candidate) error {
	wrong, mend := c.finder.missing(best)
	return &FileError{Path: c.path, Wrong: fmt.Sprintf("sheet %q %s", sheet.Name, wrong), Mend: mend}
}

// ownSheet tells of the sheets that the tool itself writes beside the orders.
func ownSheet(name string) bool {
	switch strings.ToLower(book.Trim(name)) {
	case "summary", "problems", "to fix", "services", "services used", "help", "history":
		return true
	}
	return false
}
