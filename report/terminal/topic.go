package terminal

import "strings"

// pageWidth is how wide a text is where no terminal says it.
const pageWidth = 80

// Topic prints a text of paragraphs: "# " begins a heading, two blanks what stands as it is, "- " an item.
func (t Screen) Topic(text string) {
	if t.Width == 0 {
		t.Width = pageWidth
	}
	for line := range strings.Lines(strings.TrimSpace(text) + "\n") {
		line = strings.TrimRight(line, "\n")
		heading, is := strings.CutPrefix(line, "# ")
		switch {
		case is:
			t.say("%s", t.paint(sgrBold, heading))
		case line == "" || strings.HasPrefix(line, "  "):
			t.say("%s", line)
		case strings.HasPrefix(line, "- "):
			t.prose("  ", "      ", line[len("- "):])
		default:
			t.prose("", "", line)
		}
	}
}
