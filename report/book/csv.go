package book

import (
	"bufio"
	"context"
	"io"
	"strings"
)

// writeCSV writes the columns of the Orders sheet as Excel likes its CSV: UTF-8 with a byte order mark,
// commas, \r\n.
func (b Results) writeCSV(ctx context.Context, to io.Writer) error {
	w := bufio.NewWriterSize(to, 1<<16)
	c, err := b.columns(ctx)
	if err != nil {
		return err
	}
	w.WriteString("\ufeff")
	writeRecord(w, c.Names())
	for e, err := range b.Journal.Entries(ctx, b.Batch) {
		if err != nil {
			return err
		}
		writeRecord(w, c.Record(e))
	}
	return w.Flush() // tells the errors of all writes before
}

// writeRecord writes one line. encoding/csv isn't used: with \r\n for line ends it changes the line ends
// inside cells too, and drops a \r that stands alone.
func writeRecord(w *bufio.Writer, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			w.WriteByte(',')
		}
		if cell = inert(cell); strings.ContainsAny(cell, ",;\"\r\n\t") || strings.HasPrefix(cell, " ") ||
			strings.HasSuffix(cell, " ") {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		w.WriteString(cell)
	}
	w.WriteString("\r\n")
}

// inert keeps spreadsheets from taking text for a formula. What reads like text that was kept so gets one more
// apostrophe: who reads the file takes one off.
func inert(cell string) string {
	if text := strings.TrimLeft(cell, "'"); text != "" && strings.IndexByte("=+-@\t\r", text[0]) >= 0 {
		return "'" + cell
	}
	return cell
}
