package stories_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"bulkorder/samples/sandbox"
)

// workbook makes a person's workbook: a title, a header in row 3, styles, a comment, another sheet; with
// macros where vba is true.
func (w *shop) workbook(name string, rows [][]any, vba bool) string {
	w.t.Helper()
	f := excelize.NewFile()
	must(w.t, f.SetSheetName("Sheet1", "Mai"))
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: "0000FF"}, NumFmt: 3})
	must(w.t, err)
	must(w.t, f.SetSheetRow("Mai", "A1", &[]any{"May orders"}))
	must(w.t, f.SetSheetRow("Mai", "B3", &[]any{"Service", "Link", "Quantity", "Client"}))
	for i, row := range rows {
		must(w.t, f.SetSheetRow("Mai", fmt.Sprintf("B%d", i+4), &row))
	}
	must(w.t, f.SetCellStyle("Mai", "D4", "D20", bold))
	must(w.t, f.SetColWidth("Mai", "C", "C", 61.5))
	must(w.t, f.AddComment("Mai", excelize.Comment{Cell: "D6", Author: "Mia", Text: "ask Ben"}))
	_, err = f.NewSheet("Problems")
	must(w.t, err)
	must(w.t, f.SetSheetRow("Problems", "A1", &[]any{"mine"}))
	must(w.t, f.AddTable("Problems", &excelize.Table{Range: "A1:A3", Name: "Problems_list"}))
	if vba {
		must(w.t, f.AddVBAProject(append([]byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}, make([]byte, 600)...)))
	}
	path := filepath.Join(w.dir, name)
	must(w.t, f.SaveAs(path))
	must(w.t, f.Close())
	return path
}

func doubtfulRows() [][]any {
	return [][]any{
		{101, "https://example.com/p/1", 1000, "Anna"},     // 4
		{101, "https://example.com/p/2", 5, "Anna"},        // 5: below the minimum
		{101, "https://example.com/p/3", 9999999, "Ben"},   // 6: above the maximum, in a cell with a comment
		{110, "https://example.com/p/4", 1000, "Ben"},      // 7: a warning
		{"9999", "https://example.com/p/5", 100, "Cleo"},   // 8: no such service
		{111, "https://example.com/p/6", nil, "Cleo"},      // 9: a column that the sheet lacks
		{101, "not a link", "12,5", "<Dora> & \"friend\""}, // 10: two cells
	}
}

func fingerprint(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	must(t, err)
	return fmt.Sprintf("%x", sha256.Sum256(content))
}

// ground is the colour behind a cell.
func ground(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	must(t, err)
	style, err := f.GetStyle(id)
	must(t, err)
	return strings.Join(style.Fill.Color, " ")
}

func commentsOf(t *testing.T, f *excelize.File, sheet string) map[string]string {
	t.Helper()
	all, err := f.GetComments(sheet)
	must(t, err)
	words := map[string]string{}
	for _, c := range all {
		words[c.Cell] += c.Text
		for _, p := range c.Paragraph {
			words[c.Cell] += p.Text
		}
	}
	return words
}

const red, amber = "F8B4B4", "FDE9A9"

// TestAMarkedCopyKeepsThePersonsWorkbook and says in each cell what is wrong with it.
func TestAMarkedCopyKeepsThePersonsWorkbook(t *testing.T) {
	t.Parallel()
	for _, ending := range []string{".xlsx", ".xlsm"} {
		shop := newShop(t, sandbox.Config{})
		path := shop.workbook("may"+ending, doubtfulRows(), ending == ".xlsm")
		before := fingerprint(t, path)
		if code, out, errs := shop.call("check", path, "--out", "marked"+ending); code != 3 ||
			!strings.Contains(out, "marked"+ending) {
			t.Fatalf("exit %d: %s%s", code, out, errs)
		}
		if fingerprint(t, path) != before {
			t.Error("the person's own file was touched")
		}
		marked := filepath.Join(shop.dir, "marked"+ending)
		f, err := excelize.OpenFile(marked)
		must(t, err)
		for cell, want := range map[string]string{"D4": "", "D5": red, "D6": red, "D7": amber, "B8": red, "B9": red,
			"C10": red, "D10": red, "E5": ""} {
			if got := ground(t, f, "Mai", cell); got != want {
				t.Errorf("%s: %s has the ground %q, want %q", ending, cell, got, want)
			}
		}
		comments := commentsOf(t, f, "Mai")
		for cell, want := range map[string]string{"D5": "below the minimum 100", "D6": "ask Ben",
			"D7": "Warning: 1000 is not sent", "B8": "not in the catalogue", "B9": "comments is missing", "C10": "no link",
			"D10": "12,5"} {
			if !strings.Contains(comments[cell], want) {
				t.Errorf("%s: the comment of %s is %q, want %q", ending, cell, comments[cell], want)
			}
		}
		if len(comments) != 7 || strings.Contains(comments["D6"], "maximum") {
			t.Errorf("%s: comments %q", ending, comments)
		}
		if got := f.GetSheetList(); strings.Join(got, " ") != "Mai Problems Problems (2)" {
			t.Errorf("%s: the sheets are %v", ending, got)
		}
		id, _ := f.GetCellStyle("Mai", "D5")
		style, err := f.GetStyle(id)
		must(t, err)
		if width, _ := f.GetColWidth("Mai", "C"); width != 61.5 || !style.Font.Bold || style.NumFmt != 3 {
			t.Errorf("%s: the width is %v, the cell's style %+v", ending, width, style)
		}
		must(t, f.Close())
		parts := partsOf(t, marked)
		if _, kept := parts["xl/vbaProject.bin"]; kept != (ending == ".xlsm") ||
			strings.Contains(parts["[Content_Types].xml"], "macroEnabled") != kept {
			t.Errorf("%s: macros kept: %v", ending, kept)
		}
		// The copy is a sheet like the other, to be mended and run.
		if code, r := shop.result("check", marked); code != 3 || r.Rows.Invalid != 5 || r.Rows.Valid != 2 {
			t.Errorf("%s: the copy: exit %d, %+v", ending, code, r.Rows)
		}
	}
}

