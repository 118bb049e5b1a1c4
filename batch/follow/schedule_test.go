package follow_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"bulkorder/batch/follow"
)

// TestCronThroughTheYear: in Berlin the clock goes from 02:00 to 03:00 on 2026-03-29 and from 03:00 back to
// 02:00 on 2026-10-25; on Lord Howe Island it is half an hour.
func TestCronThroughTheYear(t *testing.T) {
	for _, c := range []struct{ cron, zone, from, want string }{
		{"*/15 * * * *", "UTC", "2026-03-01T10:07:30Z", "10:15 10:30 10:45 11:00"},
		{"*/15 * * * *", "UTC", "2026-03-01T10:15:00Z", "10:30"},
		{"30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00+01:00", "28.02:30+01 29.03:00+02 30.02:30+02"},
		{"0 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00+01:00", "28.02:00+01 29.03:00+02 30.02:00+02"},
		{"0 3 * * *", "Europe/Berlin", "2026-03-28T00:00:00+01:00", "28.03:00+01 29.03:00+02 30.03:00+02"},
		{"*/30 * * * *", "Europe/Berlin", "2026-03-29T01:10:00+01:00", "29.01:30+01 29.03:00+02 29.03:30+02"},
		{"30 2 * * *", "Europe/Berlin", "2026-10-24T00:00:00+02:00", "24.02:30+02 25.02:30+02 26.02:30+01"},
		{"0 3 * * *", "Europe/Berlin", "2026-10-24T12:00:00+02:00", "25.03:00+01 26.03:00+01"},
		{"*/30 * * * *", "Europe/Berlin", "2026-10-25T01:40:00+02:00",
			"25.02:00+02 25.02:30+02 25.02:00+01 25.02:30+01 25.03:00+01"},
		{"15 * * * *", "Europe/Berlin", "2026-10-25T02:20:00+02:00", "25.02:15+01 25.03:15+01"},
		{"0 6 * * 1-5", "Europe/Berlin", "2026-10-23T07:00:00+02:00", "26.06:00+01 27.06:00+01"},
		{"15 * * * *", "Australia/Lord_Howe", "2026-10-04T01:00:00+10:30", "04.01:15+1030 04.02:30+11 04.03:15+11"},
		{"15,45 * * * *", "Australia/Lord_Howe", "2026-04-05T01:20:00+11:00", "05.01:45+11 05.01:45+1030 05.02:15+1030"},
		{"@daily", "America/New_York", "2026-11-01T00:30:00-04:00", "02.00:00-05 03.00:00-05"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		s, err := follow.Cron(c.cron, zone)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse(time.RFC3339, c.from)
		if err != nil {
			t.Fatal(err)
		}
		form := "02.15:04Z07"
		if c.zone == "UTC" {
			form = "15:04"
		}
		var got []string
		for range strings.Fields(c.want) {
			if at, err = s.Next(at); err != nil {
				t.Fatal(err)
			}
			if _, offset := at.Zone(); offset%3600 != 0 {
				got = append(got, at.Format("02.15:04Z0700"))
				continue
			}
			got = append(got, at.Format(form))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s in %s from %s: %v, want %s", c.cron, c.zone, c.from, got, c.want)
		}
	}
}

func TestSchedulesThatAreNone(t *testing.T) {
	for _, cron := range []string{"", "* * * *", "61 * * * *", "* * * * * *", "0 0 31 2 *", "every day", "0 0 * * 9"} {
		if s, err := follow.Cron(cron, time.UTC); err == nil {
			t.Errorf("%q is %s", cron, s)
		}
	}
	for _, d := range []time.Duration{0, -time.Minute, time.Millisecond} {
		if s, err := follow.Every(d); err == nil {
			t.Errorf("%v is %s", d, s)
		}
	}
}

func TestWaitingForTheNextTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := follow.Every(15 * time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		next, err := s.Next(start)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Wait(t.Context(), next); err != nil || time.Since(start) != 15*time.Minute {
			t.Errorf("waited %v: %v", time.Since(start), err)
		}
		if err := s.Wait(t.Context(), next); err != nil || time.Since(start) != 15*time.Minute {
			t.Errorf("a time that is past was waited for, until %v: %v", time.Since(start), err)
		}
	})
}

func TestSchedulesAreToldAsPeopleSayThem(t *testing.T) {
	for d, want := range map[time.Duration]string{
		15 * time.Minute: "every 15 min", 2 * time.Hour: "every 2 h", 90 * time.Minute: "every 90 min",
		90 * time.Second: "every 90 s", 1500 * time.Millisecond: "every 1.5 s",
	} {
		if s, err := follow.Every(d); err != nil || s.String() != want {
			t.Errorf("%q, %v; want %q", s, err, want)
		}
	}
}
