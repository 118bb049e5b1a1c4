// Package settle finds out what became of rows in doubt, and whether rows were ordered that seem not to be. A [Settler]
// decides what it can prove from the panel's orders; a [Looker] looks at an account while rows leave; a [Sum] measures by
// the balance what all answers together say; [Settler.Force] keeps the word of a person.
package settle

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
)

// Settler gathers evidence about the rows in doubt of an account, and decides only what it can prove. A panel that
// proves itself well-behaved ([Settler.calibrate]) gives ascending ids and shows nothing but the account's
// own orders: an order that is there, that no row claims, that lies where a row in doubt must lie and is charged as the
// row would be, is that row's where it is so in every explanation of all that is there.
type Settler struct {
	Journal *journal.Journal
	Batch   journal.Batch
	Panel   *panel.Client
	Pace    *pace.Pace // of calls
	By      string
	Late    time.Duration // how long after an attempt its order may still appear; 0: 180 s

	// Hold holds other batches, whose rows on the account are decided as well, until release is called; nil: none.
	Hold func(ctx context.Context) (held []journal.Batch, release func(), err error)

	// Busy is told what takes its time, and calls what it gives when that is done; nil: nobody waits.
	Busy func(what string) (done func())

	held []journal.Batch
}

// LateCommit is how long after its attempt an order may still appear, where nothing else is said.
const LateCommit = 180 * time.Second

// Conclusion is what was found out about one row in doubt.
type Conclusion struct {
	Batch   string        // its id
	Entry   journal.Entry // as it was
	How     journal.How   // empty: nothing was decided
	State   journal.State // what it became
	OrderID string        // of Inferred
	OneOf   []string      // of InSet
	Words   string        // the evidence, for a person
	Finding journal.Finding
}

// Settlement is what came of settling.
type Settlement struct {
	Conclusions []Conclusion // of the batch's rows, and of others that were decided
	Learned     string       // how the panel rounds charges; empty: it was not looked at
	Advice      string       // why nothing is decided on this panel, whatever was found; empty: proof decides
	Alarm       string       // orders that no row can explain
	Ready       time.Time    // when the youngest row can be settled; zero: all could be
	Calls       int          // that were made to look for orders
}

// Join adds what was found out on another panel.
func (s *Settlement) Join(o Settlement) {
	s.Conclusions = append(s.Conclusions, o.Conclusions...)
	s.Learned = cmp.Or(s.Learned, o.Learned)
	s.Advice, s.Alarm = cmp.Or(s.Advice, o.Advice), cmp.Or(s.Alarm, o.Alarm)
	s.Calls += o.Calls
	if o.Ready.After(s.Ready) {
		s.Ready = o.Ready
	}
}

// Settle looks for the orders of the rows in doubt on its panel and decides what is proved. Whoever calls it holds the
// batch.
func (s *Settler) Settle(ctx context.Context) (Settlement, error) {
	if s.Hold != nil {
		held, release, err := s.Hold(ctx)
		if err != nil {
			return Settlement{}, err
		}
		defer release()
		s.held = held
	}
	var out Settlement
	suspects, book, err := s.bounded(ctx)
	if err == nil {
		err = s.tellAbroad(&out, suspects)
	}
	if err == nil && len(ours(suspects)) == 0 {
		return out, s.contradict(ctx, settleCalls)
	}
	if err != nil {
		return out, err
	}
	if s.Panel.Panel.RequestID != "" {
		return out, s.askAgain(&out, ours(suspects))
	}
	p := s.prober()
	out.Ready = s.ready(ours(suspects))
	k, err := s.calibrate(ctx, p, book, suspects)
	if err != nil {
		return out, err
	}
	var ids []int64
	if book.numeric {
		if ids, err = p.unclaimed(ctx, book, suspects); err != nil {
			return out, err
		}
	}
	out.Learned, out.Advice, out.Calls = k.roundings.String(), k.advice, p.calls
	// Whatever was seen has its intent in the books by now, also where its row began after they were read.
	if suspects, book, err = s.bounded(ctx); err != nil {
		return out, err
	}
	m, err := s.matched(ctx, p, k, ids, suspects, book)
	if err != nil {
		return out, err
	}
	return out, s.conclude(ctx, &out, m, func() (*matching, error) {
		suspects, book, err := s.bounded(ctx)
		if err != nil {
			return nil, err
		}
		return s.matched(ctx, p, k, ids, suspects, book)
	})
}

