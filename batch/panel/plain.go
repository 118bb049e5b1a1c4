package panel

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var (
	markup  = regexp.MustCompile(`<[/!a-zA-Z][^<>]{0,300}>`)
	address = regexp.MustCompile(`(?i)\bhttps?://[^\s"'<>]+`)
	ordered = regexp.MustCompile(`(?i)order|sipari|zakaz|pedido|pesanan`)
	amount  = regexp.MustCompile(`[$€£₺₹₽]\s?\d[\d.,]*|\d[\d.,]*\s?[$€£₺₹₽]|\d+\.\d+`)
	stop    = regexp.MustCompile(`[.!?;|]+(\s|$)`)
	joint   = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)
)

// plain writes a text as the lists of words are written: small letters without accents, single blanks, nothing but
// letters and digits, a blank at either end. Amounts of money go, and addresses, unless they may be an order's: they
// say nothing. Words that are written together by capitals come apart. A | stands between sentences, over which no
// phrase goes.
func plain(text string) string {
	text = strings.ReplaceAll(text, blotted, " ")
	text = address.ReplaceAllStringFunc(html.UnescapeString(text), func(url string) string {
		if ordered.MatchString(url) {
			return url
		}
		return " "
	})
	text = stop.ReplaceAllString(amount.ReplaceAllString(text, " "), " | ")
	whole := spelled(markup.ReplaceAllString(text, " "))
	if joined := spelled(markup.ReplaceAllString(text, "")); joined != whole {
		return whole + joined // markup may stand between words, and within one
	}
	return whole
}

func spelled(text string) string {
	var b strings.Builder
	b.WriteByte(' ')
	gap := true
	for _, r := range norm.NFD.String(joint.ReplaceAllString(text, "$1 $2")) {
		switch r = letter(r); {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '`':
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '|':
			b.WriteRune(r)
			gap = false
		case !gap:
			b.WriteByte(' ')
			gap = true
		}
	}
	if !gap {
		b.WriteByte(' ')
	}
	return b.String()
}

// letter is small; a letter that no decomposition takes an accent from is without it.
func letter(r rune) rune {
	switch r = unicode.ToLower(r); r {
	case 'ı':
		return 'i'
	case 'đ':
		return 'd'
	}
	return r
}

// has tells whether a plain text holds one of some phrases; it gives the first.
func has(text string, phrases []string) (found string, is bool) {
	for _, phrase := range phrases {
		if at(text, phrase) >= 0 {
			return phrase, true
		}
	}
	return "", false
}

// at tells where a phrase begins in a plain text; negative: nowhere.
func at(text, phrase string) int {
	stem, open := strings.CutSuffix(phrase, "*")
	for from := 0; ; {
		i := strings.Index(text[from:], stem)
		if i < 0 {
			return -1
		}
		i += from
		end := i + len(stem)
		if i > 0 && text[i-1] == ' ' && (open || end < len(text) && text[end] == ' ') {
			return i - 1
		}
		if from = i + 1; from > len(text) {
			return -1
		}
	}
}

// without takes phrases out of a plain text; what stood beside them doesn't come together.
func without(text string, phrases []string) string {
	for _, phrase := range phrases {
		stem, open := strings.CutSuffix(phrase, "*")
		for from := 0; ; {
			i := at(text[from:], phrase)
			if i < 0 {
				break
			}
			i += from
			end := i + 1 + len(stem)
			if open {
				end += strings.IndexByte(text[end:], ' ')
			}
			text = text[:i] + " | " + text[end+1:]
			from = i + 2
		}
	}
	return text
}

// readable tells whether a text's letters are those of a language whose words are listed. What is invisible, broken or
// mixes alphabets in a word may hide something.
func readable(text string) bool {
	latin, cyrillic := false, false
	for _, r := range norm.NFD.String(html.UnescapeString(text)) {
		r = letter(r)
		switch {
		case r == unicode.ReplacementChar, unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r),
			unicode.IsControl(r) && !unicode.IsSpace(r):
			return false
		case r >= 'a' && r <= 'z':
			latin = true
		case r >= 'а' && r <= 'я':
			cyrillic = true
		case unicode.IsLetter(r), unicode.IsDigit(r) && r > '9':
			return false
		case !unicode.Is(unicode.Mn, r):
			latin, cyrillic = false, false
		}
		if latin && cyrillic {
			return false
		}
	}
	return true
}
