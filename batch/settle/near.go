package settle

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"bulkorder/batch/journal"
)

// How many calls look for orders of refused rows alone: at the end of a run, and where a person asks for it.
const (
	refusedCalls = 12
	settleCalls  = mostCalls
)

// lookNear asks for the ids where orders of requests would stand which the panel said no to: first for those between
// the orders of ours that were answered before and sent after, then for those where a late order may stand. It keeps of
// which refused rows not all of the former were asked for, and gives what was.
func (s *Settler) lookNear(ctx context.Context, p *prober, l *ledger, tried []unproved, most int) ([]int64, error) {
	near, far := map[int64]bool{}, map[int64]bool{}
	again := false
	p.most = most
	for i := range tried {
		x := triedBy(&tried[i].Tried)
		x.low, x.high = l.window(x, s.late())
		if again = again || sentAgain(tried[i].Tried); tried[i].SaidNo() {
			low, high := l.closely(x)
			l.gap(near, suspect{low: low, high: high}, most*p.atOnce())
		}
		l.gap(far, x, elsewhere)
	}
	asked := slices.Sorted(maps.Keys(near))
	if err := p.ask(ctx, asked); err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	if p.most = max(p.calls, min(most, refusedCalls)); again {
		p.most = 0 // those are to be found
	}
	for id := range near {
		delete(far, id)
	}
	later := slices.Sorted(maps.Keys(far))
	if err := p.ask(ctx, later); err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return append(asked, later...), s.keepLooked(ctx, p, l, tried, most)
}

// closely gives where the order of a request stands that was made before it was answered: exclusive bounds.
func (l *ledger) closely(x suspect) (low, high int64) {
	if low = l.below(x.began); low == 0 {
		low = max(l.first-margin-1, 0)
	}
	if high = l.above(x.ended); high == 0 {
		high = l.last + max(margin, 2*l.step()) + 1
	}
	return low, high
}

// step is how far the ids of orders of ours lie apart that were sent one soon after another: others order beside us.
func (l *ledger) step() (most int64) {
	const soon, some = 10 * time.Second, 64
	last := l.own[max(0, len(l.own)-some):]
	for i := 1; i < len(last); i++ {
		if last[i].began.Sub(last[i-1].began) <= soon {
			most = max(most, last[i].id-last[i-1].id)
		}
	}
	return most
}

// keepLooked keeps of which refused rows not all was looked at where their orders would stand. Where even the calls
// that a person asked for don't suffice, that is an alarm, once for a batch, since nobody else can look.
func (s *Settler) keepLooked(ctx context.Context, p *prober, l *ledger, tried []unproved, most int) error {
	var all []journal.Looked
	told := map[string]bool{} // by batch, whether a person was told that nobody knows
	for _, t := range tried {
		if !t.SaidNo() {
			continue
		}
		whole := p.sawAll(l, triedBy(&t.Tried))
		if _, known := told[t.Batch]; !known && !whole {
			b, err := s.Journal.Batch(ctx, t.Batch)
			if err == nil {
				told[t.Batch], err = s.Journal.WasUnknown(ctx, b)
			}
			if err != nil {
				return err
			}
		}
		if !whole && !told[t.Batch] && most >= settleCalls {
			if err := s.unlooked(t); err != nil {
				return err
			}
			told[t.Batch] = true
		}
		all = append(all, journal.Looked{Batch: t.Batch, Seq: t.Seq, Whole: whole || told[t.Batch]})
	}
	return s.Journal.KeepLooked(ctx, all)
}

// sawAll tells whether all ids were asked for between the orders of ours around a request.
func (p *prober) sawAll(l *ledger, x suspect) bool {
	low, high := l.closely(x)
	for id := low + 1; id < high; id++ {
		if _, known := p.known[id]; !known && !p.vague[id] && !l.claimed[id] {
			return false
		}
	}
	return true
}

// unlooked keeps an alarm about refused rows where more ids lie than can be asked for.
func (s *Settler) unlooked(t unproved) error {
	return s.Journal.RaiseAlarm(t.Batch, journal.Alarm{Seq: t.Seq, At: time.Now(), OrderID: journal.UnknownOrder,
		Words: fmt.Sprintf("the panel refused row %s and perhaps others, and there are more ids where their orders would "+
			"stand than can be asked for, so that nobody knows whether one of them was ordered all the same; look at the panel's own "+
			"list of orders before any of them is ordered again", t.At())})
}
