package batch

import (
	"context"
	"regexp"
	"strings"

	"bulkorder/parse"
)

// aims reads where services and links go, each service once.
type aims struct {
	*parse.Aims
	known      map[aimed]parse.Aim
	countries  map[aimed]string
	beginnings *regexp.Regexp // of links
}

// aimed is what a catalogue says of a service in words.
type aimed struct{ name, category string }

func newAims() *aims {
	return &aims{parse.NewAims(), map[aimed]parse.Aim{}, map[aimed]string{}, linkBeginnings()}
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
		return
	}
	leads := d.rules.aims.OfLink(link)
	if wanted := parse.WantedBeside(wants.Site, s.Name, leads, link); wanted != "" {
		d.tellLink("link-shape", []string{"{shape}", string(leads.Shape), "{its shape}", wanted})
		return
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

// tellLink tells of a link that leads elsewhere. It is a warning, or a problem where that was asked for.
func (d *draft) tellLink(rule string, facts []string) {
	d.tell(rule, "link", facts...)
	p := &d.problems[len(d.problems)-1]
	if p.Option = "--strict-links"; d.rules.StrictLinks {
		p.Warning, p.Asks, p.Option = false, "", ""
	}
}

// limits tells the reader of the sheet what an order may be, where a number can be read in two ways.
func (r *reading) limits(ctx context.Context) parse.Limits {
	return func(panel, service string) (least, most int64, known bool) {
		rules, err := r.panel(ctx, panel)
		if err != nil || rules.Catalogue == nil {
			return 0, 0, false // that is told of the row
		}
		s, found := rules.Catalogue.Service(service)
		if ids := rules.Catalogue.Named(service); !found && len(ids) == 1 {
			s, found = rules.Catalogue.Service(ids[0])
		}
		typ, is := rules.Panel.Type(s.Type)
		return s.Min, s.Max, found && is && s.Oddity == "" && typ.Counts == "quantity"
	}
}
