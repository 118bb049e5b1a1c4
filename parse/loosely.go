package parse

import (
	"net/url"
	"slices"
	"strings"
)

// TargetLoosely is [Target] without what points into a thing, or at a form of its page, rather than at the thing: the
// second from which a video is shown, the list in which it plays, the picture of a post, a site in another language or
// for phones; and without what an address mostly has no need of: www and a slash at its end. Two links of one such
// target are most likely for the same, so that a person is asked before both are ordered.
func TargetLoosely(text, about string) string {
	text = strings.TrimSpace(text)
	if !MayPointInto(text) {
		return Target(text, about)
	}
	a, is := readLink(text)
	if !is {
		return Target(text, about)
	}
	if i := platformIndex(a.host); i >= 0 {
		p := platform(i)
		a.tidy()
		return p.target(&url.URL{Host: a.host, Path: "/" + strings.Join(a.path, "/"), RawQuery: a.query.Encode()})
	}
	if a.tidy() {
		return a.plain()
	}
	return a.asTyped()
}

// MayPointInto tells whether [TargetLoosely] may be another than [Target]: of most links it isn't.
func MayPointInto(text string) bool {
	scheme, rest, cut := strings.Cut(text, "://")
	if !cut {
		scheme, rest = "https", text
	}
	host, path, _ := strings.Cut(rest, "/")
	switch {
	case !cut && strings.HasPrefix(text, "spotify:"), scheme == "tg", strings.ContainsAny(rest, "?#%"):
		return true
	case text == "" || text[0] == '@' || !strings.Contains(host, ".") || strings.ContainsAny(rest, " \t\n"):
		return false
	}
	host = strings.ToLower(host)
	_, i := platformAt(host)
	if i < 0 {
		return !cut || scheme != "https" || strings.HasPrefix(host, "www.") || strings.HasSuffix(rest, "/") ||
			mayHaveHabits(host)
	}
	segments := strings.Split(strings.Trim(path, "/"), "/")
	p := platform(i)
	switch last := len(segments) - 1; {
	case last == 0:
		return false
	case last > 2 || segments[0] == "share" || segments[last] == "" ||
		p.Name == "TikTok" && strings.Contains(path, ".html"):
		return true
	default:
		return !slices.Contains(p.Posts, segments[last-1])
	}
}

// pasted is a link that is taken apart.
type pasted struct {
	host     string // in lower case, without what stands before it out of habit
	path     []string
	query    url.Values
	fragment string
	typed    *url.URL
}

