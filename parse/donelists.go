package parse

import (
	"slices"
	"strconv"
	"strings"
	"sync"
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
	corrects              map[string][]string // the same, of what is to stand in the place of what is read
	bounds                map[string]bool     // beside numbers that bound others
	accented              map[string]bool     // words of notes that are written with accents
	ifs                   map[string]bool     // before what is so in a case alone
	signs, awaiting       *signs              // of notes; nil: no note was asked about
	drips                 *drips              // of notes; nil: none was asked about
	glossary              func() *glossary    // of notes; may be called by several goroutines
	outright              map[string][]string // those of notes that no name has
	doers                 map[string]bool     // behind a word for done, where it isn't a name's
	noteHan, laterHan     []string
	correctHan            []string
	now, until            map[string]bool // of columns for days
	refunded, unpaid      map[string]bool // of those for payments
	apart, pictures       map[string]bool // behind a name, and as all that a note holds
	drafts, aboveWords    map[string]bool // of lines below a list
	notYet, ordered       map[string]bool // "not yet", and before which words it says that the row is to be ordered
	earlier               map[string][]string
	behind                map[string]bool // take back what stands before them
	placed, awaited       map[string]bool // of those for a panel's answers, and of those for the ids of orders
	elsewhere             map[string]bool // in titles that speak of other rows than those below
	standIns, thingNames  map[string]bool // names in links of examples, and those on hosts of examples
	later, note           map[string]bool // of a column for when a row is to be ordered, and of notes
	start, day            map[string]bool // what begins a note about such a day, and the days
	han, neverHan         []string
	hanBefore, hanBehind  []string
	hanOrders             []string          // behind 不要: what isn't to be done is the order
	parts                 *strings.Replacer // what parts a word from a name is one bracket
	goWords, goNear       map[string]bool   // of columns for states: the row is still to be ordered
	goHan                 []string
	waitHan, waitedHan    []string
	clients, cancels      map[string]bool
	open                  map[string]bool     // of goWords, those that have a word for done in them
	resumed               map[string][]string // of notes, what takes such a word back
}

