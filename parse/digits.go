package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shown is the number as a spreadsheet shows it, which keeps 15 digits: 550.0000000000001, as 500*1.1 is stored, is
// 550.
func (d decimal) shown() decimal {
	if len(d.digits) <= exactDigits {
		return d
	}
	kept := []byte(d.digits[:exactDigits])
	d.exponent += len(d.digits) - exactDigits
	if d.digits[exactDigits] >= '5' {
		at := len(kept) - 1
		for ; at >= 0 && kept[at] == '9'; at-- {
			kept[at] = '0'
		}
		if at < 0 {
			kept = append([]byte{'1'}, kept...)
		} else {
			kept[at]++
		}
	}
	d.digits = strings.TrimRight(string(kept), "0")
	d.exponent += len(kept) - len(d.digits)
	return d
}

// asciiDigits writes the digits of other scripts, such as ١٠٠٠ and ５００, as 0 to 9, and the Arabic marks between them
// as comma and point.
func asciiDigits(text string) string {
	if ascii(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u066c':
			return ','
		case r == '\u066b':
			return '.'
		case r < utf8.RuneSelf || !unicode.Is(unicode.Nd, r):
			return r
		}
		return '0' + numeral(r)
	}, text)
}

// numeral is what a digit of any script counts: each script has its ten in a row.
func numeral(digit rune) rune {
	for _, r := range unicode.Nd.R16 {
		if rune(r.Lo) <= digit && digit <= rune(r.Hi) {
			return (digit - rune(r.Lo)) % 10
		}
	}
	for _, r := range unicode.Nd.R32 {
		if rune(r.Lo) <= digit && digit <= rune(r.Hi) {
			return (digit - rune(r.Lo)) % 10
		}
	}
	return 0
}

// lakhs recognises 1,00,000 as it is written in India: it can be read in one way only.
func lakhs(text string) bool {
	groups := strings.Split(text, ",")
	last := len(groups) - 1
	if last < 2 || len(groups[0]) > 2 || len(groups[last]) != 3 || groups[0] == "0" {
		return false
	}
	for i, group := range groups {
		if !allDigits(group) || i > 0 && i < last && len(group) != 2 {
			return false
		}
	}
	return true
}
