package settle

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

func (m *matching) id(order int) string { return m.orders[order].name() }

func (m *matching) ids(orders []int) []string {
	var ids []string
	for _, j := range orders {
		ids = append(ids, m.id(j))
	}
	return ids
}

// alarm tells of orders that no row can explain; empty: there is none, or what is shown proves nothing.
func (m *matching) alarm() string {
	orders := m.unexplained()
	if len(orders) == 0 || !m.bounded {
		return ""
	}
	if shown := m.shownOtherwise(orders); shown != "" {
		return fmt.Sprintf("%s (%s): somebody else ordered it, a request was doubled on the way, or the panel shows it "+
			"otherwise than it was sent; look at it at the panel", m.list(orders, "is on the account, and no row ordered what it shows",
			"are on the account, and no rows ordered what they show"), shown)
	}
	return fmt.Sprintf("%s on the account and can be no row's: somebody else orders there, "+
		"or a request was doubled on the way", m.list(orders, "is", "are"))
}

// shownOtherwise says of the first of orders that lie where a row's must, and are charged as it would be, what the
// panel shows of it otherwise than the row orders it; empty: there is none.
func (m *matching) shownOtherwise(orders []int) string {
	for _, j := range orders {
		o := m.orders[j]
		for _, x := range m.suspects {
			if x.tried == nil && !x.copied && x.mayHave(o) && m.resembles(x.entry, o) && m.otherwise(x.entry, o) != "" {
				return m.saidOf(orders, j, m.otherwise(x.entry, o))
			}
		}
	}
	return ""
}

// words tells the evidence about a row.
func (m *matching) words(i int) string {
	lent, alike := m.lentBeside(i), ""
	if m.certain(i) != journal.Inferred {
		alike = m.alikeWords(i)
	}
	if m.certain(i) != "" || len(lent) == 0 {
		return m.shown(i) + alike
	}
	return strings.Replace(m.shown(i), "no order ", "no other order ", 1) + "; " + lentWords(lent) + alike
}

// shown tells what the panel shows of a row.
func (m *matching) shown(i int) string {
	x, here := m.suspects[i], m.here(i)
	switch {
	case m.numberless && m.certain(i) == journal.Inferred && len(m.can[i]) == 1:
		return m.list(m.can[i], "was named by its answer and is no other row's", "")
	case !m.bounded && len(m.can[i]) == 0:
		return "its order can't be looked for: " + m.advice
	case len(here) == 0 && x.closed() && x.young:
		return "no order was found " + x.where() + " so far; it may still appear"
	case len(here) == 0 && x.closed() && x.searched && x.placeless:
		return "no order was found " + x.where() + "; no order of ours of " + x.kindWords() + " shows that its own would have " +
			"its id there"
	case len(here) == 0 && x.closed() && x.searched:
		return "no order is there " + x.where()
	case len(here) == 0 && x.closed() && x.unclear:
		return "no order was found " + x.where() + " so far; the panel didn't say of all that may be there whether it has them"
	case len(here) == 0 && x.closed():
		return "no order was found " + x.where() + " so far; not all that may be there was asked about"
	case len(here) == 0:
		return "no order was found " + x.where() + " so far; no order of ours closes the gap"
	}
	his := m.can[i]
	others := slices.DeleteFunc(here, func(j int) bool { return slices.Contains(his, j) })
	var words string
	switch rows, orders := m.members(i); m.certain(i) {
	case journal.Inferred:
		words = fmt.Sprintf("%s no other row's", m.list(orders, x.where()+" is", ""))
		if x.earlier != "" {
			words += ": an earlier request of the row made it, which the panel turned away (" + x.earlier + ")"
		}
		others = nil
	case journal.InSet:
		words = fmt.Sprintf("it is one of %d rows that have %s between them; whose each is isn't known",
			len(rows), m.list(orders, "", x.where()))
		if slices.ContainsFunc(rows, func(k int) bool { return m.suspects[k].batch.ID != x.batch.ID }) {
			words += ": " + m.rows(rows)
		}
		others = nil
	default:
		words = m.undecided(i, his)
	}
	if len(his) > 0 && len(others) > 0 {
		words += "; " + m.list(others, "beside it isn't its own", "beside them aren't its own")
	}
	if charge := m.expected(x.entry); charge != "" && (len(his) == 0 || len(others) > 0) {
		words += "; its charge should be " + charge
	}
	return strings.TrimSpace(words)
}

