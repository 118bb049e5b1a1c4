package parse

import "testing"

// TestWhereServicesGo: the site is certain where name and category name one alone, the shape where the words leave no
// doubt.
func TestWhereServicesGo(t *testing.T) {
	for _, c := range []struct {
		name, category string
		want           Aim
	}{
		{"Instagram Followers | Real | 30 Days Refill ♻️", "📸 Instagram Followers", Aim{"Instagram", Profile}},
		{"Instagram Likes ❤️ Instant", "📸 Instagram Likes & Views", Aim{"Instagram", Post}},
		{"Followers", "First Category", Aim{}},
		{"Real Followers", "IG | HQ", Aim{"Instagram", Profile}},
		{"Instagram Takipçi 🇹🇷 Gerçek", "", Aim{"Instagram", Profile}},
		{"Instagram'dan Beğeni", "", Aim{"Instagram", Post}},
		{"Tik Tok Views", "", Aim{"TikTok", Post}},
		{"ТикТок лайки", "", Aim{"TikTok", Post}},
		{"YT Views", "", Aim{"YouTube", Post}},
		{"متابعين انستقرام", "", Aim{"Instagram", Profile}},
		{"Instagram Story Views", "Instagram", Aim{"Instagram", AnyShape}},
		{"Instagram Followers + 500 Likes", "📦 Packages", Aim{"Instagram", AnyShape}},
		{"Instagram Likes | Last 10 Posts", "", Aim{"Instagram", AnyShape}},
		{"Instagram + TikTok Followers", "", Aim{}},
		{"Followers of Instagram", "Facebook & Instagram", Aim{}},
		{"Website Traffic from Facebook", "", Aim{}},
		{"Facebook Page Likes", "", Aim{"Facebook", AnyShape}},
		{"Facebook Post Likes", "", Aim{"Facebook", Post}},
		{"Telegram Views", "", Aim{"Telegram", AnyShape}},
		{"Telegram Channel Members", "", Aim{"Telegram", Profile}},
		{"Kickstarter backers", "", Aim{}},
		{"Big Likes", "", Aim{}},
	} {
		if got := NewAims().OfService(c.name, c.category); got != c.want {
			t.Errorf("%s, %s: got %+v, want %+v", c.name, c.category, got, c.want)
		}
	}
}

// TestWhereLinksGo: only forms of addresses that leave no doubt tell a profile from a post.
func TestWhereLinksGo(t *testing.T) {
	for _, c := range []struct {
		link string
		want Aim
	}{
		{"https://instagram.com/nasa", Aim{"Instagram", Profile}},
		{"instagram.com/nasa/?hl=en", Aim{"Instagram", Profile}},
		{"https://www.instagram.com/p/Cx1/?igsh=abc", Aim{"Instagram", Post}},
		{"https://www.instagram.com/nasa/reel/Cx1/", Aim{"Instagram", Post}},
		{"https://www.instagram.com/nasa/reels/", Aim{"Instagram", AnyShape}},
		{"https://www.instagram.com/stories/nasa/1/", Aim{"Instagram", AnyShape}},
		{"https://www.instagram.com/share/p/abc", Aim{"Instagram", Post}},
		{"https://www.instagram.com/nasa/tagged/", Aim{"Instagram", Profile}},
		{"https://www.instagram.com/reel/", Aim{"Instagram", Neither}},
		{"https://vm.tiktok.com/ZM1/", Aim{"TikTok", AnyShape}},
		{"https://www.tiktok.com/@a/video/7", Aim{"TikTok", Post}},
		{"https://www.tiktok.com/@a/live", Aim{"TikTok", AnyShape}},
		{"https://youtu.be/abc?si=1", Aim{"YouTube", Post}},
		{"https://m.youtube.com/watch?v=abc", Aim{"YouTube", Post}},
		{"https://youtube.com/@a", Aim{"YouTube", Profile}},
		{"https://youtube.com/playlist?list=1", Aim{"YouTube", Neither}},
		{"https://youtube.com/watch?v=", Aim{"YouTube", Neither}},
		{"https://studio.youtube.com/video/a/edit", Aim{"YouTube", Neither}},
		{"https://youtube.com/@nord/videos", Aim{"YouTube", Profile}},
		{"https://www.instagram.com/", Aim{"Instagram", Neither}},
		{"https://instagram.com/explore/tags/nord/", Aim{"Instagram", Neither}},
		{"https://instagram.com/accounts/login/", Aim{"Instagram", Neither}},
		{"https://l.instagram.com/?u=https%3A%2F%2Fe.com", Aim{"Instagram", Neither}},
		{"https://t.co/abc", Aim{"X", AnyShape}},
		{"https://fb.watch/abc/", Aim{"Facebook", AnyShape}},
		{"https://docs.google.com/spreadsheets/d/a", Aim{"Google", AnyShape}},
		{"https://instgram.com/nord", Aim{"instgram.com", AnyShape}},
		{"https://www.instagrarn.com/nord", Aim{"www.instagrarn.com", AnyShape}},
		{"https://www.instagram.con/nord", Aim{"www.instagram.con", AnyShape}},
		{"https://instagrams-shop.com/nord", Aim{}},
		{"https://x.com/a/status/1", Aim{"X", Post}},
		{"https://x.com/i/web/status/1", Aim{"X", AnyShape}},
		{"https://netflix.com/a", Aim{}},
		{"https://web.facebook.com/a/posts/1", Aim{"Facebook", Post}},
		{"https://facebook.com/profile.php?id=1", Aim{"Facebook", Profile}},
		{"https://facebook.com/groups/a", Aim{"Facebook", AnyShape}},
		{"https://t.me/a", Aim{"Telegram", Profile}},
		{"https://t.me/+abc", Aim{"Telegram", Profile}},
		{"https://t.me/a/12", Aim{"Telegram", Post}},
		{"https://t.me/a?start=1", Aim{"Telegram", AnyShape}},
		{"https://open.spotify.com/intl-de/track/1?si=2", Aim{"Spotify", Post}},
		{"https://open.spotify.com/artist/1", Aim{"Spotify", Profile}},
		{"https://example.com/instagram.com/p/1", Aim{}},
		{"@nasa", Aim{Shape: Profile}},
		{"nasa", Aim{}},
	} {
		if got := NewAims().OfLink(c.link); got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.link, got, c.want)
		}
	}
}
