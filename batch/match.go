package batch

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// matching says which order can be which row's. Every order must be some row's, since nobody else orders
// on the account; a row need not have an order.
type matching struct {
	suspects []suspect
	orders   []found
	can      [][]int // by row: the orders that may be its own
	row      []int   // by order: its row in one matching that explains all; -1: none does
	alarm    string
}

// fits tells whether an order may be a row's, by its charge. The charge of one that gave money back is no
// longer that of its row, and parents of drip-feeds and subscriptions come without one.
func fits(e journal.Entry, s panel.Status) bool {
	expected, exact := e.Estimate()
	switch finalStatus := strings.ToLower(s.Status); {
	case !s.Charge.Valid:
		return !exact || slices.ContainsFunc(e.Params, func(p panel.Param) bool { return p.Name == "runs" })
	case finalStatus == "partial" || strings.HasPrefix(finalStatus, "cancel") || finalStatus == "refunded":
		return !exact || s.Charge.Decimal.LessThanOrEqual(expected)
	}
	return !exact || s.Charge.Decimal.Equal(expected)
}

func match(suspects []suspect, orders []found) *matching {
	m := &matching{suspects: suspects, orders: orders, can: make([][]int, len(suspects))}
	for i, x := range suspects {
		for j, o := range orders {
			if o.id > x.low && (x.high == 0 || o.id < x.high) && fits(x.entry, o.status) {
				m.can[i] = append(m.can[i], j)
			}
		}
	}
	m.row = m.explain(-1, -1)
	for j, i := range m.row {
		if i < 0 {
			m.alarm = fmt.Sprintf(
				"order %d, charged %s, is on the account and can be no row's: somebody else orders there, "+
					"or a request was doubled on the way",
				orders[j].id,
				chargeWords(orders[j].status),
			)
		}
	}
	return m
}

// explain finds a row for every order that has one, leaving out one pair; -1: leaving out none.
func (m *matching) explain(notRow, notOrder int) []int {
	orderOf, rowOf := make([]int, len(m.suspects)), make([]int, len(m.orders))
	for i := range orderOf {
		orderOf[i] = -1
	}
	for j := range rowOf {
		rowOf[j] = -1
	}
	rows := make([][]int, len(m.orders)) // by order: the rows that may have it
	for i, can := range m.can {
		for _, j := range can {
			if i != notRow || j != notOrder {
				rows[j] = append(rows[j], i)
			}
		}
	}
	var place func(j int, tried map[int]bool) bool
	place = func(j int, tried map[int]bool) bool {
		for _, i := range rows[j] {
			if tried[i] {
				continue
			}
			tried[i] = true
			if orderOf[i] < 0 || place(orderOf[i], tried) {
				orderOf[i], rowOf[j] = j, i
				return true
			}
		}
		return false
	}
	for j := range m.orders {
		place(j, map[int]bool{})
	}
	return rowOf
}

// proved gives the order of a row, where there is no other way to explain the orders, or where as many
// rows as orders of the same charge share them.
func (m *matching) proved(i int) (order int, how journal.How) {
	j := slices.Index(m.row, i)
	if m.alarm != "" || j < 0 {
		return 0, ""
	}
	if slices.Contains(m.explain(i, j), -1) && !m.elsewhere(j) {
		return j, journal.Inferred
	}
	rows, orders := m.set(i)
	if len(rows) == len(orders) && !m.other(rows) {
		return orders[slices.Index(rows, i)], journal.InSet
	}
	return 0, ""
}

// elsewhere tells whether an order may be a row's that isn't decided here: then it proves nothing.
func (m *matching) elsewhere(j int) bool {
	for i, can := range m.can {
		if m.suspects[i].other && slices.Contains(can, j) {
			return true
		}
	}
	return false
}

// other tells whether one of the rows isn't decided here.
func (m *matching) other(rows []int) bool {
	return slices.ContainsFunc(rows, func(i int) bool { return m.suspects[i].other })
}

// set gives the rows and orders that are bound to a row by what may be whose, each in the order of time.
func (m *matching) set(i int) (rows, orders []int) {
	rows = []int{i}
	for k := 0; k < len(rows); k++ {
		for _, j := range m.can[rows[k]] {
			if slices.Contains(orders, j) {
				continue
			}
			orders = append(orders, j)
			for other, can := range m.can {
				if slices.Contains(can, j) && !slices.Contains(rows, other) {
					rows = append(rows, other)
				}
			}
		}
	}
	slices.Sort(rows) // suspects are sorted by time, orders by id
	slices.Sort(orders)
	return rows, orders
}

// words tells the evidence about a row.
func (m *matching) words(i int) string {
	x := m.suspects[i]
	where := fmt.Sprintf("between orders %d and %d", x.low, x.high)
	if x.high == 0 {
		where = fmt.Sprintf("after order %d", x.low)
	}
	var ids []string
	for _, j := range m.can[i] {
		ids = append(ids, fmt.Sprint(m.orders[j].id))
	}
	_, how := m.proved(i)
	switch {
	case len(ids) == 0 && x.high == 0:
		return fmt.Sprintf("no order of its charge was found %s so far; no later order of ours closes the gap", where)
	case len(ids) == 0:
		return fmt.Sprintf("no order of its charge is there %s", where)
	case how == journal.Inferred:
		return fmt.Sprintf(
			"order %s, of its charge %s, is no other row's",
			fmt.Sprint(m.orders[slices.Index(m.row, i)].id),
			where,
		)
	case how == journal.InSet:
		rows, orders := m.set(i)
		return fmt.Sprintf(
			"it is one of %d rows of the same charge, for which the %d orders %s are there; by their time this one is its own",
			len(rows),
			len(orders),
			strings.Join(m.ids(orders), ", "),
		)
	}
	return m.shared(i, strings.Join(ids, ", "), where)
}

// shared names the orders that may be a row's, and the rows whose they may be.
func (m *matching) shared(i int, ids, where string) string {
	rows, orders := m.set(i)
	words := fmt.Sprintf("the orders %s %s may be its own or another row's: %s", ids, where, m.names(rows))
	if m.other(rows) {
		words += fmt.Sprintf("; the rows are of several batches (%d for %d such orders), so nothing is decided by itself: "+
			"look at the panel's orders page and decide with --row", len(rows), len(orders))
	}
	return words
}

const mostNames = 5

// names tells a person which rows are meant.
func (m *matching) names(rows []int) string {
	var names []string
	for _, i := range rows[:min(len(rows), mostNames)] {
		names = append(names, m.suspects[i].name())
	}
	if more := len(rows) - mostNames; more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, "; ")
}

func (m *matching) ids(orders []int) []string {
	var ids []string
	for _, j := range orders {
		ids = append(ids, fmt.Sprint(m.orders[j].id))
	}
	return ids
}
