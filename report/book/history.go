package book

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// writeHistory writes every status that the orders had, where any of them changed.
func (w *workbook) writeHistory(ctx context.Context) error {
	if changed, err := w.book.Journal.HasChanged(ctx, w.book.Batch); err != nil || !changed {
		return err
	}
	var seen []string
	const more = "… there are more changes than a sheet has rows; `bulkorder explain` tells those of a row"
	return list[journal.Change]{
		name:    sheetHistory,
		colour:  blue,
		table:   "History",
		columns: w.historyColumns(),
		rows:    noting(w.book.Journal.Changes(ctx, w.book.Batch), &seen),
		full:    []any{nil, nil, nil, word(more)},
		before: func(s *sheet) error {
			looks := map[string]look{}
			for _, status := range seen {
				looks[status] = standingLook(journal.StandingOf(status))
			}
			formats, err := badges(w.file, looks, seen)
			if err != nil || len(formats) == 0 {
				return err
			}
			return w.file.SetConditionalFormat(s.Sheet, fmt.Sprintf("D2:D%d", s.rows), formats)
		},
	}.write(w)
}

// rowCell is a row's number; where several worksheets are one sheet, with the name of its own.
func rowCell(at parse.Line) any {
	if at.Tab == "" {
		return at.Number()
	}
	return word(at.String())
}

// noting walks changes, and notes the first statuses that come.
func noting(changes iter.Seq2[journal.Change, error], seen *[]string) iter.Seq2[journal.Change, error] {
	return func(yield func(journal.Change, error) bool) {
		for c, err := range changes {
			if c.Status != "" && len(c.Status) < 100 && len(*seen) < mostBadges && !slices.Contains(*seen, c.Status) {
				*seen = append(*seen, c.Status)
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func (w *workbook) historyColumns() []listColumn[journal.Change] {
	type change = journal.Change
	s := w.styles
	return []listColumn[change]{
		{s.numbers("Row", 9), func(c change) any { return rowCell(c.Line) }},
		{s.ids("Order ID", 22), func(c change) any { return word(c.OrderID) }},
		{s.times("At", 21), func(c change) any { return serial(c.At) }},
		{s.words("Status", 18), func(c change) any { return word(c.Status) }},
		{s.amounts("Charge", 14), func(c change) any {
			if !c.Charge.Valid {
				return nil
			}
			return money(c.Charge.Decimal.String())
		}},
		{s.words("Currency", 12), func(c change) any { return word(c.Currency) }},
		{s.numbers("Start count", 14), func(c change) any { return text(c.StartCount) }},
		{s.numbers("Remains", 12), func(c change) any { return text(c.Remains) }},
	}
}
