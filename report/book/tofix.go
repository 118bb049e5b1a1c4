package book

import (
	"bufio"
	"context"
	"io"
	"iter"
	"slices"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// isToFix tells whether a row must be corrected before it can be ordered. Rows in doubt aren't: to send them again
// could order them twice; nor are queued and held ones, which resuming sends, and refused ones while it is open whether
// they were ordered all the same.
func isToFix(e journal.Entry, unsure bool) bool {
	return e.State == journal.Invalid || e.State == journal.Refused && !unsure
}

// tellsWarnings tells whether one of a sheet's columns says already what its rows were warned of: they were corrected
// before.
func tellsWarnings(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return parse.Fold(name) == parse.Fold(report.WarnedOfHeading)
	})
}

// WriteToFix writes the rows that the sheet "To fix" of the workbook holds, as CSV.
func (b Results) WriteToFix(ctx context.Context, to io.Writer) error {
	totals, err := b.Journal.Totals(ctx, b.Batch)
	if err != nil {
		return err
	}
	unsure := report.NewResult(b.Batch, totals).Unsure()
	c, err := b.columns(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, i := range c.Kept {
		names = append(names, c.Headers[i])
	}
	warned := !tellsWarnings(names)
	if warned {
		names = append(names, report.WarnedOfHeading)
	}
	w := bufio.NewWriterSize(to, 1<<16)
	w.WriteString("\ufeff")
	writeRecord(w, names)
	for e, err := range b.Journal.Entries(ctx, b.Batch) {
		if err != nil {
			return err
		}
		if !isToFix(e, unsure) {
			continue
		}
		var cells []string
		for _, i := range c.Kept {
			cells = append(cells, report.Cell(e, i))
		}
		if warned {
			cells = append(cells, report.WarnedBeside(e))
		}
		writeRecord(w, cells)
	}
	return w.Flush() // tells the errors of all writes before
}

// WriteCells writes rows of a person's own cells below their headers, as CSV.
func WriteCells(to io.Writer, heads []string, rows iter.Seq2[[]string, error]) error {
	w := bufio.NewWriterSize(to, 1<<16)
	w.WriteString("\ufeff")
	writeRecord(w, heads)
	for cells, err := range rows {
		if err != nil {
			return err
		}
		writeRecord(w, cells)
	}
	return w.Flush()
}
