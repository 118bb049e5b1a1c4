package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Count writes a number of things with its thousands apart: 100,000.
func Count(n int) string { return grouped(strconv.Itoa(n)) }

// grouped parts the thousands of a decimal number's text.
func grouped(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// Counted is a number of things with their name: "1 row", "2 rows".
func Counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return Count(n) + " " + thing + "s"
}

// Amount writes money exactly, with two places at least, and its currency: 1,234.5678 USD.
func Amount(d decimal.Decimal, currency string) string {
	s := d.String()
	if _, fraction, _ := strings.Cut(s, "."); len(fraction) < 2 {
		s = d.StringFixed(2)
	}
	return strings.TrimSpace(grouped(s) + " " + currency)
}

// Lasting writes a time to wait, to what a person minds of it: "2 h 5 min".
func Lasting(d time.Duration) string {
	switch {
	case d < time.Second:
		return "under 1 s"
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%d days %d h", int(d.Hours())/24, int(d.Hours())%24)
}

// About is [Lasting] of a time that is estimated.
func About(d time.Duration) string {
	if d < time.Second {
		return Lasting(d)
	}
	return "about " + Lasting(d)
}

// PlainNumber gives the number that a cell may hold in place of the text: only where the number shows
// as exactly the same text. Excel shows up to 11 digits of a number without an exponent.
func PlainNumber(s string) (float64, bool) {
	if s == "" || len(s) > 11 || s[0] != '-' && (s[0] < '0' || s[0] > '9') {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f == 0 && s != "0" || strconv.FormatFloat(f, 'f', -1, 64) != s {
		return 0, false
	}
	return f, true
}

// exactDigits is how many digits of a number a spreadsheet keeps.
const exactDigits = 15

// MoneyNumber gives money as a spreadsheet's number where that is exact.
func MoneyNumber(s string) (float64, bool) {
	d, err := decimal.NewFromString(s)
	if err != nil || d.NumDigits() > exactDigits || len(s) > 40 {
		return 0, false
	}
	f, err := strconv.ParseFloat(d.String(), 64)
	return f, err == nil
}

func YesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// Utc is a time for a person, with its zone.
func Utc(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}
