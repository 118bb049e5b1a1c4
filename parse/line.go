package parse

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// tabRows is above the number that any row of a worksheet has.
const tabRows = 1 << 21

// Line is where a row of a sheet stands.
type Line struct {
	N   int    // orders the rows of a sheet; where it is read alone, this is the row's number
	Tab string // the worksheet's name where several are read as one sheet; "": the sheet is read alone
	Seq int64  // tells rows apart that stand, or stood, there before the sheet was edited; 0: there is one alone
}

// Line tells where the row stands.
func (r Row) Line() Line {
	if r.Table == nil {
		return Line{N: r.Number}
	}
	return Line{N: r.Table.tab*tabRows + r.Number, Tab: r.Table.Tab}
}

// Number is the row's number as the person sees it.
func (l Line) Number() int { return l.N % tabRows }

// Worksheet counts the worksheets that are read as one, from 1; 0: the sheet is read alone.
func (l Line) Worksheet() int { return l.N / tabRows }

// String names the row as a person does: 17, or Nord!17; 17@4 where other rows have that number too.
func (l Line) String() string {
	number := strconv.Itoa(l.Number())
	if l.Seq > 0 {
		number += "@" + strconv.FormatInt(l.Seq, 10)
	}
	if l.Tab == "" {
		return number
	}
	return l.Tab + "!" + number
}

// LineAt reads what String gives of a row that has no others beside it.
func LineAt(text string) (l Line, ok bool) {
	at := strings.LastIndexByte(text, '!')
	n, err := strconv.Atoi(text[at+1:])
	if at > 0 {
		l.Tab = text[:at]
	}
	l.N = n
	return l, err == nil && n > 0 && at != 0
}

// CompareLines orders rows as the sheet does.
func CompareLines(a, b Line) int {
	return cmp.Or(cmp.Compare(a.N, b.N), strings.Compare(a.Tab, b.Tab), cmp.Compare(a.Seq, b.Seq))
}

// MarshalJSON writes the number where the sheet is read alone, otherwise what String gives.
func (l Line) MarshalJSON() ([]byte, error) {
	if l.Tab == "" {
		return strconv.AppendInt(nil, int64(l.Number()), 10), nil
	}
	return strconv.AppendQuote(nil, l.String()), nil
}

// Span is rows from one number to another, both included.
type Span struct {
	From, To int
	Tab      string // that they stand on; "": the sheet is read alone
	Seq      int64  // of the one row that is meant, where several have its number; 0: it isn't said
}

// Has tells whether a row is meant.
func (s Span) Has(l Line) bool {
	return s.From <= l.Number() && l.Number() <= s.To && strings.EqualFold(s.Tab, l.Tab) && (s.Seq == 0 || s.Seq == l.Seq)
}

// Spans reads rows as a person names them: 3,7-12, where several rows have one number 3@17, and where several
// worksheets are read as one sheet Nord!3,7-12,Lux!5, each name holding until the next.
func Spans(text string) ([]Span, error) {
	var all []Span
	tab, rest := "", text
	for more := true; more; {
		var part string
		if at := strings.LastIndexByte(nameOf(rest), '!'); at >= 0 {
			tab, rest = strings.Trim(strings.TrimSpace(rest[:at]), "'"), rest[at+1:]
		}
		part, rest, more = strings.Cut(rest, ",")
		number, which, apart := strings.Cut(part, "@")
		seq, err := int64(0), error(nil)
		if apart {
			seq, err = strconv.ParseInt(strings.TrimSpace(which), 10, 64)
		}
		low, high, ranged := strings.Cut(strings.TrimSpace(number), "-")
		if !ranged {
			high = low
		}
		from, errFrom := strconv.Atoi(strings.TrimSpace(low))
		to, errTo := strconv.Atoi(strings.TrimSpace(high))
		odd := apart && (err != nil || seq < 1 || ranged)
		if errFrom != nil || errTo != nil || from < 1 || to < from || to >= tabRows || odd {
			return nil, fmt.Errorf("%q: %q is no row; write numbers and ranges such as 3,7-12, or Sheet!3,7-12 where "+
				"several sheets were read as one", text, part)
		}
		all = append(all, Span{From: from, To: to, Tab: tab, Seq: seq})
	}
	return all, nil
}

// nameOf is the beginning of a list of rows that holds the name of a worksheet, which may have commas and marks of
// exclamation in it, and the mark behind it; "": the list goes on with a number.
func nameOf(list string) string {
	end := 0
	for i := 0; i < len(list); i++ {
		if list[i] != '!' {
			continue
		}
		digits := strings.TrimLeft(list[i+1:], " 0123456789")
		if len(digits) < len(list[i+1:]) && (digits == "" || strings.ContainsRune(",-@", rune(digits[0]))) {
			end = i + 1
			break
		}
	}
	first, _, _ := strings.Cut(list, ",")
	low, _, _ := strings.Cut(strings.TrimSpace(first), "-")
	low, _, _ = strings.Cut(low, "@")
	if _, err := strconv.Atoi(strings.TrimSpace(low)); err == nil && !strings.Contains(first, "!") {
		return ""
	}
	return list[:end]
}
