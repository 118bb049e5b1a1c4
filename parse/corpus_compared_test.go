package parse

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bulkorder/parse/book"
)

// One sheet, saved by LibreOffice in every form that people send: the same rows with the same numbers, values and
// cells.
func TestTheSameSheetGivesTheSameRows(t *testing.T) {
	want := readPath(t, saved("xlsx", "plain.xlsx"), Options{})
	if want.err != nil || len(want.rows) != 3 {
		t.Fatalf("%d rows, %v", len(want.rows), want.err)
	}
	for _, tt := range []struct{ folder, name, encoding string }{
		{"csv comma", "plain.csv", ""},
		{"csv semicolon", "plain.csv", ""},
		{"csv tab", "plain.csv", ""},
		{"csv pipe", "plain.csv", ""},
		{"csv UTF-16", "plain.csv", ""},
		{"csv Windows-1252", "plain.csv", "windows-1252"},
		{"csv MS-DOS", "plain.csv", "cp850"},
		{"csv Macintosh", "plain.csv", "macintosh"},
		{"csv as shown", "plain.csv", ""},
		{"ooxml", "plain.xlsx", ""},
		{"xlsm", "plain.xlsm", ""},
		{"xltx", "plain.xltx", ""},
	} {
		t.Run(tt.folder, func(t *testing.T) {
			got := readPath(t, saved(tt.folder, tt.name), Options{Encoding: tt.encoding})
			if diff := cmp.Diff(want.rows, got.rows); diff != "" || got.err != nil {
				t.Errorf("%v\n%s", got.err, diff)
			}
			if diff := cmp.Diff(want.sheet.Columns, got.sheet.Columns); diff != "" ||
				got.sheet.HeaderFingerprint != want.sheet.HeaderFingerprint {
				t.Errorf("fingerprint %s: %s", got.sheet.HeaderFingerprint, diff)
			}
		})
	}
	var f *FileError
	if got := readPath(t, saved("ods", "plain.ods"), Options{}); !errors.As(got.err, &f) ||
		f.Wrong != "is an OpenDocument sheet (.ods)" ||
		f.Mend != "open it in LibreOffice and save it as .xlsx" {
		t.Errorf("as .ods: %v", got.err)
	}
	if got := readPath(t, saved("csv Windows-1252", "plain.csv"), Options{}); !errors.As(got.err, &f) ||
		!strings.Contains(f.Wrong, `D5 is "Müller grüßt" as windows-1252`) {
		t.Errorf("in an encoding that nobody said: %v", got.err)
	}
}

func saved(folder, name string) string { return filepath.Join(corpus, "office", folder, name) }

// rawCells gives all cells of a workbook's worksheets as they are in the file, by sheet and place.
func rawCells(t *testing.T, path string) (sheets map[string]map[string]book.Cell, date1904 bool, err error) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	w, err := book.Open(file, info.Size())
	if err != nil {
		return nil, false, err
	}
	sheets = map[string]map[string]book.Cell{}
	for _, entry := range w.Sheets {
		cells := map[string]book.Cell{}
		for raw, err := range entry.Rows(book.Reading{}) {
			if err != nil {
				return nil, false, err
			}
			for i, c := range raw.Cells {
				if (c != book.Cell{}) {
					cells[Letter(i)+strconv.Itoa(raw.Number)] = c
				}
			}
		}
		sheets[entry.Name] = cells
	}
	return sheets, w.Date1904, nil
}

