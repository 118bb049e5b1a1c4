package parse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// said cuts the test's folder off a message.
func (r result) said() string {
	text := r.brief()
	if at := strings.LastIndex(text, "/f.xlsx: "); at >= 0 {
		text = text[:strings.Index(text, "error ")] + "error " + text[at+1:]
	}
	return text
}

func TestWorkbooks(t *testing.T) {
	header := line(1, "Service", "Link", "Quantity", "Expiry", "Comments")
	const dates = `<numFmts><numFmt numFmtId="164" formatCode="d mmm yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf ` +
		`numFmtId="14"/><xf numFmtId="164"/></cellXfs>`
	const hidden = `<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>a</v></c></row>`
	for _, tt := range []struct {
		name    string
		book    handMade
		options Options
		want    string
	}{
		{"numbers and texts", handMade{rows: header + line(2, "<c><v>102</v></c>", "https://x.com/a", "<c><v>1E+3</v></c>")},
			Options{}, "2 service=102 link=https://x.com/a quantity=1000\n"},
		{"shared texts, rich ones and phonetic ones",
			handMade{shared: []string{"<t>Service</t>",
				"<r><t>Li</t></r><r><rPr><b/></rPr><t>nk</t></r><rPh sb=\"0\" eb=\"1\"><t>xx</t></rPh>", "<t/>",
				"<t>a&amp;b_x000D_c_x005F_x0041_</t>"},
				rows: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>` +
					`<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>3</v></c></row>`}, Options{},
			"2 service=1 link=a&b\\rc_x0041_\n"},
		{"a text number that is not there",
			handMade{shared: []string{"<t>Service</t>"}, rows: `<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>`},
			Options{}, `error f.xlsx: is a broken workbook in xl/worksheets/sheet1.xml: cell B1: there is no shared text "1"; ` +
				brokenMend},
		{"a cell of a text's type without a text is empty",
			handMade{shared: []string{"<t>Service</t>", "<t>Link</t>", "<t>a</t>"},
				rows: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c>` +
					`<c r="B2" t="s"><v>2</v></c></row><row r="3"><c r="A3"><v>1</v></c><c r="B3" s="1" t="s"/></row>` +
					`<row r="4"><c r="A4"><v>1</v></c><c r="B4" t="s"></c></row>`}, Options{},
			"2 service=1 link=a\n3 service=1\n4 service=1\n"},
		{"rows and cells without references",
			handMade{rows: `<row><c t="str"><v>Service</v></c><c t="str"><v>Link</v></c></row><row><c><v>1</v></c><c t="str">` +
				`<v>a</v></c></row><row r="9"><c><v>2</v></c><c t="str"><v>b</v></c></row>`}, Options{},
			"2 service=1 link=a\n9 service=2 link=b\n"},
		{"prefixes of names",
			handMade{more: map[string]string{
				"xl/worksheets/sheet1.xml": `<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>` +
					`Service</x:v></x:c><x:c r="B1" t="str"><x:v>Link</x:v></x:c></x:row><x:row r="2"><x:c r="A2"><x:v>1</x:v>` +
					`</x:c><x:c r="B2" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`}}, Options{},
			"2 service=1 link=a\n"},
		{"comments, CDATA, single quotes and > in attributes",
			handMade{rows: header +
				`<!-- <row r="7"> --><row r='2' x="a>b"><c r='A2'><v><![CDATA[1]]></v></c><?pi <c ?><c r="B2" t="str"><v>a&#x41;` +
				`&#10;&lt;</v></c></row>`}, Options{}, "2 service=1 link=aA\\n<\n"},
		{"dates by built-in and by own formats",
			handMade{formats: dates, rows: header + line(2, "1", "a", "", `<c s="1"><v>47848</v></c>`) + line(3, "2", "b", "",
				`<c s="2"><v>47848.5</v></c>`)}, Options{},
			"2 service=1 link=a expiry=31/12/2030\n3 service=2 link=b expiry=31/12/2030\n"},
		{"dates that count from 1904",
			handMade{props: `date1904="1"`, formats: dates, rows: header + line(2, "1", "a", "", `<c s="1"><v>46386</v></c>`)},
			Options{}, "2 service=1 link=a expiry=31/12/2030\n"},
		{"a number that is no date", handMade{formats: dates, rows: header + line(2, "1", "a", "", `<c><v>47848</v></c>`)},
			Options{}, "2 service=1 link=a\nOrders!D2 expiry: 47848 is a number without a date format; format the cell as a " +
				"date, or as Text and type it as 31/12/2030\n"},
		{"a quantity that Excel took for a date",
			handMade{formats: dates, rows: header + line(2, "1", "a", `<c s="1"><v>46024</v></c>`)}, Options{},
			"2 service=1 link=a\nOrders!C2 quantity: 02/01/2026 is a date, where none belongs: Excel may have turned a text " +
				"or a number into it; format the column as Text and type the value again\n"},
		{"ISO dates", handMade{rows: header + line(2, "1", "a", "", `<c t="d"><v>2030-12-31T00:00:00Z</v></c>`)}, Options{},
			"2 service=1 link=a expiry=31/12/2030\n"},
		{"a long id typed as a number", handMade{rows: header + line(2, "1", "<c><v>1.2345678901234501E+16</v></c>")},
			Options{}, "2 service=1\nOrders!B2 link: 1.2345678901234501E+16 was damaged by Excel, which keeps 15 digits of a " +
				"number; format the column as Text and type the value again\n"},
		{"formulas give their value", handMade{rows: header + line(2, "<c><f>100+2</f><v>102</v></c>",
			`<c t="str"><f>"a"</f><v>a</v></c>`)}, Options{}, "2 service=102 link=a\n"},
		{"a formula without a value", handMade{rows: header + line(2, "1", "a", "<c><f>5*2</f></c>")}, Options{},
			"2 service=1 link=a\nOrders!C2 quantity: is a formula that was never computed; open the file in Excel and save " +
				"it once\n"},
		{"a formula with an empty value", handMade{rows: header + line(2, "1", "a", "<c><f>5*2</f><v></v></c>")}, Options{},
			"2 service=1 link=a\nOrders!C2 quantity: is a formula that was never computed; open the file in Excel and save " +
				"it once\n"},
		{"a 0 in place of a value", handMade{more: map[string]string{"xl/workbook.xml": `<workbook ` + ns +
			`><sheets><sheet name="Orders" sheetId="1" r:id="rId1"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>`},
			rows: header + line(2, "1", "a", "<c><f>5*2</f><v>0</v></c>")}, Options{},
			"2 service=1 link=a\nOrders!C2 quantity: is a formula that was never computed; open the file in Excel and save " +
				"it once\n"},
		{"a value that isn't the formula's", handMade{rows: header + line(2, "1", "a", "<c><f>5*2</f><v>5</v></c>") +
			line(3, "1", "b", "<c><f>5*2</f><v>10</v></c>")}, Options{},
			"2 service=1 link=a\nOrders!C2 quantity: is a formula that was never computed; open the file in Excel and save " +
				"it once\n3 service=1 link=b quantity=10\n"},
		{"errors of the spreadsheet", handMade{rows: header + line(2, "1", `<c t="e"><f>x</f><v>#N/A</v></c>`)}, Options{},
			"2 service=1\nOrders!B2 link: #N/A is an error of the spreadsheet, not a value; mend the formula, or type the " +
				"value\n"},
		{"errors in a column that is not used",
			handMade{rows: line(1, "Service", "Link", "Note") + line(2, "1", "a", `<c t="e"><v>#REF!</v></c>`)}, Options{},
			"2 service=1 link=a\n"},
		{"true and false", handMade{rows: header + line(2, "1", "a", `<c t="b"><v>1</v></c>`)}, Options{},
			"2 service=1 link=a\nOrders!C2 quantity: TRUE is not a whole number; write digits alone, such as 1000\n"},
		{"a hyperlink under a label", handMade{links: []string{"https://x.com/a?b=1&amp;c=2"},
			rows: header + line(2, "1", "my page"), tail: `<hyperlinks><hyperlink ref="B2" r:id="rId1"/></hyperlinks>`},
			Options{}, "2 service=1 link=https://x.com/a?b=1&c=2\n"},
		{"a hyperlink that leads elsewhere",
			handMade{links: []string{"https://x.com/b"}, rows: header + line(2, "1", "https://x.com/a"),
				tail: `<hyperlinks><hyperlink ref="B2:B3" r:id="rId1"/></hyperlinks>`}, Options{},
			"2 service=1\nOrders!B2 link: https://x.com/a is shown, but its hyperlink leads to https://x.com/b; remove the " +
				"hyperlink, or make both the same\n"},
		{"a hyperlink into the workbook",
			handMade{rows: header + line(2, "1", "a"),
				tail: `<hyperlinks><hyperlink ref="B2" location="Orders!A1" display="a"/></hyperlinks>`}, Options{},
			"2 service=1 link=a\n"},
		{"a hyperlink by formula", handMade{rows: header + line(2, "1",
			`<c t="str"><f>HYPERLINK("https://x.com/a","page")</f><v>page</v></c>`) + line(3, "2",
			`<c><f>HYPERLINK("https://x.com/b")</f></c>`)}, Options{},
			"2 service=1 link=https://x.com/a\n3 service=2 link=https://x.com/b\n"},
		{"a merge downwards fills its rows",
			handMade{rows: header + line(2, "1", "a", "5") + line(3, "", "b", "6") + `<row r="4"/>` + line(5, "2", "c", "7"),
				tail: `<mergeCells><mergeCell ref="A2:A4"/></mergeCells>`}, Options{},
			"2 service=1 link=a quantity=5\n3 service=1 link=b quantity=6\n5 service=2 link=c quantity=7\n"},
		{"a value under a merge", handMade{rows: header + line(2, "1", "a", "5") + line(3, "9", "b", "6"),
			tail: `<mergeCells><mergeCell ref="A2:A4"/></mergeCells>`}, Options{},
			"2 service=1 link=a quantity=5\n3 link=b quantity=6\nOrders!A3 service: 9 is under the merged cell A2, which " +
				"shows another value; unmerge the cells, and give each row its own value\n"},
		{"a merged header", handMade{rows: header, tail: `<mergeCells><mergeCell ref="B1:C1"/></mergeCells>`}, Options{},
			`error f.xlsx: the header Orders!B1 "Link" is merged over the columns B to C, so which of them holds link is not ` +
				`known; unmerge the header, and name each column` + "\n"},
		{"a merged title is none of our concern",
			handMade{rows: line(1, "Title") + line(2, "Service", "Link") + line(3, "1", "a"),
				tail: `<mergeCells><mergeCell ref="A1:C1"/></mergeCells>`}, Options{}, "3 service=1 link=a\n"},
		{"hidden rows", handMade{rows: header + hidden}, Options{},
			`error f.xlsx: sheet "Orders" has hidden or filtered rows with content: 1; say --hidden include to order them ` +
				`too, --hidden skip to leave them out, or unhide them` + "\n"},
		{"hidden rows, to be read", handMade{rows: header + hidden}, Options{Hidden: "include"}, "2 service=1 link=a\n"},
		{"hidden rows, to be left out", handMade{rows: header + hidden + line(3, "2", "b")}, Options{Hidden: "skip"},
			"3 service=2 link=b\n"},
		{"hidden rows without content",
			handMade{rows: header + line(2, "1", "a") + `<row r="3" hidden="1"><c r="A3" s="0"/></row>`}, Options{},
			"2 service=1 link=a\n"},
		{"a cell right of the header's columns", handMade{rows: header + line(2, "1", "a", "", "", "", "", "seen by Ann")},
			Options{}, "2 service=1 link=a\n"},
		{"formats on many empty rows",
			handMade{rows: header + line(2, "1", "a") +
				`<row r="3" s="1"/><row r="1048576" s="1"><c r="XFD1048576" s="1"/></row>`}, Options{}, "2 service=1 link=a\n"},
		{"escapes of characters", handMade{rows: header + line(2, "1", "a", "", "", "one_x000A_two_xD83D__xDE00_")},
			Options{}, "2 service=1 link=a comments=one\\ntwo😀\n"},
		{"a sheet without rows", handMade{}, Options{},
			`error f.xlsx: sheet "Orders" has no header: orders need a row with the names of the columns, at least service ` +
				`and link (or username); add such a row above the orders` + "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.TrimSuffix(tt.want, "\n"),
				strings.TrimSuffix(read(t, "f.xlsx", tt.book.zip(), tt.options).said(), "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

const brokenMend = "get the file again, or open it in Excel, let it repair the file, look at every row and save it"

func TestBrokenWorkbooks(t *testing.T) {
	good := line(1, "Service", "Link") + line(2, "1", "a")
	sheet := func(xml string) handMade { return handMade{more: map[string]string{"xl/worksheets/sheet1.xml": xml}} }
	for _, tt := range []struct {
		name string
		book handMade
		want string
	}{
		{"a DTD", sheet(`<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData>` + good + `</sheetData></worksheet>`),
			"in xl/worksheets/sheet1.xml: it holds a document type definition (DTD), which no spreadsheet program writes"},
		{"a DTD in the list of sheets",
			handMade{rows: good, more: map[string]string{"xl/workbook.xml": `<!DOCTYPE x><workbook/>`}},
			"its part xl/workbook.xml is damaged: it holds a document type definition (DTD), " +
				"which no spreadsheet program writes"},
		{"an unknown entity", handMade{rows: good + line(3, "1", "&evil;")}, "it holds the unknown entity &evil;"},
		{"a cell twice", handMade{rows: good + `<row r="3"><c r="A3"><v>1</v></c><c r="A3"><v>2</v></c></row>`},
			`in row 3 stands a cell "A3" that does not belong there, or comes twice`},
		{"a cell of another row", handMade{rows: good + `<row r="3"><c r="A4"><v>1</v></c></row>`},
			`in row 3 stands a cell "A4" that does not belong there, or comes twice`},
		{"cells out of order", handMade{rows: good + `<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>2</v></c></row>`},
			`in row 3 stands a cell "A3" that does not belong there, or comes twice`},
		{"a cell beyond the last column", handMade{rows: good + `<row r="3"><c r="XFE3"><v>1</v></c></row>`},
			`in row 3 stands a cell "XFE3" that does not belong there, or comes twice`},
		{"a row twice", handMade{rows: good + `<row r="2"/>`}, "row 2 comes after row 2"},
		{"a row beyond the last", handMade{rows: good + `<row r="1048577"/>`}, "row 1048577 comes after row 2"},
		{"an unknown type", handMade{rows: good + `<row r="3"><c r="A3" t="zz"><v>1</v></c></row>`},
			`a cell of row 3 has the unknown type "zz"`},
		{"an attribute without quotes", handMade{rows: good + `<row r="3"><c r=A3><v>1</v></c></row>`},
			"its elements are not well-formed"},
		{"no end of the rows", sheet(`<worksheet><sheetData>` + good), "it ends in the middle"},
		{"no end of the sheet", sheet(`<worksheet><sheetData>` + good + `</sheetData>`), "it ends in the middle"},
		{"an end that fits nothing", sheet(`<worksheet><sheetData>` + good + `</worksheet>`),
			"its elements are not well-formed: </worksheet> ends nothing"},
		{"text after the end", sheet(`<worksheet><sheetData>` + good + `</sheetData></worksheet>x`),
			"it holds text outside its elements, or is not in UTF-8"},
		{"two roots", sheet(`<worksheet><sheetData>` + good + `</sheetData></worksheet><worksheet/>`),
			"its elements are not well-formed"},
		{"rows twice", sheet(`<worksheet><sheetData>` + good + `</sheetData><sheetData/></worksheet>`),
			"it has two <sheetData>"},
		{"UTF-16", sheet("\xff\xfe<\x00w\x00"), "it holds text outside its elements, or is not in UTF-8"},
		{"another root", sheet(`<chart/>`), "it begins with something else than <worksheet>"},
		{"deep nesting", handMade{rows: good, tail: strings.Repeat("<a>", 100) + strings.Repeat("</a>", 100)},
			"its elements are nested more than 64 deep"},
		{"a hyperlink without an address",
			handMade{rows: good, tail: `<hyperlinks><hyperlink ref="B2" r:id="rId7"/></hyperlinks>`},
			`it has a hyperlink "rId7" without an address`},
		{"a merge of no cells", handMade{rows: good, tail: `<mergeCells><mergeCell ref="B2:A1"/></mergeCells>`},
			`it refers to the cells "B2:A1"`},
		{"a sheet that the list names and the zip lacks",
			handMade{rows: good, more: map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships/>`}},
			`its sheet "Orders" has no part`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, "f.xlsx", tt.book.zip(), Options{})
			if _, typed := got.err.(*FileError); !typed || !strings.Contains(got.err.Error(), tt.want+"; "+brokenMend) {
				t.Errorf("got %v", got.err)
			}
		})
	}
}

func TestPartsThatComeTwice(t *testing.T) {
	parts := handMade{rows: line(1, "Service", "Link")}.parts()
	parts["XL/workbook.xml"] = parts["xl/workbook.xml"]
	got := read(t, "f.xlsx", zipped(parts, "xl/workbook.xml", "XL/workbook.xml"), Options{})
	if got.err == nil || !strings.Contains(got.err.Error(), "it has two parts named xl/workbook.xml") {
		t.Errorf("got %v", got.err)
	}
}

func TestCutWorkbooksGiveNoRows(t *testing.T) {
	var rows strings.Builder
	rows.WriteString(line(1, "Service", "Link"))
	for i := range 300 {
		rows.WriteString(line(i+2, "1", "a"+strings.Repeat(Letter(i*7919%16384), i%5)))
	}
	whole := handMade{rows: rows.String()}
	file := whole.zip()
	for at := 0; at < len(file); at += 1 + len(file)/200 {
		if got := read(t, "f.xlsx", file[:at], Options{}); got.err == nil || len(got.rows) > 0 {
			t.Fatalf("cut at %d of %d: %d rows, error %v", at, len(file), len(got.rows), got.err)
		}
	}
	xml := whole.parts()["xl/worksheets/sheet1.xml"]
	for at := 0; at < len(xml); at += 1 + len(xml)/400 {
		whole.more = map[string]string{"xl/worksheets/sheet1.xml": xml[:at]}
		if got := read(t, "f.xlsx", whole.zip(), Options{}); got.err == nil || len(got.rows) > 0 {
			t.Fatalf("sheet cut at %d of %d: %d rows, error %v", at, len(xml), len(got.rows), got.err)
		}
	}
}

func TestFlippedBytesAreNoticed(t *testing.T) {
	file := []byte(handMade{rows: line(1, "Service", "Link") + strings.Repeat("", 1) + line(2, "1",
		"https://x.com/abcdefgh")}.zip())
	want := read(t, "f.xlsx", string(file), Options{}).brief()
	path := filepath.Join(t.TempDir(), "f.xlsx")
	for at := range file {
		file[at] ^= 0x20
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := readPath(t, path, Options{}); got.err == nil && got.brief() != want {
			t.Errorf("byte %d: read as %s", at, got.brief())
		}
		file[at] ^= 0x20
	}
}

func TestSeveralSheets(t *testing.T) {
	header := line(1, "Service", "Link") + line(2, "1", "a")
	second := map[string]string{
		"xl/worksheets/sheet2.xml": `<worksheet><sheetData>` + line(1, "Service", "Link") + line(2, "2", "b") +
			`</sheetData></worksheet>`,
	}
	for _, tt := range []struct {
		name    string
		book    handMade
		options Options
		want    string
	}{
		{"one has a header", handMade{rows: header, sheets: []string{"May", "Notes"}}, Options{}, "2 service=1 link=a\n"},
		{"two have one", handMade{rows: header, sheets: []string{"May", "June"}, more: second}, Options{},
			`error f.xlsx: has several sheets with orders: "May" (1 row), "June" (1 row); say which one with --sheet "May", ` +
				"or read all of them as one with --all-sheets\n"},
		{"one is named", handMade{rows: header, sheets: []string{"May", "June"}, more: second}, Options{Sheet: "june"},
			"2 service=2 link=b\n"},
		{"none is so named", handMade{rows: header, sheets: []string{"May", "June"}, more: second}, Options{Sheet: "July"},
			`error f.xlsx: has no sheet "July"; use one of "May", "June"` + "\n"},
		{"the tool's own sheets are passed over", handMade{rows: header, sheets: []string{"To fix", "Orders"}, more: second},
			Options{}, "2 service=2 link=b\n"},
		{"but for want of another", handMade{rows: header, sheets: []string{"To fix", "Summary"}}, Options{},
			"2 service=1 link=a\n"},
		{"a hidden one is not looked at",
			handMade{rows: header, sheets: []string{"May", "June"}, more: second, state: "veryHidden"}, Options{},
			"2 service=2 link=b\n"},
		{"unless it is named", handMade{rows: header, sheets: []string{"May", "June"}, more: second, state: "hidden"},
			Options{Sheet: "May"}, "2 service=1 link=a\n"},
		{"all are hidden", handMade{rows: header, state: "hidden"}, Options{},
			"error f.xlsx: has no sheet that can be seen; unhide the sheet with the orders, or name it with --sheet\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, read(t, "f.xlsx", tt.book.zip(), tt.options).said()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNotesOfAWorkbook(t *testing.T) {
	b := handMade{
		rows: line(1, "Service", "Link") + line(2, "1", "a", "", "seen") +
			`<row r="3" hidden="1"><c r="A3"><v>1</v></c></row>`,
	}
	got := read(t, "f.xlsx", b.zip(), Options{Hidden: "skip"}).sheet.Notes
	want := []string{"hidden rows skipped, as --hidden says: 1",
		"cells that stand in no column of the header are not read, the first is Orders!D2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPartsThatBlowUp(t *testing.T) {
	b := handMade{
		rows: line(1, "Service", "Link") + line(2, "1", "a"),
		more: map[string]string{"xl/media/image1.bmp": strings.Repeat("\x00", 64<<20+1)},
	}
	got := read(t, "f.xlsx", b.zip(), Options{})
	if got.err == nil ||
		!strings.Contains(got.err.Error(), "its part xl/media/image1.bmp unpacks to more than 500 times its size") {
		t.Errorf("got %v", got.err)
	}
}

// Programs that write each text where it stands, and not once for all, make such files of sound sheets.
func TestTextsThatComeTooOften(t *testing.T) {
	comment := strings.Repeat("nice picture, ", 2000)
	var rows strings.Builder
	rows.WriteString(line(1, "Service", "Link", "Comments"))
	for i := range 2500 {
		rows.WriteString(line(i+2, "1", "a", comment))
	}
	got := read(t, "f.xlsx", handMade{rows: rows.String()}.zip(), Options{}).said()
	want := "error f.xlsx: unpacks to more than 100 times its size: it is a trap, or the same long texts stand in it " +
		"very many times; open it in Excel or LibreOffice and save it again: they keep a text that comes often only once\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A long cell in a column that is not used spoils nothing, but the results cannot hold it.
func TestLongRemarkIsAWarning(t *testing.T) {
	got := read(t, "f.csv", "service,link,client\n1,a,"+strings.Repeat("x", cellLimit+1)+"\n", Options{})
	if len(got.rows) != 1 || len(got.rows[0].Problems) != 1 || !got.rows[0].Problems[0].Warning {
		t.Errorf("got %.300s", got.brief())
	}
}

// TestValuesThatAreToBeReckonedAnew: a person is told of those that orders are made of, where the workbook says so.
func TestValuesThatAreToBeReckonedAnew(t *testing.T) {
	rows := line(1, "Service", "Link", "Quantity") + line(2, "1", "a", "<c><f>C3*2</f><v>10</v></c>") +
		line(3, "1", "b", "5")
	anew := map[string]string{"xl/workbook.xml": `<workbook ` + ns + `><sheets><sheet name="Orders" sheetId="1" ` +
		`r:id="rId1"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>`}
	for want, book := range map[string]handMade{
		"": {rows: rows},
		"rows with values of formulas that the workbook says are to be reckoned anew, and may be old: 2; to be sure, " +
			"open it in Excel and save it once": {rows: rows, more: anew},
	} {
		got := read(t, "f.xlsx", book.zip(), Options{})
		if len(got.rows) != 2 || strings.Join(got.sheet.Notes, "; ") != want {
			t.Errorf("%d rows, %q", len(got.rows), got.sheet.Notes)
		}
	}
}
