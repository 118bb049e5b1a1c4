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
type listDoubts struct{ several, standIn, names *regexp.Regexp }

func newListDoubts() *listDoubts {
	return &listDoubts{
		names:   regexp.MustCompile(`[\pL\pN_.][,;|\s]+[@#]?[\pL\pN_.]`),
		several: regexp.MustCompile(`(?i)\\n|<br ?/?>|.\s\|\s.+\s\|\s.|.;\s.+;\s.`),
		standIn: regexp.MustCompile(`(?i)^(nan|n/?a|null|none|nil|tb[ad]|\.+|…|[-–—?x]+|see (other|next|attached).*|` +
			`(your|my|custom|random|any|some|example|sample)( (own|custom|random))? ?comments?( here)?|random|any|` +
			`[0-9]+ (custom |random |positive )*comments?|comments? ?[0-9]*|lorem ipsum.*)$`),
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
		case doubts.standIn.MatchString(text):
			d.tellOf("comments-stand-in", "comments", text)
			return
		case len(lines) == 1 && doubts.several.MatchString(text):
			d.tellOf("comments-in-line", "comments", text)
			return
		}
	}
}