// undecided tells what there is for a row that isn't certain to have an order.
func (m *matching) undecided(i int, his []int) string {
	x := m.suspects[i]
	rivals := slices.DeleteFunc(m.rivals(i), func(k int) bool { return m.suspects[k].isOf(x) })
	here := m.here(i)
	odd := slices.DeleteFunc(slices.Clone(here), func(j int) bool {
		return !m.resembles(x.entry, m.orders[j]) || m.otherwise(x.entry, m.orders[j]) == ""
	})
	switch {
	case len(his) == 0 && len(odd) > 0:
		return fmt.Sprintf("%s (%s), and nothing else there is its own", m.list(here, x.where()+" doesn't show what the row "+
			"ordered", x.where()+" don't show what the row ordered"),
			m.saidOf(here, odd[0], m.otherwise(x.entry, m.orders[odd[0]])))
	case len(his) == 0:
		return m.list(here, x.where()+" isn't its own, and no other is there",
			x.where()+" aren't its own, and no others are there")
	case len(rivals) == 0:
		return m.list(his, x.where()+" may be its own", x.where()+" may be its own")
	}
	return fmt.Sprintf("%s; the others are: %s", m.list(his, x.where()+" may be its own or another row's",
		x.where()+" may be its own or another row's"), m.rows(rivals))
}

// saidOf names an order before what is said of it, where others are meant too.
func (m *matching) saidOf(orders []int, j int, words string) string {
	if len(orders) > 1 {
		return "order " + m.id(j) + ": " + words
	}
	return words
}

// here gives the orders that lie where a row's order must lie.
func (m *matching) here(i int) (orders []int) {
	for j, o := range m.orders {
		if m.suspects[i].holds(o.id) && !slices.Contains(m.given, j) {
			orders = append(orders, j)
		}
	}
	return orders
}

// kindWords names the row's service, and its drip-feeds where it is one.
func (x suspect) kindWords() string {
	if parameter(x.entry, "runs") != "" {
		return "drip-feeds of service " + x.entry.Service
	}
	return "service " + x.entry.Service
}

// closed tells whether orders of ours bound the row's window on both sides.
func (x suspect) closed() bool { return x.low > 0 && x.known && x.high > 0 }

// where tells between which orders the row's must lie.
func (x suspect) where() string {
	switch {
	case x.high > 0 && x.known:
		return fmt.Sprintf("between orders %d and %d", x.low, x.high)
	case x.high > 0:
		return fmt.Sprintf("from %d on and before order %d", x.low+1, x.high)
	case x.known:
		return fmt.Sprintf("after order %d", x.low)
	}
	return fmt.Sprintf("from %d on", x.low+1)
}

// mostOrders is how many orders are named with their charges.
const mostOrders = 30

// list lists orders with their charges, and says one thing of one of them or another of several.
func (m *matching) list(orders []int, one, several string) string {
	var names []string
	for _, j := range orders[:min(len(orders), mostOrders)] {
		s := m.orders[j].status
		name := fmt.Sprintf("%s (charged %s)", m.id(j), chargeWords(s))
		if !s.Charge.Valid {
			name = fmt.Sprintf("%s (its charge isn't told yet)", m.id(j))
		}
		if m.remains != nil && s.Remains != "" && strings.EqualFold(s.Status, "pending") {
			name = strings.TrimSuffix(name, ")") + ", " + s.Remains + " remain)"
		}
		names = append(names, name)
	}
	if more := len(orders) - mostOrders; more > 0 {
		names = append(names, fmt.Sprintf("and %d more up to %s", more, m.id(orders[len(orders)-1])))
	}
	if len(orders) == 1 {
		return strings.TrimSpace("order " + names[0] + " " + one)
	}
	return strings.TrimSpace("the orders " + strings.Join(names, ", ") + " " + several)
}

// expected tells what a row's order should be charged; empty: nobody knows.
func (m *matching) expected(e journal.Entry) string {
	cost, exact := e.Estimate()
	if !exact || len(m.roundings) == 0 {
		return ""
	}
	var all []string
	for _, c := range m.roundings.charges(cost) {
		all = append(all, c.String())
	}
	switch {
	case len(all) > 1:
		return fmt.Sprintf("%s or what rounding may make of it (%s)", cost, strings.Join(all[1:], ", "))
	case all[0] == cost.String():
		return all[0]
	}
	return fmt.Sprintf("%s (%s, %s)", all[0], cost, m.roundings)
}

const mostNames = 5

// rows tells a person which rows are meant.
func (m *matching) rows(rows []int) string {
	slices.Sort(rows)
	var names []string
	for _, i := range rows[:min(len(rows), mostNames)] {
		names = append(names, m.suspects[i].name())
	}
	if more := len(rows) - mostNames; more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, "; ")
}

