package parse

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

func TestProblemAsPeopleReadIt(t *testing.T) {
	for _, tt := range []struct {
		name    string
		problem Problem
		want    string
	}{
		{"a cell", Problem{Sheet: "Orders", Column: "C", Row: 42, Field: "quantity", Found: "25",
			Wrong: `is below the minimum 50 of service 102 "Followers"`, Mend: "use 50 to 10000"},
			`Orders!C42 quantity: 25 is below the minimum 50 of service 102 "Followers"; use 50 to 10000`},
		{"a row", Problem{Sheet: "Orders", Row: 42, Wrong: "has no service", Mend: "name one"},
			"Orders!42: has no service; name one"},
		{"blanks are quoted", Problem{Sheet: "a b.csv", Column: "A", Row: 1, Field: "quantity", Found: "a lot",
			Wrong: "is no number"}, `a b.csv!A1 quantity: "a lot" is no number`},
		{"tricks with the terminal are shown", Problem{Sheet: "x", Row: 1, Found: "a\x1b[31m\u202eb\nc", Wrong: "is odd"},
			`x!1: "a\u001b[31m\u202eb / c" is odd`},
		{"long values are cut", Problem{Sheet: "x", Row: 1, Found: strings.Repeat("é", 100), Wrong: "is long"}, "x!1: " +
			strings.Repeat("é", 80) + "… is long"},
	} {
		if got := tt.problem.Error(); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "": "", "šířka 👍": "šířka 👍", "\u2066a\u2069": `\u2066a\u2069`, "a\u2028b\u2029": `a\u2028b\u2029`,
		"\x00\x7f\u0085": `\u0000\u007f\u0085`, "bad\xffbyte": `bad\xffbyte`, "tab\tend\r\n": `tab\tend\r\n`,
		"\U000e0001": `\U000e0001`,
		"\ufffd":     "\ufffd",
	} {
		if got := Escape(in); got != want {
			t.Errorf("Escape(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestFieldNamesAreTheTags(t *testing.T) {
	values := make([]string, len(Names()))
	for i, name := range Names() {
		values[i] = "value of " + name
	}
	got, err := decode(Names(), [][]string{values}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Names() {
		if v := got[0].Get(name); v != "value of "+name {
			t.Errorf("Get(%s) = %q", name, v)
		}
	}
	if got[0].Get("no such") != "" {
		t.Error("an unknown field has a value")
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	stream := func(name string) string { // as a compound file's directory has it
		return string(wideName(name)) + strings.Repeat("\x00", 64-2*len(name)) + string(
			[]byte{byte(2*len(name) + 2), 0, 2}) + strings.Repeat("\x00", 61)
	}
	compound := func(entry string) string {
		return "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 1<<20-8) + entry
	}
	for _, tt := range []struct{ name, content, want string }{
		{"empty.csv", "", "is empty; look whether it is the right file"},
		{"blanks.csv", " \r\n\t\n", "holds nothing but blanks; look whether it is the right file"},
		{"mark.csv", "\ufeff", "holds nothing but blanks; look whether it is the right file"},
		{"old.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600),
			"is an old Excel file (.xls); open it in Excel or LibreOffice and save it as .xlsx"},
		{"locked.xlsx", compound(stream("EncryptedPackage")),
			"is protected by a password; open it in Excel, remove the password (File, Info, Protect Workbook, Encrypt with " +
				"Password) and save it as .xlsx"},
		{"words.xls", compound(stream("Workbook") + string(wideName("EncryptedPackage")) + strings.Repeat("\x00", 96)),
			"is an old Excel file (.xls); open it in Excel or LibreOffice and save it as .xlsx"},
		{"damaged.xls", compound(string(wideName("EncryptedPackage"))),
			"is protected by a password; open it in Excel, remove the password (File, Info, Protect Workbook, Encrypt with " +
				"Password) and save it as .xlsx"},
		{"letter.xls", compound(stream("WordDocument")),
			"is an old Word document, not a sheet; copy the table into Excel and save it as .xlsx"},
		{"slides.xls", compound(stream("PowerPoint Document")),
			"is an old PowerPoint presentation, not a sheet; copy the table into Excel and save it as .xlsx"},
		{"mail.xls", compound(stream("__properties_version1.0")),
			"is a mail of Outlook, not a sheet; save the sheet that is attached to it"},
		{"flat.csv", `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">`,
			"is a flat OpenDocument file (.fods); open it in LibreOffice and save it as .xlsx"},
		{"page.mht", "MIME-Version: 1.0\nX-Document-Type: Workbook\n",
			"is a web page in one file (MHTML), whatever its name says; open it in Excel or LibreOffice and save it as .xlsx"},
		{"page16.xls", "\xff\xfe" + string(wideName("<html><table>")),
			"is a web page (HTML), whatever its name says; open it in Excel or LibreOffice and save it as .xlsx"},
		{"letter.ods", zipped(map[string]string{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"},
			"mimetype", "content.xml"),
			"is an OpenDocument file of another kind, not a sheet; copy the table into LibreOffice Calc and save it as .xlsx"},
		{"page.xls", "<html><body><table><tr><td>service</td></tr></table>",
			"is a web page (HTML), whatever its name says; open it in Excel or LibreOffice and save it as .xlsx"},
		{"2003.xls", `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`,
			"is an XML spreadsheet of 2003; open it in Excel or LibreOffice and save it as .xlsx"},
		{"photo.csv", "\x89PNG\r\n\x1a\n",
			"is a picture (PNG), not a sheet; a picture cannot be read: type the orders into a sheet, or take them from the " +
				"original file"},
		{"paper.csv", "%PDF-1.4",
			"is a PDF document, not a sheet; take the original file, or copy the table into Excel and save it as .xlsx"},
		{"bytes.csv", "a\x00b",
			"is neither text nor a workbook: it holds zero bytes; open it in Excel or LibreOffice and save it as .xlsx; for " +
				"text in UTF-16 without a mark, say --encoding utf-16le"},
		{"calc.xlsx", zipped(map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
			"content.xml": "<a/>"}, "mimetype", "content.xml"),
			"is an OpenDocument sheet (.ods); open it in LibreOffice and save it as .xlsx"},
		{"word.xlsx", zipped(map[string]string{"word/document.xml": "<a/>"}, "word/document.xml"),
			"is a Word document, not a sheet; copy the table into Excel and save it as .xlsx"},
		{"pack.xlsx", zipped(map[string]string{"a.csv": "x"}, "a.csv"), "is a zip archive, not a workbook; unpack it first"},
		{"binary.xlsx", zipped(map[string]string{"xl/workbook.bin": "x"}, "xl/workbook.bin"),
			"is a binary workbook (.xlsb); open it in Excel and save it as .xlsx"},
		{"latin.csv", "service,link,comments\n1,a,M\xfcller\n",
			`is not in UTF-8; C2 is "Müller" as windows-1252, "Müller" as windows-1254, "Mьller" as windows-1251, ` +
				`"Müller" as windows-1250; say --encoding with the name that reads right (windows-1252 reads best; where none does, try gbk, big5, shift_jis, euc-kr or windows-1256), or save the sheet as .xlsx or CSV UTF-8`},
	} {
		got := read(t, tt.name, tt.content, Options{})
		var f *FileError
		if !errors.As(got.err, &f) || f.Missing {
			t.Errorf("%s: got %v", tt.name, got.err)
			continue
		}
		if said := f.Wrong + "; " + f.Mend; said != tt.want {
			t.Errorf("%s: got %s\nwant %s", tt.name, said, tt.want)
		}
	}
}

func TestMissingFiles(t *testing.T) {
	_, err := Open(t.TempDir()+"/none.csv", Options{})
	var f *FileError
	if !errors.As(err, &f) || !f.Missing || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no such file: %v", err)
	}
	_, err = Open(t.TempDir(), Options{})
	if !errors.As(err, &f) || !f.Missing || f.Wrong != "is a folder" {
		t.Errorf("a folder: %v", err)
	}
}
