package command

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/spf13/cobra"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/book"
	"bulkorder/report/terminal"
)

type checkOptions struct {
	sheetOptions
	out  string // of the marked copy; empty: none is written
	rows bool   // tell all rows that would be ordered
}

func (p *program) checkCommand() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check SHEET",
		Short: "Check every row of a sheet; nothing is ordered",
		Args:  exactly(1, "the sheet to check"),
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) {
			return p.runCheck(ctx, o, args[0])
		}),
	}
	o.flags(cmd)
	rateFlag(cmd.Flags())
	cmd.Flags().StringVarP(&o.out, "out", "o", "", "write a copy with the wrong cells marked to `file` (.xlsx, .xlsm)")
	cmd.Flags().BoolVar(&o.rows, "rows", false, "list all rows that would be ordered, not the first ten alone")
	typedOnly(cmd, "out") // in the environment it is the results' file
	return cmd
}

// runCheck prepares the sheet and offers it; the draft isn't kept.
func (p *program) runCheck(ctx context.Context, o checkOptions, path string) (a answer, err error) {
	if o.out != "" {
		if err := book.CheckMarked(path, o.out); err != nil {
			return a, usage(err)
		}
	}
	preparing, err := o.preparing(path)
	if err != nil {
		return a, err
	}
	preparing.Trial = true
	if preparing.Accept, err = p.accepts(); err != nil {
		return a, err
	}
	sheet, err := p.openSheet(path, o.sheetOptions)
	if err != nil {
		return a, err
	}
	defer sheet.Close()
	draft, err := p.desk.Prepare(ctx, sheet, preparing)
	if err != nil {
		return a, err
	}
	defer func() { err = errors.Join(err, draft.Discard()) }()
	offer, err := p.desk.Offer(ctx, draft)
	if err != nil {
		return a, err
	}
	marked := ""
	if o.out != "" {
		copied := book.Marked{Path: path, Sheet: sheet, Rows: offer.Totals.Rows, Problems: offer.Problems}
		for e, err := range offer.Rows(ctx) {
			if err != nil {
				return a, err
			}
			if e.State == journal.Held {
				copied.Held = append(copied.Held, report.HeldProblem(e))
			}
		}
		if marked, err = copied.Write(o.out); err != nil {
			return a, err
		}
	}
	most := fewRows
	if o.rows {
		most = 0
	}
	plan, rows, err := p.plan(ctx, offer, most, 0)
	if err != nil {
		return a, err
	}
	return p.checked(offer, details{named(sheet), marked, rows, plan}), nil
}

// fewRows is how many rows that would be ordered a person is told of who doesn't ask for all.
const fewRows = 10

// plan tells what would become of the rows: for a program all of them one by one, for a person so many of those that
// would be ordered (0: all), and why the others would not. Of a pilot's rows alone the charge is added up; 0: of all.
func (p *program) plan(ctx context.Context, o desk.Offer, most, pilot int) (
	plan *report.Plan, rows []report.Planned, err error,
) {
	names := map[[2]string]string{}
	for _, s := range o.Services {
		names[[2]string{s.Panel, s.ID}] = s.Name
	}
	plan = report.NewPlan(most, pilot)
	for all, whole := range p.walks(ctx, o) {
		for e, err := range all {
			if err != nil {
				return nil, nil, err
			}
			row := report.NewPlanned(e, names[[2]string{e.Panel, e.Service}])
			plan.Add(row)
			if p.json {
				rows = append(rows, row)
			}
			if !whole && plan.Full() {
				break
			}
		}
	}
	if plan.Rows < o.ToSend.Rows { // of those that would be sent not all were walked
		plan.Sent(o.ToSend)
	}
	return plan, rows, nil
}

// walks are the walks over rows from which a plan is made: all of them, or those that would be ordered, as many as are
// told (whole is false), and those that are held or left out.
func (p *program) walks(ctx context.Context, o desk.Offer) iter.Seq2[iter.Seq2[journal.Entry, error], bool] {
	return func(yield func(iter.Seq2[journal.Entry, error], bool) bool) {
		queued, ok := o.RowsIn(ctx, journal.Queued)
		if !ok || p.json {
			yield(o.Rows(ctx), true)
			return
		}
		if !yield(queued, false) {
			return
		}
		for _, s := range []journal.State{journal.Held, journal.Skipped} {
			if rows, ok := o.RowsIn(ctx, s); ok && o.Left[s] > 0 && !yield(rows, true) {
				return
			}
		}
	}
}

// details are what only check tells.
type details struct {
	columns []report.Column
	marked  string // the copy of the sheet that was written, if any
	rows    []report.Planned
	plan    *report.Plan
}

// checked tells what a check found.
func (p *program) checked(o desk.Offer, d details) answer {
	o.Batch.ID, o.Batch.Workbook = "", "" // it isn't in the books
	r := report.NewResult(o.Batch, o.Totals)
	r.Batch = o.ID // that a run would give it
	r.Workbook = d.marked
	r.Next = p.afterCheck(o)
	r.AddProblems(o.Problems)
	r.Columns, r.Planned, r.Notes = d.columns, d.rows, o.Notes
	r.AddPlan(d.plan, o.ToSend)
	told := offered(o, o.Totals)
	told.Columns, told.Plan, told.Next = d.columns, d.plan, r.Next
	return answer{object: r, code: checkedCode(o.Totals), list: len(d.rows) > fewRows, words: func(s terminal.Screen) {
		s.Checked(told)
		if d.marked != "" {
			fmt.Fprintf(s.Out, "The marked copy: %s\n", parse.Escape(d.marked))
		}
	}}
}

// offered tells an offer to a person, with the totals of the rows that are meant.
func offered(o desk.Offer, t journal.Totals) terminal.Check {
	id := o.ID
	o.Batch.ID = ""
	return terminal.Check{
		ID:       id,
		Batch:    o.Batch,
		Totals:   t,
		ToSend:   o.ToSend,
		Known:    o.Known,
		Problems: o.Problems,
		Notes:    o.Notes,
		Services: used(o.Services),
		Rate:     o.Rate,
		Time:     o.Time,
	}
}

// named tells which column of a sheet became which field; of several tables with the cell that names it.
func named(sheet *parse.Sheet) []report.Column {
	var all []report.Column
	several := len(sheet.Tables()) > 1
	for _, t := range sheet.Tables() {
		for _, c := range t.Columns {
			one := report.Column{Letter: c.Letter, Name: c.Name, Field: c.Field, By: string(c.By), Tab: t.Tab}
			if several {
				one.Cell = t.Head(c)
			}
			all = append(all, one)
		}
	}
	return all
}

// used lists the services of a batch, whichever of its panels they are on.
func used(services []journal.Service) []report.Service {
	var all []report.Service
	for _, s := range services {
		one := listed(s.Service)
		one.Panel = s.Panel
		all = append(all, one)
	}
	return all
}

func listed(s panel.Service) report.Service {
	return report.Service{
		ID:       s.ID,
		Name:     s.Name,
		Type:     s.Type,
		Category: s.Category,
		Rate:     s.Rate,
		Min:      s.Min,
		Max:      s.Max,
		Refill:   s.Refill,
		Cancel:   s.Cancel,
	}
}
