package plan

import (
	"regexp"
	"strconv"
	"strings"
)

// linkBeginnings finds where links begin inside of a text: with their scheme, or without it behind a mark that parts
// links.
func linkBeginnings() *regexp.Regexp {
	return regexp.MustCompile(`(?i)https?://|[\s,;|+&](?:www\.|[a-z0-9-]+\.(?:com|net|org|me|be)/|@)`)
}

// checkSeveral finds cells that hold several links. A panel would order for one of them, or for none.
func (d *draft) checkSeveral() {
	v := d.value("link")
	if v == "" || d.bad["link"] || !d.typ.Takes("link") {
		return
	}
	if d.rules.aims == nil {
		d.rules.aims = newAims()
	}
	if links := d.rules.aims.several(v); len(links) > 1 {
		d.tell("link-several", "link", "{count}", strconv.Itoa(len(links)), "{links}", strings.Join(links, " and "))
		d.bad["link"] = true
	}
}

// mayHoldSeveral is false for what most links are: no other scheme follows the one they begin with, and no mark that
// parts links.
func mayHoldSeveral(v string) bool {
	_, rest, _ := strings.Cut(v, "://")
	return strings.Contains(rest, "://") || strings.ContainsAny(v, " \t\n\f\r,;|+&") ||
		strings.Contains(v, "://") && !strings.HasPrefix(v, "https://") && !strings.HasPrefix(v, "http://")
}

// named tells whether a link is of a site that services are named by, not of an archive or a page of links.
func (a *aims) named(link string) bool {
	site := a.OfLink(link).Site
	return site != "" && !strings.Contains(site, ".")
}

// several parts a text into the links that it holds; nil where it is one, or none. A link in the query of another
// is a part of it, and so is one in the path of an archive.
func (a *aims) several(v string) []string {
	if !mayHoldSeveral(v) {
		return nil
	}
	var starts []int
	for _, at := range a.beginnings.FindAllStringIndex(v, -1) {
		switch begin, inside := at[0], at[0] > 0; {
		case !inside:
		case v[begin] != 'h' && v[begin] != 'H':
			if strings.Contains(v[:begin], "?") && strings.ContainsRune("+&,;|", rune(v[begin])) {
				continue // a parameter
			}
			starts = append(starts, begin+1)
		case strings.ContainsRune("=%", rune(v[begin-1])), v[begin-1] == '/' && !a.named(v[:begin]):
		case begin == len("https://") && strings.EqualFold(v[:begin], "https://"),
			begin == len("http://") && strings.EqualFold(v[:begin], "http://"):
		default:
			starts = append(starts, begin)
		}
	}
	if starts == nil {
		return nil
	}
	var links []string
	from := 0
	for _, start := range append(starts, len(v)) {
		if link := strings.Trim(v[from:start], " \t\r\n,;|+&"); linkFault(link) == "" {
			links = append(links, link)
		}
		from = start
	}
	return links
}
