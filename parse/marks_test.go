package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The same text is a thousand in one column and a problem in the next: the column decides.
func TestThousandsAreDecidedForTheWholeColumn(t *testing.T) {
	for _, tt := range []struct{ name, quantities, want string }{
		{"nothing shows what the comma is", "1,000|2,000|300", "number-ambiguous number-ambiguous 300"},
		{"half a thing can't be ordered", "1,000|2,500|300", "1000 2500 300"},
		{"half a thing can't be ordered, with points", "1.000|12.500", "1000 12500"},
		{"two zeros after a comma may be hundreds", "10,00|500", "number-ambiguous 500"},
		{"two zeros after a comma are no hundreds behind a thousand", "10,00|1000,00", "10 1000"},
		{"a million with commas shows it, wherever it stands", "1,000|1,000,000", "1000 1000000"},
		{"a million with points shows it", "1.000|2.500.000|12.500", "1000 2500000 12500"},
		{"a comma and a fraction in one number", "1,000.00|2,500", "1000 2500"},
		{"a point and a fraction in one number", "1.000,00|2.500", "1000 2500"},
		{"where points stand before fractions, commas part thousands", "1,000|500.0", "1000 500"},
		{"where commas stand before fractions, points part thousands", "1.000|500,00|1.500", "1000 500 1500"},
		{"a fraction decides for the others, and is a problem itself", "1,000|12.5", "1000 number-not-whole"},
		{"thousands with a fraction", "1,000.5|1,000", "number-not-whole 1000"},
		{"a column that contradicts itself", "1,000,000|12,5|1,000", "number-ambiguous number-not-whole number-ambiguous"},
		{"two ways of writing millions", "1,000,000|1.000.000|1,000", "number-ambiguous number-ambiguous number-ambiguous"},
		{"a comma that stands before fractions is no thousand", "1,000|500,0", "number-ambiguous 500"},
		{"a point before three zeros decides for commas", "1,000|1000.000", "1000 1000"},
		{"blanks as thousands show what stands before the fraction", "1.000|1 000,00", "1000 1000"},
		{"a forgotten comma shows nothing", "1000,500|1,000", "number-not-whole number-ambiguous"},
		{"thousands and three places", "1,000.000|1,000", "number-ambiguous number-ambiguous"},
		{"digits alone show nothing", "1000|1,000", "1000 number-ambiguous"},
		{"groups of two, as in India, show nothing", "1,00,000|1,000", "100000 number-ambiguous"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var sheet strings.Builder
			sheet.WriteString("service;link;quantity;runs\n")
			for quantity := range strings.SplitSeq(tt.quantities, "|") {
				sheet.WriteString("1;a;" + quantity + ";\n")
			}
			if diff := cmp.Diff(tt.want, quantities(read(t, "f.csv", sheet.String(), Options{}))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// quantities writes each row's quantity, or the rule that it breaks.
func quantities(r result) string {
	var list []string
	for _, row := range r.rows {
		said := row.Fields.Quantity
		for _, p := range row.Problems {
			said += p.Rule
		}
		list = append(list, said)
	}
	return strings.Join(list, " ")
}

func TestEachColumnDecidesForItself(t *testing.T) {
	got := read(t, "f.csv", "service;link;quantity;runs\n1;a;1,000;1,000\n1;b;1,000,000;5\n", Options{}).brief()
	want := "2 service=1 link=a quantity=1000\n" +
		"f.csv!D2 runs: 1,000 may be 1000 or 1; write 1000 or 1, without comma or point\n" +
		"3 service=1 link=b quantity=1000000 runs=5\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Rows that are not read must not decide for those that are.
func TestOnlyRowsOfTheSheetDecide(t *testing.T) {
	beyond := "service;link;quantity\n1;a;1,000\n" + strings.Repeat("\n", 1001) + "1;b;1,000,000\n"
	if got := quantities(read(t, "f.csv", beyond, Options{})); got != "number-ambiguous" {
		t.Errorf("a row beyond the end decides: %s", got)
	}
	hidden := line(1, "Service", "Link", "Quantity") + line(2, "1", "a", "1,000") +
		`<row r="3" hidden="1"><c r="C3" t="str"><v>1,000,000</v></c></row>`
	if got := quantities(read(t, "f.xlsx", handMade{rows: hidden}.zip(),
		Options{Hidden: "skip"})); got != "number-ambiguous" {
		t.Errorf("a hidden row decides: %s", got)
	}
}

// A program in America wrote the column: 02/03/2030 is not what it seems.
func TestDatesWithTheMonthFirst(t *testing.T) {
	const head = "service,link,expiry\n"
	got := read(t, "f.csv", head+"1,a,02/03/2030\n2,b,12/31/2030\n3,c,05/05/2030\n4,d,2030-03-02\n", Options{}).brief()
	want := "2 service=1 link=a\n" +
		"f.csv!C2 expiry: 02/03/2030 may be 2 March 2030, or 3 February 2030: other dates of the column have the month " +
		"first; write it as 2030-12-31, or format the cell as a date\n" +
		"3 service=2 link=b\n" +
		"f.csv!C3 expiry: 12/31/2030 is no date in the form day/month/year: there is no month 31; write 31/12/2030 if " +
		"that is meant\n" +
		"4 service=3 link=c expiry=05/05/2030\n5 service=4 link=d expiry=02/03/2030\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := read(t, "f.csv", head+"1,a,02/03/2030\n2,b,31/12/2030\n",
		Options{}).brief(); got != "2 service=1 link=a expiry=02/03/2030\n3 service=2 link=b expiry=31/12/2030\n" {
		t.Error(got)
	}
}
