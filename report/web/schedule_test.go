package web

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestAScheduleIsChangedAndEnded: what a person says is kept with their name, counts after the server was started
// again, and what can't be is refused.
func TestAScheduleIsChangedAndEnded(t *testing.T) {
	v := newVisit(t)
	say := func(every, until, do string) (int, string) {
		return v.post("/schedules", url.Values{"every": {every}, "until": {until}, "do": {do}})
	}
	day := func(days int) string { return time.Now().AddDate(0, 0, days).Format(time.DateOnly) }
	for _, c := range []struct{ every, until, says string }{
		{"", "", "is no time"}, {"soon", "", "is no time"}, {"-5m", "", "is no time"},
		{"10s", "", "every minute at the most"},
		{"999h", "", "every week at the least"}, {"15m", "tomorrow", "is no day"}, {"15m", day(-2), "over already"},
	} {
		if code, text := say(c.every, c.until, "change"); code != 422 || !strings.Contains(text, c.says) {
			t.Errorf("%q until %q: %d: %s", c.every, c.until, code, text)
		}
	}
	if _, text := v.get("/schedules"); !strings.Contains(text, "aren't asked about by themselves") ||
		!strings.Contains(text, "--every off") || strings.Contains(text, "What was said") {
		t.Errorf("before anything was said: %s", text)
	}
	if code, text := say("90m", day(3), "change"); code != 200 || !strings.Contains(text, "Every <strong>1h30m</strong>") {
		t.Errorf("changed: %d: %s", code, text)
	}
	v.starts()
	if _, text := v.get("/schedules"); !strings.Contains(text, `value="1h30m"`) ||
		!strings.Contains(text, `<span dir="auto">anna</span>: every 1h30m until`) {
		t.Errorf("after the server was started again: %s", text)
	}
	if code, text := say("", "", "end"); code != 200 || !strings.Contains(text, "aren't asked about by themselves") ||
		!strings.Contains(text, "anna</span>: ended") {
		t.Errorf("ended: %d: %s", code, text)
	}
	said, err := v.desk.Asking(t.Context(), 10)
	must(t, err)
	if len(said) != 2 || said[0].Every != 0 || said[1].By != "anna" {
		t.Errorf("the books: %+v", said)
	}
	until := said[1].Until
	if !said[1].Asks(until.Add(-time.Second)) || said[1].Asks(until) || until.Local().Hour() != 0 {
		t.Errorf("it ends at %s", until)
	}
}
