package batch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bulkorder/batch/panel"
)

// prober asks for the status of ids that may not be ours. It asks once.
type prober struct {
	panel    *panel.Client
	pace     *Pace
	currency string                 // of the account; empty: not known
	known    map[int64]panel.Status // asked before; Error where the panel knows no such order
	calls    int
	single   bool // the panel refuses to tell of many orders at once
}

// mostCalls bounds the probing of one settlement: 40,000 ids, where a call may hold a hundred.
const mostCalls = 400

func (p *prober) ask(ctx context.Context, ids []int64) error {
	var fresh []int64
	for _, id := range ids {
		if _, is := p.known[id]; !is && id > 0 {
			fresh = append(fresh, id)
		}
	}
	for chunk := range slices.Chunk(fresh, p.atOnce()) {
		if p.calls++; p.calls > mostCalls {
			return fmt.Errorf("more than %d ids lie where rows in doubt may be; settle rows one by one", mostCalls*p.atOnce())
		}
		if err := p.call(ctx, chunk); err != nil {
			return fmt.Errorf("looking for orders: %w", err)
		}
	}
	return nil
}

// call makes one call about ids that weren't asked for yet.
func (p *prober) call(ctx context.Context, ids []int64) error {
	if err := p.pace.Turn(ctx); err != nil {
		return err
	}
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatInt(id, 10)
	}
	statuses, err := p.panel.Statuses(ctx, texts)
	var refusal *panel.Refusal
	if len(ids) > 1 && errors.As(err, &refusal) && refusal.Class != panel.ClassKey && refusal.Class != panel.ClassRate {
		p.single, err = true, nil // it tells of one at a time
	}
	if err != nil {
		return err
	}
	for i, id := range ids {
		status, is := statuses[texts[i]]
		if !is {
			if status, err = p.alone(ctx, texts[i]); err != nil {
				return err
			}
		}
		if p.currency != "" && status.Currency != "" && !strings.EqualFold(p.currency, status.Currency) {
			status.Charge.Valid = false // it can't be compared with anything
		}
		p.known[id] = status
	}
	return nil
}

// alone asks about an order that was left out of the answer about several.
func (p *prober) alone(ctx context.Context, id string) (panel.Status, error) {
	if err := p.pace.Turn(ctx); err != nil {
		return panel.Status{}, err
	}
	p.calls++
	statuses, err := p.panel.Statuses(ctx, []string{id})
	status, is := statuses[id]
	if err == nil && !is {
		err = fmt.Errorf("the panel left order %s out of its answer", id)
	}
	return status, err
}

// atOnce is how many ids one call may hold.
func (p *prober) atOnce() int {
	if p.single {
		return 1
	}
	return p.panel.Panel.StatusesAtOnce()
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
	most := mostCalls * p.atOnce()
	beside := func(x suspect) bool { return x.beside }
	own := slices.DeleteFunc(slices.Clone(suspects), beside)
	ids := map[int64]bool{}
	if l.gaps(ids, own, most+1); len(ids) > most {
		return nil, fmt.Errorf("more than %d ids lie where rows in doubt may be; settle rows one by one", most)
	}
	others := slices.DeleteFunc(slices.Clone(suspects), func(x suspect) bool { return !beside(x) })
	l.gaps(ids, others, min(len(ids)+elsewhere, most))
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
		if x.turned() { // where they are isn't looked for them
			continue
		}
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
