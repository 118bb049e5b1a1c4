package desk

import (
	"context"
	"errors"
	"time"

	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
)

// Asking gives what people said about how often orders are asked about, the latest first, so many at most. The first
// one counts, for all workers of these books; none: each asks as it was started.
func (d *Desk) Asking(ctx context.Context, most int) ([]journal.Schedule, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return nil, err
	}
	return j.Schedules(ctx, most)
}

// rarest is how seldom orders may be asked about.
const rarest = 7 * 24 * time.Hour

// SetAsking says how often orders are asked about from now on, and until when; 0: not at all, and a zero time: without
// end.
func (d *Desk) SetAsking(ctx context.Context, every time.Duration, until time.Time) error {
	if every != 0 {
		if _, err := follow.Every(every); err != nil {
			return &Mistake{err}
		}
	}
	switch {
	case every != 0 && (every < time.Minute || every > rarest):
		return &Mistake{errors.New("orders are asked about every minute at the most, and every week at the least")}
	case !until.IsZero() && !until.After(time.Now()):
		return &Mistake{errors.New("that time is over already")}
	}
	j, err := d.Journal(ctx)
	if err != nil {
		return err
	}
	return j.Say(journal.Schedule{Every: every, Until: until, By: d.By, At: time.Now()})
}
