package command

import (
	"errors"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/report"
)

func (a *app) check() *cobra.Command {
	cmd := &cobra.Command{Use: "check SHEET", Short: "Check every row of a sheet; nothing is ordered", Args: exactly(1, "the sheet to check"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if err := a.checkMarked(args[0]); err != nil {
				return err
			}
			sheet, err := a.openSheet(args[0])
			if err != nil {
				return err
			}
			defer sheet.Close()
			client, own, err := a.connect(ctx, a.flags.panel, a.flags.url, "")
			if err != nil {
				return err
			}
			defer client.Close()
			job, err := a.job(own)
			if err != nil {
				return err
			}
			job.Panel = client
			if path, err := a.journalPath(); err == nil && exists(path) {
				if job.Journal, err = a.openJournal(ctx); err != nil {
					return err
				}
				defer job.Journal.Close()
			}
			checked, err := job.Check(ctx, sheet)
			if err != nil {
				return err
			}
			if checked.Plan.Totals.States[journal.Invalid] > 0 {
				a.code = exitProblems
			}
			marked, err := a.writeMarked(checked, sheet, args[0])
			if err != nil {
				return err
			}
			return errors.Join(a.tellChecked(checked, client.Panel, args[0], job.Rate, marked), a.tellMarked(marked))
		}}
	a.readingFlags(cmd)
	a.rateFlag(cmd)
	cmd.Flags().StringVarP(&a.flags.out, "out", "o", "", "write a copy with the wrong cells marked to `file` (.xlsx, .xlsm)")
	return cmd
}

// checkedBatch dresses a checked sheet as the batch that it would be.
func checkedBatch(c batch.Checked, p panel.Panel, path string) journal.Batch {
	return journal.Batch{Panel: p.Name, URL: p.URL, Sheet: path, Worksheet: c.Plan.Worksheet, Currency: c.Balance.Currency, BalanceBefore: decimal.NewNullDecimal(c.Balance.Amount)}
}

func (a *app) tellChecked(c batch.Checked, p panel.Panel, path string, rate batch.Rate, marked string) error {
	b := checkedBatch(c, p, path)
	if a.flags.json {
		r := report.NewResult(b, c.Plan.Totals)
		r.Batch = c.BatchID // that a run would give it
		r.Workbook = marked
		r.AddProblems(c.Plan.Problems)
		return r.JSON(a.out)
	}
	a.person(a.out, a.outTerminal).Checked(checkReport(c, b, rate))
	return nil
}

func checkReport(c batch.Checked, b journal.Batch, rate batch.Rate) report.Check {
	if rate.PerSecond == 0 {
		rate = batch.DefaultRate()
	}
	return report.Check{Batch: b, Totals: c.Plan.Totals, Problems: c.Plan.Problems, Notes: c.Plan.Notes, Services: listed(c.Plan.Services),
		Rate: rate.String(), Time: batch.NewPace(rate).Left(c.Plan.Totals.States[journal.Queued])}
}

func listed(services []panel.Service) []report.Service {
	var all []report.Service
	for _, s := range services {
		all = append(all, report.Service{ID: s.ID, Name: s.Name, Type: s.Type, Category: s.Category, Rate: s.Rate, Min: s.Min, Max: s.Max, Refill: s.Refill, Cancel: s.Cancel})
	}
	return all
}
