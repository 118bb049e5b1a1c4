package parse_test

import (
	"testing"

	"bulkorder/parse"
)

func TestANameOfAnotherService(t *testing.T) {
	aims := parse.NewAims()
	for _, pair := range [][2]string{
		{"Instagram Likes", "Instagram Views"},
		{"Instagram Followers Turkey", "Instagram Followers India"},
		{"Package: 1000 Instagram Followers", "Package: 100 Instagram Followers"},
		{"Telegram Reactions 👍", "Telegram Reactions 👎"},
		{"Instagram Followers [30 days refill]", "Instagram Followers [no refill]"},
		{"YouTube Views", "YouTube Watch Hours"},
		{"Instagram Comments", "Instagram Comment Likes"},
		{"X Followers", "X Retweets"},
		{"Premium", "Basic"},
		{"Instagram Female Followers", "Instagram Male Followers"},
		{"Twitter Poll Votes option 1", "Twitter Likes"},
		{"Instagram Power Likes", "Instagram Auto Likes"},
		{"Spotify Plays", "Spotify Followers"},
		{"Discord Members online", "Discord Members offline"},
		{"YouTube Likes", "YouTube Dislikes"},
		{"Google Reviews", "Google Maps Visits"},
		{"Instagram Likes and Views", "Instagram Views"},
		{"Подписчики Telegram", "Просмотры Telegram"},
		{"Real Visitors USA", "Real Visitors Bots"},
		{"Instagram Story Views", "Instagram Story Poll Votes"},
		{"Instagram Followers", "Instagram Followers [Brazil]"},
		{"YouTube Views 🇺🇸", "YouTube Views 🇩🇪"},
		{"Instagram Comments [Custom]", "Instagram Comments [Random]"},
		{"Telegram Channel Members", "Telegram Group Members"},
		{"Instagram Views", "Instagram Story Views"},
		{"Instagram Likes", "Instagram Live Likes"},
		{"Spotify Plays", "Spotify Playlist Followers"},
		{"YouTube Likes", "YouTube Views"},
		{"TikTok Followers", "TikTok Live Viewers"},
		{"Reddit Upvotes", "Reddit Downvotes"},
	} {
		if !aims.Another(parse.Named{Name: pair[0]}, parse.Named{Name: pair[1]}) {
			t.Errorf("%q became %q, which is another service", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{
		{"Instagram Likes", "IG Likes"},
		{"Instagram Likes", "Insta Likes"},
		{"Instagram Likes [Real]", "Beğeni Instagram [Gerçek]"},
		{"Twitter Followers", "X Followers"},
		{"Instagram Likes", "Instagram Likes | new server | fast"},
		{"Likes", "Instagram Likes"},
		{"Instagram Followers", "Instagram Takipçi"},
		{"Facebook Page Likes", "Facebook Page Likes + Followers"},
		{"Instagram Likes", "🔥 SUPER INSTANT 🔥 Instagram Likes - Max 100K - No drop"},
		{"YouTube Views [Slow]", "YT Views [Slow]"},
		{"Instagram Reel Views", "Instagram Reels Plays"},
		{"TikTok Views", "Tik Tok Views"},
		{"Telegram Members", "Telegram Subscribers"},
		{"Website Traffic", "Web Visitors"},
		{"Instagram Followers [30 days refill]", "Instagram Followers [60 days refill]"},
		{"Instagram Followers [10K/day]", "Instagram Followers [5K/day] | Max 200K"},
		{"Telegram Reactions 👍", "🔥 Telegram Reactions 👍"},
		{"Instagram Likes [Real Followers]", "Instagram Likes [Real]"},
		{"Instagram Video Views", "Instagram Reels Views"},
		{"Facebook Page Likes", "Facebook Page Likes [Old]"},
		{"Instagram Likes - Server 1", "Instagram Likes - Server 2"},
		{"Spotify Playlist Plays", "Spotify Playlist Streams"},
		{"Follow us on Telegram: Likes", "Likes"},
	} {
		if aims.Another(parse.Named{Name: pair[0]}, parse.Named{Name: pair[1]}) {
			t.Errorf("%q became %q, which is another name", pair[0], pair[1])
		}
	}
}