func newDoneLists() *doneLists {
	d := &doneLists{
		done: wordSet(doneWords(), doneMore(), doubleWords(), sureWords(), sureMore(), neverWords(), neverMore(),
			tongueDone(), tongueNever()),
		sure:   wordSet(sureWords(), sureMore()),
		states: wordSet(stateWords()),
		yes:    wordSet(yesWords(), tongueYes()), no: wordSet(noWords(), tongueNo()),
		section:   wordSet(sectionWords(), sectionMore(), draftWords(), heldTitles(), tongueSections()),
		titleNear: wordSet(titleNear()),
		template:  wordSet(templateWords()), before: wordSet(beforeDone()), after: wordSet(afterDone()),
		denies: wordSet(notDone(), tongueDenials()), standIns: wordSet(standInNames()), thingNames: wordSet(thingNames()),
		later:     wordSet(laterWords()),
		elsewhere: wordSet(elsewhereWords()),
		goWords:   wordSet(goWords(), goMore(), tongueGo()),
		open:      wordSet(goMore()), goNear: wordSet(goNear()), goHan: wordList(goHan()),
		waitHan: wordList(waitHan()), waitedHan: wordList(waitedHan()), clients: wordSet(clientWords()),
		cancels: wordSet(cancelWords()),
		note:    wordSet(noteWords()), start: wordSet(startWords()), day: wordSet(dayWords()),
		doneBegins: map[string]bool{}, glossary: sync.OnceValue(newGlossary),
		han: wordList(doneHan() + "|" + doneMoreHan() + "|" + tongueHan()), neverHan: wordList(neverHan() + "|" + tongueNeverHan()),
		hanBefore: wordList(hanBefore()), hanBehind: wordList(hanBehind()),
		hanOrders: wordList("了|做|下|单|这|此|发|跑|买|处理|开始|动|再|继续|先|提交|啦|吧|订|投|上"),
		parts: strings.NewReplacer(
			" - ", "(", " – ", "(", " — ", "(", " / ", "(", " | ", "(", "->", "(", "=>", "(", "→", "(", "*", "(",
			")", "(", "[", "(", "]", "(", ": ", "("),
	}
	for phrase := range d.done {
		first, _, _ := strings.Cut(phrase, " ")
		d.doneBegins[first] = true
	}
	d.never, d.noted = byFirst(wordList(neverWords()+"|"+neverMore()+"|"+tongueNever())), byFirst(wordList(notedWords()))
	d.outright, d.doers = outright(byFirst(wordList(notePhrases()))), wordSet(doerWords())
	d.accented, d.ifs = accented(notedWords()), wordSet(ifWords())
	d.corrects, d.bounds, d.correctHan = byFirst(wordList(correctWords())), wordSet(boundWords()), wordList(correctHan())
	d.noteHan, d.laterHan = wordList(noteHan()+"|"+stopHan()+"|"+stopMoreHan()+"|"+tongueNoteHan()), wordList(laterHan())
	d.now, d.until = wordSet(nowWords()), wordSet(untilWords())
	d.refunded, d.unpaid = wordSet(refundWords()), wordSet(unpaidWords())
	d.apart, d.behind = wordSet(apartWords()), wordSet("değil|deil|yok|नहीं|bukan|nicht|kein|नही")
	d.notYet = wordSet("noch nicht|todavía no|aún no|ainda não|pas encore|not yet|henüz|belum|chưa|लेकिन नहीं")
	d.ordered, d.earlier = wordSet(orderedWords()), byFirst(wordList(earlierOrders()))
	d.drafts, d.aboveWords = wordSet(draftWords()), wordSet(aboveWords())
	d.pictures = map[string]bool{}
	for picture := range strings.SplitSeq(stopPictures(), "|") {
		d.pictures[picture] = true
	}
	d.resumed = byFirst(wordList(resumed()))
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
		whole = strings.ReplaceAll(text, "\ufe0f", "") // a tick, however it is shown
	}
	if d.saysNever(words, whole) || answersOrder(text) {
		return true
	}
	if left := d.withoutResumed(words); kind == noteHead && len(left) < len(words) {
		words, whole = left, joinWords(left)
	}
	switch kind {
	case placedHead:
		return !d.saysNo(text, whole) || d.awaited[whole]
	case answerHead:
		return d.begins(words) || d.saysPlaced(words) || slices.ContainsFunc(words, ofOrder)
	case anewHead, writtenHead, furtherHead:
		return strings.Trim(text, "-–—./ ") != ""
	case aboutHead:
		return d.refunded[whole] || d.owes(words) || d.speaks(d.outright, words) ||
			len(words) > 0 && d.cancels[words[0].text]
	case doneHead:
		return !d.saysNo(text, whole)
	case tickHead:
		return !d.saysNo(text, whole) || d.yes[whole]
	case eitherHead:
		return d.answer(text) != "" || d.begins(words)
	case goHead:
		return d.saysNo(text, whole) && whole != "new" && strings.Trim(text, "-–—./ ") != "" || d.begins(words) ||
			d.owes(words)
	case stateHead:
		const short = 5 // digits: more are the number of an order
		number := strings.Trim(whole, "0123456789") == "" && len(whole) >= short
		return !d.open[whole] && (d.yes[whole] || number || d.states[whole] || d.begins(words) || d.progress(text) ||
			d.saysSurely(text, whole))
	case leftHead:
		return strings.Trim(asciiDigits(text), "0 .,%") == "" && strings.Contains(asciiDigits(text), "0")
	case noteHead:
		return d.begins(words) || d.postpones(words, whole) || d.speaks(d.noted, d.always(words)) || d.hasSign(words) ||
			d.pictures[whole] || d.saysHan(whole)
	}
	return d.saysSurely(text, whole) || kind == otherHead && d.saysOutright(words)
}

