package sandbox

import (
	"fmt"
	"slices"
	"strconv"
)

// Service is one line of the catalogue.
type Service struct {
	ID       int64
	Name     string
	Type     string // "Default", "Poll" …; one that the sandbox doesn't know takes a link, and a quantity if one comes
	Category string
	Rate     string // decimal of at most seven places: for 1000 pieces, for packages once
	Min, Max int64  // bounds of what is counted; packages have none
	Refill   bool   // refills may be asked for
	Cancel   bool   // orders may be canceled
	Dripfeed string // "yes" or "no" to runs; empty: the catalogue doesn't say, and runs are taken where the type has them
}

// service is a Service made ready.
type service struct {
	Service
	shape shape
	each  money // price of one piece
}

// prepare makes services ready, by their ids as clients write them.
func prepare(services []Service) (map[string]*service, error) {
	table := shapes()
	ready := make(map[string]*service, len(services))
	for _, svc := range services {
		rate, err := parseRate(svc.Rate)
		if err != nil {
			return nil, fmt.Errorf("service %d: %w", svc.ID, err)
		}
		if svc.Dripfeed != "" && svc.Dripfeed != "yes" && svc.Dripfeed != "no" {
			return nil, fmt.Errorf("service %d: dripfeed %q: expected yes, no or nothing", svc.ID, svc.Dripfeed)
		}
		id := idText(svc.ID)
		if ready[id] != nil || svc.ID <= 0 {
			return nil, fmt.Errorf("service %d: expected an id of its own, above 0", svc.ID)
		}
		form, known := table[fold(svc.Type)]
		if !known {
			form = shape{counts: whatever}
		}
		ready[id] = &service{Service: svc, shape: form, each: rate / 1000}
	}
	return ready, nil
}

// price is the charge for pieces; false when no account could pay it.
func (svc *service) price(pieces int64, quantityGiven bool) (charge money, ok bool) {
	switch svc.shape.counts {
	case subscribed:
		return 0, true
	case "":
		return (svc.each * 1000).times(pieces)
	case whatever:
		if !quantityGiven {
			return svc.each * 1000, true
		}
	}
	return svc.each.times(pieces)
}

// list writes the answer to services.
func (s *Sandbox) list(services []Service) string {
	lines := make([]string, len(services))
	for i, svc := range services {
		pairs := []string{
			"service", s.number(svc.ID),
			"name", text(svc.Name + s.mark()),
			"type", text(svc.Type),
			"category", text(svc.Category + s.mark()),
			"rate", text(svc.Rate),
			"min", text(idText(svc.Min)),
			"max", text(idText(svc.Max)),
		}
		if svc.Dripfeed != "" {
			pairs = append(pairs, "dripfeed", strconv.FormatBool(svc.Dripfeed == "yes"))
		}
		pairs = append(pairs,
			"refill", strconv.FormatBool(svc.Refill),
			"cancel", strconv.FormatBool(svc.Cancel))
		lines[i] = object(pairs...)
	}
	return list(slices.Insert(lines, len(lines)/2, s.play.Odd...))
}

// SetServices replaces the catalogue from now on. Orders that were taken stay as they are.
func (s *Sandbox) SetServices(services []Service) error {
	ready, err := prepare(services)
	if err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.services, s.cfg.Services, s.shown = ready, services, nil
	return nil
}
