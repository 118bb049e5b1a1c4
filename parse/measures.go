package parse

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"bulkorder/parse/book"
)

// priced tells whether a header's text bears a sign of money or a percentage: what stands below isn't a number to
// order.
func priced(header string) bool {
	return strings.ContainsFunc(header, func(r rune) bool { return r == '%' || r == '‰' || unicode.Is(unicode.Sc, r) })
}

// ofMoney tells whether a header's text names a price, by a sign or a word.
func ofMoney(header string) bool {
	const words = "price prices rate cost costs charge budget fiyat fiyatı tutar ücret цена стоимость preço custo precio " +
		"costo prix coût preis kosten harga biaya giá السعر मूल्य 价格"
	return priced(header) || slices.ContainsFunc(serviceWords(header), func(w string) bool {
		return slices.Contains(strings.Fields(words), w)
	})
}

// isMinutes knows the words for minutes in the languages of headers.
func isMinutes(word string) bool { return minutesIn(word) == 1 }

// minutesIn is how many minutes a unit of time has, by its name in the languages of headers; 0: it is none.
func minutesIn(unit string) int {
	switch unit {
	case "m", "min", "mins", "minute", "minutes", "minuto", "minutos", "mnt", "dk", "dakika", "мин", "минут", "минута",
		"минуты", "минутах", "minuten", "phút", "menit", "دقيقة", "دقائق", "मिनट", "分钟", "分鐘", "分":
		return 1
	case "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "saat", "sa", "ч", "час", "часа", "часов", "hora",
		"horas", "heure", "heures", "jam", "giờ", "tiếng", "ساعة", "ساعات", "घंटा", "घंटे", "小时", "小時":
		return 60
	case "d", "day", "days", "tag", "tage", "gün", "день", "дня", "дней", "dia", "dias", "día", "días", "jour", "jours",
		"hari", "ngày", "يوم", "أيام", "दिन", "天":
		return 24 * 60
	}
	return 0
}

// minutesAlone is the number of minutes in 60 min, 1h and 2 hours; other texts stay.
func minutesAlone(text string) string {
	text = asciiDigits(book.Trim(text))
	unit := strings.TrimLeft(text, "0123456789")
	number, err := strconv.Atoi(text[:len(text)-len(unit)])
	const most = 1000 // hours or days: more are none
	each := minutesIn(strings.ToLower(strings.Trim(unit, " .\u00a0")))
	if err != nil || each == 0 || each > 1 && number > most {
		return text
	}
	return strconv.Itoa(number * each)
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
