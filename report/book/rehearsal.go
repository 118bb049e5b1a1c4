package book

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"bulkorder/report"
)

// rehearsalMark stands in the first cell of every sheet of a rehearsal's workbook.
const rehearsalMark = "REHEARSAL, NOTHING WAS ORDERED"

// mark is what stands before all else on each sheet; empty: nothing.
func (w *workbook) mark() string {
	if w.book.Rehearsal {
		return rehearsalMark
	}
	return ""
}

// marked gives the first row of a sheet with a mark before what its first cell says.
func marked(mark string, values []any) []any {
	values = slices.Clone(values)
	if len(values) == 0 {
		return []any{mark}
	}
	switch first := values[0].(type) {
	case excelize.Cell:
		first.Value, first.Formula = strings.TrimSuffix(fmt.Sprintf("%s: %v", mark, first.Value), ": <nil>"), ""
		values[0] = first
	case nil:
		values[0] = mark
	default:
		values[0] = fmt.Sprintf("%s: %v", mark, first)
	}
	return values
}

// columns are those of the results. A rehearsal's orders stand under another name, which no reader takes for the id of
// an order.
func (b Results) columns(ctx context.Context) (report.ResultColumns, error) {
	services, err := b.Journal.Services(ctx, b.Batch)
	c := report.NewColumns(b.Batch, services)
	if b.Rehearsal {
		for i, o := range c.Ours {
			if o.JSON == "order_id" || o.JSON == "one_of" || o.JSON == "row_key" {
				c.Ours[i].Heading = "Rehearsed " + strings.ToLower(o.Heading)
			}
		}
	}
	return c, err
}

// rehearsalEnding is how the name of a rehearsal's workbook ends.
const rehearsalEnding = ".rehearsal.xlsx"

// RehearsalPath is where the workbook of a rehearsal of a sheet goes; out is the name that was asked for, if any.
func RehearsalPath(sheet, out string) (string, error) {
	switch {
	case strings.HasSuffix(strings.ToLower(out), rehearsalEnding):
		return out, nil
	case out != "" && !strings.EqualFold(filepath.Ext(out), ".xlsx"):
		return "", fmt.Errorf("--out %s: what a rehearsal came to is written as %s", out, rehearsalEnding)
	case out != "":
		return strings.TrimSuffix(out, filepath.Ext(out)) + rehearsalEnding, nil
	case sheet == "-":
		return "stdin" + rehearsalEnding, nil
	}
	return strings.TrimSuffix(sheet, filepath.Ext(sheet)) + rehearsalEnding, nil
}
