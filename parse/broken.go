package parse

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// brokenLetters tells of a text in UTF-8 that a program has read as windows-1252 and saved so: Ã© for é. Each of its
// letters is a byte of such a text then, and together they are valid.
func brokenLetters(text string) bool {
	if ascii(text) || !strings.ContainsAny(text, "ÃÂâÐÑÅÄðØÙÎÏà") {
		return false
	}
	bytes := make([]byte, 0, len(text))
	for _, r := range text {
		b, is := charmap.Windows1252.EncodeRune(r)
		switch {
		case is:
		case r >= 0x80 && r < 0xa0: // bytes of which windows-1252 has no letter
			b = byte(r)
		default:
			return false
		}
		bytes = append(bytes, b)
	}
	return utf8.Valid(bytes)
}
