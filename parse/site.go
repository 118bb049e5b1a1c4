package parse

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Shape is what a link leads to, or what a service is ordered for, as far as that is certain.
type Shape string

const (
	AnyShape Shape = "" // it isn't certain, or there is no telling
	Profile  Shape = "a profile"
	Post     Shape = "a post"
	Neither  Shape = "neither a profile nor a post"
)

// Aim is where an order goes: a site, such as Instagram, and a profile or a post there. What isn't certain is empty.
type Aim struct {
	Site  string
	Shape Shape
}

// Aims reads where services and links go. It knows the words of services; links need no more than the table of sites.
// One is made for many rows.
type Aims struct {
	sites               []site
	words               map[string]string // folded word to site
	long                []string          // words that may go on in the service's
	profile, post, open []string
	other               []string
	countries           map[string]string // word, or code in capitals, to code
}

// NewAims takes in the table of sites.
func NewAims() *Aims {
	a := &Aims{sites: sites(), words: map[string]string{}, countries: map[string]string{}}
	for _, s := range a.sites {
		for _, word := range strings.Fields(s.words) {
			a.words[word] = s.name
			if utf8.RuneCountInString(word) >= longWord {
				a.long = append(a.long, word)
			}
		}
	}
	for _, c := range countries() {
		a.countries[c.code] = c.code
		for word := range strings.FieldsSeq(c.words) {
			a.countries[word] = c.code
		}
	}
	a.profile, a.post = strings.Fields(profileWords()), strings.Fields(postWords())
	a.open, a.other = strings.Fields(openWords()), strings.Fields(elsewhere())
	return a
}

// longWord is how many letters a site's word has that may go on: instagramdan is Instagram's, igdir nobody's.
const longWord = 6

// OfService reads the name and category of a service. The site is certain where both together name one alone.
func (a *Aims) OfService(name, category string) Aim {
	words := serviceWords(name)
	all := append(serviceWords(category), words...)
	if holdsAny(all, a.other) {
		return Aim{}
	}
	var aim Aim
	for _, word := range all {
		is := a.site(word)
		if is != "" && aim.Site != "" && is != aim.Site {
			return Aim{} // several: one may be where the customers come from
		}
		if is != "" {
			aim.Site = is
		}
	}
	if aim.Site == "" {
		return aim
	}
	profile, post := holdsAny(words, a.profile), holdsAny(words, a.post)
	switch {
	case profile && !post && !slices.Contains(words, "mentions"):
		aim.Shape = Profile
	case post && !profile && !holdsAny(words, a.open) && a.tellsPosts(aim.Site, words):
		aim.Shape = Post
	}
	return aim
}

// OfWords is the one site that the words of a text name; "": none, or several.
func (a *Aims) OfWords(text string) string {
	named := ""
	for _, word := range serviceWords(text) {
		site := a.site(word)
		if word == "tt" {
			site = "TikTok"
		}
		if site != "" && named != "" && site != named {
			return ""
		}
		if site != "" {
			named = site
		}
	}
	return named
}

// tellsPosts tells whether likes and views of a site are always those of a post. Pages of Facebook have likes too, and
// tracks and channels of others are what is played and watched.
func (a *Aims) tellsPosts(site string, words []string) bool {
	switch site {
	case "Instagram", "TikTok", "YouTube", "X", "Threads":
		return true
	case "Facebook", "Telegram":
		return slices.Contains(words, "post")
	}
	return false
}

// site is the site that a word names; empty: none.
func (a *Aims) site(word string) string {
	if name, is := a.words[word]; is {
		return name
	}
	if utf8.RuneCountInString(word) > longWord {
		for _, long := range a.long {
			if strings.HasPrefix(word, long) {
				return a.words[long]
			}
		}
	}
	return ""
}

// serviceWords parts a name into its words. "Tik Tok" is one.
func serviceWords(text string) []string {
	text = strings.ReplaceAll(strings.ToLower(text), "tik tok", "tiktok")
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '_'
	})
}

func holdsAny(words, some []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(some, w) })
}

// OfLink reads a link. A link to a place that isn't known, such as one's own short address, aims at nothing.
func (a *Aims) OfLink(link string) Aim {
	text := strings.TrimSpace(link)
	if name, is := strings.CutPrefix(text, "@"); is && name != "" && !strings.Contains(name, "/") {
		return Aim{Shape: Profile}
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.User != nil {
		return Aim{}
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	for _, s := range a.sites {
		for known := range strings.FieldsSeq(s.hosts) {
			if under, is := strings.CutSuffix(host, known); is && (under == "" || under[len(under)-1] == '.') {
				if strings.Trim(under, "w.") == "" && under != "" && under != "www." {
					return Aim{Site: host} // wwww.instagram.com
				}
				return Aim{s.name, shapeOf(s.name, strings.TrimPrefix(under, "www."), u)}
			}
		}
	}
	if isLinkCollection(host) {
		return Aim{Site: host}
	}
	return Aim{Site: a.misspelt(host)}
}

// isLinkCollection tells of pages on which somebody collects links of theirs, and of addresses that only shorten
// others:
// what is ordered for a profile or a post isn't ordered for them.
func isLinkCollection(host string) bool {
	host = strings.TrimPrefix(host, "www.")
	return slices.ContainsFunc(strings.Fields(linkCollections()+" "+shorteners()), func(known string) bool {
		under, is := strings.CutSuffix(host, known)
		return is && (under == "" || under[len(under)-1] == '.')
	})
}

// misspelt gives a host back where it is one letter away from that of a site, such as instgram.com: nobody meant it.
func (a *Aims) misspelt(host string) string {
	const shortest = 10 // letters, so that one letter makes no other word
	short := strings.TrimPrefix(strings.TrimPrefix(host, "www."), "m.")
	for _, s := range a.sites {
		for known := range strings.FieldsSeq(s.hosts) {
			if strings.HasPrefix(short, known+".") || !ascii(short) && oneScript(short) == known {
				return host // instagram.com.example, and a letter of another script
			}
			if len(known) >= shortest && (distance(short, known) == 1 || strings.ReplaceAll(short, "rn", "m") == known) {
				return host
			}
		}
	}
	return ""
}

// ProfileName is the name in a profile's address; "" where it isn't surely one.
func ProfileName(link string) string {
	aim := NewAims().OfLink(link)
	if aim.Shape != Profile {
		return ""
	}
	_, path, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(link, "https://"), "http://"), "/")
	path, _, _ = strings.Cut(path, "?")
	path = strings.Trim(path, "/")
	if strings.Contains(path, "/") {
		return ""
	}
	return strings.TrimPrefix(path, "@")
}
