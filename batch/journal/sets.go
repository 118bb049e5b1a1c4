package journal

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// setColumn tells, of a row that is one of a set, how all orders of the set stand.
const setColumn = `CASE one_of WHEN '' THEN NULL ELSE (
	SELECT json_group_array(json_array(o.status, o.charge, o.currency, o.start_count, o.remains, o.refill, o.silence))
	FROM rows o WHERE o.account = rows.account AND o.one_of = rows.one_of AND o.one_of <> '') END`

const refillColumn = 5

// readSet leaves of a row that is one of a set what all orders of the set agree in. What one of them alone shows is no
// statement about the row.
func (e *Entry) readSet(ids, set string) (err error) {
	if e.OneOf, err = decodeIDs(ids); err != nil || e.OneOf == nil {
		return err
	}
	e.StandIn, e.OrderID = e.OrderID, ""
	var all [][]*string
	if err := json.Unmarshal([]byte(set), &all); err != nil {
		return fmt.Errorf("a set of orders: %w", err)
	}
	for _, o := range all {
		if o[refillColumn] != nil { // the panel's id of a refill says which order it is of
			if id, rest, is := strings.Cut(*o[refillColumn], ": "); is && id != "refused" {
				*o[refillColumn] = rest
			}
		}
	}
	e.Note, e.Refill = cmp.Or(differing(all, len(e.OneOf)), e.Note), text(all[0][refillColumn])
	shared := []*string{&e.Status, nil, &e.Currency, &e.StartCount, &e.Remains, &e.Refill, &e.Silence}
	for i, value := range shared {
		switch agreed := agree(all, i); {
		case value != nil && !agreed:
			*value = ""
		case value == nil && !agreed:
			e.Charge = decimal.NullDecimal{}
		}
	}
	return nil
}

// agree tells whether all orders of a set have the same in a column.
func agree(all [][]*string, column int) bool {
	return !slices.ContainsFunc(all, func(o []*string) bool { return text(o[column]) != text(all[0][column]) })
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// differing says how the orders of a set stand where they don't all stand alike; empty: they do.
func differing(all [][]*string, size int) string {
	by := map[string]int{}
	for _, o := range all {
		by[cmp.Or(text(o[0]), "not asked yet")]++
	}
	if len(by) < 2 {
		return ""
	}
	var words []string
	for _, status := range slices.Sorted(maps.Keys(by)) {
		words = append(words, fmt.Sprintf("%d %s", by[status], status))
	}
	return fmt.Sprintf("one of %d orders: %s", size, strings.Join(words, ", "))
}
