package plan

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// aims reads where services and links go, each service once.
type aims struct {
	*parse.Aims
	known      map[aimed]parse.Aim
	wanted     map[aimed][]string
	countries  map[aimed]string
	sites      map[string]bool // of the catalogue's services; nil: nobody asked yet
	beginnings *regexp.Regexp  // of links
}

// aimed is what a catalogue says of a service in words.
type aimed struct{ name, category string }

func newAims() *aims {
	return &aims{Aims: parse.NewAims(), known: map[aimed]parse.Aim{}, wanted: map[aimed][]string{},
		countries: map[aimed]string{}, beginnings: linkBeginnings()}
}

func (a *aims) service(name, category string) parse.Aim {
	words := aimed{name, category}
	aim, is := a.known[words]
	if !is {
		aim = a.OfService(name, category)
		a.known[words] = aim
	}
	return aim
}

// things are what a service is ordered for, by its name.
func (a *aims) things(site, name string) []string {
	words := aimed{name, site}
	all, is := a.wanted[words]
	if !is {
		all = a.Wanted(site, name)
		a.wanted[words] = all
	}
	return all
}

// orders tells whether services of the catalogue name a site.
func (a *aims) orders(c *panel.Catalogue, site string) bool {
	if a.sites == nil {
		a.sites = map[string]bool{}
		for _, s := range c.Services {
			a.sites[a.OfService(s.Name, s.Category).Site] = true
		}
	}
	return site != "" && a.sites[site]
}

// country is the one that a service is for, as its words tell; "": none, or several.
func (a *aims) country(name, category string) string {
	words := aimed{name, category}
	code, is := a.countries[words]
	if !is {
		code = a.Country(category + " | " + name)
		a.countries[words] = code
	}
	return code
}

// checkAim finds links that lead elsewhere than the service goes. Both must be certain: many orders go to addresses of
// which nothing is known.
func (d *draft) checkAim() {
	s, kind := d.order.Service, strings.ToLower(d.typ.Name)
	link := d.value("link")
	if link == "" || d.bad["link"] || !d.typ.Takes("link") || strings.Contains(kind, "traffic") ||
		strings.HasPrefix(kind, "seo") {
		return
	}
	if d.rules.aims == nil {
		d.rules.aims = newAims()
	}
	wants := d.rules.aims.service(s.Name, s.Category)
	if wants == (parse.Aim{}) {
		d.checkUnknownSite(link)
		return
	}
	leads := d.rules.aims.OfLink(link)
	if wanted := d.rules.aims.things(wants.Site, s.Name); wanted != nil && leads.Site == wants.Site {
		if thing := d.rules.aims.Thing(leads.Site, link); thing != "" && !slices.Contains(wanted, thing) {
			d.tellLink("link-shape", []string{"{shape}", thing, "{its shape}", wanted[0]})
			return
		}
	}
	facts := []string{
		"{site}", leads.Site, "{its site}", wants.Site, "{shape}", string(leads.Shape), "{its shape}", string(wants.Shape),
	}
	if leads.Shape == parse.Neither && wants.Shape == parse.AnyShape {
		facts[len(facts)-1] = "a profile or a post"
	}
	switch {
	case leads.Site != "" && wants.Site != "" && leads.Site != wants.Site:
		d.tellLink("link-platform", facts)
	case leads.Shape != parse.AnyShape && (wants.Shape != parse.AnyShape || leads.Shape == parse.Neither) &&
		leads.Shape != wants.Shape &&
		(kind == "default" || strings.Contains(kind, "comment")):
		d.tellLink("link-shape", facts)
	}
}

// checkUnknownSite finds links to a site of which the catalogue has services, where the order's service names another
// one that isn't known.
func (d *draft) checkUnknownSite(link string) {
	s := d.order.Service
	its := d.rules.aims.UnknownSite(s.Name, s.Category)
	if its == "" {
		return
	}
	if leads := d.rules.aims.OfLink(link); d.rules.aims.orders(d.rules.Catalogue, leads.Site) {
		d.tellLink("link-platform", []string{"{site}", leads.Site, "{its site}", strconv.Quote(its)})
	}
}

// tellLink tells of a link that leads elsewhere. It is a warning, or a problem where that was asked for.
func (d *draft) tellLink(rule string, facts []string) {
	d.tell(rule, "link", facts...)
	p := &d.problems[len(d.problems)-1]
	if p.Option = "--strict-links"; d.rules.StrictLinks {
		p.Warning, p.Asks, p.Option = false, "", ""
	}
}
