package settle

import (
	"context"
	"time"

	"bulkorder/batch/pace"
)

// SettleAll settles now, waits until the youngest row can be settled, and settles again.
func (s *Settler) SettleAll(ctx context.Context) (Settlement, error) {
	first, err := s.Settle(ctx)
	if err != nil || first.Ready.IsZero() {
		return first, err
	}
	if err := s.until(ctx, first.Ready); err != nil {
		return first, err
	}
	return s.Settle(ctx)
}

// until waits for a moment, and says for which.
func (s *Settler) until(ctx context.Context, moment time.Time) error {
	if s.Busy != nil {
		defer s.Busy("late orders may appear until " + moment.Local().Format(time.TimeOnly))()
	}
	return pace.Sleep(ctx, time.Until(moment))
}

func (s *Settler) late() time.Duration {
	if s.Late > 0 {
		return s.Late
	}
	return LateCommit
}
