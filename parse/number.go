package parse

import (
	"strconv"
	"strings"

	"bulkorder/parse/book"
)

// ambiguousNumber is the rule of numbers that may be read in two ways.
const ambiguousNumber = "number-ambiguous"

// exactDigits is how many digits of a number Excel keeps: more are zeros in the place of what was typed.
const exactDigits = 15

func damaged() *fault {
	return &fault{"number-damaged", "was damaged by Excel, which keeps 15 digits of a number",
		"format the column as Text and type the value again"}
}

// decimal is a number taken apart without loss: digits × 10^exponent, no zeros at either end of the digits.
type decimal struct {
	negative bool
	digits   string // "" is zero
	exponent int
}

// parseDecimal reads a number as workbooks store it: 1000, -0.25, 1.5E+3. No float is involved.
func parseDecimal(s string) (decimal, bool) {
	var d decimal
	s, d.negative = strings.CutPrefix(s, "-")
	mantissa, power, scaled := s, "", false
	if at := strings.IndexAny(s, "eE"); at >= 0 {
		mantissa, power, scaled = s[:at], s[at+1:], true
	}
	if scaled {
		n, err := strconv.Atoi(power)
		if err != nil || n > 400 || n < -400 {
			return d, false
		}
		d.exponent = n
	}
	whole, part, _ := strings.Cut(mantissa, ".")
	digits := whole + part
	if digits == "" || !allDigits(digits) {
		return d, false
	}
	d.exponent -= len(part)
	digits = strings.TrimLeft(digits, "0")
	d.digits = strings.TrimRight(digits, "0")
	d.exponent += len(digits) - len(d.digits)
	if d.digits == "" {
		d = decimal{}
	}
	return d, true
}

// magnitude is the number of digits before the point.
func (d decimal) magnitude() int { return len(d.digits) + d.exponent }

func (d decimal) whole() bool { return d.exponent >= 0 }

// exact tells whether Excel can have kept what was typed.
func (d decimal) exact() bool { return len(d.digits) <= exactDigits && d.magnitude() <= exactDigits }

// String writes the number without an exponent. Call it on exact numbers only: others can be very long.
func (d decimal) String() string {
	s := d.digits
	switch {
	case s == "":
		return "0"
	case d.exponent >= 0:
		s += strings.Repeat("0", d.exponent)
	case d.magnitude() > 0:
		s = s[:d.magnitude()] + "." + s[d.magnitude():]
	default:
		s = "0." + strings.Repeat("0", -d.magnitude()) + s
	}
	if d.negative {
		return "-" + s
	}
	return s
}

// exactNumber reads a workbook's number cell where a text is wanted, such as a service's id or a comment.
func exactNumber(raw string) (string, *fault) {
	d, ok := parseDecimal(raw)
	if !ok {
		return "", &fault{"number-unreadable", "is stored as a number but is none", "type the value again"}
	}
	if !d.exact() {
		return "", damaged()
	}
	return d.String(), nil
}

// wholeNumber reads the value of a field that is a whole number. The result is digits without leading zeros.
func wholeNumber(text string, k book.Kind, m marks) (string, *fault) {
	if k == book.Number {
		d, ok := parseDecimal(text)
		switch {
		case !ok:
			return "", notWhole("is stored as a number but is none", "type the value again")
		case d.negative:
			return "", notWhole("is negative", "use a whole number from 0")
		case d.magnitude() > exactDigits:
			return "", damaged()
		}
		if d = d.shown(); !d.whole() {
			return "", notWhole("is not a whole number", "use a whole number")
		}
		return d.String(), nil
	}
	digits, f := typedNumber(asciiDigits(text), m)
	if f != nil {
		return "", f
	}
	digits = strings.TrimLeft(digits, "0")
	if digits == "" {
		return "0", nil
	}
	if len(digits) > exactDigits {
		return "", notWhole("is too large", "use a number of at most 15 digits")
	}
	return digits, nil
}

// typedNumber finds the digits of a whole number that is written as text.
func typedNumber(text string, m marks) (string, *fault) {
	if allDigits(text) {
		return text, nil
	}
	// The doubtful form comes first: "1.000" would be sound with zeros after the point too.
	if thousandsOrDecimal(text) {
		return m.join(text)
	}
	if thousand, is := shortForm(text); is && m.short {
		return thousand, nil
	}
	if lakhs(text) {
		return strings.ReplaceAll(text, ",", ""), nil
	}
	whole, part := cutPoint(joinThousands(text))
	if part == ",00" && allDigits(text[:len(text)-len(part)]) && len(whole) <= 3 && !m.fraction &&
		m.point&partsThousands == 0 {
		return "", &fault{ambiguousNumber, "may be " + whole + " or " + whole + "00",
			"write " + whole + " or " + whole + "00, without a comma"}
	}
	switch {
	case !allDigits(whole) || strings.Trim(part, ".,0") != "" || part != "" && strings.ContainsAny(part[1:], ".,"):
		return "", whyNotWhole(text)
	case part == "" || part[0] == '.' && len(part) > 1 || part == ",0" || part == ",00":
		return whole, nil
	}
	return "", whyNotWhole(text)
}

