package report

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// jsonRow is one line of a .jsonl file.
type jsonRow struct {
	Row        int                 `json:"row"` // as the spreadsheet numbers it
	State      journal.State       `json:"state"`
	OrderID    string              `json:"order_id"`
	Charge     decimal.NullDecimal `json:"charge"` // decimal text; null: the panel hasn't told it
	Currency   string              `json:"currency"`
	Status     string              `json:"status"`
	StartCount string              `json:"start_count"`
	Remains    string              `json:"remains"`
	Refill     string              `json:"refill"`
	Problem    string              `json:"problem"`
	Problems   []Problem           `json:"problems"`
	SentAt     *time.Time          `json:"sent_at"` // null: never
	CheckedAt  *time.Time          `json:"checked_at"`
	Key        string              `json:"row_key"`
	Service    string              `json:"service"`
	Params     map[string]string   `json:"params"`
	Cells      map[string]string   `json:"cells"` // the person's own, by header
}

// writeLines writes one JSON object a row.
func (b Book) writeLines(ctx context.Context, to io.Writer) error {
	w := bufio.NewWriterSize(to, 1<<16)
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	c := newColumns(b.Batch.Columns)
	for e, err := range b.Journal.Entries(ctx, b.Batch) {
		if err == nil {
			err = out.Encode(newJSONRow(c, e))
		}
		if err != nil {
			return err
		}
	}
	return w.Flush()
}

func newJSONRow(c columns, e journal.Entry) jsonRow {
	v := c.values(e)
	row := jsonRow{
		Row:        e.Line,
		State:      Told(e.State),
		OrderID:    v[atOrderID],
		Charge:     e.Charge,
		Currency:   v[atCurrency],
		Status:     v[atStatus],
		StartCount: v[atStartCount],
		Remains:    v[atRemains],
		Refill:     v[atRefill],
		Problem:    v[atProblem],
		Problems:   []Problem{},
		SentAt: moment(
			sentAt(e),
		),
		CheckedAt: moment(e.CheckedAt),
		Key:       e.Key,
		Service:   e.Service,
		Params:    map[string]string{},
		Cells:     map[string]string{},
	}
	for _, p := range e.Problems {
		row.Problems = append(row.Problems, newProblem(p))
	}
	for _, p := range e.Params {
		row.Params[p.Name] = p.Value
	}
	for i, name := range c.headers {
		row.Cells[name] = cell(e, i)
	}
	return row
}

// moment is a time for JSON, nil for one that never was.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
