package parse

import (
	"slices"
	"testing"
)

// TestThings: links that lead to what services aren't for are told, by what the service names; others aren't.
func TestThings(t *testing.T) {
	a := NewAims()
	for _, tt := range []struct {
		site, service, link string
		fits                bool
	}{
		{"Spotify", "Spotify Plays [Track]", "open.spotify.com/track/7ouM", true},
		{"Spotify", "Spotify Plays [Track]", "open.spotify.com/intl-de/track/7ouM", true},
		{"Spotify", "Spotify Plays [Track]", "https://open.spotify.com/album/2KYM", false},
		{"Spotify", "Spotify Plays [Track]", "https://open.spotify.com/playlist/bahT", false},
		{"Spotify", "Spotify Plays", "https://open.spotify.com/artist/u7NM", false},
		{"Spotify", "Spotify Plays", "https://open.spotify.com/album/u7NM", true},
		{"Spotify", "Spotify Followers [Artist / Playlist]", "https://open.spotify.com/playlist/bahT", true},
		{"Spotify", "Spotify Followers [Artist / Playlist]", "https://open.spotify.com/track/bahT", false},
		{"SoundCloud", "SoundCloud Plays", "https://soundcloud.com/dj-remy/night", true},
		{"SoundCloud", "SoundCloud Plays", "https://soundcloud.com/dj-remy", false},
		{"SoundCloud", "SoundCloud Plays", "https://on.soundcloud.com/xY7", true},
		{"SoundCloud", "SoundCloud Followers", "https://soundcloud.com/dj-remy/night", false},
		{"Pinterest", "Pinterest Followers", "https://www.pinterest.com/pin/8123/", false},
		{"Pinterest", "Pinterest Followers", "https://de.pinterest.com/tenpins/", true},
		{"Pinterest", "Pinterest Repins", "https://www.pinterest.com/tenpins/", false},
		{"Pinterest", "Pinterest Repins", "https://pin.it/2xYz", true},
		{"LinkedIn", "LinkedIn Company Followers", "https://www.linkedin.com/in/olivia-b/", false},
		{"LinkedIn", "LinkedIn Company Followers", "https://www.linkedin.com/company/yoga", true},
		{"LinkedIn", "LinkedIn Followers", "https://www.linkedin.com/in/olivia-b/", true},
		{"LinkedIn", "LinkedIn Post Likes", "https://www.linkedin.com/company/yoga", false},
		{"LinkedIn", "LinkedIn Post Likes", "https://www.linkedin.com/posts/olivia_a-1", true},
		{"Twitch", "Twitch Followers", "https://clips.twitch.tv/FunnyClip", false},
		{"Twitch", "Twitch Live Viewers [60 Minutes]", "https://www.twitch.tv/videos/2123", false},
		{"Twitch", "Twitch Live Viewers [60 Minutes]", "https://www.twitch.tv/nord", true},
		{"VK", "ВКонтакте | Подписчики в группу", "https://vk.com/wall-764_73", false},
		{"VK", "ВКонтакте | Подписчики в группу", "https://vk.com/some_group", true},
		{"VK", "ВКонтакте | Лайки на пост", "https://vk.com/some_group", false},
		{"VK", "ВКонтакте | Лайки на пост", "https://vk.com/some_group?w=wall-764_73", true},
		{"VK", "ВКонтакте | Лайки на пост", "https://vk.com/photo12_34", true},
		{"Facebook", "Facebook Page Likes + Followers", "https://www.facebook.com/groups/yoga", false},
		{"Facebook", "Facebook Page Likes + Followers", "https://www.facebook.com/yoga", true},
		{"Facebook", "Facebook Group Members", "https://www.facebook.com/yoga", false},
		{"Facebook", "Facebook Group Members", "https://www.facebook.com/groups/yoga/", true},
		{"Facebook", "Facebook Group Members", "https://www.facebook.com/share/g/1x/", true},
		{"Instagram", "Instagram Story Views", "https://www.instagram.com/p/CAN/", false},
		{"Instagram", "Instagram Story Views", "https://www.instagram.com/stories/ann/3212/", true},
		{"Instagram", "Instagram Story Views", "https://www.instagram.com/ann/", true},
		{"Instagram", "Instagram Followers", "https://www.instagram.com/ann/", true},
		{"Instagram", "Instagram Starter Package | 1000 Followers + 500 Likes", "https://www.instagram.com/ann/", true},
		{"Instagram", "Instagram Likes", "https://www.instagram.com/stories/ann/3212/", false},
	} {
		wanted, thing := a.Wanted(tt.site, tt.service), a.Thing(tt.site, tt.link)
		if fits := wanted == nil || thing == "" || slices.Contains(wanted, thing); fits != tt.fits {
			t.Errorf("%s for %s: it leads to %q, and wanted is %q", tt.link, tt.service, thing, wanted)
		}
	}
}

// TestSitesThatNobodyKnows: a service names a site by the word with which its name and its category begin.
func TestSitesThatNobodyKnows(t *testing.T) {
	a := NewAims()
	for _, tt := range []struct{ name, category, want string }{
		{"Fizzler Followers", "🟠 Fizzler", "fizzler"},
		{"Fizzler Likes | Fast", "Fizzler Likes", "fizzler"},
		{"Premium Followers", "Premium", ""},
		{"Turkey Followers", "Turkey", ""},
		{"Followers", "Followers", ""},
		{"Fizzler Package", "Fizzler", ""},
		{"Gold Followers", "Best sellers", ""},
	} {
		if got := a.UnknownSite(tt.name, tt.category); got != tt.want {
			t.Errorf("%s in %s: got %q, want %q", tt.name, tt.category, got, tt.want)
		}
	}
	aim, leads := a.OfService("Kwai Followers", "🟠 Kwai"), a.OfLink("https://k.kwai.com/u/1")
	if aim.Site != "Kwai" || leads.Site != "Kwai" {
		t.Errorf("Kwai: %v, %v", aim, leads)
	}
}
