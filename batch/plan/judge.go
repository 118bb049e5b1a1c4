package plan

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// judge checks rows one by one, each against the catalogue alone, while those before them are compared with each other.
type judge struct {
	planner *Planner
	opening sync.Mutex   // held while the rules of a panel are asked for, which the reader of the sheet does too
	table   *parse.Table // of the last row
	place   Place
	state   int   // column of a results workbook's states; -1: it is none
	aims    *aims // of the services that were met
	names   *serviceNames
	lists   *listDoubts
}

func newJudge(p *Planner, sheet *parse.Sheet) *judge {
	return &judge{planner: p, state: stateColumn(sheet), aims: newAims(), names: newServiceNames(), lists: newListDoubts()}
}

// judged is a row with what its own cells are, whatever else is in the sheet.
type judged struct {
	parse.Row
	place    Place
	panel    string // that it is for
	account  int64
	ordered  string // in words, why it isn't to be ordered; empty: nothing says so
	order    Order
	problems []parse.Problem
}

// rows judges row after row.
func (j *judge) rows(ctx context.Context, rows iter.Seq2[parse.Row, error]) iter.Seq2[judged, error] {
	return func(yield func(judged, error) bool) {
		for row, err := range rows {
			var done judged
			if err == nil {
				done, err = j.row(ctx, row)
			}
			if !yield(done, err) {
				return
			}
		}
	}
}

func (j *judge) row(ctx context.Context, row parse.Row) (judged, error) {
	if j.table != row.Table {
		j.table, j.place = row.Table, NewPlace(row.Table)
	}
	rules, wrong, err := j.rules(ctx, row)
	if err != nil {
		return judged{}, err
	}
	done := judged{Row: row, place: j.place, panel: cmp.Or(rules.Panel.Name, row.Fields.Panel), account: rules.Account,
		ordered: j.ordered(row), problems: wrong}
	if done.ordered == "" && len(wrong) == 0 {
		done.order, done.problems = rules.Order(j.place, row)
	}
	return done, nil
}

// stateColumn finds the states of a results workbook that is used as a sheet; -1: it is none.
func stateColumn(sheet *parse.Sheet) int {
	if !slices.ContainsFunc(sheet.Columns, func(c parse.Column) bool { return c.Field == "order_id" }) {
		return -1
	}
	return slices.IndexFunc(sheet.Columns, func(c parse.Column) bool {
		return c.Field == "" && parse.Fold(c.Name) == "state"
	})
}

// ordered tells in words why a row isn't to be ordered whatever it holds: the person left it out, or the sheet itself
// says that it is ordered, or may be; empty: nothing says so.
func (j *judge) ordered(row parse.Row) string {
	if slices.Contains(j.planner.Off, row.Line().N) {
		return "you left it out"
	}
	if row.Fields.OrderID != "" {
		return "the sheet says that it is order " + row.Fields.OrderID
	}
	if j.state < 0 || j.state >= len(row.Cells) {
		return ""
	}
	switch state := journal.State(strings.TrimSpace(row.Cells[j.state])); state {
	case journal.Placed:
		return "the sheet says that it is placed"
	case journal.InDoubt, journal.Skipped:
		return "the sheet says that it may have been ordered: its state there is " + string(state)
	}
	return ""
}

// rules finds what a row is checked against: the rules of the panel that it names. That it names none that is
// known is its problem.
func (j *judge) rules(ctx context.Context, row parse.Row) (Rules, []parse.Problem, error) {
	name := row.Fields.Panel
	rules, err := j.panel(ctx, name)
	rules.aims, rules.names, rules.lists, rules.StrictLinks = j.aims, j.names, j.lists, j.planner.StrictLinks
	var unknown *UnknownPanel
	if !errors.As(err, &unknown) {
		return rules, nil, err
	}
	rule := "panel-unknown"
	if name == "" {
		rule = "panel-missing"
	}
	p := j.place.problem(row.Number, rule, "panel", name, "{panels}", strings.Join(unknown.Known, ", "))
	return Rules{}, []parse.Problem{p}, nil
}

// panel gives the rules of a panel.
func (j *judge) panel(ctx context.Context, name string) (Rules, error) {
	j.opening.Lock()
	defer j.opening.Unlock()
	return j.planner.Panel(ctx, name)
}

// limits tells the reader of the sheet what an order may be, where a number can be read in two ways.
func (j *judge) limits(ctx context.Context) parse.Limits {
	return func(panel, service string) (least, most int64, known bool) {
		rules, err := j.panel(ctx, panel)
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
