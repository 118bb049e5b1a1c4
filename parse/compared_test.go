package parse

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// fancyBook writes a workbook by excelize with what people put into sheets.
func fancyBook(t testing.TB, rows int) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	check(f.SetSheetName("Sheet1", "Orders"))
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	check(err)
	check(f.SetSheetRow("Orders", "A1", &[]any{"Service", "Link", "Quantity", "Comments", "Expiry", "Note"}))
	for i := 2; i <= rows+1; i++ {
		cell := func(c string) string { return c + strconv.Itoa(i) }
		check(f.SetSheetRow("Orders", cell("A"), &[]any{100 + i, fmt.Sprintf("https://x.com/p/%d?a=1&b=<2>", i), i * 10}))
		switch i % 5 {
		case 0:
			check(f.SetCellValue("Orders", cell("D"), "good\nnice 👍\n  spaced  "))
		case 1:
			check(f.SetCellValue("Orders", cell("E"), 47848))
			check(f.SetCellStyle("Orders", cell("E"), cell("E"), day))
		case 2:
			check(f.SetCellRichText("Orders", cell("D"), []excelize.RichTextRun{{Text: "bold "}, {Text: "and _x0041_ not"}}))
		case 3:
			check(f.SetCellBool("Orders", cell("F"), i%2 == 0))
		case 4:
			check(f.SetCellFloat("Orders", cell("F"), 1/float64(i), -1, 64))
		}
	}
	path := filepath.Join(t.TempDir(), "fancy.xlsx")
	check(f.SaveAs(path))
	return path
}

// sameAsExcelize compares every cell of a sheet with what excelize reads.
func sameAsExcelize(t *testing.T, path string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got := readPath(t, path, Options{})
	if got.err != nil || len(got.rows) == 0 {
		t.Fatalf("%d rows, %v", len(got.rows), got.err)
	}
	for _, row := range got.rows {
		for i, col := range got.sheet.Columns {
			want, err := f.GetCellValue("Orders", col.Letter+strconv.Itoa(row.Number), excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			if col.Field == "expiry" && want != "" {
				n, _ := strconv.ParseFloat(want, 64)
				at, _ := excelize.ExcelDateToTime(n, false)
				want = at.Format("02/01/2006")
			}
			if w, ok := map[string]string{"0": "FALSE", "1": "TRUE"}[want]; ok && strings.HasSuffix(row.Cells[i], "E") {
				want = w
			}
			if row.Cells[i] != want {
				t.Errorf("%s%d: got %q, excelize reads %q", col.Letter, row.Number, row.Cells[i], want)
			}
		}
		if len(row.Problems) > 0 {
			t.Errorf("row %d: %v", row.Number, row.Problems)
		}
	}
}

func TestExcelizeReadsTheSame(t *testing.T) {
	sameAsExcelize(t, fancyBook(t, 200))
}

func TestLibreOfficeWritesTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes its time")
	}
	made := fancyBook(t, 50)
	out := t.TempDir()
	office(t, "--convert-to", "xlsx", "--outdir", out, made)
	path := filepath.Join(out, "fancy.xlsx")
	sameAsExcelize(t, path)
	before, after := readPath(t, made, Options{}), readPath(t, path, Options{})
	if diff := cmp.Diff(before.brief(), after.brief()); diff != "" {
		t.Error(diff)
	}
}

func TestWorkbookOfAStreamWriter(t *testing.T) {
	got := readPath(t, streamedBook(t, 1000, 8), Options{})
	if got.err != nil || len(got.rows) != 1000 {
		t.Fatalf("%d rows, %v", len(got.rows), got.err)
	}
	if last := got.rows[999]; last.Number != 1001 || last.Fields.Quantity != "1999" || len(last.Problems) > 0 {
		t.Errorf("last row: %+v", last)
	}
}

// streamedBook writes a large workbook as fast as can be.
func streamedBook(t testing.TB, rows, columns int) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sw, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	names := []any{"Service", "Link", "Quantity", "Ref", "Runs", "Interval", "Comments", "Username"}
	for i := len(names); i < columns; i++ {
		names = append(names, "Note "+strconv.Itoa(i))
	}
	if err := sw.SetRow("A1", names[:columns]); err != nil {
		t.Fatal(err)
	}
	values := make([]any, columns)
	for i := range rows {
		for j := range values {
			values[j] = fmt.Sprintf("note %d of row %d", j, i)
		}
		copy(values, []any{102, fmt.Sprintf("https://instagram.com/p/%d", i), 1000 + i%9000, fmt.Sprintf("ref-%d", i), 5, 60,
			"good\nnice", "ann" + strconv.Itoa(i)})
		if err := sw.SetRow("A"+strconv.Itoa(i+2), values[:columns]); err != nil {
			t.Fatal(err)
		}
	}
	if err := sw.Flush(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "large.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// What encoding/csv writes and reads without complaint must be read alike, but for the blank lines that it drops.
func TestEncodingCSVWritesWhatIsRead(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := []rune("ab,;\"\n\t |é👍")
	for round := range 2000 {
		table := make([][]string, 1+random.IntN(8))
		for i := range table {
			table[i] = make([]string, 2+random.IntN(3))
			for j := range table[i] {
				for range random.IntN(6) {
					table[i][j] += string(letters[random.IntN(len(letters))])
				}
			}
		}
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.UseCRLF = round%2 == 1
		if err := w.WriteAll(table); err != nil {
			t.Fatal(err)
		}
		sameRecords(t, b.String(), table)
	}
}

func sameRecords(t *testing.T, text string, table [][]string) {
	t.Helper()
	records := newRecordReader(strings.NewReader(text), ',', "f.csv")
	for i, want := range table {
		row, err := records.next()
		if err != nil || len(row.problems) > 0 || row.Number != i+1 {
			t.Fatalf("%q, record %d: %v, %+v", text, i+1, err, row)
		}
		var got []string
		for _, c := range row.Cells {
			got = append(got, strings.ReplaceAll(c.Text, "\r\n", "\n"))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q: %s", text, diff)
		}
	}
	if row, err := records.next(); err != io.EOF {
		t.Fatalf("%q: a record too many: %+v, %v", text, row, err)
	}
}

// A number survives whatever form a workbook stores it in.
func TestDecimalsAreExact(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		n := random.Int64N(1_000_000_000_000_000) >> random.IntN(50)
		if random.IntN(2) == 0 {
			n = -n
		}
		for _, format := range []byte{'f', 'e', 'E', 'g', 'G'} {
			raw := strconv.FormatFloat(float64(n), format, -1, 64)
			if d, ok := parseDecimal(raw); !ok || d.String() != strconv.FormatInt(n, 10) {
				t.Fatalf("%s gives %s, %v", raw, d, ok)
			}
		}
	}
}

// BenchmarkXLSX reads a sheet of 20,000 rows, BENCH_ROWS of them where that is set.
func BenchmarkXLSX(b *testing.B) {
	rows := 20000
	if n, err := strconv.Atoi(os.Getenv("BENCH_ROWS")); err == nil {
		rows = n
	}
	path := streamedBook(b, rows, 16)
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			if r := count(b, path); r != rows {
				b.Fatalf("%d rows", r)
			}
		}
	})
	b.Run("excelize", func(b *testing.B) {
		for b.Loop() {
			excelizeRows(b, path)
		}
	})
}

func count(t testing.TB, path string) int {
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	n := 0
	for row, err := range s.Rows() {
		if err != nil || len(row.Problems) > 0 {
			t.Fatal(err, row.Problems)
		}
		n++
	}
	return n
}

func excelizeRows(t testing.TB, path string) {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
}
