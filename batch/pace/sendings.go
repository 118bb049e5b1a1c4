package pace

import (
	"math"
	"slices"
	"time"
)

// sendings is what was sent on an account lately, and what of it the panel refused because it was too fast. Moments are
// those of sending: answers come at any time after.
type sendings struct {
	parts   []part
	cut     bool    // earlier ones were forgotten
	episode int     // how often the panel began to refuse, with something taken in between
	heard   float64 // what was sent later may still be refused
}

// part is what was sent within a tenth of a second.
type part struct {
	first, last   float64 // seconds since 1970
	sent, refused float64
	asked         float64 // seconds that the panel asked to wait
	episode       int
}

const (
	grain       = 0.1 // seconds
	mostParts   = 1500
	longestPast = 60 // seconds that one was away
)

// inSeconds tells a moment in seconds, so that windows are found by arithmetic.
func inSeconds(t time.Time) float64 { return float64(t.UnixMicro()) / 1e6 }

// went notes a request that goes at a moment.
func (s *sendings) went(at float64) {
	if k := len(s.parts) - 1; k >= 0 && math.Floor(s.parts[k].first/grain) >= math.Floor(at/grain) &&
		s.parts[k].episode == s.episode {
		s.parts[k].sent++
		s.parts[k].last = max(s.parts[k].last, at)
		return
	}
	s.parts = append(s.parts, part{first: at, last: at, sent: 1, episode: s.episode})
	if len(s.parts) > mostParts {
		s.shorten()
	}
}

// shorten tells what was sent longer ago by the second, and forgets what is too long ago.
func (s *sendings) shorten() {
	old := len(s.parts) * 3 / 4
	s.parts = append(bySecond(s.parts[:old]), s.parts[old:]...)
	if len(s.parts) > mostParts*7/8 {
		s.parts = slices.Delete(s.parts, 0, mostParts/8)
		s.cut = true
	}
}

// bySecond joins what was sent within a second in which nothing was refused.
func bySecond(parts []part) []part {
	joined := slices.Clone(parts[:1])
	for _, p := range parts[1:] {
		last := &joined[len(joined)-1]
		if p.refused+last.refused == 0 && p.episode == last.episode && math.Floor(p.first) == math.Floor(last.first) {
			last.last, last.sent = p.last, last.sent+p.sent
			continue
		}
		joined = append(joined, p)
	}
	return joined
}

// others notes n requests that other processes sent between two moments, evenly: what became of them isn't known.
func (s *sendings) others(from, to float64, n int64) {
	from = max(from, to-longestPast)
	for i := range n {
		s.went(from + (to-from)*(float64(i)+0.5)/float64(n))
	}
}

// took notes that a request that was sent at a moment was answered, and not refused as too fast.
func (s *sendings) took(at float64) { s.heard = max(s.heard, at) }

// refused notes that a request that was sent at a moment was refused as too fast.
func (s *sendings) refuse(at float64, asked time.Duration) {
	s.heard = max(s.heard, at)
	for i, p := range slices.Backward(s.parts) {
		if p.first <= at+grain/2 && p.refused < p.sent {
			s.parts[i].refused++
			s.parts[i].asked = max(p.asked, asked.Seconds())
			return
		}
	}
}

// begin notes that what is sent from now on tells of how the panel goes on after it refused. Refusals with nothing
// taken in between are one.
func (s *sendings) begin() {
	for _, p := range slices.Backward(s.parts) {
		if p.episode != s.episode {
			return
		}
		if p.sent > p.refused {
			s.episode++
			return
		}
	}
}

// known is what was sent and is answered.
func (s *sendings) known() []part {
	n := len(s.parts)
	for n > 0 && s.parts[n-1].first > s.heard {
		n--
	}
	return s.parts[:n]
}
