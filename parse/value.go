package parse

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"bulkorder/parse/book"
)

// cellLimit is how many characters (UTF-16 units, as Excel counts) a cell may hold.
const cellLimit = 32767

// valueKind is how a field's values are read.
type valueKind uint8

const (
	plain   valueKind = iota // text, trimmed
	id                       // text that must not have gone through Excel's 15 digits
	address                  // an id that may be a hyperlink
	service                  // an id that is a whole number or a service's name
	integer                  // a whole number
	list                     // items, one a line
	idList                   // a list of ids
	date                     // a day
)

// fault is what is wrong with a value; its place is added by whoever knows it.
type fault struct {
	rule, wrong, mend string
}

// normalise reads a cell's value as the field's kind wants it, and as the column's marks show. The value is of use only
// where the fault is nil.
func normalise(c book.Cell, s valueKind, m marks) (string, *fault) {
	if f := unreadable(c); f != nil {
		return "", f
	}
	text := book.Trim(c.Text)
	if c.Kind == book.Text {
		if f := leftOver(text, s); f != nil {
			return "", f
		}
	}
	if s == address {
		var f *fault
		if text, f = followLink(text, c.Target); f != nil {
			return "", f
		}
	}
	if text == "" {
		return "", nil
	}
	if c.Kind == book.Date && s != date {
		return "", &fault{"turned-into-date", "is a date, where none belongs: Excel may have turned a text or a number " +
			"into it", "format the column as Text and type the value again"}
	}
	switch s {
	case integer:
		if c.Percent {
			return "", notWhole("is shown as a percentage", "format the cell as a number, and type a whole number")
		}
		whole, f := wholeNumber(text, c.Kind, m)
		if f == nil && c.Scaled {
			f = &fault{"number-shown-otherwise", "is shown otherwise by the cell's format: as money, in thousands, or not at all",
				"format the cell as a plain number, and type the one that is meant"}
		}
		return whole, f
	case date:
		return day(text, c.Kind, m)
	case list, idList:
		if c.Kind == book.Number {
			return exactNumber(text)
		}
		return items(text, s)
	}
	if c.Kind == book.Number {
		return exactNumber(text)
	}
	if s == plain {
		return text, nil
	}
	if scientific(text) {
		return "", damaged()
	}
	if s == service {
		if id := serviceNumber(asciiDigits(text)); allDigits(id) {
			return id, nil
		}
		return text, nil
	}
	return text, nil
}

// unreadable finds what is wrong with a cell whatever its field is.
func unreadable(c book.Cell) *fault {
	switch {
	case c.Wrong != "":
		return &fault{"cell-doubtful", c.Wrong, "unmerge the cells, and give each row its own value"}
	case c.Partly:
		return &fault{"struck-in-part", "is struck through in part: a part of it may be an old value",
			"delete what is struck through, or take the stroke off"}
	case c.Kind == book.Pending:
		return &fault{"formula-without-value", "is a formula that was never computed",
			"open the file in Excel and save it once"}
	case c.Kind == book.Error:
		return &fault{"formula-error", "is an error of the spreadsheet, not a value", "mend the formula, or type the value"}
	case tooLong(c.Text):
		return &fault{"cell-too-long", "is longer than the 32,767 characters that a cell can hold",
			"shorten it, or spread it over several rows"}
	case brokenLetters(c.Text):
		return &fault{"letters-broken", "holds letters that were broken when the text was read or saved, as in Ã© for é",
			"type the value again, or save the sheet as .xlsx or CSV UTF-8 from where it reads right"}
	case strings.ContainsRune(c.Text, utf8.RuneError):
		return &fault{"letters-lost", "holds \"\uFFFD\": letters were lost when the text was read or saved",
			"type the value again, or say the right --encoding"}
	}
	return nil
}

// leftOver finds texts that a spreadsheet leaves in place of a value, where it was saved as text or pasted.
func leftOver(text string, s valueKind) *fault {
	if text == "" || text[0] != '#' && text[0] != '=' && text[0] != 'E' {
		return nil
	}
	words := s == list || s == plain
	switch digits, isCode := strings.CutPrefix(text, "Err:"); {
	case isCode && allDigits(digits), errorText(text):
		return &fault{"formula-error", "is an error of the spreadsheet, not a value", "mend the formula, or type the value"}
	case text[0] == '=' && !words:
		return &fault{"formula-without-value", "is a formula in place of its value",
			"save the sheet with its values, or type the value"}
	case len(text) > 2 && strings.Trim(text, "#") == "" && !words:
		return &fault{"number-hidden", "is what a spreadsheet shows of a number in a narrow column",
			"widen the column, and save the sheet again"}
	}
	return nil
}

// errorText knows the errors of Excel and LibreOffice.
func errorText(text string) bool {
	switch text {
	case "#N/A",
		"#REF!",
		"#VALUE!",
		"#NAME?",
		"#DIV/0!",
		"#NUM!",
		"#NULL!",
		"#SPILL!",
		"#CALC!",
		"#FIELD!",
		"#BLOCKED!",
		"#UNKNOWN!",
		"#CONNECT!",
		"#GETTING_DATA":
		return true
	}
	return false
}

func tooLong(s string) bool {
	if len(s) <= cellLimit {
		return false
	}
	units := 0
	for _, r := range s {
		units += utf16.RuneLen(r)
	}
	return units > cellLimit
}

// items reads a list: each line an item. Old Mac files end lines with \r alone.
func items(text string, s valueKind) (string, *fault) {
	var b strings.Builder
	b.Grow(len(text))
	for item := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		item = book.Trim(item)
		if item == "" {
			continue
		}
		if s == idList && scientific(item) {
			return "", damaged()
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(item)
	}
	return b.String(), nil
}
