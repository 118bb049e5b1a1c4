package parse

import (
	"strings"
	"unicode"

	"bulkorder/parse/book"
)

// IsNothing tells whether a text is what people and programs write where there is nothing: "-", N/A, null.
func IsNothing(text string) bool {
	switch strings.ToLower(strings.Trim(text, " .")) {
	case "-", "–", "—", "n/a", "na", "null", "none", "nan", "nil", "no", "нет", "yok", "nein", "não", "nao", "无", "لا":
		return true
	}
	return false
}

// pieces reads numbers that name what is counted: 500 followers, 1000 шт.
type pieces map[string]bool

func newPieces() pieces {
	p := pieces{}
	for _, words := range []string{profileWords(), postWords(), pieceWords()} {
		for word := range strings.FieldsSeq(words) {
			p[foldName(word)] = true
		}
	}
	return p
}

// alone is the number of 500 followers; other texts stay. Whether followers are what the service counts is asked
// elsewhere.
func (p pieces) alone(text string) string {
	text = book.Trim(text)
	at := strings.IndexFunc(text, unicode.IsLetter)
	const longest = 60 // bytes
	if at <= 0 || len(text) > longest {
		return text
	}
	for _, word := range serviceWords(text[at:]) {
		if !p[foldName(word)] {
			return text
		}
	}
	number := strings.TrimRight(text[:at], " \u00a0\u202f")
	if last := number[len(number)-1:]; !allDigits(last) || strings.ContainsAny(text[at:], "0123456789+-*/=,;()") {
		return text
	}
	return number
}
