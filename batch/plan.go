package batch

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// Planner reads a whole sheet and makes an entry of each row.
type Planner struct {
	Rules           Rules
	AllowDuplicates bool                      // send equal rows of one sheet, each
	Keep            func(journal.Entry) error // takes each row's entry; nil: nothing is kept
	Books           *journal.Journal          // where rows that were ordered before are looked for; nil: nowhere
}

// Plan is a sheet, checked.
type Plan struct {
	Fingerprint string // of the sheet's content
	Totals      journal.Totals
	Problems    []parse.Problem // in the order of the sheet, warnings too
	Services    []panel.Service // those that valid rows use, by id
	Notes       []string
	Worksheet   string

	earlier []earlier
}

// earlier is a queued row whose like another batch has.
type earlier struct {
	key string
	row journal.Earlier
}

// HoldRepeats counts the rows as held that another batch than the one with this id has ordered, or may
// have. It is what [journal.Draft.HoldRepeats] does, for a plan that isn't kept.
func (p *Plan) HoldRepeats(id string, r journal.Repeats) {
	held := map[string]bool{}
	for _, e := range p.earlier {
		if _, holds := r.Holds(e.key, e.row); holds && e.row.Batch != id && !held[e.key] {
			held[e.key] = true
			p.Totals.Move(journal.Queued, journal.Held)
		}
	}
}

// BatchID names the batch of a sheet on a panel, so that the same sheet is the same batch.
func (p Plan) BatchID(panelName string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q%q", panelName, p.Fingerprint))
	return hex.EncodeToString(sum[:5])
}

// reading is a sheet while it is being read.
type reading struct {
	planner  *Planner
	place    Place
	plan     Plan
	print    hash.Hash
	seen     map[string]twin // by content, and by Ref
	services map[string]panel.Service
}

// twin is the first of the rows that are equal, and how many there are.
type twin struct{ line, count int }

// Read checks every row of the sheet. Its errors are about the sheet as a whole; what is wrong with rows
// is in the plan.
func (p *Planner) Read(ctx context.Context, sheet *parse.Sheet) (Plan, error) {
	r := &reading{planner: p, place: NewPlace(sheet), print: sha256.New(), seen: map[string]twin{}, services: map[string]panel.Service{}}
	var names []string
	for _, c := range sheet.Columns {
		names = append(names, c.Name)
	}
	r.feed(0, names)
	for row, err := range sheet.Rows() {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = r.row(ctx, row)
		}
		if err != nil {
			return Plan{}, err
		}
	}
	if r.plan.Totals.Rows == 0 {
		return Plan{}, &parse.FileError{Path: sheet.File, Wrong: "has a header and no rows below it", Mend: "fill in a row for each order"}
	}
	r.plan.Fingerprint = hex.EncodeToString(r.print.Sum(nil)[:16])
	r.plan.Worksheet, r.plan.Notes = sheet.Name, sheet.Notes
	for _, s := range r.services {
		r.plan.Services = append(r.plan.Services, s)
	}
	slices.SortFunc(r.plan.Services, func(a, b panel.Service) int { return journal.CompareIDs(a.ID, b.ID) })
	return r.plan, nil
}

// feed adds a row to the fingerprint; lengths keep neighbouring cells apart.
func (r *reading) feed(number int, cells []string) {
	var n [8]byte
	add := func(v int) {
		binary.BigEndian.PutUint64(n[:], uint64(v))
		r.print.Write(n[:])
	}
	add(number)
	add(len(cells))
	for _, c := range cells {
		add(len(c))
		r.print.Write([]byte(c))
	}
}

func (r *reading) row(ctx context.Context, row parse.Row) error {
	r.feed(row.Number, row.Cells)
	e := r.entry(row)
	if r.planner.Books != nil && e.State == journal.Queued {
		found, err := r.planner.Books.Earlier(ctx, e.Key)
		if err != nil {
			return err
		}
		for _, f := range found {
			r.plan.earlier = append(r.plan.earlier, earlier{e.Key, f})
		}
	}
	r.plan.Totals.Add(e, 1)
	r.plan.Problems = append(r.plan.Problems, e.Problems...)
	if r.planner.Keep == nil {
		return nil
	}
	return r.planner.Keep(e)
}

