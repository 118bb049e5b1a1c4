package report

import (
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// Row is one line of a .jsonl file.
type Row struct {
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

func NewRow(c ResultColumns, e journal.Entry) Row {
	v := c.Values(e)
	row := Row{
		Row:        e.Line,
		State:      Told(e.State),
		OrderID:    v[AtOrderID],
		Charge:     e.Charge,
		Currency:   v[atCurrency],
		Status:     v[AtStatus],
		StartCount: v[AtStartCount],
		Remains:    v[AtRemains],
		Refill:     v[AtRefill],
		Problem:    v[AtProblem],
		Problems:   []Problem{},
		SentAt: moment(
			SentAt(e),
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
	for i, name := range c.Headers {
		row.Cells[name] = Cell(e, i)
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
