package parse

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// People keep their own books beside the orders: a column that says done, cancelled or do not order. Such a row can be
// ordered as it stands, and surely isn't meant to be. To be silent about it costs money; to ask costs a question.

// doneReader finds cells that say done. Columns repeat themselves: answers are kept.
type doneReader struct {
	words   *doneLists
	columns map[int]*doneColumn // of the header
	order   int                 // the column that names the row's order: what has one is skipped anyway; -1: none
}

// doneColumn is a column in which people may say it.
type doneColumn struct {
	kind    headKind
	ref     bool            // of the person's own numbers: what has a digit is one
	comment bool            // of comments: a line there is a note where the row has a quantity
	chosen  []condition     // of --where that name the column and a value: "Status=done" is the person's own word
	says    map[string]bool // of the texts that were seen
}

func newDoneReader(h header, where []condition, words *doneLists, heads *heads) *doneReader {
	d := &doneReader{words: words, order: -1, columns: map[int]*doneColumn{}}
	const most = 100 // columns: people don't keep more
	// Where the ids of the orders stand there too, the rows are told by them.
	has := func(c column) bool { return c.Field == "order_id" }
	exported := heads.exported(h.columns) && !slices.ContainsFunc(h.columns, has)
	for i, col := range h.columns {
		switch col.Field {
		case "", "ref", "comments", "order_id":
			if len(d.columns) >= most {
				continue
			}
			c := &doneColumn{comment: col.Field == "comments", ref: col.Field == "ref", says: map[string]bool{}}
			switch col.Field {
			case "comments":
				c.kind = noteHead
			case "order_id":
				d.order, c.kind = i, stateHead // "pending" is no order, and "done" may be one
			case "":
				c.kind = heads.kindOf(col.Name)
			}
			if exported && c.kind == stateHead && col.Name != "" || exported && heads.export[2][joined(col.Name)] {
				c.kind = writtenHead
			}
			for _, cond := range where {
				if cond.index == col.index && !cond.not && !cond.absent {
					c.chosen = append(c.chosen, cond)
				}
			}
			d.columns[i] = c
		}
	}
	return d
}

// look gives the first of the columns that a row fills whose cell says done; -1: none does.
func (d *doneReader) look(filled []int, h header, raw *rawRow) int {
	if slices.Contains(filled, d.order) && h.ordered(raw, d.order) {
		return -1
	}
	const longest = 200 // bytes: what is longer is no mark
	for _, at := range filled {
		c := d.columns[at]
		if c == nil || c.comment && h.text(raw, "quantity") == "" {
			continue
		}
		text := raw.Cells[h.columns[at].index].Text
		if len(text) > longest || c.comment && strings.ContainsAny(book.Trim(text), "\r\n") {
			continue
		}
		if len(c.chosen) == 0 && c.sees(d.words, text, raw.Number-h.row) {
			return at
		}
	}
	return -1
}

// sees tells whether a cell of the column says done; row counts from the header.
func (c *doneColumn) sees(words *doneLists, text string, row int) bool {
	if c.ref && strings.ContainsAny(text, "0123456789") {
		return false
	}
	if c.kind == orderHead {
		return words.saysOrdered(text, row)
	}
	const most = 1000 // texts that are kept
	says, seen := c.says[text]
	if !seen {
		if len(c.says) >= most {
			clear(c.says)
		}
		says = words.says(book.Trim(text), c.kind)
		c.says[strings.Clone(text)] = says // the row's texts are one piece of memory
	}
	return says
}

// ordered tells whether a cell under Order ID names an order. What has no digit, such as "-" and "pending", doesn't.
func (h *header) ordered(raw *rawRow, at int) bool {
	return strings.ContainsAny(spoken(raw.Cells[h.columns[at].index].Text), "0123456789")
}

// saysDone is the warning about a cell that says done.
func (b *builder) saysDone(raw *rawRow, at int) Problem {
	col := b.header.columns[at]
	text := book.Trim(raw.Cells[col.index].Text)
	p := Problem{
		Sheet: b.sheet, Column: col.Letter, Row: raw.Number, Rule: "marked-done", Found: clip(text, foundLimit),
		Wrong:   fmt.Sprintf("stands in the column %q: the row may be done, or not to be ordered", col.Name),
		Mend:    "leave such rows out, or accept them",
		Warning: true, Asks: "done", Option: whereNot(col.Name, text),
	}
	if kind := b.done.columns[at].kind; kind == anewHead || kind == laterHead {
		p.Wrong = fmt.Sprintf("stands in the column %q, which isn't read: the row may be meant otherwise", col.Name)
	}
	if p.Option != "" {
		p.Mend = "leave such rows out with " + p.Option + ", or accept them"
		b.marked.add(p.Option, raw.Number)
	}
	return p
}

// whereNot is the option that leaves out what has the text under a name, as it is pasted into a shell; "": it can't be
// written.
func whereNot(name, text string) string {
	if name == "" || strings.ContainsAny(name+text, "'\n\r") || strings.Contains(name, "=") {
		return ""
	}
	return "--where '" + name + "!=" + text + "'"
}

// markedRows collects what leaves out all rows that say done: one option leaves out its own mark alone.
type markedRows struct {
	tally
	options []string
	more    bool
}

func (m *markedRows) add(option string, row int) {
	m.tally.add(row)
	const most = 12
	if slices.ContainsFunc(m.options, func(o string) bool { return plainMark(o) == plainMark(option) }) || m.more {
		return
	}
	if m.more = len(m.options) == most; !m.more {
		m.options = append(m.options, option)
	}
}

// plainMark is an option as --where compares its value.
func plainMark(option string) string { return plainText(strings.Trim(option, "'")) }

// note says it; "": one option, which stands beside the row, is enough.
func (m *markedRows) note() string {
	if len(m.options) < 2 || m.more {
		return ""
	}
	return fmt.Sprintf("rows %s bear several marks that say done; what leaves all of them out is %s", m.tally,
		strings.Join(m.options, " "))
}

// struck is the warning about a field whose text is struck through; nil: there is none in the row.
func (b *builder) struck(raw *rawRow) *Problem {
	for _, i := range b.filled {
		col := &b.header.columns[i]
		if col.Field == "" || !raw.Cells[col.index].Struck {
			continue
		}
		return &Problem{
			Sheet: b.sheet, Column: col.Letter, Row: raw.Number, Field: col.Field, Rule: "struck-through",
			Found:   clip(raw.Cells[col.index].Text, foundLimit),
			Wrong:   "is struck through: the row may be done, or not to be ordered",
			Mend:    "leave such rows out with --skip-struck, or accept them",
			Warning: true, Asks: "struck", Option: "--skip-struck",
		}
	}
	return nil
}