// TestTheSheetItselfIsNeverTheCopy, by whatever name it is called.
func TestTheSheetItselfIsNeverTheCopy(t *testing.T) {
	t.Parallel()
	shop := newShop(t, sandbox.Config{})
	path := shop.workbook("may.xlsx", doubtfulRows(), false)
	macros := shop.workbook("macros.xlsm", doubtfulRows(), true)
	must(t, os.Symlink(path, filepath.Join(shop.dir, "symbolic.xlsx")))
	must(t, os.Link(path, filepath.Join(shop.dir, "hard.xlsx")))
	must(t, os.Mkdir(filepath.Join(shop.dir, "sub"), 0o700))
	before := fingerprint(t, path)
	for _, test := range []struct{ sheet, out, words string }{
		{path, "may.xlsx", "itself"}, {path, "sub/../may.xlsx", "itself"}, {path, "symbolic.xlsx", "itself"},
		{path, "hard.xlsx", "itself"},
		{path, "x.csv", "ends in .xlsx"}, {path, "x.xlsm", "no macros"}, {macros, "x.xlsx", "has macros"},
	} {
		if code, _, errs := shop.call("check", test.sheet, "--out", test.out); code != 2 ||
			!strings.Contains(errs, test.words) {
			t.Errorf("%s: exit %d: %s", test.out, code, errs)
		}
	}
	if fingerprint(t, path) != before {
		t.Error("the person's own file was touched")
	}
}

// TestTextIsMarkedInAWorkbook whose rows have the numbers that they have in the text.
func TestTextIsMarkedInAWorkbook(t *testing.T) {
	t.Parallel()
	shop := newShop(t, sandbox.Config{})
	shop.write(
		"o.csv",
		"service,link,quantity,note\n101,https://example.com/1,1000,=1+1\n\n101,https://example.com/2,5,x\n",
	)
	shop.write("mass.txt", "101 | https://example.com/1 | 5\n101 | https://example.com/2 | 1000\n")
	for name, want := range map[string][2]string{"o.csv": {"C4", "D2"}, "mass.txt": {"C2", ""}} {
		if code, out, errs := shop.call("check", name, "--out", name+".xlsx"); code != 3 {
			t.Fatalf("exit %d: %s%s", code, out, errs)
		}
		f, err := excelize.OpenFile(filepath.Join(shop.dir, name+".xlsx"))
		must(t, err)
		if got := ground(t, f, "Orders", want[0]); got != red ||
			!strings.Contains(commentsOf(t, f, "Orders")[want[0]], "below the minimum") {
			t.Errorf("%s: %s has the ground %q, comments %v", name, want[0], got, commentsOf(t, f, "Orders"))
		}
		if want[1] != "" {
			if v, _ := f.GetCellValue("Orders", want[1]); v != "=1+1" {
				t.Errorf("%s is %q", want[1], v)
			}
		}
		must(t, f.Close())
		if code, r := shop.result("check", name+".xlsx"); code != 3 || r.Rows.Invalid != 1 || r.Rows.Valid != 1 {
			t.Errorf("the copy of %s: exit %d, %+v", name, code, r.Rows)
		}
	}
	cmd := shop.command("check", "-", "--out", "stdin.xlsx", "--json")
	cmd.Stdin = strings.NewReader("service,link,quantity\n101,https://example.com/1,5\n")
	if code, out, errs := shop.finish(cmd); code != 3 || !strings.Contains(out, `"workbook":"stdin.xlsx"`) {
		t.Errorf("standard input: exit %d: %s%s", code, out, errs)
	}
}

// TestALargeSheetIsMarkedToo: 12,000 rows, each wrong, in seconds.
func TestALargeSheetIsMarkedToo(t *testing.T) {
	t.Parallel()
	shop := newShop(t, sandbox.Config{})
	var b strings.Builder
	b.WriteString("service,link,quantity\n")
	for i := range 12_000 {
		fmt.Fprintf(&b, "101,https://example.com/%d,5\n", i)
	}
	shop.write("large.csv", b.String())
	began := time.Now()
	if code, _, errs := shop.call("check", "large.csv", "--out", "large.xlsx", "--quiet"); code != 3 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	f, err := excelize.OpenFile(filepath.Join(shop.dir, "large.xlsx"))
	must(t, err)
	defer f.Close()
	if last := ground(t, f, "Orders", "C12001"); last != red {
		t.Errorf("the last row's ground is %q", last)
	}
	rows, err := f.GetRows("Problems")
	must(t, err)
	if len(rows) != 12_001 {
		t.Errorf("%d rows list 12,000 problems", len(rows))
	}
}
