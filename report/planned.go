package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// Planned is a row of a sheet that was checked: what would be ordered, or why it would not be.
type Planned struct {
	Row       int                 `json:"row"`
	Tab       string              `json:"tab,omitempty"` // the worksheet, where several are read as one sheet
	State     journal.State       `json:"state"`
	Panel     string              `json:"panel"`
	Service   string              `json:"service"`
	Name      string              `json:"service_name"` // empty: the row is no order
	Link      string              `json:"link"`         // as it would be sent; or the user name
	Quantity  string              `json:"quantity"`     // empty: the service takes none
	Runs      string              `json:"runs"`         // of a drip-feed; empty: it is none
	Interval  string              `json:"interval"`     // minutes between the runs
	Estimated decimal.NullDecimal `json:"estimated"`    // null: it can't be known beforehand
	OrderID   string              `json:"order_id"`     // that the row has already; empty: none
	Reason    journal.Reason      `json:"reason"`       // why it is held; empty: it isn't
	Asks      []string            `json:"asks"`         // warnings that nobody has accepted
	Why       string              `json:"why"`          // what a person should know of it; empty: nothing
	Release   string              `json:"release"`      // what lets a row go that is held

	at parse.Line
}

// At tells where the row stands in the spreadsheet.
func (p Planned) At() parse.Line { return p.at }

// NewPlanned tells a row of a draft; name is its service's.
func NewPlanned(e journal.Entry, name string) Planned {
	p := Planned{Row: e.At().Number(), Tab: e.Tab, at: e.At(), State: Told(e.State), Panel: e.Panel,
		Service: e.Service, Name: name, OrderID: e.OrderID, Reason: e.Reason, Asks: e.Asks, Why: ProblemText(e)}
	if p.Asks == nil {
		p.Asks = []string{}
	}
	if p.State == journal.Held {
		p.Release = HeldFor(e.Reason).Release
	}
	fields := map[string]string{}
	for _, param := range e.Params {
		fields[param.Name] = param.Value
	}
	p.Link, p.Quantity = cmp.Or(fields["link"], fields["username"]), fields["quantity"]
	p.Runs, p.Interval = fields["runs"], fields["interval"]
	if charge, known := e.Estimate(); known && e.State != journal.Invalid && e.State != journal.Skipped {
		p.Estimated = decimal.NewNullDecimal(charge)
	}
	return p
}

// Amount says how much is ordered: a quantity, and for a drip-feed how often, and what that makes.
func (p Planned) Amount() string {
	quantity, err := strconv.ParseInt(p.Quantity, 10, 64)
	if err != nil {
		return p.Quantity
	}
	words := grouped(p.Quantity)
	runs, err := strconv.ParseInt(p.Runs, 10, 64)
	if err != nil || runs < 1 || quantity > math.MaxInt64/runs {
		return words
	}
	return fmt.Sprintf("%s × %s = %s", grouped(p.Runs), words, grouped(strconv.FormatInt(quantity*runs, 10)))
}

// Pace says how far apart the runs of a drip-feed are; empty: it is none.
func (p Planned) Pace() string {
	if p.Runs == "" {
		return ""
	}
	return "one each " + p.Interval + " min"
}

// mostOfGroup is how many rows of a group are told one by one.
const mostOfGroup = 5

// LeftGroup is rows that would not be ordered, for one reason; of rows that are warned of, for the same warnings.
type LeftGroup struct {
	State  journal.State
	Reason journal.Reason // of rows that are held
	Rows   int
	First  []Planned       // a few of them
	Lines  []parse.Line    // some of them
	Charge decimal.Decimal // estimated, where it is known
	Asks   []string        // the warnings that they wait for
}

// Plan is what would become of the rows of a sheet, as a person is told.
type Plan struct {
	First  []Planned       // that would be ordered: a few, or all
	Rows   int             // that would be ordered
	Charge decimal.Decimal // of the rows that would be ordered, as many as were counted
	Left   []LeftGroup     // that would not
	most   int             // of First
	pilot  int             // rows that are counted; 0: all
}

// NewPlan makes a plan that tells at most so many rows one by one, and counts those of a pilot alone; 0: all.
func NewPlan(most, pilot int) *Plan { return &Plan{most: most, pilot: pilot} }

