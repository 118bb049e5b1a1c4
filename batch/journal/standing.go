package journal

import (
	"strings"
	"unicode"
)

// Standing is a panel's status folded to what colours and finality need: the panels' set of words is open.
type Standing int

const (
	Unclear Standing = iota // a text that isn't known
	Waiting                 // not begun
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
	case "pending", "awaiting", "queued", "inqueue":
		return Waiting
	case "inprogress", "processing", "active":
		return Working
	case "completed":
		return Done
	case "partial", "expired":
		return Partly
	case "canceled", "cancelled", "refunded", "fail", "failed", "error":
		return Failed
	}
	return Unclear
}

// Whole tells whether an order that stands so has given no money back; of an unknown text that isn't known.
func (s Standing) Whole() bool { return s == Waiting || s == Working || s == Done }

// RefillStanding is [StandingOf] for refills, which may also be rejected.
func RefillStanding(status string) Standing {
	if strings.EqualFold(strings.TrimSpace(status), "rejected") {
		return Failed
	}
	return StandingOf(status)
}
