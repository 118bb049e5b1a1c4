package command

import (
	"errors"

	"bulkorder/report/terminal"

	"github.com/spf13/cobra"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/report"
)

func (a *app) check() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check SHEET",
		Short: "Check every row of a sheet; nothing is ordered",
		Args:  exactly(1, "the sheet to check"),
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
			job, err := a.sheetJob(ctx, sheet)
			if err != nil {
				return err
			}
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
			return errors.Join(a.tellChecked(checked, args[0], named(sheet), marked), a.tellMarked(marked))
		},
	}
	a.readingFlags(cmd)
	a.rateFlag(cmd)
	cmd.Flags().
		StringVarP(&a.flags.out, "out", "o", "", "write a copy with the wrong cells marked to `file` (.xlsx, .xlsm)")
	words(cmd, "out") // in the environment it is the results' file
	return cmd
}

// checkedBatch dresses a checked sheet as the batch that it would be.
func checkedBatch(c desk.Checked, path string) journal.Batch {
	b := journal.Batch{Sheet: path, Worksheet: c.Plan.Worksheet}
	if len(c.Accounts) > 0 {
		own := c.Accounts[0]
		b.Panel, b.URL, b.Currency, b.BalanceBefore, b.Others = own.Panel, own.URL, own.Currency, own.BalanceBefore, c.Accounts[1:]
	}
	return b
}

// tellChecked tells what a check found; marked is the copy of the sheet that was written, if any.
func (a *app) tellChecked(c desk.Checked, path string, columns []report.Column, marked string) error {
	b := checkedBatch(c, path)
	if a.flags.json {
		r := report.NewResult(b, c.Plan.Totals)
		r.Batch = c.BatchID // that a run would give it
		r.Workbook = marked
		r.AddProblems(c.Plan.Problems)
		r.Columns = columns
		return r.JSON(a.out)
	}
	told := checkReport(c, b)
	told.Columns = columns
	a.person(a.out, a.outTerminal).Checked(told)
	return nil
}

// named tells which column of a sheet became which field.
func named(sheet *parse.Sheet) []report.Column {
	var all []report.Column
	for _, c := range sheet.Columns {
		all = append(all, report.Column{Letter: c.Letter, Name: c.Name, Field: c.Field, By: string(c.By)})
	}
	return all
}

func checkReport(c desk.Checked, b journal.Batch) terminal.Check {
	return terminal.Check{
		Batch:    b,
		Totals:   c.Plan.Totals,
		Problems: c.Plan.Problems,
		Notes:    c.Plan.Notes,
		Services: used(c.Plan.Services),
		Rate:     c.Rate,
		Time:     c.Time,
	}
}

// used lists the services of a batch, whichever of its panels they are on.
func used(services []journal.Service) []report.Service {
	var all []report.Service
	for _, s := range services {
		one := listed([]panel.Service{s.Service})[0]
		one.Panel = s.Panel
		all = append(all, one)
	}
	return all
}

func listed(services []panel.Service) []report.Service {
	var all []report.Service
	for _, s := range services {
		all = append(
			all,
			report.Service{
				ID:       s.ID,
				Name:     s.Name,
				Type:     s.Type,
				Category: s.Category,
				Rate:     s.Rate,
				Min:      s.Min,
				Max:      s.Max,
				Refill:   s.Refill,
				Cancel:   s.Cancel,
			},
		)
	}
	return all
}
