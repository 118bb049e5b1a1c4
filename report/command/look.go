package command

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"bulkorder/report/book"
	"bulkorder/report/terminal"

	"github.com/spf13/cobra"

	"bulkorder/batch/journal"
	"bulkorder/report"
)

func (a *app) report() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "report [BATCH]",
		Short: "Write the results of a batch again",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := book.CheckPath(a.flags.out); err != nil {
				return usageError{err}
			}
			return a.withBatch(cmd.Context(), args, func(j *journal.Journal, b journal.Batch, t journal.Totals) error {
				path, err := a.target(b)
				if err != nil {
					return err
				}
				if err := a.checkGroup(b.Columns); err != nil {
					return err
				}
				results := book.Results{Journal: j, Batch: b, GroupBy: a.flags.groupBy}
				if b.Workbook, err = results.Write(cmd.Context(), path); err != nil {
					return err
				}
				b.Written = b.Revision
				return a.tellReport(cmd.Context(), results, report.NewResult(b, t))
			})
		},
	}
	cmd.Flags().StringVarP(&a.flags.out, "out", "o", "", "write to `file`: .xlsx, .csv or .jsonl")
	a.groupFlag(cmd)
	return cmd
}

// picked says which rows are meant: those in one of the states, and with one of the statuses, where these are given.
type picked struct{ states, statuses []string }

func (p *picked) flags(cmd *cobra.Command, what string) {
	cmd.Flags().
		StringSliceVar(&p.states, "state", nil, what+" in this `state`: placed, queued, in_doubt, refused, held, invalid, skipped")
	cmd.Flags().StringSliceVar(&p.statuses, "status", nil, what+" whose orders have this `status`, such as Partial")
}

// read checks the names of states.
func (p *picked) read() error {
	for i, s := range p.states {
		p.states[i] = strings.ReplaceAll(strings.ToLower(s), " ", "_")
		if !slices.Contains(report.States(), journal.State(p.states[i])) {
			return usageError{
				fmt.Errorf("--state %q is none; the states are %s", s, strings.Trim(fmt.Sprint(report.States()), "[]")),
			}
		}
	}
	return nil
}

func (p *picked) any() bool { return len(p.states)+len(p.statuses) > 0 }

func (p *picked) has(e journal.Entry) bool {
	state := len(p.states) == 0 || slices.Contains(p.states, string(report.Told(e.State)))
	return state &&
		(len(p.statuses) == 0 || e.State == journal.Placed && slices.ContainsFunc(p.statuses, func(s string) bool { return strings.EqualFold(s, e.Status) }))
}

// in tells whether totals hold such rows.
func (p *picked) in(t journal.Totals) bool {
	state := len(p.states) == 0
	for s, n := range t.States {
		state = state || n > 0 && slices.Contains(p.states, string(report.Told(s)))
	}
	status := len(p.statuses) == 0
	for s := range t.Statuses {
		status = status || slices.ContainsFunc(p.statuses, func(want string) bool { return strings.EqualFold(want, s) })
	}
	return state && status
}

func (a *app) show() *cobra.Command {
	var p picked
	cmd := &cobra.Command{
		Use:   "show [BATCH]",
		Short: "Tell how a batch stands; with --state or --status its rows",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.read(); err != nil {
				return err
			}
			ctx := cmd.Context()
			return a.withBatch(ctx, args, func(j *journal.Journal, b journal.Batch, t journal.Totals) error {
				if p.any() {
					return a.showRows(ctx, j, b, t, p)
				}
				if a.flags.json {
					return report.NewResult(b, t).JSON(a.out)
				}
				return a.showBatch(ctx, j, b, t)
			})
		},
	}
	p.flags(cmd, "only rows")
	return cmd
}

func (a *app) showBatch(ctx context.Context, j *journal.Journal, b journal.Batch, t journal.Totals) error {
	d := terminal.Details{Batch: b, Totals: t}
	services, err := j.Services(ctx, b)
	if err != nil {
		return err
	}
	d.Services = used(services)
	for _, state := range []journal.State{journal.InDoubt, journal.Sending} {
		for e, err := range j.InState(ctx, b, state) {
			if err != nil {
				return err
			}
			d.Doubts = append(d.Doubts, e)
		}
	}
	a.person(a.out, a.outTerminal).Show(d)
	return nil
}

// showRows lists rows of a batch.
func (a *app) showRows(ctx context.Context, j *journal.Journal, b journal.Batch, t journal.Totals, p picked) error {
	var rows []journal.Entry
	for e, err := range j.Entries(ctx, b) {
		if err != nil {
			return err
		}
		if p.has(e) {
			rows = append(rows, e)
		}
	}
	if a.flags.json {
		r := report.NewResult(b, t)
		r.AddEntries(b, rows)
		return r.JSON(a.out)
	}
	a.person(a.out, a.outTerminal).Rows(b, rows)
	return nil
}

func (a *app) history() *cobra.Command {
	var p picked
	cmd := &cobra.Command{Use: "history", Short: "List the batches of the journal", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := p.read(); err != nil {
				return err
			}
			ctx := cmd.Context()
			j, err := a.openJournal(ctx)
			if err != nil {
				return err
			}
			defer j.Close()
			batches, err := j.Batches(ctx)
			if err != nil {
				return err
			}
			var all []terminal.Listed
			results := []report.Result{}
			for _, b := range batches {
				t, err := j.Totals(ctx, b)
				if err != nil {
					return err
				}
				if p.in(t) {
					all, results = append(
						all,
						terminal.Listed{Batch: b, Totals: t},
					), append(
						results,
						report.NewResult(b, t),
					)
				}
			}
			if a.flags.json {
				return json.NewEncoder(a.out).Encode(results)
			}
			a.person(a.out, a.outTerminal).Batches(all)
			return nil
		}}
	p.flags(cmd, "only batches with rows")
	return cmd
}
