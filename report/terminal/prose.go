package terminal

import (
	"regexp"
	"strings"

	"bulkorder/report"
)

// prose prints a sentence, broken between words where the screen is narrow: the first line behind one indent, the
// others behind another. Commands between backticks stay in one piece, so that they can be pasted; another word that is
// wider than a line is parted.
func (t Screen) prose(first, then, words string) {
	if t.Width == 0 {
		t.say("%s%s", first, words)
		return
	}
	line, taken := first, report.Width(unpainted(first))
	begun := false
	for _, word := range pieces(words) {
		width := report.Width(unpainted(word))
		if room := t.Width - report.Width(then); width > room && room > 0 && !strings.ContainsAny(word, "`\x1b") {
			if begun {
				t.say("%s", line)
				line, taken, begun = then, report.Width(then), false
			}
			for report.Width(word) > t.Width-taken {
				var part string
				part, word = report.Part(word, t.Width-taken)
				t.say("%s%s", line, part)
				line, taken = then, report.Width(then)
			}
			width = report.Width(word)
		}
		if begun && taken+1+width > t.Width {
			t.say("%s", line)
			line, taken, begun = then, report.Width(then), false
		}
		if begun {
			line, taken = line+" ", taken+1
		}
		line, taken, begun = line+word, taken+width, true
	}
	t.say("%s", line)
}

// Sentence prints one, whose further lines stand in.
func (t Screen) Sentence(words string) { t.prose("", "  ", words) }

// Wrong tells what went wrong: as it is where there is room for it, so that what it quotes can be copied.
func (t Screen) Wrong(words string) {
	const who = "bulkorder: "
	if t.Width == 0 || report.Width(who+words) <= t.Width {
		t.say("%s%s", who, words)
		return
	}
	t.prose(who, "  ", words)
}

// pieces parts a sentence between words; what stands between backticks is one.
func pieces(words string) (all []string) {
	inside := false
	for _, word := range strings.Fields(words) {
		if inside {
			all[len(all)-1] += " " + word
		} else {
			all = append(all, word)
		}
		if strings.Count(word, "`")%2 == 1 {
			inside = !inside
		}
	}
	return all
}

// unpainted is a text without its colours.
func unpainted(s string) string {
	return regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(s, "")
}
