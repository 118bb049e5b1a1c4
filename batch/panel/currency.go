package panel

import "strings"

// SameCurrency tells whether two names may be of one currency: panels call it by its letters, its sign or its name, in
// one answer so and in another otherwise. One that isn't told may be any.
func SameCurrency(a, b string) bool {
	a, b = currencyCode(a), currencyCode(b)
	return a == "" || b == "" || a == b
}

// currencyCode gives the three letters of a currency that is called by its sign or its name; otherwise the name.
func currencyCode(name string) string {
	name = strings.ToLower(strings.Join(strings.Fields(name), " "))
	switch strings.TrimSuffix(strings.TrimSuffix(name, "."), "s") {
	case "$", "us$", "usd$", "$usd", "us dollar", "u.s. dollar", "dollar", "united states dollar", "american dollar":
		return "usd"
	case "€", "euro":
		return "eur"
	case "£", "pound", "british pound", "pound sterling", "gb pound":
		return "gbp"
	case "₺", "tl", "turkish lira", "türk lirası", "lira":
		return "try"
	case "₹", "r", "re", "indian rupee", "rupee":
		return "inr"
	case "₽", "rur", "ruble", "rouble", "russian ruble":
		return "rub"
	case "r$", "brazilian real", "real":
		return "brl"
	case "₴":
		return "uah"
	case "₦":
		return "ngn"
	}
	return name
}
