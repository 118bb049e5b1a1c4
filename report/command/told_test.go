package command

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bulkorder/batch/settings"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// toldSheet is a sheet whose last row is warned of, or held.
type toldSheet struct {
	doubt string // the warning's name, or why the row is held
	rows  []string
	alter func(f *excelize.File) error // what no text says
}

func toldSheets() []toldSheet {
	const head, plain = "Service,Link,Quantity", "101,https://instagram.com/nord,500"
	return []toldSheet{
		{"platform", []string{head, "101,https://www.tiktok.com/@nord,500"}, nil},
		{"shape", []string{head, "105,https://instagram.com/nord,500"}, nil},
		{"contradiction", []string{head + ",Platform", plain + ",TikTok"}, nil},
		{"contradiction", []string{head + ",Country,Device,Type of traffic", "702,https://nord.example,500,US,1,3"}, nil},
		{"dripfeed", []string{head + ",Drip-feed", plain + ",yes"}, nil},
		{"thousands", []string{head + ",Note", "102,https://instagram.com/nord,20,500"}, nil},
		{"hidden", []string{head + ",Runs,Interval", plain + ",2,60"},
			func(f *excelize.File) error { return f.SetColVisible("Sheet1", "D:E", false) }},
		{"done", []string{head + ",Status", plain + ",done"}, nil},
		{"done", []string{head + ",Status", plain + ",with Ali"}, nil},
		{"done", []string{head, plain}, func(f *excelize.File) error {
			return f.AddComment("Sheet1", excelize.Comment{Cell: "B2", Author: "Ann", Text: "cancelled by the client"})
		}},
		{"done", []string{"Client," + head, "Cancelled", "Nord," + plain}, nil},
		{"schedule", []string{head + ",Schedule", plain + ",tomorrow"}, nil},
		{"struck", []string{head, plain}, func(f *excelize.File) error {
			style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
			if err == nil {
				err = f.SetCellStyle("Sheet1", "B2", "B2", style)
			}
			return err
		}},
		{"quantity", []string{head, plain, "101,https://instagram.com/nord,600"}, nil},
		{"note", []string{head + ",Note", plain + ",Lena takes over"}, nil},
		{"comments", []string{head + ",Comments", "111,https://instagram.com/p/CzA1b2c3d/,,tbd\nnice\ngreat\nwow\nlove it"}, nil},
		{"duplicate", []string{head, plain, plain}, nil},
		{"repeat", []string{head, "101,https://instagram.com/fresh,500", "101,https://instagram.com/ordered,500"}, nil},
	}
}

// TestWhatIsDoubtfulIsToldEverywhere: each warning, and each row that is held, is found on the terminal, in JSON and in
// the marked copy, and nothing of it would be sent.
func TestWhatIsDoubtfulIsToldEverywhere(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	ordered := s.write("ordered.csv", "Service,Link,Quantity\n101,https://instagram.com/ordered,500\n")
	yes := runOptions{sendingOptions: sendingOptions{yes: true}}
	if _, err := s.call("").runRun(t.Context(), yes, ordered); err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for i, sheet := range toldSheets() {
		told[sheet.doubt] = true
		t.Run(fmt.Sprintf("%d %s", i, sheet.doubt), func(t *testing.T) {
			path := s.doubtful(t, i, sheet)
			c := s.call("")
			c.json = true
			c.desk.Accounts.Settings.Given["hold-notes"] = settings.FromFlag("hold-notes", "true")
			o := checkOptions{out: filepath.Join(s.dir, fmt.Sprintf("marked%d.xlsx", i))}
			a, err := c.runCheck(t.Context(), o, path)
			if err != nil {
				t.Fatal(err)
			}
			words, fields := c.told(a)
			last := len(sheet.rows)
			sheet.inWords(t, words, last)
			sheet.inJSON(t, fields, last)
			sheet.inCopy(t, o.out, last)
		})
	}
	for _, w := range parse.Warnings() {
		if !told[w.Name] {
			t.Errorf("no sheet is warned of for %s", w.Name)
		}
	}
}

