package settle

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
)

// prober asks for the status of ids that may not be ours. It asks once.
type prober struct {
	panel     *panel.Client
	pace      *pace.Pace
	currency  string                 // of the account; empty: not known
	known     map[int64]panel.Status // asked before; Error where the panel knows no such order
	vague     map[int64]bool         // asked before, and the panel didn't say whether it knows the order
	saysNo    map[string]bool        // by error, whether it says that there is no such order
	nowhere   *panel.Status          // of an order that surely isn't there; nil: not asked yet
	calls     int
	most      int              // calls; 0: as many as it takes
	catalogue *panel.Catalogue // of now; nil: it wasn't asked for
	priced    time.Time        // when it was asked for
	single    bool             // the panel refuses to tell of many orders at once
	many      bool             // it told of orders of ours, of many at once
	short     bool             // not all was asked for that lies where rows may have their orders

	busy func(what string) (done func()) // is told what takes its time; nil: nobody waits
	left int                             // orders that are still to be asked for
	told time.Time                       // when it was said how many are left
	done func()                          // ends what was said; nil: nothing is
}

// errEnough: as many calls were made as were allowed.
var errEnough = errors.New("enough was asked")

// How many calls look for orders in one settlement: of 40,000 ids, where a call may hold a hundred, or of those of so
// many rows as can be looked for one by one. What is left is for the next one.
const (
	mostCalls   = 400
	singleCalls = 1000
)

// bound is how many calls there may be.
func (p *prober) bound() int {
	if p.atOnce() == 1 {
		return singleCalls
	}
	return mostCalls
}

// errTooMany: more ids lie where rows in doubt may have their orders than one settlement asks for.
var errTooMany = errors.New("more ids lie where rows in doubt may have their orders than can be asked for")

func (p *prober) ask(ctx context.Context, ids []int64) error {
	var fresh []int64
	for _, id := range ids {
		if _, is := p.known[id]; !is && !p.vague[id] && id > 0 {
			fresh = append(fresh, id)
		}
	}
	p.left = len(fresh)
	defer p.quiet()
	for chunk := range slices.Chunk(fresh, p.atOnce()) {
		if p.calls > p.bound() {
			return errTooMany
		}
		if err := p.call(ctx, chunk); err != nil {
			return fmt.Errorf("looking for orders: %w", err)
		}
	}
	return nil
}

// call makes one call about ids that weren't asked for yet.
func (p *prober) call(ctx context.Context, ids []int64) error {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatInt(id, 10)
	}
	statuses, err := p.statuses(ctx, texts)
	for i, id := range ids {
		status, is := statuses[texts[i]]
		switch {
		case !is:
		case status.Status != "" || p.absent(ctx, status):
			p.known[id] = status
		case p.vague == nil:
			p.vague = map[int64]bool{id: true}
		default:
			p.vague[id] = true
		}
	}
	return err
}

// absent tells whether the panel said that it has no such order: in words that are known for it, or in those that it
// has for an order which surely isn't there.
func (p *prober) absent(ctx context.Context, s panel.Status) bool {
	no, known := p.saysNo[s.Error]
	if !known { // most ids that aren't there are told of in the same words
		no = panel.Status{Error: s.Error}.Absent()
		if p.saysNo == nil {
			p.saysNo = map[string]bool{}
		}
		p.saysNo[s.Error] = no
	}
	if no {
		return true
	}
	if p.nowhere == nil {
		id := nowhere
		for known := range p.known {
			id = max(id, known*2)
		}
		text := strconv.FormatInt(id, 10)
		told, _ := p.some(ctx, []string{text}) // what isn't answered is no word for it
		status := told[text]
		p.nowhere = &status
	}
	return s.AbsentLike(*p.nowhere)
}

// nowhere is an order's id that no panel has given yet, and that a column of 32 bits holds.
const nowhere = int64(2_000_000_000)

// statuses asks about orders, all at once or as the panel tells of them. Orders that it leaves out of its answers it
// doesn't know: that was tried with one of them.
func (p *prober) statuses(ctx context.Context, ids []string) (map[string]panel.Status, error) {
	all := map[string]panel.Status{}
	for left := ids; len(left) > 0; {
		some := left[:min(len(left), p.atOnce())]
		told, err := p.some(ctx, some)
		maps.Copy(all, told)
		if err != nil {
			return all, err
		}
		left = slices.DeleteFunc(slices.Clone(left), func(id string) bool { _, is := told[id]; return is })
		if len(told) > 0 || len(left) == 0 {
			continue
		}
		if err := p.alone(ctx, left[:min(len(left), len(some))], all); err != nil {
			return all, err
		}
		left = slices.DeleteFunc(left, func(id string) bool { _, is := all[id]; return is })
	}
	return all, nil
}

// turn waits until the next call may leave, and counts it.
func (p *prober) turn(ctx context.Context) error {
	if p.most > 0 && p.calls >= p.most {
		return errEnough
	}
	p.calls++
	return p.pace.Turn(ctx)
}

