package parse

import "testing"

// TestLinksOfExamples: a template's own link, or a name that stands for the client's, isn't meant to be ordered.
func TestLinksOfExamples(t *testing.T) {
	words := newDoneLists()
	for link, want := range map[string]bool{
		"https://example.com/profile":        true,
		"http://www.example.org":             true,
		"https://yoursite.com/any/thing":     true,
		"https://instagram.com/yourusername": true,
		"https://instagram.com/your_name":    true,
		"https://instagram.com/p/XXXXXXXX":   true,
		"https://example.com/nord":           false,
		"https://instagram.com/xx":           false,
		"https://instagram.com/nord":         false,
		"https://vk.com/club11111":           false,
		"https://t.me/c/1/77777":             false,
		"xxxxx":                              false,
		"":                                   false,
	} {
		if got := words.exampleLink(link); got != want {
			t.Errorf("%s: %t", link, got)
		}
	}
}
