package plan

import (
	"testing"

	"bulkorder/batch/panel"
)

func TestAnIdThatNamesAnotherService(t *testing.T) {
	type service struct{ name, category string }
	for _, c := range []struct {
		was, is service
		another bool
	}{
		{service{"Instagram Likes [Real]", "Instagram"}, service{"Instagram Likes [Real]", "Instagram"}, false},
		{service{"Instagram Likes [Real]", "Instagram"}, service{"TikTok Views [Bot]", "Instagram"}, true},
		{service{"Instagram Likes [Real]", "Instagram"}, service{"TikTok Views", "TikTok"}, true},
		{service{"Instagram Likes", "Instagram"}, service{"Instagram Followers", "Instagram"}, true},
		{service{"Instagram Likes [Real]", "Instagram"}, service{"🔥 Instagram Likes | 10K/day | No drop", "Best sellers"}, false},
		{service{"Instagram Likes", "Instagram"}, service{"Likes [speed 5K]", "Instagram - Promo"}, false},
		{service{"Real | 30 days refill", "Instagram Followers"}, service{"Real | 30 days refill", "TikTok Followers"}, true},
		{service{"Real | 30 days refill", "Instagram Followers"}, service{"Real | 60 days refill", "Best sellers"}, false},
		{service{"Server A", ""}, service{"Server A - slow", ""}, false},
		{service{"Server A", ""}, service{"Something else", ""}, true},
		{service{"Followers", ""}, service{"Fans", ""}, false},
		{service{"Подписчики быстрые", "Телеграм"}, service{"Просмотры видео", "Телеграм"}, true},
	} {
		was, is := panel.Service{Name: c.was.name, Category: c.was.category}, panel.Service{Name: c.is.name, Category: c.is.category}
		if IsAnother(was, is) != c.another {
			t.Errorf("%v became %v: want another %v", c.was, c.is, c.another)
		}
	}
}
