package report

import (
	"path/filepath"

	"bulkorder/batch/journal"
)

// Life is all that the books know of one row.
type Life struct {
	Batch     journal.Batch
	Services  []journal.Service // of the batch
	Entry     journal.Entry
	Attempts  []journal.Attempt
	Decisions []journal.Decision
	Statuses  []journal.Past
	Requests  []journal.Request
}

// Lives tells the lives of the rows of one number as one object: the newest, and those before it.
func Lives(all []Life) map[string]any {
	told := all[0].object()
	var before []any
	for _, l := range all[1:] {
		before = append(before, l.object())
	}
	if len(before) > 0 {
		told["before"] = before
	}
	return told
}

func (l Life) object() map[string]any {
	return map[string]any{
		"batch":     l.Batch.ID,
		"row":       NewRow(NewColumns(l.Batch, l.Services), l.Entry),
		"attempts":  l.Attempts,
		"decisions": l.Decisions,
		"statuses":  l.Statuses,
		"requests":  l.Requests,
	}
}

// Worksheet is the name of a batch's worksheet; empty of text, where it would be the file's.
func Worksheet(b journal.Batch) string {
	if b.Worksheet == filepath.Base(b.Sheet) {
		return ""
	}
	return b.Worksheet
}
