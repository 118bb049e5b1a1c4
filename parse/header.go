package parse

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bulkorder/parse/book"
)

// headerRows is how many rows are looked at for a header.
const headerRows = 30

// header is the row that names the columns.
type header struct {
	row         int // its number; 0 where the sheet has none and needs none
	columns     []column
	fingerprint string
	proposal    string // which column may hold the quantities, as an option; "" where nothing tells
	united      string // the column that holds them in another unit, such as thousands; "": none does
}

// column is a Column with what reading needs.
type column struct {
	Column
	index int // position in raw rows
	kind  valueKind
	extra bool // the field is one of Options.Extra

	hidden bool // nobody sees the column, and nobody has said what that means
}

// candidate is a row seen as a header.
type candidate struct {
	row    int
	texts  []string // trimmed, one a cell
	fields []string // the field of each text, or ""
	by     []Naming // by what it is that field
	known  int      // how many fields are named

	proposal string   // what may complete it, as options; "" where nothing may
	counts   []string // columns of which each counts what another service delivers; nil: there aren't several
}

func (c candidate) has(field string) bool { return slices.Contains(c.fields, field) }

// complete tells whether orders can be read below such a header.
func (c candidate) complete() bool {
	return c.has("service") && (c.has("link") || c.has("username"))
}

// orders tells whether a row below such a header may be one: it says which service, and for what.
func (c candidate) orders(texts []string) bool {
	filled := func(field string) bool {
		at := slices.Index(c.fields, field)
		return at >= 0 && at < len(texts) && texts[at] != ""
	}
	return filled("service") && (filled("link") || filled("username"))
}

// finder looks for headers.
type finder struct {
	words      vocabulary
	mapped     []mapping
	fields     []string // all that a column may hold
	remembered func(fingerprint string) map[string]string

	pieces   pieces
	composed []composed // names that are made of several words
	served   served     // and those for services and their ids

	done  *doneLists // the words for rows that are done; nil: nobody asked for them yet
	heads *heads     // and the names of the columns in which they stand
}

// doneWords are the words for rows that are done. A file that is refused needs none.
func (f *finder) doneWords() *doneLists {
	if f.done == nil {
		f.done = newDoneLists()
	}
	return f.done
}

// mapping is a person's word for a field. They are kept in the order of the words: what happens must not depend on the
// order of a map.
type mapping struct{ theirs, field string }

// newFinder checks the settings that are about columns.
func newFinder(path string, o Options) (*finder, error) {
	f := &finder{words: newVocabulary(o.Extra), fields: append(Names(), o.Extra...), remembered: o.Remembered,
		composed: newComposed(), pieces: newPieces(), heads: newHeads(), served: newServed()}
	mapped, wrong := f.mappings(o.Map)
	if wrong != nil {
		return nil, &FileError{Path: path,
			Wrong: fmt.Sprintf("cannot be read with --map %q: there is no field %q", wrong.theirs+"="+wrong.field, wrong.field),
			Mend:  "use one of " + strings.Join(f.fields, ", ")}
	}
	f.mapped = mapped
	return f, nil
}

// mappings makes a list of a map, without those of fields that are none; wrong is the first of these.
func (f *finder) mappings(words map[string]string) (list []mapping, wrong *mapping) {
	for _, theirs := range slices.Sorted(maps.Keys(words)) {
		i := slices.IndexFunc(f.fields, func(name string) bool { return Fold(name) == Fold(words[theirs]) })
		if i >= 0 {
			list = append(list, mapping{book.Trim(theirs), f.fields[i]})
		} else if wrong == nil {
			wrong = &mapping{theirs, words[theirs]}
		}
	}
	return list, wrong
}

// search walks the first rows for the header: the one that names most fields. The candidate is complete, or the best
// that there was. Below a complete one stand orders: another one further down doesn't take its place.
func (f *finder) search(s source) (candidate, error) {
	var best candidate
	orders := false // below the best
	for raw, err := range s.rows() {
		if err != nil {
			return best, err
		}
		if raw.Number > headerRows {
			break
		}
		c := f.candidate(raw)
		if best.complete() && (orders || !c.complete()) {
			orders = orders || best.orders(c.texts)
			continue
		}
		better := c.known > best.known
		if c.complete() != best.complete() {
			better = c.complete()
		}
		if better || best.row == 0 && len(c.texts) > 0 {
			best = c
		}
	}
	switch {
	case best.row == 0:
	case best.complete():
		best.proposal = f.proposeQuantity(s, &best)
	default:
		best.proposal = f.propose(s, &best)
	}
	best.leaveEmpty(s)
	return best, nil
}

func (f *finder) candidate(raw *rawRow) candidate {
	c := candidate{row: raw.Number}
	for _, cell := range raw.Cells {
		c.texts = append(c.texts, book.Trim(cell.Text))
	}
	for len(c.texts) > 0 && c.texts[len(c.texts)-1] == "" {
		c.texts = c.texts[:len(c.texts)-1]
	}
	c.fields, c.by = make([]string, len(c.texts)), make([]Naming, len(c.texts))
	c.apply(f.mapped, ByMap)
	if f.remembered != nil && len(c.texts) > 0 {
		known, _ := f.mappings(f.remembered(fingerprint(c.texts)))
		c.apply(known, ByMemory)
	}
	chosen := c.named()
	for i, text := range c.texts {
		// What was said wins: another column whose name fits the same field is carried along unused.
		if field := f.words.of(text); c.fields[i] == "" && field != "" && !chosen[field] {
			c.fields[i], c.by[i] = field, ByName
		}
	}
	f.compose(&c)
	c.subscribe()
	c.yield(f.served)
	c.known = len(c.named())
	return c
}

