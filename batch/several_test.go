package batch

import (
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
