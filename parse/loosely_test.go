package parse_test

import (
	"testing"

	"bulkorder/parse"
)

func TestOneThingByLinksIntoIt(t *testing.T) {
	for _, pair := range [][2]string{
		{"https://www.youtube.com/watch?v=dQw4w9WgXc1", "https://m.youtube.com/watch?v=dQw4w9WgXc1&t=10s"},
		{"https://youtu.be/dQw4w9WgXc1?t=20", "https://m.youtube.com/watch?v=dQw4w9WgXc1&start=10"},
		{"https://t.me/chan3/15", "https://t.me/chan3/15?single"},
		{"https://instagram.com/p/CAbc006/?img_index=2", "https://www.instagram.com/user/p/CAbc006/?img_index=1"},
		{"https://open.spotify.com/track/6rqh", "https://open.spotify.com/intl-de/track/6rqh?si=abc"},
		{"https://www.tiktok.com/@user/video/7123456789012345678", "https://m.tiktok.com/v/7123456789012345678.html"},
		{"https://vk.com/wall-1_2", "https://m.vk.com/wall-1_2"},
	} {
		a, b := parse.TargetLoosely(pair[0], ""), parse.TargetLoosely(pair[1], "")
		if a != b {
			t.Errorf("%s is %s, and %s is %s", pair[0], a, pair[1], b)
		}
		if parse.Target(pair[0], "") == parse.Target(pair[1], "") {
			t.Errorf("%s and %s are surely the same, which is another thing", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{
		{"https://t.me/chan3/15?comment=7", "https://t.me/chan3/15"},
		{"https://www.youtube.com/watch?v=dQw4w9WgXc1&t=10s", "https://www.youtube.com/watch?v=dQw4w9WgXc2&t=10s"},
		{"https://vk.com/wall-1_2?reply=3", "https://m.vk.com/wall-1_2"},
		{"https://example.com/a?t=1", "https://example.com/a?t=2"},
	} {
		if a, b := parse.TargetLoosely(pair[0], ""), parse.TargetLoosely(pair[1], ""); a == b {
			t.Errorf("%s and %s are both %s", pair[0], pair[1], a)
		}
	}
}

// TestOneThingAsPeoplePasteIt: what sites put into their links, and what is typed beside them.
func TestOneThingAsPeoplePasteIt(t *testing.T) {
	for _, pair := range [][2]string{
		{"https://www.youtube.com/live/dQw4w9WgX01", "https://www.youtube.com/watch?v=dQw4w9WgX01"},
		{"https://www.youtube.com/embed/dQw4w9WgX02", "https://youtu.be/dQw4w9WgX02?si=abc"},
		{"https://www.youtube.com/watch?v=dQw4w9WgX03", "https://www.youtube.com/watch?v=dQw4w9WgX03&list=PL1&index=2"},
		{"https://www.youtube.com/watch?v=dQw4w9WgX04", "https://www.youtube.com/v/dQw4w9WgX04"},
		{"https://www.youtube.com/watch?v=dQw4w9WgX05", "https://youtu.be/dQw4w9WgX05?t=10"},
		{"https://www.youtube.com/watch?v=dQw4w9WgX06", "https://www.youtube.com/watch?v=dQw4w9WgX06&feature=share"},
		{"https://www.youtube.com/watch?v=dQw4w9WgX07", "https://www.youtube.com/watch?v=dQw4w9WgX07#t=10"},
		{"https://www.youtube.com/watch?v=dQw4w9WgX08", "https://www.youtube.com/watch?app=desktop&v=dQw4w9WgX08"},
		{"https://x.com/u/status/1234567", "https://x.com/i/status/1234567"},
		{"https://x.com/u/status/1234568", "https://x.com/u/status/1234568/photo/1"},
		{"https://x.com/u/status/1234569", "https://mobile.twitter.com/u/status/1234569?s=20"},
		{"https://x.com/u/status/1234570", "https://x.com/other/status/1234570"},
		{"https://www.tiktok.com/@u/video/7123456789012345671",
			"https://www.tiktok.com/@u/video/7123456789012345671?is_from_webapp=1"},
		{"https://www.tiktok.com/@u/photo/7123456789012345672", "https://www.tiktok.com/@u/video/7123456789012345672"},
		{"https://www.tiktok.com/@u/video/7123456789012345673", "https://www.tiktok.com/embed/v2/7123456789012345673"},
		{"https://www.tiktok.com/@u/video/7123456789012345674", "https://www.tiktok.com/share/video/7123456789012345674"},
		{"https://www.tiktok.com/@u/video/7123456789012345675", "https://m.tiktok.com/v/7123456789012345675.html?_r=1"},
		{"https://t.me/chan/15", "https://t.me/s/chan/15"},
		{"https://t.me/chan/16", "https://t.me/chan/16?embed=1"},
		{"https://t.me/chanx", "tg://resolve?domain=chanx"},
		{"https://t.me/chany", "https://chany.t.me"},
		{"https://t.me/chanz", "https://telegram.dog/chanz"},
		{"https://t.me/+AbCdEfGh", "https://t.me/joinchat/AbCdEfGh"},
		{"https://t.me/chanq", "https://t.me/chanq?boost"},
		{"https://t.me/c/15?single", "https://t.me/c/15"},
		{"https://www.facebook.com/pageq", "https://m.facebook.com/pageq"},
		{"https://www.facebook.com/watch/?v=1234567", "https://www.facebook.com/pageq/videos/1234567"},
		{"https://www.facebook.com/profile.php?id=100001", "https://www.facebook.com/100001"},
		{"https://www.facebook.com/pageq/posts/123", "https://www.facebook.com/pageq/posts/123?__cft__=x"},
		{"https://open.spotify.com/track/6rqhFgbbKwnb9MLmUQDhG6", "spotify:track:6rqhFgbbKwnb9MLmUQDhG6"},
		{"https://open.spotify.com/track/6rqhFgbbKwnb9MLmUQDhG7",
			"https://open.spotify.com/embed/track/6rqhFgbbKwnb9MLmUQDhG7"},
		{"https://open.spotify.com/intl-de/track/6rqhFgbbKwnb9MLmUQDhG8",
			"https://open.spotify.com/intl-fr/track/6rqhFgbbKwnb9MLmUQDhG8"},
		{"https://www.threads.net/@u1", "https://www.threads.com/@u1"},
		{"https://soundcloud.com/a/b", "https://m.soundcloud.com/a/b?si=1"},
		{"https://discord.gg/abcde", "https://discord.com/invite/abcde"},
		{"https://www.linkedin.com/in/x1", "https://de.linkedin.com/in/x1/"},
		{"https://www.twitch.tv/ch1", "https://m.twitch.tv/ch1"},
		{"https://www.reddit.com/r/a/comments/b1/", "https://old.reddit.com/r/a/comments/b1/"},
		{"https://www.pinterest.com/pin/1/", "https://www.pinterest.de/pin/1/"},
		{"https://vk.com/wall-1_2", "https://vk.com/feed?w=wall-1_2"},
		{"https://vk.com/abc1", "https://vk.ru/abc1"},
		{"https://vk.com/abc2", "https://vk.com/ABC2"},
		{"https://www.instagram.com/p/CAbc%63x1/", "https://www.instagram.com/p/CAbccx1/"},
		{"https://www.instagram.com/reel/CAbc0r2/", "https://www.instagram.com/u/reel/CAbc0r2/?igsh=1"},
		{"https://www.instagram.com/_u/profq", "https://www.instagram.com/profq"},
		{"https://www.instagram.com/profr", "https://www.instagram.com/profr/reels/"},
		{"https://www.instagram.com/profs", "https://www.instagram.com/profs/?img_index=1"},
		{"https://www.instagram.com/p/CAbc0i3/?img_index=1", "https://www.instagram.com/p/CAbc0i3/?img_index=2"},
		{"https://www.youtube.com/@chanA", "https://youtube.com/@chana/videos"},
		{"https://instagram.com/p/CAbc0w4/", "https://www.instagram.com/p/CAbc0w4/?utm_source=ig_web_copy_link&igsh=Mz"},
		{"https://example.org/a", "http://www.example.org/a/"},
		{"https://kick.com/ab", "https://www.kick.com/AB"},
		{"https://www.facebook.com/story.php?story_fbid=1&id=5", "https://m.facebook.com/5/posts/1/?ref=x"},
		{"https://www.facebook.com/photo.php?fbid=17&set=a.1", "https://www.facebook.com/nord/photos/a.1/17/"},
		{"https://www.facebook.com/groups/g/permalink/17", "https://facebook.com/groups/g/posts/17/?rdid=1"},
		{"https://www.facebook.com/reel/17", "https://m.facebook.com/watch/?v=17"},
		{"https://www.linkedin.com/posts/nord_a-b-activity-7100000000000000000-AbCd",
			"https://www.linkedin.com/feed/update/urn:li:activity:7100000000000000000/"},
		{"https://www.twitch.tv/nord/clip/AbC-1", "https://clips.twitch.tv/AbC-1"},
		{"https://www.reddit.com/r/a/comments/b1/some_words/?share_id=1", "https://redd.it/b1"},
		{"https://www.instagram.com/accounts/login/?next=%2Fp%2FCAbc1%2F", "https://www.instagram.com/p/CAbc1/embed/"},
		{"https://web.telegram.org/k/#@nord", "https://t.me/Nord"},
		{"https://www.pinterest.com/pin/some-words--17/", "https://pinterest.co.uk/pin/17"},
		{"nord.example.org/a", "https://www.nord.example.org/a?utm_source=x&fbclid=1"},
		{"tg://join?invite=AbC", "https://t.me/+AbC"},
	} {
		if a, b := parse.TargetLoosely(pair[0], ""), parse.TargetLoosely(pair[1], ""); a != b {
			t.Errorf("%s is %s, and %s is %s", pair[0], a, pair[1], b)
		}
	}
	for _, pair := range [][2]string{
		{"https://www.youtube.com/watch?v=dQw4w9WgY01&lc=UgxAAA",
			"https://www.youtube.com/watch?v=dQw4w9WgY01&lc=UgxBBB"},
		{"https://www.youtube.com/watch?v=dQw4w9WgY02", "https://www.youtube.com/watch?v=dQw4w9WgY02&lc=UgxBBB"},
		{"https://www.youtube.com/watch?v=dQw4w9WgY03", "https://www.youtube.com/watch?v=dQw4w9Wgy03"},
		{"https://www.youtube.com/playlist?list=PLa", "https://www.youtube.com/playlist?list=PLA"},
		{"https://www.instagram.com/p/CAbc5/", "https://www.instagram.com/p/CABC5/"},
		{"https://www.instagram.com/p/CAbc6/c/17/", "https://www.instagram.com/p/CAbc6/c/18/"},
		{"https://www.instagram.com/stories/profz/11/", "https://www.instagram.com/stories/profz/12/"},
		{"https://www.instagram.com/p/CAbc7/?comment_id=1", "https://www.instagram.com/p/CAbc7/?comment_id=2"},
		{"https://t.me/chan/15?comment=1", "https://t.me/chan/15?comment=2"},
		{"https://t.me/chan/25?single&comment=1", "https://t.me/chan/25?single&comment=2"},
		{"https://t.me/+AbC", "https://t.me/+ABC"},
		{"https://t.me/botx?start=a", "https://t.me/botx?start=b"},
		{"https://t.me/c/1234/15", "https://t.me/c/1235/15"},
		{"https://www.tiktok.com/@u/video/7123456789012345611?comment=1",
			"https://www.tiktok.com/@u/video/7123456789012345611?comment=2"},
		{"https://vk.com/feed?w=wall-1_12", "https://vk.com/feed?w=wall-1_13"},
		{"https://vk.com/wall-1_22?reply=3", "https://vk.com/wall-1_22?reply=4"},
		{"https://m.vk.com/video?z=video1_2", "https://vk.com/video?z=video1_3"},
		{"https://www.facebook.com/story.php?story_fbid=1&id=5", "https://www.facebook.com/story.php?story_fbid=2&id=5"},
		{"https://www.facebook.com/photo.php?fbid=1", "https://www.facebook.com/photo.php?fbid=2"},
		{"https://www.facebook.com/p/posts/1?comment_id=1", "https://www.facebook.com/p/posts/1?comment_id=2"},
		{"https://maps.google.com/?cid=1", "https://maps.google.com/?cid=2"},
		{"https://www.google.com/search?q=a", "https://www.google.com/search?q=b"},
		{"https://open.spotify.com/track/6rqhFgbbKwnb9MLmUQDhH1",
			"https://open.spotify.com/track/6rqhFgbbKwnb9MLmUQDhh1"},
		{"https://shop.example.org/?id=1", "https://shop.example.org/?id=2"},
		{"https://example.org/A", "https://example.org/a"},
		{"https://x.com/u/status/1/photo/1", "https://x.com/u/status/2/photo/1"},
		{"https://www.tiktok.com/v/1.html", "https://www.tiktok.com/v/2.html"},
		{"https://discord.gg/AbC", "https://discord.gg/abc"},
		{"https://www.youtube.com/channel/UCAbc", "https://www.youtube.com/channel/UCABC"},
		{"https://www.youtube.com/watch?v=dQw4w9WgY09&start=5", "https://www.youtube.com/watch?v=dQw4w9WgY10&start=5"},
		{"https://www.youtube.com/clip/UgkxA", "https://www.youtube.com/clip/UgkxB"},
		{"https://www.youtube.com/post/UgkxA", "https://www.youtube.com/post/UgkxB"},
		{"https://vk.ru/photo1_2", "https://vk.com/photo1_3"},
		{"https://www.instagram.com/profile_1/tagged/", "https://www.instagram.com/profile_2/tagged/"},
		{"https://www.reddit.com/r/a/comments/b1/x/c1", "https://www.reddit.com/r/a/comments/b1/x/c2"},
		{"https://www.tiktok.com/@u/live", "https://www.tiktok.com/@u"},
		{"https://www.instagram.com/p/CAbc6/c/17/", "https://www.instagram.com/p/CAbc6/"},
		{"https://example.org/a?page=1", "https://example.org/a"},
		{"https://example.org/#/a", "https://example.org/#/b"},
		{"https://old.example.org/a", "https://new.example.org/a"},
		{"https://music.example.org/a", "https://example.org/a"},
		{"https://www.instagram.com/share/p/AbC", "https://www.instagram.com/p/AbC"},
		{"https://vk.com/wall-1_2", "https://vk.com/wall-1_2_r3"},
	} {
		if a, b := parse.TargetLoosely(pair[0], ""), parse.TargetLoosely(pair[1], ""); a == b {
			t.Errorf("%s and %s are both %s", pair[0], pair[1], a)
		}
	}
}
