package parse

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// skipped is a column whose marked rows a person leaves out: --skip-marked Status.
type skipped struct {
	name string
	left tally // rows that it left out
}

func skips(columns []string) (all []*skipped) {
	for _, name := range columns {
		all = append(all, &skipped{name: book.Trim(name)})
	}
	return all
}

// means tells whether the column is meant. One without a name is called by its letter.
func (s *skipped) means(col column) bool {
	if col.Name == "" {
		return strings.EqualFold(col.Letter, s.name)
	}
	return same(col.Name, s.name)
}

// skippedBy is what leaves out the marked rows of a column; nil: nothing does.
func skippedBy(all []*skipped, col column) *skipped {
	if i := slices.IndexFunc(all, func(s *skipped) bool { return s.means(col) }); i >= 0 {
		return all[i]
	}
	return nil
}

// skippable fails where no table has a column that --skip-marked names.
func (s *Sheet) skippable() error {
	for _, one := range skips(s.said.SkipMarked) {
		has := func(t *Table) bool { return slices.ContainsFunc(t.header.columns, one.means) }
		if !slices.ContainsFunc(s.tables, has) {
			var names []string
			for _, col := range s.tables[0].header.columns {
				names = append(names, col.Name)
			}
			return &FileError{Path: s.path, Wrong: fmt.Sprintf("has no column %q, which --skip-marked names", one.name),
				Mend: "use one of " + quoted(names)}
		}
	}
	if len(s.said.SkipMarked) == 0 {
		return nil
	}
	for _, t := range s.tables {
		d := newDoneReader(s, t, skips(s.said.SkipMarked))
		for at, c := range d.columns {
			if c.either {
				return eitherWay(s.path, t.header.columns[at].Name)
			}
		}
	}
	return nil
}

// eitherWay says that nobody knows which rows of a column are marked.
func eitherWay(path, name string) error {
	return &FileError{Path: path,
		Wrong: fmt.Sprintf("has yes and no in the column %q, which --skip-marked names, and it isn't known which of them "+
			"marks rows that are to be left out", name),
		Mend: fmt.Sprintf(`say --where "%s=yes" to order those with a yes alone, or --where "%s=no", in the `+
			`words of the column`, name, name)}
}

// skipOption is the option that leaves out all rows with marks in a column, as it is pasted into a shell; "": it can't
// be written.
func skipOption(col column) string {
	name := col.Name
	if name == "" {
		name = col.Letter
	}
	if strings.ContainsAny(name, "'\n\r") {
		return ""
	}
	return "--skip-marked '" + name + "'"
}

// leavesOut gives the column for whose mark a row is left out; nil: there is none.
func (d *doneReader) leavesOut(filled []int, h header, raw *rawRow) *skipped {
	if slices.Contains(filled, d.order) && h.ordered(raw, d.order) {
		return nil
	}
	for _, at := range filled {
		if c := d.columns[at]; c != nil && c.skip != nil && d.markOf(c, h, raw, at) != unmarked {
			return c.skip
		}
	}
	return nil
}

// skip tells whether a row is left out for a mark of the person's own, or for what stands above it.
func (b *builder) skips(raw *rawRow) bool {
	if len(b.skip) > 0 {
		if s := b.done.leavesOut(b.filled, b.header, raw); s != nil {
			s.left.add(raw.Number)
			return true
		}
	}
	if b.skipSections {
		b.seeFoot()
	}
	if b.skipSections && (b.below(raw) || b.foot.text != "" && b.foot.signed(raw)) {
		b.sections.add(raw.Number)
		return true
	}
	return false
}
