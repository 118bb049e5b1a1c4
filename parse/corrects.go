package parse

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// A note may say that what stands in the row is to be something else: "should be 2000", "use https://…". What is read
// is what stands in its column, so a person is asked.

// corrects tells what a text says is to stand in place of a field of the row; "": it says nothing of the kind. near is
// the field beside which the text stands, "" where it is about the whole row: beside a field, a value of the field's
// own form alone says it.
func (b *builder) corrects(raw *rawRow, text, near string) (found, field string) {
	const longest = 200 // bytes: what is longer tells of more
	if len(text) > longest {
		return "", ""
	}
	words := plainWords(text)
	changes := b.done.words.speaks(b.done.words.corrects, words) ||
		!ascii(text) && slices.ContainsFunc(b.done.words.correctHan, func(w string) bool { return strings.Contains(text, w) })
	if near == "link" || changes {
		link := b.header.text(raw, "link")
		for word := range strings.FieldsSeq(text) {
			word = strings.TrimRight(word, ".,;)!")
			if name, is := strings.CutPrefix(word, "@"); is && changes && link != "" && len(name) > 2 &&
				!strings.Contains(strings.ToLower(link), strings.ToLower(name)) {
				return word, "link"
			}
			if isURL(word) && link != "" && TargetLoosely(word, "") != TargetLoosely(link, "") {
				return word, "link"
			}
		}
	}
	field = near
	if near == "" || near == "link" {
		field = "quantity"
	}
	const short = 4 // words: such a note is hardly about anything but how many
	if field != "quantity" && field != "service" || !changes && near != "quantity" &&
		(near != "" || len(words) > short || allDigits(strings.ReplaceAll(joinWords(words), " ", ""))) {
		return "", ""
	}
	is := b.header.text(raw, field)
	for _, number := range b.done.words.amounts(text) {
		if is != "" && !sameNumber(is, number) && (near != "" || changes || round(number)) {
			return number, field
		}
	}
	return "", ""
}

// amounts are the whole numbers of a text that may be quantities or ids: no days, hours, prices, parts and bounds.
func (d *doneLists) amounts(text string) (numbers []string) {
	text = asciiDigits(text)
	for at := 0; at < len(text); {
		begin := strings.IndexAny(text[at:], "0123456789")
		if begin < 0 {
			break
		}
		begin += at
		end := begin
		for end < len(text) && (text[end] >= '0' && text[end] <= '9' || strings.IndexByte(".,' /:-", text[end]) >= 0 &&
			end+1 < len(text) && text[end+1] >= '0' && text[end+1] <= '9') {
			end++
		}
		n, behind := text[begin:end], text[end:]
		if allDigits(n) && len(behind) > 0 && behind[0]|0x20 == 'k' && len(plainWords(firstWord(behind))[0].text) == 1 {
			n, behind = n+"000", behind[1:] // 2k
		}
		if d.amount(text[:begin], n, behind) {
			numbers = append(numbers, n)
		}
		at = end
	}
	return numbers
}

// amount tells whether a number may be one of those, by what stands before and behind it.
func (d *doneLists) amount(before, number, after string) bool {
	const shortest = 2 // digits
	if strings.ContainsAny(number, "/:-") || strings.Count(number, ".") > 1 && !strings.HasSuffix(number, "00") ||
		len(number) < shortest || strings.HasPrefix(number, "0") {
		return false
	}
	if strings.HasPrefix(after, "%") || strings.HasPrefix(after, ".") && len(number) <= shortest ||
		priced(firstWord(after)) || priced(lastWord(before)) {
		return false
	}
	next, last := plainWords(firstWord(after)), plainWords(lastWord(before))
	for _, w := range slices.Concat(next, last) {
		if minutesIn(w.text) > 0 || d.day[w.text] || d.bounds[w.text] {
			return false
		}
	}
	return true
}

// firstWord is what stands first in a text, through the next blank; lastWord what stands last.
func firstWord(text string) string {
	word, _, _ := strings.Cut(strings.TrimLeft(text, " "), " ")
	return word
}

func lastWord(text string) string {
	text = strings.TrimRight(text, " ")
	return text[strings.LastIndexByte(text, ' ')+1:]
}

// correctDoubt is the warning about a text, in a place that is told, that says that the row is meant otherwise.
func (b *builder) correctDoubt(raw *rawRow, column int, text, near, place string) *Problem {
	found, field := b.corrects(raw, book.Trim(text), near)
	if found == "" {
		return nil
	}
	return &Problem{
		Sheet: b.sheet, Column: Letter(column), Row: raw.Number, Field: field, Rule: "note-corrects",
		Found:   clip(book.Trim(text), foundLimit),
		Wrong:   "stands " + place + ", and the row is ordered as its columns have it",
		Mend:    "write in the row what is meant, or accept it as it stands",
		Warning: true, Asks: "contradiction",
	}
}

// noteCorrects is the warning about a column for notes that says that the row is meant otherwise; nil: none does.
func (b *builder) noteCorrects(raw *rawRow) *Problem {
	for _, at := range b.done.notes {
		col := &b.header.columns[at]
		if b.done.columns[at].kind != noteHead || !b.isNote(raw, at) {
			continue
		}
		where := fmt.Sprintf("in the column %q", col.Name)
		if p := b.correctDoubt(raw, col.index, raw.Cells[col.index].Text, "", where); p != nil {
			return p
		}
	}
	return nil
}

// remarks are notes that hold no row: a person is told of them, who understands them all.
type remarks struct {
	count int
	first []string // with their cells
	// those that nobody understands, which are told first
	unknown []string
	seen    map[string]bool
}

// add takes a note in that is understood.
func (r *remarks) add(cell, text string) {
	if r.isNew(text) {
		r.first = remarked(r.first, cell, text)
	}
}

// addUnknown takes one in that nobody understands.
func (r *remarks) addUnknown(cell, text string) {
	if r.isNew(text) {
		r.unknown = remarked(r.unknown, cell, text)
	}
}

const mostRemarks = 20 // that are told

func remarked(all []string, cell, text string) []string {
	const long = 60 // bytes of one
	if len(all) >= mostRemarks {
		return all
	}
	return append(all, fmt.Sprintf("%s %q", cell, clip(text, long)))
}

// isNew counts a text that wasn't met yet and has words.
func (r *remarks) isNew(text string) bool {
	const kept = 1000 // texts that are known again
	const fewest = 3  // letters
	letters := 0
	for _, word := range plainWords(text) {
		if !allDigits(word.text) {
			letters += len(word.text)
		}
	}
	if letters < fewest || r.seen[text] {
		return false
	}
	r.count++
	if r.seen == nil || len(r.seen) >= kept {
		r.seen = map[string]bool{}
	}
	r.seen[strings.Clone(text)] = true
	return true
}

func (r *remarks) String() string {
	all := slices.Concat(r.unknown, r.first)
	all = all[:min(len(all), mostRemarks)]
	words := strings.Join(all, ", ")
	if more := r.count - len(all); more > 0 {
		words += fmt.Sprintf(" and %d more", more)
	}
	return words
}

// round tells whether a number is one as people order it, in fifties.
func round(number string) bool {
	return strings.HasSuffix(number, "00") || strings.HasSuffix(number, "50")
}
