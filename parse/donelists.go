package parse

import (
	"slices"
	"strconv"
	"strings"
)

// doneLists are the words for done, as cells are compared with them.
type doneLists struct {
	done, sure, yes, no   map[string]bool
	doneBegins            map[string]bool // what the words for done begin with
	states                map[string]bool // of columns for states alone
	section, template     map[string]bool // of titles and of worksheets
	titleNear             map[string]bool // words that may stand beside those in a title
	before, after, denies map[string]bool
	never                 map[string][]string // phrases by their first words
	noted                 map[string][]string // the same, of notes
	noteHan, laterHan     []string
	now, until            map[string]bool // of columns for days
	refunded              map[string]bool // of those for payments
	placed, awaited       map[string]bool // of those for a panel's answers, and of those for the ids of orders
	elsewhere             map[string]bool // in titles that speak of other rows than those below
	standIns              map[string]bool // names in links of examples
	later, note           map[string]bool // of a column for when a row is to be ordered, and of notes
	start, day            map[string]bool // what begins a note about such a day, and the days
	han, neverHan         []string
	hanBefore             []string
	parts                 *strings.Replacer // what parts a word from a name is one bracket
	goWords, goNear       map[string]bool   // of columns for states: the row is still to be ordered
	goHan                 []string
}

func newDoneLists() *doneLists {
	d := &doneLists{
		done: wordSet(doneWords(), sureWords(), neverWords()), sure: wordSet(sureWords()), states: wordSet(stateWords()),
		yes: wordSet(yesWords()), no: wordSet(noWords()), section: wordSet(sectionWords()), titleNear: wordSet(titleNear()),
		template: wordSet(templateWords()), before: wordSet(beforeDone()), after: wordSet(afterDone()),
		denies: wordSet(notDone()), standIns: wordSet(standInNames()), later: wordSet(laterWords()),
		elsewhere: wordSet(elsewhereWords()),
		goWords:   wordSet(goWords()), goNear: wordSet(goNear()), goHan: wordList(goHan()),
		note: wordSet(noteWords()), start: wordSet(startWords()), day: wordSet(dayWords()),
		doneBegins: map[string]bool{},
		han:        wordList(doneHan()), neverHan: wordList(neverHan()), hanBefore: wordList(hanBefore()),
		parts: strings.NewReplacer(" - ", "(", " – ", "(", " — ", "(", ")", "(", "[", "(", "]", "(", ": ", "("),
	}
	for phrase := range d.done {
		first, _, _ := strings.Cut(phrase, " ")
		d.doneBegins[first] = true
	}
	d.never, d.noted = byFirst(wordList(neverWords())), byFirst(wordList(notePhrases()))
	d.noteHan, d.laterHan = wordList(noteHan()), wordList(laterHan())
	d.now, d.until = wordSet(nowWords()), wordSet(untilWords())
	d.refunded = wordSet(refundWords())
	d.placed, d.awaited = wordSet(placedWords()), wordSet(awaitedWords())
	return d
}

// byFirst puts phrases under their first words.
func byFirst(phrases []string) map[string][]string {
	all := map[string][]string{}
	for _, phrase := range phrases {
		first, _, _ := strings.Cut(phrase, " ")
		all[first] = append(all[first], phrase)
	}
	return all
}

// wordList is a list of words as cells are compared with them.
func wordList(text string) []string {
	words := strings.Split(text, "|")
	for i, word := range words {
		words[i] = spoken(word)
	}
	return words
}

func wordSet(lists ...string) map[string]bool {
	set := map[string]bool{}
	for _, list := range lists {
		for _, word := range wordList(list) {
			set[word] = true
		}
	}
	return set
}

