package settle

import (
	"slices"
	"strconv"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// found is an order of the account that no row claims.
type found struct {
	id     int64 // where ids aren't numbers, any
	status panel.Status
	text   string // the id where it is no number
	seen   journal.Sighting
	beside bool // a row has its id on an account that may be this one
}

// name is the order's id as the panel writes it.
func (o found) name() string {
	if o.text != "" {
		return o.text
	}
	return strconv.FormatInt(o.id, 10)
}

// mayHave tells whether an order may have been made by a row's request: it lies where that must lie, and nobody had
// seen it before the request was sent.
func (x suspect) mayHave(o found) bool {
	return x.holds(o.id) && (o.seen.At.IsZero() || !o.seen.At.Before(x.began))
}

// fit tells how an order agrees with a row.
type fit int

const (
	misfit  fit = iota // it can't be the row's
	strange            // it isn't as the row's order would be, but nothing proves that it would be so
	untold             // it can, but its charge isn't told yet
	fitting            // it is as the row's order would be
)

// fits tells whether an order may be a row's, by its charge and, while it is Pending or where it was seen so, its
// remains. The charge of one that gave money back, or may have, since its status isn't understood, may be any up to
// that of its row, unless the whole one was seen; and parents of drip-feeds and subscriptions come without one.
func (k learned) fits(e journal.Entry, o found) fit {
	if k.leavesOther(e, o) || k.showsOther(e, o) {
		return misfit
	}
	return k.charges(e, o)
}

// leavesOther tells whether what remains of an order is another quantity than a row's.
func (k learned) leavesOther(e journal.Entry, o found) bool {
	all, known := o.remainsAll(e)
	return k.remains[parameter(e, "service")] && known && !all
}

// charges tells how an order's charge agrees with a row.
func (k learned) charges(e journal.Entry, o found) fit {
	s := o.status
	expected, exact := e.Estimate()
	switch {
	case !exact || len(k.roundings) == 0:
		return fitting
	case !s.Charge.Valid && parameter(e, "runs") != "":
		return fitting
	case !s.Charge.Valid:
		return untold
	}
	charge := s.Charge.Decimal
	standing := journal.StandingOf(s.Status)
	switch whole := standing.Whole() || k.words[s.Status]; {
	case (!whole || standing.Final()) && o.seen.Charge.Valid:
		return fitIf(k.roundings.agree(expected, o.seen.Charge.Decimal))
	case !whole && k.tellsReturn(e, o):
		return fitIf(k.returned(e, o))
	case charge.IsZero() && !standing.Final() && !expected.IsZero():
		return untold
	case !whole:
		return fitIf(charge.LessThanOrEqual(k.roundings.most(expected)))
	}
	return fitIf(k.roundings.agree(expected, charge))
}

// remainsAll is [remainsAll] of an order, as it was seen first.
func (o found) remainsAll(e journal.Entry) (all, known bool) {
	if o.seen.Remains != "" {
		return remainsAll(e, "pending", o.seen.Remains)
	}
	return remainsAll(e, o.status.Status, o.status.Remains)
}

// may is [learned.fits] of a row in doubt, which an order that isn't as expected may be as well, unless that is
// excluded.
func (k learned) may(x suspect, o found) fit {
	if x.tried != nil || x.copied {
		return k.fits(x.entry, o)
	}
	return k.mayBe(x, o)
}

func fitIf(is bool) fit {
	if is {
		return fitting
	}
	return misfit
}

// matching says which order can be which row's. Every order must be some row's, since nobody else orders
// on the account; a row need not have an order. An explanation gives each order a row of its own.
type matching struct {
	learned
	weighed
	suspects []suspect
	orders   []found
	parents  []journal.Parent
	can      [][]int // by row: the orders that may be its own
	row      []int   // by order: its row in one explanation; -1: it has none
	order    []int   // by row: its order in that explanation; -1: none
	set      []int   // by row: the number of its set; 0: it need not have an order
	given    []int   // orders that rows have by now
	lent     []lent  // orders that rows were given by what was inferred

	secondOnes  func(order int) bool   // whether an order may as well be a second one of a row that has its own
	refusedOnes func(order int) string // the row that was refused and whose it may as well be; empty: none
}

func match(suspects []suspect, orders []found, k learned) *matching {
	m := &matching{learned: k, suspects: suspects, orders: orders, can: make([][]int, len(suspects))}
	for i, x := range suspects {
		for j, o := range orders {
			if x.mayHave(o) && k.may(x, o) != misfit && !x.denies(m.id(j)) {
				m.can[i] = append(m.can[i], j)
			}
		}
	}
	m.pair()
	for i, x := range suspects {
		if j := m.named(x); x.closed() && slices.Contains(m.can[i], j) {
			m.can[i] = []int{j}
		}
	}
	m.explain()
	m.divide()
	m.rejoin()
	return m
}

// named gives the order that a row's answer named, though it couldn't be trusted; -1: none. One that was cut off may be
// the beginning of another id, which lies elsewhere than the row's order must.
func (m *matching) named(x suspect) int {
	return slices.IndexFunc(m.orders, func(o found) bool {
		return x.tried == nil && !x.alike && x.sent.Candidate == o.name()
	})
}

// explain finds a row for every order that can have one, each row having one order at most.
func (m *matching) explain() {
	m.order, m.row = slices.Repeat([]int{-1}, len(m.suspects)), slices.Repeat([]int{-1}, len(m.orders))
	rows := make([][]int, len(m.orders)) // by order: the rows that may have it
	for i, can := range m.can {
		for _, j := range can {
			rows[j] = append(rows[j], i)
		}
	}
	var place func(j int, tried []bool) bool
	place = func(j int, tried []bool) bool {
		for _, i := range rows[j] {
			if tried[i] {
				continue
			}
			tried[i] = true
			if m.order[i] < 0 || place(m.order[i], tried) {
				m.order[i], m.row[j] = j, i
				return true
			}
		}
		return false
	}
	for j := range m.orders {
		place(j, make([]bool, len(m.suspects)))
	}
}

// divide finds the rows that have an order in every explanation, and which of them can change orders with each other:
// those are one set, whose orders are theirs whatever is whose. Rows can where each can come to have the other's order
// by a chain of changes: Tarjan's strong components.
func (m *matching) divide() {
	m.set = make([]int, len(m.suspects))
	loose, met, lowest := m.loose(), make([]int, len(m.suspects)), make([]int, len(m.suspects))
	var open []int
	seen, sets := 0, 0
	var visit func(i int)
	visit = func(i int) {
		seen++
		met[i], lowest[i], open = seen, seen, append(open, i)
		for _, j := range m.can[i] {
			switch k := m.row[j]; {
			case k < 0 || loose[k]:
			case met[k] == 0:
				visit(k)
				lowest[i] = min(lowest[i], lowest[k])
			case m.set[k] == 0:
				lowest[i] = min(lowest[i], met[k])
			}
		}
		if lowest[i] < met[i] {
			return
		}
		sets++
		for first := slices.Index(open, i); len(open) > first; open = open[:len(open)-1] {
			m.set[open[len(open)-1]] = sets
		}
	}
	for i := range m.suspects {
		if met[i] == 0 && !loose[i] {
			visit(i)
		}
	}
}

// loose marks the rows that have no order in some explanation: those without one in ours, and whoever's order such a
// row can have instead.
func (m *matching) loose() []bool {
	loose := make([]bool, len(m.suspects))
	var free []int
	for i, j := range m.order {
		if j < 0 {
			loose[i], free = true, append(free, i)
		}
	}
	for len(free) > 0 {
		i := free[0]
		free = free[1:]
		for _, j := range m.can[i] {
			if owner := m.row[j]; owner >= 0 && !loose[owner] {
				loose[owner], free = true, append(free, owner)
			}
		}
	}
	return loose
}

// inherit gives rows in doubt the orders of earlier requests of theirs, which the panel had turned away and taken all
// the same: where such an order can be nothing else, and none is there that the last request may have made.
func (m *matching) inherit() {
	for i, x := range m.suspects {
		open := !x.closed() // then the last request's order may not be there yet, or not be looked for
		if x.tried != nil || x.copied || x.other || x.young || !open && !x.searched {
			continue
		}
		earlier := m.earlier(i)
		if slices.ContainsFunc(earlier, func(k int) bool { return slices.ContainsFunc(m.can[k], m.secondOnes) }) {
			continue
		}
		if m.joined(i) || open || len(m.can[i]) > 0 || len(earlier) != 1 || m.certain(earlier[0]) != journal.Inferred {
			continue
		}
		k := earlier[0]
		m.order[i], m.set[i], m.can[i] = m.order[k], m.set[k], m.can[k]
		m.row[m.order[i]], m.order[k], m.set[k], m.can[k] = i, -1, 0, nil
		from := m.suspects[k]
		m.suspects[i].low, m.suspects[i].high, m.suspects[i].known = from.low, from.high, from.known
		m.suspects[i].earlier = from.sent.Words
	}
}

// joined gives a row the one order that requests of its own may have made and none of another row: whichever of them
// did.
func (m *matching) joined(i int) bool {
	earlier := m.earlier(i)
	if len(m.can[i]) == 0 || len(earlier) == 0 {
		return false
	}
	j := m.can[i][0]
	for _, k := range m.rowsOf(j) {
		if k != i && !slices.Contains(earlier, k) {
			return false
		}
	}
	for _, k := range append(earlier, i) {
		if len(m.can[k]) > 1 || m.can[k][0] != j {
			return false
		}
	}
	if k := m.row[j]; k >= 0 && k != i {
		m.order[k], m.set[k] = -1, 0
	}
	m.order[i], m.row[j] = j, i
	for _, k := range earlier {
		m.can[k] = nil
		m.suspects[i].low = min(m.suspects[i].low, m.suspects[k].low)
	}
	m.set[i] = slices.Max(m.set) + 1
	return true
}

// earlier gives the earlier requests of a row in doubt that may have made an order.
func (m *matching) earlier(i int) (requests []int) {
	x := m.suspects[i]
	for k, y := range m.suspects {
		if y.tried != nil && y.isOf(x) && len(m.can[k]) > 0 {
			requests = append(requests, k)
		}
	}
	return requests
}

// give notes that the rows of a set have its orders now: they are nobody else's.
func (m *matching) give(rows []int) {
	_, orders := m.members(rows[0])
	m.given = append(m.given, orders...)
	for _, i := range rows {
		if j := m.order[i]; m.named(m.suspects[i]) != j {
			x := m.suspects[i]
			m.lent = append(m.lent, lent{found: m.orders[j], batch: x.batch.ID, line: x.entry.At(), seq: x.entry.Seq})
		}
	}
	for i := range m.can {
		if slices.ContainsFunc(rows, func(k int) bool { return m.suspects[k].isOf(m.suspects[i]) }) {
			m.suspects[i].entry.State = journal.Placed // what else an earlier request of its made is too much
		}
		if !slices.Contains(rows, i) {
			m.can[i] = slices.DeleteFunc(m.can[i], func(j int) bool { return slices.Contains(orders, j) })
		}
	}
}

// unexplained gives the orders that no row can have beside the others.
func (m *matching) unexplained() (orders []int) {
	for j, i := range m.row {
		if i < 0 {
			orders = append(orders, j)
		}
	}
	return orders
}

// members gives the rows of a row's set, in the order of time, and their orders, by id.
func (m *matching) members(i int) (rows, orders []int) {
	for k, set := range m.set {
		if set != 0 && set == m.set[i] {
			rows, orders = append(rows, k), append(orders, m.order[k])
		}
	}
	slices.Sort(orders)
	return rows, orders
}

// certain tells whether a row has an order in every explanation, and which: one alone, or one of a set.
func (m *matching) certain(i int) journal.How {
	rows, _ := m.members(i)
	switch {
	case len(m.unexplained()) > 0 || m.set[i] == 0:
		return ""
	case len(rows) == 1:
		return journal.Inferred
	}
	return journal.InSet
}

// answered tells whether a row's own answer named its order, which no other row can have: where ids aren't numbers
// that is all that can be known.
func (m *matching) answered(rows []int) bool {
	i := rows[0]
	return m.numberless && len(rows) == 1 && m.named(m.suspects[i]) == m.order[i] && len(m.rowsOf(m.order[i])) == 1
}

// rivals gives the rows that may have an order of those that a row may have.
func (m *matching) rivals(i int) (rows []int) {
	for k, can := range m.can {
		if slices.ContainsFunc(can, func(j int) bool { return slices.Contains(m.can[i], j) }) {
			rows = append(rows, k)
		}
	}
	return rows
}

// are gives the orders of a row's set that agree only so with one of its rows.
func (m *matching) are(f fit, i int) (orders []int) {
	rows, all := m.members(i)
	for _, j := range all {
		if slices.ContainsFunc(rows, func(k int) bool {
			return slices.Contains(m.can[k], j) && m.may(m.suspects[k], m.orders[j]) == f
		}) {
			orders = append(orders, j)
		}
	}
	return orders
}
