package parse

import (
	"strings"
	"unicode"

	"bulkorder/parse/book"
)

// priced tells whether a header's text bears a sign of money or a percentage: what stands below isn't a number to
// order.
func priced(header string) bool {
	return strings.ContainsFunc(header, func(r rune) bool { return r == '%' || r == '‰' || unicode.Is(unicode.Sc, r) })
}

// isMinutes knows the words for minutes in the languages of headers.
func isMinutes(word string) bool {
	switch word {
	case "m", "min", "mins", "minute", "minutes", "minutos", "mnt", "dk", "dakika", "мин", "минут", "минуты", "минутах",
		"minuten", "phút", "menit", "دقيقة", "دقائق", "मिनट", "分钟", "分鐘", "分":
		return true
	}
	return false
}

// minutesAlone is the number in 60 min; other texts stay.
func minutesAlone(text string) string {
	text = book.Trim(text)
	unit := strings.TrimLeft(text, "0123456789")
	number := text[:len(text)-len(unit)]
	word := strings.ToLower(strings.Trim(unit, " .\u00a0"))
	if number == "" || !isMinutes(word) {
		return text
	}
	return number
}

// dripped is the field that a header's text names beside the word drip-feed, and beside that for minutes in any of the
// languages: an interval is in minutes. "": it names none.
func (v vocabulary) dripped(header string) string {
	const longest = 100 // bytes of a header's text
	if len(header) > longest {
		return ""
	}
	var rest []string
	timed, drip := false, false
	for _, word := range serviceWords(header) {
		switch {
		case isMinutes(word):
			timed = true
		case word == "drip", word == "feed", word == "dripfeed", word == "dripfeeding":
			drip = true
		default:
			rest = append(rest, word)
		}
	}
	if !timed && !drip || len(rest) == 0 {
		return ""
	}
	switch field := v.word(strings.Join(rest, "")); {
	case field == "interval", field == "delay" && timed, field == "runs" && !timed:
		return field
	}
	return ""
}
