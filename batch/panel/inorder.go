package panel

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
)

// A panel that tells of many orders in a list whose items name none tells them in the order asked, or as they lie in
// its table: by id, or the newest first. So they are always asked for by id, and the first list is compared with what
// the panel tells of single orders before one is believed.

// errChanging: what the panel tells of an order changed between two calls, so that they can't be compared.
var errChanging = errors.New("an order changed while its status was asked")

// byID gives ids in the order in which they lie in a panel's table, where all are numbers.
func byID(ids []string) []string {
	sorted := slices.Clone(ids)
	number := func(id string) int64 {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return -1
		}
		return n
	}
	if !slices.ContainsFunc(ids, func(id string) bool { return number(id) < 0 }) {
		slices.SortStableFunc(sorted, func(a, b string) int { return cmp.Compare(number(a), number(b)) })
	}
	return sorted
}

// inOrder tells whether a list of statuses without ids, which was taken to be in the order of these ids, is: two orders
// of which it tells otherwise are asked about alone. [errChanging]: that can't be told now.
func (c *Client) inOrder(ctx context.Context, found map[string]Status, ids []string, turn Turn) (is bool, err error) {
	c.mu.Lock()
	known := c.ordered
	c.mu.Unlock()
	first, second, mirrored := twoApart(found, ids)
	if known || first == "" {
		return true, nil
	}
	alone, err := c.singly(ctx, []string{first, second}, turn)
	if err != nil {
		return false, err
	}
	told := func(id string) bool {
		return slices.ContainsFunc(ids, func(other string) bool { return sameStatus(alone[id], found[other]) })
	}
	switch {
	case sameStatus(alone[first], found[first]) && sameStatus(alone[second], found[second]):
		c.mu.Lock()
		c.ordered = mirrored
		c.mu.Unlock()
		return true, nil
	case told(first) && told(second):
		return false, nil
	}
	return false, errChanging
}

// twoApart gives two orders of which a list tells otherwise; best are those that change places where it is the other
// way round: mirrored tells whether these do. Empty: it tells the same of all.
func twoApart(found map[string]Status, ids []string) (first, second string, mirrored bool) {
	for i, id := range ids {
		if other := ids[len(ids)-1-i]; !sameStatus(found[id], found[other]) {
			return id, other, true
		}
	}
	for _, id := range ids {
		if !sameStatus(found[id], found[ids[0]]) {
			return ids[0], id, false
		}
	}
	return "", "", false
}

// sameStatus tells whether two answers say the same of an order.
func sameStatus(a, b Status) bool {
	same := a.Charge.Valid == b.Charge.Valid && a.Charge.Decimal.Equal(b.Charge.Decimal)
	return same && a.Status == b.Status && a.StartCount == b.StartCount && a.Remains == b.Remains && a.Error == b.Error
}
