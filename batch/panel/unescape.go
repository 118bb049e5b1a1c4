package panel

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
)

// allMarks begin the escapes of URLs, of JSON and Go's quotes, and of HTML.
const allMarks = `%\&`

// unescape resolves the escapes of a text that begin with some marks, by one step. nil: it has none.
func unescape(text []byte, marks string) []byte {
	var plain []byte
	done := 0 // text[:done] is in plain
	for i := nextEscape(text, 0, marks); i < len(text); i = nextEscape(text, i, marks) {
		meant, length := resolve(text[i:], marks)
		if length == 0 {
			i++
			continue
		}
		if plain == nil {
			plain = make([]byte, 0, len(text))
		}
		plain = append(append(plain, text[done:i]...), meant...)
		i += length
		done = i
	}
	if plain == nil {
		return nil
	}
	return append(plain, text[done:]...)
}

func nextEscape(text []byte, from int, marks string) int {
	for i := from; i < len(text); i++ {
		if c := text[i]; (c == '%' || c == '\\' || c == '&') && strings.IndexByte(marks, c) >= 0 {
			return i
		}
	}
	return len(text)
}

// resolve reads the escape at the beginning of a text: what it means, and how long it is written; 0: there is none.
func resolve(text []byte, marks string) (meant string, length int) {
	if len(text) < 2 || strings.IndexByte(marks, text[0]) < 0 {
		return "", 0
	}
	switch text[0] {
	case '%':
		return resolveHex(text, 1)
	case '\\':
		return resolveBackslash(text)
	case '&':
		return resolveEntity(text)
	}
	return "", 0
}

// resolveHex reads two hexadecimal digits behind a mark.
func resolveHex(text []byte, mark int) (string, int) {
	code, ok := hexadecimal(text, mark, 2)
	if !ok {
		return "", 0
	}
	return string([]byte{byte(code)}), mark + 2
}

func hexadecimal(text []byte, from, digits int) (rune, bool) {
	if len(text) < from+digits {
		return 0, false
	}
	code, err := strconv.ParseUint(string(text[from:from+digits]), 16, 32)
	return rune(code), err == nil
}

func resolveBackslash(text []byte) (string, int) {
	const letters, controls = "abfnrtv", "\a\b\f\n\r\t\v"
	switch c := text[1]; {
	case c == 'x':
		return resolveHex(text, 2)
	case c == 'u':
		return resolveUnicode(text)
	case strings.IndexByte(letters, c) >= 0:
		i := strings.IndexByte(letters, c)
		return controls[i : i+1], 2
	default:
		return string([]byte{c}), 2
	}
}

// resolveUnicode reads \u and four digits, or two of them that are one character above U+FFFF.
func resolveUnicode(text []byte) (string, int) {
	code, ok := hexadecimal(text, 2, 4)
	if !ok {
		return "", 0
	}
	if utf16.IsSurrogate(code) && len(text) >= 12 && text[6] == '\\' && text[7] == 'u' {
		if second, ok := hexadecimal(text, 8, 4); ok {
			return string(utf16.DecodeRune(code, second)), 12
		}
	}
	return string(code), 6
}

// longestEntity is how long an entity of HTML is looked for: numbers may begin with zeros.
const longestEntity = 40

func resolveEntity(text []byte) (string, int) {
	end := 1
	for end < len(text) && end < longestEntity && (isDigit(text[end]) || text[end] == '#' || isLetter(text[end])) {
		end++
	}
	if end < len(text) && text[end] == ';' {
		end++
	}
	written := string(text[:end])
	if meant := html.UnescapeString(written); meant != written && meant != "" {
		return meant, end
	}
	return "", 0
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
