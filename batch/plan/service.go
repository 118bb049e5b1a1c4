package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bulkorder/batch/panel"
)

// serviceNames reads what people put into the cell of a service besides its id: a label of their own with the id in it,
// its name in other letters, or with a letter wrong.
type serviceNames struct {
	alone, labelled []*regexp.Regexp
	price           *regexp.Regexp                           // behind a name, as panels list it
	whole           []*regexp.Regexp                         // what is taken only with all words of the name
	folded          map[*panel.Catalogue]map[string][]string // ids by name, as foldedName has it
	proposed        map[string]string                        // by what was asked
}

func newServiceNames() *serviceNames {
	const word = `(?:service|servis|serviço|servicio|dienst|услуга|layanan)?`
	return &serviceNames{
		alone: []*regexp.Regexp{
			regexp.MustCompile(`(?i)^` + word + `\s*(?:id|no\.?|nr\.?|#|№)?\s*[:#.\-]*\s*(?P<id>\d+)\.?$`),
			regexp.MustCompile(`^\[\s*(?P<id>\d+)\s*\]$`),
			regexp.MustCompile(`^\(\s*(?P<id>\d+)\s*\)$`),
		},
		price: regexp.MustCompile(`(?i)\s+[-–—|]\s+(?:[$€£₺₹]\s*\d+(?:[.,]\d+)?|` +
			`\d+(?:[.,]\d+)?\s*(?:[$€£₺₹]|usd|eur|try|inr))` + `(?:\s*(?:per|/|for)\s*(?:1000|1k))?$`),
		whole: []*regexp.Regexp{
			regexp.MustCompile(`(?i)^(?:id\s*[:#]?)?\s*(?P<id>\d+)\s+(?P<name>.+)$`),
			regexp.MustCompile(`^(?P<name>.+?)\s*[-–—|:]\s*(?P<id>\d+)$`),
			regexp.MustCompile(`^(?P<name>.+?)\s*[\[(]\s*(?P<id>\d+)\s*[\])]$`),
		},
		labelled: []*regexp.Regexp{
			regexp.MustCompile(`(?i)^(?:id)?\s*[:#]?\s*(?P<id>\d+)\s*[-–—:.)]\s*(?P<name>.+)$`),
			regexp.MustCompile(`(?i)^[\[(]\s*(?:id)?\s*[:#]?\s*(?P<id>\d+)\s*[\])]\s*(?P<name>.+)$`),
			regexp.MustCompile(`(?i)^(?P<name>.+?)\s*[\[(]\s*(?:id\s*[:#]?|#)\s*(?P<id>\d+)\s*[\])]$`),
			regexp.MustCompile(`(?i)^(?P<name>.+?)\s*[-–—|:,]?\s*(?:\bid\s*[:#]?|#)\s*(?P<id>\d+)$`),
		},
		folded: map[*panel.Catalogue]map[string][]string{}, proposed: map[string]string{},
	}
}

// read finds the one service that a text surely means. It must bear the id that stands in the text, and every word that
// stands beside it.
func (n *serviceNames) read(c *panel.Catalogue, asked string) (panel.Service, bool) {
	asked = n.price.ReplaceAllString(strings.TrimSpace(asked), "")
	for _, form := range n.alone {
		if strings.HasPrefix(asked, "-") {
			break // taken out, or a sign that nobody knows
		}
		if found := form.FindStringSubmatch(asked); found != nil {
			return c.Service(found[form.SubexpIndex("id")])
		}
	}
	if ids := n.named(c, asked); len(ids) == 1 {
		return c.Service(ids[0])
	}
	for _, form := range n.labelled {
		found := form.FindStringSubmatch(asked)
		if found == nil {
			continue
		}
		s, known := c.Service(found[form.SubexpIndex("id")])
		if words := nameWords(found[form.SubexpIndex("name")]); known && len(words) > 0 && !lacksWord(s, words) {
			return s, true
		}
	}
	for _, form := range n.whole {
		found := form.FindStringSubmatch(asked)
		if found == nil {
			continue
		}
		s, known := c.Service(found[form.SubexpIndex("id")])
		if words := nameWords(found[form.SubexpIndex("name")]); known && len(words) > 1 &&
			slices.Equal(words, nameWords(s.Name)) {
			return s, true
		}
	}
	return panel.Service{}, false
}

