package settle

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// suspect is a row in doubt, or one that another process is sending, and where its order's id must lie, were it
// placed.
type suspect struct {
	entry        journal.Entry
	batch        journal.Batch
	beside       bool            // it is of another batch than the one that is settled
	other        bool            // nothing is decided about it: it is being sent, or is not ours to decide
	tried        *journal.Tried  // an earlier request of a row that was queued again; nil: the row is in doubt now
	copied       bool            // it has its order, and may have a second one
	abroad       bool            // it was sent on another account than the one that is settled, though by this batch's panel
	alike        bool            // its answer named an order that another row was answered too
	keeps        string          // of those the one that is placed: its order in the books; empty: it isn't placed
	sent         journal.Attempt // the last one; zero while it is being sent
	began, ended time.Time
	low, high    int64 // exclusive bounds; high 0: none
	known        bool  // low is an order of ours, not only where looking begins
	young        bool  // its order may still appear
	searched     bool  // all of it was looked at
	placeless    bool  // no order of ours shows that one of its kind would have its id there
	unpaid       bool  // a refused request for which nothing seems to have left the balance
	unclear      bool  // the panel didn't say of all of it whether it is there
	putOff       bool  // not all of it was asked for, since that was too much
	wide         bool  // it is too much for the row alone

	earlier string // why the panel turned the request away that made its order; empty: the last one did
}

// name tells a person which row it is.
func (x suspect) name() string {
	name := fmt.Sprintf("row %s of batch %s", x.entry.At(), x.batch.ID)
	switch {
	case x.keeps != "":
		name += ", which is placed"
	case x.copied:
		name += ", whose request may have come twice"
	case x.tried != nil && x.tried.Decision != nil:
		name += ", which was decided as not placed"
	case x.tried != nil:
		name += ", of which a request was turned away before"
	case x.entry.State == journal.Sending:
		name += ", which is being sent, or was when its run broke off"
	}
	return name
}

// isOf tells whether both are of one row.
func (x suspect) isOf(o suspect) bool { return x.batch.ID == o.batch.ID && x.entry.Seq == o.entry.Seq }

// holds tells whether an id lies where the row's order must lie.
func (x suspect) holds(id int64) bool { return id > x.low && (x.high == 0 || id < x.high) }

// account is the number of the account that is settled.
func (s *Settler) account() int64 { return s.Batch.AccountOn(s.Panel.Panel.Name) }

// suspects collects the rows of the account that may have an order nobody knows of, with the times of their last
// attempts: those of other batches too, for an order that may be another row's is no proof.
func (s *Settler) suspects(ctx context.Context) ([]suspect, error) {
	doubts, err := s.Journal.Doubts(ctx, s.Batch, s.Panel.Panel.Name)
	if err != nil {
		return nil, err
	}
	var all []suspect
	for _, d := range doubts {
		if d.Began.IsZero() {
			return nil, fmt.Errorf("row %s of batch %s is in doubt without an attempt", d.At(), d.Batch)
		}
		x := suspect{entry: d.Entry, batch: journal.Batch{ID: d.Batch}, beside: true, other: true, began: d.Began,
			ended: d.Ended, sent: d.Sent}
		ours := d.Batch == s.Batch.ID && d.Panel == s.Panel.Panel.Name && d.State == journal.InDoubt
		if x.abroad = ours && d.Account != s.account(); x.abroad {
			x.batch = s.Batch
		} else if ours {
			x.batch, x.beside, x.other = s.Batch, false, false
		}
		if b, held := s.beside(d); held {
			x.batch, x.other = b, false
		}
		all = append(all, x)
	}
	if all, err = s.addAlike(ctx, all); err != nil {
		return nil, err
	}
	if all, err = s.addTried(ctx, all); err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b suspect) int { return a.began.Compare(b.began) })
	return all, nil
}

// How long ago a request may be of which an order is thought that nobody claims.
const (
	triedBefore  = 10 * time.Minute // before the oldest row in doubt
	decidedSince = 7 * 24 * time.Hour
)

