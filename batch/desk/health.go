package desk

import (
	"context"
	"errors"
	"time"

	"bulkorder/batch/journal"
)

// AccountHealth is what the books know of an account beside its orders.
type AccountHealth struct {
	Learned time.Time // when its answers taught the limit that is kept to; zero: they taught none
	Doubts  int       // rows in doubt or under way
	Looked  time.Time // when its balance was compared with its orders last; zero: never
}

// Healths tells that of accounts, by their numbers. No panel is asked.
func (d *Desk) Healths(ctx context.Context, accounts []journal.AccountRate) (map[int64]AccountHealth, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return nil, err
	}
	limits, err := j.Limits(ctx)
	if err != nil {
		return nil, err
	}
	all := map[int64]AccountHealth{}
	for _, a := range accounts {
		var h AccountHealth
		for _, l := range limits {
			if l.Account == a.Panel {
				h.Learned = l.Learned
			}
		}
		if h.Doubts, err = j.RowsInDoubt(ctx, a.Account); err != nil {
			return nil, err
		}
		last, err := j.MomentBefore(ctx, a.Account, time.Now())
		if err != nil && !errors.Is(err, journal.ErrNoMoment) {
			return nil, err
		}
		h.Looked = last.At
		all[a.Account] = h
	}
	return all, nil
}
