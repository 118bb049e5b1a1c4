package command

import (
	"context"

	"bulkorder/report/book"

	"github.com/spf13/cobra"

	"bulkorder/parse"
	"bulkorder/report"
)

// groupFlag is of commands that write results.
func (a *app) groupFlag(cmd *cobra.Command) {
	cmd.Flags().
		StringVar(&a.flags.groupBy, "group-by", "", "tell the spending by the sheet's column of this `name` (default Client or Campaign)")
}

// checkGroup makes sure that a sheet with these headers has the column that --group-by names.
func (a *app) checkGroup(columns []string) error {
	if err := report.CheckGroupBy(columns, a.flags.groupBy); err != nil {
		return usageError{err}
	}
	return nil
}

// headers are the names of a sheet's columns.
func headers(s *parse.Sheet) []string {
	var names []string
	for _, c := range s.Columns {
		names = append(names, c.Name)
	}
	return names
}

// tellReport tells what was written, and with --json the spending by groups too.
func (a *app) tellReport(ctx context.Context, results book.Results, r report.Result) (err error) {
	if a.flags.json {
		if r.Groups, err = results.Groups(ctx); err != nil {
			return err
		}
	}
	return a.tell(r)
}
