package settle

import (
	"errors"
	"slices"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// judgeAgain judges the kept answers of rows in doubt by what the configuration teaches today, and decides those that
// are clear now and weren't then; not where an order may be the row's all the same, or its charge left the balance. It
// gives how many it decided.
func (s *Settler) judgeAgain(out *Settlement, m *matching) (decided int, err error) {
	for i, x := range m.suspects {
		a, clear := s.clear(x)
		if !clear || a.Verdict != panel.Placed && (len(m.can[i]) > 0 || len(m.earlier(i)) > 0 || m.lacks(i) != "") {
			continue
		}
		d := journal.Decision{At: time.Now(), By: s.By, How: journal.ByText, State: journal.Queued, OrderID: a.OrderID,
			Evidence: "its answer was judged again, by what the configuration teaches since: " + a.Words}
		switch a.Verdict {
		case panel.Refused:
			d.State = journal.Refused
		case panel.Placed:
			d.State = journal.Placed
		}
		err := s.Journal.Decide(x.batch, x.entry.Seq, d)
		if errors.Is(err, journal.ErrOrderTaken) {
			out.Alarm = err.Error()
			continue
		}
		if err != nil {
			return decided, err
		}
		decided++
		out.Conclusions = append(
			out.Conclusions,
			Conclusion{Batch: x.batch.ID, Entry: x.entry, How: d.How, State: d.State,
				OrderID: d.OrderID, Words: d.Evidence},
		)
	}
	return decided, nil
}

// clear tells whether a row's answer, which was in doubt when it came, is clear by what is taught today. The look
// decides about those that tell of funds or of an active order, as on a first attempt.
func (s *Settler) clear(x suspect) (a panel.Added, clear bool) {
	if x.other || x.sent.HTTPStatus == 0 || x.sent.Verdict != panel.InDoubt.String() {
		return a, false
	}
	a = s.Panel.JudgeAgain(x.sent.HTTPStatus, x.sent.Words, x.sent.Answer)
	return a, slices.Contains([]panel.Verdict{panel.Refused, panel.Unsent, panel.Slow, panel.Placed}, a.Verdict)
}
