package report

import (
	"encoding/json"
	"io"

	"bulkorder/batch/journal"
)

// Life is all that the books know of one row.
type Life struct {
	Batch     journal.Batch
	Entry     journal.Entry
	Attempts  []journal.Attempt
	Decisions []journal.Decision
	Statuses  []journal.Past
	Requests  []journal.Request
}

// JSON writes the life as one object and a newline.
func (l Life) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(
		map[string]any{
			"batch":     l.Batch.ID,
			"row":       NewRow(NewColumns(l.Batch.Columns), l.Entry),
			"attempts":  l.Attempts,
			"decisions": l.Decisions,
			"statuses":  l.Statuses,
			"requests":  l.Requests,
		},
	)
}
