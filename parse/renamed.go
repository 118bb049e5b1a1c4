package parse

import (
	"slices"
	"strings"
	"unicode"
)

// Named is how a catalogue names a service.
type Named struct{ Name, Category string }

// Another tells whether a name is another service's now than it was: panels give ids again. They rename services too,
// so that names alone tell little: another site, another thing, another country, number or kind must stand in the place of
// the one that was, or next to nothing of the name be left.
func (a *Aims) Another(was, is Named) bool {
	if was == is {
		return false
	}
	had, has := a.said(was), a.said(is)
	if apart(had.sites, has.sites) || apart(had.numbers, has.numbers) || apart(had.nouns, has.nouns) ||
		unlike(had.countries, has.countries) || unlike(had.kinds, has.kinds) || had.contradicts(has) {
		return true
	}
	reacts := slices.Contains(append(had.things, has.things...), "reaction")
	if reacts && apart(had.pictures, has.pictures) {
		return true
	}
	if len(had.things) > 0 && len(has.things) > 0 {
		if had.byName && has.byName {
			return slices.ContainsFunc(had.things, lacks(has.things)) // what came beside it takes nothing away
		}
		return apart(had.things, has.things)
	}
	same := 0
	for _, word := range had.words {
		if slices.Contains(has.words, word) {
			same++
		}
	}
	fewer := min(len(had.words), len(has.words))
	return fewer > 1 && 2*same < fewer
}

// nameSays is what a service's name, or its category where the name doesn't, says of it.
type nameSays struct {
	sites, countries, numbers, pictures, words []string
	things                                     []string // what is ordered
	byName                                     bool     // the name says the things, not the category
	kinds                                      []string // a story's, a comment's: of such the same is another thing
	nouns                                      []string // whose it is: a post's, a page's, a group's
	denied                                     []string // what the name says that there isn't
}

func lacks(all []string) func(string) bool {
	return func(word string) bool { return !slices.Contains(all, word) }
}

// apart tells whether both say something and have none of it in common.
func apart(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(word string) bool { return slices.Contains(b, word) })
}

func unlike(a, b []string) bool {
	return slices.ContainsFunc(a, lacks(b)) || slices.ContainsFunc(b, lacks(a))
}

func (a *Aims) said(n Named) (s nameSays) {
	for _, text := range []string{n.Name, n.Category} {
		if len(s.sites) == 0 {
			s.sites = a.sitesNamed(text)
		}
		if len(s.things) == 0 {
			s.byName = text == n.Name
			s.ofThings(a, text)
		}
	}
	s.words = serviceWords(n.Name)
	for i, word := range s.words {
		if i+1 < len(s.words) && slices.Contains(strings.Fields(denyingWords()), word) {
			s.denied = append(s.denied, s.words[i+1])
		}
	}
	s.countries = flags(n.Name + " " + n.Category)
	for _, word := range serviceWords(n.Name + " " + n.Category) {
		if code := a.countries[word]; code != "" && (word != "us" || strings.Contains(n.Name+n.Category, "US")) {
			s.countries = append(s.countries, code)
		}
	}
	for _, r := range n.Name {
		if r > unicode.MaxLatin1 && unicode.Is(unicode.So, r) && (r < '🇦' || r > '🇿') {
			s.pictures = append(s.pictures, string(r))
		}
	}
	s.numbers = numbersOf(serviceWords(mainPart(n.Name)))
	return s
}

// sitesNamed are the sites that the words of a text name. A single X is the site where there is no other.
func (a *Aims) sitesNamed(text string) (all []string) {
	words := serviceWords(text)
	for _, word := range words {
		if site := a.site(word); site != "" {
			all = append(all, site)
		}
		if word == "tt" {
			all = append(all, "TikTok")
		}
	}
	if len(all) == 0 && slices.Contains(words, "x") {
		all = append(all, "X")
	}
	return all
}

// ofThings reads what is ordered: the last of the words that stand together for such, as in comment likes.
func (s *nameSays) ofThings(a *Aims, text string) {
	for _, part := range []string{mainPart(text), text} {
		if len(s.things) > 0 {
			return
		}
		s.kinds, s.nouns = nil, nil
		for phrase := range strings.FieldsFuncSeq(strings.ReplaceAll(strings.ToLower(part), "tik tok", "tiktok"), separates) {
			s.ofPhrase(a, serviceWords(phrase))
		}
	}
}

// separates tells the signs between things of which each is ordered.
func separates(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != ' '
}