// readLink takes a link apart.
func readLink(text string) (pasted, bool) {
	if words, is := strings.CutPrefix(text, "spotify:"); is && !strings.Contains(words, "/") {
		return pasted{host: "open.spotify.com", path: strings.Split(words, ":"), query: url.Values{}}, true
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.User != nil {
		return pasted{}, false
	}
	a := pasted{path: strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' }), query: u.Query(),
		fragment: u.Fragment, typed: u}
	switch u.Scheme {
	case "http", "https":
		if u.Port() != "" && u.Port() != standardPort(u.Scheme) {
			return pasted{}, false
		}
		a.host = looseHost(strings.TrimSuffix(strings.ToLower(u.Hostname()), "."))
		a.moved()
	case "tg":
		a.host = "t.me"
		a.ofApp(strings.ToLower(u.Host))
	default:
		return pasted{}, false
	}
	return a, true
}

// looseHost is a host without what stands before it out of habit; of sites that have many, the one that is for all.
func looseHost(host string) string {
	if short, i := platformAt(host); i >= 0 {
		return short
	}
	short := strings.TrimPrefix(host, "www.")
	before, rest, _ := strings.Cut(short, ".")
	switch {
	case strings.HasPrefix(short, "pinterest."), strings.HasPrefix(rest, "pinterest."):
		return "pinterest.com"
	case short == "vk.ru", short == "vkvideo.ru", before == "m" && (rest == "vk.ru" || rest == "vk.com"):
		return "vk.com"
	case short == "discordapp.com":
		return "discord.com"
	case short == "play.spotify.com":
		return "open.spotify.com"
	case rest == "youtube.com" && (before == "music" || before == "gaming"), short == "youtube-nocookie.com":
		return "youtube.com"
	case rest == "linkedin.com", rest == "facebook.com" && (strings.Contains(before, "-") || before == "touch" ||
		before == "mbasic"):
		return rest
	case short == "web.telegram.org":
		return "telegram.org"
	case slices.Contains([]string{"m", "mobile", "old", "new", "np"}, before) && hasHabits(rest):
		return rest
	}
	return short
}

// hasHabits tells the hosts of sites that are no platforms, and of whose links [pasted.tidy] knows habits.
func hasHabits(host string) bool {
	switch host {
	case "vk.com", "discord.gg", "soundcloud.com", "linkedin.com", "twitch.tv", "reddit.com", "pinterest.com", "kick.com":
		return true
	}
	return false
}

// mayHaveHabits tells the hosts that may stand for such a site, or for a platform.
func mayHaveHabits(host string) bool {
	before, rest, _ := strings.Cut(host, ".")
	switch rest {
	case "t.me", "youtube.com", "facebook.com", "spotify.com", "linkedin.com", "vk.com", "vk.ru", "twitch.tv",
		"telegram.org":
		return true
	}
	switch host {
	case "vk.ru", "vkvideo.ru", "discord.com", "discordapp.com", "redd.it", "youtube-nocookie.com":
		return true
	}
	return hasHabits(host) || before == "pinterest" || strings.HasPrefix(rest, "pinterest.") || hasHabits(rest)
}

// moved brings an address whose host says what others have in their path to the form of these.
func (a *pasted) moved() {
	if name, is := strings.CutSuffix(a.host, ".t.me"); is && !strings.Contains(name, ".") {
		a.host, a.path = "t.me", append([]string{name}, a.path...)
	}
	switch {
	case a.host == "redd.it" && len(a.path) == 1:
		a.host, a.path = "reddit.com", []string{"comments", a.path[0]}
	case a.host == "clips.twitch.tv" && len(a.path) == 1:
		a.host, a.path = "twitch.tv", []string{"clip", a.path[0]}
	case a.host == "youtu.be" && len(a.path) == 1:
		a.host, a.path = "youtube.com", []string{"shorts", a.path[0]}
	case a.host == "discord.com" && len(a.path) == 2 && a.path[0] == "invite":
		a.host, a.path = "discord.gg", a.path[1:]
	case a.host == "telegram.org" && strings.HasPrefix(a.fragment, "@"): // the program in the browser
		a.host, a.path, a.query = "t.me", []string{a.fragment[1:]}, url.Values{}
	case a.host == "instagram.com" && strings.Join(a.path, "/") == "accounts/login":
		if u, err := url.Parse(a.query.Get("next")); err == nil && strings.HasPrefix(u.Path, "/") {
			a.path, a.query = strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' }), u.Query()
		}
	}
}

// ofApp reads what a link leads to that opens the app of Telegram.
func (a *pasted) ofApp(what string) {
	name := a.query.Get("domain")
	switch {
	case what == "join":
		a.path = []string{"+" + a.query.Get("invite")}
	case a.query.Get("post") != "":
		a.path = []string{name, a.query.Get("post")}
	default:
		a.path = []string{name}
	}
}

// keep takes all from the query but what these names have.
func (a *pasted) keep(names ...string) {
	for name := range a.query {
		if !slices.Contains(names, name) {
			a.query.Del(name)
		}
	}
}

// at is a segment of the path, "" behind its end.
func (a *pasted) at(i int) string {
	if i < len(a.path) {
		return a.path[i]
	}
	return ""
}

// plain is the address in one spelling.
func (a *pasted) plain() string {
	text := "https://" + a.host + "/" + strings.Join(a.path, "/")
	if len(a.query) > 0 {
		text += "?" + a.query.Encode()
	}
	return text
}

// asTyped is an address of which nothing is known, but for what addresses have out of habit.
func (a *pasted) asTyped() string {
	text := "https://" + a.host + strings.TrimRight(a.typed.EscapedPath(), "/")
	query := a.typed.RawQuery
	for name := range a.query {
		if slices.Contains(tracking(), name) || strings.HasPrefix(name, "utm_") {
			a.query.Del(name)
			query = a.query.Encode()
		}
	}
	if query != "" {
		text += "?" + query
	}
	if a.fragment != "" && !strings.HasPrefix(a.fragment, ":~:") {
		text += "#" + a.typed.EscapedFragment()
	}
	return text
}
