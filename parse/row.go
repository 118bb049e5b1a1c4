package parse

import (
	"fmt"
	"slices"

	"bulkorder/parse/book"
)

const (
	// batchRows is how many rows are decoded at once.
	batchRows = 64
	// batchBytes is the size of the cells beyond which rows are decoded at once, however few they are.
	batchBytes = 1 << 20
	// blankRun is how many blank rows end a sheet.
	blankRun = 1000
	// cellsLimit is how many cells a sheet may have: its filled rows times its columns. A million rows may have 64
	// columns. No sheet of people's has more than wideColumns, and each row of one that has takes the longer.
	cellsLimit, wideLimit = 64 << 20, 32 << 20
	wideColumns           = 1024
)

// builder makes Rows of raw rows, and remembers what the notes will tell.
type builder struct {
	file   string
	sheet  string
	table  *Table
	width  int // how many cells a row gets
	source source
	finder *finder
	text   bool // cells right of the header's columns mean that a record's cells have shifted
	header header
	fields []string // of the known columns, in the header's order; gocsv's header

	rows    []Row
	values  [][]string // of the rows, by fields
	decoded []Fields

	cutAt   int   // the quantity in raw rows, where commas may cut it; -1: they can't
	cuts    *cuts // nil until a row needs them
	counted bool  // whether the column ID was looked at
	idAt    int   // that column, where it only counts the rows; -1: it doesn't
	bare    *bool // whether any row begins without a mark by which lines are taken out; nil until one has it

	stray   bool    // the row which is looked at has cells beside the table
	filled  []int   // the header's columns that the row fills which is looked at
	marks   []marks // of the columns; nil until a number needs them
	bytes   int     // of the cells of rows
	cells   int     // of all filled rows so far
	last    int     // number of the last row that held anything
	beyond  int     // number of the first row beyond a run of blank rows that ends the sheet
	next    int     // number of the row in which another table begins; 0: none was met
	wider   int     // rows that were looked at with all their cells
	title   *rawRow // the last row, where it may be the title of a table below; nil: it isn't
	titled  tally   // rows that are such titles
	repeats tally   // rows that repeat the header

	serviceAt int         // the service in raw rows; -1: no column is known to hold it
	examples  tally       // rows that are a template's examples
	totals    totals      // rows that add others up
	apart     tally       // rows where only unknown columns are filled
	outside   string      // the first cell of a workbook that is filled and has no column
	remarks   remarks     // notes of the person's that hold no row
	old       tally       // rows with values of formulas that are to be reckoned anew
	merged    []book.Area // over quantities of rows that are still to come

	done       *doneReader
	unit       unit    // of the quantities, where something around the table names one
	foot       foot    // what stands below the rows and says that they are done
	section    section // what stands above the rows and says that they are done
	where      []condition
	skip       []*skipped
	skipStruck bool
	holdNotes  bool
	acceptK    bool
	thousands  byte // the mark that parts them, as the person says; 0: the column shows it
	limits     Limits
	edits      map[Line]map[string]string // of [Options]
	crossed    tally                      // rows that are left out as they are struck through

	skipSections bool
	sections     tally // rows that are left out as they stand below such a title
}

func newBuilder(s *Sheet, t *Table) *builder {
	b := &builder{
		file:   s.File,
		sheet:  t.Sheet,
		table:  t,
		width:  len(t.header.columns),
		source: t.source,
		finder: s.finder,
		text:   s.Format != "xlsx",
		header: t.header,
		last:   t.header.row,
		skip:   skips(s.said.SkipMarked),
		where:  t.where,

		skipStruck: s.said.SkipStruck, skipSections: s.said.SkipSections, holdNotes: s.said.HoldNotes,
		acceptK:   s.said.AcceptK,
		thousands: s.said.Thousands,
		limits:    s.Limits,
		edits:     s.said.Edits,
	}
	b.done = newDoneReader(s, t, b.skip)
	t.words, t.holdNotes = b.done.words, b.holdNotes
	b.section, b.unit = b.tab(), b.named()
	b.serviceAt = -1
	if i := slices.IndexFunc(t.header.columns, func(c column) bool { return c.Field == "service" }); i >= 0 {
		b.serviceAt = t.header.columns[i].index
	}
	if t.to != nil {
		b.width = len(s.Columns)
	}
	b.cutAt, b.merged = b.cuttable(), b.mergedQuantities()
	for _, col := range t.header.columns {
		if col.Field != "" && !col.extra {
			b.fields = append(b.fields, col.Field)
		}
	}
	return b
}