// Every cell of every workbook of the corpus that is not refused, against what excelize reads.
func TestExcelizeReadsTheCorpusAlike(t *testing.T) {
	books, cells := 0, 0
	for _, path := range workbooks(t) {
		ours, date1904, err := rawCells(t, path)
		if err != nil {
			continue
		}
		books++
		f, err := excelize.OpenFile(path)
		if err != nil {
			t.Errorf("%s: excelize does not read it: %v", path, err)
			continue
		}
		for name, sheet := range ours {
			cells += len(sheet)
			rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			theirs := map[string]string{}
			for i, row := range rows {
				for j, text := range row {
					if text != "" {
						theirs[Letter(j)+strconv.Itoa(i+1)] = text
					}
				}
			}
			for at, c := range sheet {
				if c.Kind == book.Pending && filepath.Base(path) == "a formula over an old value.xlsx" {
					delete(theirs, at) // the value that is kept isn't the formula's
					continue
				}
				if want := theirs[at]; !sameAsRaw(c, want, date1904) {
					t.Errorf("%s, %s!%s: got %q, excelize reads %q", path, name, at, c.Text, want)
				}
				delete(theirs, at)
			}
			if len(theirs) > 0 {
				t.Errorf("%s, %s: only excelize reads %q", path, name, theirs)
			}
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	if books < 60 || cells < 600 {
		t.Errorf("only %d workbooks and %d cells were compared", books, cells)
	}
}

// sameAsRaw compares a cell with the raw text that excelize gives of it.
func sameAsRaw(c book.Cell, raw string, date1904 bool) bool {
	switch c.Kind {
	case book.Date:
		serial, err := strconv.ParseFloat(raw, 64)
		at, err2 := excelize.ExcelDateToTime(serial, date1904)
		day, _, _ := strings.Cut(c.Text, " ")
		return err == nil && err2 == nil && at.Format(book.DayLayout) == day
	case book.Boolean:
		return c.Text == map[string]string{"1": "TRUE", "0": "FALSE", "TRUE": "TRUE", "FALSE": "FALSE"}[raw]
	case book.Pending:
		return raw == ""
	}
	return c.Text == raw
}

// workbooks lists the corpus's workbooks.
func workbooks(t *testing.T) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if ending := filepath.Ext(path); err == nil && (ending == ".xlsx" || ending == ".xlsm" || ending == ".xltx") {
			list = append(list, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// LibreOffice's own reading of workbooks that it did not write, told as CSV.
func TestLibreOfficeReadsTheCorpusAlike(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes its time")
	}
	out := t.TempDir()
	args := []string{"--convert-to", csvFilter("44", "76", "false"), "--outdir", out}
	sample := map[string]map[string]book.Cell{}
	for _, path := range workbooks(t) {
		// It computes formulas itself, and leaves the escape _x0041_ of a letter as it is, which Excel decodes.
		folder, name := filepath.Base(filepath.Dir(path)), strings.TrimSuffix(filepath.Base(path), ".xlsx")
		if folder != "excelize" || strings.Contains(name, "formula") || name == "lines, blanks, letters" {
			continue
		}
		ours, _, err := rawCells(t, path)
		if err == nil {
			sample[name] = ours["Orders"]
			args = append(args, path)
		}
	}
	office(t, args...)
	if len(sample) < 12 {
		t.Errorf("only %d workbooks were compared", len(sample))
	}
	for name, ours := range sample {
		text, err := os.ReadFile(filepath.Join(out, name+".csv"))
		if err != nil {
			t.Error(err)
			continue
		}
		table, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for i, row := range table {
			for j, want := range row {
				at := Letter(j) + strconv.Itoa(i+1)
				if got := ours[at]; !sameAsOffice(got, want) {
					t.Errorf("%s, %s: got %q, LibreOffice reads %q", name, at, got.Text, want)
				}
				delete(ours, at)
			}
		}
		if len(ours) > 0 {
			t.Errorf("%s: LibreOffice does not read %v", name, ours)
		}
	}
}

// sameAsOffice compares a cell with LibreOffice's text of it: it writes numbers with 15 digits, and dates as in
// America.
func sameAsOffice(c book.Cell, text string) bool {
	switch c.Kind {
	case book.Number:
		ours, err := strconv.ParseFloat(c.Text, 64)
		theirs, err2 := strconv.ParseFloat(text, 64)
		return err == nil && err2 == nil && math.Abs(ours-theirs) <= 1e-14*math.Abs(ours)
	case book.Date:
		at, err := time.Parse("01/02/2006", text)
		return err == nil && at.Format(book.DayLayout) == c.Text
	}
	return strings.ReplaceAll(c.Text, "\r\n", "\n") == text
}
