package pace

import (
	"fmt"
	"math"
	"slices"
	"time"

	"bulkorder/batch/journal"
)

// limit is what a panel's answers say of its limit.
type limit struct {
	perSecond float64
	most      float64       // requests in a window; 0: it is a bucket
	window    time.Duration // of requests that are counted together
	highest   float64       // what the answers don't exclude, a second
	misfit    float64       // answers that the limit doesn't explain; 0: none
}

// unsure is by what factor the limit may be higher, as a logarithm.
func (l limit) unsure() float64 { return math.Log(l.highest/l.perSecond) - 0.05 }

func (l limit) sure() bool { return l.unsure() < 0.1 }

// LimitWords tells a limit that was found, as panels tell theirs.
func LimitWords(l journal.Limit) string {
	switch l.Window {
	case 0:
		return fmt.Sprintf("about %.3g requests a second are taken", l.PerSecond)
	case time.Second:
		return fmt.Sprintf("about %d requests in each second are taken", l.Most)
	case time.Minute:
		return fmt.Sprintf("about %d requests in each minute are taken", l.Most)
	}
	return fmt.Sprintf("about %d requests in each %.0f seconds are taken", l.Most, l.Window.Seconds())
}

// A limiter is imagined of each kind that panels use, and asked what it would have answered to what was sent. The one
// that would have answered most like the panel is believed.
//
// A bucket holds burst tokens and is filled at a rate; a request takes one. A window takes so many requests in each
// second, or ten, or minute: by the clock, or from the first request on. What is counted is how many requests were
// taken that the limiter would have refused, and how many more it would have taken when the panel refused one. An
// episode, the time between two refusals, counts little where it contradicts everything else, and less the longer it
// is ago: a panel may change its limit.
type inference struct {
	parts    []part
	cut      bool // the first of them are missing
	weights  []float64
	best     limit
	score    float64 // of the best: its misfit, and how unusual it is
	believed float64 // a second: what was found before; 0: nothing for sure
	tried    []tried
}

type tried struct{ perSecond, score float64 }

const (
	misfitScale = 6.0 // requests of an episode; what is more counts ever less
	mostBelief  = 1.5 // of what speaks against a limit that isn't the one that was found before
	fading      = 0.8 // of what an episode counts, with each later one
	alike       = 1.0 // scores that differ less tell nothing
)

// find gives the limit that explains best what was answered; ok is false where nothing was refused.
func (s *sendings) find(fastest, believed float64) (limit, bool) {
	f := &inference{parts: s.known(), cut: s.cut, score: math.Inf(1), believed: believed}
	if !slices.ContainsFunc(f.parts, func(p part) bool { return p.refused > 0 }) {
		return limit{}, false
	}
	last := f.parts[len(f.parts)-1].episode
	for i := range last - f.parts[0].episode + 1 {
		f.weights = append(f.weights, math.Pow(fading, float64(last-f.parts[0].episode-i)))
	}
	f.windows(1)
	f.parts = bySecond(f.parts)
	f.windows(10, 60)
	f.buckets(fastest)
	f.best.highest = f.best.perSecond
	for _, t := range f.tried {
		if t.score < f.score+alike {
			f.best.highest = max(f.best.highest, t.perSecond)
		}
	}
	return f.best, true
}

// try compares a limit with those before. unusual is what speaks against it before anything was sent.
func (f *inference) try(l limit, unusual float64) float64 {
	score := l.misfit + unusual
	if f.believed > 0 {
		score += min(mostBelief, 5*math.Abs(math.Log(l.perSecond/f.believed)))
	}
	f.tried = append(f.tried, tried{l.perSecond, score})
	if score < f.score {
		f.best, f.score = l, score
	}
	return score
}

// buckets tries buckets of all rates, and those near the rates at which requests were taken between two refusals.
func (f *inference) buckets(fastest float64) {
	rates := f.between()
	if f.believed > 0 {
		rates = append(rates, f.believed)
	}
	for _, around := range rates {
		f.near(around)
	}
	for r := fastest * 1.05; r > 1.0/120; r /= 1.1 {
		f.bursts(r)
	}
	if f.best.most == 0 {
		f.near(f.best.perSecond)
	}
}

func (f *inference) near(perSecond float64) {
	for i := -6.0; i <= 6; i++ {
		f.bursts(perSecond * (1 + i*0.008))
	}
}

// between gives how many requests a second were taken between the last refusals and the one before, and the one before
// that.
func (f *inference) between() (rates []float64) {
	type refusal struct{ at, taken float64 }
	var all []refusal
	taken, episode := 0.0, -1
	for _, p := range f.parts {
		taken += p.sent - p.refused
		if p.refused > 0 && p.episode != episode {
			episode = p.episode
			all = append(all, refusal{p.last, taken})
		}
	}
	all = all[max(0, len(all)-4):]
	for i, from := range all {
		for _, to := range all[i+1:] {
			if to.at > from.at && to.taken > from.taken {
				rates = append(rates, (to.taken-from.taken)/(to.at-from.at))
			}
		}
	}
	return rates
}

