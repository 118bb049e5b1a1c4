package report

import (
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

// words is a state in a person's words: in_doubt is "in doubt".
func words(s journal.State) string { return strings.ReplaceAll(string(Told(s)), "_", " ") }
