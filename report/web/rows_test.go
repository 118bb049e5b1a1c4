package web

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// tab is a worksheet.
type tab struct {
	name string
	rows [][]string
}

// workbook makes a workbook.
func workbook(t *testing.T, tabs ...tab) string {
	t.Helper()
	f := excelize.NewFile()
	for i, one := range tabs {
		if i == 0 {
			must(t, f.SetSheetName("Sheet1", one.name))
		} else if _, err := f.NewSheet(one.name); err != nil {
			t.Fatal(err)
		}
		for r, cells := range one.rows {
			for c, text := range cells {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				must(t, err)
				must(t, f.SetCellStr(one.name, at, text))
			}
		}
	}
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.String()
}

func threeTabs(t *testing.T) string {
	return workbook(t,
		tab{"Nord", [][]string{{"Service", "Link", "Quantity"}, {"1", link + "n2", "100"}, {"1", link + "n3", "100"}}},
		tab{"Sued", [][]string{{"Quantity", "Link", "Service"}, {"100", link + "s2", "1"}, {"100", link + "s3", "1"}}},
		tab{"Alt!", [][]string{{"Service", "Link", "Quantity"}, {"1", link + "a2", "100"}}})
}

// TestWhatIsEditedStaysWithItsWorksheet: whichever worksheets are read, a row that was mended or left out is that row.
func TestWhatIsEditedStaysWithItsWorksheet(t *testing.T) {
	v := newVisit(t)
	sheet, _ := v.upload("a.xlsx", threeTabs(t), "Nord")
	_, page := v.get(sheet + "/review?edit=2")
	change := form(page, "Judge row 2")
	change.Set("cell B", link+"mended")
	_, page = v.post(sheet+"/row", change)
	want := []string{"will be ordered | 2 | " + link + "mended | 100", "left out | 3 | " + link + "n3 | "}
	same := func(what string, got []string, want ...string) {
		t.Helper()
		for i, row := range want {
			if i >= len(got) || !strings.HasPrefix(got[i], row) || len(got) != len(want) {
				t.Errorf("%s: %q, want %q", what, got, want)
				return
			}
		}
	}
	_, page = v.post(sheet+"/row", url.Values{"leave": {buttonValue(page, "leave", "Leave row 3 out")}})
	same("Nord", rows(page), want...)
	_, page = v.post(sheet, url.Values{"tab": {"Sued"}})
	same("Sued", rows(page), "will be ordered | 2 | "+link+"s2 | 100", "will be ordered | 3 | "+link+"s3 | 100")
	_, page = v.post(sheet, url.Values{"tab": {"Nord", "Sued"}})
	same("both", rows(page), "will be ordered | Nord!2 | "+link+"mended", "left out | Nord!3 |",
		"will be ordered | Sued!2 | "+link+"s2 | 100", "will be ordered | Sued!3 | "+link+"s3 | 100")
	// Its columns stand in another order than those of the first.
	at := buttonValue(page, "leave", "Leave row Sued!3 out")
	n, _, _ := strings.Cut(at, " ")
	_, page = v.get(sheet + "/review?edit=" + n)
	change = form(page, "Judge row Sued!3")
	change.Set("cell A", "250")
	v.post(sheet+"/row", change)
	_, page = v.post(sheet, url.Values{"tab": {"Sued"}})
	same("Sued", rows(page), "will be ordered | 2 | "+link+"s2 | 100", "will be ordered | 3 | "+link+"s3 | 250")
	_, page = v.post(sheet, url.Values{"tab": {"Nord", "Alt!"}})
	same("two of three", rows(page), "will be ordered | Nord!2 | "+link+"mended", "left out | Nord!3 |",
		"will be ordered | Alt!!2 | "+link+"a2 | 100")
	if !strings.Contains(page, "weren&#39;t chosen: &#34;Sued&#34;") {
		t.Error("nobody says which worksheet isn't read")
	}
	if _, page = v.get(sheet); strings.Count(page, " checked>") != 2 {
		t.Errorf("other worksheets are ticked than were: %s", page)
	}
	v.place(sheet)
	if v.send(); v.links()[link+"mended"] != 1 || v.links()[link+"a2"] != 1 || len(v.panel.Ledger()) != 2 {
		t.Errorf("%v", v.links())
	}
}

