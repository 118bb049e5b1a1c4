package sandbox

// prepareTurns makes ready what the panel is, by turns or for good.
func (s *Sandbox) prepareTurns() error {
	if len(s.cfg.Turns) == 0 {
		return s.become(s.cfg)
	}
	for _, name := range s.cfg.Turns {
		turn, err := Like(s.cfg, name)
		if err != nil {
			return err
		}
		if err := s.become(turn); err != nil {
			return err
		}
		s.turns = append(s.turns, turn)
	}
	return s.become(s.turns[0])
}

// become makes the panel answer as cfg says from now on. What orders came to at first holds for them: how they were
// rounded, and how fast they age.
func (s *Sandbox) become(cfg Config) error {
	round, err := parseRounding(cfg.Round)
	if err != nil {
		return err
	}
	limit, err := newLimiter(cfg.Rate, cfg.Limit)
	if err != nil {
		return err
	}
	links, err := prepareLinks(cfg.Links)
	if err != nil {
		return err
	}
	if err := knownShape(cfg.Statuses); err != nil {
		return err
	}
	faults, err := s.arm(cfg.Faults)
	if err != nil {
		return err
	}
	s.play, s.limit, s.links, s.faults, s.shown = cfg, limit, links, faults, nil
	s.says = sayings{list: cfg.Sayings}
	s.books.round = &round
	return nil
}

// turn counts an add, and takes the next turn when that is due.
func (s *Sandbox) turn() error {
	s.adds++
	if every := s.turnEvery(); len(s.turns) > 0 && s.adds%every == 0 {
		return s.become(s.turns[s.adds/every%len(s.turns)])
	}
	return nil
}

func (s *Sandbox) turnEvery() int {
	if s.cfg.TurnEvery > 0 {
		return s.cfg.TurnEvery
	}
	return 20
}

// Playing names the character whose turn it is; empty: it has none.
func (s *Sandbox) Playing() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.turns) == 0 {
		return ""
	}
	return s.cfg.Turns[s.adds/s.turnEvery()%len(s.turns)]
}

// most is how many ids one request may name.
func (s *Sandbox) most() int {
	if s.play.Most > 0 {
		return s.play.Most
	}
	return maxMany
}

// within leaves out what a request names beyond that; false where the panel refuses it instead.
func (s *Sandbox) within(ids []string) ([]string, bool) {
	if len(ids) > s.most() && !s.play.Cut {
		return nil, false
	}
	return ids[:min(len(ids), s.most())], len(ids) > 0
}
