package batch

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// Follower asks how orders stand.
type Follower struct {
	Journal *journal.Journal
	Batch   journal.Batch
	Panel   *panel.Client
	Rate    Rate // calls, like orders, are requests that a panel limits
}

// callsAtOnce is how many status calls are under way at once.
const callsAtOnce = 8

// AskNew asks once for the status of every placed row whose status was never asked: only there does the
// panel tell what it charged. An error leaves the rest for later; nothing is lost by it.
func (f *Follower) AskNew(ctx context.Context) error {
	pace := NewPace(f.Rate)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(callsAtOnce)
	for after := int64(0); ; {
		entries, err := f.Journal.Unchecked(ctx, f.Batch, after, panel.Many)
		if err == nil && len(entries) > 0 {
			err = sleep(ctx, pace.Wait(time.Now()))
		}
		if err != nil || len(entries) == 0 {
			return errors.Join(g.Wait(), notCancelled(err))
		}
		after = entries[len(entries)-1].Seq
		pace.Went(time.Now())
		g.Go(func() error { return f.ask(ctx, entries) })
	}
}

// notCancelled leaves out what only follows from another error.
func notCancelled(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// ask asks about up to [panel.Many] rows. What the answer lacks stays as it was.
func (f *Follower) ask(ctx context.Context, entries []journal.Entry) error {
	ids := make([]string, len(entries))
	for i, e := range entries {
		ids[i] = e.OrderID
	}
	statuses, err := f.Panel.Statuses(ctx, ids)
	if err != nil {
		return err
	}
	var checked []journal.Checked
	for _, e := range entries {
		if s, is := statuses[e.OrderID]; is && s.Error == "" {
			checked = append(checked, journal.Checked{Seq: e.Seq, At: time.Now(), Status: s})
		}
	}
	return f.Journal.Check(f.Batch, checked)
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
