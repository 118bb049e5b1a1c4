package book

import (
	"archive/zip"
	"bytes"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bulkorder/report/reporttest"
)

// TestOurRowsAreThoseThatExcelizeWouldWrite: cell by cell, whatever is in them.
func TestOurRowsAreThoseThatExcelizeWouldWrite(t *testing.T) {
	values := []any{
		nil, 1.5, 0.1 + 0.2, -3.0, 1e21, math.NaN(), math.Inf(1), 7, int64(-7), int64(math.MaxInt64), "plain", "", " led", "trailed\n",
		"two\nlines", "a\tb\r", `<&>"'`, "çığ 漢字 🙂", "\x00\x01\xff", "_x0041_", "_x005F_", "_x005F_x0041_", "a_xb", "__x0041__",
		excelize.Cell{StyleID: 2, Value: "styled"}, excelize.Cell{StyleID: 2}, excelize.Cell{Value: 1.25}, excelize.Cell{Value: "three\nlines\nin all"},
	}
	columns := make([]column, len(values))
	for i := range columns {
		columns[i] = column{name: "n", style: i % 3, width: 10}
	}
	write := func(ours bool) map[string]string {
		w := workbook{file: excelize.NewFile()}
		var to bytes.Buffer
		if ours {
			w.parts = &spliced{Writer: newZip(&to), rows: map[string]*ownRows{}}
			w.file.SetZipWriter(func(_ io.Writer) excelize.ZipWriter { return w.parts })
		}
		for i := range 2 {
			_, err := w.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Size: float64(20 + i)}})
			reporttest.Must(t, err)
		}
		s, err := w.newSheet("Rows", amber)
		reporttest.Must(t, err)
		reporttest.Must(t, s.lay(columns))
		reporttest.Must(t, s.head(columns))
		reporttest.Must(t, w.many(s, columns))
		for range 700 { // more than is kept in memory
			reporttest.Must(t, s.add(values))
		}
		reporttest.Must(t, s.finish("Rows", 1, len(columns)))
		if ours {
			reporttest.Must(t, w.file.Write(io.Discard))
		} else {
			reporttest.Must(t, w.file.Write(&to))
		}
		reporttest.Must(t, w.file.Close())
		return unzipped(t, to.Bytes())
	}
	want, got := write(false), write(true)
	if diff := cmp.Diff(cut(want), cut(got)); diff != "" {
		t.Errorf("excelize -, ours +:\n%s", diff)
	}
}

// cut breaks XML into lines, so that a difference can be read.
func cut(parts map[string]string) map[string][]string {
	lines := map[string][]string{}
	for name, text := range parts {
		lines[name] = strings.Split(text, "><")
	}
	return lines
}

// unzipped gives the parts of a workbook.
func unzipped(t *testing.T, book []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	reporttest.Must(t, err)
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		reporttest.Must(t, err)
		text, err := io.ReadAll(r)
		reporttest.Must(t, err)
		all[f.Name] = string(text)
	}
	return all
}
