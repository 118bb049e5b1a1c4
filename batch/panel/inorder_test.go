package panel

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestAListWithoutIdsIsComparedBeforeItIsBelieved: panels tell of orders as these lie in their table, whatever was
// asked first.
func TestAListWithoutIdsIsComparedBeforeItIsBelieved(t *testing.T) {
	charge := func(id string) string { return fmt.Sprintf(`{"status":"Pending","charge":"0.%s"}`, id) }
	same := func(string) string { return `{"status":"Pending","charge":"0.1"}` }
	asked := []string{"12", "9", "31", "10"}
	for _, tt := range []struct {
		sentence string
		tells    func(id string) string
		turns    func(ids []string)
		alone    []string // calls about single orders, in two rounds
		many     bool     // it goes on telling of many at once
	}{
		{"in the order asked", charge, func([]string) {}, []string{"order=9", "order=31"}, true},
		{"by id", charge, func(ids []string) {
			slices.SortFunc(ids, func(a, b string) int { return len(a)*10 - len(b)*10 + strings.Compare(a, b) })
		}, []string{"order=9", "order=31"}, true},
		{"the newest first", charge, slices.Reverse[[]string], []string{"order=9", "order=31", "order=9", "order=10", "order=12",
			"order=31", "order=9", "order=10", "order=12", "order=31"}, false},
		{"the newest first, and they are all alike", same, slices.Reverse[[]string], nil, true},
	} {
		c, calls := asker(t, func(name, value string) string {
			ids := strings.Split(value, ",")
			if name == "order" {
				return tt.tells(value)
			}
			tt.turns(ids)
			var items []string
			for _, id := range ids {
				items = append(items, tt.tells(id))
			}
			return "[" + strings.Join(items, ",") + "]"
		})
		for range 2 {
			found, err := c.Statuses(t.Context(), asked, nil)
			if err != nil || len(found) != len(asked) {
				t.Fatalf("%s: %v, %v", tt.sentence, found, err)
			}
			for id, s := range found {
				if want, err := parseOne([]byte(tt.tells(id)), id); err != nil || !sameStatus(s, want) {
					t.Errorf("%s: of order %s it is told %v", tt.sentence, id, s)
				}
			}
		}
		alone := slices.DeleteFunc(*calls, func(call string) bool { return strings.HasPrefix(call, "orders=") })
		if !slices.Equal(alone, tt.alone) || (c.StatusesAtOnce() == Many) != tt.many {
			t.Errorf("%s: %v were asked alone, %d at once", tt.sentence, alone, c.StatusesAtOnce())
		}
	}
}

// TestAListWhoseOrdersChangeMeanwhile says nothing about its order.
func TestAListWhoseOrdersChangeMeanwhile(t *testing.T) {
	n := 0
	c, _ := asker(t, func(name, value string) string {
		n++
		if name == "order" {
			return fmt.Sprintf(`{"status":"In progress","remains":"%d"}`, 100-n)
		}
		return `[{"status":"In progress","remains":"200"},{"status":"In progress","remains":"300"}]`
	})
	found, err := c.Statuses(t.Context(), []string{"1", "2"}, nil)
	if err != nil || found["1"].Remains != "96" || found["2"].Remains != "95" || c.StatusesAtOnce() != Many {
		t.Errorf("%v, %v, %d at once", found, err, c.StatusesAtOnce())
	}
}
