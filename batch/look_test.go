package batch

import (
	"testing"
	"time"
)

func TestWhenAnAccountIsLookedAt(t *testing.T) {
	now := time.Unix(1e9, 0)
	for _, c := range []struct {
		name           string
		first          bool // the look after the first orders was made
		sent, under    int
		age            time.Duration
		wanted, before bool
		catalogue      bool
	}{
		{"nothing was sent yet", false, 0, 0, time.Second, false, false, false},
		{"nine orders", false, 9, 2, time.Second, false, false, false},
		{"ten orders, one is under way", false, 10, 1, time.Second, false, true, false},
		{"ten orders, all answered", false, 10, 0, time.Second, true, true, false},
		{"few orders since", true, 100, 4, 10 * time.Second, false, false, false},
		{"many orders since: it begins early", true, 400, 4, 10 * time.Second, true, false, false},
		{"as many as may be", true, 500, 4, 10 * time.Second, true, true, false},
		{"long ago: it begins early", true, 20, 4, 45 * time.Second, true, false, false},
		{"nothing was sent for long", true, 0, 0, 45 * time.Second, false, false, false},
		{"as long ago as may be", true, 20, 4, 60 * time.Second, true, true, true},
		{"the machine slept", true, 0, 0, 5 * time.Hour, true, true, true},
		{"it slept before the first ten", false, 3, 0, 5 * time.Hour, true, true, true},
		{"the clock was set back", true, 3, 0, -5 * time.Hour, true, true, true},
	} {
		w := watchful{began: now.Add(-c.age), priced: now.Add(-c.age), first: c.first, sent: c.sent, oldest: time.Minute}
		if wanted, before := w.due(now, c.under); wanted != c.wanted || before != c.before {
			t.Errorf("%s: wanted %v, nothing may leave before %v", c.name, wanted, before)
		}
		if got := w.withCatalogue(now); got != c.catalogue {
			t.Errorf("%s: with the catalogue %v", c.name, got)
		}
	}
	w := watchful{began: now.Add(-time.Second), priced: now.Add(-11 * time.Minute), oldest: time.Minute}
	if !w.withCatalogue(now) {
		t.Error("a catalogue of eleven minutes ago isn't looked at")
	}
}
