package web

import (
	"cmp"
	"context"
	"sync"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/pace"
	"bulkorder/report"
)

// stand is how an account stood when it was asked last.
type stand struct {
	words  string // balance and rate; empty: it didn't tell
	at     time.Time
	asking bool
}

const (
	standAge   = 5 * time.Second // for how long that is told without its age
	standWait  = 150 * time.Millisecond
	mostStands = 8 // accounts that are asked for one page
	patient    = 30 * time.Second
)

// standsOf tells balance and rate of accounts that have a key, as they were a moment ago, and has those asked that
// weren't. The page waits for quick panels alone; of others it tells how old it is what they said last.
func (s *Server) standsOf(panels []desk.KnownPanel) map[string]string {
	var asked sync.WaitGroup
	for _, name := range s.standsToAsk(panels) {
		asked.Go(func() { s.askStand(name) })
	}
	done := make(chan struct{})
	go func() { asked.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(standWait):
	}
	known := map[string]string{}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range panels {
		last := s.stands[p.Name]
		known[p.Name] = last.words
		if age := time.Since(last.at); last.words != "" && age > standAge {
			known[p.Name] += ", " + report.About(age) + " ago"
		}
	}
	return known
}

// standsToAsk names accounts that aren't being asked, and weren't a moment ago.
func (s *Server) standsToAsk(panels []desk.KnownPanel) (names []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range panels {
		last := s.stands[p.Name]
		if p.Key == "" || last.asking || time.Since(last.at) < standAge || len(names) == mostStands {
			continue
		}
		last.asking = true
		s.stands[p.Name] = last
		names = append(names, p.Name)
	}
	return names
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
	s.stands[name] = stand{words: words, at: time.Now()}
}
