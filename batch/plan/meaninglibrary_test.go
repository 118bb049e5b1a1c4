package plan

import (
	"encoding/csv"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bulkorder/parse"
)

// library writes workbooks as a program does that isn't Excel: which parts there are, how they name each other, and
// how a cell is written.
type library struct {
	by       string // openpyxl, xlsxwriter, googlesheets, numbersapp
	settings []string
	texts    []string // shared, in their order
}

func (l *library) has(setting string) bool { return slices.Contains(l.settings, setting) }

// worksheets are the tables of a sheet of the corpus, by name.
func (m meant) worksheets(t *testing.T) (names []string, tables [][][]string) {
	t.Helper()
	for i, part := range strings.Split("\n"+m.content, "\n=== ") {
		name, rest := "Sheet", part
		if strings.HasPrefix(m.content, "=== ") {
			if i == 0 {
				continue
			}
			name, rest, _ = strings.Cut(part, "\n")
		}
		records := csv.NewReader(strings.NewReader(blanksKept(rest)))
		records.FieldsPerRecord = -1
		table, err := records.ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", m.name, err)
		}
		names, tables = append(names, name), append(tables, table)
	}
	return names, tables
}

const (
	mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relSpace  = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	parcel    = `http://schemas.openxmlformats.org/package/2006/relationships`
	kindOf    = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
)

// library writes the table as the program does that the corpus names.
func (m meant) library(t *testing.T, by string, settings []string) []byte {
	t.Helper()
	l := &library{by: by, settings: settings}
	names, tables := m.worksheets(t)
	if l.has("summary") {
		names = append([]string{"Export Summary"}, names...)
		about := [][]string{{"This document was exported from Numbers.  Each table was converted to an Excel worksheet."},
			{""}, {"Numbers Sheet Name", "Numbers Table Name", "Excel Worksheet Name"}, {"Sheet 1", "Table 1", names[1]}}
		tables = append([][][]string{about}, tables...)
	}
	absolute, first := "", "rId"
	if by == "openpyxl" {
		absolute = "/xl/" // targets from the root of the package
	}
	if by == "googlesheets" {
		first = "rId9" // numbers that don't begin with 1
	}
	var sheets, rels strings.Builder
	parts := [][2]string{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + parcel + `"><Relationship Id="rId1" Type="` + kindOf +
			`officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	}
	for i, table := range tables {
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" state="visible" r:id="%s%d"/>`, html.EscapeString(names[i]),
			i+1, first, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="%s%d" Type="%sworksheet" Target="%sworksheets/sheet%d.xml"/>`, first, i+1,
			kindOf, absolute, i+1)
		parts = append(parts, [2]string{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), l.worksheet(t, table)})
	}
	for _, part := range []string{"styles", "sharedStrings"} {
		fmt.Fprintf(&rels, `<Relationship Id="%s%s" Type="%s%s" Target="%s%s.xml"/>`, first, part, kindOf, part, absolute,
			part)
	}
	book, calc := `<workbookPr/>`, `<calcPr calcId="124519" fullCalcOnLoad="1"/>`
	if l.has("1904") {
		book = `<workbookPr date1904="1" defaultThemeVersion="124226"/>`
	}
	if by == "googlesheets" || by == "numbersapp" {
		calc = ""
	}
	return zipOf(t, append(parts,
		[2]string{"xl/workbook.xml", xmlHead + `<workbook ` + mainSpace + ` ` + relSpace + `>` + book + `<sheets>` +
			sheets.String() + `</sheets><definedNames/>` + calc + `</workbook>`},
		[2]string{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="` + parcel + `">` + rels.String() +
			`</Relationships>`},
		[2]string{"xl/styles.xml", xmlHead + `<styleSheet ` + mainSpace + `><numFmts count="1"><numFmt numFmtId="164" ` +
			`formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="1"><font><sz val="11"/></font></fonts><cellXfs count="2">` +
			`<xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`},
		[2]string{"xl/sharedStrings.xml", l.sharedStrings()}))
}

