package parse

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// how writes the columns with what they hold and by what.
func (r result) how() string {
	if r.err != nil {
		return r.err.Error()
	}
	var list []string
	for _, col := range r.sheet.Columns {
		list = append(list, fmt.Sprintf("%s %s: %s by %s", col.Letter, col.Name, col.Field, col.By))
	}
	return strings.Join(list, ", ")
}

// A mapping that was given once is known again by the header alone, wherever that stands.
func TestRememberedMappings(t *testing.T) {
	german := map[string]string{"Dienst": "service", "Ziel": "link", "Menge": "quantity"}
	first := read(t, "f.csv", "Dienst,Ziel,Menge,Notiz\n1,a,5,x\n", Options{Map: german})
	if diff := cmp.Diff("A Dienst: service by mapped, B Ziel: link by mapped, C Menge: quantity by mapped, D Notiz:  "+
		"by unused", first.how()); diff != "" {
		t.Fatal(diff)
	}
	memory := func(mapping map[string]string) func(string) map[string]string {
		return func(fingerprint string) map[string]string {
			if fingerprint == first.sheet.HeaderFingerprint {
				return mapping
			}
			return nil
		}
	}
	const found = "A Dienst: service by remembered, B Ziel: link by remembered, C Menge: quantity by remembered, D " +
		"Notiz:  by unused"
	for _, tt := range []struct {
		name, content string
		options       Options
		want          string
	}{
		{"the same header", "Dienst,Ziel,Menge,Notiz\n2,b,6,y\n", Options{}, found},
		{"below a title, and with semicolons", "Aufträge im Mai\n\nDienst;Ziel;Menge;Notiz\n2;b;6;y\n", Options{}, found},
		{"in other letters", "DIENST , ziel:,Menge,notiz\n2,b,6,y\n", Options{},
			"A DIENST: service by remembered, B ziel:: link by remembered, C Menge: quantity by remembered, " +
				"D notiz:  by unused"},
		{"further to the right", ",Dienst,Ziel,Menge,Notiz\n,2,b,6,y\n", Options{},
			"B Dienst: service by remembered, C Ziel: link by remembered, D Menge: quantity by remembered, E Notiz:  by unused"},
		{"--map wins for its field", "Dienst,Ziel,Menge,Notiz\n2,b,6,y\n", Options{Map: map[string]string{"Notiz": "link"}},
			"A Dienst: service by remembered, B Ziel:  by unused, C Menge: quantity by remembered, D Notiz: link by mapped"},
		{"--map wins for its column", "Dienst,Ziel,Menge,Notiz\n2,b,6,y\n", Options{Map: map[string]string{"Menge": "ref"}},
			"A Dienst: service by remembered, B Ziel: link by remembered, C Menge: ref by mapped, D Notiz:  by unused"},
		{"a column more is another header", "Dienst,Ziel,Menge,Notiz,Ort\n2,b,6,y\n", Options{},
			`f.csv: has no header in its first 30 rows: orders need a row with the names of the columns, at least service ` +
				`and link (or username); row 1 has "Dienst", "Ziel", "Menge", "Notiz", "Ort"; ` +
				`name the link column, or say --map "Their name=link"`},
		{"so is another order", "Ziel,Dienst,Menge,Notiz\n2,b,6,y\n", Options{},
			`f.csv: has no header in its first 30 rows: orders need a row with the names of the columns, at least service ` +
				`and link (or username); row 1 has "Ziel", "Dienst", "Menge", "Notiz"; ` +
				`name the link column, or say --map "Their name=link"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.options.Remembered = memory(german)
			got := read(t, "f.csv", tt.content, tt.options).how()
			if diff := cmp.Diff(tt.want, got[max(0, strings.LastIndex(got, "f.csv: ")):]); diff != "" {
				t.Error(diff)
			}
		})
	}
	book := handMade{
		rows:   line(3, "Dienst", "Ziel", "Menge", "Notiz") + line(4, "2", "b", "6"),
		sheets: []string{"Mai", "Orte"},
	}
	if got := read(t, "f.xlsx", book.zip(), Options{Remembered: memory(german)}).how(); got != found {
		t.Errorf("in a workbook: %s", got)
	}
	german["Notiz"] = "mood" // taught by a configuration that is no more
	if got := read(t, "f.csv", "Dienst,Ziel,Menge,Notiz\n2,b,6,y\n",
		Options{Remembered: memory(german)}).how(); got != found {
		t.Errorf("with a field that is gone: %s", got)
	}
}

// What was remembered is told: nothing is ordered by an earlier sheet's words in silence.
func TestRememberedMappingsAreNoted(t *testing.T) {
	remembered := func(string) map[string]string { return map[string]string{"url": "link"} }
	got := read(t, "f.csv", "service,link,url\n1,a,b\n", Options{Remembered: remembered})
	want := []string{`columns named as --map did for an earlier sheet with the same header: C "url" is link`,
		`columns that are carried along unused: B "link"`}
	if diff := cmp.Diff(want, got.sheet.Notes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("A service: service by known name, B link:  by unused, C url: link by remembered",
		got.how()); diff != "" {
		t.Error(diff)
	}
	if got.rows[0].Fields.Link != "b" {
		t.Errorf("the link is %q", got.rows[0].Fields.Link)
	}
}

func TestMassOrderTextHasNoHeaderToRemember(t *testing.T) {
	got := read(t, "f.txt", "1 | a | 5\n", Options{})
	if diff := cmp.Diff("A Service: service by place, B Link: link by place, C Quantity: quantity by place",
		got.how()); diff != "" ||
		got.sheet.HeaderFingerprint != "" {
		t.Errorf("fingerprint %q, %s", got.sheet.HeaderFingerprint, diff)
	}
}

// A problem's letter leads to its cell: the columns have no gaps, and each row has a cell for each.
func TestEachCellHasItsLetter(t *testing.T) {
	got := read(t, "f.csv", ",,service,,link,note,quantity\n,,1,x,a,n,1k\n,,2\n", Options{})
	letters := ""
	for _, col := range got.sheet.Columns {
		letters += col.Letter
	}
	if letters != "CDEFG" {
		t.Fatalf("the letters are %s", letters)
	}
	if diff := cmp.Diff([][]string{{"1", "x", "a", "n", "1k"}, {"2", "", "", "", ""}},
		[][]string{got.rows[0].Cells, got.rows[1].Cells}); diff != "" {
		t.Error(diff)
	}
	if p := got.rows[0].Problems[0]; p.Column != "G" || got.rows[0].Cells[4] != p.Found {
		t.Errorf("the problem is %+v", p)
	}
}
