package plan

import (
	"slices"
	"strconv"
	"strings"
)

// kindsOf are the kinds of things that a text names, in one word each.
func kindsOf(text string) []string {
	words := nameWords(text)
	if len(words) == 0 {
		return nil
	}
	whole := " " + strings.Join(words, " ") + " "
	var kinds []string
	for _, kind := range kindWords() {
		for word := range strings.SplitSeq(kind, "|") {
			if strings.Contains(whole, " "+word+" ") {
				first, _, _ := strings.Cut(kind, "|")
				kinds = append(kinds, first)
				break
			}
		}
	}
	return kinds
}

// kindWords are what things are called, each kind by its own, in the languages of panels.
func kindWords() []string {
	return []string{
		"followers|follower|subscribers|subscriber|subs|members|member|takipçi|takipci|abone|üye|подписчики|подписчиков|" +
			"подписчик|участники|seguidores|seguidor|suscriptores|inscritos|membros|miembros|abonnés|abonné|abonnenten|" +
			"abonnent|mitglieder|متابعين|متابع|المتابعين|متابعون|مشتركين|pengikut|người theo dõi|theo dõi|फॉलोअर्स|फॉलोवर|" +
			"फॉलोवर्स|फ़ॉलोअर्स|सब्सक्राइबर|粉丝|关注",
		"likes|like|beğeni|begeni|лайки|лайков|лайк|curtidas|curtida|me gusta|j aime|jaime|gefällt mir|gefällt|إعجاب|" +
			"إعجابات|اعجابات|لايك|لايكات|suka|lượt thích|thích|लाइक|लाइक्स|点赞|赞",
		"views|view|plays|izlenme|görüntülenme|просмотры|просмотров|visualizações|visualizaciones|vistas|vues|aufrufe|" +
			"مشاهدات|مشاهدة|tayangan|penonton|lượt xem|व्यूज|व्यूज़|播放|观看|浏览",
		"comments|comment|yorum|комментарии|комментариев|comentários|comentarios|commentaires|kommentare|تعليقات|komentar|" +
			"bình luận|कमेंट|कमेंट्स|टिप्पणियाँ|评论",
		"shares|share|paylaşım|репосты|репостов|compartilhamentos|compartidos|partages|مشاركات|bagikan|chia sẻ|शेयर|分享|转发",
		"saves|save|kaydetme|сохранения|salvamentos|guardados|enregistrements|حفظ|收藏",
		"reactions|reaction|реакции|реакций|tepki|reações|reacciones|réactions|reaktionen|reaksi|تفاعلات",
		"retweets|retweet|reposts|ретвиты",
	}
}

// otherKind tells whether a text names kinds of things, and none that the service is for.
func (d *draft) otherKind(text string) bool {
	kinds, its := kindsOf(text), kindsOf(d.order.Service.Name)
	return len(kinds) > 0 && len(its) > 0 &&
		!slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(its, k) })
}

// checkProduct compares the order with what a column says was sold: "1000 Instagram Followers" beside a quantity of
// 100. A product that bears the words of the service is its name.
func (d *draft) checkProduct(b beside, text string) {
	s := d.order.Service
	if kindsOf(text) == nil || !lacksWord(s, nameWords(text)) {
		return
	}
	site, wants := d.aims().OfWords(text), d.aimOfService()
	if d.otherKind(text) || site != "" && wants.Site != "" && site != wants.Site {
		d.tellBeside("name-contradicts", b, text)
		return
	}
	n := sold(text)
	if n == 0 || d.typ.Counts != "quantity" || d.bad["quantity"] || d.value("quantity") == "" {
		return
	}
	runs := max(number(d.value("runs")), 1)
	if q := number(d.value("quantity")); n != q && n != q*runs {
		d.tellBeside("number-unread", b, text, "{quantity}", strconv.FormatInt(q, 10))
	}
}

// sold is the one number in the name of a product, such as 1000 in "1k Followers"; 0: there is none, or several, or it
// is of something else, such as days.
func sold(text string) int64 {
	const units = "day days hour hours min mins minutes month months gün tage jours días dias дней hari ngày % год year"
	words := strings.Fields(strings.ToLower(text))
	found := int64(0)
	for i, word := range words {
		word = strings.Trim(word, "x×*()[]|,.:;+-")
		n, rest := firstNumber(word)
		if n == 0 || !strings.HasPrefix(word, strconv.FormatInt(n, 10)) {
			if strings.ContainsAny(word, "0123456789") {
				return 0
			}
			continue
		}
		if len(rest) == 4 && (rest[0] == ',' || rest[0] == '.') && strings.Trim(rest[1:], "0123456789") == "" {
			n, rest = n*1000+number(rest[1:]), ""
		}
		if rest == "k" || rest == "" && i+1 < len(words) && words[i+1] == "k" {
			n, rest = n*1000, ""
		}
		if found > 0 || rest != "" || i+1 < len(words) && slices.Contains(strings.Fields(units), words[i+1]) {
			return 0
		}
		found = n
	}
	return found
}
