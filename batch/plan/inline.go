package plan

import (
	"regexp"
	"strings"
)

// checkLists finds lists whose items stand in one line: they would be sent as one name.
func (d *draft) checkLists() {
	for _, field := range []string{"usernames", "hashtags", "hashtag", "groups"} {
		v := d.value(field)
		if v == "" || d.bad[field] || !d.typ.Takes(field) {
			continue
		}
		for line := range strings.SplitSeq(v, "\n") {
			if d.lists().names.MatchString(line) || strings.Count(line, "#") > 1 {
				d.tellOf("several-in-line", field, line)
				break
			}
		}
	}
	if v := d.value("keywords"); v != "" && d.typ.Takes("keywords") && !strings.Contains(v, "\n") &&
		strings.ContainsAny(v, ",;|") {
		d.tell("keywords-in-line", "keywords")
	}
	if v := d.value("usernames"); v != "" && d.typ.Takes("usernames") && !d.bad["usernames"] && strings.Contains(v, "/") {
		line, _, _ := strings.Cut(v, "\n")
		d.tellOf("usernames-form", "usernames", line)
	}
}

// listDoubts tell of comments that are one line for several, of such as stand for those to be written, and of several
// names in a line.
type listDoubts struct{ several, standIn, names, unfilled, instructs *regexp.Regexp }

func newListDoubts() *listDoubts {
	return &listDoubts{
		// What a template leaves to be filled in: [name], {{brand}}, <product>, %name%; and what is told of the comments,
		// in
		// brackets, before a colon, or as a wish.
		unfilled: regexp.MustCompile(`\[[\pL][\pL\pM _-]{1,28}\]|\{\{?[\pL][\pL\pM _.-]{1,28}\}?\}|^<[\pL][\pL\pM _-]{1,28}>$|` +
			`%[\pL_]{2,28}%|&(?:amp|lt|gt|quot|nbsp|#\d+);`),
		instructs: regexp.MustCompile(`(?i)^\(.*[\pL]+.* .*[\pL]+.*\)$|[:：]$|^(please|bitte|lütfen|пожалуйста|` +
			`por favor|favor|` +
			`merci d|veuillez|tolong|mohon|vui lòng|hãy|يرجى|الرجاء|कृपया|请|use|usar|utiliser|verwende|используйте)` +
			`.*(comment|yorum|коммент|coment|kommentar|komentar|bình luận|تعليق|टिप्पणी|कमेंट|评论)`),
		names:   regexp.MustCompile(`[\pL\pN_.][,;|\s]+[@#]?[\pL\pN_.]`),
		several: regexp.MustCompile(`(?i)\\n|<br ?/?>|.\s\|\s.+\s\|\s.|.;\s.+;\s.`),
		standIn: regexp.MustCompile(`(?i)^(nan|n/?a|null|none|nil|tb[ad]|\.+|…|[-–—?x]+|see (other|next|attached).*|` +
			`(your|my|custom|random|any|some|example|sample)( (own|custom|random))? ?comments?( here)?|random|any|` +
			`etc\.?|\.* ?and so on\.*|and more\.*|usw\.?|u\.? ?s\.? ?w\.?|vb\.?|vs\.?|ve benzeri|` +
			`и т\.? ?д\.?|и так далее|y más|entre otros|e outros|` +
			`dll\.?|dsb\.?|v\.?v\.?|إلخ|وغيرها|आदि|वगैरह|等等|等|` +
			`(your|my|dein|ihr|tu|su|seu|votre|ваш|metniniz)\pL* .*(here|hier|aquí|aqui|ici|` +
			`здесь|buraya|di sini|ở đây|هنا|यहाँ)|[0-9]+ (custom |random |positive )*comments?|` +
			`comments? ?[0-9]*|lorem ipsum.*)$`),
	}
}

// lists are made for each row where nobody keeps them.
func (d *draft) lists() *listDoubts {
	if d.rules.lists == nil {
		d.rules.lists = newListDoubts()
	}
	return d.rules.lists
}

// checkOneLine finds them in the lines of comments.
func (d *draft) checkOneLine(lines []string) {
	doubts := d.lists()
	for _, line := range lines {
		switch text := strings.TrimSpace(line); {
		case doubts.standIn.MatchString(text), doubts.unfilled.MatchString(text), doubts.instructs.MatchString(text):
			d.tellOf("comments-stand-in", "comments", text)
			return
		case len(lines) == 1 && doubts.several.MatchString(text):
			d.tellOf("comments-in-line", "comments", text)
			return
		}
	}
}
