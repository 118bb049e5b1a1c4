package parse

import (
	"slices"
	"strings"
)

// tidy brings an address of a site whose habits are known to what it points at; false: nothing is known of the site.
func (a *pasted) tidy() bool {
	switch a.host {
	case "youtube.com":
		a.tidyYouTube()
	case "instagram.com", "instagr.am":
		a.tidyInstagram()
	case "tiktok.com":
		a.tidyTikTok()
	case "x.com", "twitter.com":
		a.tidyX()
	case "threads.net", "threads.com":
		a.tidyThreads()
	case "facebook.com", "fb.com":
		a.tidyFacebook()
	case "t.me", "telegram.me", "telegram.dog":
		a.tidyTelegram()
	case "open.spotify.com":
		a.tidySpotify()
	case "vk.com":
		a.tidyVK()
	case "linkedin.com":
		a.tidyLinkedIn()
	case "reddit.com":
		a.tidyReddit()
	case "twitch.tv":
		a.tidyTwitch()
	case "discord.gg":
		a.keep("event")
	case "soundcloud.com":
		a.keep("secret_token")
		a.lower(1)
	case "pinterest.com":
		a.tidyPinterest()
	case "kick.com":
		a.keep("clip")
		a.cutPages("about", "clips", "videos", "chatroom")
		a.lower(1)
	default:
		return false
	}
	return true
}

// lower makes the first segments small: letter case means nothing in names.
func (a *pasted) lower(n int) {
	for i := range min(n, len(a.path)) {
		a.path[i] = strings.ToLower(a.path[i])
	}
}

// cutPages takes the page of a profile off.
func (a *pasted) cutPages(pages ...string) {
	if len(a.path) == 2 && slices.Contains(pages, a.path[1]) {
		a.path = a.path[:1]
	}
}

// cutBehind takes off what stands behind the thing that one of the words and its id name; false: none is there.
func (a *pasted) cutBehind(latest int, words ...string) bool {
	for i := range min(latest+1, len(a.path)-1) {
		if slices.Contains(words, a.path[i]) {
			a.path = a.path[i : i+2]
			return true
		}
	}
	return false
}

func (a *pasted) tidyYouTube() {
	switch {
	case a.at(0) == "watch" && a.query.Get("v") != "":
		a.path = []string{"shorts", a.query.Get("v")}
		a.keep("lc")
	case a.cutBehind(0, "shorts", "live", "embed", "v", "e"):
		a.path[0] = "shorts"
		a.keep("lc")
	default:
		if n := len(a.path); n > 1 && youtubePage(a.path[n-1]) {
			a.path = a.path[:n-1]
		}
		if a.at(0) == "c" || a.at(0) == "user" {
			a.lower(len(a.path))
		}
		a.keep("list", "lb", "lc", "search_query")
	}
}

func (a *pasted) tidyInstagram() {
	if len(a.path) == 2 && slices.Contains([]string{"_u", "_n", "n"}, a.path[0]) {
		a.path = a.path[1:]
	}
	a.keep("comment_id", "story_media_id")
	posts := platform(0).Posts
	for i := range min(2, len(a.path)-1) {
		if !slices.Contains(posts, a.path[i]) || a.path[0] == "share" {
			continue
		}
		if behind := a.at(i + 2); slices.Contains([]string{"embed", "liked_by", "media", "comments"}, behind) {
			a.path = a.path[i : i+2]
		}
		return
	}
	a.cutPages("reels", "tagged", "channel", "feed", "followers", "following")
}

func (a *pasted) tidyTikTok() {
	a.keep("comment", "comment_id", "cid", "share_comment_id")
	n := len(a.path)
	if n < 2 {
		return
	}
	id := strings.TrimSuffix(a.path[n-1], ".html")
	forms := []string{"video", "photo", "v", "embed", "v2", "v1", "item"}
	if allDigits(id) && slices.Contains(forms, a.path[n-2]) {
		a.path = []string{"video", id}
	}
}

func (a *pasted) tidyX() {
	switch {
	case a.cutBehind(2, "status", "statuses"):
		a.keep()
	case a.at(0) == "intent" && a.query.Get("screen_name") != "":
		a.path = []string{a.query.Get("screen_name")}
		a.keep()
	case a.at(0) == "intent" && a.query.Get("tweet_id") != "":
		a.path = []string{"status", a.query.Get("tweet_id")}
		a.keep()
	default:
		a.keep("q")
		a.cutPages("with_replies", "media", "likes", "highlights", "followers", "following", "verified_followers", "about")
	}
}

func (a *pasted) tidyThreads() {
	a.keep()
	if a.cutBehind(1, "post", "t") {
		a.path[0] = "post"
	}
	a.cutPages("replies", "media", "reposts")
}

