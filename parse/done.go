package parse

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bulkorder/parse/book"
)

// People keep their own books beside the orders: a column that says done, cancelled or do not order. Such a row can be
// ordered as it stands, and surely isn't meant to be. To be silent about it costs money; to ask costs a question.

// doneReader finds cells that say done. Columns repeat themselves: answers are kept.
type doneReader struct {
	words    *doneLists
	today    time.Time
	text     *text               // in an encoding that isn't certain; nil: it is
	columns  map[int]*doneColumn // of the header
	choosers []int               // the columns that say which rows are to be ordered, and aren't chosen by otherwise
	notes    []int               // the columns of notes, and those without a name
	order    int                 // the column that names the row's order: what has one is skipped anyway; -1: none
	first    map[int][]string    // texts of the first rows, by the index of a column of the person's own; nil: not looked at
}

// doneColumn is a column in which people may say it.
type doneColumn struct {
	kind    headKind
	last    mark            // what the cell that was looked at last says
	ref     bool            // of the person's own numbers: what has a digit is one
	comment bool            // of comments: a line there is a note where the row has a quantity
	chosen  []condition     // of --where that name the column and a value: "Status=done" is the person's own word
	skip    *skipped        // what says that marked rows are left out; nil: nothing does
	states  bool            // its very name is one for states: what isn't known there is asked about
	either  bool            // it holds yes and no, and rows that are marked are left out: nobody knows by which of them
	future  bool            // a day that is to come says that the row isn't to be ordered now
	places  bool            // it may be one for states of a country too: Ohio, NY
	results bool            // it is that of a results workbook, where held rows are to be looked at again
	says    map[string]mark // of the texts that were seen
	noes    map[string]bool // what says no beside the other answers: "-" beside "+", T beside Y
	ticked  *string         // what says in another row that it is to be ordered; nil: nobody has looked
	names   *bool           // it holds names rather than notes; nil: nobody has looked
}

// mark is what a cell says of its row.
type mark uint8

const (
	unmarked mark = iota
	unknown       // nobody knows what
	marked        // it is done, or not to be ordered
)

func newDoneReader(s *Sheet, t *Table, skip []*skipped) *doneReader {
	h, heads := t.header, s.finder.heads
	d := &doneReader{words: s.finder.doneWords(), today: s.said.Today, order: -1, columns: map[int]*doneColumn{}}
	if d.today.IsZero() {
		d.today = time.Now()
	}
	if source, is := t.source.(*textSource); is && source.text.doubtful {
		d.text = source.text
	}
	const most = 100 // columns: people don't keep more
	// Where the ids of the orders stand there too, the rows are told by them.
	has := func(c column) bool { return c.Field == "order_id" }
	ordered := slices.ContainsFunc(h.columns, has)
	exported := heads.exported(h.columns) && !ordered
	for i, col := range h.columns {
		switch col.Field {
		case "", "ref", "comments", "order_id", "groups", "media", "country", "keywords", "hashtags", "hashtag",
			"google_keyword":
			if len(d.columns) >= most {
				continue
			}
			c := &doneColumn{kind: otherHead, comment: col.Field == "comments", ref: col.Field == "ref", says: map[string]mark{}}
			switch col.Field {
			case "comments":
				c.kind = noteHead
			case "order_id":
				d.order, c.kind = i, placedHead // "pending", "done" and "see mail" may be one
			case "":
				c.kind = aboutHead
				if s.finder.words.further(col.Name) {
					c.kind = furtherHead
				}
				d.nameColumn(c, col.Name, heads)
				d.seeStates(c, t, col)
				if c.places {
					c.places = !d.tellsStates(t, col.index)
				}
				if c.kind == otherHead && d.questions(col.Name, heads) && d.answers(t, col.index) {
					c.kind = eitherHead
				}
			}
			if heads.filledIn(h.columns, i) || i > 0 && heads.filledIn(h.columns, i-1) {
				c.kind = aboutHead // when somebody filled a form in
			}
			c.results = ordered && joined(col.Name) == "state"
			if exported && c.kind == stateHead && col.Name != "" || exported && heads.export[2][joined(col.Name)] {
				c.kind = writtenHead
			}
			d.leave(c, skippedBy(skip, col), t, col.index)
			for _, cond := range t.where {
				if cond.index == col.index && !cond.not && !cond.absent {
					c.chosen = append(c.chosen, cond)
				}
			}
			if c.kind == noteHead || col.Field == "" && book.Trim(col.Name) == "" {
				d.notes = append(d.notes, i)
			}
			if c.kind == goHead {
				c.noes = d.noesOf(t, col.index)
			}
			if d.columns[i] = c; c.kind == goHead && len(c.chosen) == 0 {
				d.choosers = append(d.choosers, i)
			}
		}
	}
	return d
}

