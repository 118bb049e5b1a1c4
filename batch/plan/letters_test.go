package plan

import (
	"strings"
	"testing"
)

// TestLettersThatNobodySees: they are named, with their place and the link that is meant.
func TestLettersThatNobodySees(t *testing.T) {
	const unseen, alike = "link-invisible-letter", "link-look-alike"
	for _, c := range []struct{ link, rule, letter, before, without string }{
		{"https://x.com/p/Cab\u200bcdE/", unseen, "U+200B", "https://x.com/p/Cab", "https://x.com/p/CabcdE/"},
		{"https://x.com/natural\u00adshop", unseen, "U+00AD", "https://x.com/natural", "https://x.com/naturalshop"},
		{"https://x.com/@big\u2060shop", unseen, "U+2060", "https://x.com/@big", "https://x.com/@bigshop"},
		{"https://\ufeffx.com/big", unseen, "U+FEFF", "https://", "https://x.com/big"},
		{"https://x.com/a\u202eb", unseen, "U+202E", "https://x.com/a", "https://x.com/ab"},
		{"@na\u200dme", unseen, "U+200D", "@na", "@name"},
		{"https://x.com/n\u0430tural_shop", alike, "U+0430", "https://x.com/n", "https://x.com/natural_shop"},
		{"https://\u0456nstagram.com/shop", alike, "U+0456", "https://", "https://instagram.com/shop"},
		{"https://x.com/\u0430_shop", alike, "U+0430", "https://x.com/", "https://x.com/a_shop"},
		{"https://x.com/sh\u03bfp", alike, "U+03BF", "https://x.com/sh", "https://x.com/shop"},
		{"https://x.com/\uff53hop", alike, "U+FF53", "https://x.com/", "https://x.com/shop"},
		{"https://ru.wikipedia.org/wiki/Москва", "", "", "", ""},
		{"https://ru.wikipedia.org/wiki/Windows_со_скидкой", "", "", "", ""},
		{"https://пример.com/shop", "", "", "", ""},
		{"https://x.com/?q=a\u0430", "", "", "", ""},
		{"https://x.com/café-ışık", "", "", "", ""},
		{"https://x.com/خانه\u200cها", "", "", "", ""},
		{"https://x.com/❤\ufe0f", "", "", "", ""},
		{"https://x.com/%D0%B0/n\u0430me", "", "", "", ""},
	} {
		_, problems := checkRow(t, "service,link,quantity", "1,"+c.link+",100")
		if c.rule == "" {
			if len(problems) > 0 {
				t.Errorf("%+q: %+v", c.link, problems)
			}
			continue
		}
		if len(problems) != 1 || problems[0].Rule != c.rule || problems[0].Warning {
			t.Errorf("%+q: %+v", c.link, problems)
			continue
		}
		p := problems[0]
		if !strings.Contains(p.Wrong, c.letter+`, behind "`+c.before+`"`) || !strings.HasSuffix(p.Mend, `"`+c.without+`"`) {
			t.Errorf("%+q: %s; %s", c.link, p.Wrong, p.Mend)
		}
	}
}
