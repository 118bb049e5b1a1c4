package report

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// Planned is a row of a sheet that was checked: what would be ordered, or why it would not be.
type Planned struct {
	Row       int                 `json:"row"`
	State     journal.State       `json:"state"`
	Panel     string              `json:"panel"`
	Service   string              `json:"service"`
	Link      string              `json:"link"`      // as it would be sent; or the user name
	Quantity  string              `json:"quantity"`  // empty: the service takes none
	Estimated decimal.NullDecimal `json:"estimated"` // null: it can't be known beforehand
	Reason    journal.Reason      `json:"reason"`    // why it is held; empty: it isn't
	Why       string              `json:"why"`       // what a person should know of it; empty: nothing
}

// NewPlanned tells a row of a draft.
func NewPlanned(e journal.Entry) Planned {
	p := Planned{Row: e.Line, State: e.State, Panel: e.Panel, Service: e.Service, Reason: e.Reason, Why: ProblemText(e)}
	fields := map[string]string{}
	for _, param := range e.Params {
		fields[param.Name] = param.Value
	}
	p.Link, p.Quantity = cmp.Or(fields["link"], fields["username"]), fields["quantity"]
	if charge, known := e.Estimate(); known && e.State != journal.Invalid && e.State != journal.Skipped {
		p.Estimated = decimal.NewNullDecimal(charge)
	}
	return p
}

// HeldGroup is rows that are held for one reason.
type HeldGroup struct {
	Reason journal.Reason
	Rows   int
	First  Planned
}

// HeldGroups are the rows that a sheet's check holds, by reason.
type HeldGroups []HeldGroup

// Add counts a row, where it is held.
func (g *HeldGroups) Add(p Planned) {
	if p.State != journal.Held {
		return
	}
	i := slices.IndexFunc(*g, func(h HeldGroup) bool { return h.Reason == p.Reason })
	if i < 0 {
		*g = append(*g, HeldGroup{Reason: p.Reason, First: p})
		i = len(*g) - 1
	}
	(*g)[i].Rows++
}

// Title says why the rows are held, and what lets them go.
func (h HeldGroup) Title() string {
	switch h.Reason {
	case journal.Duplicate:
		return "equal to another row; --allow-duplicates orders each"
	case journal.Repeat:
		return "ordered before, or to be ordered; --allow-repeat orders them again"
	case journal.Reordered:
		return "their Ref is ordered already; a Ref is ordered once"
	case journal.Dear:
		return "charged above what was approved; --accept-price approves that"
	case journal.Dearer:
		return "dearer than approved; --accept-price approves that"
	case journal.Changed:
		return "their service changed"
	case journal.OverCap:
		return "over the cap; a higher --max-spend lets them go"
	}
	return string(h.Reason)
}