// conclude decides what the balance, kept answers and the orders that were found prove. again matches once more, where
// rows are in doubt no more by the first two.
func (s *Settler) conclude(
	ctx context.Context, out *Settlement, m *matching, again func() (*matching, error),
) error {
	changed, err := s.weigh(ctx, out, m)
	if err == nil && changed == 0 {
		changed, err = s.judgeAgain(out, m)
	}
	if err == nil && changed > 0 {
		if m, err = again(); err == nil {
			_, err = s.weigh(ctx, out, m)
		}
	}
	if err == nil {
		err = s.decide(out, m)
	}
	if err != nil {
		return err
	}
	if err := s.contradictions(ctx, m); err != nil {
		return err
	}
	return s.paidTwice(ctx, settleCalls)
}

// matched compares rows in doubt with the orders among ids that no row claims.
func (s *Settler) matched(ctx context.Context, p *prober, k learned, ids []int64, suspects []suspect, book *ledger,
) (m *matching, err error) {
	orders, err := s.found(ctx, p, book, ids)
	if err != nil {
		return nil, err
	}
	if k.numberless {
		if orders, err = p.named(ctx, suspects, book); err != nil {
			return nil, err
		}
	}
	if err := s.priced(ctx, &k, suspects); err != nil {
		return nil, err
	}
	if err := s.pricesNow(ctx, p, &k, suspects); err != nil {
		return nil, err
	}
	if m, err = s.withCopies(ctx, match(suspects, orders, k), book); err != nil {
		return nil, err
	}
	for i := range m.suspects {
		x := &m.suspects[i]
		x.searched, x.unclear = p.searched(book, *x), p.unclear(*x)
		x.putOff, x.wide = p.putOff(book, *x)
	}
	if m.secondOnes, err = s.secondOnes(ctx, m, book); err != nil {
		return nil, err
	}
	m.inherit()
	if m.refusedOnes, err = s.refusedOnes(ctx, m, book); err != nil {
		return nil, err
	}
	if m.parents, err = s.Journal.Parents(ctx, s.account()); err != nil {
		return nil, err
	}
	m.lent, err = s.lent(ctx)
	for i, o := range m.lent {
		m.lent[i].status = p.known[o.id]
	}
	return m, err
}

func (s *Settler) prober() *prober {
	return &prober{panel: s.Panel, pace: s.Pace, currency: s.currency(), known: map[int64]panel.Status{}, busy: s.Busy}
}

// currency is that in which the panel told its balance for the batch; empty: it isn't known.
func (s *Settler) currency() string {
	for _, a := range s.Batch.Accounts() {
		if a.Panel == s.Panel.Panel.Name {
			return a.Currency
		}
	}
	return ""
}

// askAgain queues the rows: the panel documents that it knows the same request again, so sending it tells
// the order that there is, or makes the one that there isn't.
func (s *Settler) askAgain(out *Settlement, suspects []suspect) error {
	words := fmt.Sprintf("the panel knows the same request again by %q, so it is asked again", s.Panel.Panel.RequestID)
	for _, x := range suspects {
		d := journal.Decision{At: time.Now(), By: s.By, How: journal.RequestID, State: journal.Queued, Evidence: words}
		if err := s.Journal.Decide(s.Batch, x.entry.Seq, d); err != nil {
			return err
		}
		out.Conclusions = append(out.Conclusions,
			Conclusion{Batch: s.Batch.ID, Entry: x.entry, How: d.How, State: d.State, Words: words})
	}
	return nil
}

// decide keeps what is proved, a set at a time, and what was found out about the other rows.
func (s *Settler) decide(out *Settlement, m *matching) error {
	if s.Panel.Panel.Exclusive != panel.Shared {
		out.Alarm = cmp.Or(out.Alarm, m.alarm())
	}
	conclusions := make([]Conclusion, len(m.suspects))
	for i, x := range m.suspects {
		conclusions[i] = Conclusion{Batch: x.batch.ID, Entry: x.entry}
		if m.certain(i) != "" {
			conclusions[i].Words = m.words(i)
		}
	}
	for i := range m.suspects {
		rows, _ := m.members(i)
		if m.certain(i) == "" || rows[0] != i || out.Alarm != "" {
			continue // each set once
		}
		if len(rows) == 1 && m.booked(m.order[i]) {
			continue // it is placed so
		}
		if err := s.adopt(out, m, rows, conclusions); err != nil {
			return err
		}
	}
	var found []journal.Found
	for i, x := range m.suspects {
		c := &conclusions[i]
		if c.Words == "" { // orders that other rows were given above aren't there any more
			c.Words = m.words(i)
		}
		if x.keeps != "" && c.How == "" {
			continue
		}
		switch goesOn := x.putOff && !x.wide; {
		case c.How == "" && goesOn:
			c.Words += fmt.Sprintf("; more lies where rows in doubt may have their orders than is asked about at once, and "+
				"`bulkorder settle %s` goes on with it", x.batch.ID)
		case c.How == "" && !x.other:
			c.Finding = s.finding(m, i, c.Words)
			found = append(found, journal.Found{Batch: x.batch, Seq: x.entry.Seq, Finding: c.Finding})
		}
		if !x.other && (c.How != "" || !x.beside) {
			out.Conclusions = append(out.Conclusions, *c)
		}
	}
	if err := s.tellAlike(m, conclusions); err != nil {
		return err
	}
	return s.Journal.KeepFindings(found)
}

