package sandbox

import (
	"fmt"
	"reflect"
	"strings"
	"time"
)

// Character is a kind of real panel.
type Character struct {
	Name   string
	Help   string // one line
	Config Config // what makes it so
}

// Characters returns the panels that [Like] knows.
func Characters() []Character {
	all := []Character{
		{"cents", "rounds charges to two places", Config{Round: "2:half"}},
		{"places4", "rounds charges to four places", Config{Round: "4:half"}},
		{"upwards", "rounds charges up to two places", Config{Round: "2:up"}},
		{"gross", "goes on telling the charge of what it gave back", Config{Gross: true}},
		{"refunds", "ends orders soon, and three of ten give money back", Config{Speed: 300, Refunds: 0.3}},
		{"late", "tells an order's charge a minute later", Config{ChargeLate: time.Minute}},
		{"slow-balance", "takes an order's charge from the balance that it tells a minute later",
			Config{BalanceLate: time.Minute}},

		{"links", "has link rules and words of its own", Config{Links: linkRules(), Sayings: linkSayings()}},
		{"codes", "refuses by HTTP codes with JSON", Config{Sayings: codeSayings()}},
		{"laravel", "answers as programs made with Laravel do",
			Config{Sayings: laravelSayings(), Added: `{"success":true,"data":{"order":{id}}}`}},
		{"fail", `says {"status":"fail"}, and "order_id" for an order`,
			Config{Sayings: failSayings(), Added: `{"status":"success","order_id":{id}}`}},
		{"letters", "gives ids of letters and digits", Config{Letters: true}},
		{"broken", "has catalogue entries that no service is", Config{Odd: oddEntries()}},

		{"list", "tells many statuses as a list", Config{Statuses: "list"}},
		{"asked", "tells many statuses in the order asked, without ids", Config{Statuses: "asked"}},
		{"data", "wraps statuses in data", Config{Statuses: "data"}},
		{"empty", "leaves unknown orders out, and has [] for none", Config{Statuses: "known"}},
		{"single", "has no form for many ids, and cancels by order=",
			Config{Lacks: []string{"status_many", "cancel_many", "refill_many", "refill_status_many"}}},
		{"hundred", "answers the first 100 of more ids", Config{Most: 100, Cut: true}},
		{"words", "has other words for statuses", Config{Words: map[string]string{
			"Pending": "0", "In progress": "in_progress", "Completed": "completed", "Canceled": "Cancelled",
		}}},

		{"second", "takes 20 requests in each second", Config{Limit: "second:20"}},
		{"minute", "takes 600 requests in each minute, and tells no Retry-After",
			Config{Limit: "minute:600:silent"}},
		{"bucket", "takes 40 requests at once, then 20 a second", Config{Limit: "bucket:40:20"}},

		{"chain", "has a supplier behind it, which fails now and then", Config{Faults: supplierFaults()}},
		{"doubled", "sees one add of twenty twice, and tells what came of the second",
			Config{ActiveGuard: true, Faults: doublingFaults()}},
		{"shared", "takes orders of a person on the same account", Config{Hands: 0.4}},
		{"public", "gives ids between ours to other accounts", Config{Strangers: 0.4}},
		{"drip", "makes orders of a drip-feed's runs", Config{Children: true}},
	}
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = c.Name
	}
	return append(all, Character{"turns", "is all of these by turns, 20 adds each",
		Config{Turns: names, Speed: 300, Children: true, ActiveGuard: true}})
}

// Like returns cfg with what makes the named characters. What cfg says itself goes before what they say, and an
// earlier name before a later one; lists are joined.
func Like(cfg Config, names ...string) (Config, error) {
	into := reflect.ValueOf(&cfg).Elem()
	for _, name := range names {
		c, err := character(name)
		if err != nil {
			return cfg, err
		}
		from := reflect.ValueOf(c.Config)
		for i := range from.NumField() {
			switch field := into.Field(i); {
			case field.Kind() == reflect.Slice:
				field.Set(reflect.AppendSlice(field.Slice3(0, field.Len(), field.Len()), from.Field(i)))
			case field.IsZero():
				field.Set(from.Field(i))
			}
		}
	}
	return cfg, nil
}

func character(name string) (Character, error) {
	var names []string
	for _, c := range Characters() {
		if c.Name == name {
			return c, nil
		}
		names = append(names, c.Name)
	}
	return Character{}, fmt.Errorf("there is no panel like %q: expected one of %s", name, strings.Join(names, ", "))
}
