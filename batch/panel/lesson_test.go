package panel

import (
	"testing"
	"time"
)

func TestWhatIsLearnedOfConnectionsThatNothingIsSentOn(t *testing.T) {
	now := time.Unix(1e9, 0)
	after := func(d time.Duration) time.Time { return now.Add(d) }
	var l lesson
	tests := []struct {
		name string
		do   func()
		at   time.Duration
		want time.Duration
	}{
		{"nothing yet", func() {}, 0, spareAge},
		{"one was closed after a second", func() { l.closed(now, time.Second, 50*time.Millisecond) }, 0,
			time.Second / 2},
		{"another after 400 ms", func() { l.closed(now, 400*time.Millisecond, 50*time.Millisecond) }, 0,
			200 * time.Millisecond},
		{"one that was open for long changes nothing", func() { l.closed(now, time.Minute, 0) }, 0, 200 * time.Millisecond},
		{"one that is closed before another is open", func() { l.closed(now, 400*time.Millisecond, 300*time.Millisecond) },
			0, 0},
		{"ten minutes later", func() {}, lessonTime, spareAge},
		{"one couldn't be opened", func() { l.failed(after(lessonTime)) }, lessonTime + failTime - 1, 0},
		{"another with it", func() { l.failed(after(lessonTime + 1)) }, lessonTime + failTime, spareAge},
		{"later again", func() { l.failed(after(lessonTime + failTime)) }, lessonTime + 3*failTime - 1, 0},
		{"and then all is well", func() {}, lessonTime + 3*failTime, spareAge},
	}
	for _, tt := range tests {
		if tt.do(); l.oldest(after(tt.at)) != tt.want {
			t.Errorf("%s: used until %v old, want %v", tt.name, l.oldest(after(tt.at)), tt.want)
		}
	}
}

// TestNoneIsUsedAtAnAgeAtWhichNoneWasSeenOpen: it might be closed while the request is on its way.
func TestNoneIsUsedAtAnAgeAtWhichNoneWasSeenOpen(t *testing.T) {
	now := time.Unix(1e9, 0)
	var l lesson
	want := func(usable time.Duration) {
		t.Helper()
		if got := l.usable(now); got != usable {
			t.Errorf("they are used until %v old, want %v", got, usable)
		}
	}
	want(spareTrust)
	l.proven = 300 * time.Millisecond
	want(spareTrust)
	l.proven = 1600 * time.Millisecond
	want(800 * time.Millisecond)
	l.proven = time.Minute
	want(spareAge)
	l.closed(now, time.Second, 0)
	want(time.Second / 2)
	l.closed(now, 0, 0)
	want(0)
}

func TestAsManyAheadAsAreNeeded(t *testing.T) {
	now := time.Unix(1e9, 500_000_000)
	tests := []struct {
		name   string
		lasts  time.Duration
		flow   int
		oldest time.Duration // 0: nothing was learned
		most   int
		want   int
	}{
		{"three a second need none", time.Second, 3, 0, 100, 0},
		{"100 a second, opened in 100 ms", 100 * time.Millisecond, 100, 0, 100, 21},
		{"100 a second, opened in 300 ms", 300 * time.Millisecond, 100, 0, 100, 55},
		{"no more than there may be", 300 * time.Millisecond, 100, 0, 25, 25},
		{"no more than 128", time.Second, 1000, 0, 1000, sparesMost},
		{"they are opened in no time", 4 * time.Millisecond, 100, 0, 100, 0},
		{"how long it takes isn't known", 0, 100, 0, 100, 0},
		{"they are used soon after they are opened", 800 * time.Millisecond, 10, 0, 100, 10},
		{"they are closed after 300 ms", 200 * time.Millisecond, 100, 150 * time.Millisecond, 100, 27},
	}
	for _, tt := range tests {
		s := &spares{lasts: tt.lasts, most: tt.most, flow: meter{second: now.Unix(), last: tt.flow, this: tt.flow / 2}}
		if tt.flow%2 == 1 {
			s.flow.this++
		}
		if tt.oldest > 0 {
			s.lesson = lesson{age: tt.oldest, until: now.Add(time.Minute)}
		}
		if got := s.enough(now); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}
