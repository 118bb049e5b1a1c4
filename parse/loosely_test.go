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
