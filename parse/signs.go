package parse

import (
	"strings"
)

// People say in endless ways that a row isn't to be ordered. Most of them name two things of a few: the link or the
// account, and that it is gone; the client, and that he left; that it was done already. Each is a sign; its words stand
// in any order.

// signs finds them: by word, which of them it is one half of, or the other.
type signs struct {
	words, stems map[string]halves // a word may go on behind a stem
	phrases      map[string][]signPhrase
	han          []signPhrase // of scripts without blanks
	money        uint64       // the signs that are about money
}

// halves are the signs, as bits, of which a word is one half or the other.
type halves struct {
	one, other uint64
	invoice    bool // it is of what is paid by, of which only the signs about money say anything
}

func (h *halves) add(more halves) {
	h.one, h.other, h.invoice = h.one|more.one, h.other|more.other, h.invoice || more.invoice
}

// signPhrase is a phrase of several words.
type signPhrase struct {
	text  string // with blanks between
	stem  bool   // words may go on behind its last
	words int
	of    halves
}

// newSigns reads signs as they are written: a kind's words of a language on both sides of a slash. The first kind is
// about money.
func newSigns(kinds ...string) *signs {
	s := &signs{words: map[string]halves{}, stems: map[string]halves{}, phrases: map[string][]signPhrase{}}
	bit := uint64(1)
	for _, lines := range kinds {
		for line := range strings.SplitSeq(lines, "\n") {
			one, other, _ := strings.Cut(line, "/")
			s.take(one, halves{one: bit})
			s.take(other, halves{other: bit})
			bit <<= 1
		}
		if s.money == 0 {
			s.money = bit - 1
		}
	}
	return s
}

// take takes words in that blanks part: a stem has a star behind it, and words of a phrase have _ between them.
func (s *signs) take(text string, of halves) {
	for word := range strings.FieldsSeq(text) {
		word, stem := strings.CutSuffix(word, "*")
		word = spoken(strings.ReplaceAll(word, "_", " "))
		first, _, several := strings.Cut(word, " ")
		switch {
		case han(word):
			s.han = append(s.han, signPhrase{text: word, of: of})
		case several:
			s.phrases[first] = append(s.phrases[first], signPhrase{word, stem, strings.Count(word, " ") + 1, of})
		default:
			all := s.words
			if stem {
				all = s.stems
			}
			known := all[word]
			known.add(of)
			all[word] = known
		}
	}
}

// hasSign tells whether a note has one of the signs.
func (d *doneLists) hasSign(words []plainWord) bool {
	const most = 14 // words: what is longer tells of more than the row
	words = d.always(words)
	if len(words) == 0 || len(words) > most || d.speaks(d.earlier, words) || ofEarlierHan(joinWords(words)) {
		return false
	}
	if d.signs == nil {
		d.signs = newSigns(backSigns(), goneSigns(), alreadySigns(), leftSigns(), daySigns())
		d.signs.take(invoiceWords(), halves{invoice: true})
	}
	return d.bothHalves(d.signs, words) || d.awaits(words)
}

// ofEarlierHan tells whether a note in Chinese letters is about the order before, and wants it once more.
func ofEarlierHan(whole string) bool {
	return strings.Contains(whole, "上次") && strings.Contains(whole, "再")
}

// awaits tells whether a text says that something is waited for before the row is ordered.
func (d *doneLists) awaits(words []plainWord) bool {
	if d.awaiting == nil {
		d.awaiting = newSigns(waitSigns())
	}
	return len(words) > 1 && d.bothHalves(d.awaiting, words) || len(words) == 1 && han(words[0].text) &&
		d.bothHalves(d.awaiting, words)
}

// bothHalves tells whether words have both halves of a sign.
func (d *doneLists) bothHalves(s *signs, words []plainWord) bool {
	var found halves
	for i := range words {
		if of := s.at(words[i:]); of != (halves{}) && !d.denied(words[:i]) && !d.named(words[i:i+1]) {
			found.add(of)
		}
	}
	if text := joinWords(words); !ascii(text) {
		for _, p := range s.han {
			if strings.Contains(text, p.text) {
				found.add(p.of)
			}
		}
	}
	both := found.one & found.other
	if found.invoice {
		both &= s.money
	}
	return both != 0
}

// at is what the first of some words is of, alone or with those behind it.
func (s *signs) at(words []plainWord) halves {
	text := words[0].text
	of := s.words[text]
	for n := 2; n <= len(text); n++ {
		of.add(s.stems[text[:n]])
	}
	for _, p := range s.phrases[text] {
		if p.words > len(words) {
			continue
		}
		if here := joinWords(words[:p.words]); here == p.text || p.stem && strings.HasPrefix(here, p.text) {
			of.add(p.of)
		}
	}
	return of
}

// han tells of a text in Chinese letters, which has no blanks.
func han(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
}
