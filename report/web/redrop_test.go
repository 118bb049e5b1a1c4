package web

import (
	"net/url"
	"strings"
	"testing"
)

// TestARowOfASheetIsOrderedOnceHoweverItIsEdited: a sheet is mended on the page and placed, and comes again as it was,
// or mended otherwise by somebody else: the row is held, and says what it was ordered as.
func TestARowOfASheetIsOrderedOnceHoweverItIsEdited(t *testing.T) {
	valid := sheetOf("1,"+link+"1,100", "1,"+link+"2,101", "1,"+link+"3,102")
	small := sheetOf("1,"+link+"1,5", "1,"+link+"2,101", "1,"+link+"3,102")
	quantity := func(n string) url.Values { return url.Values{"line": {"2"}, "cell C": {n}} }
	for name, c := range map[string]struct {
		content     string
		first, then url.Values // edits; nil: none
		state       string
	}{
		"the same again":                     {valid, quantity("777"), nil, "held"},
		"the same again, its link edited":    {valid, url.Values{"line": {"2"}, "cell B": {link + "other"}}, nil, "held"},
		"the same again, its service edited": {valid, url.Values{"line": {"2"}, "cell A": {"201"}}, nil, "held"},
		"mended otherwise":                   {small, quantity("50"), quantity("60"), "held"},
		"mended in two cells":                {small, quantity("50"), url.Values{"line": {"2"}, "cell C": {"60"}, "cell A": {"201"}}, "held"},
		"ordered as it was, then edited":     {valid, nil, quantity("777"), "held"},
		"not mended at all":                  {small, quantity("50"), nil, "wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			v := newVisit(t)
			drop := func(edit url.Values) (string, string) {
				sheet, text := v.upload("a.csv", c.content)
				if edit != nil {
					_, text = v.post(sheet+"/row", edit)
				}
				return sheet, text
			}
			early, _ := drop(c.then) // by somebody else, before anything is placed
			sheet, text := drop(c.first)
			if got := rows(text); !strings.HasPrefix(got[0], "will be ordered | 2 ") {
				t.Fatal(got)
			}
			v.place(sheet)
			v.send()
			late, _ := drop(c.then)
			for _, one := range []string{early, late} {
				_, text := v.get(one + "/place")
				_, review := v.get(one + "/review")
				got := rows(review)
				if !strings.HasPrefix(got[0], c.state+" | 2 ") || !strings.HasPrefix(got[1], "held | 3 ") {
					t.Errorf("%s: %v", one, got)
				}
				if c.state == "held" && !strings.Contains(review, "with other values") &&
					!strings.Contains(review, "has this row instead of it now") {
					t.Errorf("it isn't told what was ordered: %s", review)
				}
				if strings.Contains(text, "Place 1 ") {
					t.Errorf("%s offers an order", one)
				}
			}
			if c.state == "held" {
				_, page := v.get(late + "/review")
				wantStates(t, v.decide(late, page, "Order again what another batch ordered, all 3"), "2 will be ordered",
					"3 will be ordered", "4 will be ordered")
			}
			if n := len(v.panel.Ledger()); n != 3 {
				t.Errorf("%d orders", n)
			}
		})
	}
}