// doubtful saves the sheet as a workbook.
func (s *shop) doubtful(t *testing.T, i int, sheet toldSheet) string {
	t.Helper()
	path := s.workbook(fmt.Sprintf("doubtful%d.xlsx", i), tab{"Orders", sheet.rows})
	if sheet.doubt == "thousands" { // which only text is cut at
		return s.write("doubtful.csv", strings.Join(sheet.rows, "\n")+"\n")
	}
	f, err := excelize.OpenFile(path)
	if err == nil && sheet.alter != nil {
		if err = f.SetSheetName("Orders", "Sheet1"); err == nil {
			err = sheet.alter(f)
		}
	}
	if err == nil {
		err = f.Save()
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// inWords: a person reads what it is, of which row, and what releases it.
func (d toldSheet) inWords(t *testing.T, words string, row int) {
	t.Helper()
	want := []string{fmt.Sprintf("row %d", row), "Held, and not sent until you say so", "what releases: "}
	if w, warned := parse.WarningNamed(d.doubt); warned {
		want = append(want, "Held: 1 row (row "+fmt.Sprint(row)+")", "--accept-warnings="+w.Name,
			"held until you accept it")
		if w.Name != "comments" { // whose rules have titles of their own
			want = append(want, w.Title)
		}
	}
	if n := strings.Count(words, "Held: "); n > 1 {
		t.Errorf("the terminal says %d times that rows are held:\n%s", n, words)
	}
	for _, part := range want {
		if !strings.Contains(words, part) {
			t.Errorf("the terminal doesn't say %q:\n%s", part, words)
		}
	}
}

// inJSON: a program finds the row held, why, and the problem.
func (d toldSheet) inJSON(t *testing.T, fields map[string]any, row int) {
	t.Helper()
	text, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Planned []struct {
			Row                         int
			State, Reason, Why, Release string
			Asks                        []string
		}
		Held []struct {
			Reason   string
			First    []any
			Warnings []string
		} `json:"held_rows"`
		Problems []struct {
			Row  any
			Asks string
		}
	}
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	reason, asks := d.doubt, []string{}
	if _, warned := parse.WarningNamed(d.doubt); warned {
		reason, asks = "warning", []string{d.doubt}
		if len(r.Problems) == 0 || r.Problems[len(r.Problems)-1].Asks != d.doubt {
			t.Errorf("JSON has the problems %v", r.Problems)
		}
	}
	last := r.Planned[len(r.Planned)-1]
	if last.Row != row || last.State != "held" || last.Reason != reason || last.Why == "" || last.Release == "" ||
		!slices.Equal(last.Asks, asks) {
		t.Errorf("JSON has the row %+v", last)
	}
	if len(r.Held) != 1 || r.Held[0].Reason != reason || fmt.Sprint(r.Held[0].First) != fmt.Sprintf("[%d]", row) {
		t.Errorf("JSON has the held rows %+v", r.Held)
	}
}

// inCopy: the row is in the list of problems, a cell of it is coloured, and bears a comment where the sheet is a
// workbook.
func (d toldSheet) inCopy(t *testing.T, path string, row int) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := f.GetRows("Problems")
	if err != nil || len(all) < 2 {
		t.Fatalf("the copy lists %v: %v", all, err)
	}
	held := slices.ContainsFunc(all, func(cells []string) bool {
		return len(cells) == 7 && cells[1] == fmt.Sprint(row) && cells[4] != "" && cells[6] == "held"
	})
	warned := slices.ContainsFunc(all, func(cells []string) bool {
		return len(cells) == 7 && cells[1] == fmt.Sprint(row) && cells[4] != "" && cells[6] == "warning"
	})
	if _, is := parse.WarningNamed(d.doubt); !held || warned != is {
		t.Errorf("the copy lists %q", all)
	}
	cell := all[len(all)-1][0]
	style, err := f.GetCellStyle(f.GetSheetName(0), cell)
	if err == nil && style == 0 {
		t.Errorf("the copy doesn't colour %s", cell)
	}
	if err != nil {
		t.Error(err)
	}
}
