package parse_test

import (
	"testing"

	"bulkorder/parse"
)

func TestOneTargetInManySpellings(t *testing.T) {
	for name, group := range map[string][]string{
		"a post": {"https://www.instagram.com/p/CxYz12AbCdE/", "http://instagram.com/p/CxYz12AbCdE",
			"https://www.instagram.com/reel/CxYz12AbCdE/?igsh=MWx0&utm_source=qr", "https://m.instagram.com/reels/CxYz12AbCdE",
			"instagram.com/somebody/p/CxYz12AbCdE", "HTTPS://WWW.Instagram.COM/tv/CxYz12AbCdE/",
			"https://www.instagram.com:443/p/CxYz12AbCdE", "https://instagram.com./p/CxYz12AbCdE",
			"instagram.com/p/%43xYz12AbCdE"},
		"a profile": {"https://instagram.com/Some.Body", "https://www.instagram.com/some.body/?igsh=x", "@some.body",
			"@Some.Body", "instagram.com/@some.body"},
		"a video": {"https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ?si=abc",
			"https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=share", "youtube.com/shorts/dQw4w9WgXcQ"},
		"a short film": {"https://www.tiktok.com/@somebody/video/7200000000000000000?is_from_webapp=1&sender_device=pc",
			"https://m.tiktok.com/@somebody/video/7200000000000000000"},
		"a message": {"https://x.com/somebody/status/17", "https://twitter.com/Somebody/status/17?s=20",
			"x.com/SOMEBODY/statuses/17", "https://vxtwitter.com/somebody/status/17", "https://fxtwitter.com/somebody/status/17",
			"https://fixupx.com/somebody/status/17", "https://fixvx.com/somebody/status/17"},
		"a page": {"https://www.facebook.com/nordpage", "https://www.facebook.com/Nord.Page", "fb.com/n.o.r.d.page/",
			"https://m.facebook.com/nord.page?mibextid=x"},
		"a page's post":    {"https://www.facebook.com/nordpage/posts/pfbid02Ab", "https://facebook.com/Nord.Page/posts/pfbid02Ab"},
		"a channel":        {"https://t.me/SomeChannel", "telegram.me/s/somechannel", "https://t.me/somechannel/"},
		"an unknown site":  {"https://Example.com/Page?a=1", "HTTPS://example.COM/Page?a=1"},
		"a track of music": {"https://open.spotify.com/track/4uLU6hMC?si=1", "http://open.spotify.com/track/4uLU6hMC"},
	} {
		about := "Instagram Followers"
		for _, other := range group[1:] {
			if a, b := parse.Target(group[0], about), parse.Target(other, about); a != b {
				t.Errorf("%s: %s is %s, and %s is %s", name, group[0], a, other, b)
			}
		}
	}
}

func TestWhatIsNotSurelyTheSameStaysDifferent(t *testing.T) {
	for _, pair := range [][2]string{
		{"https://www.instagram.com/p/CxYz12AbCdE/", "https://www.instagram.com/p/cxyz12abcde/"},
		{"https://www.instagram.com/p/A1/?img_index=1", "https://www.instagram.com/p/A1/?img_index=2"},
		{"https://example.com/page", "https://www.example.com/page"},
		{"https://example.com/page", "https://example.com/page/"},
		{"https://example.com/Page", "https://example.com/page"},
		{"https://example.com/page?utm_source=a", "https://example.com/page"},
		{"https://example.com/page", "http://example.com/page"},
		{"https://www.tiktok.com/@a", "https://www.instagram.com/a"},
		{"https://www.facebook.com/profile.php?id=1", "https://www.facebook.com/profile.php?id=2"},
		{"https://www.facebook.com/nord.page", "https://www.facebook.com/nord-page"},
		{"https://www.facebook.com/nordpage/posts/pfbid02Ab", "https://www.facebook.com/nordpage/posts/pfbid02aB"},
		{"https://www.instagram.com/some.body", "https://www.instagram.com/somebody"},
		{"https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dqw4w9wgxcq"},
		{"https://t.me/channel/1", "https://t.me/channel/2"},
		{"https://t.me/+AbC", "https://t.me/+abc"},
		{"https://www.instagram.com/share/p/ABC", "https://www.instagram.com/p/ABC"},
		{"https://www.instagram.com:8443/p/ABC", "https://www.instagram.com/p/ABC"},
		{"https://www.instagram.com/stories/a/1", "https://www.instagram.com/stories/a/2"},
		{"@name", "https://www.instagram.com/name"}, // the service names no platform
	} {
		if a, b := parse.Target(pair[0], "Followers"), parse.Target(pair[1], "Followers"); a == b {
			t.Errorf("%s and %s are both %s", pair[0], pair[1], a)
		}
	}
}

func TestAnAddressThatCountsAsTyped(t *testing.T) {
	if a, b := parse.TargetAsTyped("HTTPS://Instagram.com/P/a/?igsh=1"), "https://instagram.com/P/a/?igsh=1"; a != b {
		t.Errorf("%s, want %s", a, b)
	}
}

// TestEveryHostOfAPlatformIsFound: hosts are written out a second time, where each row asks for its own.
func TestEveryHostOfAPlatformIsFound(t *testing.T) {
	for _, p := range parse.Platforms() {
		for _, host := range p.Hosts {
			for _, begin := range []string{"", "www.", "m.", "mobile.", "web."} {
				want := p.Hosts[0] + "/some/Where"
				if got := parse.Target("https://"+begin+host+"/some/Where", ""); got != want {
					t.Errorf("%s%s is %s, want %s", begin, host, got, want)
				}
			}
		}
	}
}

// TestTargetsThatAreMostLikelyOne: rows are asked about by it.
func TestTargetsThatAreMostLikelyOne(t *testing.T) {
	for _, group := range [][]string{
		{"https://x.com/a/status/17", "https://twitter.com/A/status/17/photo/1", "https://x.com/i/web/status/17?s=20"},
		{"https://www.threads.net/@a/post/Cx1", "https://threads.com/t/Cx1"},
		{"https://open.spotify.com/track/4uLU", "https://open.spotify.com/intl-de/track/4uLU?si=1"},
		{"https://www.facebook.com/groups/a/posts/1", "https://m.facebook.com/groups/a/permalink/1/"},
		{"https://www.instagram.com/nord", "https://www.instagram.com/nord/reels/", "instagram.com/nord?next=%2F"},
		{"https://www.youtube.com/@nord", "https://youtube.com/@nord/videos?view=0", "https://m.youtube.com/@Nord/about"},
		{"https://t.me/chan/5", "https://t.me/chan/5?single"},
	} {
		for _, other := range group[1:] {
			a, _ := parse.Near(group[0])
			if b, known := parse.Near(other); a != b || !known {
				t.Errorf("%s is %s, and %s is %s", group[0], a, other, b)
			}
		}
	}
	for _, pair := range [][2]string{
		{"https://www.youtube.com/watch?v=a", "https://www.youtube.com/watch?v=b"},
		{"https://www.youtube.com/playlist?list=a", "https://www.youtube.com/playlist?list=b"},
		{"https://www.instagram.com/nord/reels", "https://www.instagram.com/lux/reels"},
		{"https://www.facebook.com/profile.php?id=1", "https://www.facebook.com/profile.php?id=2"},
		{"https://t.me/chan/5", "https://t.me/chan/6"},
	} {
		a, _ := parse.Near(pair[0])
		if b, _ := parse.Near(pair[1]); a == b {
			t.Errorf("%s and %s are both %s", pair[0], pair[1], a)
		}
	}
}
