package parse

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// brokenBooks are workbooks that no program should have written, or that were damaged on their way; and some that look
// odd and are whole.
func brokenBooks() map[string]string {
	good := line(1, "Service", "Link", "Quantity") + line(2, "1", "a", "5")
	sheet := func(xml string) handMade { return handMade{more: map[string]string{"xl/worksheets/sheet1.xml": xml}} }
	list := map[string]handMade{
		"whole": {rows: good},
		"a DTD": sheet(`<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData>` + good + `</sheetData></worksheet>`),
		"a DTD in the list of sheets": {
			rows: good,
			more: map[string]string{"xl/workbook.xml": `<!DOCTYPE x><workbook/>`},
		},
		"a DTD in the texts": {
			rows:   good,
			shared: []string{"<t/>"},
			more:   map[string]string{"xl/sharedStrings.xml": `<!DOCTYPE x [<!ENTITY a "b">]><sst/>`},
		},
		"an entity that is not known": {rows: good + line(3, "1", "&evil;")},
		"a cell twice":                {rows: good + `<row r="3"><c r="A3"><v>1</v></c><c r="A3"><v>2</v></c></row>`},
		"a cell of another row":       {rows: good + `<row r="3"><c r="A4"><v>1</v></c></row>`},
		"cells out of order":          {rows: good + `<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>2</v></c></row>`},
		"a cell beyond XFD":           {rows: good + `<row r="3"><c r="XFE3"><v>1</v></c></row>`},
		"a row twice":                 {rows: good + `<row r="2"><c r="A2"><v>1</v></c></row>`},
		"rows out of order":           {rows: line(3, "1", "a") + good},
		"a row beyond the last":       {rows: good + `<row r="1048577"/>`},
		"a type that is not known":    {rows: good + `<row r="3"><c r="A3" t="zz"><v>1</v></c></row>`},
		"a shared text that is not":   {rows: good + `<row r="3"><c r="A3" t="s"><v>7</v></c></row>`},
		"cut in the rows":             sheet(`<worksheet><sheetData>` + good),
		"cut behind the rows":         sheet(`<worksheet><sheetData>` + good + `</sheetData>`),
		"cut in a tag":                sheet(`<worksheet><sheetData>` + good + `</sheetDa`),
		"rows twice":                  sheet(`<worksheet><sheetData>` + good + `</sheetData><sheetData/></worksheet>`),
		"ends that cross":             sheet(`<worksheet><sheetData>` + good + `</worksheet></sheetData>`),
		"in UTF-16":                   sheet("\xff\xfe<\x00w\x00"),
		"another root":                sheet(`<chart/>`),
		"deep":                        {rows: good, tail: strings.Repeat("<a>", 100) + strings.Repeat("</a>", 100)},
		"a hyperlink to nothing":      {rows: good, tail: `<hyperlinks><hyperlink ref="B2" r:id="rId7"/></hyperlinks>`},
		"a merge of no cells":         {rows: good, tail: `<mergeCells><mergeCell ref="B2:A1"/></mergeCells>`},
		"merges that overlap": {
			rows: good + line(3, "1", "a"),
			tail: `<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="A2:B3"/></mergeCells>`,
		},
		"no part of the sheet": {
			rows: good,
			more: map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships/>`},
		},
		"one part for two sheets": {
			rows:   good,
			sheets: []string{"May", "June"},
			more: map[string]string{
				"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="worksheet" ` +
					`Target="worksheets/sheet1.xml"/>` +
					`<Relationship Id="rId2" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
			},
		},
		"a formula without a value": {rows: good + line(3, "1", "a", "<c><f>5*2</f></c>")},
		"a dimension that lies":     {rows: good, before: `<dimension ref="A1:XFD1048576"/>`},
		"a link outside the file": {
			rows: good,
			more: map[string]string{
				"xl/externalLinks/externalLink1.xml": `<externalLink/>`,
				"xl/externalLinks/_rels/externalLink1.xml.rels": `<Relationships><Relationship Id="rId1" ` +
					`Type="externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/></Relationships>`,
			},
		},
		"names with dots": {rows: good, more: map[string]string{"../../evil.txt": "x"}},
	}
	files := map[string]string{}
	for name, b := range list {
		files[name] = b.zip()
	}
	whole := files["whole"]
	files["cut in half"] = whole[:len(whole)/2]
	files["without its end"] = whole[:len(whole)-10]
	flipped := []byte(whole)
	flipped[bytes.Index(flipped, []byte("xl/worksheets/sheet1.xml"))+40] ^= 0x10
	files["a byte flipped"] = string(flipped)
	parts := handMade{rows: good}.parts()
	parts["XL/workbook.xml"] = parts["xl/workbook.xml"]
	files["a part twice"] = zipped(parts, "xl/workbook.xml", "XL/workbook.xml")
	files["a zip in a zip"] = zipped(map[string]string{"orders.xlsx": whole}, "orders.xlsx")
	files["a binary workbook"] = zipped(map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"},
		"[Content_Types].xml", "xl/workbook.bin")
	return files
}

