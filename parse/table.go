package parse

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"bulkorder/parse/book"
)

// Table is rows below one header. A sheet has several where a second table follows with other columns, or where several
// worksheets are read as one sheet.
type Table struct {
	Sheet   string   // what messages put before the "!": the worksheet's name, or the file's for text
	Tab     string   // the worksheet's name where several are read as one sheet; "": the sheet is read alone
	Columns []Column // in the table's order, from the header's first text to its last

	tab    int // counts the worksheets that are read, from 1; 0: the sheet is read alone
	source source
	header header
	where  []condition
	words  *doneLists // by which its notes are understood
	// whether rows with a note that isn't understood wait
	holdNotes bool
	count     int   // of the tables above it on its worksheet
	to        []int // where each of the columns is among those of the sheet; nil: where it is in the table
}

// Row is the number of the table's header; 0: it has none.
func (t *Table) Row() int { return t.header.row }

// Quantities says by --map which column may hold the quantities, where none is named so; "": nothing tells.
func (t *Table) Quantities() string { return t.header.proposal }

// Quantities are the options that say which columns may hold the quantities, where tables name none so: [Table.Quantities]
// of all of them. "": nothing tells.
func (s *Sheet) Quantities() string {
	var all []string
	for _, t := range s.tables {
		if option := t.Quantities(); option != "" && !slices.Contains(all, option) {
			all = append(all, option)
		}
	}
	return strings.Join(all, " ")
}

// United is the column that holds the quantities in another unit, such as thousands or those of a day; "": none does.
func (t *Table) United() string { return t.header.united }

// Fingerprint is [Sheet.HeaderFingerprint] of the table's own header.
func (t *Table) Fingerprint() string { return t.header.fingerprint }

// Head is the cell that names a column of the table.
func (t *Table) Head(c Column) string {
	cell := c.Letter + strconv.Itoa(t.header.row)
	if t.Tab != "" {
		cell = t.Tab + "!" + cell
	}
	return cell
}

// Cells are those of a row of the table in the order of the table's columns.
func (t *Table) Cells(row Row) []string {
	if t.to == nil {
		return row.Cells
	}
	cells := make([]string, len(t.to))
	for i, at := range t.to {
		cells[i] = row.Cells[at]
	}
	return cells
}

// Letters are those that the sheet's columns have in the table; "": it hasn't the column.
func (t *Table) Letters() (all []string) {
	for i, c := range t.Columns {
		at := i
		if t.to != nil {
			at = t.to[i]
		}
		for len(all) <= at {
			all = append(all, "")
		}
		all[at] = c.Letter
	}
	return all
}

// Line is where a row of a worksheet, or of text, stands among those that are read; ok is false where it isn't read.
func (s *Sheet) Line(tab string, number int) (l Line, ok bool) {
	for _, t := range s.tables {
		if t.Sheet == tab {
			return Row{Number: number, Table: t}.Line(), true
		}
	}
	return l, false
}

// Tables are those of the sheet, in their order; the second tables of worksheets are known when the rows were walked.
func (s *Sheet) Tables() []*Table { return s.tables }

const (
	// mostTables is how many tables a worksheet may have: each is looked for from the top.
	mostTables = 50
	// mostTabs is how many worksheets are read as one.
	mostTabs = 1_000
)

// opened completes the tables that were found when the sheet was opened.
func (s *Sheet) opened() error {
	s.HeaderFingerprint = s.tables[0].header.fingerprint
	if s.said.AllSheets && s.tables[0].tab > 0 {
		s.Columns = []Column{{Name: s.tabColumn(), By: Unused}}
		s.own = 1
	}
	for _, t := range s.tables {
		if err := s.complete(t); err != nil {
			return err
		}
	}
	if err := s.skippable(); err != nil {
		return err
	}
	for _, said := range s.said.Where {
		is := func(t *Table) bool {
			return slices.ContainsFunc(t.where, func(c condition) bool { return c.said == said && !c.absent })
		}
		if !slices.ContainsFunc(s.tables, is) {
			_, err := s.tables[0].header.conditions(s.path, []string{said})
			return err
		}
	}
	return nil
}

// complete gives a table its columns and conditions, and notes what a person should know of it. A condition may name a
// column that only other tables have.
func (s *Sheet) complete(t *Table) error {
	for _, said := range s.said.Where {
		where, err := t.header.conditions(s.path, []string{said})
		only := len(s.tables) == 1 && s.tables[0] == t
		if err != nil && (only || !strings.Contains(said, "=")) {
			return err
		}
		if err != nil {
			name, value, _ := strings.Cut(said, "=")
			where = []condition{{
				said: said, value: book.Trim(value), index: -1, not: strings.HasSuffix(name, "!"), absent: true,
			}}
		}
		t.where = append(t.where, where...)
	}
	for _, col := range t.header.columns {
		t.Columns = append(t.Columns, col.Column)
	}
	s.adopt(t)
	if t.header.row > 1 && s.tables[0] == t && t.tab == 0 {
		s.note(t, fmt.Sprintf("the header was found in row %d", t.header.row))
	}
	if note := remembered(t.header); note != "" {
		s.note(t, note)
	}
	if note := s.finder.unused(t.header); note != "" {
		s.note(t, note)
	}
	return nil
}