// saysHan tells whether a note in Chinese letters says so, and nothing right before takes it back.
func (d *doneLists) saysHan(whole string) bool {
	if ascii(whole) {
		return false
	}
	return slices.ContainsFunc(d.noteHan, func(phrase string) bool {
		before, _, found := strings.Cut(whole, phrase)
		denies := func(denial string) bool { return strings.HasSuffix(before, denial) }
		return found && !slices.ContainsFunc([]string{"不", "没", "无", "非", "避免", "不要", "不能", "禁止"}, denies)
	})
}

// heads tells whether the name of a column is a word for done, such as "Order cancelled?" and "是否已提交".
func (d *doneLists) heads(name string) bool {
	words := plainWords(name)
	if n := len(words); n > 1 && slices.Contains([]string{"mi", "mu", "क्या"}, words[n-1].text) {
		words = words[:n-1]
	}
	whole := joinWords(words)
	for len(words) > 1 && d.before[words[0].text] && !d.done[joinWords(words)] {
		words = words[1:]
	}
	if d.done[joinWords(words)] {
		return true
	}
	rest, asks := strings.CutPrefix(strings.TrimRight(whole, "了吗没"), "是否")
	return asks && (slices.Contains(d.han, rest) || slices.Contains(d.han, "已"+rest) ||
		slices.Contains(d.han, strings.TrimPrefix(rest, "已")))
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

// saysNever tells whether it stands anywhere that the row isn't to be ordered, and nothing takes it back.
func (d *doneLists) saysNever(words []plainWord, whole string) bool {
	if !ascii(whole) &&
		slices.ContainsFunc(d.neverHan, func(phrase string) bool { return strings.Contains(whole, phrase) }) {
		return true
	}
	return d.speaks(d.never, words)
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
		if !d.before[words[i].text] && !allDigits(words[i].text) {
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
	is := func(w string) bool {
		rest, begins := strings.CutPrefix(text, w)
		return begins && !startsWithAny(rest, d.hanBehind) && (w != "不要" || rest == "" || startsWithAny(rest, d.hanOrders))
	}
	for i := 0; i < len(d.hanBefore); i++ { // each of them may stand there, in their order
		if slices.ContainsFunc(d.han, is) {
			return true
		}
		text = strings.TrimPrefix(text, d.hanBefore[i])
	}
	return slices.ContainsFunc(d.han, is)
}

func digits(text string) bool { return text[0] >= '0' && text[0] <= '9' }

// saysSurely tells whether a cell is one of the sure words, or has one apart from a name.
func (d *doneLists) saysSurely(text, whole string) bool {
	if d.sure[whole] {
		return true
	}
	if !strings.ContainsAny(text, "-–—()[]:/|*→>") {
		return false
	}
	parts := strings.Split(d.parts.Replace(text), "(")
	return len(parts) > 1 && (slices.ContainsFunc(parts, func(part string) bool { return d.sure[spoken(part)] }) ||
		slices.ContainsFunc(parts[1:], func(part string) bool { return d.apart[spoken(part)] }))
}

// saysBehind tells whether a number of the person's own has a word behind it that takes its row out: "A-1 VOID".
func (d *doneLists) saysBehind(text string) bool {
	words := plainWords(text)
	last := words[len(words)-1].text
	return len(words) > 1 && !numbered(last) && (d.sure[last] || d.apart[last])
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
	case d.done[whole] || d.section[whole] || d.states[whole] || d.saysNever(words, whole) || d.awaits(words):
		return true
	case slices.ContainsFunc(words, func(w plainWord) bool { return d.elsewhere[w.text] }):
		return false
	case d.ofAll(words):
		return true
	case d.saysSurely(text, whole) || d.saysApart(text) || d.begins(words) && !strings.ContainsAny(text, "&+"):
		return true
	}
	for _, part := range partedWords(words) {
		if d.drafts[joinWords(part)] { // "Draft - Nord"
			return true
		}
	}
	for _, part := range partedWords(words)[1:] { // "Campaign B – start after approval"
		if phrase := joinWords(part); len(part) > 1 && (d.section[phrase] || d.done[phrase] || d.note[phrase]) {
			return true
		}
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
