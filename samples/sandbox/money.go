package sandbox

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// money is an exact amount in 1e-10 of the currency. Rates have up to seven
// decimals and are for a thousand, so one piece costs a whole number of these.
type money int64

// places is the number of decimals of money, whole is 1 of the currency.
const (
	places = 10
	whole  = 10_000_000_000
)

// parseMoney reads digits with at most ten decimals, below 900 million.
func parseMoney(text string) (money, error) {
	units, decimals, _ := strings.Cut(text, ".")
	n, err := strconv.ParseUint(units, 10, 63)
	if err != nil || n >= 900_000_000 || len(decimals) > places {
		return 0, fmt.Errorf("%q: expected a decimal below 900000000 with at most %d decimals", text, places)
	}
	padded := decimals + strings.Repeat("0", places-len(decimals))
	part, err := strconv.ParseUint(padded, 10, 63)
	if err != nil {
		return 0, fmt.Errorf("%q: expected a decimal", text)
	}
	return money(n*whole + part), nil
}

// String writes all decimals that are not trailing zeros: "0.27819", "8".
func (m money) String() string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	text := fmt.Sprintf("%s%d.%010d", sign, m/whole, m%whole)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// MarshalText and UnmarshalText keep money a decimal in the file too.
func (m money) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

func (m *money) UnmarshalText(text []byte) (err error) {
	*m, err = parseMoney(string(text))
	return err
}

// times multiplies two amounts that are not negative; false when it overflows.
func (m money) times(n int64) (money, bool) {
	high, low := bits.Mul64(uint64(m), uint64(n))
	if high != 0 || low >= 1<<63 {
		return 0, false
	}
	return money(low), true
}
