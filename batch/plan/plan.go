// Package plan makes the plan of a batch: rows of a sheet become orders ([Rules.Order]) that are checked against the
// catalogue and against each other, and a [Planner] decides in which state each enters the books.
package plan

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"strconv"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// Planner reads a whole sheet and makes an entry of each row.
type Planner struct {
	// Panel gives the rules of the panel that a row names; without a name those of rows that name none.
	// [*UnknownPanel]: there is none, which is the row's problem.
	Panel           func(ctx context.Context, name string) (Rules, error)
	AllowDuplicates bool                          // send equal rows of one sheet, each
	Accept          []string                      // warnings that a person accepts
	Accepted        func(journal.Acceptance) bool // tells what was accepted earlier; nil: nothing
	Keep            func(journal.Entry) error     // takes each row's entry; nil: nothing is kept
	Off             []int                         // rows that the person left out, by their [parse.Line]
	StrictLinks     bool                          // links that lead elsewhere than the service goes are problems
}

// UnknownPanel says that a panel isn't known by its name.
type UnknownPanel struct {
	Name  string
	Known []string // the names that are
}

func (u *UnknownPanel) Error() string {
	return fmt.Sprintf("no panel is named %q; known: %s", u.Name, strings.Join(u.Known, ", "))
}

// Plan is a sheet, checked.
type Plan struct {
	Fingerprint string // of the sheet's content
	Rows        int
	Invalid     int               // of them
	Problems    []parse.Problem   // in the order of the sheet, warnings too
	Services    []journal.Service // those that valid rows use, by panel and id
	Notes       []string
	Worksheet   string
	Columns     []parse.Column       // of all tables of the sheet
	Accepted    []journal.Acceptance // by [Planner.Accept]
	Proposed    string               // options that may tell what the quantities are that rows lack; "": none may
}

// BatchID names the batch of a sheet on an account, so that the same sheet is the same batch.
func (p Plan) BatchID(account int64) string { return batchID(fmt.Sprint(account), p.Fingerprint) }

// OlderID is the name that a batch got before accounts were known, by what its panel is called.
func (p Plan) OlderID(panelName string) string { return batchID(panelName, p.Fingerprint) }

func batchID(account, fingerprint string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q%q", account, fingerprint))
	return hex.EncodeToString(sum[:5])
}

// Count notes a row of the sheet.
func (p *Plan) Count(e journal.Entry) {
	p.Rows++
	if e.State == journal.Invalid {
		p.Invalid++
	}
	p.Problems = append(p.Problems, e.Problems...)
}

// reading is a sheet while it is being read.
type reading struct {
	planner  *Planner
	plan     Plan
	print    hash.Hash
	scratch  []byte                        // of feed
	table    *parse.Table                  // of the last row
	tabs     map[int]string                // that rows were met of
	loose    bool                          // rows were met whose links point into things
	seen     map[[16]byte]twin             // by content, and by Ref, hashed: a million texts would fill the memory
	services map[[2]string]journal.Service // by panel and id
}

// twin is the first of the rows that are equal, and how many there are.
type twin struct {
	line  uint32 // of [parse.Line]; its worksheet is known by it
	count int32
}