// leave says of a column that its marked rows are left out, where something does.
func (d *doneReader) leave(c *doneColumn, by *skipped, t *Table, index int) {
	if c.skip = by; by == nil {
		return
	}
	c.either = c.kind == eitherHead
	if c.kind == otherHead || c.kind == aboutHead {
		c.kind = stateHead // a tick there is a mark, as the person says
		c.either = d.answers(t, index)
	}
}

// nameColumn tells what a column of the person's own is for by its name.
func (d *doneReader) nameColumn(c *doneColumn, theirs string, heads *heads) {
	for _, name := range d.readings(theirs) {
		c.kind = max(c.kind, heads.kindOf(name))
		c.future = c.future || heads.asked.ofDays(plainWords(name))
		if c.kind <= otherHead && d.words.heads(name) {
			c.kind = doneHead
		}
		c.states = c.states || heads.ofStates(name)
		c.places = c.places || slices.Contains([]string{"state", "estado", "stato", "etat"}, joined(name))
	}
}

// questions tells whether a name asks something that may be about the order.
func (d *doneReader) questions(theirs string, heads *heads) bool {
	for _, name := range d.readings(theirs) {
		words := plainWords(name)
		asks, rest := heads.asked.asks(name, words)
		if asks && !heads.asked.harmlessly(rest) {
			return true
		}
	}
	return false
}

// tellsStates tells whether most of the first cells of a column say how far an order is, as no state of a country does.
func (d *doneReader) tellsStates(t *Table, index int) bool {
	const most, shortest = 1000, 3 // rows that are looked at, and letters: OK is a state
	looked, filled, known := 0, 0, 0
	for raw, err := range t.source.rows() {
		if looked++; err != nil || looked > most {
			break
		}
		if raw.Number <= t.header.row || index >= len(raw.Cells) {
			continue
		}
		text := book.Trim(raw.Cells[index].Text)
		if text == "" {
			continue
		}
		filled++
		if utf8.RuneCountInString(text) >= shortest && (d.words.says(text, stateHead) || d.words.goes(text)) {
			known++
		}
	}
	return known > 0 && known*2 >= filled
}

// look gives the first of the columns that a row fills whose cell says done; -1: none does.
func (d *doneReader) look(filled []int, h header, raw *rawRow) int {
	if slices.Contains(filled, d.order) && h.ordered(raw, d.order) {
		return -1
	}
	for _, at := range filled {
		if c := d.columns[at]; c != nil && d.markOf(c, h, raw, at) != unmarked {
			return at
		}
	}
	return -1
}

// markOf is what the cell of one of the columns says.
func (d *doneReader) markOf(c *doneColumn, h header, raw *rawRow, at int) mark {
	longest := 200 // bytes: what is longer is no mark
	if c.kind == noteHead && !c.comment {
		longest = 2000
	}
	cell := raw.Cells[h.columns[at].index]
	switch {
	case c.comment && (h.text(raw, "quantity") == "" || strings.ContainsAny(book.Trim(cell.Text), "\r\n")),
		len(cell.Text) > longest, len(c.chosen) > 0:
		return unmarked
	case c.kind == leftHead && allDigits(asciiDigits(book.Trim(cell.Text))):
		return markedIf(!sameNumber(cell.Text, h.text(raw, "quantity")))
	case c.kind == anewHead && sameNumber(cell.Text, h.text(raw, "quantity")):
		return unmarked
	case c.kind == startHead && numbered(cell.Text) && laterDays(book.Trim(cell.Text), cell.Kind) == nil &&
		!d.words.namesDay(cell.Text):
		return unmarked // how many there were, or how fast it starts
	case (c.kind == laterHead || c.kind == startHead) && d.words.meantLater(cell, c.kind == laterHead, d.today) != "":
		return marked
	case c.kind == startHead:
		return unmarked
	case c.noes[spoken(cell.Text)]:
		return marked
	case c.future && d.words.toCome(cell, d.today):
		return marked
	}
	if isDitto(cell.Text) {
		return c.last // as in the row above
	}
	c.last = unmarked
	known := false // by one of the readings
	for _, text := range d.readings(cell.Text) {
		says := c.sees(d.words, text, raw.Number-h.row)
		c.last, known = max(c.last, says), known || says == unmarked
	}
	if c.last == unknown && known {
		c.last = unmarked
	}
	return c.last
}

func markedIf(says bool) mark {
	if says {
		return marked
	}
	return unmarked
}

// sameNumber tells whether two cells hold one number, however its thousands are parted.
func sameNumber(a, b string) bool {
	digits := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, asciiDigits(s))
	}
	return digits(a) != "" && digits(a) == digits(b) && strings.Trim(a, "0123456789 .,'") == ""
}

// isDitto tells of marks for what stands above.
func isDitto(text string) bool {
	switch strings.ToLower(book.Trim(text)) {
	case `"`, "''", "´´", "”", "“", "„", "〃", "↓", "⬇", "same", "ditto", "dito", "idem", "id.", "aynı", "то же", "同上":
		return true
	}
	return false
}

