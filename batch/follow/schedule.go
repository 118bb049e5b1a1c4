package follow

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"bulkorder/batch/pace"
	"github.com/adhocore/gronx"
)

// Schedule says when something is done again: every so often, or by the clock on the wall.
type Schedule struct {
	every time.Duration // 0: by cron
	cron  string
	zone  *time.Location
	clock func() time.Time // on the wall; nil: the machine's
}

// Every makes a schedule that leaves a time between one beginning and the next.
func Every(d time.Duration) (Schedule, error) {
	if d < time.Second {
		return Schedule{}, fmt.Errorf("%s is too often; use 1s or longer, such as 15m", d)
	}
	return Schedule{every: d}, nil
}

// Cron makes a schedule of the five fields of crontab ("*/15 * * * *") or one of the names @hourly, @daily, @weekly,
// @monthly, @yearly, by the
// clock of a zone.
func Cron(expression string, zone *time.Location) (Schedule, error) {
	s := Schedule{cron: strings.TrimSpace(expression), zone: zone}
	if fields, is := map[string]string{"@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0",
		"@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *"}[s.cron]; is {
		s.cron = fields
	}
	if !gronx.IsValid(s.cron) || len(strings.Fields(s.cron)) != 5 {
		return s, fmt.Errorf(
			"%q is no cron schedule; it has five fields, such as \"*/15 * * * *\" or \"0 6 * * 1-5\"",
			expression,
		)
	}
	if _, err := gronx.NextTickAfter(s.cron, time.Now().UTC(), false); err != nil {
		return s, fmt.Errorf("the cron schedule %q never comes: %w", expression, err)
	}
	return s, nil
}

// String tells the schedule, with its zone where that matters.
func (s Schedule) String() string {
	if s.cron == "" {
		switch {
		case s.every%time.Hour == 0:
			return fmt.Sprintf("every %d h", int(s.every.Hours()))
		case s.every%time.Minute == 0:
			return fmt.Sprintf("every %d min", int(s.every.Minutes()))
		}
		return fmt.Sprintf("every %g s", s.every.Seconds())
	}
	return fmt.Sprintf("by %q in the time zone %s", s.cron, s.zone)
}

// Next gives the first time after now.
//
// Where the clock on the wall is put forward, what falls into the missing hour is done at its end. Where it
// is put back, schedules for all hours go on through both of the two equal hours, and those that name hours
// are not done twice.
func (s Schedule) Next(now time.Time) (time.Time, error) {
	if s.cron == "" {
		return now.Add(s.every), nil
	}
	now = now.In(s.zone)
	from, inclusive := wall(now), false
	for range 20 { // changes of the clock that lie between
		tick, err := gronx.NextTickAfter(s.cron, from, inclusive)
		if err != nil {
			return time.Time{}, fmt.Errorf("the cron schedule %q: %w", s.cron, err)
		}
		at := now.Add(tick.Sub(wall(now)))
		_, change := now.ZoneBounds()
		if change.IsZero() || at.Before(change) {
			return at, nil
		}
		before, after := now.Add(change.Sub(now)-1), change.In(s.zone)
		missing := wall(after).After(wall(before).Add(1))
		if missing && tick.Before(wall(after)) {
			return after, nil
		}
		now, from, inclusive = after, wall(after), true
		if !missing && !s.allHours() {
			from = wall(before).Add(1)
		}
	}
	return time.Time{}, errors.New("the time zone's clock changes too often")
}

func (s Schedule) allHours() bool {
	return strings.HasPrefix(strings.Fields(s.cron)[1], "*")
}

// wall reads a time off the clock on the wall, as if that were in UTC: there no hour is missing or comes
// twice.
func wall(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// nap is how long is slept at a time: a timer stands still while the machine sleeps, and doesn't see that the
// clock was set.
const nap = 30 * time.Second

// Wait waits until a time by the clock, or ctx is cancelled. Where the clock is put back meanwhile it
// waits for the time that is next then.
func (s Schedule) Wait(ctx context.Context, until time.Time) error {
	last := s.now()
	for {
		t := s.now()
		if t.Before(last.Add(-nap)) {
			next, err := s.Next(t)
			if err != nil {
				return err
			}
			if next.Before(until) {
				until = next
			}
		}
		if !t.Before(until) {
			return ctx.Err()
		}
		last = t
		if err := pace.Sleep(ctx, min(until.Sub(t), nap)); err != nil {
			return err
		}
	}
}

// now is the time by the clock alone: the running time that Go adds to it stands still with the machine.
func (s Schedule) now() time.Time {
	if s.clock != nil {
		return s.clock().Round(0)
	}
	return time.Now().Round(0)
}

// Keep does something at once and then again at each time of the schedule, until it is done, fails, or ctx is
// cancelled. Times that pass meanwhile are left out. told hears when the next time is; nil: nobody wants to know.
func (s Schedule) Keep(
	ctx context.Context,
	do func(context.Context) (done bool, err error),
	told func(next time.Time),
) error {
	for {
		begun := s.now()
		done, err := do(ctx)
		if done || err != nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		next, err := s.Next(begun)
		if err == nil && next.Before(s.now()) {
			next, err = s.Next(s.now())
		}
		if err != nil {
			return err
		}
		if told != nil {
			told(next)
		}
		if err := s.Wait(ctx, next); err != nil {
			return err
		}
	}
}
