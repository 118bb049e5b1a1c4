package parse

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// isHeader tells whether a row below the header is a header too: the same one again, which is passed over. Another one
// is an error: the rows below it would be read by names that aren't theirs.
func (b *builder) isHeader(raw *rawRow) (bool, error) {
	if b.header.row == 0 || !b.mayBeHeader(raw) {
		return false, nil
	}
	again := b.finder.candidate(raw)
	if !again.complete() {
		return b.repeatsTexts(raw), nil
	}
	if b.sameFields(again) {
		b.repeats.add(raw.Number)
		return true, nil
	}
	return false, &FileError{
		Path: b.file,
		Wrong: fmt.Sprintf("row %d of %s begins a second table, with other columns than the header in row %d: %s",
			raw.Number, b.sheet, b.header.row, quoted(again.texts)),
		Mend: "put each table on a sheet of its own, or give both the same columns",
	}
}

// mayBeHeader is a quick look: orders hold numbers and addresses where headers hold names.
func (b *builder) mayBeHeader(raw *rawRow) bool {
	const longest, widest = 64, 1000
	service, link, same := false, false, 0
	if len(b.filled) > widest {
		return false
	}
	for _, i := range b.filled {
		col := &b.header.columns[i]
		if col.Field == "link" && strings.Contains(raw.Cells[col.index].Text, "://") {
			return false // most rows end here
		}
	}
	for _, i := range b.filled {
		col := &b.header.columns[i]
		cell := &raw.Cells[col.index]
		if cell.Kind != book.Text || len(cell.Text) > longest || cell.Text[0] >= '0' && cell.Text[0] <= '9' {
			continue
		}
		text := book.Trim(cell.Text)
		if text == col.Name {
			same++
		}
		switch b.finder.words.of(text) {
		case "service":
			service = true
		case "link", "username":
			link = true
		}
	}
	return service && link || same > 1
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
	b.repeats.add(raw.Number)
	return true
}
