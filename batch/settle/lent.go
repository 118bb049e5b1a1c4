package settle

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// lent is an order that a row was given by what was inferred: none of the other rows then could have it. That rests on
// prices that held before and after, and on what was seen of the order; so it doesn't prove of another row that it has
// no order.
type lent struct {
	found
	batch string // the row's
	line  parse.Line
	seq   int64
}

// lent gives those of the account, with what was seen of them.
func (s *Settler) lent(ctx context.Context) (all []lent, err error) {
	given, err := s.Journal.Given(ctx, s.account())
	if err != nil {
		return nil, err
	}
	for _, g := range given {
		id, err := strconv.ParseInt(g.OrderID, 10, 64)
		if err != nil {
			continue // it lies nowhere
		}
		seen, err := s.Journal.Sightings(ctx, s.account(), id, id)
		if err != nil {
			return nil, err
		}
		all = append(all, lent{found{id: id, seen: seen[id]}, g.Batch, g.Line, g.Seq})
	}
	return all, nil
}

// lentBeside gives the orders where a row's must lie that other rows were given, though they may be its own: all but
// those of which more remained than the row orders.
func (m *matching) lentBeside(i int) (all []lent) {
	x := m.suspects[i]
	for _, o := range m.lent {
		his := o.batch == x.batch.ID && o.seq == x.entry.Seq
		other := m.overfills(x.entry, o.found) || m.isForOther(x.entry, o.found)
		if !his && x.mayHave(o.found) && !x.denies(o.name()) && !other {
			all = append(all, o)
		}
	}
	return all
}

func lentNames(all []lent) (ids []string) {
	for _, o := range all {
		ids = append(ids, o.name())
	}
	return ids
}

// lentWords tells of orders that other rows were given; empty: there are none.
func lentWords(all []lent) string {
	if len(all) == 0 {
		return ""
	}
	words := ""
	for n, o := range all[:min(len(all), mostNames)] {
		if n > 0 {
			words += ", "
		}
		words += fmt.Sprintf("order %s, which row %s of batch %s was given", o.name(), o.line, o.batch)
	}
	if more := len(all) - mostNames; more > 0 {
		words += fmt.Sprintf(", and %d more", more)
	}
	return words + ", by charges and quantities, lies there: where the panel's page of orders shows this row's link " +
		"beside it, it is the row's own"
}

// taken says that another row has an order, and which, where an inference gave it to that.
func (s *Settler) taken(ctx context.Context, order string) error {
	all, err := s.lent(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.name() == order {
			return fmt.Errorf("order %s: %w: row %s of batch %s was given it by charges and quantities; where the panel's page "+
				"of orders shows that it isn't that row's, don't order this one again: that one wasn't ordered", order,
				journal.ErrOrderTaken, o.line, o.batch)
		}
	}
	return fmt.Errorf("order %s: %w", order, journal.ErrOrderTaken)
}

// isLent tells whether an order that another row was given may be a row's own.
func (m *matching) isLent(batch string, seq int64) bool {
	for i, x := range m.suspects {
		if x.batch.ID == batch && x.entry.Seq == seq && len(m.lentBeside(i)) > 0 {
			return true
		}
	}
	return false
}

// pair takes it that orders aren't exchanged between rows each of which has one that is as its own should be, and is no
// other's: all of them would have been charged just what the others should be.
func (m *matching) pair() {
	fits := make([][]int, len(m.suspects)) // by row: the orders that are as its own should be
	rows := make([][]int, len(m.orders))
	for i, can := range m.can {
		for _, j := range can {
			if m.may(m.suspects[i], m.orders[j]) != strange {
				fits[i], rows[j] = append(fits[i], j), append(rows[j], i)
			}
		}
	}
	paired := func(j int) bool {
		return len(rows[j]) == 1 && len(fits[rows[j][0]]) == 1
	}
	for i, his := range fits {
		if len(his) == 1 && paired(his[0]) {
			m.can[i] = slices.DeleteFunc(m.can[i], func(j int) bool { return j != his[0] && paired(j) })
		}
	}
}