// named is the set of the fields that the columns have so far.
func (c *candidate) named() map[string]bool {
	fields := map[string]bool{}
	for _, field := range c.fields {
		if field != "" {
			fields[field] = true
		}
	}
	return fields
}

// apply gives the columns that are named their fields, but for those that an earlier word has settled.
func (c *candidate) apply(words []mapping, by Naming) {
	settled, fields := slices.Clone(c.fields), c.named()
	for _, word := range words {
		for i, text := range c.texts {
			if text != word.theirs &&
				(Fold(text) != Fold(word.theirs) || Fold(text) == "" || slices.Contains(c.texts, word.theirs)) {
				continue
			}
			if settled[i] == "" && !fields[word.field] {
				c.fields[i], c.by[i] = word.field, by
			}
		}
	}
}

// fingerprint is the same for headers that a person would call the same: it leaves out what Fold does, and the empty
// columns around the names.
func fingerprint(texts []string) string {
	sum := sha256.New()
	begun := false
	for _, text := range texts {
		name := Fold(text)
		if name == "" {
			name = text // such as "%"
		}
		if begun = begun || name != ""; begun {
			sum.Write([]byte(name + "\n"))
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// header makes columns of the only candidate: a --map that names none of them is an error.
func (f *finder) header(path, sheet string, c candidate) (header, error) {
	if err := f.namesAny(path, []looked{{best: c}}); err != nil {
		return header{row: c.row}, err
	}
	return f.headerOf(path, sheet, c)
}

// namesAny fails where a --map names no column of any header.
func (f *finder) namesAny(path string, all []looked) error {
	for _, word := range f.mapped {
		if !slices.ContainsFunc(all, func(l looked) bool { return l.best.has(word.field) }) {
			return &FileError{
				Path:  path,
				Wrong: fmt.Sprintf("has no column %q, which --map names", word.theirs),
				Mend:  "use one of " + quoted(all[0].best.texts),
			}
		}
	}
	return nil
}

// headerOf makes columns of a complete candidate, from its first text to its last. Two columns for one field are an
// error.
func (f *finder) headerOf(path, sheet string, c candidate) (header, error) {
	h := header{row: c.row, fingerprint: fingerprint(c.texts), proposal: c.proposal}
	at := map[string]int{}
	for i, field := range c.fields {
		if first, double := at[field]; double && field != "" {
			return h, &FileError{Path: path,
				Wrong: fmt.Sprintf("has two columns for %s: %s %q and %s %q", field, place(sheet, first, c.row), c.texts[first],
					place(sheet, i, c.row), c.texts[i]),
				Mend: c.choice(first, i, field)}
		}
		at[field] = i
		if c.texts[i] == "" && len(h.columns) == 0 {
			continue
		}
		by := c.by[i]
		if field == "" {
			by = Unused
		}
		col := column{Column: Column{Letter: Letter(i), Name: c.texts[i], Field: field, By: by}, index: i}
		if field != "" {
			col.kind, col.extra = FieldNamed(field).kind, !slices.Contains(Names(), field)
		}
		h.columns = append(h.columns, col)
		if field == "" && h.united == "" && !c.has("quantity") && f.ofAmounts(col.Name) && unitOf(col.Name, "").text != "" {
			h.united = col.Name
		}
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
	wrong = fmt.Sprintf("has no header in its first %d rows: %s; row %d has %s", headerRows, needed, c.row,
		quoted(c.texts))
	if c.counts != nil {
		return wrong, fmt.Sprintf("give each order a row of its own, with the id of its service and its quantity: %s can't be "+
			"of one order", quoted(c.counts))
	}
	if strings.Count(c.proposal, "--map") > 1 {
		return wrong, "look what the columns hold; it may be that you must say " + c.proposal
	}
	const looked = 100 // columns: orders do not have more
	for i, text := range c.texts[:min(len(c.texts), looked)] {
		if field := f.words.near(text); field != "" && c.fields[i] == "" && !c.has(field) {
			return wrong, fmt.Sprintf("did you mean %s by %q? Rename the column, or say --map %q", field, text, text+"="+field)
		}
	}
	if c.proposal != "" {
		return wrong, "look what the columns hold; it may be that you must say " + c.proposal
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

// remembered lists the columns that an earlier sheet's mapping has named, "" where there are none.
func remembered(h header) string {
	var list []string
	for _, col := range h.columns {
		if col.By == ByMemory {
			list = append(list, fmt.Sprintf("%s %q is %s", col.Letter, clip(col.Name, foundLimit), col.Field))
		}
	}
	if list == nil {
		return ""
	}
	return "columns named as --map did for an earlier sheet with the same header: " + strings.Join(list, ", ")
}

// unused lists the columns that are carried along, "" where there are none.
func (f *finder) unused(h header) string {
	has := map[string]bool{}
	for _, col := range h.columns {
		has[col.Field] = true
	}
	const most = 30
	var list []string
	more := 0
	for _, col := range h.columns {
		if col.Field != "" || col.Name == "" {
			continue
		}
		if len(list) == most {
			more++
			continue
		}
		text := fmt.Sprintf("%s %q", col.Letter, clip(col.Name, foundLimit))
		if field := f.words.near(col.Name); field != "" && !has[field] {
			text += " (did you mean " + field + "?)"
		} else if field := f.words.measured(col.Name); field != "" && !has[field] {
			text += fmt.Sprintf(" (it bears a unit or a total, so it isn't taken for %s: name a column %s that holds what an "+
				"order takes)", field, FieldNamed(field).Heading)
		}
		list = append(list, text)
	}
	if list == nil {
		return ""
	}
	if more > 0 {
		list = append(list, fmt.Sprintf("and %d more", more))
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
