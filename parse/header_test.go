package parse

import (
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"
)

// columns writes the columns of a sheet as "A Service=service, B Note=".
func (r result) columns() string {
	if r.err != nil {
		return r.err.Error()
	}
	var list []string
	for _, c := range r.sheet.Columns {
		list = append(list, c.Letter+" "+c.Name+"="+c.Field)
	}
	return strings.Join(list, ", ")
}

func TestHeaders(t *testing.T) {
	for _, tt := range []struct {
		name    string
		content string
		options Options
		want    string
	}{
		{"other words", "Service ID,Link to page,Qty.,#Ref\n1,a,1,x\n", Options{},
			"A Service ID=service, B Link to page=link, C Qty.=quantity, D #Ref=ref"},
		{"case, blanks and punctuation", " SERVICE_no ; U-R-L ;Needed quantity:;Delay (minutes)\n1;a;1;5\n", Options{},
			"A SERVICE_no=service, B U-R-L=link, C Needed quantity:=quantity, D Delay (minutes)=delay"},
		{"a subscription needs no link", "sid,username,min quantity,quantity max,delay,answer number\n1,a,1,2,0,\n",
			Options{}, "A sid=service, B username=username, C min quantity=min, D quantity max=max, E delay=delay, F answer " +
				"number=answer_number"},
		{"every field by its API name", strings.Join(Names(), ",") + "\n" + strings.Repeat("1,", len(Names())-1) + "1\n",
			Options{}, everyField()},
		{"a title and a logo above", "Orders of May,,\n,,\nservice,link,quantity\n1,a,1\n", Options{},
			"A service=service, B link=link, C quantity=quantity"},
		{"the row with most names wins", "service,link,,\nservice,link,quantity,runs\n1,a,1,1\n", Options{},
			"A service=service, B link=link, C quantity=quantity, D runs=runs"},
		{"a column without a name between others", ",service,,link\n,1,x,a\n", Options{},
			"B service=service, C =, D link=link"},
		{"the columns of a results workbook",
			"service,link,State,Order ID,Charge,Currency,Status,Start count,Remains,Refill,Problem,Sent at,Checked at,Row " +
				"key\n1,a\n", Options{},
			"A service=service, B link=link, C State=, D Order ID=order_id, E Charge=, F Currency=, G Status=, H Start " +
				"count=, I Remains=, J Refill=, K Problem=, L Sent at=, M Checked at=, N Row key="},
		{"two columns for one field", "service,link,url\n1,a,b\n", Options{},
			`f.csv: has two columns for link: f.csv!B1 "link" and f.csv!C1 "url"; rename the one that is not meant, or say ` +
				`which one is: --map "link=link" or --map "url=link"`},
		{"--map settles it", "service,link,url\n1,a,b\n", Options{Map: map[string]string{"URL": "link"}},
			"A service=service, B link=, C url=link"},
		{"--map names other words", "Dienst,Ziel,Menge\n1,a,b\n",
			Options{Map: map[string]string{"Dienst": "service", "Ziel": "Link", "Menge": "quantity"}},
			"A Dienst=service, B Ziel=link, C Menge=quantity"},
		{"--map names no column", "service,link\n1,a\n", Options{Map: map[string]string{"Menge": "quantity"}},
			`f.csv: has no column "Menge", which --map names; use one of "service", "link"`},
		{"--map names no field", "service,link\n1,a\n",
			Options{Map: map[string]string{"link": "lnk"}, Extra: []string{"mood"}},
			`f.csv: cannot be read with --map "link=lnk": there is no field "lnk"; use one of ` + strings.Join(Names(), ", ") +
				", mood"},
		{"fields of the configuration", "service,link,Mood of day\n1,a,b\n", Options{Extra: []string{"mood_of_day"}},
			"A service=service, B link=link, C Mood of day=mood_of_day"},
		{"a near miss", "Servise,link,quantity\n1,a,1\n", Options{},
			`f.csv: has no header in its first 30 rows: orders need a row with the names of the columns, at least service ` +
				`and link (or username); row 1 has "Servise", "link", "quantity"; did you mean service by "Servise"? Rename the ` +
				`column, or say --map "Servise=service"`},
		{"no header at all", "1,https://x.com/a,100\n", Options{},
			`f.csv: has no header in its first 30 rows: orders need a row with the names of the columns, at least service ` +
				`and link (or username); row 1 has "1", "https://x.com/a", "100"; add such a row above the orders`},
		{"a header too far down", strings.Repeat("x\n", 30) + "service,link\n1,a\n", Options{},
			`f.csv: has no header in its first 30 rows: orders need a row with the names of the columns, at least service ` +
				`and link (or username); row 1 has "x"; add such a row above the orders`},
		{"no column for the link", "service,quantity\n1,100\n", Options{},
			`f.csv: has no header in its first 30 rows: orders need a row with the names of the columns, at least service ` +
				`and link (or username); row 1 has "service", "quantity"; name the link column, or say --map "Their name=link"`},
		{"a delimiter that cannot be one", "service,link\n", Options{Delimiter: '"'},
			`f.csv: cannot be read with the delimiter "; use one ASCII character, such as , or ; or a tab`},
		{"an encoding that is none", "service,link\n", Options{Encoding: "latin-99"},
			`f.csv: cannot be read as "latin-99": no such encoding; use a name such as windows-1252, windows-1251 or utf-16le`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, "f.csv", tt.content, tt.options).columns()
			if i := strings.LastIndex(got, "/f.csv: "); i >= 0 { // paths begin with the test's folder
				got = got[i+1:]
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func everyField() string {
	var list []string
	for i, name := range Names() {
		list = append(list, Letter(i)+" "+name+"="+name)
	}
	return strings.Join(list, ", ")
}

func TestNotes(t *testing.T) {
	content := "My orders\n\nservice,link,note,Quantiy\n1,a,x,5\n,,total,\nservice,link,note,Quantiy\n,,rest,\n" +
		strings.Repeat("\n", 1000) + "2,b\n"
	got := read(t, "f.csv", content, Options{}).sheet.Notes
	want := []string{
		"the header was found in row 3",
		`columns that are carried along unused: C "note", D "Quantiy" (did you mean quantity?)`,
		"rows skipped because no column that an order needs is filled (totals, remarks): 5, 7",
		"rows skipped because they repeat the header: 6",
		"the sheet was read up to row 7: row 1008 and those below it stand after 1000 or more blank rows and were not read",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCellsAreThePersonsOwnText(t *testing.T) {
	got := read(t, "f.csv", "service,link,note,mood\n 102 ,\u00a0a,\" x\r\ny\", sunny \n",
		Options{Extra: []string{"mood"}}).rows[0]
	if diff := cmp.Diff([]string{" 102 ", "\u00a0a", " x\r\ny", " sunny "}, got.Cells); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]string{"mood": "sunny"}, got.Extra); diff != "" {
		t.Error(diff)
	}
}

func TestEncodings(t *testing.T) {
	const content = "service,link,comments\n1,a,Ärger 👍\n"
	const want = "2 service=1 link=a comments=Ärger 👍\n"
	little, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(content)
	if err != nil {
		t.Fatal(err)
	}
	big, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(content)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, content, encoding, want string
	}{
		{"UTF-16, little end first", little, "", want},
		{"UTF-16, big end first", big, "", want},
		{"UTF-16 without its mark", little[2:], "utf-16le", want},
		{"Windows-1252, said", "service,link,comments\n1,a,\xc4rger \x80\n", "windows-1252",
			"2 service=1 link=a comments=Ärger €\n"},
		{"Windows-1251, said", "service,link,comments\n1,a,\xcf\xf0\xe8\xe2\xe5\xf2\n", "windows-1251",
			"2 service=1 link=a comments=Привет\n"},
		{"UTF-8 said in vain", "service,link,comments\n1,a,\xc4rger\n", "utf-8",
			"error f.csv: is not in UTF-8; C2 is \"Ärger\" as windows-1252, \"Ärger\" as windows-1254, \"Дrger\" as " +
				"windows-1251, \"Ärger\" as windows-1250; say --encoding with the name that reads right " +
				"(windows-1252 reads best; where none does, try gbk, big5, shift_jis, euc-kr or windows-1256), or save the sheet as .xlsx or CSV UTF-8\n"},
		{"half a pair in UTF-16", "\xff\xfes\x00i\x00d\x00,\x00u\x00r\x00l\x00\n\x001\x00,\x00\x00\xd8\n\x00", "",
			"2 service=1\nf.csv!B2 link: � holds \"�\": letters were lost when the text was read or saved; type the value " +
				"again, or say the right --encoding\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := read(t, "f.csv", tt.content, Options{Encoding: tt.encoding}).brief()
			if i := strings.LastIndex(got, "/f.csv: "); i >= 0 {
				got = "error " + got[i+1:]
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestInvalidUTF8AcrossChunks(t *testing.T) {
	for shift := range 4 {
		head := strings.Repeat("x", 64<<10-2-shift)
		for text, want := range map[string]bool{head + "👍👍": true, head + "👍\xf0\x9f\x91": false, head +
			"\xf0\x9f\x91x": false, head + "é": true} {
			if got, err := validUTF8(strings.NewReader(text)); got != want || err != nil {
				t.Errorf("shift %d, ending %q: %v, %v", shift, text[len(head):], got, err)
			}
		}
	}
}

func TestStandardInput(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	s, err := Open("-", Options{Stdin: io.MultiReader(strings.NewReader("service,link\n"), strings.NewReader("1,a\n"))})
	if err != nil {
		t.Fatal(err)
	}
	if s.File != "stdin" || s.Name != "stdin" {
		t.Errorf("File is %q, Name is %q", s.File, s.Name)
	}
	files, _ := os.ReadDir(temp)
	if len(files) != 1 {
		t.Fatalf("%d temporary files", len(files))
	}
	if info, _ := files[0].Info(); info.Mode().Perm() != 0o600 {
		t.Errorf("the temporary file has the mode %v", info.Mode())
	}
	for row, err := range s.Rows() {
		if err != nil || row.Fields.Link != "a" {
			t.Errorf("got %v, %v", row, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if files, _ = os.ReadDir(temp); len(files) != 0 {
		t.Error("the temporary file is left")
	}
	if _, err := Open("-", Options{Stdin: strings.NewReader("nothing")}); err == nil {
		t.Error("no error for a sheet without a header")
	}
	if files, _ = os.ReadDir(temp); len(files) != 0 {
		t.Error("the temporary file is left after an error")
	}
}

func TestStoppingEarlyLeavesNoGoroutine(t *testing.T) {
	path := write(t, "f.csv", "service,link\n"+strings.Repeat("1,a\n", 1000))
	before := runtime.NumGoroutine()
	for range 20 {
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for range s.Rows() {
			break
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for range 50 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
}

func TestPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := w.WriteString("service,link\n1,a\n"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	path := "/dev/fd/" + strconv.Itoa(int(r.Fd()))
	if _, err := os.Stat(path); err != nil {
		t.Skip("no /dev/fd here")
	}
	if got := readPath(t, path, Options{}).brief(); got != "2 service=1 link=a\n" {
		t.Errorf("got %s", got)
	}
}