// readings are what a text may be, where it isn't certain by which letters it is written.
func (d *doneReader) readings(text string) []string {
	if d.text == nil {
		return []string{text}
	}
	return d.text.readings(text)
}

// titles tells whether a title says that what stands below is done.
func (d *doneReader) titles(text string) bool {
	return slices.ContainsFunc(d.readings(text), d.words.titles)
}

// sees is what a cell of the column says; row counts from the header.
func (c *doneColumn) sees(words *doneLists, text string, row int) mark {
	if c.ref && strings.ContainsAny(text, "0123456789") {
		return markedIf(words.saysBehind(text))
	}
	if c.kind == orderHead {
		return markedIf(words.saysOrdered(text, row))
	}
	const most = 1000 // texts that are kept
	says, seen := c.says[text]
	if !seen {
		if len(c.says) >= most {
			clear(c.says)
		}
		says = markedIf(words.says(book.Trim(text), c.kind))
		if says == unmarked && c.states && !words.goes(book.Trim(text)) && !c.elsewise(book.Trim(text)) {
			says = unknown
		}
		c.says[strings.Clone(text)] = says // the row's texts are one piece of memory
	}
	return says
}

// elsewise tells whether an unknown word is one of a results workbook's own, or may be a state of a country, such as
// Ohio and NY: those begin with capitals.
func (c *doneColumn) elsewise(text string) bool {
	if c.results && text == "held" {
		return true
	}
	for word := range strings.FieldsSeq(text) {
		first, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(first) {
			return false
		}
	}
	return c.places
}

// ordered tells whether a cell under Order ID names an order. What has no digit, such as "-" and "pending", doesn't.
func (h *header) ordered(raw *rawRow, at int) bool {
	return strings.ContainsAny(spoken(raw.Cells[h.columns[at].index].Text), "0123456789")
}

// saysDone is the warning about a cell that says done, or otherwise that the row isn't meant as it stands.
func (b *builder) saysDone(raw *rawRow, at int) Problem {
	col := b.header.columns[at]
	cell := raw.Cells[col.index]
	p := Problem{
		Sheet: b.sheet, Column: col.Letter, Row: raw.Number, Rule: "marked-done",
		Found:   clip(book.Trim(cell.Text), foundLimit),
		Wrong:   fmt.Sprintf("stands in the column %q: the row may be done, or not to be ordered", col.Name),
		Mend:    "leave such rows out, or accept them",
		Warning: true, Asks: "done", Option: skipOption(col),
	}
	later := b.done.words.meantLater(cell, b.done.columns[at].kind == laterHead, b.done.today)
	switch {
	case b.done.columns[at].last == unknown:
		p.Rule = "mark-unknown"
		p.Wrong = fmt.Sprintf("stands in the column %q, and isn't known as a word for rows that are to be ordered: the "+
			"row may be done, or not to be ordered", col.Name)
	case b.done.columns[at].kind == eitherHead:
		p.Rule = "either-way"
		p.Wrong = fmt.Sprintf("stands in the column %q, of which it isn't known whether yes or no says that a row is "+
			"to be ordered", col.Name)
	case b.done.columns[at].kind == furtherHead:
		p.Rule, p.Asks = "further-order", "contradiction"
		p.Wrong = fmt.Sprintf("stands in the column %q, which isn't read: only the first is ordered", col.Name)
		p.Mend = "give it a row of its own, or accept the row as it stands"
		return p
	case b.done.columns[at].kind == anewHead:
		p.Rule, p.Asks = "meant-otherwise", "contradiction"
		p.Wrong = fmt.Sprintf("stands in the column %q, which isn't read: the row may be meant otherwise", col.Name)
		p.Mend = "write it where it is read, or accept the row as it stands"
		return p
	case b.done.columns[at].future && b.done.words.toCome(cell, b.done.today),
		(b.done.columns[at].kind == laterHead || b.done.columns[at].kind == startHead) && later != "":
		p.Rule, p.Asks = "meant-later", "schedule"
		p.Wrong = fmt.Sprintf("stands in the column %q: %s", col.Name, later)
	}
	if p.Option != "" {
		p.Mend = "leave such rows out with " + p.Option + ", or accept them"
	}
	return p
}

// struck is the warning about a field whose text is struck through, or of a client's name; nil: there is none in the
// row.
func (b *builder) struck(raw *rawRow) *Problem {
	for _, i := range b.filled {
		col := &b.header.columns[i]
		if !raw.Cells[col.index].Struck || col.Field == "" && (raw.Cells[col.index].Partly || !b.done.ofRow(i, col)) {
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

// ofRow tells whether a column of the person's own names what the row is about, as a client's name does. What is struck
// through in others, such as an old price, may be about that alone.
func (d *doneReader) ofRow(at int, col *column) bool {
	c := d.columns[at]
	return c != nil && c.kind == otherHead && !ofMoney(col.Name)
}