// says tells whether a cell's text says done, in a column of a kind.
func (d *doneLists) says(text string, kind headKind) bool {
	words := plainWords(text)
	whole := joinWords(words)
	if len(words) == 0 {
		whole = text // a tick
	}
	if d.saysNever(words, whole) || answersOrder(text) {
		return true
	}
	switch kind {
	case placedHead:
		return !d.saysNo(text, whole) || d.awaited[whole]
	case answerHead:
		return d.begins(words) || d.saysPlaced(words)
	case anewHead, writtenHead, furtherHead:
		return strings.Trim(text, "-–—./ ") != ""
	case aboutHead:
		return d.refunded[whole]
	case doneHead:
		return !d.saysNo(text, whole)
	case goHead:
		return d.saysNo(text, whole) && whole != "new" && strings.Trim(text, "-–—./ ") != "" || d.begins(words)
	case stateHead:
		const short = 5 // digits: more are the number of an order
		number := strings.Trim(whole, "0123456789") == "" && len(whole) >= short
		return d.yes[whole] || number || d.states[whole] || d.begins(words) || d.progress(text)
	case leftHead:
		return strings.Trim(asciiDigits(text), "0 .,%") == "" && strings.Contains(asciiDigits(text), "0")
	case noteHead:
		return d.begins(words) || d.postpones(words, whole) || d.speaks(d.noted, words) ||
			!ascii(whole) && slices.ContainsFunc(d.noteHan, func(phrase string) bool { return strings.Contains(whole, phrase) })
	}
	return d.saysSurely(text, whole)
}

// progress tells whether a cell says how much is done of something: 90%, 1000/1000.
func (d *doneLists) progress(text string) bool {
	text = asciiDigits(text)
	part, percent := strings.CutSuffix(text, "%")
	if !percent {
		part, _, percent = strings.Cut(text, "/")
	}
	part = strings.TrimRight(part, " ")
	return percent && strings.Trim(part, "0123456789.,") == "" && strings.Trim(part, "0.,") != ""
}

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
		if d.note[phrase] && n < len(words) && (words[n].parted || d.after[words[n].text] || words[n].text == "for") {
			return true
		}
		if d.start[phrase] && slices.ContainsFunc(words[n:], func(w plainWord) bool { return d.day[w.text] }) {
			return true
		}
	}
	return false
}

// saysNever tells whether it stands anywhere that the row isn't to be ordered, and nothing takes it back.
func (d *doneLists) saysNever(words []plainWord, whole string) bool {
	if !ascii(whole) &&
		slices.ContainsFunc(d.neverHan, func(phrase string) bool { return strings.Contains(whole, phrase) }) {
		return true
	}
	return d.speaks(d.never, words)
}

