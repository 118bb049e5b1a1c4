package report

import "bulkorder/batch/journal"

// Life is all that the books know of one row.
type Life struct {
	Batch     journal.Batch
	Entry     journal.Entry
	Attempts  []journal.Attempt
	Decisions []journal.Decision
	Statuses  []journal.Past
	Requests  []journal.Request
}

// Object tells the life as one object.
func (l Life) Object() any {
	return map[string]any{
		"batch":     l.Batch.ID,
		"row":       NewRow(NewColumns(l.Batch.Columns), l.Entry),
		"attempts":  l.Attempts,
		"decisions": l.Decisions,
		"statuses":  l.Statuses,
		"requests":  l.Requests,
	}
}
