package command

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bulkorder/samples/sandbox"
)

// tab is a worksheet with its rows, cells between commas.
type tab struct {
	name string
	rows []string
}

// workbook saves worksheets.
func (s *shop) workbook(name string, tabs ...tab) string {
	s.t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for _, one := range tabs {
		if _, err := f.NewSheet(one.name); err != nil {
			s.t.Fatal(err)
		}
		for i, text := range one.rows {
			cells := strings.Split(text, ",")
			if err := f.SetSheetRow(one.name, fmt.Sprintf("A%d", i+1), &cells); err != nil {
				s.t.Fatal(err)
			}
		}
	}
	path := filepath.Join(s.dir, name)
	if err := f.DeleteSheet("Sheet1"); err != nil {
		s.t.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		s.t.Fatal(err)
	}
	return path
}

// rowsBy gives what became of the rows of a batch, by their places: "Nord!2 placed".
func (c *call) rowsBy(batch string) string {
	c.t.Helper()
	j, err := c.desk.Journal(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	b, err := j.Batch(c.t.Context(), batch)
	if err != nil {
		c.t.Fatal(err)
	}
	var all []string
	for e, err := range j.Entries(c.t.Context(), b) {
		if err != nil {
			c.t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%s %s", e.At(), e.State))
	}
	return strings.Join(all, ", ")
}

// TestWorksheetsByClientAreOneBatch: rows of several worksheets are named by theirs wherever a row is named, and an
// edition that moves a worksheet finds them again.
func TestWorksheetsByClientAreOneBatch(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	nord := tab{"Nord", []string{"Service,Link,Quantity", "1,https://example.com/a,100", "1,https://example.com/b,25"}}
	lux := tab{"Lux, AG", []string{"Link,Quantity,Service", "https://example.com/a,100,1", "https://example.com/c,100,1"}}
	sheet := s.workbook("orders.xlsx", nord, lux)
	o := runOptions{sheetOptions: sheetOptions{allSheets: true, name: "one"}, sendingOptions: sendingOptions{yes: true}}
	c := s.call("")
	a, err := c.runRun(t.Context(), o, sheet)
	if err != nil {
		t.Fatal(err)
	}
	words, fields := c.told(a)
	if got := c.rowsBy("one"); got != "Nord!2 placed, Nord!3 invalid, Lux, AG!2 held, Lux, AG!3 placed" {
		t.Fatal(got)
	}
	if !strings.Contains(words, `--release "Lux, AG!2"`) && !strings.Contains(words, `--release 'Lux, AG!2'`) {
		t.Errorf("nothing releases the row: %s", words)
	}
	if held := fmt.Sprint(fields["held_rows"]); !strings.Contains(held, "first:[Lux, AG!2]") {
		t.Errorf("held: %s", held)
	}
	for _, wrong := range []string{"2", "Nord!2", "Nord!9", "Kim!2"} {
		c = s.call("")
		_, err = c.runResume(t.Context(), resumeOptions{sendingOptions: o.sendingOptions, release: wrong}, "one")
		if err == nil || len(c.sandbox.Ledger()) != 2 {
			t.Errorf("--release %s: %v, %d orders", wrong, err, len(c.sandbox.Ledger()))
		}
	}
	c = s.call("")
	o.sendingOptions.out = filepath.Join(s.dir, "results.jsonl")
	released := resumeOptions{sendingOptions: o.sendingOptions, release: "lux, ag!2"}
	if _, err = c.runResume(t.Context(), released, "one"); err != nil {
		t.Fatal(err)
	}
	if got := c.rowsBy("one"); got != "Nord!2 placed, Nord!3 invalid, Lux, AG!2 placed, Lux, AG!3 placed" {
		t.Fatal(got)
	}
	kim := tab{"Kim", []string{"Service,Link,Quantity", "1,https://example.com/k,100"}}
	nord.rows[2] = "1,https://example.com/b,250"
	c = s.call("")
	if _, err = c.runRun(t.Context(), o, s.workbook("orders.xlsx", kim, lux, nord)); err != nil {
		t.Fatal(err)
	}
	if got := c.rowsBy("one"); got != "Kim!2 placed, Lux, AG!2 placed, Lux, AG!3 placed, Nord!2 placed, Nord!3 placed" ||
		len(c.sandbox.Ledger()) != 5 {
		t.Errorf("%s; %d orders", got, len(c.sandbox.Ledger()))
	}
	explained(t, s)
}

// explained: the whole life of a row is asked for by its place.
func explained(t *testing.T, s *shop) {
	t.Helper()
	c := s.call("")
	a, err := c.runExplain(t.Context(), "one", "Nord!3")
	if err != nil {
		t.Fatal(err)
	}
	words, _ := c.told(a)
	if !strings.Contains(words, "Row Nord!3 of batch one: placed") || !strings.Contains(words, "https://example.com/b") {
		t.Error(words)
	}
}

// TestAMarkedCopyOfSeveralWorksheetsMarksEach.
func TestAMarkedCopyOfSeveralWorksheetsMarksEach(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	sheet := s.workbook("orders.xlsx", tab{"Nord", []string{"Service,Link,Quantity", "1,https://example.com/a,25"}},
		tab{"Lux", []string{"Notes,Quantity,Link,Service", ",25,https://example.com/b,1"}})
	c := s.call("")
	out := filepath.Join(s.dir, "marked.xlsx")
	o := checkOptions{sheetOptions: sheetOptions{allSheets: true}, out: out}
	a, err := c.runCheck(t.Context(), o, sheet)
	if err != nil {
		t.Fatal(err)
	}
	if words, _ := c.told(a); !strings.Contains(words, "Lux!C1   Link ") || !strings.Contains(words, "Nord!B1  Link ") {
		t.Errorf("the columns of each worksheet aren't told:\n%s", words)
	}
	f, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for sheet, cells := range map[string][2]string{"Nord": {"C2", "B2"}, "Lux": {"B2", "C2"}} {
		var fills []string
		for _, cell := range cells {
			id, err := f.GetCellStyle(sheet, cell)
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			fills = append(fills, strings.Join(style.Fill.Color, ""))
		}
		if fills[0] != "F8B4B4" || fills[1] != "" {
			t.Errorf("%s: %v are %q", sheet, cells, fills)
		}
	}
	if got, err := f.GetCellValue("Problems", "A3"); err != nil || got != "Lux!B2" {
		t.Errorf("the list says %q, %v", got, err)
	}
}

// TestNotesOfASheetAreInTheJSON: a program that reads a check must hear which rows are left out as well as a person.
func TestNotesOfASheetAreInTheJSON(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	c := s.call("")
	sheet := s.write("orders.csv", "Service,Link,Quantity,Status\n1,https://example.com/a,100,done\n"+
		"1,https://example.com/b,100,cancelled\n1,https://example.com/c,100,skip\n1,https://example.com/d,100,\n"+
		"Total,,400,\n")
	a, err := c.runCheck(t.Context(), checkOptions{sheetOptions: sheetOptions{where: []string{"Status!=done"}}}, sheet)
	if err != nil {
		t.Fatal(err)
	}
	_, fields := c.told(a)
	for _, want := range []string{`--where "Status!=done" says: 2`, "totals: 6"} {
		if notes := fmt.Sprint(fields["notes"]); !strings.Contains(notes, want) {
			t.Errorf("no %q in %s", want, notes)
		}
	}
	if problems := fmt.Sprint(fields["problems"]); strings.Count(problems, "--skip-marked 'Status'") < 2 {
		t.Error("nothing leaves all marked rows out:", problems)
	}
	o := checkOptions{sheetOptions: sheetOptions{skipMarked: []string{"Status"}}}
	if a, err = c.runCheck(t.Context(), o, sheet); err != nil {
		t.Fatal(err)
	}
	_, fields = c.told(a)
	if notes := fmt.Sprint(fields["notes"]); rows(fields, "total") != 1 || rows(fields, "left_out") != 3 ||
		!strings.Contains(notes, `marked in "Status" and --skip-marked says so: 2, 3, 4`) {
		t.Errorf("%v, %s", fields["rows"], notes)
	}
	c = s.call("y\n")
	if a, err = c.runRun(t.Context(), runOptions{sheetOptions: o.sheetOptions}, sheet); err != nil {
		t.Fatal(err)
	}
	if said := c.errs.String(); !strings.Contains(said, "3 rows left out (3 by your word).") {
		t.Errorf("who is asked doesn't hear of them: %s", said)
	}
	if _, fields = c.told(a); rows(fields, "left_out") != 3 || rows(fields, "placed") != 1 {
		t.Errorf("the batch: %v", fields["rows"])
	}
}
