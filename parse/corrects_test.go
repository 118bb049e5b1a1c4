package parse

import (
	"strings"
	"testing"
)

// TestNumbersOfNotes: only a number that may be a quantity or an id is told from a note.
func TestNumbersOfNotes(t *testing.T) {
	words := newDoneLists()
	for text, want := range map[string]string{
		"should be 2000!":          "2000",
		"2.000 not 100":            "2.000 100",
		"1 500 Stück":              "1 500",
		"min 50, max 10000":        "",
		"24 hours":                 "",
		"in 30 days":               "",
		"on 12/05 at 10:30":        "",
		"28.11.2026":               "",
		"am 28. fertig":            "",
		"$20 or 20 €":              "",
		"10%":                      "",
		"нужно 1000":               "1000",
		"يجب أن تكون ١٠٠٠":         "1000",
		"call 0171 2345678":        "",
		"order 5512331, refill 30": "",
		"2":                        "",
		"make it 2k":               "2000",
		"2 kg":                     "",
	} {
		if got := strings.Join(words.amounts(text), " "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
