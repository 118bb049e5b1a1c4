package journal

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FoldRef brings a Ref into the form in which Refs are compared: what people and programs write in its place, and what
// looks the same, is one. Letter case, blanks at its ends and how many are between its words don't count, nor do widths
// of letters, composed accents, which dash it is, what can't be seen, and the apostrophe by which a cell is made a text.
//
// A whole number is what a spreadsheet shows of it: 7.0 and +7 are 7. Zeros before it do count. A cell shows 07 only
// where it is a text, or was given that form, and who does so tells 07 from 7; where a spreadsheet dropped the zeros of
// a whole sheet, its rows are known by what they order. 1e3 isn't 1000, which no cell shows so.
func FoldRef(ref string) string {
	ref = strings.ToLower(norm.NFKC.String(ref))
	ref = strings.Join(strings.Fields(strings.Map(foldRune, ref)), " ")
	ref = strings.TrimLeft(ref, "'’‘ ")
	number := strings.TrimPrefix(ref, "+")
	whole, zeros, _ := strings.Cut(number, ".")
	if whole != "" && strings.Trim(whole, "0123456789") == "" && strings.Trim(zeros, "0") == "" {
		return whole
	}
	return ref
}

// foldRune is the letter that counts for another one; negative: it can't be seen.
func foldRune(r rune) rune {
	switch {
	case r < unicode.MaxASCII:
		return r
	case unicode.Is(unicode.Pd, r), r == '−':
		return '-'
	case unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}
