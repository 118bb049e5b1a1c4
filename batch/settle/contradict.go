package settle

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bulkorder/batch/journal"
)

// contradictions keeps alarms about orders that stand where those of rows must lie which were decided as not placed,
// and that no row in doubt explains; and about orders that a person named and that are charged otherwise now.
func (s *Settler) contradictions(ctx context.Context, m *matching) error {
	if err := s.twice(m); err != nil {
		return err
	}
	for i, x := range m.suspects {
		if x.tried == nil || x.tried.Decision == nil {
			continue
		}
		for _, j := range m.can[i] {
			doubted := slices.ContainsFunc(m.rowsOf(j), func(k int) bool {
				return m.suspects[k].tried == nil && !m.suspects[k].copied
			})
			if doubted || m.fits(x.entry, m.orders[j]) != fitting {
				continue
			}
			d := x.tried.Decision
			words := fmt.Sprintf(
				"%s where the order of row %s of batch %s must lie, which was decided as not placed by %s "+
					"on %s, and it fits: the row may be ordered twice",
				m.list([]int{j}, "stands", ""),
				x.entry.At(),
				x.batch.ID,
				d.By,
				d.At.UTC().Format("2006-01-02 15:04 UTC"),
			)
			a := journal.Alarm{Seq: x.entry.Seq, At: time.Now(), OrderID: m.id(j), Words: words}
			if err := s.Journal.RaiseAlarm(x.batch.ID, a); err != nil {
				return err
			}
		}
	}
	return Recharged(ctx, s.Journal, s.Batch)
}

// Contradict looks whether orders stand where those of the batch's rows must lie which were decided as not placed, and
// keeps alarms about them, and about orders of requests that were turned away. Where no row was, lately, it asks for
// nothing.
func (s *Settler) Contradict(ctx context.Context) error { return s.contradict(ctx, refusedCalls) }

// contradict makes so many calls about refused rows at most.
func (s *Settler) contradict(ctx context.Context, most int) error {
	if err := s.paidTwice(ctx, most); err != nil {
		return err
	}
	suspects, book, err := s.bounded(ctx)
	if err != nil {
		return err
	}
	decided := slices.ContainsFunc(suspects, func(x suspect) bool {
		return x.batch.ID == s.Batch.ID && x.tried != nil && x.tried.Decision != nil
	})
	if !decided || !book.numeric {
		return Recharged(ctx, s.Journal, s.Batch)
	}
	p := s.prober()
	k, err := s.learn(ctx, p)
	if err != nil {
		return err
	}
	ids, err := p.unclaimed(ctx, book, suspects)
	if err != nil {
		return err
	}
	if suspects, book, err = s.bounded(ctx); err != nil {
		return err
	}
	orders, err := s.found(ctx, p, book, ids)
	if err != nil {
		return err
	}
	if err := s.priced(ctx, &k, suspects); err != nil {
		return err
	}
	return s.contradictions(ctx, match(suspects, orders, k))
}

// Recharged keeps alarms about orders of a batch that a person named and that are charged otherwise now.
func Recharged(ctx context.Context, j *journal.Journal, b journal.Batch) error {
	all, err := j.Recharged(ctx, b, time.Now().Add(-decidedSince))
	if err != nil {
		return err
	}
	for _, a := range all {
		a.At = time.Now()
		if err := j.RaiseAlarm(b.ID, a); err != nil {
			return err
		}
	}
	return nil
}

// rowsOf gives the rows that may have an order.
func (m *matching) rowsOf(order int) (rows []int) {
	for i, can := range m.can {
		if slices.Contains(can, order) {
			rows = append(rows, i)
		}
	}
	return rows
}
