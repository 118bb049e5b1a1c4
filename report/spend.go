package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// Group is what the rows came to that have the same text in the column that the spending is told by.
type Group struct {
	// the cell's text; "(none)" for blank cells, "5 others" for those beyond the first 20
	Name      string          `json:"name"`
	Currency  string          `json:"currency"`
	Rows      int             `json:"rows"`
	Placed    int             `json:"placed"`
	InDoubt   int             `json:"in_doubt"`
	Estimated decimal.Decimal `json:"estimated"` // of the valid rows whose charge is known beforehand
	Charged   decimal.Decimal `json:"charged"`
}

// mostGroups is how many groups are told by name, of each currency.
const mostGroups = 20

// noGroup is the group of blank cells.
const noGroup = "(none)"

// CheckGroupBy fails where a sheet with these headers has no column of this name; an empty name is fine.
func CheckGroupBy(columns []string, name string) error {
	if name == "" || GroupColumn(columns, name) >= 0 {
		return nil
	}
	var names []string
	for _, c := range columns {
		if strings.TrimSpace(c) != "" {
			names = append(names, `"`+parse.Escape(c)+`"`)
		}
	}
	return fmt.Errorf("--group-by %q: the sheet has no such column; its columns are %s", name, strings.Join(names, ", "))
}

// GroupColumn finds the column that the spending is told by: the named one, or, without a name, Client or
// Campaign. It is -1 where there is none.
func GroupColumn(columns []string, name string) int {
	wanted := []string{name}
	if name == "" {
		wanted = []string{"client", "campaign"}
	}
	if i := slices.Index(columns, name); i >= 0 && name != "" {
		return i
	}
	for _, w := range wanted {
		if i := slices.IndexFunc(columns,
			func(c string) bool { return parse.Fold(c) == parse.Fold(w) && parse.Fold(c) != "" }); i >= 0 {
			return i
		}
	}
	return -1
}

// Spending adds rows up by the text of one column.
type Spending struct {
	Column   int // -1: nothing is added up
	currency string
	groups   map[[2]string]*Group // by name and currency
}

// NewSpending adds rows of a batch up by the column of this name, or by Client or Campaign.
func NewSpending(b journal.Batch, groupBy string) *Spending {
	return &Spending{
		Column:   GroupColumn(b.Columns, groupBy),
		currency: b.Currency,
		groups:   map[[2]string]*Group{},
	}
}

func (s *Spending) Add(e journal.Entry) {
	if s.Column < 0 {
		return
	}
	name, currency := cmp.Or(strings.TrimSpace(Cell(e, s.Column)), noGroup), cmp.Or(e.Currency, s.currency)
	g := s.groups[[2]string{name, currency}]
	if g == nil {
		g = &Group{Name: name, Currency: currency}
		s.groups[[2]string{name, currency}] = g
	}
	one := Group{Rows: 1}
	if estimate, known := e.Estimate(); known && e.State != journal.Invalid && e.State != journal.Skipped {
		one.Estimated = estimate
	}
	switch Told(e.State) {
	case journal.Placed:
		one.Placed, one.Charged = 1, e.Charge.Decimal
	case journal.InDoubt:
		one.InDoubt = 1
	}
	g.include(one)
}

func (g *Group) include(o Group) {
	g.Rows, g.Placed, g.InDoubt = g.Rows+o.Rows, g.Placed+o.Placed, g.InDoubt+o.InDoubt
	g.Estimated, g.Charged = g.Estimated.Add(o.Estimated), g.Charged.Add(o.Charged)
}

// Totals adds groups up, by currency, in the order in which currencies are met.
func Totals(groups []Group) (all []Group) {
	for _, g := range groups {
		at := slices.IndexFunc(all, func(t Group) bool { return t.Currency == g.Currency })
		if at < 0 {
			at = len(all)
			all = append(all, Group{Currency: g.Currency})
		}
		all[at].include(g)
	}
	return all
}

// Sorted gives the groups by charge, the highest first; the currency of most rows comes first, and of each
// currency the groups beyond those that are told by name are one.
func (s *Spending) Sorted() []Group {
	rows := map[string]int{}
	for key, g := range s.groups {
		rows[key[1]] += g.Rows
	}
	var all []Group
	for g := range maps.Values(s.groups) {
		all = append(all, *g)
	}
	slices.SortFunc(all, func(a, b Group) int {
		return cmp.Or(cmp.Compare(rows[b.Currency], rows[a.Currency]), strings.Compare(a.Currency, b.Currency),
			b.Charged.Cmp(a.Charged), b.Estimated.Cmp(a.Estimated), cmp.Compare(b.Rows, a.Rows), strings.Compare(a.Name, b.Name))
	})
	var told []Group
	named, rest := map[string]int{}, map[string]int{} // by currency: how many are named, and where the others are
	for _, g := range all {
		at, others := rest[g.Currency]
		if named[g.Currency]++; named[g.Currency] <= mostGroups {
			told = append(told, g)
			continue
		}
		if !others {
			at = len(told)
			rest[g.Currency] = at
			told = append(told, Group{Currency: g.Currency})
		}
		told[at].include(g)
	}
	for currency, at := range rest {
		told[at].Name = Counted(named[currency]-mostGroups, "other")
	}
	return told
}