// named gives the ids of the services that bear a name in these letters, small or capital.
func (n *serviceNames) named(c *panel.Catalogue, name string) []string {
	names := n.folded[c]
	if names == nil {
		names = map[string][]string{}
		for _, s := range c.Services {
			folded := foldedName(s.Name)
			names[folded] = append(names[folded], s.ID)
			if plain := plainName(s.Name); plain != folded && plain != "" {
				names[plain] = append(names[plain], s.ID)
			}
		}
		n.folded[c] = names
	}
	if ids := names[foldedName(name)]; len(ids) > 0 {
		return ids
	}
	if strings.HasPrefix(strings.TrimSpace(name), "|") { // a label that lost its number
		return nil
	}
	return names[plainName(name)]
}

// plainName is a name's words alone: people leave its hearts and flags out.
func plainName(name string) string { return strings.Join(nameWords(name), " ") }

// foldedName is a name without case, with single blanks, and without what tells a heart in colours from one in black.
func foldedName(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(name, "\ufe0f", "")), " "))
}

// nameWords are the words of a name without case and signs.
func nameWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) || r == '\ufe0f'
	})
}

// lacksWord tells whether a service's name and category lack one of the words.
func lacksWord(s panel.Service, words []string) bool {
	has := nameWords(s.Name + " " + s.Category)
	return slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(has, w) })
}

// proposals is for how many texts the nearest services are looked for: each takes a walk through the catalogue.
const proposals = 100

// propose names the services that a text may mean, for a person to choose from; "": none is near.
func (n *serviceNames) propose(c *panel.Catalogue, asked string) string {
	if words, known := n.proposed[asked]; known || len(n.proposed) >= proposals {
		return words
	}
	const most = 3
	words := nameWords(asked)
	type near struct {
		service panel.Service
		score   int
	}
	var best []near
	for _, s := range c.Services {
		score := 0
		has := nameWords(s.Name + " " + s.Category)
		for _, w := range words {
			if w == s.ID {
				score += 3
			} else if slices.ContainsFunc(has, func(h string) bool { return sameWord(w, h) }) {
				score += 2
			}
		}
		if score > 0 && score >= len(words) {
			best = append(best, near{s, score})
		}
	}
	slices.SortStableFunc(best, func(a, b near) int { return b.score - a.score })
	var list []string
	for _, b := range best[:min(len(best), most)] {
		list = append(list, fmt.Sprintf("%s %q", b.service.ID, b.service.Name))
	}
	n.proposed[asked] = strings.Join(list, ", ")
	return n.proposed[asked]
}

// sameWord tells whether two words are the same, or differ by one letter as typing mistakes do.
func sameWord(a, b string) bool {
	const shortest = 4 // letters of a word of which another is a mistake
	if a == b {
		return true
	}
	one, other := []rune(a), []rune(b)
	if len(one) > len(other) {
		one, other = other, one
	}
	if utf8.RuneCountInString(a) < shortest || len(one) < shortest || len(other)-len(one) > 1 {
		return false
	}
	i := 0
	for i < len(one) && one[i] == other[i] {
		i++
	}
	if len(one) < len(other) {
		return string(one[i:]) == string(other[i+1:])
	}
	swapped := i+1 < len(one) && one[i] == other[i+1] && one[i+1] == other[i] && string(one[i+2:]) == string(other[i+2:])
	return string(one[min(i+1, len(one)):]) == string(other[min(i+1, len(other)):]) || swapped
}
