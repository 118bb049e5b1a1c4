package parse

import (
	"net/url"
	"slices"
	"strings"
)

// Near gives what a link most likely points at, in one spelling: it takes off what [Target] leaves as it may mean
// something, such as the moment at which a video begins. Rows are only asked about by it. known is false for links
// of no
// known platform.
func Near(link string) (target string, known bool) {
	text := strings.TrimSpace(link)
	for _, name := range [...]string{"https://music.", "https://gaming.", "http://music."} {
		if rest, is := strings.CutPrefix(strings.ToLower(text), name); is && strings.HasPrefix(rest, "youtube.com/") {
			text = "https://" + text[len(name):]
		}
	}
	p, u, known := platformURL(text)
	if !known {
		return "", false
	}
	segments := p.nearSegments(strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' }))
	u.Path = "/" + strings.Join(segments, "/")
	if id := p.post(u, segments); id != "" {
		return p.Hosts[0] + "/" + p.Posts[0] + "/" + id, true
	}
	if p.Name == "Telegram" || p.Name == "Spotify" || len(segments) == 1 && p.isProfile(segments[0]) {
		u.RawQuery = ""
	}
	return p.target(&url.URL{Path: u.Path, RawQuery: u.RawQuery, Host: u.Host}), true
}

// nearSegments is a path without what only says how a target is shown.
func (p Platform) nearSegments(segments []string) []string {
	n := len(segments)
	tail := func(words ...string) bool { return n == 2 && slices.Contains(words, segments[1]) }
	switch p.Name {
	case "Spotify":
		if n > 1 && strings.HasPrefix(segments[0], "intl-") {
			return segments[1:]
		}
	case "X":
		if n > 3 && segments[0] == "i" && segments[1] == "web" {
			return segments[1:]
		}
		if n > 3 && (segments[1] == "status" || segments[1] == "statuses") {
			return segments[:3]
		}
		if tail("with_replies", "media", "likes", "highlights") {
			return segments[:1]
		}
	case "Threads":
		if n == 2 && segments[0] == "t" {
			return []string{"post", segments[1]}
		}
	case "Facebook":
		if n == 4 && segments[0] == "groups" && segments[2] == "permalink" {
			return []string{"groups", segments[1], "posts", segments[3]}
		}
	case "Instagram":
		if tail("reels", "tagged", "channel", "feed", "followers", "following") {
			return segments[:1]
		}
	case "YouTube":
		if n > 1 && youtubePage(segments[n-1]) && segments[0] != "shorts" {
			return segments[:n-1]
		}
	}
	return segments
}

// youtubePage tells of a page of a channel.
func youtubePage(segment string) bool {
	return slices.Contains([]string{
		"videos", "shorts", "streams", "playlists", "featured", "community", "about", "live", "releases", "podcasts",
	}, segment)
}
