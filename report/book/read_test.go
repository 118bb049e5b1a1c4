package book

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/report/reporttest"
)

// readAgain gives what a results workbook tells, a line an order.
func readAgain(path string) (all []string, err error) {
	for o, wrong := range Ordered(path) {
		if wrong != nil {
			err = wrong
			break
		}
		all = append(all, fmt.Sprintf("%d %s %.2s %q %s %v", o.Row, o.OrderID, o.Content, o.Ref, o.Address,
			!o.SentAt.IsZero()))
	}
	return all, err
}

// someResults is a workbook of rows that are placed, in doubt and refused, and one that a sheet says to be ordered.
func someResults(t *testing.T) string {
	t.Helper()
	d := reporttest.NewSample(t, "Service", "Link", "Quantity", "Row key")
	for _, letter := range []string{"a", "b", "c", "d"} {
		e := reporttest.Order("101", "https://example.com/"+letter, "100", "0.9", "")
		e.Identity = journal.Identity{Content: strings.Repeat(letter, 32), Nth: 1}
		if letter == "b" {
			e.Ref = "order 7"
		}
		d.Row(e)
	}
	skipped := reporttest.Order("101", "https://example.com/e", "100", "0.9", "")
	skipped.State = journal.Skipped
	skipped.Cells[3] = "1:" + strings.Repeat("e", 32) + ":::https://elsewhere.example"
	d.Row(skipped)
	skipped.Cells = []string{"101", "https://example.com/f", "100", "ref:f"}
	skipped.Params = nil
	d.Row(skipped)
	d.Admit(reporttest.Catalogue()...)
	d.Send(2, reporttest.Placed("23501"))
	d.Send(3, journal.Outcome{State: journal.InDoubt})
	d.Send(4, journal.Outcome{State: journal.Refused})
	path := filepath.Join(t.TempDir(), "orders.results.xlsx")
	written, err := results(d, d.Reload()).Write(t.Context(), path)
	reporttest.Must(t, err)
	return written
}

func TestAResultsWorkbookTellsOfItsOrdersAgain(t *testing.T) {
	const here = "http://127.0.0.1:8080/api/v2"
	want := "2 23501 aa \"\" " + here + " true\n3  bb \"order 7\" " + here +
		" true\n6  ee \"\" https://elsewhere.example false"
	path := someResults(t)
	all, err := readAgain(path)
	if got := strings.Join(all, "\n"); err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
	edited := func(name string, edit func(f *excelize.File)) []string {
		t.Helper()
		f, err := excelize.OpenFile(path)
		reporttest.Must(t, err)
		edit(f)
		to := filepath.Join(t.TempDir(), name+".xlsx")
		reporttest.Must(t, f.SaveAs(to))
		reporttest.Must(t, f.Close())
		all, err := readAgain(to)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return all
	}
	got := edited("a person's columns and rows", func(f *excelize.File) {
		reporttest.Must(t, f.SetCellValue(sheetOrders, "D2", "https://example.com/else"))
		reporttest.Must(t, f.InsertCols(sheetOrders, "B", 2))
		reporttest.Must(t, f.InsertRows(sheetOrders, 1, 3))
	})
	if len(got) != 3 || !strings.HasPrefix(got[0], "5 23501 aa") {
		t.Errorf("edited: %q", got)
	}
	got = edited("no row keys", func(f *excelize.File) {
		for row := 2; row < 9; row++ {
			reporttest.Must(t, f.SetCellValue(sheetOrders, fmt.Sprintf("%s%d", lastOf(t, f), row), ""))
		}
	})
	if len(got) != 2 || !strings.HasPrefix(got[0], "2 23501  ") {
		t.Errorf("without keys: %q", got)
	}
}

// lastOf is the letter of the column Row key.
func lastOf(t *testing.T, f *excelize.File) string {
	t.Helper()
	rows, err := f.GetRows(sheetOrders)
	reporttest.Must(t, err)
	name, err := excelize.ColumnNumberToName(len(rows[0]))
	reporttest.Must(t, err)
	return name
}

// TestWhatIsNoResultsWorkbookIsTold: it is an error, whatever is in the way of the name, and never a wait or a crash.
func TestWhatIsNoResultsWorkbookIsTold(t *testing.T) {
	dir := t.TempDir()
	good, err := os.ReadFile(someResults(t))
	reporttest.Must(t, err)
	template := filepath.Join(dir, "empty.xlsx")
	f := excelize.NewFile()
	reporttest.Must(t, f.SetSheetName("Sheet1", sheetOrders))
	reporttest.Must(t, f.SaveAs(template))
	for name, content := range map[string][]byte{
		"nothing": {}, "text": []byte("State,Order ID,Row key\n"), "cut": good[:len(good)/2], "damaged": damaged(good),
	} {
		path := filepath.Join(dir, name+".xlsx")
		reporttest.Must(t, os.WriteFile(path, content, 0o600))
		if all, err := readAgain(path); err == nil || len(all) > 0 && name != "damaged" {
			t.Errorf("%s: %q, %v", name, all, err)
		}
	}
	for _, path := range []string{template, dir, filepath.Join(dir, "none.xlsx")} {
		if all, err := readAgain(path); err == nil || len(all) > 0 {
			t.Errorf("%s: %q, %v", path, all, err)
		}
	}
}

// damaged spoils the parts of a workbook, and leaves their list as it is.
func damaged(content []byte) []byte {
	spoiled := slices.Clone(content)
	for at := len(spoiled) / 20; at < len(spoiled)*3/4; at += 7 {
		spoiled[at] ^= 0x55
	}
	return spoiled
}

// BenchmarkOrdered reads the results of 100,000 orders.
func BenchmarkOrdered(b *testing.B) {
	d := reporttest.NewSample(b)
	for i := range 100_000 {
		e := reporttest.Order("101", fmt.Sprintf("https://instagram.com/p/%09d", i), "1000", "0.9", "note")
		e.Identity = journal.Identity{Content: fmt.Sprintf("%032x", i), Nth: 1}
		e.Key = e.Identity.Key(1)
		d.Row(e)
	}
	path := filepath.Join(b.TempDir(), "r.xlsx")
	_, err := results(d, d.Admit(reporttest.Catalogue()...)).Write(context.Background(), path)
	reporttest.Must(b, err)
	for b.Loop() {
		_, err := readAgain(path)
		reporttest.Must(b, err)
	}
}