// add takes a raw row in. It is false where the sheet has ended.
func (b *builder) add(raw *rawRow) (bool, error) {
	if raw.Number <= b.header.row {
		b.above(raw)
		return true, nil
	}
	raw = b.edited(raw)
	if book.Blank(raw.Cells) && raw.Outside == 0 && len(raw.problems) == 0 {
		return true, nil
	}
	if raw.Number-b.last > blankRun {
		b.beyond = raw.Number
		return false, nil
	}
	b.last = raw.Number
	most := cellsLimit
	if len(b.header.columns) > wideColumns {
		most = wideLimit
	}
	if b.cells += len(b.header.columns); b.cells > most {
		return false, &FileError{
			Path: b.file,
			Wrong: fmt.Sprintf("has more than %d million cells: %d columns, and still filled rows at %d", most>>20,
				len(b.header.columns), raw.Number),
			Mend: "remove the columns that orders do not need, or split the sheet",
		}
	}
	err := b.sort(raw)
	return b.next == 0, err
}

// sort tells rows that are orders from those that are none.
func (b *builder) sort(raw *rawRow) error {
	known, outside := b.look(raw)
	if b.foot.last = (section{}); b.foot.many && len(b.filled) == 1 {
		_, text := lastText(raw)
		b.foot.last = section{text: clip(text, foundLimit), row: raw.Number}
	}
	if known && b.isExample(raw) {
		b.examples.add(raw.Number)
		return nil
	}
	if len(raw.problems) == 0 && (known || outside >= 0) {
		is, err := b.isHeader(raw)
		if err != nil {
			return err
		}
		if is {
			b.entitle(true)
			return nil
		}
	}
	if b.title != nil { // b.filled is of that row then
		b.entitle(false)
		b.look(raw)
	}
	if len(raw.problems) == 0 && known && outside < 0 && b.mayBeTitle(raw) {
		b.title = raw.clone()
		return nil
	}
	if outside >= 0 && !b.text {
		if b.outside == "" {
			b.outside = place(b.sheet, outside, raw.Number)
		}
		outside = -1
	}
	switch {
	case len(raw.problems) == 0 && !known && outside < 0:
		b.apart.add(raw.Number)
		b.entitles(raw)
	case outside < 0 && b.isTotal(raw):
		b.totals.add(raw.Number)
	case !b.leftOut(raw):
		b.build(raw, outside)
	}
	return nil
}

// look tells whether a known column is filled, and the index of the first filled cell that is in none of the columns,
// or
// -1.
func (b *builder) look(raw *rawRow) (known bool, outside int) {
	columns := b.header.columns
	first, last := columns[0].index, columns[len(columns)-1].index
	outside, b.filled, b.stray = -1, b.filled[:0], raw.Outside > 0
	for i := range raw.Cells {
		if c := &raw.Cells[i]; c.Text == "" && c.Kind == book.Text || book.Blank(raw.Cells[i:i+1]) {
			continue // most cells of a wide sheet are empty
		}
		if i < first || i > last {
			b.stray = true
			if outside < 0 && (i > last || !b.text) { // left of a text's columns the header has a cell too, which is empty
				outside = i
			}
			continue
		}
		b.filled = append(b.filled, i-first)
		known = known || columns[i-first].Field != ""
	}
	if outside < 0 && raw.Outside > 0 {
		outside = raw.Outside
	}
	return known, outside
}

// build reads all values of a row.
func (b *builder) build(raw *rawRow, outside int) {
	row := Row{Number: raw.Number, Table: b.table, Cells: make([]string, b.width), Problems: raw.problems}
	if b.table.Tab != "" {
		row.Cells[0] = b.table.Tab
	}
	const slot = 16 // bytes of an empty string
	b.bytes += slot * len(row.Cells)
	values := make([]string, 0, len(b.fields))
	for i := range b.header.columns {
		col := &b.header.columns[i] // not a copy: a sheet may have 16,384 columns, most of them empty
		var c *book.Cell
		if col.index < len(raw.Cells) {
			c = &raw.Cells[col.index]
		}
		if c != nil && c.Text != "" {
			at := i
			if b.table.to != nil {
				at = b.table.to[i]
			}
			row.Cells[at] = c.Text
			b.bytes += len(c.Text)
		}
		if col.Field == "" {
			if c != nil && tooLong(c.Text) {
				row.Problems = append(row.Problems, b.longUnused(raw, col, c.Text))
			}
			continue
		}
		if c == nil {
			c = &book.Cell{}
		}
		if col.Field == "quantity" {
			row.Reckoned = c.Reckoned
		}
		value, f := b.value(*c, i)
		if col.Field == "order_id" && value != "" && !b.header.ordered(raw, i) {
			value = "" // no order yet
		}
		if f != nil && len(raw.problems) == 0 { // where the row itself is doubtful, so are all its cells
			row.Problems = append(row.Problems, b.faulty(raw, col, c.Text, f))
		}
		if col.hidden && value != "" && len(raw.problems) == 0 {
			row.Problems = append(row.Problems, b.unseen(raw, col))
		}
		if !col.extra {
			values = append(values, value)
			continue
		}
		if row.Extra == nil {
			row.Extra = map[string]string{}
		}
		row.Extra[col.Field] = value
	}
	if len(raw.problems) == 0 {
		row.Problems = append(row.Problems, b.doubts(raw, outside)...)
	}
	b.tellOld(raw)
	b.goesOn(raw)
	b.rows = append(b.rows, row)
	b.values = append(b.values, values)
}

