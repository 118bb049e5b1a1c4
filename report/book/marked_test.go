package book

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bulkorder/parse"
	"bulkorder/report/reporttest"
)

// bookWithComment is a person's workbook with a comment, whose parts are renamed: excelize and Excel name
// them one way, other programs have ways of their own.
func bookWithComment(t *testing.T, rename *strings.Replacer) string {
	t.Helper()
	f := excelize.NewFile()
	reporttest.Must(t, f.SetSheetRow("Sheet1", "A1", &[]any{"Service", "Link", "Quantity"}))
	reporttest.Must(t, f.SetSheetRow("Sheet1", "A2", &[]any{101, "https://a.b", 5}))
	reporttest.Must(t, f.AddComment("Sheet1", excelize.Comment{Cell: "B2", Author: "Mia", Text: "ask Ben"}))
	made := filepath.Join(t.TempDir(), "made.xlsx")
	reporttest.Must(t, f.SaveAs(made))
	reporttest.Must(t, f.Close())
	in, err := zip.OpenReader(made)
	reporttest.Must(t, err)
	defer in.Close()
	path := filepath.Join(t.TempDir(), "renamed.xlsx")
	file, err := os.Create(path)
	reporttest.Must(t, err)
	out := zip.NewWriter(file)
	for _, part := range in.File {
		r, err := part.Open()
		reporttest.Must(t, err)
		text, err := io.ReadAll(r)
		reporttest.Must(t, err)
		w, err := out.Create(strings.TrimPrefix(rename.Replace(part.Name), "/"))
		reporttest.Must(t, err)
		_, err = w.Write([]byte(rename.Replace(string(text))))
		reporttest.Must(t, err)
	}
	reporttest.Must(t, out.Close())
	reporttest.Must(t, file.Close())
	return path
}

// TestCommentsAreAddedWhereThatHarmsNothing, and a comment of the person's is never lost.
func TestCommentsAreAddedWhereThatHarmsNothing(t *testing.T) {
	for name, test := range map[string]struct {
		rename *strings.Replacer
		want   int // comments in the copy
	}{
		"as Excel names them": {strings.NewReplacer(), 2},
		"as openpyxl names them": {strings.NewReplacer("../comments1.xml", "/xl/comments/comment1.xml", "xl/comments1.xml",
			"xl/comments/comment1.xml", "../drawings/vmlDrawing1.vml", "/xl/drawings/commentsDrawing1.vml", "vmlDrawing1.vml",
			"commentsDrawing1.vml"), 1},
		"of two different numbers": {strings.NewReplacer("comments1.xml", "comments4.xml"), 1},
		"from another number on": {strings.NewReplacer("comments1.xml", "comments7.xml", "vmlDrawing1.vml",
			"vmlDrawing7.vml"), 1},
	} {
		path := bookWithComment(t, test.rename)
		s, err := parse.Open(path, parse.Options{})
		reporttest.Must(t, err)
		out := filepath.Join(t.TempDir(), "copy.xlsx")
		_, err = Marked{
			Path:     path,
			Sheet:    s,
			Rows:     1,
			Problems: []parse.Problem{{Row: 2, Column: "C", Found: "5", Wrong: "is too low"}},
		}.Write(out)
		reporttest.Must(t, err)
		reporttest.Must(t, s.Close())
		witness := newWitness(t, out)
		witness.check()
		comments := 0
		for part, n := range witness.xml {
			if all := n.all("comment"); len(all) > 0 {
				if comments += len(all); !strings.Contains(string(witness.parts[part]), "ask Ben") {
					t.Errorf("%s: comments stand in %s, apart from the person's", name, part)
				}
			}
		}
		if comments != test.want {
			t.Errorf("%s: %d comments, want %d", name, comments, test.want)
		}
		f, err := excelize.OpenFile(out)
		reporttest.Must(t, err)
		id, err := f.GetCellStyle("Sheet1", "C2")
		reporttest.Must(t, err)
		style, err := f.GetStyle(id)
		reporttest.Must(t, err)
		if rows := rowsOf(t, f, sheetProblems); len(style.Fill.Color) != 1 || len(rows) != 2 ||
			rows[1][4] != "is too low" {
			t.Errorf("%s: the cell is %v, the list %v", name, style.Fill.Color, rows)
		}
		reporttest.Must(t, f.Close())
	}
}

// TestHeldRowsAndWarningsHaveColoursOfTheirOwn: of several marks of one cell the gravest colours it.
func TestHeldRowsAndWarningsHaveColoursOfTheirOwn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.xlsx")
	f := excelize.NewFile()
	for i, row := range [][]any{{"Service", "Link", "Quantity"}, {1, "a", 5}, {1, "b", 5}, {1, "c", 5}, {1, "d", 5}} {
		reporttest.Must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	reporttest.Must(t, f.SaveAs(path))
	reporttest.Must(t, f.Close())
	for name, rows := range map[string]int{"in place": 4, "streamed": mostInPlace + 1} {
		s, err := parse.Open(path, parse.Options{})
		reporttest.Must(t, err)
		out := filepath.Join(t.TempDir(), "copy.xlsx")
		_, err = Marked{
			Path: path, Sheet: s, Rows: rows,
			Problems: []parse.Problem{
				{Row: 2, Column: "C", Found: "5", Wrong: "is too low"},
				{Row: 3, Column: "B", Found: "b", Wrong: "is of another platform", Warning: true, Asks: "platform"},
				{Row: 5, Column: "A", Found: "1", Wrong: "is odd", Warning: true},
			},
			Held: []parse.Problem{
				{Row: 4, Wrong: "duplicate of row 3", Mend: "`--allow-duplicates` sends it too"},
				{Row: 5, Wrong: "it is warned of", Mend: "`--accept-warnings` sends it"},
			},
		}.Write(out)
		reporttest.Must(t, err)
		reporttest.Must(t, s.Close())
		f, err := excelize.OpenFile(out)
		reporttest.Must(t, err)
		sheet := f.GetSheetName(0)
		for cell, want := range map[string]string{"C2": "F8B4B4", "B3": "FDE9A9", "A4": "DDD6FE", "A5": "DDD6FE"} {
			id, err := f.GetCellStyle(sheet, cell)
			reporttest.Must(t, err)
			style, err := f.GetStyle(id)
			reporttest.Must(t, err)
			if len(style.Fill.Color) != 1 || style.Fill.Color[0] != want {
				t.Errorf("%s: %s is %v, want %s", name, cell, style.Fill.Color, want)
			}
		}
		var weights []string
		for _, row := range rowsOf(t, f, sheetProblems)[1:] {
			weights = append(weights, row[6])
		}
		if got := strings.Join(weights, " "); got != "error warning held warning held" {
			t.Errorf("%s: %s", name, got)
		}
		reporttest.Must(t, f.Close())
	}
}
