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
	"unicode"

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
	LeftOut  []string // entries that can't be used, each with its oddity in words
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
		missing := slices.ContainsFunc(
			words,
			func(w string) bool { return !strings.Contains(text, strings.ToLower(w)) },
		)
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

// parseCatalogue reads the answer to services: a list, or a list inside services or data. Entries that can't be used
// are left out and told of.
func parseCatalogue(body []byte, fetched time.Time) (*Catalogue, error) {
	items, err := listOfServices(body)
	if err != nil {
		return nil, err
	}
	services := make([]Service, 0, len(items))
	var leftOut []string
	for i, item := range items {
		l, oddity := readListed(item)
		if oddity != "" {
			leftOut = append(leftOut, fmt.Sprintf("entry %d of the catalogue%s: %s", i+1, l.title(), oddity))
			continue
		}
		services = append(services, l.service())
	}
	switch {
	case len(items) == 0:
		return nil, errors.New("the panel's list of services is empty")
	case len(services) == 0:
		return nil, fmt.Errorf("no entry of the panel's list of services can be used; %s", leftOut[0])
	}
	c := NewCatalogue(services, fetched)
	c.LeftOut = leftOut
	return c, nil
}

// listOfServices finds the list, which may lie in a wrapper or two: {"data":{"services":[…]}}.
func listOfServices(body []byte) (items []json.RawMessage, err error) {
	body = bytes.TrimSpace(body)
	for range 2 {
		o, err := parseObject(body)
		if err != nil {
			break
		}
		for _, name := range []string{"services", "data"} {
			if inner := bytes.TrimSpace(o.values[name]); len(inner) > 0 && !nothing(inner) {
				body = inner
				break
			}
		}
	}
	if err := json.Unmarshal(body, &items); err != nil || items == nil {
		return nil, errors.New("the answer is no list of services")
	}
	return items, nil
}

// readListed reads an entry; oddity says why it can't be used.
func readListed(item json.RawMessage) (l listed, oddity string) {
	o, err := parseObject(item)
	if err != nil {
		return l, "it is no service"
	}
	if err := json.Unmarshal(item, &l); err != nil {
		return l, oddMember(o)
	}
	switch {
	case l.Service == "":
		return l, "it has no id"
	case len(l.Service) > 64 || strings.ContainsFunc(l.Service.String(), unicode.IsSpace):
		return l, fmt.Sprintf("its id, %.60q, is none", l.Service)
	case l.Type == "" && o.has("type"):
		return l, "its type is null"
	}
	return l, ""
}

// oddMember names the member of an entry that can't be read.
func oddMember(o object) string {
	for _, name := range o.names {
		if raw := o.values[name]; raw[0] == '{' || raw[0] == '[' {
			kind := map[byte]string{'{': "an object", '[': "a list"}[raw[0]]
			return fmt.Sprintf("its %s is %s", name, kind)
		}
	}
	return "it can't be read"
}

func (o object) has(name string) bool {
	_, is := o.values[name]
	return is
}

// title names an entry for a person as far as it was read.
func (l listed) title() string {
	var parts []string
	for _, part := range []string{l.Service.String(), l.Name.String()} {
		part = strings.Map(func(r rune) rune {
			if !unicode.IsPrint(r) {
				return -1
			}
			return r
		}, part)
		if part != "" {
			parts = append(parts, fmt.Sprintf("%.60s", part))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, labelGap) + ")"
}

// Hint says what may be wrong with the catalogue as a whole; empty: nothing.
func (c *Catalogue) Hint() string {
	switch n := len(c.Services) + len(c.LeftOut); n {
	case 100, 1000:
		return fmt.Sprintf("the catalogue has exactly %d services: the panel may have sent one page of more", n)
	}
	return ""
}

// Notes are the hint, if any, and what was left out, the first few by name.
func (c *Catalogue) Notes() []string {
	const named = 5
	var notes []string
	if hint := c.Hint(); hint != "" {
		notes = append(notes, hint)
	}
	notes = append(notes, c.LeftOut[:min(len(c.LeftOut), named)]...)
	if more := len(c.LeftOut) - named; more > 0 {
		notes = append(notes, fmt.Sprintf("and %d more entries of the catalogue can't be used", more))
	}
	return notes
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
