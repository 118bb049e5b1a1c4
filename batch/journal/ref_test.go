package journal

import "testing"

func TestARefInManySpellingsIsOne(t *testing.T) {
	for want, spellings := range map[string][]string{
		"ab-1": {" ab-1 ", "AB-1", "Ab\u20111", "Ab\u20101", "Ab–1", "Ab—1", "Ab−1", "Ab\uff0d1", "A\u200bb-1", "'Ab-1", "’Ab-1"},
		"7":    {"7.0", "7.00", "\u00a07", "'7", "７", "+7", "\ufeff7", "７.０", "' 7"},
		"07":   {"07", "０７", "'07", "07.0"},
		"é1":   {"e\u03011", "É1", "E\u03011"},
		"a b":  {"a  b", "A\u00a0B", "a\t b", "a \u2009b", "a\u3000b"},
		"i1":   {"İ1", "I\u03071", "I1"},
		"":     {"", " ", "'", "\u00a0"},
		"1e3":  {"1E3"},
		"a'7":  {"a'7", "a＇7"},
		"+a7":  {"+A7"},
	} {
		for _, ref := range spellings {
			got := FoldRef(ref)
			if got != want {
				t.Errorf("%q is %q, want %q", ref, got, want)
			}
			if again := FoldRef(got); again != got {
				t.Errorf("%q is %q, and that is %q", ref, got, again)
			}
		}
	}
}

// TestRefsThatMayBeOfTwoOrdersStayTwo: a cell shows 07 only where it is a text or was given that form.
func TestRefsThatMayBeOfTwoOrdersStayTwo(t *testing.T) {
	for _, pair := range [][2]string{
		{"07", "7"}, {"1e3", "1000"}, {"1.5", "15"}, {"a b", "ab"}, {"a-1", "a1"}, {"a_1", "a-1"}, {"7a", "7"}, {"1,0", "1"},
		{"-7", "7"}, {"é1", "e1"},
	} {
		if FoldRef(pair[0]) == FoldRef(pair[1]) {
			t.Errorf("%q and %q are one", pair[0], pair[1])
		}
	}
}
