package panel

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// labelGap stands between the id and the name in a label.
const labelGap = " | "

// labelNameLimit is how many characters of a name a label bears: spreadsheets look nothing up that is longer
// than 255.
const labelNameLimit = 200

// Label is how a template offers the service in a drop-down: "101 | Instagram Followers". The name is what
// people choose by; the id tells services of the same name apart. A cell must give it back as it is, so it
// holds one line, single blanks, and nothing that spreadsheets drop.
func (s Service) Label() string {
	words := strings.FieldsFunc(s.Name, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError || r > 0xfffd && r < 0x10000
	})
	name := strings.Join(words, " ")
	if utf8.RuneCountInString(name) > labelNameLimit {
		name = string([]rune(name)[:labelNameLimit]) + "…"
	}
	// The reader of sheets takes invisible characters off the ends of a cell.
	name = strings.TrimFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if name == "" {
		return s.ID
	}
	return s.ID + labelGap + name
}

// Labelled reads a label: known tells that it begins with the id of a service, same that the service bears
// exactly this label today. A service that is known but not the same was renamed, or the text was never a
// label.
func (c *Catalogue) Labelled(text string) (s Service, known, same bool) {
	id, _, is := strings.Cut(text, labelGap)
	if !is {
		return Service{}, false, false
	}
	s, known = c.Service(id)
	return s, known, known && s.Label() == text
}
