package parse

import (
	"net/url"
	"slices"
	"strings"
)

// Wanted is what a service is ordered for, more closely than as a profile or a post; nil: nothing tells. The first of
// the things names them all.
func (a *Aims) Wanted(site, service string) []string {
	words := serviceWords(service)
	has := func(some string) bool { return holdsAny(words, strings.Fields(some)) }
	const followers = "follower followers subscriber subscribers подписчики подписчиков seguidores takipçi abonnés " +
		"pengikut"
	switch site {
	case "Instagram":
		story := has("story stories hikaye сторис")
		if story && has("views view izlenme просмотры") {
			return []string{"a profile or a story", "a profile", "a story"}
		}
		if !story && !has(followers) && has("likes like beğeni лайки curtidas saves save shares share comments comment") &&
			!has("highlight highlights live auto profile page package pack") {
			return []string{"a post"}
		}
		if !story && has(followers) && !has("mention mentions") {
			return []string{"a profile"}
		}
	case "YouTube":
		if has("views view watch izlenme просмотры просмотров vistas visualizações vues aufrufe tayangan") &&
			!has("playlist community post channel clip clips") {
			return []string{"a video"}
		}
	case "Facebook":
		return wantedOfFacebook(has, has(followers))
	case "Spotify":
		return wantedOfSpotify(has, has(followers))
	case "SoundCloud":
		return wantedOf(has(followers), []string{"an artist"},
			has("plays play likes like reposts repost comments downloads"), []string{"a track", "a playlist"})
	case "Pinterest":
		return wantedOf(has(followers), []string{"a profile", "a board"},
			has("repin repins pin saves save likes like"), []string{"a pin"})
	case "LinkedIn":
		return wantedOfLinkedIn(has, has(followers))
	case "Twitch":
		return wantedOf(has(followers) || has("live viewers viewer stream"), []string{"a channel"},
			has("clip clips"), []string{"a clip"})
	case "VK":
		if has("друзья друзей friends") {
			return []string{"a person", "a person or a group"}
		}
		return wantedOf(has(followers) || has("members member участники участников"),
			[]string{"a group", "a person", "a person or a group"},
			has("лайки лайков likes like репосты репостов reposts комментарии comments") && !has("group группу группы"),
			[]string{"a post"})
	}
	return nil
}

// wantedOf gives the things of profiles where only those are meant, of posts where only these are.
func wantedOf(profile bool, profiles []string, post bool, posts []string) []string {
	switch {
	case profile && !post:
		return profiles
	case post && !profile:
		return posts
	}
	return nil
}

func wantedOfFacebook(has func(string) bool, followers bool) []string {
	switch {
	case has("post posts") && has("like likes reactions reactions shares") &&
		!has("group groups page live event events story comment"):
		return []string{"a post"}
	case has("post posts video videos reel reels live comment comments story stories event events"):
		return nil
	case has("group") && has("members member"):
		return []string{"a group"}
	case has("group groups"):
		return nil
	case followers || has("page") && has("likes like"):
		return []string{"a page"}
	}
	return nil
}

func wantedOfSpotify(has func(string) bool, followers bool) []string {
	artist, playlist := has("artist"), has("playlist playlists")
	switch {
	case has("album albums podcast podcasts show episode episodes tracks save saves like likes"):
		return nil
	case followers && artist && !playlist, has("listeners") && !playlist:
		return []string{"an artist"}
	case followers && playlist && !artist:
		return []string{"a playlist"}
	case followers:
		return []string{"an artist or a playlist", "an artist", "a playlist", "a user", "a show"}
	case playlist || artist:
		return nil
	case has("plays play streams stream") && has("track"):
		return []string{"a track", "an episode"}
	case has("plays play streams stream"):
		return []string{"a track", "an episode", "an album", "a playlist", "a show"}
	}
	return nil
}

func wantedOfLinkedIn(has func(string) bool, followers bool) []string {
	switch {
	case has("group"):
		return nil
	case followers && has("company page business"):
		return []string{"a company"}
	case followers && has("profile personal"), has("connections connection"):
		return []string{"a person"}
	case followers:
		return []string{"a person or a company", "a person", "a company"}
	case has("likes like reactions comments comment shares reposts") && !has("profile page company"):
		return []string{"a post"}
	}
	return nil
}

// Thing is what a link leads to on a site, in the words of [Aims.Wanted]; "": it isn't certain.
func (a *Aims) Thing(site, link string) string {
	if !strings.Contains(link, "://") {
		link = "https://" + link
	}
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.User != nil {
		return ""
	}
	path := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	if len(path) == 0 {
		return ""
	}
	under, _, _ := strings.Cut(strings.ToLower(u.Hostname()), ".")
	switch site {
	case "Instagram":
		return instagramThing(under, path)
	case "YouTube":
		return youtubeThing(path)
	case "Facebook":
		return facebookThing(path, u)
	case "Spotify":
		return spotifyThing(path)
	case "SoundCloud":
		return soundcloudThing(under, path)
	case "Pinterest":
		return pinterestThing(under, path)
	case "LinkedIn":
		return linkedinThing(path)
	case "Twitch":
		return twitchThing(under, path)
	case "VK":
		return vkThing(path, u)
	}
	return ""
}

