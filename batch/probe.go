package batch

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// ledger is what the books know of a panel's orders, by their ids as numbers.
type ledger struct {
	numeric bool
	claimed map[int64]bool
	own     []ownOrder // by when they began; those whose ids the panel itself told
	first   int64      // lowest and highest id that is claimed
	last    int64
	byEnd   []ownOrder // by when they ended, with highest set
	floor   []int64    // of own[i:], the lowest id
}

type ownOrder struct {
	id           int64
	began, ended time.Time
	highest      int64 // of byEnd: the highest id of all that ended until then
}

func (s *Settler) ledger(ctx context.Context) (*ledger, error) {
	account := s.Batch.AccountOn(s.Panel.Panel.Name)
	sent, err := s.Journal.Orders(ctx, account)
	if err != nil {
		return nil, err
	}
	l := &ledger{numeric: len(sent) > 0, claimed: map[int64]bool{}}
	if err := s.claimBeside(ctx, l, account); err != nil {
		return nil, err
	}
	for _, o := range sent {
		id, err := strconv.ParseInt(o.OrderID, 10, 64)
		if err != nil {
			l.numeric = false
			return l, nil
		}
		l.claimed[id] = true
		if l.first == 0 || id < l.first {
			l.first = id
		}
		l.last = max(l.last, id)
		if !o.Guessed && !o.Ended.IsZero() {
			l.own = append(l.own, ownOrder{id: id, began: o.Began, ended: o.Ended})
		}
	}
	l.index()
	return l, nil
}

// claimBeside notes the orders that were made with other keys at the account's address, where they may be the account's
// too: they are no row's of this one.
func (s *Settler) claimBeside(ctx context.Context, l *ledger, account int64) error {
	accounts, err := s.Journal.Beside(ctx, account)
	if err != nil {
		return err
	}
	for _, n := range accounts {
		sent, err := s.Journal.Orders(ctx, n)
		if err != nil {
			return err
		}
		for _, o := range sent {
			if id, err := strconv.ParseInt(o.OrderID, 10, 64); err == nil {
				l.claimed[id] = true
			}
		}
	}
	return nil
}

func (l *ledger) index() {
	slices.SortFunc(l.own, func(a, b ownOrder) int { return a.began.Compare(b.began) })
	l.floor = make([]int64, len(l.own))
	for i := len(l.own) - 1; i >= 0; i-- {
		l.floor[i] = l.own[i].id
		if i+1 < len(l.own) {
			l.floor[i] = min(l.floor[i], l.floor[i+1])
		}
	}
	l.byEnd = slices.Clone(l.own)
	slices.SortFunc(l.byEnd, func(a, b ownOrder) int { return a.ended.Compare(b.ended) })
	highest := int64(0)
	for i := range l.byEnd {
		highest = max(highest, l.byEnd[i].id)
		l.byEnd[i].highest = highest
	}
}

// below gives the highest id of the orders that had ended before t; 0: there is none. Times are kept in
// milliseconds: the same one says nothing about the order.
func (l *ledger) below(t time.Time) int64 {
	i, _ := slices.BinarySearchFunc(l.byEnd, t, func(o ownOrder, t time.Time) int { return o.ended.Compare(t) })
	if i == 0 {
		return 0
	}
	return l.byEnd[i-1].highest
}

// above gives the lowest id of the orders that began after t; 0: there is none.
func (l *ledger) above(t time.Time) int64 {
	i, _ := slices.BinarySearchFunc(
		l.own,
		t.Add(time.Millisecond),
		func(o ownOrder, t time.Time) int { return o.began.Compare(t) },
	)
	if i == len(l.own) {
		return 0
	}
	return l.floor[i]
}

// margin is how far below the first and above the last own order is looked where nothing bounds a row.
const margin = 100

// window gives where the order of a row in doubt must lie: after every order that had been answered when
// it was sent, before every order that was sent when it had ended. Where nobody saw it end, it may have
// been taken until the last late commit.
func (l *ledger) window(x suspect, late time.Duration) (low, high int64) {
	low = l.below(x.began)
	if low == 0 {
		low = l.first - margin - 1
	}
	if x.entry.State == journal.Sending {
		return max(low, 0), 0
	}
	ended := x.ended
	if ended.IsZero() {
		ended = x.began.Add(late)
	}
	return max(low, 0), l.above(ended)
}

// ascending tells whether ids ascend in the order of sending: an order that was answered before another
// was sent has the lower id.
func (l *ledger) ascending() bool {
	for _, o := range l.own {
		if l.below(o.began) > o.id {
			return false
		}
	}
	return true
}

// prober asks for the status of ids that may not be ours. It asks once.
type prober struct {
	panel *panel.Client
	pace  *Pace
	known map[int64]panel.Status // asked before; Error where the panel knows no such order
	calls int
}

// mostCalls bounds the probing of one settlement: 40,000 ids.
const mostCalls = 400

func (p *prober) ask(ctx context.Context, ids []int64) error {
	var fresh []int64
	for _, id := range ids {
		if _, is := p.known[id]; !is && id > 0 {
			fresh = append(fresh, id)
		}
	}
	for chunk := range slices.Chunk(fresh, panel.Many) {
		if p.calls++; p.calls > mostCalls {
			return fmt.Errorf(
				"more than %d ids lie where rows in doubt may be; settle rows one by one",
				mostCalls*panel.Many,
			)
		}
		if err := p.pace.Turn(ctx); err != nil {
			return err
		}
		texts := make([]string, len(chunk))
		for i, id := range chunk {
			texts[i] = strconv.FormatInt(id, 10)
		}
		statuses, err := p.panel.Statuses(ctx, texts)
		if err != nil {
			return fmt.Errorf("looking for orders: %w", err)
		}
		for i, id := range chunk {
			status, is := statuses[texts[i]]
			if !is {
				return fmt.Errorf("looking for orders: the panel left order %d out of its answer", id)
			}
			p.known[id] = status
		}
	}
	return nil
}