func (a *pasted) tidyFacebook() {
	n := len(a.path)
	thing, id := a.facebookThing()
	switch {
	case id != "":
		a.keep("comment_id", "reply_comment_id")
		a.path = []string{thing, id}
	case a.at(0) == "profile.php" && a.query.Get("id") != "":
		a.path = []string{a.query.Get("id")}
		a.keep()
	case n == 3 && a.path[0] == "people":
		a.path = a.path[2:]
		a.keep()
	case n > 1 && a.path[0] == "pg":
		a.path = a.path[1:2]
		a.keep()
	default:
		if own := []string{"groups", "events", "watch", "hashtag", "marketplace", "share", "stories", "pages"}; n == 2 &&
			!slices.Contains(own, a.path[0]) {
			a.cutPages("posts", "photos", "videos", "about", "followers", "reviews", "reels", "community", "live")
		}
		a.keep("id", "v", "fbid", "q", "set", "url", "u")
	}
}

// facebookThing is what an address of Facebook leads to, if it has a number of its own; id is empty where it has none.
func (a *pasted) facebookThing() (thing, id string) {
	last := ""
	if len(a.path) > 0 {
		last = a.path[len(a.path)-1]
	}
	has := func(words ...string) bool {
		return len(a.path) > 1 && slices.ContainsFunc(words, func(w string) bool {
			return slices.Contains(a.path[:len(a.path)-1], w)
		})
	}
	switch at := a.at(0); {
	case at == "watch" || at == "video.php":
		return "videos", a.query.Get("v")
	case at == "story.php" || at == "permalink.php":
		return "posts", a.query.Get("story_fbid")
	case at == "photo.php" || at == "photo":
		return "photos", a.query.Get("fbid")
	case at == "groups" && a.query.Get("multi_permalinks") != "":
		return "posts", a.query.Get("multi_permalinks")
	case at == "share" || at == "media":
		return "", ""
	case has("videos", "reel") && allDigits(last):
		return "videos", last
	case has("posts", "permalink") && (allDigits(last) || strings.HasPrefix(last, "pfbid")):
		return "posts", last
	case has("photos") && allDigits(last):
		return "photos", last
	}
	return "", ""
}

func (a *pasted) tidyTelegram() {
	a.keep("comment", "thread", "start", "startgroup", "startapp", "startattach", "startchannel", "game", "url")
	switch {
	case len(a.path) == 2 && a.path[0] == "joinchat":
		a.path = []string{"+" + a.path[1]}
	case len(a.path) == 2 && a.path[0] == "boost":
		a.path = a.path[1:]
	}
}

func (a *pasted) tidySpotify() {
	a.keep("highlight")
	for len(a.path) > 2 && (strings.HasPrefix(a.path[0], "intl-") || strings.HasPrefix(a.path[0], "embed")) {
		a.path = a.path[1:]
	}
	if len(a.path) > 2 && a.path[0] == "artist" {
		a.path = a.path[:2] // a page of the artist's
	}
	if len(a.path) == 4 && a.path[0] == "user" && a.path[2] == "playlist" {
		a.path = a.path[2:]
	}
}

func (a *pasted) tidyVK() {
	for _, name := range []string{"w", "z"} {
		if shown := a.query.Get(name); shown != "" {
			shown, _, _ = strings.Cut(shown, "/")
			a.path = []string{shown}
		}
	}
	a.keep("reply", "thread", "post", "q")
	if post, reply, is := strings.Cut(a.at(0), "_r"); is && strings.HasPrefix(post, "wall") && allDigits(reply) {
		a.path[0] = post
		a.query.Set("reply", reply)
	}
	a.lower(1)
}

func (a *pasted) tidyLinkedIn() {
	a.keep("commentUrn")
	for _, segment := range a.path {
		_, id, is := strings.Cut(segment, "activity")
		if id = strings.TrimLeft(id, "-:"); is {
			id, _, _ = strings.Cut(id, "-")
			if allDigits(id) {
				a.path = []string{"feed", "activity", id}
				return
			}
		}
	}
	if len(a.path) > 1 && slices.Contains([]string{"in", "company", "school", "showcase"}, a.path[0]) {
		a.path = a.path[:2]
		a.lower(2)
	}
}

func (a *pasted) tidyReddit() {
	a.keep("q")
	for i := range min(3, len(a.path)-1) {
		if a.path[i] != "comments" && a.path[i] != "gallery" {
			continue
		}
		post := []string{"comments", a.path[i+1]}
		if comment := a.at(i + 3); comment != "" {
			post = append(post, comment)
		}
		a.path = post
		return
	}
	if len(a.path) == 3 && slices.Contains([]string{"hot", "new", "top", "rising", "about"}, a.path[2]) {
		a.path = a.path[:2]
	}
	if a.at(0) == "u" {
		a.path[0] = "user"
	}
	if len(a.path) == 2 {
		a.lower(2)
	}
}

func (a *pasted) tidyTwitch() {
	switch {
	case a.cutBehind(1, "clip"):
	case len(a.path) == 3 && (a.path[1] == "v" || a.path[1] == "video"):
		a.path = []string{"videos", a.path[2]}
	default:
		a.cutPages("about", "schedule", "videos", "home", "chat")
		a.lower(1)
	}
	a.keep()
}

func (a *pasted) tidyPinterest() {
	a.keep("q")
	if len(a.path) > 1 && a.path[0] == "pin" {
		id := a.path[1]
		if i := strings.LastIndex(id, "--"); i >= 0 {
			id = id[i+2:]
		}
		a.path = []string{"pin", id}
		return
	}
	a.cutPages("_saved", "_created", "boards", "pins")
	a.lower(2)
}
