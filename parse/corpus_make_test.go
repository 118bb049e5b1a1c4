package parse

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// office runs LibreOffice, which must be there where BULKORDER_TEST_SOFFICE says "required".
func office(t *testing.T, args ...string) {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil && os.Getenv("BULKORDER_TEST_SOFFICE") == "required" {
		t.Fatal("LibreOffice is missing, and this machine should have it")
	}
	if err != nil {
		t.Skip("LibreOffice is not on this machine")
	}
	args = append([]string{"-env:UserInstallation=file://" + t.TempDir(), "--headless"}, args...)
	if text, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice fails: %v\n%s", err, text)
	}
}

// saving is a format that LibreOffice saves in, and the documents that are saved so.
type saving struct {
	folder, ending string
	filter         string // as --convert-to wants it, behind the ending
	docs           []string
}

// csvFilter names delimiter, quote, encoding by LibreOffice's number, first line, then: no column formats, language,
// quote all texts (no), numbers as numbers, cells as shown or as stored.
func csvFilter(delimiter, encoding, asShown string) string {
	return `csv:Text - txt - csv (StarCalc):` + delimiter + `,34,` + encoding + `,1,,0,false,true,` + asShown
}

// savings lists the corpus's files that LibreOffice writes. Encodings: 76 UTF-8, 65535 UTF-16, 1 Windows-1252, 33
// Windows-1250, 34 Windows-1251, 4 cp850 (MS-DOS), 2 Macintosh.
func savings() []saving {
	all := slices.Sorted(maps.Keys(officeDocs()))
	plain := []string{"plain"}
	return []saving{
		{"xlsx", "xlsx", "xlsx:Calc MS Excel 2007 XML", all},
		{
			"ooxml",
			"xlsx",
			"xlsx:Calc Office Open XML",
			[]string{"plain", "dates", "formulas", "hyperlinks", "merged downwards", "lines and blanks"},
		},
		{"xlsm", "xlsm", "xlsm:Calc MS Excel 2007 VBA XML", []string{"plain", "formulas"}},
		{"xltx", "xltx", "xltx:Calc MS Excel 2007 XML Template", plain},
		{"ods", "ods", "ods:calc8", []string{"plain", "two sheets with orders"}},
		{"ots", "ots", "ots:calc8_template", plain},
		{"fods", "fods", "fods:OpenDocument Spreadsheet Flat XML", plain},
		{"xls", "xls", "xls:MS Excel 97", []string{"plain", "dates"}},
		{"xml2003", "xml", "xml:MS Excel 2003 XML", plain},
		{"html", "html", "html:HTML (StarCalc)", plain},
		{"xhtml", "xhtml", "xhtml:XHTML Calc File", plain},
		{"slk", "slk", "slk:SYLK", plain},
		{"dif", "dif", "dif:DIF", plain},
		{"pdf", "pdf", "pdf:calc_pdf_Export", plain},
		{"csv comma", "csv", csvFilter("44", "76", "false"), all},
		{
			"csv semicolon",
			"csv",
			csvFilter("59", "76", "false"),
			[]string{"plain", "dates", "numbers", "thousands as text"},
		},
		{"csv tab", "csv", csvFilter("9", "76", "false"), []string{"plain", "lines and blanks"}},
		{"csv pipe", "csv", csvFilter("124", "76", "false"), plain},
		{"csv UTF-16", "csv", csvFilter("9", "65535", "false"), []string{"plain", "russian", "lines and blanks"}},
		{"csv Windows-1252", "csv", csvFilter("59", "1", "false"), []string{"plain", "letters where nothing is sent"}},
		{"csv Windows-1250", "csv", csvFilter("59", "33", "false"), []string{"polish"}},
		{"csv Windows-1251", "csv", csvFilter("59", "34", "false"), []string{"russian"}},
		{"csv MS-DOS", "csv", csvFilter("44", "4", "false"), plain},
		{"csv Macintosh", "csv", csvFilter("44", "2", "false"), plain},
		{"csv as shown", "csv", csvFilter("44", "76", "true"), []string{"plain", "dates", "numbers", "formulas"}},
	}
}

//go:generate env BULKORDER_SHEETS=make go test -count=1 -run ^TestCorpus$ .

// makeCorpus writes the files of testdata/sheets/office, broken and excelize anew: go generate ./parse. It needs
// LibreOffice; the ones in the repository are by version 7.4. What they hold is in officeDocs, brokenBooks and
// excelizeBooks. What is expected of a new file is written by BULKORDER_SHEETS=accept.
func makeCorpus(t *testing.T) {
	t.Helper()
	t.Setenv("BULKORDER_TEST_SOFFICE", "required")
	keep(t, "broken", brokenBooks())
	keep(t, "excelize", excelizeBooks(t))
	sources := writeSources(t)
	for _, s := range savings() {
		folder := filepath.Join(corpus, "office", s.folder)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		removeAll(t, folder, "."+s.ending)
		convert(t, s, sources, folder)
		expectSomething(t, folder)
	}
}

// keep writes files into a folder of the corpus, in place of those that were there.
func keep(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	folder = filepath.Join(corpus, folder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	removeAll(t, folder, ".xlsx")
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name+".xlsx"), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	expectSomething(t, folder)
}

// expectSomething makes a folder part of the corpus.
func expectSomething(t *testing.T, folder string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(folder, "expected.txtar"), os.O_CREATE, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
}

// writeSources writes the documents as flat XML.
func writeSources(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, doc := range officeDocs() {
		if err := os.WriteFile(filepath.Join(folder, name+".fods"), []byte(doc.fods()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// convert lets LibreOffice save the documents in one format.
func convert(t *testing.T, s saving, sources, folder string) {
	t.Helper()
	args := []string{"--convert-to", s.filter, "--outdir", folder}
	for _, name := range s.docs {
		args = append(args, filepath.Join(sources, name+".fods"))
	}
	office(t, args...)
	for _, name := range s.docs {
		if _, err := os.Stat(filepath.Join(folder, name+"."+s.ending)); err != nil {
			t.Errorf("%s: %v", s.folder, err)
		}
	}
}

func removeAll(t *testing.T, folder, ending string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ending) {
			if err := os.Remove(filepath.Join(folder, e.Name())); err != nil {
				t.Fatal(err)
			}
		}
	}
}
