package parse

import (
	"net/url"
	"slices"
	"strings"
)

// Target gives what a link or a name points at, in one spelling: rows are compared by it, while the panel
// is sent the person's own text. about is the service's name and category, which tell what an @name is a
// profile of. Only spellings that are surely the same become equal: the habits of the known [Platforms],
// each on its own hosts. Elsewhere the text counts as typed but for the scheme's and host's letter case.
func Target(text, about string) string {
	text = strings.TrimSpace(text)
	if name, is := strings.CutPrefix(text, "@"); is && name != "" && !strings.Contains(name, "/") {
		if p, known := platformOf(about); known {
			return p.profile(name)
		}
		return "@" + strings.ToLower(name)
	}
	if p, u, known := platformURL(text); known {
		return p.target(u)
	}
	return TargetAsTyped(text)
}

// TargetAsTyped is [Target] where every part of an address may mean something: web traffic, search engines.
func TargetAsTyped(text string) string {
	text = strings.TrimSpace(text)
	scheme, rest, cut := strings.Cut(text, "://")
	if !cut {
		return text
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	return strings.ToLower(scheme+"://"+rest[:end]) + rest[end:]
}

// NameOf gives the @name of a profile that a target of one of the known [Platforms] is; empty: it is none.
func NameOf(target string) string {
	host, name, is := strings.Cut(target, "/@")
	if !is || strings.ContainsAny(host, "/@") || strings.ContainsAny(name, "/?#") || platformIndex(host) < 0 {
		return ""
	}
	return "@" + name
}

// TellsPlatform tells whether the words about a service name one of the known [Platforms].
func TellsPlatform(about string) bool {
	_, is := platformOf(about)
	return is
}

// platformOf finds the one platform that the words about a service name.
func platformOf(about string) (Platform, bool) {
	about = strings.ToLower(about)
	found := -1
	for i := range platformCount {
		p := platform(i)
		if !slices.ContainsFunc(p.Words, func(word string) bool { return strings.Contains(about, word) }) {
			continue
		}
		if found >= 0 {
			return Platform{}, false
		}
		found = i
	}
	if found < 0 {
		return Platform{}, false
	}
	return platform(found), true
}

// platformURL reads an address on a known platform, with or without its scheme.
func platformURL(text string) (Platform, *url.URL, bool) {
	full := text
	if !strings.Contains(text, "://") {
		full = "https://" + text
	}
	if surelyElsewhere(full) {
		return Platform{}, nil, false
	}
	u, err := url.Parse(full)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.Port() != "" &&
		u.Port() != standardPort(u.Scheme) {
		return Platform{}, nil, false
	}
	short, i := platformAt(strings.TrimSuffix(strings.ToLower(u.Hostname()), "."))
	if i < 0 {
		return Platform{}, nil, false
	}
	u.Host = short
	return platform(i), u, true
}

// surelyElsewhere tells most addresses that are on no known platform without taking them apart.
func surelyElsewhere(address string) bool {
	_, host, _ := strings.Cut(address, "://")
	if end := strings.IndexAny(host, "/?#"); end >= 0 {
		host = host[:end]
	}
	for i := range len(host) {
		c := host[i]
		if c != '.' && c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	_, i := platformAt(strings.TrimSuffix(strings.ToLower(host), "."))
	return i < 0
}

// platformAt gives the index of the platform at a host, in [Platforms], and the host without a subdomain of habit; -1:
// there is none.
func platformAt(host string) (string, int) {
	for _, name := range [...]string{"", "www.", "m.", "mobile.", "web."} {
		short, is := strings.CutPrefix(host, name)
		if !is {
			continue
		}
		if i := platformIndex(short); i >= 0 {
			return short, i
		}
	}
	return "", -1
}

func standardPort(scheme string) string {
	if scheme == "http" {
		return "80"
	}
	return "443"
}

// target is the one spelling of an address on the platform.
func (p Platform) target(u *url.URL) string {
	segments := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	if p.Name == "Telegram" && len(segments) > 1 && segments[0] == "s" { // the preview of a channel
		segments = segments[1:]
	}
	if id := p.post(u, segments); id != "" {
		return p.Hosts[0] + "/" + p.Posts[0] + "/" + id + p.meant(u, id)
	}
	if len(segments) == 1 && p.isProfile(segments[0]) {
		return p.profile(strings.TrimPrefix(segments[0], "@")) + p.meant(u, "")
	}
	switch {
	case p.Name == "Telegram" && len(segments) > 1: // a channel's name, before a message's number
		segments[0] = strings.ToLower(segments[0])
	case p.Name == "Facebook" && len(segments) == 3 && slices.Contains([]string{"posts", "videos", "photos"}, segments[1]):
		segments[0] = p.name(segments[0])
	}
	return p.Hosts[0] + "/" + strings.Join(segments, "/") + p.meant(u, "") + fragment(u)
}

// post gives the id of the post that an address names; empty: it names none, or it isn't sure.
func (p Platform) post(u *url.URL, segments []string) string {
	if p.Name == "YouTube" {
		switch {
		case u.Host == "youtu.be" && len(segments) == 1:
			return segments[0]
		case len(segments) == 1 && segments[0] == "watch":
			return u.Query().Get("v")
		}
	}
	// The name before /p/ID is its owner's, which the id has no need of.
	for _, before := range []int{0, 1} {
		// Behind /share/ stands a token that isn't the post's id.
		if len(segments) == before+2 && slices.Contains(p.Posts, segments[before]) && segments[0] != "share" {
			return segments[before+1]
		}
	}
	return ""
}

// isProfile tells a profile's name from the other words that stand first in a path.
func (p Platform) isProfile(segment string) bool {
	if p.AtNames {
		return strings.HasPrefix(segment, "@")
	}
	return !strings.Contains(segment, ".php") && segment != "watch" && !strings.HasPrefix(segment, "+")
}

// profile is the one spelling of a profile.
func (p Platform) profile(name string) string {
	return p.Hosts[0] + "/@" + p.name(name)
}

// name is the one spelling of a profile's name: no platform tells names apart by letter case, and one not by dots.
func (p Platform) name(name string) string {
	name = strings.ToLower(name)
	if p.Name == "Facebook" {
		return strings.ReplaceAll(name, ".", "")
	}
	return name
}

// meant gives the query without what only tells who shared the link. Of a video its own id stands before.
func (p Platform) meant(u *url.URL, id string) string {
	query := u.Query()
	for name := range query {
		noise := slices.Contains(p.Noise, name) || slices.Contains(tracking(), name) || strings.HasPrefix(name, "utm_")
		if noise || p.Name == "YouTube" && id != "" && name == "v" {
			query.Del(name)
		}
	}
	if len(query) == 0 {
		return ""
	}
	return "?" + query.Encode()
}

func fragment(u *url.URL) string {
	if u.Fragment == "" {
		return ""
	}
	return "#" + u.EscapedFragment()
}
