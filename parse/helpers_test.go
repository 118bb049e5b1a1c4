package parse

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// write puts a file into a folder of the test's own.
func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// result is all that reading a file gives.
type result struct {
	sheet *Sheet
	rows  []Row
	err   error // of Open, or the last of Rows
}

func read(t testing.TB, name, content string, o Options) result {
	t.Helper()
	return readPath(t, write(t, name, content), o)
}

func readPath(t testing.TB, path string, o Options) result {
	t.Helper()
	s, err := Open(path, o)
	if err != nil {
		return result{err: err}
	}
	defer s.Close()
	r := result{sheet: s}
	for row, err := range s.Rows() {
		if err != nil {
			r.err = err
			break
		}
		row.Table = nil // rows are compared by what stands in them
		r.rows = append(r.rows, row)
	}
	return r
}

// brief writes a result as a test's table does: a line a row with number and the filled fields, a line a problem.
func (r result) brief() string {
	var b strings.Builder
	for _, row := range r.rows {
		fmt.Fprintf(&b, "%d", row.Number)
		for _, name := range Names() {
			if v := row.Fields.Get(name); v != "" {
				fmt.Fprintf(&b, " %s=%s", name, Escape(v))
			}
		}
		b.WriteByte('\n')
		for _, p := range row.Problems {
			b.WriteString(p.Error() + "\n")
		}
	}
	if r.err != nil {
		b.WriteString("error " + r.err.Error() + "\n")
	}
	return b.String()
}

// handMade is a workbook written by hand, part by part.
type handMade struct {
	rows    string            // inside <sheetData>
	before  string            // before <sheetData>
	tail    string            // after </sheetData>
	shared  []string          // shared strings, as XML inside <si>
	formats string            // <numFmts> and <cellXfs>
	links   []string          // addresses, rId1 …
	props   string            // attributes of workbookPr
	more    map[string]string // further parts, or other contents of the usual ones
	sheets  []string          // names; the first is the one with rows; default: Orders
	state   string            // of the first sheet
	stored  bool              // not compressed, which is faster
}

const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

func (b handMade) parts() map[string]string {
	const rel = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	const rels = `<?xml version="1.0"?><Relationships ` +
		`xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	if b.sheets == nil {
		b.sheets = []string{"Orders"}
	}
	p := map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types ` +
			`xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels": rels + `<Relationship Id="rId1" Type="` + rel +
			`officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	}
	list, wrels := "", rels
	for i, name := range b.sheets {
		state := ""
		if i == 0 && b.state != "" {
			state = ` state="` + b.state + `"`
		}
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="rId%d"%s/>`, name, i+1, i+1, state)
		wrels += fmt.Sprintf(`<Relationship Id="rId%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, i+1, rel, i+1)
		if i > 0 {
			p[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = `<worksheet ` + ns + `><sheetData/></worksheet>`
		}
	}
	p["xl/worksheets/sheet1.xml"] = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<worksheet ` + ns + `>` + b.before +
		`<sheetData>` + b.rows + `</sheetData>` + b.tail + `</worksheet>`
	if b.links != nil {
		text := rels
		for i, l := range b.links {
			text += fmt.Sprintf(`<Relationship Id="rId%d" Type="%shyperlink" Target="%s" TargetMode="External"/>`, i+1, rel, l)
		}
		p["xl/worksheets/_rels/sheet1.xml.rels"] = text + `</Relationships>`
	}
	if b.shared != nil {
		p["xl/sharedStrings.xml"] = `<sst ` + ns + `><si>` + strings.Join(b.shared, `</si><si>`) + `</si></sst>`
		wrels += `<Relationship Id="rId100" Type="` + rel + `sharedStrings" Target="/xl/sharedStrings.xml"/>`
	}
	if b.formats != "" {
		p["xl/styles.xml"] = `<styleSheet ` + ns + `>` + b.formats + `</styleSheet>`
		wrels += `<Relationship Id="rId101" Type="` + rel + `styles" Target="styles.xml"/>`
	}
	p["xl/workbook.xml"] = `<workbook ` + ns + `><workbookPr ` + b.props + `/><sheets>` + list + `</sheets></workbook>`
	p["xl/_rels/workbook.xml.rels"] = wrels + `</Relationships>`
	for name, content := range b.more {
		p[name] = content
	}
	return p
}

func (b handMade) zip() string {
	parts := b.parts()
	method := uint16(zip.Deflate)
	if b.stored {
		method = zip.Store
	}
	return zippedBy(method, parts, slices.Sorted(maps.Keys(parts))...)
}

func zipped(parts map[string]string, names ...string) string {
	return zippedBy(zip.Deflate, parts, names...)
}

func zippedBy(method uint16, parts map[string]string, names ...string) string {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			panic(err)
		}
		if _, err := w.Write([]byte(parts[name])); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.String()
}

// line writes a <row> of inline texts; a cell that begins with < is XML already.
func line(number int, cells ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, number)
	for i, c := range cells {
		switch {
		case strings.HasPrefix(c, "<"):
			b.WriteString(strings.Replace(c, "<c", fmt.Sprintf(`<c r="%s%d"`, Letter(i), number), 1))
		case c != "":
			fmt.Fprintf(&b, `<c r="%s%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, Letter(i), number, c)
		}
	}
	b.WriteString("</row>")
	return b.String()
}
