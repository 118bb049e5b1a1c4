package settle

import (
	"context"
	"slices"
	"strconv"
	"time"

	"bulkorder/batch/journal"
)

// ledger is what the books know of a panel's orders, by their ids as numbers.
type ledger struct {
	numeric bool
	claimed map[int64]bool
	beside  map[int64]bool  // that rows have on accounts at other addresses which may be this one
	keys    map[string]bool // the same as claimed, and ids that are no numbers
	own     []ownOrder      // by when they began; those whose ids the panel itself told
	first   int64           // lowest and highest id that is claimed
	last    int64
	byEnd   []ownOrder // by when they ended, with highest set
	floor   []int64    // of own[i:], the lowest id
	kinds   map[int64]string
	among   map[string]bool // by kind: its orders have their ids among those of others
}

type ownOrder struct {
	id           int64
	began, ended time.Time
	highest      int64 // of byEnd: the highest id of all that ended until then
	kind         string
}

func (s *Settler) ledger(ctx context.Context) (*ledger, error) {
	account := s.account()
	sent, err := s.Journal.Orders(ctx, account)
	if err != nil {
		return nil, err
	}
	doubtful, err := s.doubtful(ctx)
	if err != nil {
		return nil, err
	}
	sent = slices.DeleteFunc(sent, func(o journal.Sent) bool { return doubtful[journal.OrderKey(o.OrderID)] })
	l := newLedger(sent)
	if err := s.noteBeside(ctx, l, account); err != nil {
		return nil, err
	}
	return l, s.claimBeside(ctx, l, account)
}

func newLedger(sent []journal.Sent) *ledger {
	l := &ledger{numeric: len(sent) > 0, claimed: map[int64]bool{}, keys: map[string]bool{}}
	for _, o := range sent {
		l.keys[journal.OrderKey(o.OrderID)] = true
		id, err := strconv.ParseInt(o.OrderID, 10, 64)
		if err != nil {
			l.numeric = false
			continue
		}
		l.claimed[id] = true
		if l.first == 0 || id < l.first {
			l.first = id
		}
		l.last = max(l.last, id)
		if !o.Guessed && !o.Ended.IsZero() {
			l.own = append(l.own, ownOrder{id: id, began: o.Began, ended: o.Ended, kind: o.Kind})
		}
	}
	l.index()
	return l
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
			l.keys[journal.OrderKey(o.OrderID)] = true
			if id, err := strconv.ParseInt(o.OrderID, 10, 64); err == nil {
				l.claimed[id] = true
			}
		}
	}
	return nil
}

// noteBeside notes the orders of accounts at other addresses that may be this one: whether an id is theirs or the one of
// a row of this account nobody knows. One that has an order of an id that is this one's too is another account.
func (s *Settler) noteBeside(ctx context.Context, l *ledger, account int64) error {
	accounts, err := s.Journal.Elsewhere(ctx, account)
	if err != nil {
		return err
	}
	l.beside = map[int64]bool{}
	for _, n := range accounts {
		sent, err := s.Journal.Orders(ctx, n)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(sent, func(o journal.Sent) bool { return l.keys[journal.OrderKey(o.OrderID)] }) {
			continue
		}
		for _, o := range sent {
			if id, err := strconv.ParseInt(o.OrderID, 10, 64); err == nil {
				l.beside[id] = true
			}
		}
	}
	return nil
}

func (l *ledger) index() {
	l.kinds, l.among = map[int64]string{}, map[string]bool{}
	for _, o := range l.own {
		l.kinds[o.id] = o.kind
	}
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
// it was sent, before every order that was sent when it had ended. What ended without an id may still be under way
// behind whoever answered: it may be taken until the last late commit, and gets its id then.
func (l *ledger) window(x suspect, late time.Duration) (low, high int64) {
	low = l.below(x.began)
	if low == 0 {
		low = l.first - margin - 1
	}
	if x.entry.State == journal.Sending && x.tried == nil {
		return max(low, 0), 0
	}
	ended := x.began.Add(late)
	if x.copied || x.alike || x.ended.After(ended) || l.namedIn(x, low) {
		ended = x.ended
	}
	return max(low, 0), l.above(ended)
}

// places tells whether orders of ours show that one of a kind would have its id in a window: such orders bound it, or
// lie between others of ours. A panel may count those of a service by themselves.
func (l *ledger) places(kind string, low, high int64) bool {
	if l.kinds[low] == kind && l.kinds[high] == kind {
		return true
	}
	among, known := l.among[kind]
	if !known {
		among = l.between(kind)
		l.among[kind] = among
	}
	return among
}

// between tells whether an order of a kind was sent between others, or all are of that kind.
func (l *ledger) between(kind string) bool {
	var first, last time.Time // of the others: when the first ended, and when the last began
	for _, o := range l.own {
		if o.kind == kind {
			continue
		}
		if first.IsZero() || o.ended.Before(first) {
			first = o.ended
		}
		if o.began.After(last) {
			last = o.began
		}
	}
	return slices.ContainsFunc(l.own, func(o ownOrder) bool {
		return o.kind == kind && (first.IsZero() || first.Before(o.began) && last.After(o.ended))
	})
}

// namedIn tells whether the answer named an order that lies where the row's must, if it was made before that answer.
// Another may be the supplier's, or a number of something else.
func (l *ledger) namedIn(x suspect, low int64) bool {
	id, err := strconv.ParseInt(x.sent.Candidate, 10, 64)
	if err != nil || x.ended.IsZero() {
		return false
	}
	high := l.above(x.ended)
	return id > low && (id < high || high == 0 && id <= l.last+margin)
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
