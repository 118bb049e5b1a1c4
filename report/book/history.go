package book

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
)

// writeHistory writes every status that the orders had, where any of them changed.
func (w *workbook) writeHistory(ctx context.Context) error {
	if changed, err := w.book.Journal.HasChanged(ctx, w.book.Batch); err != nil || !changed {
		return err
	}
	s, err := w.newSheet(sheetHistory, blue)
	if err != nil {
		return err
	}
	l, n, h, r := w.styles.left, w.styles.number, w.styles.head, w.styles.headRight
	columns := []column{
		{"Row", 9, n, r},
		{"Order ID", 22, w.styles.text, h},
		{"At", 21, w.styles.when, h},
		{"Status", 18, l, h},
		{"Charge", 14, w.styles.charge, r},
		{"Currency", 12, l, h},
		{"Start count", 14, n, r},
		{"Remains", 12, n, r},
	}
	if err := errors.Join(s.freeze(), s.lay(columns), s.head(columns)); err != nil {
		return err
	}
	var seen []string
	for c, err := range w.book.Journal.Changes(ctx, w.book.Batch) {
		if err != nil {
			return err
		}
		if s.rows == excelize.TotalRows-1 {
			if err := s.add([]any{nil, nil, nil, word("… there are more changes than a sheet has rows; `bulkorder explain` tells those of a row")}); err != nil {
				return err
			}
			break
		}
		if c.Status != "" && len(c.Status) < 100 && len(seen) < mostBadges && !slices.Contains(seen, c.Status) {
			seen = append(seen, c.Status)
		}
		if err := s.add(historyRow(c)); err != nil {
			return err
		}
	}
	looks := map[string]look{}
	for _, status := range seen {
		looks[status] = standingLook(journal.StandingOf(status))
	}
	formats, err := badges(w.file, looks, seen)
	if err == nil && len(formats) > 0 {
		err = w.file.SetConditionalFormat(s.Sheet, fmt.Sprintf("D2:D%d", s.rows), formats)
	}
	return errors.Join(err, s.finish("History", 1, len(columns)))
}

func historyRow(c journal.Change) []any {
	charge := ""
	if c.Charge.Valid {
		charge = c.Charge.Decimal.String()
	}
	return []any{
		c.Line,
		word(c.OrderID),
		serial(c.At),
		word(c.Status),
		money(charge),
		word(c.Currency),
		text(c.StartCount),
		text(c.Remains),
	}
}
