package panel

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Service is one service of a panel's catalogue.
type Service struct {
	ID       string
	Name     string
	Type     string // as the catalogue writes it
	Category string
	Rate     decimal.Decimal // per 1000, or once for packages, in the account's currency
	Min, Max int64           // what an order's quantity, or the lines of its list, must lie between
	Refill   bool
	Cancel   bool
	Dripfeed *bool  // nil: the panel doesn't say whether orders may have runs
	Oddity   string // what is wrong with the entry itself, so that no order should be sent by it; empty: nothing
}

// Catalogue is what a panel sells, as fetched at one moment.
type Catalogue struct {
	Services []Service // in the panel's order
	Fetched  time.Time
	byID     map[string]int
	byName   map[string][]string
}

// NewCatalogue indexes services. A service id that stands twice with different facts makes both odd.
func NewCatalogue(services []Service, fetched time.Time) *Catalogue {
	c := &Catalogue{Services: services, Fetched: fetched, byID: map[string]int{}, byName: map[string][]string{}}
	for i, s := range services {
		if first, is := c.byID[s.ID]; is {
			if !alike(services[first], s) {
				services[first].Oddity = "the catalogue lists this id twice, with different facts"
			}
			continue
		}
		c.byID[s.ID] = i
		name := strings.TrimSpace(s.Name)
		c.byName[name] = append(c.byName[name], s.ID)
	}
	return c
}

func alike(a, b Service) bool {
	return a.Type == b.Type && a.Name == b.Name && a.Rate.Equal(b.Rate) && a.Min == b.Min && a.Max == b.Max
}

// Service finds a service by its id.
func (c *Catalogue) Service(id string) (Service, bool) {
	i, is := c.byID[id]
	if !is {
		return Service{}, false
	}
	return c.Services[i], true
}

// Named gives the ids of the services that bear exactly this name.
func (c *Catalogue) Named(name string) []string { return c.byName[strings.TrimSpace(name)] }

// Search finds the services that hold every one of the words in their id, name, category or type, without
// case, and are of the type; no words or an empty type find all.
func (c *Catalogue) Search(words []string, kind string) []Service {
	var found []Service
	for _, s := range c.Services {
		text := strings.ToLower(strings.Join([]string{s.ID, s.Name, s.Category, s.Type}, " "))
		missing := slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, strings.ToLower(w)) })
		if !missing && (kind == "" || fold(kind) == fold(s.Type)) {
			found = append(found, s)
		}
	}
	return found
}

// listed is a service as the wire has it.
type listed struct {
	Service  text `json:"service"`
	Name     text `json:"name"`
	Type     text `json:"type"`
	Category text `json:"category"`
	Rate     text `json:"rate"`
	Min      text `json:"min"`
	Max      text `json:"max"`
	Refill   flag `json:"refill"`
	Cancel   flag `json:"cancel"`
	Dripfeed flag `json:"dripfeed"`
}

// parseCatalogue reads the answer to services: a list, or a list inside data.
func parseCatalogue(body []byte, fetched time.Time) (*Catalogue, error) {
	body = bytes.TrimSpace(body)
	if o, err := parseObject(body); err == nil {
		body = bytes.TrimSpace(o.values["data"])
	}
	var items []json.RawMessage
	if err := json.Unmarshal(body, &items); err != nil {
		return nil, errors.New("the answer is no list of services")
	}
	services := make([]Service, 0, len(items))
	for i, item := range items {
		var l listed
		if err := json.Unmarshal(item, &l); err != nil {
			return nil, fmt.Errorf("service number %d of the list can't be read: %w", i+1, err)
		}
		if l.Service == "" {
			return nil, fmt.Errorf("service number %d of the list has no id", i+1)
		}
		services = append(services, l.service())
	}
	if len(services) == 0 {
		return nil, errors.New("the panel's list of services is empty")
	}
	return NewCatalogue(services, fetched), nil
}

// service checks what the wire had. What is odd is kept with its oddity: it matters only to the rows
// that order it.
func (l listed) service() Service {
	s := Service{
		ID:       l.Service.String(),
		Name:     l.Name.String(),
		Type:     l.Type.String(),
		Category: l.Category.String(),
		Refill:   l.Refill.on,
		Cancel:   l.Cancel.on,
	}
	if l.Dripfeed.known {
		s.Dripfeed = &l.Dripfeed.on
	}
	rate, err := parseMoney(l.Rate.String())
	switch {
	case err != nil || rate.IsNegative():
		s.Oddity = fmt.Sprintf("its rate %q is no price", l.Rate)
	default:
		s.Rate = rate
	}
	var minOK, maxOK bool
	s.Min, minOK = count(l.Min)
	s.Max, maxOK = count(l.Max)
	switch {
	case s.Oddity != "":
	case !minOK || !maxOK:
		s.Oddity = fmt.Sprintf("its limits %q to %q are no numbers", l.Min, l.Max)
	case s.Min > s.Max:
		s.Oddity = fmt.Sprintf("its minimum %d is above its maximum %d", s.Min, s.Max)
	}
	return s
}

// count reads a whole number, with grouped thousands or a zero fraction where a panel writes so.
func count(t text) (int64, bool) {
	d, err := parseMoney(t.String())
	if err != nil || !d.IsInteger() || d.IsNegative() || len(d.String()) > 18 {
		return 0, false
	}
	n, err := strconv.ParseInt(d.StringFixed(0), 10, 64)
	return n, err == nil
}
