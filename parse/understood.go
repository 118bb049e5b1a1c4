package parse

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Notes stop a row in endless words, and no list has them all. What changes nothing is said in fewer: that it is
// urgent, paid, for whom, by when. So a note is understood where words of that kind are known in it, at least as many
// as there are unknown ones; a row with another one waits for a person.

// glossary is what can be known of notes that stop nothing.
type glossary struct {
	harmless lexicon // says something that changes nothing
	neutral  lexicon // says nothing alone: "the", "client", "week"
	purposes map[string]bool
}

func newGlossary() *glossary {
	g := &glossary{harmless: newLexicon(), neutral: newLexicon(), purposes: wordSet(purposes())}
	for _, words := range [...]string{englishHarmless(), germanHarmless(), turkishHarmless(), spanishHarmless(),
		portugueseHarmless(), frenchHarmless(), russianHarmless(), indonesianHarmless(), vietnameseHarmless(),
		arabicHarmless(), hindiHarmless(), chineseHarmless(), furtherHarmless(), harmlessPhrases()} {
		g.harmless.take(words)
	}
	g.neutral.take(smallWords())
	g.neutral.take(subjectWords())
	return g
}

// lexicon holds words, stems and phrases, as they are compared.
type lexicon struct {
	words, stems map[string]bool     // a word may go on behind a stem
	phrases      map[string][]string // of several words, by their first
	unspaced     []string            // of scripts without blanks
}

func newLexicon() lexicon {
	return lexicon{words: map[string]bool{}, stems: map[string]bool{}, phrases: map[string][]string{}}
}

// take takes a list in, in which a stem has a star behind it.
func (l *lexicon) take(list string) {
	for word := range strings.SplitSeq(list, "|") {
		word, stem := strings.CutSuffix(word, "*")
		word = spoken(word)
		first, _, several := strings.Cut(word, " ")
		switch {
		case unspaced(word):
			l.unspaced = append(l.unspaced, word)
		case several:
			l.phrases[first] = append(l.phrases[first], word)
		case stem:
			l.stems[word] = true
		default:
			l.words[word] = true
		}
	}
	slices.SortFunc(l.unspaced, func(a, b string) int { return len(b) - len(a) }) // "不要掉粉" before "掉粉"
}

// phrase is how many words the longest phrase has that begins some words; 0: none does.
func (l *lexicon) phrase(words []plainWord) (longest int) {
	for _, phrase := range l.phrases[words[0].text] {
		n := strings.Count(phrase, " ") + 1
		if n > longest && n <= len(words) && joinWords(words[:n]) == phrase {
			longest = n
		}
	}
	return longest
}

// has tells whether a word is known.
func (l *lexicon) has(word string) bool {
	if l.words[word] {
		return true
	}
	for n := 2; n <= len(word) && len(l.stems) > 0; n++ {
		if l.stems[word[:n]] {
			return true
		}
	}
	return false
}

// strike takes what is known out of a text without blanks, and counts it.
func (l *lexicon) strike(text string) (rest string, known int) {
	for _, word := range l.unspaced {
		if strings.Contains(text, word) {
			text = strings.ReplaceAll(text, word, " ")
			known++
		}
	}
	return text, known
}

// unspaced tells of a text in a script without blanks: Chinese, Japanese, Thai.
func unspaced(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return r >= 0x3040 && r <= 0x9fff || r >= 0xe00 && r <= 0xe7f
	})
}

// understood tells whether a note is, where nothing in it was found that stops the row. beside is what else stands
// there. Several goroutines may ask.
func (d *doneLists) understood(text, beside string) bool {
	const longest = 2000 // bytes: what stands behind them changes nothing
	words := plainWords(addressesTaken(clip(text, longest)))
	if d.isName(text, words) {
		return true
	}
	known, unknown := 0, 0
	if len(words) > 1 && d.glossary().purposes[words[0].text] {
		known++
	}
	for len(words) > 0 {
		n, is, isnt := d.meaning(words, beside)
		known, unknown, words = known+is, unknown+isnt, words[n:]
	}
	return unknown <= known
}

// purposes begin notes that say what an order is for: "for the gym in Leeds", "für den neuen Laden".
func purposes() string { return "for|für|para|pour|для|untuk|cho|pentru|pro|voor|för" }

// isName tells of a text that is nothing but a name of several words, such as "Done Records Ltd": each begins with a
// capital and goes on with small letters, and none is one of those that notes are made of.
func (d *doneLists) isName(text string, words []plainWord) bool {
	for word := range strings.FieldsSeq(text) {
		first, size := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(first) || word[size:] == "" || strings.ContainsFunc(word[size:], unicode.IsUpper) {
			return false
		}
	}
	known := func(w plainWord) bool { return d.glossary().neutral.has(w.text) || d.glossary().harmless.has(w.text) }
	return len(words) > 1 && !slices.ContainsFunc(words, known)
}

// meaning takes the first word or phrase of some: how many words it has, and how many say something harmless, and how
// many nobody knows what.
func (d *doneLists) meaning(words []plainWord, beside string) (n, known, unknown int) {
	const longest = 4 // words of a phrase
	g, word := d.glossary(), words[0].text
	if n := g.harmless.phrase(words); n > 0 {
		return n, n, 0
	}
	for n := min(longest, len(words)); n > 0; n-- {
		switch phrase := joinWords(words[:n]); {
		case d.done[phrase]:
			return n, 0, 1 // its own words found nothing in it
		case d.goWords[phrase]:
			return n, n, 0
		}
	}
	if n := g.neutral.phrase(words); n > 0 {
		return n, 0, 0
	}
	if len(words) > 1 && slices.Contains(strings.Fields("by von oleh bởi door przez av"), word) && !d.done[words[1].text] {
		return 2, 0, 0 // who it was
	}
	switch {
	case d.denies[word] && len(words) > 1 && d.done[words[1].text]:
		return 2, 0, 0 // "not cancelled"
	case unspaced(word):
		known, unknown = g.unspacedWords(word)
		return 1, known, unknown
	case numbered(word), utf8.RuneCountInString(word) < 2, g.neutral.has(word), strings.Contains(beside, word):
		return 1, 0, 0
	case g.harmless.has(word):
		return 1, 1, 0
	}
	return 1, 0, 1
}

// unspacedWords counts what is known in a text without blanks, and about how many words the rest has.
func (g *glossary) unspacedWords(text string) (known, unknown int) {
	const letters = 2 // of a word, in the middle
	text, known = g.harmless.strike(text)
	text, _ = g.neutral.strike(text)
	return known, (utf8.RuneCountInString(strings.ReplaceAll(text, " ", "")) + letters - 1) / letters
}

// addressesTaken is a text without the addresses in it, of pages and of mail.
func addressesTaken(text string) string {
	if !strings.ContainsAny(text, "@/") {
		return text
	}
	var kept []string
	for word := range strings.FieldsSeq(text) {
		if !strings.Contains(word, "://") && !strings.Contains(word, "@") && !strings.HasPrefix(word, "www.") {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}