// adopt gives the rows of a set its orders, unless something hinders it, which their words then tell.
func (s *Settler) adopt(out *Settlement, m *matching, rows []int, conclusions []Conclusion) error {
	if why := s.hindrance(m, rows); why != "" {
		for _, i := range rows {
			conclusions[i].Words += "; " + why
		}
		return nil
	}
	var all []journal.Decided
	orders, _ := m.standIns(rows)
	for _, i := range rows {
		conclusions[i].Words += s.inferredWords(m, rows)
		d := journal.Decision{At: time.Now(), By: s.By, How: m.certain(i), State: journal.Placed,
			OrderID: m.id(orders[i]), Evidence: conclusions[i].Words}
		if d.How == journal.InSet {
			_, orders := m.members(i)
			d.OneOf = m.ids(orders)
		}
		all = append(all, journal.Decided{Batch: m.suspects[i].batch, Seq: m.suspects[i].entry.Seq, Decision: d})
	}
	err := s.Journal.DecideAll(all)
	if errors.Is(err, journal.ErrOrderTaken) {
		out.Alarm = err.Error()
		return nil
	}
	if err != nil {
		return err
	}
	m.give(rows)
	for n, i := range rows {
		c := &conclusions[i]
		if c.How, c.State, c.OneOf = all[n].How, all[n].State, all[n].OneOf; c.OneOf == nil {
			c.OrderID = all[n].OrderID
		}
	}
	return nil
}

// hindrance says why the rows of a set aren't given its orders; empty: they are.
func (s *Settler) hindrance(m *matching, rows []int) string {
	if trusted := m.advice == "" || m.few && m.adds || m.answered(rows); !trusted {
		return "not adopted, because " + m.advice
	}
	if why := m.besides(rows[0]); why != "" {
		return why
	}
	if _, can := m.standIns(rows); !can {
		return "not adopted: a placed row's order is none of them"
	}
	for _, i := range rows {
		x := m.suspects[i]
		switch waits, odd := m.are(untold, i), m.are(strange, i); {
		case m.unpaid[x.name()] != "":
			return "not adopted: " + m.unpaid[x.name()]
		case m.younger[x.name()] != "":
			return "not adopted: " + m.younger[x.name()]
		case x.other:
			return "not adopted: " + x.name() + " is being sent or another process has its batch; wait for it, " +
				"or look at the panel's page of orders and decide with --row"
		case len(waits) > 0:
			return "not adopted yet: the panel hasn't told the charge of order " + m.id(waits[0])
		case len(odd) > 0:
			return "not adopted: order " + m.id(odd[0]) + " isn't as the row's should be, unless its price had changed"
		case x.toldNo() && m.secondOnes(m.order[i]):
			return "not adopted: the panel said that it didn't take the row, and the order may as well be a second one of " +
				"another row, whose request came twice"
		case m.refusedOnes(m.order[i]) != "":
			return "not adopted: the panel said no to " + m.refusedOnes(m.order[i]) + " then, and may have taken it all the same"
		case x.breeds(m.parents, m.suspects):
			return "not adopted: a subscription or a drip-feed of ours is open there, whose orders have ids too"
		case x.putOff:
			return "not adopted yet: not all was asked about that lies where its order must"
		case x.young:
			return fmt.Sprintf("not adopted yet: its order may appear until %g s after the attempt", s.late().Seconds())
		}
	}
	if s.Panel.Panel.Exclusive == panel.Alone && !m.few {
		return ""
	}
	unweighed := slices.ContainsFunc(rows, func(i int) bool { return !m.suspects[i].began.After(m.since) })
	if m.adds && !unweighed && s.Panel.Panel.Exclusive != panel.Shared {
		return ""
	}
	words := "not adopted: it may be somebody else's, for nobody said that only these books order on this account " +
		"(exclusive = true in the configuration says so)"
	if m.why != "" {
		words += ", and the balance doesn't prove it: " + m.why
	}
	return words
}

func chargeWords(s panel.Status) string {
	if !s.Charge.Valid {
		return "unknown"
	}
	return s.Charge.Decimal.String()
}
