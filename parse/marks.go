package parse

import (
	"strconv"
	"strings"

	"bulkorder/parse/book"
)

// role is what a comma or point was seen to be in a column; both where its cells contradict each other.
type role uint8

const (
	partsThousands role = 1 << iota // as in 1,000,000 and 1,000.50
	beforeFraction                  // as in 12,5 and 1 000,00
)

// marks is what the texts of one column show about how they are written. 1,000 alone shows nothing: it may be a
// thousand, or one with three places. But who writes 1,000,000 further down, or 12.5, has one way of writing.
type marks struct {
	comma, point role
	monthFirst   bool // a date such as 12/31/2030 was seen
	// A comma was seen that surely stands before a fraction, as in 1000,00.
	fraction bool
	fits     fits // of numbers such as 1,000
	short    bool // 1k is a thousand, as --accept-k says
}

// fits counts how numbers that may be thousands or fractions fit the limits of their services.
type fits struct{ thousands, fractions int }

// Limits gives what an order of a service may be; known is false where there are no limits, or nobody knows them.
type Limits func(panel, service string) (least, most int64, known bool)

// of is the role of a mark, and that of the other one.
func (m *marks) of(mark byte) (own, other *role) {
	if mark == ',' {
		return &m.comma, &m.point
	}
	return &m.point, &m.comma
}

// parting tells whether the column is certain to part thousands with the mark: it does so elsewhere, or the other mark
// stands before fractions elsewhere, or only thousands fit the limits of the services; and no cell speaks against it.
// Where only thousands fit, both marks may part them, as in a sheet of two people's.
func (m marks) parting(mark byte) bool {
	own, other := m.of(mark)
	fits := m.fits.thousands > 0 && m.fits.fractions == 0
	return *own == partsThousands && *other&partsThousands == 0 || *own == 0 && *other == beforeFraction ||
		*own&beforeFraction == 0 && *other&beforeFraction == 0 && fits
}

// said gives the marks of a column whose mark for thousands the person has named.
func (m marks) said(thousands byte) marks {
	own, other := m.of(thousands)
	*own, *other = partsThousands, beforeFraction
	m.fraction = m.fraction || thousands == '.'
	return m
}

// see takes in what one number shows.
func (m *marks) see(text string) {
	joined := joinThousands(text)
	n, ok := takeApart(joined)
	if !ok {
		return
	}
	if n.thousands != 0 && (n.groups > 2 || n.fraction != "" || !strings.HasSuffix(n.whole, "000")) {
		own, _ := m.of(n.thousands) // 2,500 too: the half of a thing can't be ordered
		*own |= partsThousands
	}
	m.fraction = m.fraction || n.mark == ',' && (n.groups > 1 || joined != text || len(n.whole) > 3)
	if n.mark != 0 && (n.groups > 1 || joined != text || n.surelyFraction()) {
		own, _ := m.of(n.mark)
		*own |= beforeFraction
	}
}

// join reads a number with commas or points, if the column is certain about them. Its fraction may be zeros alone.
func (m marks) join(text string) (string, *fault) {
	n, ok := takeApart(text)
	switch {
	case !ok || n.thousands == 0 || !m.parting(n.thousands):
		return "", separators(text)
	case strings.Trim(n.fraction, "0") != "":
		return "", notWhole("is not a whole number", "use a whole number")
	}
	return n.whole, nil
}

// markedNumber is a number that is written with commas or points.
type markedNumber struct {
	whole     string // the digits before the fraction, without marks
	groups    int    // how many groups of digits whole was written in
	thousands byte   // the mark between these groups; 0 where there is one group
	mark      byte   // the mark before the fraction; 0 where there is none
	fraction  string
}

// surelyFraction tells whether what stands behind the only mark cannot be thousands. 1000,500 is left open: a mark may
// have been forgotten in 1,000,500.
func (n markedNumber) surelyFraction() bool {
	return len(n.fraction) != 3 || n.whole == "0" || n.mark == '.' && len(n.whole) > 3
}

// takeApart reads the groups of a number. A single group of three digits behind a single mark counts as thousands
// here: whether it is, the column says. What has a fraction of three digits behind groups, such as 1,000.000, is too
// odd to be read.
func takeApart(text string) (n markedNumber, ok bool) {
	groups := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '.' })
	if len(groups) == 0 || !allDigits(strings.Join(groups, "")) ||
		len(strings.Join(groups, ""))+len(groups)-1 != len(text) {
		return n, false
	}
	n.whole, n.groups = groups[0], 1
	at := len(groups[0])
	for i, group := range groups[1:] {
		mark, last := text[at], i == len(groups)-2
		at += 1 + len(group)
		switch {
		case len(group) == 3 && (n.thousands == mark || n.thousands == 0 && len(groups[0]) <= 3 && text[0] != '0'):
			n.whole, n.thousands = n.whole+group, mark
			n.groups++
		case last && mark != n.thousands && (len(group) != 3 || n.groups == 1):
			n.mark, n.fraction = mark, group
		default:
			return n, false
		}
	}
	return n, true
}

// fit counts how a number fits the limits of its row's service, where it may be a thousand or a fraction.
func (m *marks) fit(text string, least, most int64) {
	n, ok := takeApart(text)
	if !ok || n.thousands == 0 || n.groups != 2 || n.fraction != "" || len(n.whole) > exactDigits {
		return
	}
	thousands, _ := strconv.ParseInt(n.whole, 10, 64)
	if fraction := thousands / 1000; thousands%1000 == 0 && fraction >= least && fraction <= most {
		m.fits.fractions++
	}
	if thousands >= least && thousands <= most {
		m.fits.thousands++
	}
}

// seeMarks walks all rows of a sheet once more, to see how each column writes its whole numbers and dates. It is called
// where a value is met that its cell alone does not settle. Where the sheet is not whole, nothing is certain; that it
// is not is told by whoever walks the rows.
func (b *builder) seeMarks() []marks {
	h := b.header
	all := make([]marks, len(h.columns))
	last := h.row
	for raw, err := range b.source.rows() {
		if err != nil {
			return make([]marks, len(h.columns))
		}
		if raw.Number <= h.row || book.Blank(raw.Cells) {
			continue
		}
		if raw.Number-last > blankRun {
			break
		}
		if last = raw.Number; b.begins(raw) {
			break
		}
		if len(raw.problems) == 0 {
			b.seeRow(raw, all)
		}
	}
	return all
}

// seeRow takes in what the numbers and dates of a row show.
func (b *builder) seeRow(raw *rawRow, all []marks) {
	for i, col := range b.header.columns {
		if col.index >= len(raw.Cells) || raw.Cells[col.index].Kind != book.Text {
			continue
		}
		text := book.Trim(raw.Cells[col.index].Text)
		switch {
		case col.kind == date:
			all[i].monthFirst = all[i].monthFirst || surelyMonthFirst(text)
		case col.kind != integer:
		case col.Field != "quantity":
			all[i].see(text)
		default:
			text = b.finder.pieces.alone(text)
			all[i].see(text)
			if b.limits == nil {
				continue
			}
			if least, most, known := b.limits(b.header.text(raw, "panel"), b.header.text(raw, "service")); known {
				all[i].fit(text, least, most)
			}
		}
	}
}

// text is what stands in a row's cell of a field; "" where there is no such column.
func (h *header) text(raw *rawRow, field string) string {
	for i := range h.columns {
		if col := &h.columns[i]; col.Field == field && col.index < len(raw.Cells) {
			return book.Trim(raw.Cells[col.index].Text)
		}
	}
	return ""
}
