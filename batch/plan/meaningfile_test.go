package plan

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/htmlindex"

	"bulkorder/parse"
)

// file makes the sheet's bytes, by the program that it says.
func (m meant) file(t *testing.T) []byte {
	t.Helper()
	by, how, _ := strings.Cut(m.as, ":")
	settings := strings.Fields(how)
	switch by {
	case "":
		return []byte(m.content)
	case "crlf": // as browsers save what Google exports: no line end behind the last row
		return []byte(strings.ReplaceAll(strings.TrimSuffix(m.content, "\n"), "\n", "\r\n"))
	case "excelize", "google", "numbers":
		return m.workbook(t, by, settings)
	case "inline":
		return m.inline(t)
	case "openpyxl", "xlsxwriter", "googlesheets", "numbersapp":
		return m.library(t, by, settings)
	case "office":
		return m.office(t)
	}
	charset, err := htmlindex.Get(by)
	if err != nil {
		t.Fatalf("%s: nothing writes %q", m.name, by)
	}
	text, err := charset.NewEncoder().String(m.content)
	if err != nil {
		t.Fatal(err)
	}
	if by == "utf-16le" {
		text = "\xff\xfe" + text
	}
	return []byte(text)
}

var plainNumber = regexp.MustCompile(`^[1-9][0-9]{0,14}(\.[0-9]+)?$`)

// workbook writes the table as a workbook: ~~text~~ is struck through, =formula=value a formula, 'text a text that
// looks
// like a number, and lines that begin with "=== " are further sheets.
func (m meant) workbook(t *testing.T, by string, settings []string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", m.name, err)
		}
	}
	struck, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
	check(err)
	name := "Orders"
	check(f.SetSheetName("Sheet1", name))
	for i, part := range strings.Split("\n"+m.content, "\n=== ") {
		several := strings.HasPrefix(m.content, "=== ")
		if several && i == 0 {
			continue
		}
		if several {
			var rest string
			if name, rest, _ = strings.Cut(part, "\n"); i == 1 {
				check(f.SetSheetName("Orders", name))
			}
			_, err = f.NewSheet(name)
			check(err)
			part = rest
		}
		records := csv.NewReader(strings.NewReader(blanksKept(part)))
		records.FieldsPerRecord = -1
		table, err := records.ReadAll()
		check(err)
		for r, row := range table {
			for c, text := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				check(err)
				check(setCell(f, name, at, text, struck))
			}
		}
	}
	for _, s := range settings {
		what, value, _ := strings.Cut(s, "=")
		switch what {
		case "hide":
			check(f.SetColVisible(name, value, false))
		case "hiderow":
			n, err := strconv.Atoi(value)
			check(err)
			check(f.SetRowVisible(name, n, false))
		case "strikerow":
			n, err := strconv.Atoi(value)
			check(err)
			check(f.SetRowStyle(name, n, n, struck))
		case "format":
			cell, code, _ := strings.Cut(value, ":")
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
			check(err)
			check(f.SetCellStyle(name, cell, cell, style))
		case "note":
			cell, text, _ := strings.Cut(value, ":")
			check(f.AddComment(name, excelize.Comment{Cell: cell, Author: "Ann",
				Text: "Ann:\n" + strings.ReplaceAll(text, "_", " ")}))
		case "merge":
			from, to, _ := strings.Cut(value, ":")
			check(f.MergeCell(name, from, to))
		default:
			t.Fatalf("%s: %q", m.name, s)
		}
	}
	if by == "google" { // a thousand rows, most of them empty
		check(f.SetSheetDimension(name, "A1:Z1000"))
		for r := 1; r <= 1000; r += 37 {
			check(f.SetRowHeight(name, r, 15.75))
		}
	}
	if by == "numbers" {
		_, err := f.NewSheet("Export Summary")
		check(err)
		check(f.SetSheetRow("Export Summary", "A1", &[]any{"This document was exported from Numbers."}))
		check(f.SetSheetRow("Export Summary", "A3", &[]any{"Numbers Sheet Name", "Numbers Table Name", "Link"}))
	}
	var out bytes.Buffer
	check(f.Write(&out))
	return out.Bytes()
}

// blanksKept puts something into blank lines, which encoding/csv would drop.
func blanksKept(text string) string {
	text = strings.TrimPrefix(text, "\n")
	return strings.ReplaceAll(strings.ReplaceAll(text, "\n\n", "\n\"\"\n"), "\n\n", "\n\"\"\n")
}

func setCell(f *excelize.File, sheet, at, text string, struck int) error {
	if inner, is := strings.CutPrefix(text, "~~"); is {
		text = strings.TrimSuffix(inner, "~~")
		if err := f.SetCellStyle(sheet, at, at, struck); err != nil {
			return err
		}
	}
	switch {
	case text == "":
		return nil
	case text == "TRUE" || text == "FALSE":
		return f.SetCellBool(sheet, at, text == "TRUE")
	case text[0] == '=':
		formula, value, _ := strings.Cut(text[1:], "=")
		number, err := strconv.ParseFloat(value, 64)
		if err == nil {
			err = f.SetCellFloat(sheet, at, number, -1, 64)
		}
		if err == nil {
			err = f.SetCellFormula(sheet, at, formula)
		}
		return err
	case plainNumber.MatchString(text):
		number, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return err
		}
		return f.SetCellFloat(sheet, at, number, -1, 64)
	}
	return f.SetCellStr(sheet, at, strings.TrimPrefix(text, "'"))
}

// options reads what stands behind "with".
func (m meant) options(t *testing.T) (o parse.Options, p Planner) {
	t.Helper()
	o.Today = meaningDay()
	for _, word := range strings.Fields(m.with) {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "hidden":
			o.Hidden = value
		case "all-sheets":
			o.AllSheets = true
		case "sheet":
			o.Sheet = value
		case "encoding":
			o.Encoding = value
		case "map":
			theirs, field, _ := strings.Cut(value, "=")
			if o.Map == nil {
				o.Map = map[string]string{}
			}
			o.Map[strings.ReplaceAll(theirs, "_", " ")] = field
		case "where":
			o.Where = append(o.Where, strings.ReplaceAll(value, "_", " "))
		case "thousands":
			o.Thousands = value[0]
		case "accept-k":
			o.AcceptK = true
		case "skip-marked":
			o.SkipMarked = append(o.SkipMarked, strings.ReplaceAll(value, "_", " "))
		case "skip-sections":
			o.SkipSections = true
		case "hold-notes":
			o.HoldNotes = true
		case "skip-struck":
			o.SkipStruck = true
		case "strict-links":
			p.StrictLinks = true
		default:
			t.Fatalf("%s: there is no option %s", m.name, name)
		}
	}
	return o, p
}
