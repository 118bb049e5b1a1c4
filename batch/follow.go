package batch

import (
	"context"
	"time"

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

// AskNew asks once for the status of every placed row whose status was never asked: only there does the
// panel tell what it charged. It gives how many rows were answered. An error leaves the rest for later;
// nothing is lost by it.
func (f *Follower) AskNew(ctx context.Context) (int, error) {
	pace, answered, after := NewPace(f.Rate), 0, int64(0)
	for {
		entries, err := f.Journal.Unchecked(ctx, f.Batch, after, panel.Many)
		if err != nil || len(entries) == 0 {
			return answered, err
		}
		after = entries[len(entries)-1].Seq
		if err := sleep(ctx, pace.Wait(time.Now())); err != nil {
			return answered, err
		}
		pace.Went(time.Now())
		n, err := f.ask(ctx, entries)
		answered += n
		if err != nil {
			return answered, err
		}
	}
}

// ask asks about up to [panel.Many] rows. What the answer lacks stays as it was.
func (f *Follower) ask(ctx context.Context, entries []journal.Entry) (int, error) {
	ids := make([]string, len(entries))
	for i, e := range entries {
		ids[i] = e.OrderID
	}
	statuses, err := f.Panel.Statuses(ctx, ids)
	if err != nil {
		return 0, err
	}
	var checked []journal.Checked
	for _, e := range entries {
		if s, is := statuses[e.OrderID]; is && s.Error == "" {
			checked = append(checked, journal.Checked{Seq: e.Seq, At: time.Now(), Status: s})
		}
	}
	return len(checked), f.Journal.Check(f.Batch, checked)
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
