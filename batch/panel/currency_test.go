package panel

import "testing"

func TestCurrenciesByTheirNames(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"USD", "usd", true}, {"USD", "$", true}, {"$", "US Dollar", true}, {"US dollars", "USD", true}, {"USD", "", true},
		{"€", "EUR", true}, {"Rs", "INR", true}, {"Rs.", "₹", true}, {"TL", "TRY", true}, {"R$", "BRL", true},
		{"USD", "INR", false}, {"USD", "USDT", false}, {"CAD", "$", false}, {"₺", "$", false}, {"EUR", "US Dollar", false},
	} {
		if SameCurrency(c.a, c.b) != c.same || SameCurrency(c.b, c.a) != c.same {
			t.Errorf("%q and %q: want the same %v", c.a, c.b, c.same)
		}
	}
}
