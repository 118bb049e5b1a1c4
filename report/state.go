package report

import (
	"strings"
	"unicode"

	"bulkorder/batch/journal"
)

// told is the state as files and people are told it: nobody who reads it can know more of a row that is
// being sent than that it may have been ordered.
func told(s journal.State) journal.State {
	if s == journal.Sending {
		return journal.InDoubt
	}
	return s
}

// toldStates lists the states as they are told, in the order of [journal.States].
func toldStates() []journal.State {
	var all []journal.State
	for _, s := range journal.States() {
		if s != journal.Sending {
			all = append(all, s)
		}
	}
	return all
}

// words is a state in a person's words: in_doubt is "in doubt".
func words(s journal.State) string { return strings.ReplaceAll(string(told(s)), "_", " ") }

// tone folds the panels' open set of statuses to what colours and finality need.
type tone int

const (
	waiting tone = iota // not begun, or a text that isn't known
	working
	done
	partly // ended with less than was ordered
	failed
)

func (t tone) final() bool { return t >= done }

// toneOf reads a panel's status without case and punctuation: "In progress" and in_progress are the same.
func toneOf(status string) tone {
	folded := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, status)
	switch folded {
	case "inprogress", "processing", "active":
		return working
	case "completed":
		return done
	case "partial", "expired":
		return partly
	case "canceled", "cancelled", "refunded", "fail", "failed", "error":
		return failed
	}
	return waiting
}
