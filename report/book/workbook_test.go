package book

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/reporttest"
)

// write writes the results into a new folder and gives the path.
func write(t testing.TB, b Results, name string) string {
	t.Helper()
	path, err := b.Write(context.Background(), filepath.Join(t.TempDir(), name))
	reporttest.Must(t, err)
	return path
}

func openBook(t testing.TB, b Results) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(write(t, b, "r.xlsx"))
	reporttest.Must(t, err)
	t.Cleanup(func() { reporttest.Must(t, f.Close()) })
	return f
}

// rowsOf reads a sheet's cells, each row filled up to the longest.
func rowsOf(t testing.TB, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	reporttest.Must(t, err)
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	for i := range rows {
		rows[i] = append(rows[i], make([]string, width-len(rows[i]))...)
	}
	return rows
}

func TestWorkbookHasItsSheetsInOrder(t *testing.T) {
	_, b := everyResult(t)
	f := openBook(t, b)
	want := []string{sheetSummary, sheetOrders, sheetProblems, report.SheetToFix, sheetServices}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	if f.GetActiveSheetIndex() != 0 {
		t.Error("the Summary isn't what is seen first")
	}
	for _, sheet := range want {
		layout, err := f.GetPageLayout(sheet)
		reporttest.Must(t, err)
		if *layout.Orientation != "landscape" || layout.FitToWidth == nil || *layout.FitToWidth != 1 {
			t.Errorf("%s isn't printed across and as wide as a page", sheet)
		}
	}
	for _, sheet := range want[1:] {
		tables, err := f.GetTables(sheet)
		reporttest.Must(t, err)
		if len(tables) != 1 {
			t.Errorf("%s has %d tables", sheet, len(tables))
		}
	}
}