// speaks tells whether one of the phrases stands anywhere in a text, and nothing takes it back.
func (d *doneLists) speaks(phrases map[string][]string, words []plainWord) bool {
	for i, w := range words {
		for _, phrase := range phrases[w.text] {
			n := strings.Count(phrase, " ") + 1
			if i+n <= len(words) && joinWords(words[i:i+n]) == phrase && !d.denied(words[:i]) {
				return true
			}
		}
	}
	return false
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

// denied tells whether the words that stand before one take it back: "not", "to be".
func (d *doneLists) denied(before []plainWord) bool {
	n := len(before)
	return n > 0 && d.denies[before[n-1].text] || n > 1 && d.denies[before[n-2].text+" "+before[n-1].text]
}

// saysNo tells whether a cell under a question answers no, or not yet.
func (d *doneLists) saysNo(text, whole string) bool {
	if strings.Trim(text, "-–—./ []()0,%") == "" || IsNothing(text) {
		return true
	}
	words := strings.Fields(whole)
	return d.no[whole] || len(words) > 0 && d.denies[words[0]] && !d.done[whole]
}

// begins tells whether a cell begins with a word for done, behind which nothing more comes, or what doesn't change it:
// a comma, a date, by whom. "Done deal client" isn't one.
func (d *doneLists) begins(words []plainWord) bool {
	if len(words) > 1 && digits(words[0].text) && words[1].parted { // "5 - Delivered"
		words = words[1:]
	}
	for i := range words {
		if d.beginsHere(words[i:]) {
			return true
		}
		if !d.before[words[i].text] {
			return false
		}
	}
	return false
}

func (d *doneLists) beginsHere(words []plainWord) bool {
	const longest = 5 // words of a phrase
	for n := min(longest, len(words)); n > 0 && d.doneBegins[words[0].text]; n-- {
		if !d.done[joinWords(words[:n])] {
			continue
		}
		if n == len(words) {
			return true
		}
		next := words[n]
		if !d.denies[next.text] && (next.parted || digits(next.text) || d.after[next.text] || d.done[next.text]) {
			return true
		}
	}
	text := words[0].text
	if ascii(text) {
		return false
	}
	for i := 0; i < len(d.hanBefore); i++ { // each of them may stand there, in their order
		if slices.ContainsFunc(d.han, func(w string) bool { return strings.HasPrefix(text, w) }) {
			return true
		}
		text = strings.TrimPrefix(text, d.hanBefore[i])
	}
	return slices.ContainsFunc(d.han, func(w string) bool { return strings.HasPrefix(text, w) })
}

func digits(text string) bool { return text[0] >= '0' && text[0] <= '9' }

// saysSurely tells whether a cell is one of the sure words, or has one apart from a name.
func (d *doneLists) saysSurely(text, whole string) bool {
	if d.sure[whole] {
		return true
	}
	if !strings.ContainsAny(text, "-–—()[]:") {
		return false
	}
	parts := strings.Split(d.parts.Replace(text), "(")
	return len(parts) > 1 && slices.ContainsFunc(parts, func(part string) bool { return d.sure[spoken(part)] })
}

// saysApart tells whether a title has a word for done in brackets: "West (paused)".
func (d *doneLists) saysApart(text string) bool {
	_, inside, found := strings.Cut(text, "(")
	inside, _, closed := strings.Cut(inside, ")")
	return found && closed && d.done[spoken(inside)]
}

// saysOrdered tells whether a cell under the name of an order says that there is one. Numbers that only count the rows
// don't, nor do a person's own such as SHOP-12.
func (d *doneLists) saysOrdered(text string, row int) bool {
	const short = 5 // digits: more are the number of an order, whatever stands beside it
	const gap = 10  // rows that may be missing in a count: blank ones, titles
	words := plainWords(text)
	if shop, is := strings.CutPrefix(text, "#"); is && allDigits(shop) && len(shop) < short {
		return false // as shops number theirs
	}
	for _, w := range words {
		n, err := strconv.ParseInt(w.text, 10, 64)
		counts := n <= int64(row) && n > int64(row)-gap
		if err == nil && (!counts && len(words) == 1 || len(w.text) >= short) {
			return true
		}
	}
	whole := joinWords(words)
	return whole == "no" || whole == "n" || whole == "false" || d.begins(words)
}

// titles tells whether the title of a section says that what stands below is done, or not to be ordered: it is made of
// such words and of those for orders and days, or has such a word apart, or behind a name. "Done Deal Motors" isn't
// one.
func (d *doneLists) titles(text string) bool {
	words := plainWords(text)
	whole := joinWords(words)
	switch {
	case len(words) == 0:
		return false
	case d.done[whole] || d.section[whole] || d.states[whole] || d.saysNever(words, whole):
		return true
	case slices.ContainsFunc(words, func(w plainWord) bool { return d.elsewhere[w.text] }):
		return false
	case d.saysSurely(text, whole) || d.saysApart(text) || d.begins(words) && !strings.ContainsAny(text, "&+"):
		return true
	}
	const longest = 3 // words of a phrase
	says, last := false, len(words)-1
	for i := 0; i < len(words); {
		n := min(longest, len(words)-i)
		for ; n > 0; n-- {
			if phrase := joinWords(words[i : i+n]); d.done[phrase] || d.section[phrase] || d.states[phrase] {
				says = true
				break
			}
		}
		if n == 0 && !d.titleNear[words[i].text] && !d.day[words[i].text] && !digits(words[i].text) {
			return last > 0 && d.sure[words[last].text] && !d.denied(words[:last]) && words[0].text != "well"
		}
		i += max(n, 1)
	}
	return says
}
