package web

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// decide says a decision as its button on the page does.
func (v *visit) decide(sheet, page, button string) string {
	v.Helper()
	said := form(page, button)
	if said == nil {
		v.Fatalf("there is no button %q: %s", button, page)
	}
	action := "/fix"
	if button == "Keep these decisions" {
		action = "/accept"
		for name := range said {
			if warning, is := strings.CutPrefix(name, "about "); is {
				said.Add("warning", warning)
			}
		}
	}
	_, text := v.post(sheet+action, said)
	return text
}

func wantStates(t *testing.T, text string, want ...string) {
	t.Helper()
	var got []string
	for _, row := range rows(text) {
		state, rest, _ := strings.Cut(row, " | ")
		n, _, _ := strings.Cut(rest, " | ")
		got = append(got, n+" "+state)
	}
	if strings.Join(got, ", ") != strings.Join(want, ", ") {
		t.Errorf("rows stand as %q, want %q", got, want)
	}
}

// TestAWordAboutEqualRowsIsAboutThoseThatWereEqual: a row that is edited to be another's equal waits, and the word is
// asked for anew; it can be taken back.
func TestAWordAboutEqualRowsIsAboutThoseThatWereEqual(t *testing.T) {
	v := newVisit(t)
	sheet, page := v.upload("a.csv", sheetOf("1,"+link+"1,100", "1,"+link+"2,100", "1,"+link+"3,100", "1,"+link+"1,100"))
	wantStates(t, page, "2 will be ordered", "3 will be ordered", "4 will be ordered", "5 held")
	page = v.decide(sheet, page, "Order equal rows, each, all 1")
	wantStates(t, page, "2 will be ordered", "3 will be ordered", "4 will be ordered", "5 will be ordered")
	_, page = v.post(sheet+"/row", url.Values{"leave": {"3"}})
	wantStates(t, page, "2 will be ordered", "3 left out", "4 will be ordered", "5 will be ordered")
	v.post(sheet+"/row", url.Values{"take": {"3"}})
	_, page = v.post(sheet+"/row", url.Values{"line": {"4"}, "do": {"edit"}, "cell B": {link + "2"}})
	wantStates(t, page, "2 will be ordered", "3 will be ordered", "4 held", "5 held")
	if !strings.Contains(page, "decide anew") {
		t.Error("nobody says that the decision doesn't count")
	}
	page = v.decide(sheet, page, "Order equal rows, each, all 2")
	wantStates(t, page, "2 will be ordered", "3 will be ordered", "4 will be ordered", "5 will be ordered")
	page = v.decide(sheet, page, "Take back")
	wantStates(t, page, "2 will be ordered", "3 will be ordered", "4 held", "5 held")
}

// TestAWordAboutRepeatsIsAboutThoseThatWereOrdered: what somebody else orders later isn't ordered again by it, whether
// the server was started again, another choice was made, or the question was open meanwhile.
func TestAWordAboutRepeatsIsAboutThoseThatWereOrdered(t *testing.T) {
	for name, then := range map[string]func(v *visit, sheet string){
		"started again":  func(v *visit, _ string) { v.starts() },
		"another choice": func(v *visit, sheet string) { v.post(sheet+"/row", url.Values{"leave": {"5"}}) },
		"an edit": func(v *visit, sheet string) {
			v.post(sheet+"/row", url.Values{"line": {"5"}, "do": {"edit"}, "cell B": {link + "2"}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			v := newVisit(t)
			first, _ := v.upload("old.csv", sheetOf("1,"+link+"1,100"))
			v.place(first)
			v.send()
			sheet, page := v.upload("a.csv", sheetOf("1,"+link+"1,100", "1,"+link+"2,100", "1,"+link+"3,100", "1,"+link+"4,100",
				"1,"+link+"5,100"))
			v.decide(sheet, page, "Order again what another batch ordered, all 1")
			_, shown := v.get(sheet + "/place")
			other, _ := v.upload("b.csv", sheetOf("1,"+link+"2,100", "1,"+link+"3,100"))
			v.place(other)
			v.send()
			then(v, sheet)
			if code, _ := v.post(sheet+"/place", form(shown, "Place ")); code != 422 {
				t.Errorf("placed as it was shown: %d at %s", code, v.at)
			}
			_, page = v.get(sheet + "/review")
			if got := rows(page); !strings.HasPrefix(got[1], "held") || !strings.HasPrefix(got[2], "held") {
				t.Errorf("%q", got)
			}
			v.place(sheet)
			v.send()
			for _, n := range []string{"2", "3"} {
				if v.links()[link+n] != 1 {
					t.Errorf("%s was ordered %d times", n, v.links()[link+n])
				}
			}
		})
	}
}

// TestAWarningIsAcceptedForTheRowsThatWereShown: neither for one that is edited nor for another worksheet.
func TestAWarningIsAcceptedForTheRowsThatWereShown(t *testing.T) {
	v := newVisit(t)
	head := []string{"Service", "Link", "Quantity", "Note"}
	sheet, page := v.upload("a.xlsx", workbook(t,
		tab{"Nord", [][]string{head, {"1", link + "1", "100", "done"}, {"1", link + "2", "100", ""}}},
		tab{"Sued", [][]string{head, {"1", link + "3", "100", "cancelled"}, {"1", link + "4", "100", ""}}}), "Nord")
	wantStates(t, page, "2 held", "3 will be ordered")
	page = v.decide(sheet, page, "Keep these decisions")
	wantStates(t, page, "2 will be ordered", "3 will be ordered")
	if strings.Contains(page, "Keep these decisions") {
		t.Error("what was decided is asked again")
	}
	_, page = v.post(sheet, url.Values{"tab": {"Sued"}})
	wantStates(t, page, "2 held", "3 will be ordered")
	_, page = v.post(sheet, url.Values{"tab": {"Nord"}})
	wantStates(t, page, "2 will be ordered", "3 will be ordered")
	_, page = v.post(sheet+"/row", url.Values{"line": {"Nord!3"}, "do": {"edit"}, "cell D": {"done"}})
	wantStates(t, page, "2 held", "3 held")
}

// TestADecisionNamesTheRowsThatItIsAbout: a row that is warned of as well, but can't be ordered, isn't among them.
func TestADecisionNamesTheRowsThatItIsAbout(t *testing.T) {
	v := newVisit(t)
	content := "Service,Link,Quantity,Note\n1," + link + "1,1k,done\n1," + link + "2,500,cancelled\n"
	for n := range 25 {
		content += fmt.Sprintf("1,%sx%d,500,\n", link, n)
	}
	sheet, page := v.upload("a.csv", content)
	decision := func() string {
		at := strings.Index(page, "that are warned of")
		if one := strings.Index(page, "that is warned of"); one >= 0 {
			at = one
		}
		return page[at : at+strings.Index(page[at:], "</ul>")]
	}
	if said := decision(); !strings.Contains(said, "row 3: ") || !strings.Contains(said, "cancelled") ||
		strings.Contains(said, "row 2") {
		t.Errorf("it says %s", said)
	}
	_, page = v.post(sheet+"/fix", url.Values{"name": {"accept-k"}})
	if said := decision(); !strings.Contains(said, "row 2: ") || !strings.Contains(said, "row 3: ") {
		t.Errorf("of two rows it says %s", said)
	}
	sheet, page = v.upload("b.csv", strings.ReplaceAll(content, ",500,\n", ",500,done\n"))
	if said := decision(); !strings.Contains(said, "and 6 rows more") {
		t.Errorf("of many rows at %s it says %s", sheet, said)
	}
}
