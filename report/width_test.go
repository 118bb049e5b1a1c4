package report

import "testing"

func TestWidthsAndCuts(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      int
		clipped    string // to five columns
	}{
		{"letters", "abcdef", 6, "abcd…"},
		{"letters that fit", "abcde", 5, "abcde"},
		{"wide characters", "刘先生王", 8, "刘先…"},
		{"a joined emoji is one", "👨‍👩‍👧ab", 4, "👨‍👩‍👧ab"},
		{"a joined emoji isn't cut in two", "abc👨‍👩‍👧def", 8, "abc…"},
		{"a flag", "🇩🇪🇫🇷🇮🇹", 6, "🇩🇪🇫🇷…"},
		{"a letter and its mark are one", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", 6,
			"e\u0301e\u0301e\u0301e\u0301…"},
		{"Arabic", "عميل مهم", 8, "عميل…"},
		{"no blank before the ellipsis", "abc def", 7, "abc…"},
		{"nothing", "", 0, ""},
	} {
		if got := Width(c.text); got != c.width {
			t.Errorf("%s: %d columns, want %d", c.name, got, c.width)
		}
		if got := Clip(c.text, 5); got != c.clipped {
			t.Errorf("%s: became %q, want %q", c.name, got, c.clipped)
		}
	}
}
