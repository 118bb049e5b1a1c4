package book

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/reporttest"
)

// madeBooks are workbooks of every kind that is written.
func madeBooks(t *testing.T) []string {
	t.Helper()
	_, every := everyResult(t)
	d, _ := clients(t)
	for i, status := range []string{"In progress", "Completed"} {
		d.Check(6, reporttest.Charged(fmt.Sprint(i+2), status, "1", "0"))
	}
	odd := reporttest.NewSample(t, "Service", "Link", "link", "", "a\nb", "Rows", "State", "<&\"'>")
	odd.Row(reporttest.Order("101", "https://a.b", "100", "1", "<&\"'>]]>"))
	oddly := results(odd, odd.Admit(reporttest.Catalogue()...))
	oddly.GroupBy = "Rows"
	books := []string{write(t, every, "every.xlsx"), write(t, results(d, d.Reload()), "grouped.xlsx"),
		write(t, emptyBatch(t), "empty.xlsx"), write(t, oddly, "odd.xlsx")}
	form := filepath.Join(t.TempDir(), "form.xlsx")
	reporttest.Must(t, sampleTemplate().Write(form))
	books = append(books, form)
	for _, sheet := range []string{books[0], form} {
		copied := filepath.Join(t.TempDir(), "copy of "+filepath.Base(sheet))
		s, err := parse.Open(sheet, parse.Options{})
		reporttest.Must(t, err)
		m := Marked{
			Path:     sheet,
			Sheet:    s,
			Rows:     12,
			Problems: []parse.Problem{reporttest.Below(3), reporttest.Below(10), {Row: 5, Wrong: "is odd", Warning: true}},
		}
		_, err = m.Write(copied)
		reporttest.Must(t, err)
		streamed := filepath.Join(t.TempDir(), "streamed copy of "+filepath.Base(sheet))
		m.Rows = mostInPlace + 1
		_, err = m.Write(streamed)
		reporttest.Must(t, err)
		reporttest.Must(t, s.Close())
		books = append(books, copied, streamed)
	}
	return books
}

func sampleTemplate() Template {
	t := Template{
		Panel:    "sandbox",
		Currency: "USD",
		Fetched:  reporttest.Start(),
		Delays:   []int{0, 5, 10},
		LeftOut:  2,
		Types: []OrderType{
			{
				Name:   "Default",
				Needs:  []string{"link", "quantity"},
				May:    []string{"runs", "interval"},
				Counts: "quantity",
				Charge: PerThousand,
			},
			{Name: "Custom Comments", Needs: []string{"link", "comments"}, Counts: "comments", Charge: PerThousand},
			{
				Name:   "Subscriptions",
				Needs:  []string{"username", "min", "max", "delay"},
				May:    []string{"posts", "expiry"},
				Charge: PerPost,
			}},
	}
	for _, s := range reporttest.Catalogue() {
		t.Services = append(
			t.Services,
			Offer{
				Service: report.Service{
					ID:       s.ID,
					Name:     s.Name,
					Type:     s.Type,
					Category: s.Category,
					Rate:     s.Rate,
					Min:      s.Min,
					Max:      s.Max,
				},
				Label: s.Label(),
			},
		)
	}
	return t
}

// TestExcelOffersNoRepair of anything that is written, as far as its schema and its known rules tell.
func TestExcelOffersNoRepair(t *testing.T) {
	for _, book := range madeBooks(t) {
		newWitness(t, book).check()
	}
}

// rounded leaves 12 places of long numbers: spreadsheets write 15 digits.
func rounded(rows [][]string) [][]string {
	for _, row := range rows {
		for i, cell := range row {
			if f, err := strconv.ParseFloat(cell, 64); err == nil && strings.Contains(cell, ".") {
				row[i] = strconv.FormatFloat(f, 'g', 12, 64)
			}
		}
	}
	return rows
}

// TestLibreOfficeReadsTheSameResults: its copy of a results workbook is the same sheet.
func TestLibreOfficeReadsTheSameResults(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes its time")
	}
	soffice, err := exec.LookPath("soffice")
	if err != nil && os.Getenv("BULKORDER_TEST_SOFFICE") == "required" {
		t.Fatal("LibreOffice is missing, and this machine should have it")
	}
	if err != nil {
		t.Skip("LibreOffice is not on this machine: its opinion is not heard")
	}
	books, out := madeBooks(t), t.TempDir()
	args := append(
		[]string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "xlsx", "--outdir", out},
		books...)
	if text, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice fails: %v\n%s", err, text)
	}
	for _, book := range books {
		before, err := excelize.OpenFile(book)
		reporttest.Must(t, err)
		after, err := excelize.OpenFile(filepath.Join(out, filepath.Base(book)))
		reporttest.Must(t, err)
		if diff := cmp.Diff(before.GetSheetList(), after.GetSheetList()); diff != "" {
			t.Errorf("%s: %s", filepath.Base(book), diff)
		}
		if !strings.Contains(book, "form") { // its formulas are computed only now
			for _, sheet := range []string{sheetOrders, sheetSummary} {
				if slices.Contains(before.GetSheetList(), sheet) {
					if diff := cmp.Diff(rounded(rowsOf(t, before, sheet)), rounded(rowsOf(t, after, sheet))); diff != "" {
						t.Errorf("%s, %s: %s", filepath.Base(book), sheet, diff)
					}
				}
			}
		}
		reporttest.Must(t, before.Close())
		reporttest.Must(t, after.Close())
	}
}
