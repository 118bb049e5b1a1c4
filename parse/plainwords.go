package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// plainWord is a word of a cell as all spellings of it are compared: without case, accents and points that people leave
// out.
type plainWord struct {
	text   string
	parted bool // more than blanks stands before it: "done, paid"
	name   bool // it may be one: it has a capital and no accents, within a text that has them elsewhere
}

// plainWords takes a text apart. Turkish İ and ı are i, ё is е, letters of Arabic that are written in several ways are
// one; an apostrophe parts no words. Other scripts keep their marks, which are vowels.
func plainWords(text string) []plainWord {
	if ascii(text) && !strings.Contains(text, "'") {
		return asciiWords(strings.ToLower(text))
	}
	foreign := !ascii(text)
	text = norm.NFKD.String(text)
	var words []plainWord
	var word strings.Builder
	parted, capital, accents := false, false, false
	end := func() {
		if word.Len() > 0 {
			name := foreign && capital && !accents && len(words) > 0
			words = append(words, plainWord{text: oneScript(word.String()), parted: parted, name: name})
			parted = false
		}
		word.Reset()
		capital, accents = false, false
	}
	for _, r := range text {
		capital = capital || word.Len() == 0 && r >= 'A' && r <= 'Z'
		accents = accents || r >= 0x300 && r <= 0x36f
		switch {
		case r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9'):
			word.WriteByte(byte(r))
		case unspoken(r):
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			word.WriteString(plainLetter(r))
		default:
			end()
			parted = parted || !unicode.IsSpace(r)
		}
	}
	end()
	return words
}

// asciiWords takes a text of small ASCII letters apart, without copying it, as nearly all are.
func asciiWords(text string) []plainWord {
	var words []plainWord
	parted := false
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case !isWordByte(c):
			parted = parted || c != ' ' && (c < '\t' || c > '\r')
			i++
		default:
			begin := i
			for i < len(text) && isWordByte(text[i]) {
				i++
			}
			words, parted = append(words, plainWord{text: text[begin:i], parted: parted}), false
		}
	}
	return words
}

func isWordByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

// oneScript writes a word of Latin letters in which some are Cyrillic ones that look like them in Latin alone.
func oneScript(word string) string {
	latin := func(r rune) bool { return r >= 'a' && r <= 'z' }
	if ascii(word) || !strings.ContainsFunc(word, latin) {
		return word
	}
	return strings.NewReplacer("а", "a", "е", "e", "о", "o", "с", "c", "р", "p", "х", "x", "і", "i").Replace(word)
}

func plainLetter(r rune) string {
	if r < utf8.RuneSelf {
		return string(unicode.ToLower(r))
	}
	switch r {
	case 'ı':
		return "i"
	case 'đ', 'Đ':
		return "d"
	case 'ß':
		return "ss"
	case 'ى':
		return "ي"
	case 'ة':
		return "ه"
	case 'ँ':
		return "ं"
	}
	return string(unicode.ToLower(r))
}

// spoken is a text as two are compared: its words with one blank between, or, where it has none, the text itself.
func spoken(text string) string {
	if words := plainWords(text); len(words) > 0 {
		return joinWords(words)
	}
	return strings.TrimSpace(text)
}

func joinWords(words []plainWord) string {
	if len(words) == 1 {
		return words[0].text
	}
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}

// plainText is a text with its letters as words are compared, and its punctuation: A+ isn't A. "DONE!" is "done".
func plainText(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(text) {
		if !unspoken(r) {
			b.WriteString(plainLetter(r))
		}
	}
	if trimmed := strings.Trim(b.String(), " !.,;:…"); trimmed != "" {
		return trimmed
	}
	return b.String()
}

// unspoken tells of signs that people write or leave out: accents of Latin, Greek and Cyrillic letters, vowels and
// strokes of Arabic ones, the dot of Devanagari, apostrophes, and what only shapes emoji.
func unspoken(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r >= 0x64b && r <= 0x655 || r == 0x640 || r == 0x93c || r == '\'' || r == '’' ||
		r >= 0xfe00 && r <= 0xfe0f || r == 0x200c || r == 0x200d
}
