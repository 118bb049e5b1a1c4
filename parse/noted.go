package parse

import (
	"slices"
	"strings"
)

// postpones tells whether a note says that the row isn't to be ordered now, or stands for others: "wait for the
// client",
// "order in June", "EXAMPLE – delete this row".
func (d *doneLists) postpones(words []plainWord, whole string) bool {
	if d.note[whole] {
		return true
	}
	for _, part := range partedWords(words) { // "redo? done before"; single words may be of something else there
		if len(part) > 1 && d.note[joinWords(part)] {
			return true
		}
	}
	const longest = 3 // words of a phrase
	for n := min(longest, len(words)); n > 0; n-- {
		phrase := joinWords(words[:n])
		if d.note[phrase] && n < len(words) && (words[n].parted || d.after[words[n].text] ||
			words[n].text == "for" || digits(words[n].text)) {
			return true
		}
		if d.start[phrase] && slices.ContainsFunc(words[n:], func(w plainWord) bool { return d.day[w.text] }) {
			return true
		}
	}
	return false
}

// speaks tells whether one of the phrases stands anywhere in a text, and nothing takes it back.
func (d *doneLists) speaks(phrases map[string][]string, words []plainWord) bool {
	for i, w := range words {
		for _, phrase := range phrases[w.text] {
			n := strings.Count(phrase, " ") + 1
			if i+n > len(words) || joinWords(words[i:i+n]) != phrase || d.denied(words[:i]) || d.named(words[i:i+n]) ||
				d.notYet[phrase] && i+n < len(words) && d.ordered[words[i+n].text] {
				continue
			}
			if i+n == len(words) || words[i+n].parted || !d.behind[words[i+n].text] {
				return true
			}
		}
	}
	return false
}

// always are the words of a text before those that say that it is only so in a case: "tell me if the link is broken".
func (d *doneLists) always(words []plainWord) []plainWord {
	if i := slices.IndexFunc(words, func(w plainWord) bool { return d.ifs[w.text] }); i >= 0 {
		return words[:i]
	}
	return words
}

// named tells whether one of the words is a name that is written without the accents of the word for done: Huy, hủy.
func (d *doneLists) named(words []plainWord) bool {
	return slices.ContainsFunc(words, func(w plainWord) bool { return w.name && d.accented[w.text] })
}

// saysOutright tells whether a text in a column of any kind says in several words that its row is done: who did it, or
// when, as no name does.
func (d *doneLists) saysOutright(words []plainWord) bool {
	for len(words) > 0 && allDigits(words[0].text) {
		words = words[1:] // a day
	}
	if len(words) < 2 || len(words) > 12 {
		return false
	}
	next := words[1].text
	return d.done[words[0].text] && (d.doers[next] || digits(next)) || d.speaks(d.outright, d.always(words))
}

// answersOrder tells whether a text is the answer of a panel that has taken an order: {"order":23501}.
func answersOrder(text string) bool {
	const key = `"order"`
	at := strings.Index(text, key)
	if at < 0 {
		return false
	}
	rest := strings.TrimLeft(text[at+len(key):], " :\"")
	return rest != "" && digits(rest)
}

// saysPlaced tells whether a panel's answer leaves it open that there is an order: "timeout", "success".
func (d *doneLists) saysPlaced(words []plainWord) bool {
	const longest = 2 // words of a phrase
	for i := range words {
		for n := 1; n <= min(longest, len(words)-i); n++ {
			if d.placed[joinWords(words[i:i+n])] && !d.denied(words[:i]) {
				return true
			}
		}
	}
	return false
}

// ofOrder tells of a number that an order has: it is longer than those of errors.
func ofOrder(w plainWord) bool {
	const short = 5 // digits
	return len(w.text) >= short && allDigits(w.text)
}

// denied tells whether the words that stand before one take it back: "not", "to be".
func (d *doneLists) denied(before []plainWord) bool {
	n := len(before)
	return n > 0 && d.denies[before[n-1].text] || n > 1 && d.denies[before[n-2].text+" "+before[n-1].text]
}

// outright are the phrases of several words.
func outright(phrases map[string][]string) map[string][]string {
	all := map[string][]string{}
	for first, some := range phrases {
		for _, phrase := range some {
			if strings.Contains(phrase, " ") {
				all[first] = append(all[first], phrase)
			}
		}
	}
	return all
}

// accented are the words of phrases that have accents which people may leave out, without them.
func accented(phrases string) map[string]bool {
	all := map[string]bool{}
	for phrase := range strings.SplitSeq(phrases, "|") {
		for word := range strings.FieldsSeq(phrase) {
			if plain := spoken(word); !ascii(word) && ascii(plain) {
				all[plain] = true
			}
		}
	}
	return all
}

// withoutResumed are the words of a note without the phrases that take a word for what waits back.
func (d *doneLists) withoutResumed(words []plainWord) []plainWord {
	for i := 0; i < len(words); i++ {
		for _, phrase := range d.resumed[words[i].text] {
			n := strings.Count(phrase, " ") + 1
			if i+n <= len(words) && joinWords(words[i:i+n]) == phrase {
				words = slices.Concat(words[:i], words[i+n:])
				if i < len(words) {
					words[i].parted = true
				}
				i--
				break
			}
		}
	}
	return words
}

// owes tells whether a part of a text says that something wasn't paid, or granted, yet.
func (d *doneLists) owes(words []plainWord) bool {
	return slices.ContainsFunc(partedWords(words), func(part []plainWord) bool { return d.unpaid[joinWords(part)] })
}
