package parse

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// headerRows is how many rows are looked at for a header.
const headerRows = 30

// header is the row that names the columns.
type header struct {
	row     int // its number; 0 where the sheet has none and needs none
	columns []column
}

// column is a Column with what reading needs.
type column struct {
	Column
	index int // position in raw rows
	sort  sort
	extra bool // the field is one of Options.Extra
}

// candidate is a row seen as a header.
type candidate struct {
	row    int
	texts  []string // trimmed, one a cell
	fields []string // the field of each text, or ""
	known  int      // how many fields are named
}

func (c candidate) has(field string) bool { return slices.Contains(c.fields, field) }

// complete tells whether orders can be read below such a header.
func (c candidate) complete() bool {
	return c.has("service") && (c.has("link") || c.has("username"))
}

// finder looks for headers.
type finder struct {
	words  vocabulary
	mapped map[string]string // their header, trimmed -> field
	theirs []string          // the keys of mapped, sorted: what happens must not depend on a map's order
	extra  []string
}

// newFinder checks the settings that are about columns.
func newFinder(path string, o Options) (*finder, error) {
	f := &finder{words: newVocabulary(o.Extra), mapped: map[string]string{}, extra: o.Extra}
	fields := append(Names(), o.Extra...)
	for _, theirs := range slices.Sorted(maps.Keys(o.Map)) {
		i := slices.IndexFunc(fields, func(name string) bool { return Fold(name) == Fold(o.Map[theirs]) })
		if i < 0 {
			return nil, &FileError{Path: path,
				Wrong: fmt.Sprintf("cannot be read with --map %q: there is no field %q", theirs+"="+o.Map[theirs], o.Map[theirs]),
				Mend:  "use one of " + strings.Join(fields, ", ")}
		}
		f.mapped[trim(theirs)] = fields[i]
	}
	f.theirs = slices.Sorted(maps.Keys(f.mapped))
	return f, nil
}

// search walks the first rows for the header: the one that names most fields. The candidate is complete, or the best
// that there was.
func (f *finder) search(s source) (candidate, error) {
	var best candidate
	for raw, err := range s.rows() {
		if err != nil {
			return best, err
		}
		if raw.number > headerRows {
			break
		}
		c := f.candidate(raw)
		better := c.known > best.known
		if c.complete() != best.complete() {
			better = c.complete()
		}
		if better || best.row == 0 && len(c.texts) > 0 {
			best = c
		}
	}
	return best, nil
}

func (f *finder) candidate(raw *rawRow) candidate {
	c := candidate{row: raw.number}
	for _, cell := range raw.cells {
		c.texts = append(c.texts, trim(cell.text))
	}
	for len(c.texts) > 0 && c.texts[len(c.texts)-1] == "" {
		c.texts = c.texts[:len(c.texts)-1]
	}
	c.fields = make([]string, len(c.texts))
	chosen := map[string]bool{}
	for _, theirs := range f.theirs {
		field := f.mapped[theirs]
		for i, text := range c.texts {
			if text == theirs || Fold(text) == Fold(theirs) && Fold(text) != "" && !slices.Contains(c.texts, theirs) {
				c.fields[i] = field
				chosen[field] = true
			}
		}
	}
	for i, text := range c.texts {
		// What --map says wins: another column whose name fits the same field is carried along unused.
		if field := f.words[Fold(text)]; c.fields[i] == "" && !chosen[field] {
			c.fields[i] = field
		}
	}
	names := map[string]bool{}
	for _, field := range c.fields {
		if field != "" {
			names[field] = true
		}
	}
	c.known = len(names)
	return c
}

// header makes columns of a complete candidate, from its first text to its last. Two columns for one field, and a --map
// that names no column, are errors.
func (f *finder) header(path, sheet string, c candidate) (header, error) {
	h := header{row: c.row}
	for _, theirs := range f.theirs {
		if field := f.mapped[theirs]; !c.has(field) {
			return h, &FileError{Path: path, Wrong: fmt.Sprintf("has no column %q, which --map names", theirs), Mend: "use one of " + quoted(c.texts)}
		}
	}
	at := map[string]int{}
	for i, field := range c.fields {
		if first, double := at[field]; double && field != "" {
			return h, &FileError{Path: path,
				Wrong: fmt.Sprintf("has two columns for %s: %s %q and %s %q", field, place(sheet, first, c.row), c.texts[first], place(sheet, i, c.row), c.texts[i]),
				Mend:  fmt.Sprintf("rename the one that is not meant, or say --map %q", c.texts[first]+"="+field)}
		}
		at[field] = i
		if c.texts[i] == "" && len(h.columns) == 0 {
			continue
		}
		isExtra := field != "" && !slices.Contains(Names(), field)
		h.columns = append(h.columns, column{
			Column: Column{Letter: Letter(i), Name: c.texts[i], Field: field},
			index:  i, sort: sortOf(field), extra: isExtra,
		})
	}
	return h, nil
}

func place(sheet string, index, row int) string {
	return sheet + "!" + Letter(index) + strconv.Itoa(row)
}

// missing says why a row is no header, or that there was none.
func (f *finder) missing(c candidate) (wrong, mend string) {
	const needed = "orders need a row with the names of the columns, at least service and link (or username)"
	if len(c.texts) == 0 {
		return "has no header: " + needed, "add such a row above the orders"
	}
	wrong = fmt.Sprintf("has no header in its first %d rows: %s; row %d has %s", headerRows, needed, c.row, quoted(c.texts))
	for i, text := range c.texts {
		if field := f.words.near(text); field != "" && c.fields[i] == "" && !c.has(field) {
			return wrong, fmt.Sprintf("did you mean %s by %q? Rename the column, or say --map %q", field, text, text+"="+field)
		}
	}
	if c.known > 0 {
		field := "service"
		if c.has(field) {
			field = "link"
		}
		return wrong, fmt.Sprintf("name the %s column, or say --map \"Their name=%s\"", field, field)
	}
	return wrong, "add such a row above the orders"
}

// unused lists the columns that are carried along, "" where there are none.
func (f *finder) unused(h header) string {
	has := map[string]bool{}
	for _, col := range h.columns {
		has[col.Field] = true
	}
	var list []string
	for _, col := range h.columns {
		if col.Field != "" || col.Name == "" {
			continue
		}
		text := fmt.Sprintf("%s %q", col.Letter, clip(col.Name, foundLimit))
		if field := f.words.near(col.Name); field != "" && !has[field] {
			text += " (did you mean " + field + "?)"
		}
		list = append(list, text)
	}
	if list == nil {
		return ""
	}
	return "columns that are carried along unused: " + strings.Join(list, ", ")
}

// quoted lists texts for a message, a readable number of them.
func quoted(texts []string) string {
	const most = 12
	var list []string
	for _, text := range texts {
		if text == "" {
			continue
		}
		if len(list) == most {
			return strings.Join(list, ", ") + " …"
		}
		list = append(list, `"`+clip(text, 40)+`"`)
	}
	return strings.Join(list, ", ")
}
