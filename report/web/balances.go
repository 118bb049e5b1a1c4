package web

import (
	"cmp"
	"context"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/pace"
	"bulkorder/report"
)

// stand is how an account stood when it was asked last.
type stand struct {
	words string // balance and rate; empty: it didn't tell
	at    time.Time
}

const (
	standAge   = time.Minute // for how long that is told
	mostStands = 8           // accounts that are asked for one page
	patient    = 30 * time.Second
)

// standsOf tells balance and rate of accounts that have a key, as they were a moment ago, and has those asked that
// weren't: the page doesn't wait for panels.
func (s *Server) standsOf(panels []desk.KnownPanel) map[string]string {
	known := map[string]string{}
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := 0
	for _, p := range panels {
		last := s.stands[p.Name]
		known[p.Name] = last.words
		if p.Key == "" || time.Since(last.at) < standAge || asked == mostStands {
			continue
		}
		asked++
		s.stands[p.Name] = stand{last.words, time.Now()}
		go s.askStand(p.Name)
	}
	return known
}

// askStand asks an account how it stands. One that can't be used tells nothing: its page says why.
func (s *Server) askStand(name string) {
	ctx, cancel := context.WithTimeout(context.Background(), patient)
	defer cancel()
	words := ""
	a, err := s.account(ctx, name)
	if err == nil {
		if b, err := a.Panel.Balance(ctx); err == nil {
			rate := cmp.Or(a.Rate, pace.DefaultRate())
			words = report.Amount(b.Amount, b.Currency) + ", " + rate.String()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stands[name] = stand{words, time.Now()}
}
