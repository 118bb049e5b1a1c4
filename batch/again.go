package batch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// judgeAgain judges the kept answers of rows in doubt by what the configuration teaches today, and decides those that
// are clear now.
func (s *Settler) judgeAgain(ctx context.Context, out *Settlement, suspects []suspect) error {
	for _, x := range suspects {
		if x.other || x.sent.HTTPStatus == 0 {
			continue
		}
		a := s.Panel.JudgeAgain(x.sent.HTTPStatus, x.sent.Words, x.sent.Answer)
		d := journal.Decision{At: time.Now(), By: s.By, How: journal.ByText}
		switch {
		case a.Verdict == panel.Refused:
			d.State = journal.Refused
		case a.Verdict == panel.Unsent, a.Verdict == panel.Slow:
			d.State = journal.Queued
		case a.Verdict == panel.Placed:
			d.State, d.OrderID = journal.Placed, a.OrderID
		default: // the look decides about the others, as on a first attempt
			continue
		}
		d.Evidence = fmt.Sprintf("its answer was judged again, by what the configuration teaches since: %s", a.Words)
		err := s.Journal.Decide(x.batch, x.entry.Seq, d)
		if errors.Is(err, journal.ErrOrderTaken) {
			out.Alarm = err.Error()
			continue
		}
		if err != nil {
			return err
		}
		out.Conclusions = append(out.Conclusions, Conclusion{Batch: x.batch.ID, Entry: x.entry, How: d.How, State: d.State,
			OrderID: d.OrderID, Words: d.Evidence})
	}
	return ctx.Err()
}
