package parse

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// isHeader tells whether a row below the header is a header too: the same one again, which is passed over, or that of
// another table, which is read by it. One that looks like a header and can't be read is an error: the rows below it
// would be read by names that aren't theirs.
func (b *builder) isHeader(raw *rawRow) (bool, error) {
	again, is := b.asHeader(raw)
	switch {
	case !is:
		return false, nil
	case b.repeatsTexts(raw) || again.complete() && b.sameFields(again):
		b.repeats.add(raw.Number)
		return true, nil
	case again.complete():
		b.next = raw.Number
		return true, nil
	}
	_, mend := b.finder.missing(again)
	return false, &FileError{
		Path: b.file,
		Wrong: fmt.Sprintf("row %d of %s looks like the header of a second table, which can't be read: orders need the "+
			"columns service and link (or username), and it has %s", raw.Number, b.sheet, quoted(again.texts)),
		Mend: mend + ", or put that table on a sheet of its own",
	}
}

// mayBeTitle tells whether a row may be the title of a table below it: it has one text, which is no number and no
// address, and so it is no order.
func (b *builder) mayBeTitle(raw *rawRow) bool {
	if len(b.filled) != 1 || b.header.row == 0 {
		return false
	}
	cell := &raw.Cells[b.header.columns[b.filled[0]].index]
	address := strings.Contains(cell.Text, "@") || strings.Contains(cell.Text, "/") && strings.Contains(cell.Text, ".")
	return cell.Kind == book.Text && !allDigits(book.Trim(cell.Text)) && !address && !b.isTotal(raw)
}

// entitle decides about the row before, where it may be a title: it is one above a header, otherwise a row like others.
func (b *builder) entitle(header bool) {
	raw := b.title
	if b.title = nil; raw == nil {
		return
	}
	b.entitles(raw)
	left := b.skipSections && b.section.row == raw.Number
	if header || left {
		b.titled.add(raw.Number)
		return
	}
	if b.look(raw); !b.leftOut(raw) {
		b.build(raw, -1)
	}
}

// begins tells whether a row is the header of another table.
func (b *builder) begins(raw *rawRow) bool {
	filled, stray := slices.Clone(b.filled), b.stray
	defer func() { b.filled, b.stray = filled, stray }()
	b.look(raw)
	again, is := b.asHeader(raw)
	return is && again.complete() && !b.sameFields(again)
}

// asHeader sees a row as a header, where it may be one.
func (b *builder) asHeader(raw *rawRow) (c candidate, is bool) {
	if b.header.row == 0 {
		return c, false
	}
	may, sure := b.mayBeHeader(raw)
	const most = 8 // rows: each is looked for from the top
	if may && raw.Outside > 0 && b.wider < most {
		b.wider++
		if all, err := rowAt(allCells(b.source), raw.Number); err == nil {
			c = b.finder.candidate(all)
			return c, c.complete() || sure
		}
	}
	if !sure {
		return c, false
	}
	return b.finder.candidate(raw), true
}

// mayBeHeader is a quick look: orders hold numbers and addresses where headers hold names. A row of texts of which two
// or more name fields is surely one; one that has more cells to the right may be.
func (b *builder) mayBeHeader(raw *rawRow) (may, sure bool) {
	const longest, widest = 64, 1000
	if len(b.filled) > widest {
		return false, false
	}
	for _, i := range b.filled {
		col := &b.header.columns[i]
		if col.Field == "link" && strings.Contains(raw.Cells[col.index].Text, "://") {
			return false, false // most rows end here
		}
	}
	first, several, same, words := "", false, 0, true
	for _, i := range b.filled {
		col := &b.header.columns[i]
		cell := &raw.Cells[col.index]
		if cell.Kind != book.Text || len(cell.Text) > longest || cell.Text[0] >= '0' && cell.Text[0] <= '9' {
			words = false
			continue
		}
		text := book.Trim(cell.Text)
		if text == col.Name {
			same++
		}
		if field := b.finder.words.of(text); field != "" {
			several = several || first != "" && first != field
			first = field
		}
	}
	sure = words && several || same > 1
	return sure || words && (first != "" || len(b.filled) == 0), sure
}

// sameFields tells whether a header has the fields of the sheet's own in the same columns.
func (b *builder) sameFields(c candidate) bool {
	for _, col := range b.header.columns {
		field := ""
		if col.index < len(c.fields) {
			field = c.fields[col.index]
		}
		if field != col.Field {
			return false
		}
	}
	last := b.header.columns[len(b.header.columns)-1].index
	return !slices.ContainsFunc(c.fields[min(last+1, len(c.fields)):], func(field string) bool { return field != "" })
}

// repeatsTexts tells whether a row has the header's own texts, whatever they mean.
func (b *builder) repeatsTexts(raw *rawRow) bool {
	for _, col := range b.header.columns {
		if col.index >= len(raw.Cells) || book.Trim(raw.Cells[col.index].Text) != col.Name {
			return false
		}
	}
	return true
}
