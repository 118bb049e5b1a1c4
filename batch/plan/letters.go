package plan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A link with a letter that nobody sees, or with one of another script that looks like another letter, leads elsewhere
// than the person reads.

// checkLetters finds such letters in what an order goes to.
func (d *draft) checkLetters() {
	for _, field := range []string{"link", "media", "username", "usernames", "groups"} {
		v := d.value(field)
		if v == "" || d.bad[field] || !d.typ.Takes(field) || isASCII(v) {
			continue
		}
		rule, at, without := "{field}-invisible-letter", unseenAt(v), strings.Map(seenAlone, v)
		if at < 0 {
			rule, at, without = "{field}-look-alike", foreignAt(v), strings.Map(likeness, v)
		}
		if at < 0 {
			continue
		}
		letter, _ := utf8.DecodeRuneInString(v[at:])
		d.tell(rule, field, "{letter}", fmt.Sprintf("U+%04X", letter), "{before}", strconv.QuoteToASCII(v[:at]),
			"{without}", strconv.QuoteToASCII(without))
		d.bad[field] = true
	}
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
}

// unseenAt is where the first letter stands that isn't seen; -1: there is none. Persian words and emojis have joiners
// within them.
func unseenAt(text string) int {
	before := rune(0)
	for i, r := range text {
		joins := r == '\u200c' || r == '\u200d' || unicode.Is(unicode.Variation_Selector, r)
		if unseenLetter(r) && (!joins || before < utf8.RuneSelf) {
			return i
		}
		before = r
	}
	return -1
}

// unseenLetter tells of format characters, marks that turn the direction of text, and letters without a shape.
func unseenLetter(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
		slices.Contains([]rune{'\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u2800', '\u3164', '\uffa0'}, r)
}

func seenAlone(r rune) rune {
	if unseenLetter(r) {
		return -1
	}
	return r
}

// foreignAt is where the first letter stands that looks like one of ASCII, in a word or a part of the path that has
// others of ASCII and none of another script that could be told from them; -1: there is none.
func foreignAt(link string) int {
	end := len(link)
	if query := strings.IndexAny(link, "?#"); query >= 0 {
		end = query
	}
	if strings.Contains(link[:end], "%") {
		return -1 // other scripts are meant there
	}
	apart := func(r rune) bool { return r == '/' || r == '\n' }
	for _, of := range []func(rune) bool{apart, func(r rune) bool { return apart(r) || !wordLetter(r) }} {
		begin := 0
		for begin < end {
			n := strings.IndexFunc(link[begin:end], of)
			if n < 0 {
				n = end - begin
			}
			if at := foreignIn(link[begin : begin+n]); at >= 0 {
				return begin + at
			}
			begin += n
			_, size := utf8.DecodeRuneInString(link[begin:])
			begin += size
		}
	}
	return -1
}

func wordLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func foreignIn(part string) int {
	ascii, at := false, -1
	for i, r := range part {
		switch {
		case r < utf8.RuneSelf:
			ascii = ascii || unicode.IsLetter(r)
		case likeness(r) != r:
			if at < 0 {
				at = i
			}
		case unicode.IsLetter(r):
			return -1
		}
	}
	if !ascii {
		return -1
	}
	return at
}

// likeness is the ASCII letter that a Cyrillic, Greek or wide one looks like, or the letter itself.
func likeness(r rune) rune {
	const letters = "аaеeоoрpсcхxуyіiјjѕsԁdһhӏlԛqԝwкkАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅS" +
		"οoνvαaιiρpτtυuκkωwΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX"
	if r > '\uff00' && r < '\uff5f' {
		return r - '\uff01' + '!' // as wide as a Chinese one
	}
	if r < utf8.RuneSelf {
		return r
	}
	_, behind, found := strings.Cut(letters, string(r))
	if !found {
		return r
	}
	return rune(behind[0])
}