func TestOrdersHoldEveryRowOnce(t *testing.T) {
	_, b := everyResult(t)
	f := openBook(t, b)
	rows := rowsOf(t, f, sheetOrders)
	want := [][]string{
		{"State", "Problem", "Service", "Link", "Quantity", "Note", "Catalogue name",
			"Order ID", "One of", "Charge", "Currency", "Status", "Start count", "Remains", "Delivered", "Percent", "Refill"},
		{"placed", "", "101", "https://instagram.com/anna", "1000", "Anna", "Instagram Followers [Refill 30 days] 🔥",
			"900719925474099312", "", "0.9", "USD", "Completed", "1520", "0", "1000", "100", ""},
		{"placed", "", "101", "https://instagram.com/ben", "2500", "=SUM(A1:A9)",
			"Instagram Followers [Refill 30 days] 🔥", "1000002", "", "2.25", "USD", "In progress", "310", "1200",
			"1300", "52", ""},
		{"placed", "", "102", "https://youtu.be/dQw4w9WgXcQ", "10000", "+49 170", "YouTube Views — slow", "1000003",
			"", "12.345678", "USD", "Completed", "0", "0", "10000", "100", ""},
		{"placed", "", "102", "https://youtu.be/abcdefghijk", "5000", "007", "YouTube Views — slow", "1000004", "",
			"1.2345678901234567", "USD", "Partial", "n/a", "-4000", "", "", ""},
		{"placed", "", "310", "https://tiktok.com/@cleo/video/1", "4000", "عميل مهم", "TikTok 赞 likes", "1000005",
			"", "", "", "", "", "", "", "", ""},
		{"in_doubt", "the answer ended in the middle; it may have been ordered", "310",
			"https://tiktok.com/@cleo/video/2", "4000", "刘先生", "TikTok 赞 likes", "", "", "", "", "", "", "", "", "", ""},
		{"in_doubt", "its answer was not seen; it may have been ordered", "310", "https://tiktok.com/@cleo/video/3",
			"4000", "-1", "TikTok 赞 likes", "", "", "", "", "", "", "", "", "", ""},
		{"refused", "the panel said: Incorrect link", "101", "https://instagram.com/dora", "700", "@dora",
			"Instagram Followers [Refill 30 days] 🔥", "", "", "", "", "", "", "", "", "", ""},
		{"invalid",
			`Orders!C10 quantity: 25 is below the minimum 50 of service 101 "Instagram Followers"; use 50 to 10000`,
			"101", "https://instagram.com/emil", "25", "", "Instagram Followers [Refill 30 days] 🔥", "", "", "", "", "",
			"", "", "", "", ""},
		{"held", "duplicate of row 2", "101", "https://instagram.com/anna", "1000", "twice?",
			"Instagram Followers [Refill 30 days] 🔥", "", "", "", "", "", "", "", "", "", ""},
		{"skipped", "the sheet says that it is order 23501", "101", "https://instagram.com/finn", "100",
			"done in April", "Instagram Followers [Refill 30 days] 🔥", "23501", "", "", "", "", "", "", "", "", ""},
		{"queued", "Orders!C13 quantity: is not sent; empty the cell", "400", "gina", "", "",
			"New posts subscription", "", "", "", "", "", "", "", "", "", ""},
	}
	if head := rows[0]; !slices.Equal(head[:4], []string{"State", "Link", "Problem", "Service"}) ||
		head[4] != "Catalogue name" || head[len(head)-1] != "Row key" {
		t.Errorf("the columns are %v", head)
	}
	var got [][]string
	for _, row := range rows {
		var told []string
		for _, name := range want[0] {
			told = append(told, row[slices.Index(rows[0], name)])
		}
		got = append(got, told)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	column := slices.Index(rows[0], "Sent at")
	sent, err := f.GetCellValue(sheetOrders, letter(column)+"2")
	reporttest.Must(t, err)
	if want := "2026-05-04 09:30:02"; sent != want || rows[1][column] == sent {
		t.Errorf("sent at %s (%s), want the date %s", sent, rows[1][column], want)
	}
}

func TestOrdersAreWhatATableTakes(t *testing.T) {
	d := reporttest.NewSample(t, "Service", "Link", "link", "", "  ", "a\nb", "Column 4", "State (2)",
		strings.Repeat("x", 400))
	d.Row(journal.Entry{Cells: []string{"101", "https://a.b"}, Service: "101", State: journal.Queued})
	f := openBook(t, results(d, d.Admit(reporttest.Catalogue()...)))
	head := rowsOf(t, f, sheetOrders)[0]
	seen := map[string]bool{}
	for _, name := range head {
		low := strings.ToLower(name)
		if strings.TrimSpace(name) == "" || seen[low] || strings.ContainsAny(name, "\r\n\t") || len(name) > 255 {
			t.Errorf("Excel takes no column named %q", name)
		}
		seen[low] = true
	}
	tables, err := f.GetTables(sheetOrders)
	reporttest.Must(t, err)
	if want := "A1:Y2"; tables[0].Range != want {
		t.Errorf("the table is %s, want %s", tables[0].Range, want)
	}
	filters := 0
	for _, name := range f.GetDefinedName() {
		if strings.Contains(name.Name, "FilterDatabase") {
			filters++
		}
	}
	if filters > 0 {
		t.Error("a filter of the sheet lies over the table's: Excel offers a repair")
	}
}

func TestNothingOfThePersonsIsAFormula(t *testing.T) {
	_, b := everyResult(t)
	f := openBook(t, b)
	for _, sheet := range []string{sheetOrders, report.SheetToFix} {
		for r, row := range rowsOf(t, f, sheet) {
			for c := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				reporttest.Must(t, err)
				if formula, err := f.GetCellFormula(sheet, at); err != nil || formula != "" {
					t.Errorf("%s!%s is the formula %q", sheet, at, formula)
				}
			}
		}
	}
	for at, want := range map[string]excelize.CellType{
		"Service2": excelize.CellTypeUnset, "Order ID2": excelize.CellTypeInlineString,
		"Order ID3": excelize.CellTypeInlineString, "Note3": excelize.CellTypeInlineString,
		"Note5": excelize.CellTypeInlineString, "Charge2": excelize.CellTypeUnset, "Charge5": excelize.CellTypeInlineString,
	} {
		column, row := at[:len(at)-1], at[len(at)-1:]
		got, err := f.GetCellType(sheetOrders, letter(slices.Index(rowsOf(t, f, sheetOrders)[0], column))+row)
		reporttest.Must(t, err)
		if got != want {
			t.Errorf("%s is of the type %v, want %v", at, got, want)
		}
	}
}