// Add takes the next row of the sheet.
func (p *Plan) Add(row Planned) {
	if row.State == journal.Queued {
		if p.Rows++; p.pilot == 0 || p.Rows <= p.pilot {
			p.Charge = p.Charge.Add(row.Estimated.Decimal)
		}
		if p.most == 0 || len(p.First) < p.most {
			p.First = append(p.First, row)
		}
		return
	}
	i := slices.IndexFunc(p.Left, func(g LeftGroup) bool {
		return g.State == row.State && g.Reason == row.Reason && slices.Equal(g.Asks, row.Asks)
	})
	if i < 0 {
		i, p.Left = len(p.Left), append(p.Left, LeftGroup{State: row.State, Reason: row.Reason, Asks: row.Asks})
	}
	g := &p.Left[i]
	g.Rows++
	g.Charge = g.Charge.Add(row.Estimated.Decimal)
	if len(g.First) < mostOfGroup {
		g.First = append(g.First, row)
	}
	if len(g.Lines) < moreOfGroup {
		g.Lines = append(g.Lines, row.at)
	}
}

// Warned adds up the rows that wait for a person's word about what they are warned of; Rows is 0 where none does.
func (p *Plan) Warned() (sum LeftGroup) {
	for _, g := range p.In(journal.Held) {
		if g.Reason != journal.Warned {
			continue
		}
		sum.Rows, sum.Charge, sum.Lines = sum.Rows+g.Rows, sum.Charge.Add(g.Charge), append(sum.Lines, g.Lines...)
		sum.Asks = append(sum.Asks, g.Asks...)
	}
	slices.SortFunc(sum.Lines, parse.CompareLines)
	slices.Sort(sum.Asks)
	sum.Lines, sum.Asks = sum.Lines[:min(len(sum.Lines), moreOfGroup)], slices.Compact(sum.Asks)
	return sum
}

// Waits tells whether rows wait for a person's word about a warning.
func (p *Plan) Waits(warning string) bool {
	return slices.ContainsFunc(p.In(journal.Held), func(g LeftGroup) bool { return slices.Contains(g.Asks, warning) })
}

// Full tells whether more rows that would be ordered add nothing to what is told.
func (p *Plan) Full() bool { return p.most > 0 && len(p.First) >= p.most && p.Rows >= p.pilot }

// Sent completes the plan by what all rows add up to that would be sent.
func (p *Plan) Sent(t journal.Totals) {
	if p.Rows = t.Rows; p.pilot == 0 || p.pilot >= t.Rows {
		p.Charge = t.Valid.Charge
	}
}

// In gives the rows that are in a state, by reason.
func (p *Plan) In(s journal.State) []LeftGroup {
	return slices.DeleteFunc(slices.Clone(p.Left), func(g LeftGroup) bool { return g.State != s })
}

// Count is how many rows are in a state.
func (p *Plan) Count(s journal.State) (n int) {
	for _, g := range p.In(s) {
		n += g.Rows
	}
	return n
}

// AddPlan tells in JSON what would be sent, and why other rows would not.
func (r *Result) AddPlan(p *Plan, toSend journal.Totals) {
	r.Rows.Queued = min(r.Rows.Queued, toSend.Rows) // rows in doubt that a look may queue count as what they are
	if p == nil {
		return
	}
	for _, g := range p.In(journal.Held) {
		hold := HeldFor(g.Reason)
		r.Held = append(r.Held, HeldGroup{Reason: g.Reason, Why: hold.Why, Rows: g.Rows, First: g.Lines,
			Release: hold.Release, Command: hold.Option, Warnings: g.Asks})
	}
	if !toSend.AtMost.IsZero() || toSend.Rows > 0 {
		r.ToSend = &ToSend{Rows: toSend.Rows, Estimated: toSend.Valid.Charge, Unknown: toSend.Unknown}
		if r.Money.BalanceBefore.Valid {
			r.ToSend.BalanceAfter = decimal.NewNullDecimal(r.Money.BalanceBefore.Decimal.Sub(toSend.Valid.Charge))
		}
	}
}

// ToSend is what a run would send now.
type ToSend struct {
	Rows         int                 `json:"rows"`
	Estimated    decimal.Decimal     `json:"estimated"`     // of the rows whose charge is known beforehand
	Unknown      int                 `json:"unknown"`       // rows whose charge isn't
	BalanceAfter decimal.NullDecimal `json:"balance_after"` // estimated; null: not known, or of several panels
}
