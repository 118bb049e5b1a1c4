package follow

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// TestTheClockIsSetWhileASchedulesTimeIsWaitedFor: forward, back, and by a machine that slept. moved tells how
// the clock differs from the time that passes, from a moment on.
func TestTheClockIsSetWhileASchedulesTimeIsWaitedFor(t *testing.T) {
	for _, c := range []struct {
		name  string
		moved time.Duration // 10 minutes after the beginning
		cron  string        // empty: every hour
		first time.Duration // how long the first time is waited for
	}{
		{"not at all", 0, "", time.Hour},
		{"forward by half an hour", 30 * time.Minute, "", 30 * time.Minute},
		{"forward by five hours", 5 * time.Hour, "", 10 * time.Minute},
		{"back by half an hour", -30 * time.Minute, "", 70 * time.Minute},
		{"back by a day", -24 * time.Hour, "", 70 * time.Minute},
		{"back by a day, by cron", -24 * time.Hour, "0 * * * *", time.Hour},
		{"forward by a day, by cron", 24 * time.Hour, "0 * * * *", 10 * time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now() // midnight
				s, err := Every(time.Hour)
				if c.cron != "" {
					s, err = Cron(c.cron, time.UTC)
				}
				if err != nil {
					t.Fatal(err)
				}
				s.clock = func() time.Time {
					if time.Since(start) < 10*time.Minute {
						return time.Now()
					}
					return time.Now().Add(c.moved)
				}
				rounds, waited := 0, time.Duration(0)
				err = s.Keep(t.Context(), func(context.Context) (bool, error) {
					if rounds++; rounds == 2 {
						waited = time.Since(start)
					}
					return rounds == 3, nil
				}, func(time.Time) {})
				if err != nil {
					t.Fatal(err)
				}
				if late := waited - c.first; late < 0 || late > nap {
					t.Errorf("the second round came after %v, want %v", waited, c.first)
				}
				if third := time.Since(start) - waited; third < 49*time.Minute ||
					third > time.Hour+nap { // cron goes by the hour: ten minutes of it had passed
					t.Errorf("the third round came %v later", third)
				}
			})
		})
	}
}
