package book

import (
	"bufio"
	"context"
	"encoding/json"
	"io"

	"bulkorder/report"
)

// writeLines writes one JSON object a row.
func (b Results) writeLines(ctx context.Context, to io.Writer) error {
	w := bufio.NewWriterSize(to, 1<<16)
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	c, err := b.columns(ctx)
	if err != nil {
		return err
	}
	for e, err := range b.Journal.Entries(ctx, b.Batch) {
		if err == nil {
			err = out.Encode(report.NewRow(c, e))
		}
		if err != nil {
			return err
		}
	}
	return w.Flush()
}