// worksheet writes a table with what the program writes around it.
func (l *library) worksheet(t *testing.T, table [][]string) string {
	t.Helper()
	var b strings.Builder
	switch l.by {
	case "openpyxl":
		b.WriteString(`<worksheet ` + mainSpace + `><sheetPr><outlinePr summaryBelow="1" summaryRight="1"/><pageSetUpPr/>` +
			`</sheetPr><dimension ref="A1:Z9"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>` +
			`<sheetFormatPr baseColWidth="8" defaultRowHeight="15"/>`)
	case "googlesheets": // no dimension
		b.WriteString(xmlHead + `<worksheet ` + mainSpace + ` ` + relSpace +
			` xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main"` +
			` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><sheetPr>` +
			`<outlinePr summaryBelow="0" summaryRight="0"/></sheetPr><sheetViews><sheetView workbookViewId="0"/></sheetViews>` +
			`<sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/>`)
	default:
		b.WriteString(xmlHead + `<worksheet ` + mainSpace + ` ` + relSpace + `><dimension ref="A1:Z9"/>`)
	}
	b.WriteString("<sheetData>")
	for r, row := range table {
		fmt.Fprintf(&b, `<row r="%d" spans="1:%d">`, r+1, len(row))
		for c, text := range row {
			b.WriteString(l.cell(t, fmt.Sprintf("%s%d", parse.Letter(c), r+1), text))
		}
		b.WriteString("</row>")
	}
	if l.by == "googlesheets" {
		for r := len(table) + 1; r <= 1000; r++ {
			fmt.Fprintf(&b, `<row r="%d" ht="15.75" customHeight="1"/>`, r)
		}
	}
	b.WriteString(`</sheetData>`)
	if l.by == "openpyxl" {
		b.WriteString(`<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>`)
	}
	b.WriteString("</worksheet>")
	return b.String()
}

// cell writes one cell: =formula=value is a formula, @48944 a day, {a|b} a text in two fonts.
func (l *library) cell(t *testing.T, at, text string) string {
	t.Helper()
	number := map[string]string{"openpyxl": ` t="n"`}[l.by]
	switch {
	case text == "" && (l.has("styled") || l.by == "googlesheets"):
		return fmt.Sprintf(`<c r="%s" s="0"/>`, at)
	case text == "":
		return ""
	case text == "TRUE" || text == "FALSE":
		return fmt.Sprintf(`<c r="%s" t="b"><v>%d</v></c>`, at, map[bool]int{true: 1}[text == "TRUE"])
	case text[0] == '@':
		days, err := strconv.Atoi(text[1:])
		if err != nil {
			break // a name
		}
		if l.has("isodates") {
			day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
			return fmt.Sprintf(`<c r="%s" s="1" t="d"><v>%s</v></c>`, at, day.Format("2006-01-02T15:04:05"))
		}
		return fmt.Sprintf(`<c r="%s" s="1"%s><v>%d</v></c>`, at, number, days)
	case text[0] == '=':
		return l.formula(at, text[1:])
	case plainNumber.MatchString(text) || strings.HasSuffix(text, ".0"):
		if l.by == "googlesheets" && !strings.Contains(text, ".") {
			text += ".0"
		}
		return fmt.Sprintf(`<c r="%s"%s><v>%s</v></c>`, at, number, text)
	}
	if l.has("inline") {
		return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, html.EscapeString(text))
	}
	l.texts = append(l.texts, text)
	return fmt.Sprintf(`<c r="%s" t="s"><v>%d</v></c>`, at, len(l.texts)-1)
}

// formula writes a formula and the value that the program has of it: openpyxl computes none.
func (l *library) formula(at, text string) string {
	end := strings.LastIndexByte(text, '=')
	if end < 0 || l.by == "openpyxl" {
		return fmt.Sprintf(`<c r="%s"><f>%s</f><v/></c>`, at, html.EscapeString(text))
	}
	kind, value := ` t="str"`, text[end+1:]
	if _, err := strconv.ParseFloat(value, 64); err == nil {
		kind = ""
	}
	return fmt.Sprintf(`<c r="%s"%s><f>%s</f><v>%s</v></c>`, at, kind, html.EscapeString(text[:end]),
		html.EscapeString(value))
}

// sharedStrings writes the texts of all worksheets. Numbers keeps the fonts of each, with an empty phonetic part.
func (l *library) sharedStrings() string {
	var b strings.Builder
	fmt.Fprintf(&b, xmlHead+`<sst %s count="%d" uniqueCount="%d">`, mainSpace, len(l.texts), len(l.texts))
	for _, text := range l.texts {
		first, second, rich := strings.Cut(strings.Trim(text, "{}"), "|")
		const run = `<r><rPr><b val="1"/><sz val="10"/><rFont val="Helvetica Neue"/></rPr><t>%s</t></r>`
		switch {
		case rich && strings.HasPrefix(text, "{"):
			fmt.Fprintf(&b, `<si>`+run+run+`<phoneticPr fontId="0"/></si>`, html.EscapeString(first), html.EscapeString(second))
		default:
			fmt.Fprintf(&b, `<si><t xml:space="preserve">%s</t></si>`, html.EscapeString(text))
		}
	}
	b.WriteString(`</sst>`)
	return b.String()
}