// Read checks every row of the sheet. Its errors are about the sheet as a whole; what is wrong with rows
// is in the plan.
func (p *Planner) Read(ctx context.Context, sheet *parse.Sheet) (Plan, error) {
	r := &reading{
		planner:  p,
		print:    sha256.New(),
		tabs:     map[int]string{},
		seen:     map[[16]byte]twin{},
		services: map[[2]string]journal.Service{},
	}
	var names []string
	for _, c := range sheet.Columns {
		names = append(names, c.Name)
	}
	r.feed(0, names)
	j := newJudge(p, sheet)
	sheet.Limits = j.limits(ctx)
	defer func() { sheet.Limits = nil }() // it holds on to the catalogues
	for row, err := range ahead(j.rows(ctx, ahead(sheet.Rows()))) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = r.row(row)
		}
		if err != nil {
			return Plan{}, err
		}
	}
	if r.plan.Rows == 0 {
		for _, note := range sheet.Notes {
			if strings.HasPrefix(note, "rows left out") {
				return Plan{}, &parse.FileError{
					Path: sheet.File, Wrong: "has no row that is left to be ordered: " + strings.Join(sheet.Notes, "; "),
					Mend: "look at what --where and the --skip options leave out",
				}
			}
		}
		if sheet.Examples != "" {
			return Plan{}, &parse.FileError{
				Path: sheet.File, Wrong: "has nothing to order: its rows " + sheet.Examples + " are a template's examples",
				Mend: "fill in a row for each order below them",
			}
		}
		return Plan{}, &parse.FileError{
			Path:  sheet.File,
			Wrong: "has a header and no rows below it",
			Mend:  "fill in a row for each order",
		}
	}
	r.finish(sheet)
	return r.plan, nil
}

// finish puts into the plan what is known of the sheet when all its rows are read.
func (r *reading) finish(sheet *parse.Sheet) {
	r.plan.Fingerprint = hex.EncodeToString(r.print.Sum(nil)[:16])
	r.plan.Worksheet, r.plan.Notes, r.plan.Columns = sheet.Name, sheet.Notes, sheet.Columns
	if slices.ContainsFunc(r.plan.Problems, func(p parse.Problem) bool {
		return p.Rule == "field-missing" && p.Field == "quantity"
	}) {
		r.plan.Proposed = sheet.Quantities()
	}
	for _, s := range r.services {
		r.plan.Services = append(r.plan.Services, s)
	}
	slices.SortFunc(r.plan.Services, func(a, b journal.Service) int {
		return cmp.Or(strings.Compare(a.Panel, b.Panel), journal.CompareIDs(a.ID, b.ID))
	})
}

// feed adds a row to the fingerprint; lengths keep neighbouring cells apart.
func (r *reading) feed(number int, cells []string) {
	b := r.scratch[:0]
	b = binary.BigEndian.AppendUint64(b, uint64(number))
	b = binary.BigEndian.AppendUint64(b, uint64(len(cells)))
	for _, c := range cells {
		b = append(binary.BigEndian.AppendUint64(b, uint64(len(c))), c...)
	}
	r.print.Write(b)
	if r.scratch = b; len(b) > 1<<20 { // a row of great texts is rare
		r.scratch = nil
	}
}

func (r *reading) row(row judged) error {
	if r.table != row.Table {
		r.begin(row.Row)
	}
	r.feed(row.Line().N, row.Cells)
	e := r.entry(row)
	r.plan.Count(e)
	if r.planner.Keep == nil {
		return nil
	}
	return r.planner.Keep(e)
}

// begin takes the columns of the table that a row is the first of. Those of the first table are known already.
func (r *reading) begin(row parse.Row) {
	t := row.Table
	if r.table != nil {
		names := []string{t.Tab}
		for _, c := range t.Columns {
			names = append(names, c.Name)
		}
		r.feed(0, names)
	}
	r.table = t
	r.tabs[row.Line().Worksheet()] = t.Tab
}

// entry decides the state in which a row enters the books.
func (r *reading) entry(row judged) journal.Entry {
	e := journal.Entry{
		Line:    row.Line().N,
		Tab:     row.Line().Tab,
		Cells:   row.Cells,
		Panel:   row.panel,
		Account: row.account,
		State:   journal.Queued,
	}
	if row.ordered != "" {
		e.State, e.Note = journal.Skipped, row.ordered
		e.Service, e.Params = row.Fields.Service, rawParams(row.Row)
		e.Key = r.otherKey("skipped", e, row.Row)
		return e
	}
	order := row.order
	e.Service, e.Params, e.Target, e.Rate, e.Units = order.Service.ID, order.Params, order.Target, order.Service.Rate,
		order.Units
	e.Problems = row.problems
	if slices.ContainsFunc(e.Problems, func(p parse.Problem) bool { return !p.Warning }) {
		e.State, e.Service, e.Params = journal.Invalid, row.Fields.Service, rawParams(row.Row)
		e.Problems = slices.DeleteFunc(slices.Clone(e.Problems), func(p parse.Problem) bool {
			return p.Asks == "note" // it is about the mistake, more often than not, and asked about when that is mended
		})
		e.Key = r.otherKey("invalid", e, row.Row)
		if ref := journal.FoldRef(row.Fields.Ref); ref != "" && r.count("ref "+ref, row.Line()).count == 1 {
			e.Ref = ref // the row may be ordered already, and edited since
		}
		return e
	}
	r.identify(&e, order.Service, row)
	id := [2]string{e.Panel, order.Service.ID}
	if _, known := r.services[id]; !known && e.State != journal.Invalid {
		r.services[id] = journal.Service{Panel: e.Panel, Service: order.Service}
	}
	return e
}