// finding is what a person can do about a row that stays in doubt.
func (s *Settler) finding(m *matching, i int, words string) journal.Finding {
	x, now := m.suspects[i], time.Now()
	f := journal.Finding{At: now, Words: words, Orders: m.mayBe(i), Left: m.leftWords()}
	if ready := x.began.Add(s.late()); ready.After(now) {
		f.Later = ready
		return f
	}
	his, lack, lent := m.can[i], m.lacks(i), m.lentBeside(i)
	switch {
	case !m.bounded && !m.numberless || x.breeds(m.parents, m.suspects):
	case x.putOff:
		f.Words += "; more lies there than can be asked about: look for its link at the panel"
	case m.unpaid[x.name()] != "": // its words say so
	case m.younger[x.name()] != "":
		f.Words += "; " + m.younger[x.name()]
	case m.alone(i) && s.speaks(m, i) != "":
		f.Words += "; " + s.speaks(m, i)
	case m.alone(i):
		f.Placed = m.id(his[0])
	case len(m.earlier(i)) > 0:
		f.Words += "; an earlier request of the row was turned away, and " + m.list(m.can[m.earlier(i)[0]],
			"stands where its own must lie: it may be the row's", "stand where its own must lie: one may be the row's")
	case lack != "":
		f.Words += "; " + lack
	case len(m.here(i)) == 0 && x.closed() && x.searched:
		f.NotPlaced = len(lent) == 0 && !x.placeless
	}
	if m.absent[x.name()] && len(lent) == 0 && !x.unclear && len(m.earlier(i)) == 0 && lack == "" {
		f.NotPlaced = true
		f.Words += "; by what the panel tells of our orders nothing left the balance for it, and an order of ours that was " +
			"sent later is in it already"
	}
	return f
}

// alone tells whether a row may have one order alone, which is as its own would be and can be no other row's.
func (m *matching) alone(i int) bool {
	his := m.can[i]
	return len(his) == 1 && len(m.rivals(i)) == 1 && m.fits(m.suspects[i].entry, m.orders[his[0]]) == fitting
}

// besideWords say that an id is known of another account that may be the same.
const besideWords = ` may as well be another row's, which has that id on an account that may be this one under another ` +
	`address (account = "other" in the configuration says that it is another)`

// besides says which of a set's orders may be another account's; empty: none.
func (m *matching) besides(i int) string {
	_, orders := m.members(i)
	for _, j := range orders {
		if m.orders[j].beside {
			return "not adopted: order " + m.id(j) + besideWords
		}
	}
	return ""
}

// speaks says what speaks against the one order that a row may have; empty: nothing.
func (s *Settler) speaks(m *matching, i int) string {
	j := m.can[i][0]
	id, charge := m.id(j), m.orders[j].status.Charge
	switch refused := m.refusedOnes(j); {
	case m.orders[j].beside:
		return "order " + id + besideWords
	case refused != "":
		return fmt.Sprintf("order %s may as well be that of %s, which the panel refused", id, refused)
	case m.suspects[i].toldNo() && m.secondOnes(j):
		return fmt.Sprintf("the panel said no, and order %s may as well be a second one of another row", id)
	case m.left.Valid && charge.Valid && m.left.Decimal.LessThan(charge.Decimal):
		return fmt.Sprintf("order %s was charged %s, and %s left the balance since the row was sent that no order of ours "+
			"explains: it may be of another account", id, charge.Decimal, decimal.Max(m.left.Decimal, decimal.Zero))
	case m.advice != "" && !m.few && !m.numberless:
		return fmt.Sprintf("order %s may as well be somebody else's: look at its link at the panel", id)
	case m.alarm() != "" && s.Panel.Panel.Exclusive != panel.Shared:
		return fmt.Sprintf("order %s may as well be somebody else's, since %s: look at its link at the panel", id, m.alarm())
	}
	return ""
}

// lacks says what speaks against a row's not being placed though none of the orders in its window fits: one elsewhere
// that nobody claims, or what left the balance besides. Empty: nothing.
func (m *matching) lacks(i int) string {
	x := m.suspects[i]
	for _, o := range m.strangers {
		if o.id > x.low && m.resembles(x.entry, o) {
			return fmt.Sprintf("order %s (charged %s), which no row claims, may be its own all the same", o.name(),
				chargeWords(o.status))
		}
	}
	if cost, exact := x.entry.Estimate(); m.lack.IsPositive() &&
		(!exact || m.lack.GreaterThanOrEqual(m.roundings.least(cost))) {
		return fmt.Sprintf("%s left the balance that no order explains, and may have been charged for it", m.lack)
	}
	return ""
}

// stands tells whether an order that is no other row's lies where that of one of a row's requests must, whatever it is
// charged now: it may have been given back meanwhile, and isn't in the balance.
func (m *matching) stands(batch string, seq int64) bool {
	of := func(x suspect) bool { return x.batch.ID == batch && x.entry.Seq == seq }
	anothers := func(j int) bool {
		return slices.ContainsFunc(m.rowsOf(j), func(k int) bool {
			return !of(m.suspects[k]) && m.certain(k) == journal.Inferred
		})
	}
	for i, x := range m.suspects {
		if of(x) && slices.ContainsFunc(m.here(i), func(j int) bool { return !anothers(j) }) {
			return true
		}
	}
	return len(m.unexplained()) > 0
}
