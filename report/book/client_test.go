package book

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/report"
	"bulkorder/report/reporttest"
)

// forClient gives the report for one client of a batch that has rows in every state.
func forClient(t *testing.T, terms report.ClientTerms) (ClientFile, []journal.Entry) {
	t.Helper()
	d := reporttest.EveryState(t)
	services, err := d.Journal.Services(t.Context(), d.Batch)
	reporttest.Must(t, err)
	c := report.NewClients(terms, 0, services, reporttest.Start())
	var all []journal.Entry
	for e, err := range d.Journal.Entries(t.Context(), d.Batch) {
		reporttest.Must(t, err)
		all = append(all, e)
		e.Cells = []string{"Acme"}
		c.Add(e)
	}
	return ClientFile{Terms: terms, Report: c.Of("acme")}, all
}

// secrets are what a client must not be told of a batch.
func secrets(t *testing.T, all []journal.Entry) (words []string) {
	t.Helper()
	words = []string{"sandbox", "mia", "3f9c1a20be", "bulkorder", "100.84", "84.11", "27.39"}
	for _, e := range all {
		words = append(words, e.OrderID, e.Candidate, e.RowKey())
		if e.Charge.Valid {
			words = append(words, e.Charge.Decimal.String())
		}
	}
	return words
}

func TestAClientIsToldNothingOfPanelAndCost(t *testing.T) {
	logo := filepath.Join(t.TempDir(), "logo.png")
	var picture bytes.Buffer
	reporttest.Must(t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 300, 90))))
	reporttest.Must(t, os.WriteFile(logo, picture.Bytes(), 0o600))
	c, all := forClient(t, report.ClientTerms{
		Title: "Northwind Social", Logo: logo, Currency: "EUR",
		Offers: map[string]report.Offer{"101": {Name: "Followers", Price: decimal.NewNullDecimal(reporttest.Dec("4.9"))}},
	})
	for _, ending := range []string{".xlsx", ".pdf"} {
		path, err := c.Write(filepath.Join(t.TempDir(), "acme"+ending))
		reporttest.Must(t, err)
		file, err := os.ReadFile(path)
		reporttest.Must(t, err)
		text := textOf(t, file)
		for _, word := range []string{"Northwind Social", "Acme", "Followers", "Completed", "Being checked", "EUR"} {
			if !strings.Contains(text, word) {
				t.Errorf("%s doesn't tell %q", ending, word)
			}
		}
		for _, word := range secrets(t, all) {
			if word != "" && regexp.MustCompile(`\b`+regexp.QuoteMeta(word)+`\b`).MatchString(text) {
				t.Errorf("%s tells %q", ending, word)
			}
		}
		if !strings.Contains(text, "image") && !strings.Contains(text, "Image") {
			t.Errorf("%s has no logo", ending)
		}
	}
}

// textOf gives all that a workbook or a PDF holds, uncompressed.
func textOf(t *testing.T, file []byte) string {
	t.Helper()
	var all strings.Builder
	if z, err := zip.NewReader(bytes.NewReader(file), int64(len(file))); err == nil {
		for _, part := range z.File {
			r, err := part.Open()
			reporttest.Must(t, err)
			text, err := io.ReadAll(r)
			reporttest.Must(t, err)
			all.WriteString(part.Name + "\n")
			all.Write(text)
		}
		return all.String()
	}
	all.Write(file)
	for _, stream := range regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`).FindAllSubmatch(file, -1) {
		r, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue // a picture
		}
		page, err := io.ReadAll(r)
		reporttest.Must(t, err)
		for _, shown := range regexp.MustCompile(`(?s)\(((?:\\.|[^\\)])*)\)`).FindAllSubmatch(page, -1) {
			all.WriteString(" " + plain(shown[1]))
		}
	}
	return all.String()
}

// plain reads a string of a PDF: two bytes a letter, some of them behind a backslash.
func plain(shown []byte) string {
	var raw []byte
	for i := 0; i < len(shown); i++ {
		if shown[i] == '\\' && i+1 < len(shown) {
			if i++; shown[i] == 'r' {
				raw = append(raw, '\r')
				continue
			}
		}
		raw = append(raw, shown[i])
	}
	var units []uint16
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

func TestTheWorkbookForAClient(t *testing.T) {
	c, _ := forClient(t, report.ClientTerms{})
	path, err := c.Write(filepath.Join(t.TempDir(), "acme.xlsx"))
	reporttest.Must(t, err)
	f, err := excelize.OpenFile(path)
	reporttest.Must(t, err)
	defer f.Close()
	rows, err := f.GetRows(sheetClient)
	reporttest.Must(t, err)
	header := -1
	for i, row := range rows {
		if len(row) > 1 && row[0] == "Service" {
			header = i
			if got := strings.Join(row, ","); got != "Service,Link,Quantity,Delivered,Status,Ordered,Last checked" {
				t.Errorf("columns %s: without prices there is none of money", got)
			}
		}
	}
	if header < 0 || len(rows)-header-1 != len(c.Report.Orders) {
		t.Errorf("%d rows, the header in %d, for %d orders", len(rows), header, len(c.Report.Orders))
	}
}

func TestALogoThatIsNoPicture(t *testing.T) {
	logo := filepath.Join(t.TempDir(), "logo.png")
	reporttest.Must(t, os.WriteFile(logo, []byte("<svg/>"), 0o600))
	c, _ := forClient(t, report.ClientTerms{Logo: logo})
	for _, ending := range []string{".xlsx", ".pdf"} {
		path := filepath.Join(t.TempDir(), "acme"+ending)
		if _, err := c.Write(path); err == nil || !strings.Contains(err.Error(), "no PNG or JPEG") {
			t.Errorf("%s: %v", ending, err)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s was written", path)
		}
	}
}
