package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// sheetSpec says what sheet to make. Equal specs are one file.
type sheetSpec struct {
	Rows     int
	First    int // the first link's number: sheets of other numbers order other things
	Services int // that are ordered, 1 to so many; 0: 300
	CSV      bool
}

// sheet makes a sheet, in a process of its own, and gives its path.
func (b *bench) sheet(ctx context.Context, s sheetSpec) (string, error) {
	if path, is := b.sheets[s]; is {
		return path, nil
	}
	path := filepath.Join(b.folder(), "orders.xlsx")
	if s.CSV {
		path = strings.TrimSuffix(path, "xlsx") + "csv"
	}
	text, err := json.Marshal(s)
	if err != nil {
		return "", err
	}
	if _, err := run(exec.CommandContext(ctx, b.self, "sheet", string(text), path)); err != nil {
		return "", err
	}
	b.sheets[s] = path
	return path, nil
}

// sheetMain is the process that makes a sheet: what, where.
func sheetMain(args []string) error {
	var s sheetSpec
	if err := json.Unmarshal([]byte(args[0]), &s); err != nil {
		return err
	}
	f, err := os.Create(args[1])
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if s.CSV {
		err = s.writeCSV(w)
	} else {
		err = s.writeBook(w)
	}
	if err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func columns() []string {
	return []string{
		"Client", "Campaign", "Owner", "Code", "Service", "Link", "Quantity", "Runs", "Interval", "Comments", "Posts", "Note",
	}
}

// comments are of the length that people write; one that stands twice would be warned of.
const comments = "So nice!\nWhere is it from?\nLovely light\nI want to go there\nWho made this?\nGreat work!\n" +
	"Wow\nMy favourite so far\nHow long did it take?\nSaved for later\nThis made my day\nMore of these, please\n"

// row gives the cells of a row, 7.8 of the twelve filled; numbers are told from text by what they look like.
func (s sheetSpec) row(i int) []string {
	n := s.First + i
	service := i%cmp.Or(s.Services, 300) + 1
	cells := make([]string, len(columns()))
	cells[0] = fmt.Sprintf("Client %d", n%300)
	cells[1] = fmt.Sprintf("Campaign %d", n%40)
	cells[2] = []string{"Ada", "Bela", "Cem", "Dora"}[n%4]
	cells[3] = strconv.Itoa(4000 + n%900)
	cells[4] = strconv.Itoa(service)
	cells[5] = fmt.Sprintf("https://instagram.com/p/B%09d/", n)
	cells[6] = strconv.Itoa(100 + n%50*100)
	switch {
	case commented(service):
		cells[6], cells[9] = "", comments
	case n%9 == 0 && service%5 != 1:
		cells[7], cells[8] = "3", "60"
	}
	if n%3 != 0 {
		cells[11] = fmt.Sprintf("order %d of the spring", n)
	}
	return cells
}

func (s sheetSpec) writeCSV(w io.Writer) error {
	c := csv.NewWriter(w)
	if err := c.Write(columns()); err != nil {
		return err
	}
	for i := range s.Rows {
		if err := c.Write(s.row(i)); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	main06  = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	office  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	sheets  = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// bookParts are the small parts of a workbook of one sheet, by name.
func bookParts() [][2]string {
	relationships := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	override := func(part, kind string) string {
		return `<Override PartName="/xl/` + part + `" ContentType="` + sheets + kind + `+xml"/>`
	}
	relation := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + office + "/" + kind + `" Target="` + target + `"/>`
	}
	return [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` + override("workbook.xml", "sheet.main") +
			override("worksheets/sheet1.xml", "worksheet") + override("sharedStrings.xml", "sharedStrings") + `</Types>`},
		{"_rels/.rels", relationships + relation("r1", "officeDocument", "xl/workbook.xml") + `</Relationships>`},
		{"xl/workbook.xml", `<workbook ` + main06 + ` xmlns:r="` + office + `"><sheets>` +
			`<sheet name="Orders" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relationships + relation("r1", "worksheet", "worksheets/sheet1.xml") +
			relation("r2", "sharedStrings", "sharedStrings.xml") + `</Relationships>`},
	}
}

// writeBook writes a workbook as spreadsheet programs do: text is shared, and lies in a part of its own.
func (s sheetSpec) writeBook(w io.Writer) error {
	z := zip.NewWriter(w)
	for _, part := range bookParts() {
		f, err := z.Create(part[0])
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, xmlHead+part[1]); err != nil {
			return err
		}
	}
	f, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return err
	}
	text := &shared{at: map[string]int{}}
	if err := s.writeRows(f, text); err != nil {
		return err
	}
	if f, err = z.Create("xl/sharedStrings.xml"); err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%s<sst %s count=\"%d\" uniqueCount=\"%d\">%s</sst>",
		xmlHead, main06, text.cells, len(text.at), text.list.Bytes())
	if err != nil {
		return err
	}
	return z.Close()
}

// shared are texts that cells name by number.
type shared struct {
	at    map[string]int
	list  bytes.Buffer
	cells int
}

func (t *shared) number(text string) int {
	t.cells++
	n, is := t.at[text]
	if !is {
		n = len(t.at)
		t.at[text] = n
		t.list.WriteString(`<si><t xml:space="preserve">` + text + `</t></si>`) // our own texts, nothing to escape
	}
	return n
}

func (s sheetSpec) writeRows(f io.Writer, text *shared) error {
	w := bufio.NewWriter(f)
	fmt.Fprintf(w, "%s<worksheet %s><sheetData>", xmlHead, main06)
	for r := range s.Rows + 1 {
		cells := columns()
		if r > 0 {
			cells = s.row(r - 1)
		}
		fmt.Fprintf(w, `<row r="%d">`, r+1)
		for c, cell := range cells {
			if cell == "" {
				continue
			}
			if _, err := strconv.Atoi(cell); err == nil {
				fmt.Fprintf(w, `<c r="%c%d"><v>%s</v></c>`, 'A'+c, r+1, cell)
				continue
			}
			fmt.Fprintf(w, `<c r="%c%d" t="s"><v>%d</v></c>`, 'A'+c, r+1, text.number(cell))
		}
		w.WriteString("</row>")
	}
	w.WriteString("</sheetData></worksheet>")
	return w.Flush()
}
