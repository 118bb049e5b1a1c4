package plan

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// Order is what a row asks a panel for.
type Order struct {
	Service panel.Service
	Params  []panel.Param // what is sent, service first; action and key are added on the wire
	Target  string        // service and link: a panel wants one order at a time for it
	Units   journal.Units // times the service's rate: the estimated charge
}

// Rules is what orders are checked against.
type Rules struct {
	Panel     panel.Panel
	Types     panel.Types // of Panel; nil: they are made for each row
	Account   int64       // the account's number in the books; 0: there are none
	Catalogue *panel.Catalogue
	Today     time.Time // the day on which an expiry is not past
	AnyLink   bool      // take links that don't look like links: some panels take user names there
	// StrictLinks: a link that leads elsewhere than the service goes is a problem, not a warning.
	StrictLinks bool

	lists *listDoubts   // nil: they are made for each row
	aims  *aims         // nil: they are made for each row
	names *serviceNames // nil: they are made for each row
}

// Place knows where a field stands in the sheet, for problems.
type Place struct {
	Sheet   string
	Tab     string            // of [parse.Table]
	Columns map[string]string // field to column letter

	beside   []beside // columns of the person's own
	quantity int      // the column's place in the table; -1: there is none
}

// NewPlace reads a table's columns.
func NewPlace(t *parse.Table) Place {
	p := Place{Sheet: t.Sheet, Tab: t.Tab, Columns: map[string]string{}, beside: besides(t), quantity: -1}
	for i, c := range t.Columns {
		if c.Field == "quantity" {
			p.quantity = i
		}
		if c.Field != "" {
			p.Columns[c.Field] = c.Letter
		}
	}
	return p
}

// draft is an order while its row is being checked: the row, and the problems found so far.
type draft struct {
	rules    Rules
	place    Place
	row      parse.Row
	typ      panel.Type
	order    Order
	problems []parse.Problem
	bad      map[string]bool // fields that have a problem already: one is enough
}

// Order turns a row into an order and tells everything that is wrong with it. The order is of use only
// where none of the problems is more than a warning.
func (r Rules) Order(p Place, row parse.Row) (Order, []parse.Problem) {
	d := &draft{rules: r, place: p, row: row, problems: row.Problems, bad: map[string]bool{}}
	for _, problem := range row.Problems {
		d.bad[problem.Field] = d.bad[problem.Field] || !problem.Warning
	}
	if !d.resolve() {
		return d.order, d.problems
	}
	d.fill()
	d.check()
	d.estimate()
	return d.order, d.problems
}

// value gives a field of the row, one that the configuration taught included.
func (d *draft) value(field string) string {
	if v := d.row.Fields.Get(field); v != "" {
		return v
	}
	return d.row.Extra[field]
}

// resolve finds the service and its type.
func (d *draft) resolve() bool {
	asked := d.row.Fields.Service
	if asked == "" {
		if !d.bad["service"] {
			d.tell("service-missing", "service")
		}
		return false
	}
	if d.bad["service"] {
		return false
	}
	s, found := d.find(asked)
	if !found {
		return false
	}
	d.order.Service = s
	if s.Oddity != "" {
		d.tellOf("service-odd", "service", s.ID, "{name}", strconv.Quote(s.Name), "{oddity}", s.Oddity)
		return false
	}
	types := d.rules.Types
	if types == nil {
		types = d.rules.Panel.AllTypes()
	}
	if d.typ, found = types.Named(s.Type); !found {
		d.tellOf("type-unknown", "service", s.ID, "{name}", strconv.Quote(s.Name), "{type}", strconv.Quote(s.Type))
		return false
	}
	return true
}

// find looks a service up by its id, by its name, by the label that a template offers for it, or by a label of the
// person's own that bears its id and agrees with its name. It notes the problem where that isn't exactly one service.
func (d *draft) find(asked string) (panel.Service, bool) {
	catalogue := d.rules.Catalogue
	if s, found := catalogue.Service(asked); found {
		return s, true
	}
	ids := slices.Clone(catalogue.Named(asked))
	labelled, known, same := catalogue.Labelled(asked)
	if same && !slices.Contains(ids, labelled.ID) {
		ids = append(ids, labelled.ID)
	}
	if d.rules.names == nil {
		d.rules.names = newServiceNames()
	}
	if len(ids) == 0 && !known {
		if s, found := d.rules.names.read(catalogue, asked); found {
			return s, true
		}
		ids = d.rules.names.named(catalogue, asked)
	}
	switch {
	case len(ids) == 1:
		return catalogue.Service(ids[0])
	case len(ids) > 1:
		d.tell("service-ambiguous", "service", "{count}", strconv.Itoa(len(ids)), "{ids}", strings.Join(ids, ", "))
	case known:
		d.tell("service-renamed", "service", "{id}", labelled.ID, "{name}", strconv.Quote(labelled.Name))
	default:
		d.tellUnknown(asked)
	}
	return panel.Service{}, false
}

// tellUnknown tells that there is no such service, and which ones may be meant.
func (d *draft) tellUnknown(asked string) {
	d.tell("service-unknown", "service")
	if near := d.rules.names.propose(d.rules.Catalogue, asked); near != "" {
		p := &d.problems[len(d.problems)-1]
		p.Mend = "use an id; perhaps one of " + near
	}
}

// fill collects what is sent: the type's fields, in the type's order.
func (d *draft) fill() {
	d.order.Params = append(d.order.Params, panel.Param{Name: "service", Value: d.order.Service.ID})
	for _, field := range slices.Concat(d.typ.Required, d.typ.Optional) {
		if v := d.value(field); v != "" && !d.noDrip(field) {
			d.order.Params = append(d.order.Params, panel.Param{Name: field, Value: v})
		}
	}
	target := d.value("link")
	if !d.typ.Takes("link") {
		target = d.value("username")
	}
	d.order.Target = d.order.Service.ID + " " + target
}

// noDrip tells of the fields of a drip-feed with 0 runs, which is none.
func (d *draft) noDrip(field string) bool {
	if field != "runs" && field != "interval" || d.value("runs") != "0" {
		return false
	}
	interval := d.value("interval")
	return interval == "0" || interval == ""
}

// estimate tells how many times the rate the order will be charged, by the type.
func (d *draft) estimate() {
	switch d.typ.Basis {
	case panel.Once:
		d.order.Units = journal.Exactly(decimal.NewFromInt(1))
	case panel.PerThousand:
		units := decimal.NewFromInt(d.counted()).Shift(-3)
		if runs := d.value("runs"); runs != "" && d.typ.Takes("runs") && !d.noDrip("runs") {
			units = units.Mul(decimal.NewFromInt(number(runs)))
		}
		d.order.Units = journal.Exactly(units)
	case panel.PerPost:
		posts := number(d.value("posts"))
		if posts == 0 {
			return // an unlimited number of posts
		}
		all := decimal.NewFromInt(posts).Add(decimal.NewFromInt(number(d.value("old_posts")))).Shift(-3)
		d.order.Units.Low = decimal.NewNullDecimal(all.Mul(decimal.NewFromInt(number(d.value("min")))))
		d.order.Units.High = decimal.NewNullDecimal(all.Mul(decimal.NewFromInt(number(d.value("max")))))
	}
}

// counted gives what min and max bound: the quantity, or the lines of a list.
func (d *draft) counted() int64 {
	switch v := d.value(d.typ.Counts); {
	case v == "":
		return 0
	case d.typ.Counts == "quantity":
		return number(v)
	default:
		return int64(strings.Count(v, "\n") + 1)
	}
}
