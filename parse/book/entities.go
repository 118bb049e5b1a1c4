package book

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// unescape decodes &amp; &#10; &#xA; and the like.
func unescape(to, text []byte) ([]byte, error) {
	for {
		at := bytes.IndexByte(text, '&')
		if at < 0 {
			return append(to, text...), nil
		}
		to = append(to, text[:at]...)
		end := bytes.IndexByte(text[at:], ';')
		if end < 0 {
			return to, errors.New("it holds an & that begins nothing")
		}
		r, ok := entity(text[at+1 : at+end])
		if !ok {
			return to, fmt.Errorf("it holds the unknown entity &%.20s;", text[at+1:at+end])
		}
		to = utf8.AppendRune(to, r)
		text = text[at+end+1:]
	}
}

func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, isNumber := bytes.CutPrefix(name, []byte("#"))
	base := rune(10)
	if hex, isHex := bytes.CutPrefix(digits, []byte("x")); isHex {
		digits, base = hex, 16
	}
	if !isNumber || len(digits) == 0 || len(digits) > 7 {
		return 0, false
	}
	var r rune
	for _, c := range digits {
		d, ok := hexDigit(c)
		if !ok || rune(d) >= base {
			return 0, false
		}
		r = r*base + rune(d)
	}
	return r, r > 0 && utf8.ValidRune(r)
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// unescapeUnits decodes _x000D_ and the like in place: so workbooks write characters that XML cannot hold. _x005F_ is
// the underscore itself, which keeps what looks like such an escape from being one. Two halves of a pair make one
// character.
func unescapeUnits(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		r, ok := unit(b[i:])
		if !ok {
			out = append(out, b[i])
			i++
			continue
		}
		i += unitLength
		if low, ok := unit(b[i:]); ok && r >= 0xd800 && r < 0xdc00 && low >= 0xdc00 && low < 0xe000 {
			r = (r-0xd800)<<10 + (low - 0xdc00) + 0x10000
			i += unitLength
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

const unitLength = len("_x0000_")

func unit(b []byte) (rune, bool) {
	if len(b) < unitLength || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	var r rune
	for _, c := range b[2:6] {
		d, ok := hexDigit(c)
		if !ok {
			return 0, false
		}
		r = r<<4 + rune(d)
	}
	return r, true
}

func unescapeText(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return string(unescapeUnits([]byte(s)))
}