// some asks about orders in one call, or in as many as the panel needs for them.
func (p *prober) some(ctx context.Context, ids []string) (map[string]panel.Status, error) {
	nth := 0
	told, err := p.panel.Statuses(ctx, ids, func(ctx context.Context) error {
		nth++
		p.oneByOne(time.Now(), nth)
		return p.turn(ctx)
	})
	var refusal *panel.Refusal
	if len(ids) > 1 && errors.As(err, &refusal) && refusal.Class != panel.ClassKey && refusal.Class != panel.ClassRate {
		return nil, nil // it tells of one at a time
	}
	p.left -= len(told)
	for id, status := range told {
		p.many = p.many || len(ids) > 1 && status.Status != ""
		if !panel.SameCurrency(p.currency, status.Currency) {
			status.Charge.Valid = false // it can't be compared with anything
			told[id] = status
		}
	}
	return told, err
}

// alone asks about the first of orders of which an answer about several told nothing. Where the panel knows it after
// all, it tells of one at a time from now on; where it doesn't, it knows none of them.
func (p *prober) alone(ctx context.Context, left []string, all map[string]panel.Status) error {
	told, err := p.some(ctx, left[:1])
	if err != nil {
		return err
	}
	status, is := told[left[0]]
	if !is {
		return fmt.Errorf("the panel left order %s out of its answer", left[0])
	}
	all[left[0]] = status
	if status.Error == "" || !p.many {
		p.single = true
		return nil
	}
	for _, id := range left {
		all[id] = panel.Status{Error: status.Error} // it is left out for what is said of the first
	}
	return nil
}

// own asks about orders of ours.
func (p *prober) own(ctx context.Context, own []journal.Entry) ([]panel.Status, error) {
	var ids []string
	for _, e := range own {
		ids = append(ids, e.OrderID)
	}
	statuses, err := p.statuses(ctx, ids)
	now := make([]panel.Status, len(own))
	for i, e := range own {
		now[i] = statuses[e.OrderID]
		if id, err := strconv.ParseInt(e.OrderID, 10, 64); err == nil {
			p.known[id] = now[i]
		}
	}
	return now, err
}

// atOnce is how many ids one call may hold.
func (p *prober) atOnce() int {
	if p.single {
		return 1
	}
	return p.panel.StatusesAtOnce()
}

// there tells whether the panel has the order; it was asked for before.
func (p *prober) there(id int64) bool {
	s, is := p.known[id]
	return is && s.Error == "" && s.Status != ""
}

// elsewhere is how many ids are looked at for the rows of other batches: an order that may be theirs proves nothing
// for ours however far their windows reach.
const elsewhere = 1000

// unclaimed asks for the ids that lie in the rows' windows and that no row claims, and gives them. Where they are too
// many it asks for those of some rows, first of such that nobody looked for yet.
func (p *prober) unclaimed(ctx context.Context, l *ledger, suspects []suspect) ([]int64, error) {
	most := p.bound() * p.atOnce()
	beside := func(x suspect) bool { return x.beside }
	own := slices.DeleteFunc(slices.Clone(suspects), beside)
	slices.SortStableFunc(own, func(a, b suspect) int { return a.looked() - b.looked() })
	ids := map[int64]bool{}
	var first []int64 // in the order of the rows
	for _, x := range own {
		its := map[int64]bool{}
		l.gaps(its, []suspect{x}, most+1-len(ids))
		for _, id := range slices.Sorted(maps.Keys(its)) {
			if !ids[id] {
				ids[id], first = true, append(first, id)
			}
		}
	}
	p.short = p.short || len(ids) > most
	if err := p.askSome(ctx, first); err != nil {
		return nil, err
	}
	// How many ids a call may hold is known by now.
	others := slices.DeleteFunc(slices.Clone(suspects), func(x suspect) bool { return !beside(x) })
	l.gaps(ids, others, len(ids)+min(elsewhere, max(p.bound()-p.calls, 0)*p.atOnce()))
	all := slices.Sorted(maps.Keys(ids))
	if err := p.askSome(ctx, all); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(own, func(x suspect) bool { return x.high == 0 }) && !p.short {
		more, err := p.beyond(ctx, l.last+margin+1)
		if p.short = errors.Is(err, errTooMany); p.short {
			err = nil
		}
		return append(all, more...), err
	}
	return all, nil
}

// askSome asks for as many of the ids as can be asked for.
func (p *prober) askSome(ctx context.Context, ids []int64) error {
	err := p.ask(ctx, ids)
	if errors.Is(err, errTooMany) {
		p.short = true
		return nil
	}
	return err
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

// searched tells whether all that lies where a row's order must lie was looked at.
func (p *prober) searched(l *ledger, x suspect) bool {
	if x.high == 0 {
		return false
	}
	for id := x.low + 1; id < x.high; id++ {
		if _, asked := p.known[id]; !asked && !l.claimed[id] {
			return false
		}
	}
	return true
}

// unclear tells whether the panel didn't say of all that may stand where a row's order must lie whether it is there.
func (p *prober) unclear(x suspect) bool {
	for id := range p.vague {
		if x.holds(id) {
			return true
		}
	}
	return false
}

// named asks about the orders that answers named which couldn't be trusted, where ids aren't numbers.
func (p *prober) named(ctx context.Context, suspects []suspect, l *ledger) (orders []found, err error) {
	for i, x := range suspects {
		id := x.sent.Candidate
		if x.tried != nil || id == "" || l.keys[journal.OrderKey(id)] {
			continue
		}
		told, err := p.some(ctx, []string{id})
		if err != nil {
			return nil, err
		}
		if s, is := told[id]; is && s.Error == "" && s.Status != "" {
			orders = append(orders, found{id: int64(i) + 1, status: s, text: id})
		}
	}
	return orders, nil
}
