package batch

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// copies gives the rows whose answers told their orders, since a time, as what they are where requests come twice: each
// may have a second order that nobody claims.
func (s *Settler) copies(ctx context.Context, l *ledger, since time.Time) ([]suspect, error) {
	rows, err := s.Journal.Answered(ctx, s.account(), since)
	if err != nil {
		return nil, err
	}
	var all []suspect
	for _, d := range rows {
		x := suspect{entry: d.Entry, batch: journal.Batch{ID: d.Batch}, beside: true, other: true, copied: true,
			sent: d.Sent, began: d.Began, ended: d.Ended}
		x.low, x.high = l.window(x, s.late())
		x.known = l.below(x.began) != 0
		all = append(all, x)
	}
	return all, nil
}

// explained tells whether orders that no row claims may all be second orders of ours, one of each: then requests come
// twice on their way, and nobody else need order on the account. It gives those that may have one.
func (s *Settler) explained(ctx context.Context, l *ledger, k learned, strangers []found) ([]suspect, bool, error) {
	if s.Panel.Panel.Exclusive != panel.Alone || len(k.roundings) == 0 || len(strangers) == 0 {
		return nil, false, nil
	}
	since := time.Now()
	for _, o := range strangers {
		if t := l.sentAround(o.id); t.Before(since) {
			since = t
		}
	}
	copies, err := s.copies(ctx, l, since.Add(-triedBefore))
	if err != nil {
		return nil, false, err
	}
	m := match(copies, strangers, k)
	return copies, len(m.unexplained()) == 0, nil
}

// sentAround gives when an order of ours was sent whose id is the last before another.
func (l *ledger) sentAround(id int64) (t time.Time) {
	last := int64(-1)
	for _, o := range l.own {
		if o.id < id && o.id > last {
			last, t = o.id, o.began
		}
	}
	return t
}

// withCopies matches again with the rows beside that may have second orders, where requests are known to come twice.
func (s *Settler) withCopies(ctx context.Context, m *matching, l *ledger) (*matching, error) {
	if !m.doubled || len(m.orders) == 0 {
		return m, nil
	}
	since := time.Now()
	for _, o := range m.orders {
		if t := l.sentAround(o.id); t.Before(since) {
			since = t
		}
	}
	copies, err := s.copies(ctx, l, since.Add(-triedBefore))
	if err != nil {
		return m, err
	}
	copies = slices.DeleteFunc(copies, func(x suspect) bool {
		return !slices.ContainsFunc(m.orders, func(o found) bool {
			return x.holds(o.id) && m.fits(x.entry, o.status) != misfit
		})
	})
	return match(append(slices.Clone(m.suspects), copies...), m.orders, m.learned), nil
}

// twice keeps alarms about orders that only a second order of ours explains: their rows are paid twice.
func (s *Settler) twice(m *matching) error {
	for j := range m.orders {
		rows := m.rowsOf(j)
		if len(rows) == 0 || slices.ContainsFunc(rows, func(i int) bool { return !m.suspects[i].copied }) {
			continue
		}
		x := m.suspects[rows[0]]
		words := fmt.Sprintf("%s beside order %s of row %d, is no row's, and looks like a second one of it: its request "+
			"may have come twice, so that it is paid twice", m.list([]int{j}, "stands", ""), x.entry.OrderID, x.entry.Line)
		if len(rows) > 1 {
			words += fmt.Sprintf(" (or it is of one of %d other rows that cost the same)", len(rows)-1)
		}
		err := s.Journal.RaiseAlarm(x.batch.ID, journal.Alarm{Seq: x.entry.Seq, At: time.Now(), OrderID: m.id(j),
			Words: words})
		if err != nil {
			return err
		}
	}
	return nil
}
