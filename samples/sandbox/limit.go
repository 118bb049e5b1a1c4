package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// limiter permits so many requests. Requests over the limit are not counted, so that waiting always helps.
type limiter struct {
	most   int           // requests in a window, or in a full bucket; 0: any number
	window time.Duration // of requests that are counted together
	clock  bool          // windows begin with the clock's minutes and seconds; false: with each request
	fill   float64       // tokens a second that come into the bucket; 0: it is no bucket
	silent bool          // no Retry-After is told

	permitted []time.Time // within the window
	tokens    float64
	filled    time.Time // when tokens was right
}

// newLimiter permits rate requests in any 60 seconds, or what limit says.
func newLimiter(rate int, limit string) (limiter, error) {
	if limit == "" {
		return limiter{most: max(rate, 0), window: time.Minute}, nil
	}
	return parseLimit(limit)
}

// parseLimit reads a limit as Config.Limit writes it:
//
//	limit = ( "any" | "minute" | "second" ) ":" requests [ ":silent" ]
//	      | "bucket" ":" requests ":" fill [ ":silent" ]
//
// "any" counts the requests of any 60 seconds, "minute" and "second" those of each minute and second of the clock. A
// bucket is full at first, and fill requests a second come into it. With "silent" no Retry-After is told.
func parseLimit(text string) (l limiter, err error) {
	wrong := fmt.Errorf("limit %q: expected such as second:5, minute:100, any:60 or bucket:50:10, and :silent", text)
	text, l.silent = strings.CutSuffix(text, ":silent")
	words := strings.Split(text, ":")
	if len(words) < 2 {
		return l, wrong
	}
	if l.most, err = strconv.Atoi(words[1]); err != nil || l.most < 1 {
		return l, wrong
	}
	l.window, l.clock = time.Minute, words[0] != "any"
	switch {
	case len(words) == 3 && words[0] == "bucket":
		l.tokens = float64(l.most)
		if l.fill, err = strconv.ParseFloat(words[2], 64); err != nil || !(l.fill > 0) {
			return l, wrong
		}
	case len(words) != 2 || !slices.Contains([]string{"any", "minute", "second"}, words[0]):
		return l, wrong
	case words[0] == "second":
		l.window = time.Second
	}
	return l, nil
}

// wait permits a request and returns 0, or returns how long until the next
// one would be permitted.
func (l *limiter) wait(now time.Time) time.Duration {
	switch {
	case l.most == 0:
		return 0
	case l.fill > 0:
		return l.draw(now)
	}
	ends := func(t time.Time) time.Time {
		if l.clock {
			t = t.Truncate(l.window)
		}
		return t.Add(l.window)
	}
	l.permitted = slices.DeleteFunc(l.permitted, func(t time.Time) bool { return !now.Before(ends(t)) })
	if len(l.permitted) >= l.most {
		return ends(l.permitted[0]).Sub(now)
	}
	l.permitted = append(l.permitted, now)
	return 0
}

// draw takes a token from the bucket, or says when one will be there.
func (l *limiter) draw(now time.Time) time.Duration {
	if !l.filled.IsZero() {
		l.tokens = min(float64(l.most), l.tokens+l.fill*now.Sub(l.filled).Seconds())
	}
	l.filled = now
	if l.tokens < 1 {
		return time.Duration((1 - l.tokens) / l.fill * float64(time.Second))
	}
	l.tokens--
	return 0
}
