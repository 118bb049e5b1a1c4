package settle

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bulkorder/batch/journal"
)

// Where a panel answers two rows with one order, the order of the row that was placed by it isn't surely its own: it is
// weighed again beside the row in doubt, and both are one set where nothing tells their orders apart.

// addAlike adds the placed rows of which rows in doubt were answered the order too, and marks those.
func (s *Settler) addAlike(ctx context.Context, all []suspect) ([]suspect, error) {
	alike, err := s.Journal.Alike(ctx, s.account())
	if err != nil {
		return nil, err
	}
	for _, a := range alike {
		for i, y := range all {
			all[i].alike = y.alike || y.batch.ID == a.OtherBatch && y.entry.Seq == a.OtherSeq && y.tried == nil
		}
		x := suspect{entry: a.Entry, batch: journal.Batch{ID: a.Batch}, beside: true, other: true, alike: true,
			keeps: a.OrderID, began: a.Began, ended: a.Ended}
		if slices.ContainsFunc(all, func(y suspect) bool { return y.keeps != "" && y.isOf(x) }) {
			continue
		}
		if a.Batch == s.Batch.ID && a.Panel == s.Panel.Panel.Name {
			x.batch, x.beside, x.other = s.Batch, false, false
		} else if i := slices.IndexFunc(s.held, func(b journal.Batch) bool { return b.ID == a.Batch }); i >= 0 {
			x.batch, x.other = s.held[i], false
		}
		all = append(all, x)
	}
	return all, nil
}

// doubtful gives the orders of such rows, by their keys.
func (s *Settler) doubtful(ctx context.Context) (map[string]bool, error) {
	alike, err := s.Journal.Alike(ctx, s.account())
	keys := map[string]bool{}
	for _, a := range alike {
		keys[journal.OrderKey(a.OrderID)] = true
	}
	return keys, err
}

// booked tells whether an order is a placed row's in the books.
func (m *matching) booked(order int) bool {
	return slices.ContainsFunc(m.suspects, func(x suspect) bool { return m.keeps(x) == order })
}

// keeps gives the order that a placed row has in the books; -1: it isn't there, or the row isn't placed.
func (m *matching) keeps(x suspect) int {
	if x.keeps == "" {
		return -1
	}
	return slices.IndexFunc(m.orders, func(o found) bool {
		return journal.OrderKey(o.name()) == journal.OrderKey(x.keeps)
	})
}

// rejoin makes one set of a placed row and the row that its order is: what is in the books of it doesn't change.
func (m *matching) rejoin() {
	for i, x := range m.suspects {
		j := m.keeps(x)
		if j < 0 || m.row[j] < 0 || m.order[i] == j {
			continue
		}
		if his, its := m.set[i], m.set[m.row[j]]; his != 0 && its != 0 {
			for k, set := range m.set {
				if set == its {
					m.set[k] = his
				}
			}
		}
	}
}

// standIns gives the orders that stand for the rows of a set in the books: those that are placed keep theirs. ok is
// false where that can't be.
func (m *matching) standIns(rows []int) (orders map[int]int, ok bool) {
	_, left := m.members(rows[0])
	orders = map[int]int{}
	for _, i := range rows {
		if j := m.keeps(m.suspects[i]); m.suspects[i].keeps != "" {
			at := slices.Index(left, j)
			if at < 0 {
				return nil, false
			}
			orders[i], left = j, slices.Delete(left, at, at+1)
		}
	}
	for _, i := range rows {
		if _, kept := orders[i]; !kept {
			orders[i], left = left[0], left[1:]
		}
	}
	return orders, true
}

// alikeWords says that another row was answered the order of this one.
func (m *matching) alikeWords(i int) string {
	x := m.suspects[i]
	for _, y := range m.suspects {
		switch {
		case !x.alike || !y.alike || y.isOf(x):
		case y.keeps != "" && journal.OrderKey(y.keeps) == journal.OrderKey(x.sent.Candidate):
			return fmt.Sprintf("; the panel answered %s with order %s too, so that one may be either's", y.name(), y.keeps)
		case x.keeps != "" && journal.OrderKey(x.keeps) == journal.OrderKey(y.sent.Candidate):
			return fmt.Sprintf("; the panel answered %s with order %s too, so that one may be either's", y.name(), x.keeps)
		}
	}
	return ""
}

// tellAlike keeps alarms about placed rows whose order may be that of a row which is in doubt still.
func (s *Settler) tellAlike(m *matching, conclusions []Conclusion) error {
	for i, x := range m.suspects {
		if x.keeps == "" || conclusions[i].How != "" {
			continue
		}
		open := slices.IndexFunc(m.suspects, func(y suspect) bool {
			return y.alike && y.keeps == "" && journal.OrderKey(y.sent.Candidate) == journal.OrderKey(x.keeps)
		})
		if open < 0 || conclusions[open].How != "" {
			continue
		}
		a := journal.Alarm{Seq: x.entry.Seq, At: time.Now(), OrderID: x.keeps, Words: fmt.Sprintf(
			"the panel answered row %s with order %s, and %s too: it may be either's; look at its link on the panel's page of "+
				"orders", x.entry.At(), x.keeps, m.suspects[open].name())}
		if err := s.Journal.RaiseAlarm(x.batch.ID, a); err != nil {
			return err
		}
	}
	return nil
}
