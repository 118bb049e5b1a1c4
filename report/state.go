package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"bulkorder/batch/journal"
)

// Told is the state as files and people are told it: nobody who reads it can know more of a row that is
// being sent than that it may have been ordered.
func Told(s journal.State) journal.State {
	if s == journal.Sending {
		return journal.InDoubt
	}
	return s
}

// States lists the states as they are told, in the order of [journal.States].
func States() []journal.State {
	var all []journal.State
	for _, s := range journal.States() {
		if s != journal.Sending {
			all = append(all, s)
		}
	}
	return all
}

// StateWords is a state in a person's words: in_doubt is "in doubt".
func StateWords(s journal.State) string { return strings.ReplaceAll(string(Told(s)), "_", " ") }

// StatusesOf lists what the panel says of placed rows, the most frequent first; "" was never asked.
func StatusesOf(t journal.Totals) []string {
	return slices.SortedFunc(maps.Keys(t.Statuses), func(a, b string) int {
		return cmp.Or(cmp.Compare(t.Statuses[b].Rows, t.Statuses[a].Rows), strings.Compare(a, b))
	})
}
