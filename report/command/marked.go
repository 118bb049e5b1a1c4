package command

import (
	"fmt"

	"bulkorder/batch/desk"
	"bulkorder/report/book"

	"bulkorder/parse"
)

// checkMarked makes sure that --out can take a marked copy of the sheet, before anything is read.
func (a *app) checkMarked(sheet string) error {
	if a.flags.out == "" {
		return nil
	}
	if err := book.CheckMarked(sheet, a.flags.out); err != nil {
		return usageError{err}
	}
	return nil
}

// writeMarked writes the copy with the wrong cells marked, where one is wanted, and gives its path.
func (a *app) writeMarked(c desk.Checked, sheet *parse.Sheet, path string) (string, error) {
	if a.flags.out == "" {
		return "", nil
	}
	return book.Marked{
		Path:     path,
		Sheet:    sheet,
		Rows:     c.Plan.Totals.Rows,
		Problems: c.Plan.Problems,
	}.Write(
		a.flags.out,
	)
}

// tellMarked tells a person where the copy is.
func (a *app) tellMarked(path string) error {
	if path == "" || a.flags.json {
		return nil
	}
	_, err := fmt.Fprintf(a.out, "The marked copy: %s\n", parse.Escape(path))
	return err
}