// buttonValue gives what a button sends.
func buttonValue(page, name, words string) string {
	for _, tag := range strings.Split(page, "<button ") {
		before, after, _ := strings.Cut(tag, ">")
		if attr(" "+before, "name") == name && strings.HasPrefix(after, words) {
			return attr(" "+before, "value")
		}
	}
	return ""
}

// TestAnEditTakesNothingBack: a tab that shows what was before changes what was changed in it, and nothing unseen.
func TestAnEditTakesNothingBack(t *testing.T) {
	v := newVisit(t)
	sheet, _ := v.upload("a.csv", sheetOf("1,"+link+"1,100", "1,"+link+"2,100"))
	_, before := v.get(sheet + "/review?edit=2")
	edit := func(cell, text string) (int, string) {
		change := form(before, "Judge row 2")
		change.Set("cell "+cell, text)
		return v.post(sheet+"/row", change)
	}
	edit("B", link+"mended")
	if _, text := edit("C", "150"); rows(text)[0] != "will be ordered | 2 | "+link+"mended | 150" {
		t.Errorf("%q", rows(text))
	}
	if code, text := edit("B", link+"other"); code != 422 || !strings.Contains(text, "since this was shown") {
		t.Errorf("%d: %s", code, text)
	}
	if _, text := v.get(sheet + "/review"); rows(text)[0] != "will be ordered | 2 | "+link+"mended | 150" {
		t.Errorf("%q", rows(text))
	}
}

// TestACellOfSeveralLinesKeepsThem: judging another cell of the row changes none of them.
func TestACellOfSeveralLinesKeepsThem(t *testing.T) {
	v := newVisit(t)
	sheet, _ := v.upload("a.csv", "Service,Link,Comments,Quantity\n2,"+link+"1,\"so good\nlove it\n\nwow\",\n")
	_, page := v.get(sheet + "/review?edit=2")
	change := form(page, "Judge row 2")
	for name := range change { // as browsers send it
		change.Set(name, strings.ReplaceAll(change.Get(name), "\n", "\r\n"))
	}
	change.Set("cell B", link+"mended")
	v.post(sheet+"/row", change)
	edits := v.known(sheet).Choices.Edits["2"]
	if len(edits) != 1 || edits["B"] != link+"mended" {
		t.Errorf("%q", edits)
	}
	change.Set("cell C", "one\r\ntwo")
	v.post(sheet+"/row", change)
	if edits := v.known(sheet).Choices.Edits["2"]; edits["C"] != "one\ntwo" {
		t.Errorf("%q", edits)
	}
}

// TestWhatIsSavedIsTheSameSheet: texts that a spreadsheet would take for formulas come back as they were.
func TestWhatIsSavedIsTheSameSheet(t *testing.T) {
	v := newVisit(t)
	sheet, _ := v.upload("a.csv", "Service,Link,Quantity,Ref\n1,"+link+"1,100,@anna\n1,"+link+"2,100,+49\n1,"+link+
		"3,100,-7\n1,"+link+"4,100,=A1\n1,"+link+"5,100,x\n1,"+link+"6,100,''@b\n")
	_, saved := v.get(sheet + "/files/corrected.csv")
	if !strings.Contains(saved, "'@anna") || !strings.Contains(saved, "'=A1") {
		t.Fatalf("a formula: %s", saved)
	}
	v.place(sheet)
	v.send()
	again, page := v.upload("saved.csv", saved)
	if v.at == again+"/review" && strings.Contains(page, "will be ordered") {
		t.Errorf("%q", rows(page))
	}
	if n := len(v.panel.Ledger()); n != 5 { // "=A1" is no Ref
		t.Errorf("%d orders", n)
	}
}
