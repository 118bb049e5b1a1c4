package book

import (
	"archive/zip"
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
