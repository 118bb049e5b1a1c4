package book

import (
	"archive/zip"
	"bytes"
	"errors"
	"testing"
)

// FuzzRows changes the XML of a worksheet, of the styles and of the shared texts: whatever stands there, rows come in
// their order, and what is wrong is told as a fault.
func FuzzRows(f *testing.F) {
	f.Add(`<sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c><f>HYPERLINK("a","b")</f></c></row></sheetData>`,
		`<cellXfs><xf numFmtId="14"/></cellXfs>`, `<si><t>text</t></si>`)
	f.Add(`<sheetData><row hidden="1"><c s="0"><v>47848.5</v></c></row></sheetData><mergeCell ref="A1:B4"/>`,
		`<numFmts><numFmt numFmtId="164" formatCode="d/m"/></numFmts>`, `<si><r><t>a</t></r><rPh><t>b</t></rPh></si>`)
	f.Fuzz(func(t *testing.T, sheet, styles, texts string) {
		file := zipped(t, map[string]string{
			"xl/workbook.xml": `<workbook><sheets><sheet name="Orders" r:id="a"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="a" Type="x/worksheet" Target="sheet.xml"/>` +
				`<Relationship Id="b" Type="x/styles" Target="styles.xml"/>` +
				`<Relationship Id="c" Type="x/sharedStrings" Target="texts.xml"/></Relationships>`,
			"xl/sheet.xml":  `<worksheet>` + sheet + `</worksheet>`,
			"xl/styles.xml": `<styleSheet>` + styles + `</styleSheet>`,
			"xl/texts.xml":  `<sst>` + texts + `</sst>`,
		})
		w, err := Open(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			told(t, err)
			return
		}
		layout, err := w.Sheets[0].Layout(1)
		if err != nil {
			told(t, err)
		}
		last := 0
		for row, err := range w.Sheets[0].Rows(Reading{Layout: layout, Header: 1, Width: 8}) {
			if err != nil {
				told(t, err)
				return
			}
			if row.Number <= last || len(row.Cells) > 8 {
				t.Fatalf("row %d with %d cells after row %d", row.Number, len(row.Cells), last)
			}
			last = row.Number
		}
	})
}

func told(t *testing.T, err error) {
	var fault *Fault
	if !errors.As(err, &fault) || fault.Wrong == "" || fault.Mend == "" {
		t.Fatalf("%v is no fault that a person is told", err)
	}
}

func zipped(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