// entry decides the state in which a row enters the books.
func (r *reading) entry(row parse.Row) journal.Entry {
	rules := r.planner.Rules
	e := journal.Entry{Line: row.Number, Cells: row.Cells, Panel: rules.Panel.Name, State: journal.Queued}
	if row.Fields.OrderID != "" {
		e.State, e.Note = journal.Skipped, "the sheet says that it is order "+row.Fields.OrderID
		e.Service, e.Params = row.Fields.Service, rawParams(row)
		e.Key = Key(e.Panel, "", append(e.Params, panel.Param{Name: "order_id", Value: row.Fields.OrderID}), r.count("skipped "+contentKey(e.Panel, e.Params), row.Number).count)
		return e
	}
	order, problems := rules.Order(r.place, row)
	e.Problems = append(problems, r.foreignPanel(row)...)
	e.Service, e.Params, e.Target, e.Rate, e.Units = order.Service.ID, order.Params, order.Target, order.Service.Rate, order.Units
	if slices.ContainsFunc(e.Problems, func(p parse.Problem) bool { return !p.Warning }) {
		e.State, e.Service, e.Params = journal.Invalid, row.Fields.Service, rawParams(row)
		e.Key = "invalid-" + Key(e.Panel, "", e.Params, r.count("invalid "+contentKey(e.Panel, e.Params), row.Number).count)
		return e
	}
	r.identify(&e, row)
	if e.State != journal.Invalid {
		r.services[order.Service.ID] = order.Service
	}
	return e
}

// identify gives a valid row its key and finds its twins in the sheet.
func (r *reading) identify(e *journal.Entry, row parse.Row) {
	ref := row.Fields.Ref
	if ref != "" {
		first := r.count("ref "+ref, row.Number)
		if first.count > 1 {
			e.State = journal.Invalid
			e.Key = fmt.Sprintf("invalid-%s-%d", Key(e.Panel, ref, nil, 0), first.count)
			e.Problems = append(e.Problems, parse.Problem{Sheet: r.place.Sheet, Column: r.place.Columns["ref"], Row: row.Number, Field: "ref", Rule: "ref-doubled",
				Found: ref, Wrong: fmt.Sprintf("is the Ref of row %d already; a Ref is ordered once", first.line), Mend: "give the row a Ref of its own"})
			return
		}
	}
	same := r.count(contentKey(e.Panel, e.Params), row.Number)
	e.Key = Key(e.Panel, ref, e.Params, same.count)
	if same.count > 1 && ref == "" && !r.planner.AllowDuplicates {
		e.State, e.Reason, e.Note = journal.Held, journal.Duplicate, fmt.Sprintf("duplicate of row %d", same.line)
	}
}

// count notes a row under a name and gives the first that bore it.
func (r *reading) count(name string, line int) twin {
	t, is := r.seen[name]
	if !is {
		t.line = line
	}
	t.count++
	r.seen[name] = t
	return t
}

// foreignPanel: a row that names another panel must not be sent to this one.
func (r *reading) foreignPanel(row parse.Row) []parse.Problem {
	name := row.Fields.Panel
	if name == "" || name == r.planner.Rules.Panel.Name {
		return nil
	}
	return []parse.Problem{{Sheet: r.place.Sheet, Column: r.place.Columns["panel"], Row: row.Number, Field: "panel", Rule: "other-panel", Found: name,
		Wrong: "is not the panel of this run, " + r.planner.Rules.Panel.Name, Mend: "put the rows of each panel into a sheet of their own"}}
}

// rawParams gives the fields of a row that isn't an order, so that it can be told from others.
func rawParams(row parse.Row) []panel.Param {
	var params []panel.Param
	for _, field := range parse.Names() {
		if v := row.Fields.Get(field); v != "" {
			params = append(params, panel.Param{Name: field, Value: v})
		}
	}
	return params
}
