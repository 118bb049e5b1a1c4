package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/book"
	"bulkorder/report/terminal"
)

type reportOptions struct {
	out, groupBy string
	clients      clientOptions
}

func (p *program) reportCommand() *cobra.Command {
	var o reportOptions
	cmd := &cobra.Command{
		Use:   "report [BATCH]",
		Short: "Write the results of a batch again",
		Args:  atMostOneBatch,
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) {
			return p.runReport(ctx, o, first(args))
		}),
	}
	cmd.Flags().StringVarP(&o.out, "out", "o", "", "write to `file`: .xlsx, .csv or .jsonl")
	groupFlag(cmd.Flags(), &o.groupBy)
	o.clients.flags(cmd.Flags())
	return cmd
}

// runReport writes the results of a batch, and with --json tells the spending by groups too.
func (p *program) runReport(ctx context.Context, o reportOptions, name string) (a answer, err error) {
	if err := o.clients.check(o.out); err != nil {
		return a, err
	}
	if err := book.CheckPath(o.out); err != nil && !o.clients.all {
		return a, usage(err)
	}
	b, err := p.desk.Find(ctx, name)
	if err != nil {
		return a, err
	}
	if o.clients.wanted() {
		return p.reportToClients(ctx, o, b)
	}
	out, err := p.desk.Report(ctx, b, desk.Results{Path: o.out, GroupBy: o.groupBy})
	if err != nil {
		return a, err
	}
	r := report.NewResult(out.Batch, out.Totals)
	if p.json {
		j, err := p.desk.Journal(ctx)
		if err != nil {
			return a, err
		}
		if r.Groups, err = (book.Results{Journal: j, Batch: out.Batch, GroupBy: o.groupBy}).Groups(ctx); err != nil {
			return a, err
		}
	}
	return answer{object: r, words: func(s terminal.Screen) { s.Finished(r) }}, nil
}

// pickOptions say which rows are meant.
type pickOptions struct{ states, statuses []string }

func (o *pickOptions) flags(f *pflag.FlagSet, what string) {
	f.StringSliceVar(&o.states, "state", nil,
		what+" in this `state`: placed, queued, in_doubt, refused, held, invalid, skipped")
	f.StringSliceVar(&o.statuses, "status", nil, what+" whose orders have this `status`, such as Partial")
}

// picked reads the names of states.
func (o pickOptions) picked() (desk.Picked, error) {
	p := desk.Picked{Statuses: o.statuses}
	for _, text := range o.states {
		s := journal.State(strings.ReplaceAll(strings.ToLower(text), " ", "_"))
		if !slices.Contains(report.States(), s) {
			return p, usage(fmt.Errorf(
				"--state %q is none; the states are %s", text, strings.Trim(fmt.Sprint(report.States()), "[]"),
			))
		}
		p.States = append(p.States, s)
	}
	return p, nil
}

func (p *program) showCommand() *cobra.Command {
	var o pickOptions
	cmd := &cobra.Command{
		Use:   "show [BATCH]",
		Short: "Tell how a batch stands; with --state or --status its rows",
		Args:  atMostOneBatch,
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) {
			return p.runShow(ctx, o, first(args))
		}),
	}
	o.flags(cmd.Flags(), "only rows")
	return cmd
}

// runShow tells how a batch stands, or lists rows of it.
func (p *program) runShow(ctx context.Context, o pickOptions, name string) (a answer, err error) {
	picked, err := o.picked()
	if err != nil {
		return a, err
	}
	s, err := p.desk.Show(ctx, name, picked)
	if err != nil {
		return a, err
	}
	r := report.NewResult(s.Batch, s.Totals)
	background, err := p.background(ctx, s.Batch)
	if err != nil {
		return a, err
	}
	r.InBackground(background)
	if picked.Any() {
		r.AddEntries(s.Batch, s.Services, s.Rows)
		return answer{object: r, list: true, words: func(t terminal.Screen) { t.Rows(s.Batch, s.Rows, r.HeldAdvice()) }}, nil
	}
	d := terminal.Details{
		Batch: s.Batch, Totals: s.Totals, Services: used(s.Services), Doubts: s.Rows, Background: background,
	}
	return answer{object: r, list: true, words: func(t terminal.Screen) { t.Show(d) }}, nil
}

func (p *program) historyCommand() *cobra.Command {
	var o pickOptions
	cmd := &cobra.Command{
		Use: "history", Short: "List the batches of the journal", Args: noArguments,
		RunE: p.does(func(ctx context.Context, _ []string) (answer, error) { return p.runHistory(ctx, o) }),
	}
	o.flags(cmd.Flags(), "only batches with rows")
	return cmd
}

// batches is what history prints as one object.
type batches struct {
	Batches []report.Result `json:"batches"`
}

// runHistory lists the batches of the journal.
func (p *program) runHistory(ctx context.Context, o pickOptions) (a answer, err error) {
	picked, err := o.picked()
	if err != nil {
		return a, err
	}
	found, err := p.desk.History(ctx, picked)
	if err != nil {
		return a, err
	}
	var all []terminal.Listed
	told := batches{[]report.Result{}}
	for _, b := range found {
		all = append(all, terminal.Listed{Batch: b.Batch, Totals: b.Totals})
		told.Batches = append(told.Batches, report.NewResult(b.Batch, b.Totals))
	}
	return answer{object: told, list: true, words: func(s terminal.Screen) { s.Batches(all) }}, nil
}

// explainCommand is the whole life of one row.
func (p *program) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [BATCH] ROW",
		Short: "Tell the whole life of one row: cells, request, answer, decisions",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 && len(args) != 2 {
				return usage(errors.New("explain needs the row's number in the sheet, and the batch before it where that isn't " +
					"the last one; see `bulkorder explain --help`"))
			}
			return nil
		},
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) {
			return p.runExplain(ctx, strings.Join(args[:len(args)-1], ""), args[len(args)-1])
		}),
	}
}

// runExplain tells the whole life of one row.
func (p *program) runExplain(ctx context.Context, name, row string) (a answer, err error) {
	one, err := parse.Spans(row)
	if err != nil || len(one) != 1 || one[0].From != one[0].To {
		return a, usage(fmt.Errorf("%q is no row's number", row))
	}
	lives, err := p.desk.Explain(ctx, name, parse.Line{N: one[0].From, Tab: one[0].Tab, Seq: one[0].Seq})
	if err != nil {
		return a, err
	}
	var told []report.Life
	for _, l := range lives {
		told = append(told, report.Life(l))
	}
	return answer{object: report.Lives(told), list: true, words: func(s terminal.Screen) { s.Explain(told) }}, nil
}
