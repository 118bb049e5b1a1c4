package parse

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bulkorder/parse/book"
)

// foundLimit is how many characters of a value are shown in a message.
const foundLimit = 80

// Problem is something doubtful or wrong in one cell or one row of a sheet.
type Problem struct {
	Sheet   string // what stands before the "!": the worksheet's name, or the file's base name for text
	Column  string // the column's letter; empty where the problem is of the whole row
	Row     int    // the row number that the person sees, from 1
	Tab     string `json:",omitempty"` // Sheet, where several worksheets are read as one; "": the sheet is read alone
	Field   string // the field's name, such as "quantity"; empty where the problem is of the whole row
	Rule    string // short stable name of the broken rule, such as "number-damaged"; problems are grouped by it
	Found   string // the value as found; messages show a bounded, escaped form of it
	Wrong   string // what is wrong with it, a phrase that follows the value: "is below the minimum 50"
	Mend    string // what to do: "use 50 to 10000"
	Warning bool   // told, but the row is still valid

	// Asks is the name in [Warnings] of what a person must decide before the row is ordered. "": a warning is a remark.
	Asks string `json:",omitempty"`
	// Option decides it, as it is pasted into the command: --where "Status!=done". "": only accepting it does.
	Option string `json:",omitempty"`
}

// Error says the problem in one line that is safe for a terminal:
//
//	Orders!C42 quantity: 25 is below the minimum 50 of service 102 "Followers"; use 50 to 10000
//
// A found value is put in quotes where it holds blanks or characters that had to be escaped.
func (p Problem) Error() string {
	var b strings.Builder
	if p.Sheet != "" {
		b.WriteString(Escape(p.Sheet))
		b.WriteByte('!')
	}
	b.WriteString(p.Cell())
	if p.Field != "" {
		b.WriteByte(' ')
		b.WriteString(Escape(p.Field))
	}
	b.WriteString(": ")
	if p.Found != "" {
		b.WriteString(shown(p.Found))
		b.WriteByte(' ')
	}
	b.WriteString(Escape(p.Wrong))
	if p.Mend != "" {
		b.WriteString("; ")
		b.WriteString(Escape(p.Mend))
	}
	return b.String()
}

// Line names the row among those of the sheet; its N orders the rows of one worksheet alone.
func (p Problem) Line() Line { return Line{N: p.Row, Tab: p.Tab} }

// Cell is the place inside the sheet: "C42", or "42" for a problem of the whole row.
func (p Problem) Cell() string {
	return p.Column + strconv.Itoa(p.Row)
}

// FileError says that nothing can be read from a file, or that the file is not whole.
type FileError struct {
	Path    string // as the person gave it, or its base name; "stdin" for standard input
	Wrong   string // what is wrong, a phrase that follows the path: "is an old Excel file (.xls)"
	Mend    string // what to do: "open it in Excel and save it as .xlsx"
	Missing bool   // no such file, a directory, or no permission: the command was wrong, not the content
	Err     error  // the cause, where there is one
}

// Error says path, what is wrong and how to mend it, in one line that is safe for a terminal.
func (e *FileError) Error() string {
	s := Escape(e.Path) + ": " + Escape(e.Wrong)
	if e.Mend != "" {
		s += "; " + Escape(e.Mend)
	}
	return s
}

// Unwrap gives the cause, so that errors.Is(err, fs.ErrNotExist) works.
func (e *FileError) Unwrap() error { return e.Err }

// Letter is the spreadsheet's name of the column with that index: 0 is "A", 26 is "AA".
func Letter(index int) string { return book.Letter(index) }

// Escape makes text from sheets and panels safe for terminals and logs: control characters, line and paragraph
// separators and invisible format characters (those that turn the direction of text among them) are written as \n,
// \t, \r, \u202e; bytes that are not UTF-8 as \xff. All else, emoji and every script, stays.
func Escape(s string) string {
	if !needsEscape(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case hidden(r) && r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case hidden(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

func needsEscape(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return !utf8.ValidString(s) || strings.ContainsFunc(s, hidden)
		}
		if s[i] < ' ' || s[i] == 0x7f {
			return true
		}
	}
	return false
}

// hidden tells whether a character acts on the terminal or on the text around it instead of being seen.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// shown is a found value as messages show it: bounded, escaped, its lines side by side, and quoted where its ends would
// not be clear.
func shown(found string) string {
	short := clip(found, foundLimit)
	safe := Escape(strings.NewReplacer("\r\n", " / ", "\n", " / ", "\r", " / ").Replace(short))
	if safe != short || strings.ContainsFunc(short, unicode.IsSpace) {
		return `"` + safe + `"`
	}
	return safe
}

// clip cuts s to that many characters, with an ellipsis where something was cut.
func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	count := 0
	for i := range s {
		if count == limit {
			return s[:i] + "…"
		}
		count++
	}
	return s
}
