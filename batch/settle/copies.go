package settle

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// copies gives what else may have made orders since a time, where what a panel answers isn't always so: rows that have
// theirs, of whose request a second one may have come, and requests that were turned away or refused.
func (s *Settler) copies(ctx context.Context, l *ledger, since time.Time) (all []suspect, err error) {
	rows, err := s.Journal.Answered(ctx, s.account(), since)
	if err != nil {
		return nil, err
	}
	tried, err := s.Journal.Tried(ctx, s.account(), since, true)
	if err != nil {
		return nil, err
	}
	for _, d := range rows {
		all = append(
			all,
			suspect{entry: d.Entry, batch: journal.Batch{ID: d.Batch}, beside: true, other: true, copied: true,
				sent: d.Sent, began: d.Began, ended: d.Ended},
		)
	}
	for i := range tried {
		all = append(all, triedBy(&tried[i]))
	}
	for i := range all {
		x := &all[i]
		x.low, x.high = l.window(*x, s.late())
		x.known = l.below(x.began) != 0
	}
	return all, nil
}

// explained tells whether orders that no row claims may all be of requests of ours, one of each: then what the panel
// answers isn't always so, and nobody else need order on the account. It gives the requests.
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
		known := slices.ContainsFunc(m.suspects, func(o suspect) bool {
			return o.tried != nil && x.tried != nil && o.name() == x.name() && o.sent.N == x.sent.N
		})
		return known || !slices.ContainsFunc(m.orders, func(o found) bool {
			return x.mayHave(o) && m.fits(x.entry, o) != misfit
		})
	})
	return match(append(slices.Clone(m.suspects), copies...), m.orders, m.learned), nil
}

// secondOnes finds out which of the orders that rows are given, or that requests may have made which the panel said no
// to, are as well second ones of rows that have theirs: something on the way may have repeated just those requests.
func (s *Settler) secondOnes(ctx context.Context, m *matching, l *ledger) (func(j int) bool, error) {
	var earlier []time.Time
	for i, x := range m.suspects {
		if x.toldNo() && len(m.can[i]) > 0 || m.certain(i) == journal.Inferred {
			earlier = append(earlier, x.began)
		}
	}
	if m.doubled || len(earlier) == 0 { // they are among the suspects already, or there is nothing to know
		return func(int) bool { return false }, nil
	}
	copies, err := s.copies(ctx, l, slices.MinFunc(earlier, time.Time.Compare).Add(-triedBefore))
	return func(j int) bool {
		return slices.ContainsFunc(copies, func(x suspect) bool {
			return x.copied && x.mayHave(m.orders[j]) && m.again(x.entry, m.orders[j]) != misfit
		})
	}, err
}

// refusedOnes finds out which orders that rows in doubt would be given may as well be of requests that the panel
// refused then: it gives the name of such a row; empty: none.
func (s *Settler) refusedOnes(ctx context.Context, m *matching, l *ledger) (func(j int) string, error) {
	var since time.Time
	for i, x := range m.suspects {
		if (m.certain(i) != "" || m.alone(i)) && (since.IsZero() || x.began.Before(since)) {
			since = x.began
		}
	}
	if since.IsZero() {
		return func(int) string { return "" }, nil
	}
	tried, err := s.Journal.Tried(ctx, s.account(), since.Add(-triedBefore), true)
	var refused []suspect
	for i := range tried {
		if x := triedBy(&tried[i]); x.entry.SaidNo() {
			x.low, x.high = l.window(x, s.late())
			refused = append(refused, x)
		}
	}
	return func(j int) string {
		o := m.orders[j]
		for _, x := range refused {
			if x.mayHave(o) && m.afterNo(x, o) != misfit {
				return fmt.Sprintf("row %s of batch %s", x.entry.At(), x.batch.ID)
			}
		}
		return ""
	}, err
}

// twice keeps alarms about orders that no row in doubt can have, but a request of a row that has another one, or none:
// what the row costs is paid twice, or for nothing that the books know.
func (s *Settler) twice(m *matching) error {
	for j := range m.orders {
		rows := m.rowsOf(j)
		if len(rows) == 0 || slices.ContainsFunc(rows, func(i int) bool {
			return !m.suspects[i].copied && (!m.suspects[i].turned() || m.suspects[i].entry.State == journal.InDoubt)
		}) {
			continue
		}
		x := m.suspects[rows[0]]
		words := m.list([]int{j}, "is no row's, and stands where ", "")
		if x.copied {
			words += fmt.Sprintf(" order %s of row %s does: its request may have come twice, so that it is paid twice",
				x.entry.OrderID, x.entry.At())
		} else {
			words += fmt.Sprintf(" that of row %s would, of which a request was turned away (%s): it may have been taken all "+
				"the same, so that the row is paid, or paid twice", x.entry.At(), x.sent.Words)
		}
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
