package parse

import (
	"strings"
	"testing"
)

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

// TestATemplatesExamplesAreNoOrders: whatever stands below them, and whatever somebody writes into their other cells.
func TestATemplatesExamplesAreNoOrders(t *testing.T) {
	const sheet = "Orders for here\nService,Link,Quantity\nEXAMPLE: 7 | Likes,https://example.com/page,100\n" +
		"EXAMPLE: 8,https://instagram.com/nord,50\n"
	for _, tt := range []struct{ name, more, want string }{
		{"nothing but examples", "", ""},
		{"a row below them", "7,https://instagram.com/anna,100\n",
			"5 service=7 link=https://instagram.com/anna quantity=100\n"},
		{"a service that is called so", "Example 7,https://instagram.com/anna,100\n",
			"5 service=Example 7 link=https://instagram.com/anna quantity=100\n"},
	} {
		r := read(t, "t.csv", sheet+tt.more, Options{})
		if got := r.brief(); got != tt.want || r.err != nil || r.sheet.Examples != "3, 4" {
			t.Errorf("%s: %s, %v, examples %s", tt.name, got, r.err, r.sheet.Examples)
		}
		if notes := strings.Join(r.sheet.Notes, "; "); !strings.Contains(notes, "examples, which are never ordered: 3, 4") {
			t.Errorf("%s: %s", tt.name, notes)
		}
	}
}
