package plan

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestSeveralLinksInACell(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"https://instagram.com/p/a", ""},
		{"https://instagram.com/p/a/https://instagram.com/p/b/", "https://instagram.com/p/a/ https://instagram.com/p/b/"},
		{"https://instagram.com/p/a;https://instagram.com/p/b", "https://instagram.com/p/a https://instagram.com/p/b"},
		{"instagram.com/a,instagram.com/b", "instagram.com/a instagram.com/b"},
		{"www.instagram.com/a|www.instagram.com/b", "www.instagram.com/a www.instagram.com/b"},
		{"@nord,@lux", "@nord @lux"},
		{"https://example.com/go?to=https://example.org/a", ""},
		{"https://example.com/go?to=https%3A%2F%2Fexample.org", ""},
		{"https://example.com/a?b=1&www.example.org/c", ""},
		{"https://web.archive.org/web/2020/https://example.org/a", ""},
		{"https://https://instagram.com/a", ""},
		{"https://maps.example.com/@41.0,29.0", ""},
		{"(https://instagram.com/a)", ""},
		{"", ""},
	} {
		links := newAims().several(tt.text)
		if len(links) < 2 {
			links = nil
		}
		if got := strings.Join(links, " "); got != tt.want {
			t.Errorf("%q holds %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestLinksThatCantBeSeveralAreNotSearched, and no others.
func TestLinksThatCantBeSeveralAreNotSearched(t *testing.T) {
	random, begins := rand.New(rand.NewPCG(1, 1)), linkBeginnings()
	parts := []string{"https://", "http://", "HTTPS://", "://", "www.", "a.com/", "b", "@c", " ", ";", "?x=", "&", "é", "h", "\t"}
	passed := 0
	for range 20_000 {
		var v string
		for range random.IntN(5) {
			v += parts[random.IntN(len(parts))]
		}
		if mayHoldSeveral(v) {
			continue
		}
		passed++
		for _, at := range begins.FindAllStringIndex(v, -1) {
			if at[0] > 0 {
				t.Fatalf("%q holds a link at %d", v, at[0])
			}
		}
	}
	if !mayHoldSeveral("https://a.com/b,https://a.com/c") || passed < 1000 {
		t.Errorf("%d texts were told apart", passed)
	}
}
