package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/panel"
)

// Searched says which services of a catalogue are meant.
type Searched struct {
	Panel string   // whose; empty: the one that the person names
	IDs   []string // empty: any
	Words []string // that a service holds all of
	Type  string   // of orders; empty: any
}

func (s Searched) any() bool { return len(s.IDs)+len(s.Words) > 0 || s.Type != "" }

// Services searches the catalogue of the panel that the person names. The notes are about the catalogue as a whole.
func (d *Desk) Services(ctx context.Context, s Searched) (found []panel.Service, notes []string, err error) {
	a, err := d.Accounts.Meant(ctx)
	if s.Panel != "" {
		a, err = d.Accounts.Named(ctx, s.Panel)
	}
	if err != nil {
		return nil, nil, err
	}
	catalogue, err := a.Panel.Services(ctx)
	if err != nil {
		return nil, nil, err
	}
	return catalogue.Search(s.Words, s.Type), catalogue.Notes(), nil
}

// Balance tells what is left on the account that the person names, and the panel's name.
func (d *Desk) Balance(ctx context.Context) (name string, b panel.Balance, err error) {
	a, err := d.Accounts.Meant(ctx)
	if err != nil {
		return "", b, err
	}
	b, err = a.Panel.Balance(ctx)
	return a.Name(), b, err
}

// Template is what a workbook to fill in is made from.
type Template struct {
	Panel    panel.Panel
	Fetched  time.Time // when the catalogue was
	Currency string    // empty: not known
	Whole    bool      // nothing was chosen: it is the whole catalogue
	Services []panel.Service
	Types    []panel.Type // of these services
	LeftOut  int          // services that no row could order
}

// Template chooses the services for a workbook to fill in. ready is asked, before the catalogue is, whether it can be
// written for a panel.
func (d *Desk) Template(ctx context.Context, s Searched, ready func(panel.Panel) error) (t Template, err error) {
	a, err := d.Accounts.Meant(ctx)
	if s.Panel != "" {
		a, err = d.Accounts.Named(ctx, s.Panel)
	}
	if err != nil {
		return t, err
	}
	t.Panel, t.Whole = a.Panel.Panel, !s.any()
	if err := ready(t.Panel); err != nil {
		return t, &Mistake{err}
	}
	catalogue, err := a.Panel.Services(ctx)
	if err != nil {
		return t, err
	}
	t.Fetched = catalogue.Fetched
	chosen, err := s.choose(catalogue)
	if err == nil {
		err = t.take(chosen)
	}
	if err != nil {
		return t, &Mistake{err}
	}
	// The currency stands beside the prices alone: a template without it is a template.
	if balance, err := a.Panel.Balance(ctx); err == nil {
		t.Currency = balance.Currency
	}
	return t, nil
}

// take takes the chosen services, and leaves out those that no row could order.
func (t *Template) take(chosen []panel.Service) error {
	types := t.Panel.AllTypes()
	for _, s := range chosen {
		typ, known := types.Named(s.Type)
		if !known || s.Oddity != "" {
			t.LeftOut++
			continue
		}
		s.Type = typ.Name
		t.Services = append(t.Services, s)
		if !slices.ContainsFunc(t.Types, func(o panel.Type) bool { return o.Name == typ.Name }) {
			t.Types = append(t.Types, typ)
		}
	}
	if len(t.Services) == 0 {
		return fmt.Errorf(
			"none of the %d services that were chosen can be ordered; `bulkorder services` lists them all", len(chosen),
		)
	}
	return nil
}

// choose finds the services that are meant: all that are named, or those that are found.
func (s Searched) choose(c *panel.Catalogue) ([]panel.Service, error) {
	found := c.Search(s.Words, s.Type)
	if len(s.IDs) == 0 {
		if len(found) == 0 {
			return nil, errors.New("no service of the catalogue matches; `bulkorder services` searches it")
		}
		return found, nil
	}
	var chosen []panel.Service
	var unknown []string
	for _, id := range s.IDs {
		id = strings.TrimSpace(id)
		has := func(s panel.Service) bool { return s.ID == id }
		i := slices.IndexFunc(found, has)
		switch {
		case i < 0:
			unknown = append(unknown, id)
		case !slices.ContainsFunc(chosen, has):
			chosen = append(chosen, found[i])
		}
	}
	if len(unknown) > 0 {
		return nil, fmt.Errorf("--services: %s: not in the catalogue, or not among what --search and --type leave; "+
			"`bulkorder services` lists the ids", strings.Join(unknown, ", "))
	}
	return chosen, nil
}