func TestStatesAndStatusesAreColoured(t *testing.T) {
	_, b := everyResult(t)
	f := openBook(t, b)
	formats, err := f.GetConditionalFormats(sheetOrders)
	reporttest.Must(t, err)
	if got := len(formats["A2:A13"]); got != len(report.States()) {
		t.Errorf("%d states are coloured in A2:A13 of %v", got, formats)
	}
	if got := len(formats["I2:I13"]); got != 3 {
		t.Errorf("%d statuses are coloured, want the 3 that were seen", got)
	}
}

func TestProblemsLeadToTheirCells(t *testing.T) {
	_, b := everyResult(t)
	f := openBook(t, b)
	rows := rowsOf(t, f, sheetProblems)
	list := slices.IndexFunc(rows, func(row []string) bool { return row[0] == "Cell" })
	var got [][]string
	for i, row := range rows[list+1:] {
		formula, err := f.GetCellFormula(sheetProblems, fmt.Sprintf("A%d", list+2+i))
		reporttest.Must(t, err)
		got = append(got, []string{row[0], formula, row[3], row[7], row[8]})
	}
	want := [][]string{
		{"row 7", `HYPERLINK("#Orders!A7","row 7")`, "in_doubt", "may have been ordered", "error"},
		{"row 8", `HYPERLINK("#Orders!A8","row 8")`, "in_doubt", "may have been ordered", "error"},
		{"row 9", `HYPERLINK("#Orders!A9","row 9")`, "refused", "refused by the panel", "error"},
		{"C10", `HYPERLINK("#Orders!F10","C10")`, "invalid", "quantity-below-minimum", "error"},
		{"row 11", `HYPERLINK("#Orders!A11","row 11")`, "held", "held: equal to another row", "error"},
		{"C13", `HYPERLINK("#Orders!F13","C13")`, "queued", "quantity-not-sent", "warning"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if rows[2][0] != "May have been ordered" || rows[2][1] != "2" || rows[6][0] != "Quantity not sent (warning)" {
		t.Errorf("groups: %v", rows[:7])
	}
}

func TestToFixIsASheetOfTheRowsThatNeedAPerson(t *testing.T) {
	_, b := everyResult(t)
	path := write(t, b, "r.xlsx")
	sheet, err := parse.Open(path, parse.Options{Sheet: report.SheetToFix})
	reporttest.Must(t, err)
	defer sheet.Close()
	var got []string
	for row, err := range sheet.Rows() {
		reporttest.Must(t, err)
		got = append(got, strings.Join(row.Cells, " "))
	}
	want := []string{"101 https://instagram.com/emil 25  "} // dora was refused, and others are in doubt
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestToFixHoldsRefusedRowsOnceTheyAreNoOrders: where nothing is in doubt, they are to be corrected and ordered.
func TestToFixHoldsRefusedRowsOnceTheyAreNoOrders(t *testing.T) {
	for name, doubt := range map[string]bool{"nothing is in doubt": false, "another row is in doubt": true} {
		d := reporttest.NewSample(t)
		d.Row(reporttest.Order("101", "https://instagram.com/dora", "700", "0.9", ""))
		d.Row(reporttest.Order("101", "https://instagram.com/emil", "700", "0.9", ""))
		d.Row(reporttest.Order("101", "https://instagram.com/fara", "7", "0.9", ""))
		b := d.Admit(reporttest.Catalogue()...)
		other := journal.Outcome{Seq: 2, State: journal.Placed, Attempt: journal.Attempt{OrderID: "9"}}
		if doubt {
			other = journal.Outcome{Seq: 2, State: journal.InDoubt}
		}
		for _, o := range []journal.Outcome{{Seq: 1, State: journal.Refused, Note: "no"}, other} {
			reporttest.Must(t, d.Journal.Intend(b, o.Seq, time.Now()))
			reporttest.Must(t, <-d.Journal.Conclude(b, o))
		}
		f := openBook(t, results(d, b))
		if has := slices.Contains(f.GetSheetList(), report.SheetToFix); has == doubt {
			t.Errorf("%s: there is a sheet To fix: %t", name, has)
		}
	}
}

func TestOnlyTheSheetsThatAreNeeded(t *testing.T) {
	d := reporttest.NewSample(t)
	d.Row(reporttest.Order("101", "https://instagram.com/anna", "1000", "0.9", ""))
	f := openBook(t, results(d, d.Admit(reporttest.Catalogue()...)))
	if diff := cmp.Diff([]string{sheetSummary, sheetOrders, sheetServices}, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
}

// excelize keeps what is streamed beyond 16 MB in a file of its own, and treats such a sheet otherwise.
func TestALargeSheetWithRowsToFix(t *testing.T) {
	d := reporttest.NewSample(t)
	note := strings.Repeat("long words ", 2700)
	for i := range 700 {
		e := reporttest.Order("101", fmt.Sprintf("https://instagram.com/%d", i), "1000", "0.9", note)
		if i%100 == 7 {
			e.State, e.Problems = journal.Invalid, []parse.Problem{reporttest.Below(i + 2)}
		}
		d.Row(e)
	}
	path := write(t, results(d, d.Admit(reporttest.Catalogue()...)), "large.xlsx")
	witness := newWitness(t, path)
	witness.check()
	f, err := excelize.OpenFile(path)
	reporttest.Must(t, err)
	defer f.Close()
	if diff := cmp.Diff([]string{sheetSummary, sheetOrders, sheetProblems, report.SheetToFix, sheetServices},
		f.GetSheetList()); diff != "" ||
		f.GetActiveSheetIndex() != 0 {
		t.Error(diff)
	}
	if n := len(rowsOf(t, f, report.SheetToFix)); n != 8 {
		t.Errorf("To fix has %d rows", n)
	}
}

func TestABatchWithoutRowsHasItsWorkbook(t *testing.T) {
	f := openBook(t, emptyBatch(t))
	if rows := rowsOf(t, f, sheetOrders); len(rows) != 1 {
		t.Errorf("Orders: %v", rows)
	}
}

func TestTheSameWorkbookEachTime(t *testing.T) {
	_, b := everyResult(t)
	first := parts(t, write(t, b, "a.xlsx"))
	for range 5 {
		if diff := cmp.Diff(first, parts(t, write(t, b, "b.xlsx"))); diff != "" {
			t.Fatal(diff)
		}
	}
}

// parts reads the files inside a workbook. excelize lists their types in the order of a map, so that list
// is compared by its lines.
func parts(t testing.TB, path string) map[string][]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	reporttest.Must(t, err)
	defer z.Close()
	all := map[string][]string{}
	for _, f := range z.File {
		r, err := f.Open()
		reporttest.Must(t, err)
		text, err := io.ReadAll(r)
		reporttest.Must(t, err)
		all[f.Name] = strings.SplitAfter(string(text), ">")
		if f.Name == "[Content_Types].xml" {
			slices.Sort(all[f.Name])
		}
	}
	return all
}

// TestOrdersOfManyColumnsArePrintedOnSeveralPages side by side, each of which tells whose rows these are. What only the
// panel's people ask for isn't printed.
func TestOrdersOfManyColumnsArePrintedOnSeveralPages(t *testing.T) {
	d := reporttest.NewSample(t, "Service", "Client", "Link", "Quantity", "A", "B", "C", "D", "E")
	long := strings.Repeat("x", 60)
	d.Row(journal.Entry{Cells: []string{"101", "Anna", long, "100", long, long, long, long, long}, Service: "101",
		State: journal.Queued})
	f := openBook(t, results(d, d.Admit(reporttest.Catalogue()...)))
	layout, err := f.GetPageLayout(sheetOrders)
	reporttest.Must(t, err)
	if *layout.FitToWidth != 2 {
		t.Errorf("Orders is %d pages wide", *layout.FitToWidth)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		if n.Scope == sheetOrders {
			names[n.Name] = n.RefersTo
		}
	}
	want := map[string]string{
		"_xlnm.Print_Titles": "'Orders'!$A:$C,'Orders'!$1:$1", "_xlnm.Print_Area": "'Orders'!$A$1:$R$2",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	panes, err := f.GetPanes(sheetOrders)
	reporttest.Must(t, err)
	if panes.TopLeftCell != "D2" || !panes.Freeze {
		t.Errorf("what stays in sight: %+v", panes)
	}
}

// TestCellsWithManyLinesShowThemAll in Orders and in the rows to be corrected; none is higher than spreadsheets allow.
func TestCellsWithManyLinesShowThemAll(t *testing.T) {
	d := reporttest.NewSample(t, "Service", "Link", "Comments")
	for _, comments := range []string{"nice", "nice\nvery nice\n" + strings.Repeat("long ", 20),
		strings.Repeat("a\n", 1000)} {
		d.Row(journal.Entry{Cells: []string{"205", "https://a.b", comments}, Service: "205", State: journal.Invalid})
	}
	f := openBook(t, results(d, d.Admit(reporttest.Catalogue()...)))
	for _, sheet := range []string{sheetOrders, report.SheetToFix} {
		column := letter(slices.Index(rowsOf(t, f, sheet)[0], "Comments"))
		for row, want := range map[int]float64{2: 15, 3: 78, 4: 409} {
			high, err := f.GetRowHeight(sheet, row)
			reporttest.Must(t, err)
			id, err := f.GetCellStyle(sheet, fmt.Sprint(column, row))
			reporttest.Must(t, err)
			style, err := f.GetStyle(id)
			reporttest.Must(t, err)
			if high != want || style.Alignment.WrapText != (row > 2) {
				t.Errorf("row %d of %s is %v high, want %v; wrapped: %t", row, sheet, high, want, style.Alignment.WrapText)
			}
		}
	}
}

// TestTheFunnelAddsUp: each sum is made of the parts below it and the next sum.
func TestTheFunnelAddsUp(t *testing.T) {
	d := reporttest.EveryState(t)
	d.Check(6, reporttest.Charged("0", "Canceled", "5", "4000"))
	steps := funnel(d.Totals())
	var sums, parts []int
	for _, s := range steps {
		if s.part {
			parts[len(parts)-1] += s.rows
		} else {
			sums, parts = append(sums, s.rows), append(parts, 0)
		}
	}
	if diff := cmp.Diff([]int{12, 9 - 1, 5}, sums); diff != "" {
		t.Error(diff)
	}
	for i, sum := range sums {
		next := 0
		if i+1 < len(sums) {
			next = sums[i+1]
		}
		if parts[i]+next != sum {
			t.Errorf("%s: %d and %d are not %d", steps[i].name, parts[i], next, sum)
		}
	}
	found := map[string][]string{}
	for _, row := range rowsOf(t, openBook(t, results(d, d.Batch)), sheetSummary) {
		found[strings.TrimSpace(row[3])] = row[4:6]
		found[row[0]] = row[1:2]
	}
	if diff := cmp.Diff([][]string{{"2", "13.245678"}, {"1", "0"}, {"6.338271109876543"}},
		[][]string{found["completed"], found["cancelled"], found["Given back"]}); diff != "" {
		t.Error(diff)
	}
}

func TestSummaryAddsUpWhatOrdersShow(t *testing.T) {
	_, b := everyResult(t)
	f := openBook(t, b)
	found := map[string]string{}
	for _, row := range rowsOf(t, f, sheetSummary) {
		for _, at := range []int{0, 3, 7} {
			if row[at] != "" && found[row[at]] == "" {
				found[row[at]] = row[at+1]
			}
		}
	}
	for name, want := range map[string]string{"placed": "5", "in doubt": "2", "queued": "1", "refused": "1", "held": "1",
		"invalid": "1", "skipped": "1", "all": "12",
		"Completed": "2", "not asked yet": "1", "Estimated": "27.398517", "… at most": "37.398517",
		"Balance before": "100.84292", "Balance after": "84.11",
		"Panel": "sandbox", "Sheet": "may orders.xlsx", "Ordered by": "mia", "Last ended": "2026-05-04 09:40:00 UTC",
		"102": "YouTube Views — slow"} {
		if found[name] != want {
			t.Errorf("%s: %q, want %q", name, found[name], want)
		}
	}
}

func TestLongAndIllegalTextIsCutInSight(t *testing.T) {
	d := reporttest.NewSample(t)
	long, illegal := strings.Repeat("é👍", 20000), "a\x00b\x0bc\xff_x000D_ \r\nd"
	d.Row(journal.Entry{Cells: []string{"101", long, illegal}, Service: "101", State: journal.Queued})
	f := openBook(t, results(d, d.Admit(reporttest.Catalogue()...)))
	row := rowsOf(t, f, sheetOrders)[1]
	if !strings.HasSuffix(row[1], cutNote) || !strings.HasPrefix(long, strings.TrimSuffix(row[1], cutNote)) {
		t.Errorf("the long cell ends in %q", row[1][len(row[1])-60:])
	}
	if want := "a�b�c�_x000D_ \r\nd"; row[5] != want {
		t.Errorf("the illegal cell is %q, want %q", row[5], want)
	}
	if problems := rowsOf(t, f, sheetProblems); !strings.Contains(fmt.Sprint(problems), "cell-cut") {
		t.Errorf("nothing tells that a cell was cut: %v", problems)
	}
}

func TestAResultsWorkbookAsASheetKeepsOneSetOfColumns(t *testing.T) {
	d := reporttest.NewSample(t, "Service", "Link", "Quantity", "STATE", "order no", "Charge", "start_count", "Problem",
		"Row key")
	d.Row(
		journal.Entry{
			Cells:   []string{"101", "https://a.b", "100", "placed", "0023501", "1.50", "12", "", "key-old"},
			Service: "101",
			State:   journal.Skipped,
			Key:     "key-new",
		},
	)
	b := results(d, d.Admit(reporttest.Catalogue()...))
	rows := rowsOf(t, openBook(t, b), sheetOrders)
	want := [][]string{
		{"State", "Link", "Problem", "Service", "Catalogue name", "Quantity", "Order ID", "Status", "Delivered", "Percent",
			"Charge", "Currency", "One of", "Start count", "Remains", "Refill", "Sent at", "Checked at", "Row key"},
		{"skipped", "https://a.b", "", "101", "Instagram Followers [Refill 30 days] 🔥", "100", "0023501", "", "", "",
			"1.5", "", "", "12", "", "", "", "", "key-new"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

// A sheet of 100,000 rows against the same cells through a bare StreamWriter: go test -bench Workbook.
func BenchmarkWorkbook(b *testing.B) {
	const rows = 100_000
	d := reporttest.NewSample(b)
	for i := range rows {
		e := reporttest.Order("101", fmt.Sprintf("https://instagram.com/p/%09d", i), "1000", "0.9", "note")
		e.Key = fmt.Sprintf("%024x-1", i)
		d.Row(e)
	}
	book := results(d, d.Admit(reporttest.Catalogue()...))
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			reporttest.Must(b, book.writeWorkbook(context.Background(), io.Discard))
		}
	})
	b.Run("journal", func(b *testing.B) {
		for b.Loop() {
			for _, err := range book.Journal.Entries(context.Background(), book.Batch) {
				reporttest.Must(b, err)
			}
		}
	})
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			f := excelize.NewFile()
			w, err := f.NewStreamWriter("Sheet1")
			reporttest.Must(b, err)
			for i := range rows {
				cells := []any{101, fmt.Sprintf("https://instagram.com/p/%09d", i), 1000, "note", "queued", nil, nil, nil, nil, nil,
					nil, nil, nil, nil, nil, fmt.Sprintf("%024x-1", i)}
				reporttest.Must(b, w.SetRow(fmt.Sprintf("A%d", i+1), cells))
			}
			reporttest.Must(b, w.Flush())
			reporttest.Must(b, f.Write(io.Discard))
			reporttest.Must(b, f.Close())
		}
	})
}