func instagramThing(under string, path []string) string {
	if under != "www" && under != "instagram" && under != "m" {
		return ""
	}
	if path[0] == "stories" && len(path) == 3 && path[1] != "highlights" {
		return "a story"
	}
	if path[0] == "s" && len(path) == 2 {
		return "a story"
	}
	return map[Shape]string{Post: "a post", Profile: "a profile"}[instagramShape(path)]
}

// youtubeThing knows what is no video and looks like one.
func youtubeThing(path []string) string {
	switch {
	case path[0] == "clip":
		return "a clip"
	case path[0] == "post" && len(path) == 2:
		return "a community post"
	case path[0] == "playlist":
		return "a playlist"
	}
	return ""
}

func facebookThing(path []string, u *url.URL) string {
	switch shape := facebookShape(path, u); {
	case path[0] == "groups" && len(path) == 2:
		return "a group"
	case shape == Post:
		return "a post"
	case shape == Profile:
		return "a page"
	}
	return ""
}

func spotifyThing(path []string) string {
	if strings.HasPrefix(path[0], "intl-") {
		path = path[1:]
	}
	if len(path) != 2 || !slices.Contains(strings.Fields("artist album user playlist show track episode"), path[0]) {
		return ""
	}
	if strings.ContainsRune("ae", rune(path[0][0])) {
		return "an " + path[0]
	}
	return "a " + path[0]
}

func soundcloudThing(under string, path []string) string {
	const own = "discover search you stream upload charts pages login settings feed library messages notifications tags"
	const pages = "tracks albums sets reposts likes followers following popular-tracks spotlight comments"
	switch {
	case under == "on" || slices.Contains(strings.Fields(own), path[0]):
		return ""
	case len(path) == 1:
		return "an artist"
	case len(path) == 3 && path[1] == "sets":
		return "a playlist"
	case len(path) == 2 && !slices.Contains(strings.Fields(pages), path[1]):
		return "a track"
	}
	return ""
}

func pinterestThing(under string, path []string) string {
	const own = "search ideas explore settings business login today about categories topics"
	switch {
	case under == "pin" || slices.Contains(strings.Fields(own), path[0]):
		return "" // pin.it shortens all
	case path[0] == "pin":
		return "a pin"
	case len(path) == 1 || len(path) == 2 && path[1][0] == '_':
		return "a profile"
	case len(path) == 2:
		return "a board"
	}
	return ""
}

func linkedinThing(path []string) string {
	switch path[0] {
	case "in":
		return "a person"
	case "company", "school", "showcase":
		if len(path) == 2 {
			return "a company"
		}
	case "posts", "pulse", "feed":
		if len(path) > 1 {
			return "a post"
		}
	case "groups":
		return "a group"
	}
	return ""
}

func twitchThing(under string, path []string) string {
	const own = "directory downloads jobs p settings search subscriptions wallet inventory drops turbo store videos clip"
	switch {
	case under == "clips", len(path) == 3 && path[1] == "clip":
		return "a clip"
	case len(path) == 2 && path[0] == "videos", len(path) == 3 && (path[1] == "video" || path[1] == "v"):
		return "a recorded video"
	case len(path) == 1 && !slices.Contains(strings.Fields(own), path[0]):
		return "a channel"
	}
	return ""
}

func vkThing(path []string, u *url.URL) string {
	const own = "feed im friends search login settings audio apps docs market groups video photos clips share"
	name := path[0]
	numbered := func(begins string) bool {
		rest, is := strings.CutPrefix(name, begins)
		return is && rest != "" && strings.Trim(rest, "-_0123456789") == ""
	}
	switch {
	case numbered("wall"), numbered("photo"), numbered("video"), numbered("clip"),
		strings.HasPrefix(u.Query().Get("w"), "wall"), strings.HasPrefix(u.Query().Get("z"), "photo"),
		strings.HasPrefix(u.Query().Get("z"), "video"):
		return "a post"
	case len(path) > 1 || u.RawQuery != "" || slices.Contains(strings.Fields(own), name) || numbered("topic") ||
		numbered("album") || numbered("poll") || numbered("market"):
		return ""
	case numbered("club"), numbered("public"), numbered("event"):
		return "a group"
	case numbered("id"):
		return "a person"
	}
	return "a person or a group"
}

// UnknownSite is the place that a service names where it is none of those that are known: the first word of its name
// and of its category, where that says nothing else. "": nothing tells.
func (a *Aims) UnknownSite(name, category string) string {
	const generic = "best top new premium vip cheap cheapest real fast slow high quality mixed active organic instant " +
		"server services service social media package packages promo special offer free test trial worldwide global " +
		"female male " +
		"auto custom random emoji our provider panel exclusive own super ultra mega updated recommended popular random"
	const shortest = 4
	words, its := serviceWords(name), serviceWords(category)
	if len(words) < 2 || len(its) == 0 || words[0] != its[0] || len([]rune(words[0])) < shortest ||
		a.Country(words[0]) != "" || allDigits(words[0]) {
		return ""
	}
	for _, known := range [][]string{a.profile, a.post, a.open, a.other, strings.Fields(generic),
		strings.Fields(pieceWords())} {
		if slices.Contains(known, words[0]) {
			return ""
		}
	}
	if !holdsAny(words[1:], a.profile) && !holdsAny(words[1:], a.post) {
		return ""
	}
	return words[0]
}