// note tells of one table; where several worksheets are read, of which.
func (s *Sheet) note(t *Table, words string) {
	if t.Tab != "" {
		words = fmt.Sprintf("%q: %s", clip(t.Tab, foundLimit), words)
	}
	s.Notes = append(s.Notes, words)
}

// adopt finds the place of a table's columns among those of the sheet, which gets what it doesn't have yet: columns are
// one where they hold the same field, or have the same name and hold none.
func (s *Sheet) adopt(t *Table) {
	if s.own == 0 && len(s.Columns) == 0 {
		s.Columns = slices.Clone(t.Columns)
		return
	}
	taken := make([]bool, len(s.Columns))
	t.to = make([]int, len(t.Columns))
	for i, col := range t.Columns {
		at := slices.IndexFunc(s.Columns[s.own:], func(c Column) bool {
			return c.Field == col.Field && (col.Field != "" || col.Name != "" && same(c.Name, col.Name))
		}) + s.own
		if at < s.own || at >= len(taken) || taken[at] {
			at = len(s.Columns)
			s.Columns = append(s.Columns, col)
			taken = append(taken, true)
		}
		taken[at], t.to[i] = true, at
	}
}

// tabColumn is the head under which the name of its worksheet is carried with each row.
func (s *Sheet) tabColumn() string {
	for _, t := range s.tables {
		if slices.ContainsFunc(t.header.columns, func(c column) bool { return Fold(c.Name) == "client" }) {
			return "Tab" // Client is the person's own word
		}
	}
	return "Client"
}

// Rows walks the rows once, as a stream: memory does not grow with their number. A row with Problems is a row like the
// others. An error ends the walk and means that the sheet is not whole; it is a *FileError, or a *Problem that names
// the row.
func (s *Sheet) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		s.Examples = ""
		for i := 0; i < len(s.tables); i++ {
			next, more := s.walk(s.tables[i], yield)
			if !more {
				return
			}
			known := i+1 < len(s.tables) && s.tables[i+1].Sheet == s.tables[i].Sheet && s.tables[i+1].header.row == next
			if next == 0 || known { // the rows may be walked again
				continue
			}
			table, err := s.further(s.tables[i], next)
			if err != nil {
				yield(Row{}, err)
				return
			}
			s.tables = slices.Insert(s.tables, i+1, table)
		}
		if err := s.imprint.changed(); err != nil {
			yield(Row{}, err)
		}
	}
}

// walk walks the rows of a table. next is the row in which another one begins; 0: none does. more is false where the
// walk has ended.
func (s *Sheet) walk(t *Table, yield func(Row, error) bool) (next int, more bool) {
	b := newBuilder(s, t)
	for raw, err := range t.source.rows() {
		more := false
		if err == nil {
			more, err = b.add(raw)
		} else {
			err = cmp.Or(s.imprint.changed(), err)
		}
		if err != nil {
			if b.flush(yield) {
				yield(Row{}, err)
			}
			return 0, false
		}
		if !more {
			break
		}
		if b.full() && !b.flushOthers(yield) {
			return 0, false
		}
	}
	b.entitle(false)
	if !b.flush(yield) {
		return 0, false
	}
	if err := b.unseenFoot(); err != nil {
		yield(Row{}, err)
		return 0, false
	}
	if b.examples.count > 0 {
		s.Examples = b.examples.String()
	}
	for _, note := range b.notes() {
		s.note(t, note)
	}
	return b.next, true
}

// further reads the header of another table below one.
func (s *Sheet) further(above *Table, row int) (*Table, error) {
	t := &Table{Sheet: above.Sheet, Tab: above.Tab, tab: above.tab, source: allCells(above.source)}
	if t.count = above.count + 1; t.count >= mostTables {
		return nil, &FileError{
			Path: s.path,
			Wrong: fmt.Sprintf("has more than %d tables with other columns in %s: the next one begins in row %d", mostTables,
				t.Sheet, row),
			Mend: "give the tables the same columns, or split the sheet",
		}
	}
	if s.ask != nil {
		return nil, s.ask()
	}
	raw, err := rowAt(t.source, row)
	if err != nil {
		return nil, err
	}
	best := s.finder.candidate(raw)
	if t.header, err = s.finder.headerOf(s.path, t.Sheet, best); err != nil {
		return nil, err
	}
	if source, is := t.source.(*bookSource); is {
		if err := s.prepare(source, t, best); err != nil {
			return nil, err
		}
	}
	if err := s.complete(t); err != nil {
		return nil, err
	}
	var names []string
	for _, col := range t.Columns {
		if col.Field != "" {
			names = append(names, fmt.Sprintf("%s %q is %s", col.Letter, clip(col.Name, foundLimit), col.Field))
		}
	}
	s.note(t, fmt.Sprintf("row %d begins a second table, which is read by its own header: %s", row,
		strings.Join(names, ", ")))
	return t, nil
}

// allCells is a source that gives all cells of its rows, not only those that a header has columns for.
func allCells(s source) source {
	if b, is := s.(*bookSource); is {
		return &bookSource{path: b.path, sheet: b.sheet}
	}
	return s
}

// rowAt reads one row once more.
func rowAt(s source, number int) (*rawRow, error) {
	for raw, err := range s.rows() {
		if err != nil || raw.Number >= number {
			return raw, err
		}
	}
	return &rawRow{}, nil
}