// there tells whether the panel has the order; it was asked for before.
func (p *prober) there(id int64) bool {
	s, is := p.known[id]
	return is && s.Error == "" && s.Status != ""
}

// elsewhere is how many ids are looked at for the rows of other batches: an order that may be theirs proves nothing
// for ours however far their windows reach.
const elsewhere = 1000

// unclaimed asks for the ids that lie in the rows' windows and that no row claims, and gives them.
func (p *prober) unclaimed(ctx context.Context, l *ledger, suspects []suspect) ([]int64, error) {
	const most = mostCalls * panel.Many
	own := ours(suspects)
	ids := map[int64]bool{}
	if l.gaps(ids, own, most+1); len(ids) > most {
		return nil, fmt.Errorf("more than %d ids lie where rows in doubt may be; settle rows one by one", most)
	}
	l.gaps(ids, others(suspects), min(len(ids)+elsewhere, most))
	all := slices.Sorted(maps.Keys(ids))
	if err := p.ask(ctx, all); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(own, func(x suspect) bool { return x.high == 0 }) {
		more, err := p.beyond(ctx, l.last+margin+1)
		return append(all, more...), err
	}
	return all, nil
}

// gaps adds the ids in the rows' windows that no row claims, until there are that many.
func (l *ledger) gaps(ids map[int64]bool, suspects []suspect, most int) {
	for _, x := range suspects {
		high := x.high
		if high == 0 {
			high = l.last + margin + 1
		}
		for id := x.low + 1; id < high && len(ids) < most; id++ {
			if !l.claimed[id] {
				ids[id] = true
			}
		}
	}
}

// found gives the orders among the ids that no row claims.
func (p *prober) found(l *ledger, ids []int64) (orders []found) {
	for _, id := range ids {
		if p.there(id) && !l.claimed[id] {
			orders = append(orders, found{id: id, status: p.known[id]})
		}
	}
	return orders
}

// beyond asks on above the last own order, until a hundred ids in a row are nobody's that we see.
func (p *prober) beyond(ctx context.Context, from int64) ([]int64, error) {
	var all []int64
	for {
		var ids []int64
		for id := from; id < from+margin; id++ {
			ids = append(ids, id)
		}
		if err := p.ask(ctx, ids); err != nil {
			return nil, err
		}
		all, from = append(all, ids...), from+margin
		if !slices.ContainsFunc(ids, p.there) {
			return all, nil
		}
	}
}

// calibrate finds out whether the panel behaves so that findings prove something, and says why not.
func (s *Settler) calibrate(ctx context.Context, p *prober, l *ledger, suspects []suspect) (string, error) {
	switch {
	case s.Panel.Panel.Exclusive == panel.Shared:
		return "others order on this account too", nil
	case !l.numeric:
		return "the panel's order ids are no numbers, or it has no order of ours to compare with", nil
	case len(l.own) < 2:
		return "there are too few orders of ours to compare with", nil
	case !l.ascending():
		return "the panel's order ids don't ascend in the order of sending", nil
	}
	if why, err := s.calibrateVisible(ctx, p); why != "" || err != nil {
		return why, err
	}
	return s.calibrateStrangers(ctx, p, l, suspects)
}

// calibrateVisible: an own order is shown, and with the charge that was expected.
func (s *Settler) calibrateVisible(ctx context.Context, p *prober) (string, error) {
	compared := 0
	for e, err := range s.Journal.InStateOn(ctx, s.Batch, s.Panel.Panel.Name, journal.Placed) {
		if err != nil {
			return "", err
		}
		id, err := strconv.ParseInt(e.OrderID, 10, 64)
		if err != nil {
			return "the panel's order ids are no numbers", nil
		}
		if compared++; compared > panel.Many {
			break
		}
		if err := p.ask(ctx, []int64{id}); err != nil {
			return "", err
		}
		if !p.there(id) {
			return fmt.Sprintf("the panel doesn't show order %d, which it gave us", id), nil
		}
		if !fits(e, p.known[id]) {
			return fmt.Sprintf(
				"order %d was charged %s, which is not what was expected of its row",
				id,
				chargeWords(p.known[id]),
			), nil
		}
	}
	return "", nil
}

// calibrateStrangers: ids that aren't ours are not shown. They are looked at below the first order that may
// be ours, and between own orders where no row in doubt can lie.
func (s *Settler) calibrateStrangers(ctx context.Context, p *prober, l *ledger, suspects []suspect) (string, error) {
	var ids []int64
	for id := l.first - 2*margin; id < l.first-margin-1; id++ {
		ids = append(ids, id)
	}
	inDoubt := func(id int64) bool {
		return slices.ContainsFunc(suspects, func(x suspect) bool { return id > x.low && (x.high == 0 || id < x.high) })
	}
	healthy := 0
	for id := l.first; id < l.last && healthy < panel.Many; id++ {
		if !l.claimed[id] && !inDoubt(id) {
			ids = append(ids, id)
			healthy++
		}
	}
	if err := p.ask(ctx, ids); err != nil {
		return "", err
	}
	for _, id := range ids {
		if p.there(id) {
			return fmt.Sprintf(
				"the panel shows order %d, which is no row's: others order on this account, or a journal is missing",
				id,
			), nil
		}
	}
	return "", nil
}