// tellOld counts a row with a value of a formula that is to be reckoned anew.
func (b *builder) tellOld(raw *rawRow) {
	if !b.text && slices.ContainsFunc(b.header.columns, func(col column) bool {
		return col.Field != "" && col.index < len(raw.Cells) && raw.Cells[col.index].Old &&
			raw.Cells[col.index].Target == "" && raw.Cells[col.index].Kind != book.Pending
	}) {
		b.old.add(raw.Number)
	}
}

// faulty is what is wrong with the value of a cell.
func (b *builder) faulty(raw *rawRow, col *column, text string, f *fault) Problem {
	return Problem{
		Sheet: b.sheet, Column: col.Letter, Row: raw.Number, Field: col.Field, Rule: f.rule,
		Found: clip(text, foundLimit), Wrong: f.wrong, Mend: f.mend,
	}
}

// longUnused warns of a text in a column that is carried along, which the results can't hold.
func (b *builder) longUnused(raw *rawRow, col *column, text string) Problem {
	return Problem{
		Sheet: b.sheet, Column: col.Letter, Row: raw.Number, Rule: "cell-too-long",
		Found:   clip(text, foundLimit),
		Wrong:   "is longer than the 32,767 characters that a cell of the results can hold",
		Mend:    "shorten it, or it will be cut there",
		Warning: true,
	}
}

func (b *builder) outOfPlace(raw *rawRow, index int) Problem {
	return Problem{
		Sheet: b.sheet, Column: Letter(index), Row: raw.Number, Rule: "cell-outside",
		Found: clip(raw.Cells[index].Text, foundLimit),
		Wrong: "stands in no column of the header",
		Mend:  "look whether the row's cells have shifted: a cell that holds the delimiter must be in quotes",
	}
}

// value reads a cell of the ith column. Where commas or points leave a number open, or a day may be a month, the whole
// column is asked.
func (b *builder) value(c book.Cell, i int) (string, *fault) {
	if field := b.header.columns[i].Field; c.Kind == book.Text && (field == "interval" || field == "runs") {
		if IsNothing(book.Trim(c.Text)) {
			return "", nil
		}
		if field == "interval" {
			c.Text = minutesAlone(c.Text)
		}
	}
	if b.header.columns[i].Field == "quantity" && c.Kind == book.Text {
		c.Text = b.finder.pieces.alone(c.Text)
	}
	value, f := normalise(c, b.header.columns[i].kind, marks{short: b.acceptK})
	open := f != nil && f.rule == ambiguousNumber
	if f == nil && b.header.columns[i].kind == date && c.Kind == book.Text {
		_, open = eitherDay(book.Trim(c.Text))
	}
	if !open {
		return value, f
	}
	if b.marks == nil {
		b.marks = b.seeMarks()
	}
	m := b.marks[i]
	if m.short = b.acceptK; b.thousands != 0 {
		m = m.said(b.thousands)
	}
	return normalise(c, b.header.columns[i].kind, m)
}

func (b *builder) full() bool { return len(b.rows) >= batchRows || b.bytes >= batchBytes }

// flush decodes the rows that have gathered and hands them on. It is false where the consumer has stopped.
func (b *builder) flush(yield func(Row, error) bool) bool {
	var err error
	if b.decoded, err = decode(b.fields, b.values, b.decoded); err != nil {
		yield(Row{}, fmt.Errorf("decoding the rows from %s!%d on: %w", b.sheet, b.rows[0].Number, err))
		return false
	}
	for i := range b.rows {
		b.rows[i].Fields = b.decoded[i]
		for at := range b.rows[i].Problems {
			b.rows[i].Problems[at].Tab = b.table.Tab
		}
		if !yield(b.rows[i], nil) {
			return false
		}
	}
	b.rows, b.values, b.bytes = b.rows[:0], b.values[:0], 0
	return true
}
