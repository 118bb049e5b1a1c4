package parse

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// vocabulary knows which field a header's text names, in the form that foldName gives it.
type vocabulary map[string]string // folded name -> field

func newVocabulary(extra []string) vocabulary {
	v := vocabulary{}
	for _, field := range KnownFields() {
		v[Fold(field.Name)] = field.Name
		for _, name := range strings.Fields(field.names) {
			v[name] = field.Name
		}
	}
	for _, t := range translations() {
		for name := range strings.FieldsSeq(t.names) {
			if _, known := v[foldName(name)]; !known {
				v[foldName(name)] = t.field
			}
		}
	}
	for _, field := range extra {
		if _, known := v[Fold(field)]; !known {
			v[Fold(field)] = field
		}
	}
	return v
}

// of is the field that a header's text names; "" where it names none. "Amount ($)" is money, whatever the word says.
func (v vocabulary) of(text string) string {
	if priced(text) {
		return ""
	}
	if field := v.word(text); field != "" {
		return field
	}
	return v.dripped(text)
}

func (v vocabulary) word(text string) string {
	if field := v[Fold(text)]; field != "" || ascii(text) {
		return field
	}
	return v[foldName(text)]
}

// further tells whether a header's text names another one of what an order has once: Link 2, More links.
func (v vocabulary) further(text string) bool {
	const more = "more other second third additional extra further backup weitere andere otros más autres outros " +
		"diğer другие"
	words := serviceWords(text)
	if len(words) != 2 {
		return false
	}
	last, first := words[1], words[0]
	numbered := len(last) == 1 && last[0] >= '2' && last[0] <= '9'
	field := ""
	switch {
	case numbered:
		field = v.word(first)
	case slices.Contains(strings.Fields(more), first):
		field = v.word(last)
	}
	return slices.Contains([]string{"link", "service", "quantity"}, field)
}

// foldName is Fold without the accents of Latin letters: people type quantite on the keyboards that they have. Those of
// other scripts make other letters, such as й.
func foldName(s string) string {
	if ascii(s) {
		return Fold(s)
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		if r < utf8.RuneSelf || r >= 0x370 && r < 0x1d00 { // Latin letters have their accents elsewhere
			b.WriteRune(r)
			continue
		}
		letters := norm.NFKD.String(string(r))
		first, _ := utf8.DecodeRuneInString(letters)
		switch {
		case r == 'ı':
			b.WriteRune('i')
		case r == 'ß':
			b.WriteString("ss")
		case r == 'đ' || r == 'Đ':
			b.WriteRune('d')
		case unicode.Is(unicode.Latin, first):
			b.WriteString(letters) // Fold takes the accents off
		default:
			b.WriteRune(r)
		}
	}
	return Fold(b.String())
}

// Fold makes header texts comparable: without case, blanks and punctuation. "# Service_ID:" is "serviceid".
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// near is the field that a header's text may have meant: one or two letters away from a name of five letters or more.
func (v vocabulary) near(header string) string {
	name := Fold(header)
	if v.several(header) {
		return ""
	}
	best, field := 3, ""
	for known, f := range v {
		if len(known) < 5 || len(name) < 4 {
			continue
		}
		limit := 1
		if len(known) > 6 {
			limit = 2
		}
		// Ties are settled by the field's name, as maps have no order.
		if d := distance(name, known); d <= limit && (d < best || d == best && f < field) {
			best, field = d, f
		}
	}
	return field
}

// several tells whether a header's text names more than one field: "Link & Quantity".
func (v vocabulary) several(header string) bool {
	named := ""
	for _, word := range serviceWords(header) {
		field := v.word(word)
		if field != "" && named != "" && field != named {
			return true
		}
		if field != "" {
			named = field
		}
	}
	return false
}

// measured is the field that a header's text would name without its unit or total, such as "Interval (hours)" or "Total
// quantity": what stands below isn't what an order takes. "": there is none.
func (v vocabulary) measured(header string) string {
	const measures = "hours hour hrs h days day weeks seconds sec total overall sum k thousand thousands 1000 x1000 " +
		"saat gün toplam часы часов ч дни всего mil milhares milhar miles bin тыс " +
		"horas dias días heures jours stunden std tage gesamt jam hari giờ ngày tổng " +
		"ساعة ساعات घंटे 小时 天 总"
	units := strings.Fields(measures)
	var rest []string
	found := priced(header)
	for _, word := range serviceWords(header) {
		if slices.Contains(units, word) {
			found = true
		} else {
			rest = append(rest, word)
		}
	}
	field := v.word(strings.Join(rest, ""))
	if !found || !slices.Contains([]string{"quantity", "interval", "delay", "min", "max"}, field) {
		return ""
	}
	return field
}

// distance counts the letters to insert, remove, change or swap with a neighbour to make a of b.
func distance(a, b string) int {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return 3
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