func (s *nameSays) ofPhrase(a *Aims, words []string) {
	before := "" // the thing of the word before
	for i, word := range words {
		thing := ""
		if a.site(word) == "" {
			thing = thingOf(word)
		}
		watched := i > 0 && words[i-1] == "watch" && (strings.HasPrefix(word, "hour") || word == "time")
		if watched || word == "watchtime" {
			thing = "hour"
		}
		if before != "" && thing != "" {
			s.kinds = append(s.kinds, before)
			s.things = s.things[:len(s.things)-1]
		}
		if before = thing; thing != "" {
			s.things = append(s.things, thing)
		}
		if kind := classOf(kindWords(), word); kind != "" {
			s.kinds = append(s.kinds, kind)
		}
		if noun := classOf(nounWords(), word); noun != "" {
			s.nouns = append(s.nouns, noun)
		}
	}
}

// contradicts tells whether one says a word that the other denies, or its opposite.
func (s nameSays) contradicts(other nameSays) bool {
	denies := func(one, two nameSays) bool {
		return slices.ContainsFunc(one.denied, func(word string) bool {
			return slices.Contains(two.words, word) && !slices.Contains(two.denied, word)
		})
	}
	if denies(s, other) || denies(other, s) {
		return true
	}
	for pair := range strings.SplitSeq(oppositeWords(), ",") {
		both := strings.Fields(pair)
		for range 2 {
			one, two := both[0], both[1]
			if slices.Contains(s.words, one) && !slices.Contains(other.words, one) &&
				slices.Contains(other.words, two) && !slices.Contains(s.words, two) {
				return true
			}
			slices.Reverse(both)
		}
	}
	return false
}

// mainPart is a name before what is said of it in brackets and behind lines.
func mainPart(name string) string {
	if end := strings.IndexAny(name, "[](){}|~–—•"); end >= 0 {
		name = name[:end]
	}
	name, _, _ = strings.Cut(name, " - ")
	return name
}

// numbersOf are the numbers among words that count what is ordered, or name one of several: those of days, speeds and
// limits do neither.
func numbersOf(words []string) (all []string) {
	units := strings.Fields("day days d h hr hour hours min mins minute minutes sec seconds k m mln refill gün saat " +
		"дней день часов dias días jours tage hari")
	before := strings.Fields("max min speed server start up from to top")
	for i, word := range words {
		if !allDigits(word) || i+1 < len(words) && (slices.Contains(units, words[i+1]) || allDigits(words[i+1])) ||
			i > 0 && slices.Contains(before, words[i-1]) {
			continue
		}
		all = append(all, word)
	}
	return all
}

// thingOf is the class of what a word counts; "": it counts nothing that is ordered.
func thingOf(word string) string {
	if strings.HasPrefix(word, "playlist") || strings.HasPrefix(word, "player") {
		return ""
	}
	return classOf(thingWords(), word)
}

// classOf finds the class of a word in a list of such, each of which is named by its first. Words of four letters and
// more may go on.
func classOf(classes, word string) string {
	const goesOn = 4
	for class := range strings.SplitSeq(classes, ",") {
		stems := strings.Fields(class)
		for _, stem := range stems {
			long := len([]rune(stem)) >= goesOn || !ascii(stem)
			if word == stem || word == stem+"s" || long && strings.HasPrefix(word, stem) {
				return stems[0]
			}
		}
	}
	return ""
}

// thingWords begin the words for what is ordered, in the languages of panels.
func thingWords() string {
	return "dislike дизлайк," +
		"like beğeni begeni лайк curtida إعجاب اعجاب लाइक 点赞 suka heart," +
		"follower fan subscriber member подписчик участник takipçi takipci abone üye seguidor suscriptor inscrito abonné " +
		"abonne abonnent pengikut متابع फॉलोअर 粉丝," +
		"viewer зрител izleyici," +
		"review отзыв," +
		"view play streams izlenme просмотр visualiza vue aufruf tayangan مشاهد व्यूज 观看," +
		"visit traffic трафик trafik tráfico visita," +
		"comment комментар yorum comentário comentario commentaire kommentar komentar تعليق 评论," +
		"share paylaşım,repost retweet репост,save kaydet сохранен,reaction реакц tepki,impression,reach,vote голос," +
		"listener слушател,click,download скачив,mention упомин,connection,friend друз,quote"
}

// kindWords are those by which the same thing is ordered for something else.
func kindWords() string {
	return "story stories hikaye сторис истори,poll опрос anket,live canlı эфир,auto otomatik авто"
}

// nounWords are those for what a thing belongs to.
func nounWords() string {
	return "post reel video photo short igtv clip tweet видео gönderi пост,page profile account channel страниц канал " +
		"sayfa profil kanal,group community chat группа grup чат"
}

// denyingWords stand before what there isn't.
func denyingWords() string { return "no non not without без sin sem ohne tanpa sans zero" }

// oppositeWords are pairs of which no service is both.
func oppositeWords() string {
	return "female male,women men,woman man,kadın erkek,женские мужские,женщины мужчины,online offline,онлайн офлайн," +
		"онлайн оффлайн,real bot,real bots,real fake,premium basic,custom random,positive negative,public private," +
		"upvotes downvotes,upvote downvote"
}
