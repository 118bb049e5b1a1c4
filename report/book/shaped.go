package book

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// drawn is a text as its signs stand on a page from left to right: what draws them knows nothing of scripts that are
// written from right to left, nor of letters that join. Signs that no font of ours has, such as emoji, are left out.
func drawn(text string) string {
	text = strings.Join(strings.Fields(strings.Map(drawable, text)), " ")
	if !strings.ContainsFunc(text, isRightToLeft) {
		return text
	}
	var p bidi.Paragraph
	if _, err := p.SetString(joinedLetters(text)); err != nil {
		return text
	}
	order, err := p.Order()
	if err != nil {
		return text
	}
	var runs []bidi.Run
	for i := range order.NumRuns() {
		runs = append(runs, order.Run(i))
	}
	return inSight(runs, p.IsLeftToRight())
}

// inSight puts the runs of a text in the order in which they are seen.
func inSight(runs []bidi.Run, leftToRight bool) string {
	if !leftToRight {
		slices.Reverse(runs)
	}
	for i := 0; leftToRight && i < len(runs); i++ { // numbers between two runs from right to left belong to these
		end := i
		for end < len(runs) && (runs[end].Direction() == bidi.RightToLeft || end > i && isNumber(runs[end])) {
			end++
		}
		if end > i+1 {
			slices.Reverse(runs[i:end])
			i = end
		}
	}
	var b strings.Builder
	for _, run := range runs {
		if run.Direction() == bidi.RightToLeft {
			b.WriteString(bidi.ReverseString(run.String()))
		} else {
			b.WriteString(run.String())
		}
	}
	return b.String()
}

func isNumber(run bidi.Run) bool {
	return run.Direction() == bidi.LeftToRight && !strings.ContainsFunc(run.String(), unicode.IsLetter)
}

func isRightToLeft(r rune) bool { return unicode.In(r, unicode.Hebrew, unicode.Arabic) }

// drawable leaves signs out that can't be drawn: those beyond the first 65,536, of which PDFs are made here, and those
// that show nothing by themselves. Vowel points would stand beside their letters.
func drawable(r rune) rune {
	switch {
	case r > 0xfffd, unicode.In(r, unicode.Cf, unicode.Variation_Selector):
		return -1
	case unicode.Is(unicode.Mn, r) && unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Inherited) && r > 0x590:
		return -1
	case unicode.IsControl(r):
		return ' '
	}
	return r
}

// letterForms are the places of an Arabic letter's forms among the signs: alone, at an end, at a beginning, in the
// middle. Letters of two forms join the one before alone.
type letterForms struct {
	first rune
	count int
}

// arabicLetters are the letters of Arabic, Persian and Urdu in the order of their forms.
func arabicLetters() map[rune]letterForms {
	all, at := map[rune]letterForms{}, rune(0xfe80)
	add := func(letters string, count int) {
		for _, r := range letters {
			all[r] = letterForms{at, count}
			at += rune(count)
		}
	}
	add("ء", 1)
	add("آأؤإ", 2)
	add("ئ", 4)
	add("ا", 2)
	add("ب", 4)
	add("ة", 2)
	add("تثجحخ", 4)
	add("دذرز", 2)
	add("سشصضطظعغفقكلمنه", 4)
	add("وى", 2)
	add("ي", 4)
	for r, f := range map[rune]letterForms{
		'پ': {0xfb56, 4}, 'ٹ': {0xfb66, 4}, 'چ': {0xfb7a, 4}, 'ڈ': {0xfb88, 2}, 'ژ': {0xfb8a, 2}, 'ڑ': {0xfb8c, 2},
		'ک': {0xfb8e, 4}, 'گ': {0xfb92, 4}, 'ں': {0xfb9e, 2}, 'ہ': {0xfba6, 4}, 'ھ': {0xfbaa, 4}, 'ے': {0xfbae, 2},
		'ی': {0xfbfc, 4},
	} {
		all[r] = f
	}
	all['ـ'] = letterForms{'ـ', 0} // it joins on both sides, and looks the same everywhere
	return all
}

// joinedLetters writes Arabic letters in the forms that they have beside each other.
func joinedLetters(text string) string {
	letters, runes := arabicLetters(), []rune(text)
	joinsNext := func(at int) bool { // the letter after it, on its left
		f, is := letters[runes[at]]
		return is && (f.count == 4 || f.count == 0)
	}
	joinsLast := func(at int) bool {
		f, is := letters[runes[at]]
		return is && f.count != 1
	}
	var b strings.Builder
	for i := 0; i < len(runes); i++ {
		f, is := letters[runes[i]]
		if !is || f.count == 0 {
			b.WriteRune(runes[i])
			continue
		}
		form := rune(0)
		if f.count > 1 && i > 0 && joinsNext(i-1) {
			form = 1
		}
		if i+1 < len(runes) && runes[i] == 'ل' {
			if alef := strings.IndexRune("آأإا", runes[i+1]); alef >= 0 { // the two are one sign; each letter has two bytes
				b.WriteRune(0xfef5 + rune(alef) + form)
				i++
				continue
			}
		}
		if f.count == 4 && i+1 < len(runes) && joinsLast(i+1) {
			form += 2
		}
		b.WriteRune(f.first + form)
	}
	return b.String()
}