// bursts tries buckets of a rate.
func (f *inference) bursts(fill float64) {
	best, score := 0.0, math.Inf(1)
	try := func(burst float64) {
		if burst < 1 {
			return
		}
		unusual := 0.1 * math.Pow(math.Log(2*burst/fill), 2) // most hold what comes in half a second
		if s := f.try(limit{perSecond: fill, misfit: f.bucket(fill, burst)}, unusual); s < score {
			best, score = burst, s
		}
	}
	for burst := 1.0; burst < 3000; burst *= 1.5 {
		try(burst)
	}
	for _, step := range []float64{1.2, 1.08, 1.03} {
		around := best
		for _, burst := range []float64{around / step / step, around / step, around * step, around * step * step} {
			try(burst)
		}
	}
}

// bucket is how badly a bucket explains what was answered.
func (f *inference) bucket(fill, burst float64) float64 {
	m := misfits{weights: f.weights}
	tokens, at, sure, slack := burst, f.parts[0].first, !f.cut, 0.5+0.03*fill
	for _, p := range f.parts {
		if m.of(p.episode - f.parts[0].episode); m.sum > f.score+alike {
			return m.sum
		}
		tokens = min(burst, tokens+fill*(p.first-at)) + fill*(p.last-p.first) - (p.sent - p.refused)
		tokens, at = min(tokens, burst), p.last
		if tokens < -slack {
			m.add(-slack - tokens)
			tokens = -slack
		}
		if p.refused > 0 {
			if sure {
				m.add(tokens - 0.5)
			}
			m.add(fill*(p.asked-1) - 1)
			tokens, sure = min(tokens, 0.5), true
		}
	}
	return m.all()
}

// windows tries windows of the lengths that panels use: that begin by the clock, by another clock, with a request, or
// at any moment.
func (f *inference) windows(lengths ...float64) {
	unusual := map[float64]float64{1: 0.5, 10: 1.5, 60: 1}
	for _, seconds := range lengths {
		for i := -2; i < 20; i++ {
			speaks := unusual[seconds]
			if i != 0 {
				speaks += 0.3
			}
			begins := float64(i) * seconds / 20
			misfit := f.window
			if i == -2 {
				misfit = f.sliding
			}
			for _, most := range f.counts(seconds, begins) {
				f.try(limit{
					perSecond: most / seconds, most: most, window: time.Duration(seconds) * time.Second,
					misfit: misfit(seconds, begins, most),
				}, speaks)
			}
		}
	}
}

// counts gives how many requests were taken in windows before one was refused: the last of them, and the most.
func (f *inference) counts(seconds, begins float64) []float64 {
	var last, most, count, ends float64
	over := false
	for _, p := range f.parts {
		if p.first >= ends {
			ends = windowEnd(p.first, seconds, begins)
			count, over = 0, false
		}
		count += p.sent - p.refused
		if p.refused > 0 && !over && count > 0 {
			last, over = count, true
			most = max(most, last)
		}
	}
	switch {
	case most == 0:
		return nil
	case most == last:
		return []float64{last}
	}
	return []float64{last, most}
}

func windowEnd(at, seconds, begins float64) float64 {
	if begins < 0 {
		return at + seconds
	}
	return (math.Floor((at-begins)/seconds)+1)*seconds + begins
}

// window is how badly a window explains what was answered.
func (f *inference) window(seconds, begins, most float64) float64 {
	m := misfits{weights: f.weights}
	var count, ends, full float64
	sure, slack := !f.cut, slack(seconds, most)
	for _, p := range f.parts {
		m.of(p.episode - f.parts[0].episode)
		if p.first >= ends {
			ends = windowEnd(p.first, seconds, begins)
			count, full = 0, math.Inf(1)
		}
		taken := p.sent - p.refused
		if p.first > full+0.5 {
			m.add(taken) // it can't be, since the window was full
		}
		if count += taken; count > most+slack {
			m.add(count - most - slack)
			count = most + slack
		}
		if p.refused == 0 {
			continue
		}
		if sure {
			m.add(most - count - slack)
			m.add((most - count) * 0.15) // it is seldom exactly so, and should not always be less
		}
		if p.asked > 0 {
			m.add(math.Abs(ends-p.last-p.asked) - 1.5)
		}
		count, sure, full = most, true, min(full, p.last)
	}
	return m.all()
}

// slack is by how many requests a count may differ: moments of sending are not those at which the panel counts.
func slack(seconds, most float64) float64 { return 1 + most*(0.02+0.06/seconds) }

// sliding is how badly it explains them that the requests of any time so long are counted.
func (f *inference) sliding(seconds, _, most float64) float64 {
	m := misfits{weights: f.weights}
	count, oldest, slack := 0.0, 0, slack(seconds, most)
	for _, p := range f.parts {
		m.of(p.episode - f.parts[0].episode)
		for f.parts[oldest].last <= p.last-seconds {
			count -= f.parts[oldest].sent - f.parts[oldest].refused
			oldest++
		}
		count += p.sent - p.refused
		m.add(count - most - slack)
		if p.refused > 0 {
			m.add(most - count - slack)
			m.add(p.asked - seconds)
		}
	}
	return m.all()
}

// misfits adds up what a limiter doesn't explain, episode by episode.
type misfits struct {
	weights  []float64
	episode  int
	sum, now float64
}

func (m *misfits) of(episode int) {
	if episode != m.episode {
		m.close()
		m.episode = episode
	}
}

func (m *misfits) add(requests float64) { m.now += max(requests, 0) }

func (m *misfits) close() {
	m.sum += m.weights[m.episode] * misfitScale * math.Log1p(m.now/misfitScale)
	m.now = 0
}

func (m *misfits) all() float64 {
	m.close()
	return m.sum
}