// otherKey names a row that is no order: it is the same row in another edition of the sheet.
func (r *reading) otherKey(what string, e journal.Entry, row parse.Row) string {
	like := journal.Identify(panel.Service{ID: e.Service}, e.Params, "").Content
	name := fmt.Sprintf("%s-%s-%s", what, e.Panel, like)
	return fmt.Sprintf("%s-%d", name, r.count(name, row.Line()).count)
}

// identify gives a valid row what it is recognised by, and finds its likes in the sheet.
func (r *reading) identify(e *journal.Entry, s panel.Service, row judged) {
	var aim string // of its link
	e.Identity, aim = journal.IdentifyAimed(s, e.Params, row.Fields.Ref)
	e.Request = rand.Text()
	if e.Ref != "" {
		first := r.count("ref "+e.Ref, row.Line())
		if first.count > 1 {
			e.State, e.Identity = journal.Invalid, journal.Identity{}
			e.Key = fmt.Sprintf("invalid-ref-%s-%d", row.Fields.Ref, first.count)
			e.Problems = append(e.Problems, row.place.problem(row.Number, "ref-doubled", "ref", row.Fields.Ref,
				"{first}", r.line(first.line).String()))
			return
		}
	}
	same := r.count(strconv.FormatInt(e.Account, 10)+" "+e.Likeness(), row.Line())
	e.Nth = int(same.count)
	e.Key = e.Identity.Key(e.Account)
	if r.strictly(e, &same, row.Row) > 1 && e.Ref == "" && !r.planner.AllowDuplicates {
		e.State, e.Reason, e.Note = journal.Held, journal.Duplicate, fmt.Sprintf("duplicate of row %s", r.line(same.line))
	}
	r.again(e, s, aim, row.place)
	if e.Asks = r.asks(e, s.ID); len(e.Asks) > 0 && e.State == journal.Queued {
		e.State, e.Reason, e.Note = journal.Held, journal.Warned, journal.WarnedNote
	}
}

// asks names what a person must decide about a row before it is sent: what it is warned of, but for what was accepted.
func (r *reading) asks(e *journal.Entry, service string) []string {
	return slices.DeleteFunc(parse.Asks(e.Problems), func(name string) bool {
		one := journal.Acceptance{Account: e.Account, Warning: name, Service: service}
		if r.planner.Accepted != nil && r.planner.Accepted(one) {
			return true
		}
		if !slices.Contains(r.planner.Accept, name) {
			return false
		}
		if !slices.Contains(r.plan.Accepted, one) {
			r.plan.Accepted = append(r.plan.Accepted, one)
		}
		return true
	})
}

// count notes a row under a name and gives the first that bore it.
func (r *reading) count(name string, line parse.Line) twin {
	key := nameKey(name)
	t, is := r.seen[key]
	if !is {
		t.line = uint32(line.N)
	}
	t.count++
	r.seen[key] = t
	return t
}

// line names a row that was met. Its worksheet is counted in its number.
func (r *reading) line(n uint32) parse.Line {
	l := parse.Line{N: int(n)}
	l.Tab = r.tabs[l.Worksheet()]
	return l
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
