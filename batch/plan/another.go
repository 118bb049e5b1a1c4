package plan

import (
	"slices"
	"strings"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// IsAnother tells whether an id names another service now than it did: panels give ids again. They rename services too,
// so that names alone tell little: another platform or another thing must stand in the place of the one that was, or
// next to nothing of the name be left.
func IsAnother(was, is panel.Service) bool {
	if was.Name == is.Name && was.Category == is.Category {
		return false
	}
	had, has := telling(was), telling(is)
	lacks := func(all []string) func(string) bool {
		return func(word string) bool { return !slices.Contains(all, word) }
	}
	if slices.ContainsFunc(had, lacks(has)) && slices.ContainsFunc(has, lacks(had)) {
		return true
	}
	if len(had) > 0 && len(has) > 0 && !slices.ContainsFunc(had, lacks(has)) {
		return false
	}
	before, now := nameWords(was.Name), nameWords(is.Name)
	same := 0
	for _, word := range before {
		if slices.Contains(now, word) {
			same++
		}
	}
	fewer := min(len(before), len(now))
	return fewer > 1 && 2*same < fewer
}

// telling gives what a service's name, or its category where the name doesn't, says of the platform and of what is
// ordered.
func telling(s panel.Service) (all []string) {
	var platforms, things []string
	for _, text := range []string{s.Name, s.Category} {
		text = strings.ToLower(text)
		if len(platforms) == 0 {
			for _, p := range parse.Platforms() {
				if slices.ContainsFunc(p.Words, func(w string) bool { return strings.Contains(text, w) }) {
					platforms = append(platforms, p.Name)
				}
			}
		}
		if len(things) == 0 {
			for thing := range strings.FieldsSeq(thingStems()) {
				if strings.Contains(text, thing) {
					things = append(things, thing)
				}
			}
		}
	}
	return append(platforms, things...)
}

// thingStems begin the words for what is ordered, in the languages of panels.
func thingStems() string {
	return "follower subscriber member like view comment share save repost retweet reaction impression reach play vote " +
		"story stories visit traffic listener подписчик просмотр лайк комментар takipçi takipci abone beğeni begeni izlenme " +
		"yorum seguidor suscriptor inscrito curtida visualiza visualização comentário comentario abonné abonnent vues " +
		"aufrufe kommentar pengikut tayangan متابع إعجاب اعجاب مشاهد تعليق फॉलोअर लाइक व्यूज 粉丝 点赞 评论"
}
