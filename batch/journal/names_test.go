package journal

import (
	"testing"

	"bulkorder/batch/panel"
)

// TestANameAndTheLinkToItAreOneTarget: the service is for one site, whether its words tell which or not.
func TestANameAndTheLinkToItAreOneTarget(t *testing.T) {
	ordered := func(s panel.Service, link string) Identity {
		return Identify(s, []panel.Param{{Name: "service", Value: s.ID}, {Name: "link", Value: link},
			{Name: "quantity", Value: "100"}}, "")
	}
	alike := func(a, b Identity) bool {
		likes := func(id Identity) []string { return sheetRow{content: id.Content, alias: id.Alias}.likes() }
		for _, x := range likes(a) {
			for _, y := range likes(b) {
				if x == y {
					return true
				}
			}
		}
		return false
	}
	vague := panel.Service{ID: "1", Name: "Followers A", Category: "X", Type: "Default"}
	clear := panel.Service{ID: "1", Name: "Instagram Followers", Type: "Default"}
	for _, s := range []panel.Service{vague, clear} {
		for _, link := range []string{"https://www.instagram.com/nord_shop/", "instagram.com/Nord_Shop?igsh=abc",
			"https://www.instagram.com/nord_shop/reels/"} {
			if !alike(ordered(s, "@nord_shop"), ordered(s, link)) || !alike(ordered(s, link), ordered(s, "@Nord_Shop")) {
				t.Errorf("%s: @nord_shop and %s are two targets", s.Name, link)
			}
		}
		for _, link := range []string{"https://www.instagram.com/nord/", "https://www.instagram.com/p/nord_shop/"} {
			if alike(ordered(s, "@nord_shop"), ordered(s, link)) {
				t.Errorf("%s: @nord_shop and %s are one target", s.Name, link)
			}
		}
	}
	if alike(ordered(clear, "@nord_shop"), ordered(clear, "https://www.tiktok.com/@nord_shop")) {
		t.Error("a service for Instagram takes a name for one of TikTok")
	}
	if id := ordered(vague, "https://www.instagram.com/nord_shop/"); !id.Loose {
		t.Error("a sheet that has both can't mean both")
	}
	traffic := panel.Service{ID: "1", Name: "Traffic", Type: "Website Traffic"}
	if id := ordered(traffic, "https://www.instagram.com/nord_shop/"); id.Alias != "" {
		t.Error("an address for traffic is read as a name")
	}
}
