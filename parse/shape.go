package parse

import (
	"net/url"
	"slices"
	"strings"
)

// shapeOf tells a profile's address from a post's, where the site's own form leaves no doubt.
func shapeOf(site, under string, u *url.URL) Shape {
	if site == "Spotify" && under == "open." {
		under = ""
	}
	if site == "Instagram" && under == "l." || site == "YouTube" && under == "studio." ||
		site == "Facebook" && under == "business." || strings.HasSuffix(u.Hostname(), "telegram.org") {
		return Neither // what leads elsewhere, and where owners edit
	}
	if under != "" && under != "m." && under != "mobile." && under != "web." || shortener(u) {
		return AnyShape // vm.tiktok.com and its like shorten what they lead to
	}
	path := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	if len(path) == 0 {
		return rootShape(site, u)
	}
	switch site {
	case "Instagram":
		return instagramShape(path)
	case "TikTok", "Threads":
		return namedShape(path)
	case "YouTube":
		return youtubeShape(strings.ToLower(u.Hostname()), path, u)
	case "X":
		return xShape(path)
	case "Facebook":
		return facebookShape(path, u)
	case "Telegram":
		return telegramShape(path, u)
	case "Spotify":
		return spotifyShape(path)
	}
	return AnyShape
}

// shortener tells whether a host of a site only shortens addresses of all kinds.
func shortener(u *url.URL) bool {
	return slices.Contains([]string{"t.co", "fb.watch", "fb.me"}, strings.ToLower(u.Hostname()))
}

// rootShape is of a site's own first page.
func rootShape(site string, u *url.URL) Shape {
	known := []string{"Instagram", "TikTok", "Threads", "YouTube", "X", "Facebook", "Telegram", "Spotify"}
	if slices.Contains(known, site) && u.RawQuery == "" && u.Fragment == "" {
		return Neither
	}
	return AnyShape
}

func instagramShape(path []string) Shape {
	posts := []string{"p", "reel", "tv"}
	others := append([]string{"reels", "stories", "explore", "accounts", "direct", "share", "s", "about"}, posts...)
	switch {
	case len(path) == 2 && (slices.Contains(posts, path[0]) || path[0] == "reels"),
		len(path) == 3 && slices.Contains(posts, path[1]) && !slices.Contains(others, path[0]):
		return Post
	case len(path) == 1 && !slices.Contains(others, path[0]),
		len(path) == 2 && !slices.Contains(others, path[0]) && slices.Contains(profilePages(), path[1]):
		return Profile
	case len(path) == 3 && path[0] == "share" && (slices.Contains(posts, path[1]) || path[1] == "reels"):
		return Post
	case slices.Contains([]string{"explore", "accounts", "direct", "about"}, path[0]),
		len(path) == 1 && (path[0] == "reels" || slices.Contains(posts, path[0])),
		len(path) == 2 && path[1] == "saved":
		return Neither
	}
	return AnyShape
}

// profilePages are those of a profile of Instagram.
func profilePages() []string {
	return []string{"tagged", "channel", "feed", "followers", "following"}
}

// namedShape is of sites whose profiles begin with an @.
func namedShape(path []string) Shape {
	if slices.Contains([]string{"foryou", "tag", "music", "search", "explore", "following", "discover", "login", "upload"}, path[0]) {
		return Neither
	}
	if !strings.HasPrefix(path[0], "@") || len(path[0]) == 1 {
		return AnyShape
	}
	switch {
	case len(path) == 1:
		return Profile
	case len(path) == 2 && slices.Contains([]string{"video", "photo", "post"}, path[1]):
		return Neither // without its number
	case len(path) == 3 && slices.Contains([]string{"video", "photo", "post"}, path[1]):
		return Post
	}
	return AnyShape
}