// addTried adds earlier requests of rows that were queued again: those that were decided as not placed, and those that
// the panel turned away while rows in doubt were sent.
func (s *Settler) addTried(ctx context.Context, all []suspect) ([]suspect, error) {
	decided, turned := time.Now().Add(-decidedSince), time.Now()
	for _, x := range all {
		if t := x.began.Add(-triedBefore); t.Before(turned) {
			turned = t
		}
	}
	since := decided
	if turned.Before(since) {
		since = turned
	}
	tried, err := s.Journal.Tried(ctx, s.account(), since, false)
	for i, t := range tried {
		doubted := t.State == journal.InDoubt
		if t.Decision != nil && !t.Began.Before(decided) || !t.Began.Before(turned) || doubted {
			all = append(all, triedBy(&tried[i]))
		}
	}
	return all, err
}

func triedBy(t *journal.Tried) suspect {
	return suspect{entry: t.Entry, batch: journal.Batch{ID: t.Batch}, beside: true, other: true, tried: t, sent: t.Sent,
		began: t.Began, ended: t.Ended}
}

// turned tells whether it is a request that the panel turned away.
func (x suspect) turned() bool { return x.tried != nil && x.tried.Decision == nil }

// toldNo tells whether the panel answered the request, and said that it didn't take it.
func (x suspect) toldNo() bool {
	return !x.copied && !slices.Contains([]string{"", "interrupted", panel.InDoubt.String(), panel.Placed.String()},
		x.sent.Verdict)
}

// denies tells whether a person said that an order is none of the row's.
func (x suspect) denies(order string) bool {
	return x.tried != nil && x.tried.Decision != nil && slices.Contains(x.tried.Decision.Although, order)
}

// beside gives the batch of a row in doubt, where it is another one that whoever settles holds too.
func (s *Settler) beside(d journal.Doubt) (journal.Batch, bool) {
	i := slices.IndexFunc(s.held, func(b journal.Batch) bool { return b.ID == d.Batch })
	if i < 0 || d.Batch == s.Batch.ID || d.Account != s.account() || d.State != journal.InDoubt {
		return journal.Batch{}, false
	}
	return s.held[i], true
}

// bounded gives the suspects and the books as they are now, and where the order of each must lie. The suspects are
// read first: what is answered in between is in the books then.
func (s *Settler) bounded(ctx context.Context) ([]suspect, *ledger, error) {
	suspects, err := s.suspects(ctx)
	if err != nil {
		return nil, nil, err
	}
	book, err := s.ledger(ctx)
	if err != nil {
		return nil, nil, err
	}
	for i := range suspects {
		x := &suspects[i]
		x.low, x.high = book.window(*x, s.late())
		x.known, x.young = book.below(x.began) != 0, time.Since(x.began) < s.late()
		x.placeless = book.numeric && !book.places(x.entry.Kind(), x.low, x.high)
	}
	return suspects, book, nil
}

// ours gives the suspects of the batch that may be decided.
func ours(suspects []suspect) []suspect {
	return slices.DeleteFunc(slices.Clone(suspects), func(x suspect) bool {
		return x.beside || x.other || x.keeps != ""
	})
}

// ready tells when the youngest of the rows can be settled: late commits come until then.
func (s *Settler) ready(ours []suspect) time.Time {
	at := ours[len(ours)-1].began.Add(s.late())
	if at.After(time.Now()) {
		return at
	}
	return time.Time{}
}

// breeds tells whether an order may be there that a row in doubt or an order of ours makes by itself: a subscription's
// posts and a drip-feed's runs are orders too, with ids of their own.
func (x suspect) breeds(parents []journal.Parent, suspects []suspect) bool {
	ended := x.ended
	if ended.IsZero() {
		ended = time.Now()
	}
	for _, p := range parents {
		if p.Began.Before(ended) && (p.Ended.IsZero() || p.Ended.After(x.began.Add(-childless))) {
			return true
		}
	}
	return slices.ContainsFunc(suspects, func(o suspect) bool { return o.entry.Breeds() && !o.began.After(ended) })
}

// childless is how long after its end a subscription or a drip-feed of ours still counts as open.
const childless = 24 * time.Hour
