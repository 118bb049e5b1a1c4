package parse

import (
	"net/url"
	"strings"
)

// TargetLoosely is [Target] without what points into a thing, or at a form of its page, rather than at the thing: the
// second from which a video is shown, the picture of a post, a site in another language or for phones. Two links of one
// such target are most likely for the same, so that a person is asked before both are ordered.
func TargetLoosely(text, about string) string {
	text = strings.TrimSpace(text)
	if !MayPointInto(text) {
		return Target(text, about)
	}
	p, u, known := platformURL(text)
	if !known {
		return vkTarget(Target(text, about))
	}
	drop := map[string]string{"YouTube": "t start time_continue", "Telegram": "single", "Instagram": "img_index"}[p.Name]
	if drop != "" {
		query := u.Query()
		for name := range strings.FieldsSeq(drop) {
			query.Del(name)
		}
		u.RawQuery = query.Encode()
	}
	switch p.Name {
	case "Spotify":
		if first, rest, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/"); strings.HasPrefix(first, "intl-") {
			u.Path = "/" + rest
		}
	case "TikTok":
		id, is := strings.CutPrefix(u.Path, "/v/")
		if id, page := strings.CutSuffix(id, ".html"); is && page {
			u.Path = "/video/" + id
		}
	}
	return p.target(u)
}

// MayPointInto tells whether [TargetLoosely] may be another than [Target]: of most links it isn't.
func MayPointInto(text string) bool {
	return strings.Contains(text, "?") || strings.Contains(text, "intl-") || strings.Contains(text, "m.tiktok.") ||
		strings.Contains(text, "vk.")
}

// vkTarget gives what an address of VK points at on its main host.
func vkTarget(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return target
	}
	switch u.Host {
	case "m.vk.com", "www.vk.com", "vk.ru", "m.vk.ru":
		u.Scheme, u.Host = "https", "vk.com"
		return u.String()
	}
	return target
}
