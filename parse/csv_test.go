package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTextSheets(t *testing.T) {
	long := strings.Repeat("x", 33000)
	for _, tt := range []struct {
		name    string
		content string
		options Options
		want    string
	}{
		{"a plain sheet", "service,link,quantity\n102,https://x.com/a,1000\n", Options{},
			"2 service=102 link=https://x.com/a quantity=1000\n"},
		{"a byte order mark is no part of the first name", "\ufeffservice,link,quantity\n102,https://x.com/a,1000\n",
			Options{}, "2 service=102 link=https://x.com/a quantity=1000\n"},
		{"what keeps a text from being a formula is no part of it",
			"service,link,comments\n102,'@a,\"'-x\n'-y\"\n103,''=a,it's\n104,'a,'\n", Options{},
			"2 service=102 link=@a comments=-x\\n'-y\n3 service=103 link='=a comments=it's\n" +
				"4 service=104 link='a comments='\n"},
		{"semicolons", "service;link;quantity\n102;https://x.com/a,b;1000\n", Options{},
			"2 service=102 link=https://x.com/a,b quantity=1000\n"},
		{"tabs", "service\tlink\tquantity\n102\thttps://x.com/a\t1000\n", Options{},
			"2 service=102 link=https://x.com/a quantity=1000\n"},
		{"pipes with a header", "service | link | quantity\n102 | https://x.com/a | 1000\n", Options{},
			"2 service=102 link=https://x.com/a quantity=1000\n"},
		{"semicolons, though the comments hold more commas", "service;link;comments\n102;https://x.com/a;a,b,c,d,e,f\n",
			Options{}, "2 service=102 link=https://x.com/a comments=a,b,c,d,e,f\n"},
		{"sep= is obeyed, and counts as a row", "sep=|\nservice|link|quantity\n102|https://x.com/a|1000\n", Options{},
			"3 service=102 link=https://x.com/a quantity=1000\n"},
		{"--delimiter overrides", "service^link^quantity\n102^a,b;c^1000\n", Options{Delimiter: '^'},
			"2 service=102 link=a,b;c quantity=1000\n"},
		{"carriage returns alone end lines", "service,link,quantity\r102,a,1\r103,b,2", Options{},
			"2 service=102 link=a quantity=1\n3 service=103 link=b quantity=2\n"},
		{"blank lines count", "service,link,quantity\r\n\r\n102,a,1\r\n , ,\r\n\r\n103,b,2\r\n", Options{},
			"3 service=102 link=a quantity=1\n6 service=103 link=b quantity=2\n"},
		{"a cell of several lines is one row", "service,link,comments\n102,a,\"one\r\ntwo\rthree\n\n four \"\n103,b,x\n",
			Options{}, "2 service=102 link=a comments=one\\ntwo\\nthree\\nfour\n3 service=103 link=b comments=x\n"},
		{"a quote in a quoted cell", "service,link,comments\n102,a,\"say \"\"hi\"\", you\"\n", Options{},
			"2 service=102 link=a comments=say \"hi\", you\n"},
		{"a bare quote spoils its row only", "service,link,comments\n102,a,5\" screen\n103,b,x\n", Options{},
			"2 service=102 link=a comments=5\" screen\nf.csv!C2: has a quote inside a cell that is not quoted; put the whole " +
				"cell in quotes, and write each quote inside it twice: \"\"\n3 service=103 link=b comments=x\n"},
		{"text after a closing quote", "service,link,comments\n102,a,\"x\" y\n103,b,x\n", Options{},
			"2 service=102 link=a comments=x y\nf.csv!C2: has text after a closing quote; write each quote inside a quoted " +
				"cell twice: \"\"\n3 service=103 link=b comments=x\n"},
		{"a quote that stays open names its row", "service,link,comments\n102,a,x\n103,b,\"y\n104,c,z\n105,d,z\n", Options{},
			"2 service=102 link=a comments=x\n3 service=103 link=b comments=y\\n104,c,z\\n105,d,z\nf.csv!C3: has a quote " +
				"that is never closed: the 3 lines from there to the end of the file are in that cell; close the quote, or " +
				"remove it\n"},
		{"too many cells spoil their row only", "service,link,quantity\n102,a,1,5\n103,b,2,,\n", Options{},
			"2 service=102 link=a quantity=1\nf.csv!D2: 5 stands in no column of the header; look whether the row's cells " +
				"have shifted: a cell that holds the delimiter must be in quotes\n3 service=103 link=b quantity=2\n"},
		{"too few cells are blank ones", "service,link,quantity,runs\n102,a,1\n", Options{},
			"2 service=102 link=a quantity=1\n"},
		{"a cell that is too long", "service,link,comments\n102,a," + long + "\n", Options{},
			"2 service=102 link=a\nf.csv!C2 comments: " + long[:80] +
				"… is longer than the 32,767 characters that a cell can hold; shorten it, or spread it over several rows\n"},
		{"blanks around a value", "service,link,quantity\n\u00a0102 ,\u200b a\u00a0,\u202f7\ufeff\n", Options{},
			"2 service=102 link=a quantity=7\n"},
		{"emoji and right-to-left text are kept", "service,link,comments\n1,a,👩‍👩‍👧 שלום\n", Options{},
			"2 service=1 link=a comments=👩\\u200d👩\\u200d👧 שלום\n"},
		{"a total at the bottom", "service,link,quantity,note\n1,a,5,\n,,,total 5\n", Options{},
			"2 service=1 link=a quantity=5\n"},
		{"a row without service and link is told", "service,link,quantity\n1,a,5\n,,5\n", Options{},
			"2 service=1 link=a quantity=5\n3 quantity=5\n"},
		{"the header again between blocks", "service,link,quantity\n1,a,5\n\nservice,link,quantity\n2,b,6\n", Options{},
			"2 service=1 link=a quantity=5\n5 service=2 link=b quantity=6\n"},
		{"a run of blank rows ends the sheet", "service,link\n1,a\n" + strings.Repeat("\n", 1000) + "2,b\n", Options{},
			"2 service=1 link=a\n"},
		{"a shorter run does not", "service,link\n1,a\n" + strings.Repeat("\n", 999) + "2,b\n", Options{},
			"2 service=1 link=a\n1002 service=2 link=b\n"},
		{"a quote open for more than a mebibyte", "service,link\n1,\"a\n" + strings.Repeat("1,a\n", 300000), Options{},
			"error f.csv!2: is longer than 1 MiB: a quote in it is surely not closed; close the quote, or remove it\n"},
		{"mass-order text", "102 | https://x.com/a | 1000\n\n103|https://x.com/b|20\n", Options{},
			"1 service=102 link=https://x.com/a quantity=1000\n3 service=103 link=https://x.com/b quantity=20\n"},
		{"mass-order text, quantity first", "102 | 1000 | https://x.com/a\n103|20|https://x.com/\"b\n", Options{},
			"1 service=102 link=https://x.com/a quantity=1000\n2 service=103 link=https://x.com/\"b quantity=20\n"},
		{"mass-order lines that contradict", "1|a|5\n2|b|6\n3|7|c\n", Options{},
			"1 service=1 link=a quantity=5\n2 service=2 link=b quantity=6\n3 service=3 link=7\nf.txt!3: has link and " +
				"quantity the other way round than the other lines; write it as service | link | quantity\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			name := "f.csv"
			if strings.HasPrefix(tt.name, "mass") {
				name = "f.txt"
			}
			got := read(t, name, tt.content, tt.options).brief()
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMassOrderLineWithAPartTooMany(t *testing.T) {
	got := read(t, "f.txt", strings.Repeat("1|a|5\n", 30)+"2|b|6|7\n", Options{}).brief()
	want := "31 service=2 link=b quantity=6\nf.txt!31: does not have three parts between |; write it as service | link " +
		"| quantity\n"
	if !strings.HasSuffix(got, want) {
		t.Errorf("got %s", got)
	}
}

func TestZeroByteFarBehind(t *testing.T) {
	got := read(t, "f.csv", "service,link\n"+strings.Repeat("1,a\n", 20000)+"2,\x00b\n", Options{})
	want := "f.csv!20002: holds a zero byte: the file is no text from here on; save the sheet again as .xlsx or CSV"
	if got.err == nil || got.err.Error() != want || len(got.rows) != 20000 {
		t.Errorf("got %d rows, then %v", len(got.rows), got.err)
	}
}
