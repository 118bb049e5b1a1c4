package journal_test

import (
	"testing"
	"time"

	"bulkorder/batch/journal"
)

// TestWhatAnAccountLearnedIsSharedAndKept: two processes have the books open, and a third opens them later.
func TestWhatAnAccountLearnedIsSharedAndKept(t *testing.T) {
	path := journal.Place(t)
	open := func() (*journal.Journal, int64) {
		j, err := journal.OpenAt(t.Context(), t, path)
		if err != nil {
			t.Fatal(err)
		}
		known, err := j.OpenAccount(t.Context(), "https://panel.example/api/v2", "panel", "fingerprint")
		if err != nil {
			t.Fatal(err)
		}
		return j, known.N
	}
	now := time.Now().Truncate(time.Microsecond)
	want := journal.Share{
		Next: now.Add(time.Second), Free: now, Paused: now.Add(2 * time.Second), Slowed: now.Add(-time.Second), Rate: 38.8,
		Growth: 0.003, Hold: 150, Tight: 0.95, Given: 77,
		Limit: journal.Limit{PerSecond: 40, Most: 40, Window: time.Second, Learned: now.Add(-time.Hour)},
	}
	one, account := open()
	two, same := open()
	if account != same {
		t.Fatalf("accounts %d and %d", account, same)
	}
	one.Allowance(account).Change(now, func(s *journal.Share) { *s = want })
	two.Allowance(account).Change(now, func(s *journal.Share) {
		if *s != want {
			t.Errorf("another process is told\n%+v, want\n%+v", *s, want)
		}
		s.Given++
	})
	two.Allowance(account+1).Change(now, func(s *journal.Share) {
		if *s != (journal.Share{}) {
			t.Errorf("another account is told %+v", *s)
		}
	})
	one.Close()
	two.Close()
	three, _ := open()
	defer three.Close()
	three.Allowance(account).Change(now, func(s *journal.Share) {
		if want.Given++; *s != want {
			t.Errorf("the next run is told\n%+v, want\n%+v", *s, want)
		}
	})
	found, err := three.Limits(t.Context())
	if err != nil || len(found) != 1 || found[0] != (journal.FoundLimit{Account: "panel", Limit: want.Limit}) {
		t.Errorf("found limits %+v, %v", found, err)
	}
	if n, err := three.ForgetLimits(); n != 1 || err != nil {
		t.Errorf("forgot the limits of %d accounts, %v", n, err)
	}
	three.Allowance(account).Change(now, func(s *journal.Share) {
		rest := want
		rest.Rate, rest.Growth, rest.Hold, rest.Tight, rest.Limit = 0, 0, 0, 0, journal.Limit{}
		if *s != rest {
			t.Errorf("once limits are forgotten, the next run is told\n%+v, want\n%+v", *s, rest)
		}
	})
	if found, err := three.Limits(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("forgotten limits are told: %+v, %v", found, err)
	}
}

// TestWhatWasWrittenWhenTheClockWasAhead holds nobody up when it is right again.
func TestWhatWasWrittenWhenTheClockWasAhead(t *testing.T) {
	j, err := journal.OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	now := time.Now().Truncate(time.Microsecond)
	later := now.Add(48 * time.Hour)
	j.Allowance(1).Change(later, func(s *journal.Share) {
		s.Next, s.Free, s.Paused, s.Slowed = later, later, later, later
	})
	j.Allowance(1).Change(now, func(s *journal.Share) {
		for name, at := range map[string]time.Time{"next": s.Next, "free": s.Free, "paused": s.Paused, "slowed": s.Slowed} {
			if at.After(now) {
				t.Errorf("%s is %v ahead", name, at.Sub(now))
			}
		}
	})
}

// TestBooksThatAreClosedKeepNothingFromBeingAsked: what one knows itself goes on.
func TestBooksThatAreClosedKeepNothingFromBeingAsked(t *testing.T) {
	j, err := journal.OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	a := j.Allowance(1)
	a.Change(time.Now(), func(s *journal.Share) { s.Rate = 7 })
	j.Close()
	a.Change(time.Now(), func(s *journal.Share) { s.Rate++ })
	a.Change(time.Now(), func(s *journal.Share) {
		if s.Rate != 8 {
			t.Errorf("the rate is %v, want 8", s.Rate)
		}
	})
}
