package pace

import (
	"cmp"
	"math"
	"time"

	"bulkorder/batch/journal"
)

// Allowance is what all who send on an account share. [journal.Allowance] shares it between processes; a pace without
// one has its own.
type Allowance interface {
	// Change lets one at a time of all who send on the account change what they share.
	Change(now time.Time, change func(*journal.Share))
}

// alone is the allowance of one pace, or of all paces of a test.
type alone struct{ share journal.Share }

func (a *alone) Change(_ time.Time, change func(*journal.Share)) { change(&a.share) }

// lot is some moments of an account's rate, evenly spaced.
type lot struct {
	first  time.Time
	step   time.Duration
	moment int     // how many
	rate   float64 // of the account
	others int64   // moments that others took since one took the lot before
}

const (
	lots    = 16                    // in a second
	late    = 10 * time.Millisecond // a request may go so much after its moment
	behind  = time.Second           // what was missed is lost where it is more
	catchUp = 1.015                 // of the rate, while what was missed is made good
)

// take takes a lot at a rate of at most permitted. unused moments of the lot before are given back: they are made good
// slowly, so that no second holds noticeably more than the rate. No moment of the lot is before from. seen is how many
// were given before.
func take(s *journal.Share, now, from time.Time, permitted, unused float64, seen int64) lot {
	l := lot{rate: permitted}
	if s.Rate > 0 {
		l.rate = min(permitted, s.Rate)
	}
	l.moment = max(1, int(l.rate/lots))
	l.others = s.Given - seen
	s.Given += int64(l.moment)
	n := float64(l.moment)

	if l.others == 0 {
		s.Free = from // what is given back is nobody else's
	}
	next := s.Next.Add(-time.Duration(unused / l.rate * float64(time.Second)))
	if next.Before(now.Add(-behind)) {
		next = now
	}
	next = latest(next, s.Paused)
	l.first, l.step = latest(next, s.Free, from, now.Add(-late)), Spacing(l.rate)
	if next.Before(now.Add(-late)) {
		l.step = Spacing(l.rate * catchUp)
	}
	s.Next, s.Free = next.Add(time.Duration(n*float64(Spacing(l.rate)))), l.first.Add(time.Duration(n*float64(l.step)))
	grow(s, n, permitted)
	return l
}

// grow lets the rate grow by what n requests at it allow. It doesn't while somebody's permitted rate is below it: then
// nothing shows that the panel takes it.
func grow(s *journal.Share, n, permitted float64) {
	if s.Rate == 0 || s.Rate >= permitted {
		return
	}
	if s.Hold -= n; s.Hold < 0 {
		s.Hold = 0
		s.Rate = min(permitted, s.Rate*math.Exp(s.Growth*n/s.Rate))
	}
}

func latest(all ...time.Time) (last time.Time) {
	for _, t := range all {
		if t.After(last) {
			last = t
		}
	}
	return last
}

const (
	below    = 0.97 // of a limit that was found is kept to
	tighter  = 0.95
	slowly   = 0.003 // a second: growth that looks whether a panel takes more
	quickly  = 0.35  // growth where nothing is known: twice as many each two seconds
	again    = 0.02  // growth over a limit that was found long ago
	aged     = 24 * time.Hour
	asleep   = 5 * time.Second // nobody sends on the account
	payment  = 220.0           // requests that are taken for one that is refused, before more are tried
	longHold = 300.0           // seconds
)

// begin lets a run begin at what was learned on the account, unless somebody sends on it already.
func begin(s *journal.Share, now time.Time, r Rate) {
	if now.Sub(s.Next) < asleep {
		return
	}
	s.Hold = 0
	last := s.Rate // at the end of the last run: the panel took it
	if now.Sub(s.Next) > aged {
		last = 0
	}
	s.Next, s.Free = now, now
	switch {
	case s.Limit.PerSecond > 0:
		s.Rate, s.Growth = below*max(s.Limit.PerSecond, last), slowly
		if now.Sub(s.Limit.Learned) > aged {
			s.Growth = again
		}
	case r.Auto:
		s.Rate, s.Growth = max(r.PerSecond, last/2), quickly
	default:
		s.Rate, s.Growth = 0, 0
	}
}

// tighten keeps to less of the limit that was found where the panel refuses what is below it, before anything more is
// tried. first tells that something was taken since the refusal before.
func tighten(s *journal.Share, first bool) {
	switch {
	case !first:
	case s.Hold > 0:
		s.Tight = cmp.Or(s.Tight, 1) * tighter
	default:
		s.Tight = 0
	}
}

// learn keeps to a limit that was found since the panel refused a request, at a rate that was kept. episodes is how
// often it did, and owed how many requests must be taken until the next may be refused.
func learn(s *journal.Share, now time.Time, l limit, kept float64, episodes int, owed float64) {
	if l.perSecond < s.Tight*s.Limit.PerSecond {
		s.Tight = 0 // what is found now is less
	}
	s.Rate = below * l.perSecond
	if s.Tight > 0 {
		s.Rate *= s.Tight
	}
	if episodes <= hasty { // a panel may have refused for another reason once or twice
		s.Rate = max(s.Rate, below*DefaultRate().PerSecond)
	}
	if episodes <= 1 && !l.sure() {
		s.Rate = max(s.Rate, min(kept/2, 5))
	}
	s.Growth, s.Hold = max(slowly, min(l.unsure()/4, quickly)), 0
	if l.sure() || episodes > searching {
		s.Growth, s.Hold = slowly, min(owed, s.Rate*longHold)
	}
	if l.sure() {
		s.Limit = journal.Limit{PerSecond: l.perSecond, Most: int(l.most), Window: l.window, Learned: now}
	}
}

// searching is how often a limit is looked for quickly: then each refusal is paid for.
const searching, hasty = 6, 3
