package plan

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/parse"
)

// inline writes the table as libraries do that stream: each text in its cell, no styles, no shared texts.
func (m meant) inline(t *testing.T) []byte {
	t.Helper()
	records := csv.NewReader(strings.NewReader(blanksKept(m.content)))
	records.FieldsPerRecord = -1
	table, err := records.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", m.name, err)
	}
	var rows strings.Builder
	for r, row := range table {
		fmt.Fprintf(&rows, `<row r="%d">`, r+1)
		for c, text := range row {
			at := fmt.Sprintf("%s%d", parse.Letter(c), r+1)
			switch {
			case text == "":
			case plainNumber.MatchString(text):
				fmt.Fprintf(&rows, `<c r="%s"><v>%s</v></c>`, at, text)
			default:
				fmt.Fprintf(&rows, `<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at,
					html.EscapeString(text))
			}
		}
		rows.WriteString("</row>")
	}
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	const parcel = `http://schemas.openxmlformats.org/package/2006/relationships`
	const kind = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	return zipOf(t, [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"_rels/.rels", `<Relationships xmlns="` + parcel + `"><Relationship Id="rId1" Type="` + kind +
			`officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + main + `><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + parcel + `"><Relationship Id="rId1" Type="` + kind +
			`worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet ` + main + `><sheetData>` + rows.String() + `</sheetData></worksheet>`},
	})
}

func zipOf(t *testing.T, parts [][2]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range parts {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// officeFile is where a sheet is kept that LibreOffice has saved.
func (m meant) officeFile() string {
	return filepath.Join(meanings, "office", strings.ReplaceAll(m.name, ",", "")+".xlsx")
}

// office gives the file that LibreOffice made of the sheet. [makeOfficeSheets] makes it anew.
func (m meant) office(t *testing.T) []byte {
	t.Helper()
	content, err := os.ReadFile(m.officeFile())
	if err != nil {
		t.Fatal(err)
	}
	return content
}

//go:generate env BULKORDER_SHEETS=make go test -count=1 -run ^TestWhatSheetsMean$ .

// makeOfficeSheets lets LibreOffice save the sheets that it is named for, all in one go: go generate ./batch/plan. The
// ones in the repository are by version 7.4.
func makeOfficeSheets(t *testing.T) {
	t.Helper()
	archives, err := filepath.Glob(filepath.Join(meanings, "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	args := []string{
		"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
		"--outdir", filepath.Join(meanings, "office"),
	}
	for _, path := range archives {
		for _, m := range readMeanings(t, path) {
			by, how, _ := strings.Cut(m.as, ":")
			if by != "office" {
				continue
			}
			source := filepath.Join(dir, filepath.Base(m.officeFile()))
			if err := os.WriteFile(source, m.workbook(t, "excelize", strings.Fields(how)), 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, source)
		}
	}
	if text, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice fails: %v\n%s", err, text)
	}
}
