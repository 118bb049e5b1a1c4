package journal

import (
	"strings"
	"unicode"
)

// Standing is a panel's status folded to what colours and finality need: the panels' set of words is open.
type Standing int

const (
	Waiting Standing = iota // not begun, or a text that isn't known
	Working
	Done
	Partly // ended with less than was ordered
	Failed
)

// Final tells whether an order or a refill that stands so never changes again.
func (s Standing) Final() bool { return s >= Done }

// StandingOf reads a panel's status without case and punctuation: "In progress" and in_progress are the same.
func StandingOf(status string) Standing {
	folded := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, status)
	switch folded {
	case "inprogress", "processing", "active":
		return Working
	case "completed":
		return Done
	case "partial", "expired":
		return Partly
	case "canceled", "cancelled", "refunded", "fail", "failed", "error":
		return Failed
	}
	return Waiting
}

// RefillStanding is [StandingOf] for refills, which may also be rejected.
func RefillStanding(status string) Standing {
	if strings.EqualFold(strings.TrimSpace(status), "rejected") {
		return Failed
	}
	return StandingOf(status)
}