func youtubeShape(host string, path []string, u *url.URL) Shape {
	if len(path) > 1 && path[0] != "shorts" && youtubePage(path[len(path)-1]) {
		path = path[:len(path)-1]
	}
	switch {
	case len(path) == 1 && path[0] == "shorts":
		return Neither
	case path[0] == "playlist", path[0] == "results", path[0] == "feed",
		len(path) == 1 && path[0] == "watch" && u.Query().Get("v") == "" && u.RawQuery != "":
		return Neither
	case strings.HasSuffix(host, "youtu.be") && len(path) == 1,
		len(path) == 1 && path[0] == "watch" && u.Query().Get("v") != "",
		len(path) == 2 && path[0] == "shorts":
		return Post
	case len(path) == 1 && len(path[0]) > 1 && path[0][0] == '@',
		len(path) == 2 && slices.Contains([]string{"channel", "c", "user"}, path[0]):
		return Profile
	}
	return AnyShape
}

func xShape(path []string) Shape {
	others := []string{"i", "home", "search", "explore", "hashtag", "intent", "share"}
	switch {
	case slices.Contains([]string{"home", "search", "explore", "login", "settings", "notifications"}, path[0]),
		len(path) == 2 && (path[1] == "status" || path[1] == "statuses"), // without a number
		len(path) > 1 && path[0] == "i" && path[1] == "lists":
		return Neither
	case len(path) >= 3 && (path[1] == "status" || path[1] == "statuses"):
		return Post
	case len(path) == 1 && !slices.Contains(others, path[0]):
		return Profile
	}
	return AnyShape
}

func facebookShape(path []string, u *url.URL) Shape {
	posts := []string{"posts", "videos", "photos", "reel", "permalink"}
	switch {
	case slices.Contains([]string{"login", "events", "marketplace", "help", "settings", "messages"}, path[0]):
		return Neither
	case len(path) >= 4 && path[0] == "groups" && slices.Contains(posts, path[2]):
		return Post
	case len(path) >= 3 && path[0] != "groups" && slices.Contains(posts, path[1]),
		len(path) == 2 && path[0] == "reel",
		len(path) == 3 && path[0] == "share" && slices.Contains([]string{"p", "v", "r"}, path[1]),
		len(path) == 1 && path[0] == "watch" && u.Query().Get("v") != "",
		slices.Contains([]string{"story.php", "permalink.php", "photo.php"}, path[0]):
		return Post
	case path[0] == "profile.php" && u.Query().Get("id") != "", len(path) == 1 && onlyName(path[0]) && u.RawQuery == "":
		return Profile
	}
	return AnyShape
}

// onlyName tells a page's name from the other words that stand alone in a path of Facebook.
func onlyName(segment string) bool {
	others := []string{"watch", "groups", "share", "events", "pages", "marketplace", "reel", "hashtag", "login", "l"}
	return !strings.Contains(segment, ".php") && !slices.Contains(others, segment)
}

func telegramShape(path []string, u *url.URL) Shape {
	if path[0] == "s" {
		path = path[1:]
	}
	nowhere := []string{"c", "share", "boost", "addstickers", "addemoji", "proxy", "setlanguage", "iv", "bg"}
	switch {
	case len(path) > 1 && slices.Contains(nowhere, path[0]), u.Query().Has("boost"):
		return Neither // a private place, and what opens the app
	case u.RawQuery != "" || len(path) == 0:
		return AnyShape // ?start= is a bot's
	case len(path) == 1 && !strings.HasPrefix(path[0], "$"), len(path) == 2 && path[0] == "joinchat":
		return Profile
	case (len(path) == 2 || len(path) == 3) && allDigits(path[len(path)-1]):
		return Post
	}
	return AnyShape
}

func spotifyShape(path []string) Shape {
	if strings.HasPrefix(path[0], "intl-") {
		path = path[1:]
	}
	switch {
	case path[0] == "search", path[0] == "premium", len(path) == 2 && path[1] == "premium":
		return Neither
	case len(path) != 2:
	case slices.Contains([]string{"artist", "user", "playlist", "show"}, path[0]):
		return Profile
	case path[0] == "track" || path[0] == "episode":
		return Post
	}
	return AnyShape
}
