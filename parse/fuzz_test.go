package parse

import (
	"strings"
	"testing"
)

// checkWhatAlwaysHolds checks what must hold whatever the file is: rows are numbered upwards, each has a cell a column,
// messages have no control characters.
func checkWhatAlwaysHolds(t *testing.T, name, content string) {
	remembered := func(fingerprint string) map[string]string {
		return map[string]string{"note": "link", fingerprint: "mood"}
	}
	got := read(t, name, content, Options{Hidden: "include", Extra: []string{"mood"}, Remembered: remembered})
	if got.err != nil && strings.ContainsFunc(got.err.Error(), hidden) {
		t.Errorf("a message with control characters: %q", got.err)
	}
	last := 0
	for _, row := range got.rows {
		if row.Number <= last {
			t.Fatalf("row %d after row %d", row.Number, last)
		}
		last = row.Number
		if len(row.Cells) > len(got.sheet.Columns) { // a further table may bring more columns
			t.Fatalf("row %d has %d cells for %d columns", row.Number, len(row.Cells), len(got.sheet.Columns))
		}
		for _, p := range row.Problems {
			if p.Row != row.Number || p.Rule == "" || p.Wrong == "" || p.Mend == "" ||
				strings.ContainsFunc(p.Error(), hidden) {
				t.Fatalf("row %d has the problem %+v", row.Number, p)
			}
		}
		if len(row.Problems) == 0 && strings.Trim(row.Fields.Quantity, "0123456789") != "" {
			t.Fatalf("row %d has the quantity %q", row.Number, row.Fields.Quantity)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("service,link,quantity\n102,https://x.com/a,1 000\n,,\n\"1\",\"a\"\"b\n\",1.000\n")
	f.Add("service,link,quantity\n1,a,5\nDrip\nurl,id,runs,interval,qty,\nb,1,2,60,\"1,000\",\nService,Link\n1,c\n")
	f.Add("sep=;\r\nService;URL;Qty;mood;expiry;comments\r\n1;a;1,5;x;03/04/30;\"a\rb\"\r\n")
	for _, path := range archives(f) {
		for _, c := range readArchive(f, path) {
			if content := c.bytes(f); c.path == "" && len(content) < 1000 {
				f.Add(content)
			}
		}
	}
	f.Add("\xff\xfes\x00i\x00d\x00,\x00u\x00r\x00l\x00\n\x001\x00,\x00a\x00")
	f.Fuzz(func(t *testing.T, content string) { checkWhatAlwaysHolds(t, "f.csv", content) })
}

func FuzzMassOrder(f *testing.F) {
	f.Add("1 | https://x.com/a | 100\n\n2|https://x.com/b|50\n")
	f.Add("1|100|a\r2|b|1,000\r\r3|c")
	f.Fuzz(func(t *testing.T, content string) { checkWhatAlwaysHolds(t, "f.txt", content) })
}

// FuzzXLSX changes the worksheet's XML, its tail and the shared strings: bytes of the zip itself would hardly ever get
// past the checksums.
func FuzzXLSX(f *testing.F) {
	f.Add(line(1, "Service", "Link", "Quantity")+line(2, "1", "a", "<c><v>1E+3</v></c>"),
		`<mergeCells><mergeCell ref="A2:A4"/></mergeCells>`, "<t>a</t>", "d/m/yyyy")
	f.Add(
		`<row><c t="s"><v>0</v></c><c t="str"><f>HYPERLINK("https://x.com/a","b")</f><v>Link</v></c></row><row r="9" `+
			`hidden="1"><c s="1"><v>47848.5</v></c></row>`,
		`<hyperlinks><hyperlink ref="B2" r:id="rId1"/></hyperlinks>`,
		"<r><t>Service</t></r><rPh><t>x</t></rPh>",
		`[h]:mm;"x"`,
	)
	f.Fuzz(func(t *testing.T, rows, tail, shared, format string) {
		b := handMade{rows: rows, tail: tail, shared: []string{shared}, links: []string{"https://x.com/b"}, stored: true}
		b.formats = `<numFmts><numFmt numFmtId="164" formatCode="` + format +
			`"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>`
		checkWhatAlwaysHolds(t, "f.xlsx", b.zip())
	})
}