// shortForm reads 1k, 2.5K and 1m as people write thousands and millions.
func shortForm(text string) (string, bool) {
	number, zeros := strings.TrimRight(text, "kK"), 3
	if number == text {
		number, zeros = strings.TrimRight(text, "mM"), 6
	}
	if len(text)-len(number) != 1 {
		return "", false
	}
	whole, part, _ := strings.Cut(strings.Replace(book.Trim(number), ",", ".", 1), ".")
	const most = 9 // digits
	if !allDigits(whole) || part != "" && !allDigits(part) || len(part) > 2 || len(whole) > most {
		return "", false
	}
	return whole + part + strings.Repeat("0", zeros-len(part)), true
}

// cutPoint parts a number at its first point or comma, which stays with the second part.
func cutPoint(text string) (whole, part string) {
	if at := strings.IndexAny(text, ".,"); at >= 0 {
		return text[:at], text[at:]
	}
	return text, ""
}

// joinThousands takes out the blanks of "1 000 000" and the apostrophes of "1'000", and only such as part groups of
// three digits.
func joinThousands(text string) string {
	whole, rest := cutPoint(text)
	groups := strings.FieldsFunc(whole, func(r rune) bool {
		return r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\u2009' || r == '\'' || r == '’'
	})
	if len(groups) < 2 || len(groups[0]) > 3 {
		return text
	}
	joined := strings.Join(groups, "")
	if !allDigits(joined) || len(joined) != len(groups[0])+3*(len(groups)-1) {
		return text
	}
	for _, group := range groups[1:] {
		if len(group) != 3 {
			return text
		}
	}
	return joined + rest
}

// thousandsOrDecimal recognises what has, or may have, commas or points as thousands: 1,000 and 1.000, 1,000,000 and
// 1,000.00. A number such as 0.500 is a fraction, and 1000.000 has no thousands.
func thousandsOrDecimal(text string) bool {
	groups := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '.' })
	if len(groups) < 2 || len(groups[0]) > 3 || groups[0] == "0" || !allDigits(strings.Join(groups, "")) {
		return false
	}
	return len(groups[1]) == 3 && len(strings.Join(groups, ""))+len(groups)-1 == len(text)
}

func separators(text string) *fault {
	whole, part := cutPoint(text)
	joined := whole + part[1:]
	switch {
	case strings.ContainsAny(part[1:], ".,"):
		return &fault{ambiguousNumber, "has commas or points between its digits", "write the digits alone, such as 1000000"}
	case strings.Trim(part[1:], "0") == "":
		return &fault{ambiguousNumber, "may be " + joined + " or " + whole, "write " + joined + " or " + whole +
			", without comma or point"}
	}
	return &fault{ambiguousNumber, "may be " + joined + " or the fraction " + whole + "." + part[1:],
		"write " + joined + " if that is meant: fractions cannot be ordered"}
}

// whyNotWhole says in the person's terms why a text is no whole number.
func whyNotWhole(text string) *fault {
	digits := strings.TrimLeft(text, "-+")
	last := text[len(text)-1]
	_, isNumber := parseDecimal(strings.Replace(digits, ",", ".", 1))
	switch {
	case scientific(text):
		return damaged()
	case strings.HasPrefix(text, "-") && isNumber:
		return notWhole("is negative", "use a whole number from 0")
	case strings.HasPrefix(text, "+") && isNumber:
		return notWhole("has a sign", "write the digits alone")
	case last == '%':
		return notWhole("is a percentage", "use a whole number")
	case strings.ContainsRune("kKmM", rune(last)) && text[0] >= '0' && text[0] <= '9':
		return notWhole("is a short form",
			"write the number in full, such as 1000 for 1k, or say --accept-k")
	case isNumber:
		return notWhole("is not a whole number", "use a whole number")
	}
	return notWhole("is not a whole number", "write digits alone, such as 1000")
}

func notWhole(wrong, mend string) *fault { return &fault{"number-not-whole", wrong, mend} }

// serviceNumber drops the zeros that a spreadsheet may have put after a service's number: 102.0 is 102.
func serviceNumber(text string) string {
	whole, zeros, pointed := strings.Cut(text, ".")
	if pointed && allDigits(whole) && (zeros == "0" || zeros == "00") {
		return whole
	}
	return text
}

// scientific recognises 1.23E+12, which is what is left of a long number after Excel has saved it as text.
func scientific(text string) bool {
	at := strings.IndexAny(text, "eE")
	if at <= 0 || at+2 >= len(text) || text[at+1] != '+' || !allDigits(text[at+2:]) {
		return false
	}
	whole, part, pointed := strings.Cut(strings.Replace(text[:at], ",", ".", 1), ".")
	return len(whole) == 1 && allDigits(whole) && (!pointed || allDigits(part))
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
