package parse

import (
	"fmt"
	"strings"

	"bulkorder/parse/book"
)

// isNote tells whether the cell of a column, by its place in the header, is a note of the person's.
func (b *builder) isNote(raw *rawRow, at int) bool {
	c, index := b.done.columns[at], b.header.columns[at].index
	return index < len(raw.Cells) && (raw.Cells[index].Kind == book.Text || raw.Cells[index].Kind == book.Number) &&
		!book.Blank(raw.Cells[index:index+1]) && !c.publishes(raw, &b.header, at) &&
		len(c.chosen) == 0 && !raw.Cells[index].Struck // what is struck through was taken back
}

// unknownNotes is the warning about a note of the row that nobody understands, where such rows wait. Notes that hold no
// row are told all the same.
func (b *builder) unknownNotes(raw *rawRow) []Problem {
	for _, at := range b.done.notes {
		if !b.isNote(raw, at) {
			continue
		}
		c, col := b.done.columns[at], &b.header.columns[at]
		text := book.Trim(raw.Cells[col.index].Text)
		if c.comment {
			continue // whether it is published is known by the service's type; see [Table.Understands]
		}
		if b.done.words.understood(text, beside(raw, col.index)) || b.ofNames(c, col.index) {
			if c.kind == noteHead {
				b.remarks.add(place(b.sheet, col.index, raw.Number), text)
			}
			continue
		}
		if !b.holdNotes {
			b.remarks.addUnknown(place(b.sheet, col.index, raw.Number), text)
			continue
		}
		where := fmt.Sprintf("in the column %q", col.Name)
		if book.Trim(col.Name) == "" {
			where = "in a column without a name"
		}
		return []Problem{b.noteUnknown(raw, col.index, text, where)}
	}
	if b.stray && !b.text { // of a text it is an error
		for _, s := range b.strays(raw) {
			if b.done.words.understood(s.text, beside(raw, s.index)) {
				continue
			}
			if !b.holdNotes {
				b.remarks.addUnknown(place(b.sheet, s.index, raw.Number), s.text)
				continue
			}
			return []Problem{b.noteUnknown(raw, s.index, s.text, "beside the table, in a column without a name")}
		}
	}
	for _, n := range raw.Notes {
		text := withoutAuthor(n.Text)
		if b.done.words.understood(text, beside(raw, -1)) {
			continue
		}
		if !b.holdNotes {
			b.remarks.addUnknown(place(b.sheet, n.Column, raw.Number), text)
			continue
		}
		return []Problem{b.noteUnknown(raw, n.Column, text, "in the comment on the cell")}
	}
	return nil
}

func (b *builder) noteUnknown(raw *rawRow, column int, text, where string) Problem {
	return Problem{
		Sheet: b.sheet, Column: Letter(column), Row: raw.Number, Rule: "note-unknown", Found: clip(text, foundLimit),
		Wrong:   "stands " + where + ", and isn't understood: it may say that the row isn't to be ordered as it stands",
		Mend:    "leave the row out if it does, or accept it",
		Warning: true, Asks: "note",
	}
}

// Understands tells whether a note is understood that stands in a row of the table, in which nothing was found that
// stops the row; or no row waits for that.
func (t *Table) Understands(note string) bool {
	return t.words == nil || !t.holdNotes || t.words.understood(note, "")
}

// beside are the texts of a row's other cells, as they are compared.
func beside(raw *rawRow, index int) string {
	var texts []string
	for i, c := range raw.Cells {
		if i != index && c.Text != "" {
			texts = append(texts, spoken(c.Text))
		}
	}
	return strings.Join(texts, " ")
}

// withoutAuthor is a comment on a cell without the line of who wrote it, which ends in a colon.
func withoutAuthor(comment string) string {
	first, rest, several := strings.Cut(comment, "\n")
	if several && strings.HasSuffix(book.Trim(first), ":") {
		return book.Trim(rest)
	}
	return book.Trim(comment)
}

// ofNames tells whether a column of notes is filled in nearly every row, most often with what isn't understood: it
// holds names, and no row is special by them. A few rows don't show that.
func (b *builder) ofNames(c *doneColumn, index int) bool {
	if c.names != nil {
		return *c.names
	}
	const fewest, most = 10, 2000 // rows that are looked at
	rows, filled, unknown, last := 0, 0, 0, b.header.row
	for raw, err := range b.source.rows() {
		if err != nil || rows >= most || raw.Number-last > blankRun && raw.Number > last {
			break
		}
		if raw.Number <= b.header.row || book.Blank(raw.Cells) {
			continue
		}
		if last = raw.Number; b.begins(raw) {
			break
		}
		rows++
		if index >= len(raw.Cells) || book.Blank(raw.Cells[index:index+1]) {
			continue
		}
		if filled++; !b.done.words.understood(book.Trim(raw.Cells[index].Text), beside(raw, index)) {
			unknown++
		}
	}
	c.names = new(bool)
	*c.names = rows >= fewest && filled*10 >= rows*9 && unknown*2 > filled
	return *c.names
}
