package parse

// Platform is a site whose links are written in several ways that mean the same target.
type Platform struct {
	Name    string
	Hosts   []string // the first is the one that stands for all; subdomains of habit are dropped before
	Words   []string // by which the names of services tell the platform
	Posts   []string // path segments before a post's id that mean the same post: /p/ID, /reel/ID
	Noise   []string // query parameters that say who shared the link, never what it is
	AtNames bool     // profiles are /@name rather than /name
}

// tracking are query parameters of every site's sharing; utm_* is among them.
func tracking() []string { return []string{"fbclid", "gclid", "igsh", "igshid"} }

// platformIndex gives the place of a host in [Platforms]; -1: it has none. The hosts are written out here as each row
// asks for its own.
func platformIndex(host string) int {
	switch host {
	case "instagram.com", "instagr.am":
		return 0
	case "tiktok.com":
		return 1
	case "youtube.com", "youtu.be":
		return 2
	case "x.com", "twitter.com":
		return 3
	case "facebook.com", "fb.com":
		return 4
	case "t.me", "telegram.me", "telegram.dog":
		return 5
	case "threads.net", "threads.com":
		return 6
	case "open.spotify.com":
		return 7
	}
	return -1
}

// Platforms lists the sites whose spellings are known.
func Platforms() []Platform {
	return []Platform{
		{
			Name:  "Instagram",
			Hosts: []string{"instagram.com", "instagr.am"},
			Words: []string{"instagram"},
			Posts: []string{"p", "reel", "reels", "tv"},
			Noise: []string{"hl"},
		},
		{
			Name:    "TikTok",
			Hosts:   []string{"tiktok.com"},
			Words:   []string{"tiktok", "tik tok"},
			Posts:   []string{"video", "photo"},
			Noise:   []string{"is_from_webapp", "sender_device", "web_id", "_r", "_t", "lang"},
			AtNames: true,
		},
		{
			Name:    "YouTube",
			Hosts:   []string{"youtube.com", "youtu.be"},
			Words:   []string{"youtube"},
			Posts:   []string{"shorts", "live", "embed", "v"},
			Noise:   []string{"si", "feature", "pp", "ab_channel"},
			AtNames: true,
		},
		{
			Name:  "X",
			Hosts: []string{"x.com", "twitter.com"},
			Words: []string{"twitter"},
			Posts: []string{"status", "statuses"},
			Noise: []string{"s", "t", "ref_src", "ref_url"},
		},
		{
			Name:  "Facebook",
			Hosts: []string{"facebook.com", "fb.com"},
			Words: []string{"facebook"},
			Noise: []string{"mibextid", "rdid", "share_url", "__tn__"},
		},
		{
			Name:  "Telegram",
			Hosts: []string{"t.me", "telegram.me", "telegram.dog"},
			Words: []string{"telegram"},
		},
		{
			Name:    "Threads",
			Hosts:   []string{"threads.net", "threads.com"},
			Words:   []string{"threads"},
			Posts:   []string{"post"},
			Noise:   []string{"xmt", "slof"},
			AtNames: true,
		},
		{
			Name:  "Spotify",
			Hosts: []string{"open.spotify.com"},
			Words: []string{"spotify"},
			Noise: []string{"si", "nd", "context"},
		},
	}
}
