package command

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"bulkorder/batch/journal"
	"bulkorder/report"
)

func (a *app) report() *cobra.Command {
	cmd := &cobra.Command{Use: "report [BATCH]", Short: "Write the results of a batch again", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := report.CheckPath(a.flags.out); err != nil {
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
				book := report.Book{Journal: j, Batch: b, GroupBy: a.flags.groupBy}
				if b.Workbook, err = book.Write(cmd.Context(), path); err != nil {
					return err
				}
				b.Written = b.Revision
				return a.tellReport(cmd.Context(), book, report.NewResult(b, t))
			})
		}}
	cmd.Flags().StringVarP(&a.flags.out, "out", "o", "", "write to `file`: .xlsx, .csv or .jsonl")
	a.groupFlag(cmd)
	return cmd
}

func (a *app) show() *cobra.Command {
	return &cobra.Command{Use: "show [BATCH]", Short: "Tell how a batch stands", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return a.withBatch(ctx, args, func(j *journal.Journal, b journal.Batch, t journal.Totals) error {
				if a.flags.json {
					return report.NewResult(b, t).JSON(a.out)
				}
				d := report.Details{Batch: b, Totals: t}
				services, err := j.Services(ctx, b)
				if err != nil {
					return err
				}
				d.Services = listed(services)
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
			})
		}}
}

func (a *app) history() *cobra.Command {
	return &cobra.Command{Use: "history", Short: "List the batches of the journal", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
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
			var all []report.Listed
			results := []report.Result{}
			for _, b := range batches {
				t, err := j.Totals(ctx, b)
				if err != nil {
					return err
				}
				all, results = append(all, report.Listed{Batch: b, Totals: t}), append(results, report.NewResult(b, t))
			}
			if a.flags.json {
				return json.NewEncoder(a.out).Encode(results)
			}
			a.person(a.out, a.outTerminal).Batches(all)
			return nil
		}}
}