// excelizeBooks are workbooks as excelize writes them, one of them with a password.
func excelizeBooks(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for name, fill := range map[string]func(f *excelize.File) error{
		"plain": func(*excelize.File) error { return nil },
		"protected but readable": func(f *excelize.File) error {
			return f.ProtectSheet("Orders", &excelize.SheetProtectionOptions{Password: "secret"})
		},
		"a formula over an old value": func(f *excelize.File) error { return f.SetCellFormula("Orders", "C2", "5*2") },
		"a formula never computed":    func(f *excelize.File) error { return f.SetCellFormula("Orders", "C4", "5*2") },
		"rich text": func(f *excelize.File) error {
			return f.SetCellRichText("Orders", "B2",
				[]excelize.RichTextRun{{Text: "https://x.com/"}, {Text: "bold", Font: &excelize.Font{Bold: true}}})
		},
		"a hyperlink": func(f *excelize.File) error {
			return f.SetCellHyperLink("Orders", "B2", "https://x.com/b", "External")
		},
		"a hyperlink into the workbook": func(f *excelize.File) error {
			return f.SetCellHyperLink("Orders", "B2", "Orders!A1", "Location")
		},
		"a merge":      func(f *excelize.File) error { return f.MergeCell("Orders", "A2", "A3") },
		"a hidden row": func(f *excelize.File) error { return f.SetRowVisible("Orders", 3, false) },
		"a hidden sheet beside": func(f *excelize.File) error {
			if _, err := f.NewSheet("Old"); err != nil {
				return err
			}
			if err := f.SetSheetRow("Old", "A1", &[]any{"Service", "Link"}); err != nil {
				return err
			}
			return f.SetSheetVisible("Old", false, true)
		},
		"dates from 1904": func(f *excelize.File) error {
			day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
			if err != nil {
				return err
			}
			yes := true
			if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
				return err
			}
			if err := f.SetCellValue("Orders", "E2", 46386); err != nil {
				return err
			}
			return f.SetCellStyle("Orders", "E2", "E2", day)
		},
		"a table with a filter": func(f *excelize.File) error {
			return f.AddTable("Orders", &excelize.Table{Range: "A1:E3", Name: "orders"})
		},
		"lines, blanks, letters": func(f *excelize.File) error {
			return f.SetCellStr("Orders", "D2", " one\n_x0041_\r\n\tthree 👍 ")
		},
		"a long number": func(f *excelize.File) error { return f.SetCellFloat("Orders", "B2", 17841400000000001, -1, 64) },
		"a comment": func(f *excelize.File) error {
			return f.AddComment("Orders", excelize.Comment{Cell: "B2", Author: "Ann", Text: "look"})
		},
	} {
		files[name] = excelizeBook(t, fill)
	}
	files["with a password"] = excelizeBook(t, func(*excelize.File) error { return nil },
		excelize.Options{Password: "secret"})
	return files
}

func excelizeBook(t *testing.T, fill func(f *excelize.File) error, o ...excelize.Options) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	err := f.SetSheetName("Sheet1", "Orders")
	for i, row := range [][]any{{"Service", "Link", "Quantity", "Comments", "Expiry"},
		{102, "https://x.com/a", 1000, "good", "31/12/2030"}, {103, "https://x.com/b", 500}} {
		if err == nil {
			err = f.SetSheetRow("Orders", "A"+strconv.Itoa(i+1), &row)
		}
	}
	if err == nil {
		err = fill(f)
	}
	var out bytes.Buffer
	if err == nil {
		err = f.Write(&out, o...)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}
