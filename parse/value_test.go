package parse

import (
	"strings"
	"testing"

	"bulkorder/parse/book"
)

// said writes what normalise gives: the value, or what a person reads.
func said(c book.Cell, s valueKind) string {
	value, f := normalise(c, s, marks{})
	if f != nil {
		return f.rule + ": " + f.wrong + "; " + f.mend
	}
	return value
}

func TestWholeNumbers(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"digits", "1000", "1000"},
		{"zeros after the point", "1000.0", "1000"},
		{"two zeros after the point", "1000.00", "1000"},
		{"zeros after a comma", "1000,00", "1000"},
		{"zeros after a comma that may be hundreds", "100,00",
			"number-ambiguous: may be 100 or 10000; write 100 or 10000, without a comma"},
		{"blanks as thousands", "1 000", "1000"},
		{"no-break spaces as thousands", "1\u00a0000\u00a0000", "1000000"},
		{"narrow no-break spaces as thousands, and zeros", "1\u202f000.00", "1000"},
		{"leading zeros", "007", "7"},
		{"zero", "0", "0"},
		{"nothing", "  ", ""},
		{"zeros after the point of four digits", "1000.000", "1000"},
		{"a comma that may part thousands", "1,000",
			"number-ambiguous: may be 1000 or 1; write 1000 or 1, without comma or point"},
		{"a point that may part thousands", "12.500",
			"number-ambiguous: may be 12500 or the fraction 12.500; write 12500 if that is meant: fractions cannot be ordered"},
		{"commas as thousands", "1,000,000",
			"number-ambiguous: has commas or points between its digits; write the digits alone, such as 1000000"},
		{"commas and a point", "1,000.00",
			"number-ambiguous: has commas or points between its digits; write the digits alone, such as 1000000"},
		{"a fraction", "1.5", "number-not-whole: is not a whole number; use a whole number"},
		{"a small fraction", "0.500", "number-not-whole: is not a whole number; use a whole number"},
		{"a percentage", "50%", "number-not-whole: is a percentage; use a whole number"},
		{"a short form", "1k", "number-not-whole: is a short form; write the number in full, such as 1000 for 1k, or say --accept-k"},
		{"a negative number", "-5", "number-not-whole: is negative; use a whole number from 0"},
		{"a sign", "+5", "number-not-whole: has a sign; write the digits alone"},
		{"words", "a lot", "number-not-whole: is not a whole number; write digits alone, such as 1000"},
		{"words with a number", "30 min", "number-not-whole: is not a whole number; write digits alone, such as 1000"},
		{"blanks between other groups", "10 00", "number-not-whole: is not a whole number; write digits alone, such as 1000"},
		{"a scientific text", "1.23E+12",
			"number-damaged: was damaged by Excel, which keeps 15 digits of a number; format the column as Text and type the " +
				"value again"},
		{"a point alone", ".", "number-not-whole: is not a whole number; write digits alone, such as 1000"},
		{"a point at the end", "5.", "number-not-whole: is not a whole number; use a whole number"},
		{"too many digits", strings.Repeat("9", 16), "number-not-whole: is too large; use a number of at most 15 digits"},
		{"Arabic digits", "١٠٠", "100"},
		{"Arabic digits and the Arabic thousands mark", "١٬٢٣٤٬٥٦٧",
			"number-ambiguous: has commas or points between its digits; write the digits alone, such as 1000000"},
		{"Hindi digits", "१०००", "1000"},
		{"wide digits", "５００", "500"},
		{"a number that is no digit", "Ⅻ", "number-not-whole: is not a whole number; write digits alone, such as 1000"},
		{"thousands with an apostrophe", "1'500", "1500"},
		{"thousands with a curved apostrophe", "2’000", "2000"},
		{"an apostrophe in front", "'500", "number-not-whole: is not a whole number; write digits alone, such as 1000"},
		{"groups of two, as in India", "1,00,000", "100000"},
		{"groups of two without a last of three", "1,00,00", "number-not-whole: is not a whole number; write digits alone, " +
			"such as 1000"},
	} {
		if got := said(book.Cell{Text: tt.text}, integer); got != tt.want {
			t.Errorf("%s: %q gives %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func TestNumberCellsOfAWorkbook(t *testing.T) {
	const damaged = "number-damaged: was damaged by Excel, which keeps 15 digits of a number; format the column as " +
		"Text and type the value again"
	for _, tt := range []struct {
		name, raw string
		sort      valueKind
		want      string
	}{
		{"a scientific number is exact", "1E+3", integer, "1000"},
		{"so is one with a point", "1.25E3", integer, "1250"},
		{"a fraction", "2.5", integer, "number-not-whole: is not a whole number; use a whole number"},
		{"a fraction that a spreadsheet doesn't show", "999.99999999999999", integer, "1000"},
		{"500*1.1 as it is stored", "550.0000000000001", integer, "550"},
		{"a fraction of 15 digits", "999.999999999999", integer,
			"number-not-whole: is not a whole number; use a whole number"},
		{"a negative number", "-1", integer, "number-not-whole: is negative; use a whole number from 0"},
		{"a quantity of sixteen digits", "1E+15", integer, damaged},
		{"an id", "102", service, "102"},
		{"an id of fifteen digits", "1.23456789012345E+14", id, "123456789012345"},
		{"an id of sixteen digits", "1234567890123450", id, damaged},
		{"an id of twenty digits", "1.2345678901234501E+19", id, damaged},
		{"a number as a link", "1.2345678901234501E+16", address, damaged},
		{"a number as a comment", "100", list, "100"},
		{"a fraction as a comment", "0.25", list, "0.25"},
		{"a tiny fraction", "2.5E-3", plain, "0.0025"},
		{"a number among ids", "12345678901234567", idList, damaged},
		{"an exponent that would fill the memory", "1E+999999999", id,
			"number-unreadable: is stored as a number but is none; type the value again"},
	} {
		if got := said(book.Cell{Kind: book.Number, Text: tt.raw}, tt.sort); got != tt.want {
			t.Errorf("%s: %q gives %q, want %q", tt.name, tt.raw, got, tt.want)
		}
	}
}

func TestDates(t *testing.T) {
	const form = "write it as 31/12/2030"
	for _, tt := range []struct{ name, text, want string }{
		{"day, month, year", "31/12/2030", "31/12/2030"},
		{"single digits", "1/2/2030", "01/02/2030"},
		{"year first", "2030-12-31", "31/12/2030"},
		{"a leap day", "29/02/2028", "29/02/2028"},
		{"a day that is not", "29/02/2030",
			"date-unreadable: is no day of the calendar; write a day that exists, as 31/12/2030"},
		{"month first", "12/31/2030",
			"date-unreadable: is no date in the form day/month/year: there is no month 31; write 31/12/2030 if that is meant"},
		{"a short year", "03/04/30",
			"date-ambiguous: has a year of two digits: it may be 3 April 2030 or 4 March 2030 or 30 April 2003; write the " +
				"year with four digits, as 31/12/2030"},
		{"a short year with one reading", "31/12/31",
			"date-ambiguous: has a year of two digits: it may be 31 December 2031; write the year with four digits, as " +
				"31/12/2030"},
		{"points", "31.12.2030", "date-unreadable: is not a date in the form day/month/year; " + form},
		{"words", "next week", "date-unreadable: is not a date in the form day/month/year; " + form},
		{"a slash too many", "1/2/3/2030", "date-unreadable: is not a date in the form day/month/year; " + form},
		{"no day", "/2/2030", "date-unreadable: is not a date in the form day/month/year; " + form},
		{"a year of three digits", "1/2/203",
			"date-unreadable: is no day of the calendar; write a day that exists, as 31/12/2030"},
	} {
		if got := said(book.Cell{Text: tt.text}, date); got != tt.want {
			t.Errorf("%s: %q gives %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
	if got := said(book.Cell{Kind: book.Number, Text: "47848"}, date); !strings.HasPrefix(got,
		"date-unreadable: is a number without a date format") {
		t.Errorf("a bare number gives %q", got)
	}
}

func TestTexts(t *testing.T) {
	const damaged = "number-damaged: was damaged by Excel, which keeps 15 digits of a number; format the column as " +
		"Text and type the value again"
	for _, tt := range []struct {
		name string
		cell book.Cell
		sort valueKind
		want string
	}{
		{"a long id in a text cell", book.Cell{Text: "12345678901234567"}, id, "12345678901234567"},
		{"an id that went through Excel", book.Cell{Text: "1.23E+12"}, id, damaged},
		{"the same with a comma", book.Cell{Text: "1,23E+12"}, service, damaged},
		{"the same among usernames", book.Cell{Text: "ann\n1.23E+12"}, idList, damaged},
		{"the same as a comment is somebody's words", book.Cell{Text: "1.23E+12"}, list, "1.23E+12"},
		{"a name that only looks like it", book.Cell{Text: "a1E+12"}, id, "a1E+12"},
		{"a service with a zero after the point", book.Cell{Text: "102.0"}, service, "102"},
		{"a service's name", book.Cell{Text: "Followers 2.0"}, service, "Followers 2.0"},
		{"a hyperlink under a label", book.Cell{Text: "my page", Target: "https://x.com/a"}, address, "https://x.com/a"},
		{"a hyperlink to what is shown", book.Cell{Text: "https://X.com/a", Target: "https://x.com/a/"}, address,
			"https://X.com/a"},
		{"a hyperlink to somewhere else", book.Cell{Text: "https://x.com/a", Target: "https://x.com/b"}, address,
			"hyperlink-differs: is shown, but its hyperlink leads to https://x.com/b; remove the hyperlink, or make both the " +
				"same"},
		{"case counts in a path", book.Cell{Text: "https://e.com/a", Target: "https://e.com/A"}, address,
			"hyperlink-differs: is shown, but its hyperlink leads to https://e.com/A; remove the hyperlink, or make both the " +
				"same"},
		{"a name that another hyperlink is behind", book.Cell{Text: "@nord", Target: "https://e.com/lux"}, address,
			"hyperlink-differs: is shown, but its hyperlink leads to https://e.com/lux; remove the hyperlink, or make " +
				"both the same"},
		{"a name that its hyperlink is behind", book.Cell{Text: "@Nord", Target: "https://e.com/nord/"}, address,
			"https://e.com/nord/"},
		{"no https:// before another address", book.Cell{Text: "www.e.com/a", Target: "http://www.e.com/b"}, address,
			"hyperlink-differs: is shown, but its hyperlink leads to http://www.e.com/b; remove the hyperlink, or make " +
				"both the same"},
		{"no https:// before the same address", book.Cell{Text: "www.e.com/a", Target: "http://www.e.com/a/"}, address,
			"http://www.e.com/a/"},
		{"the same profile in two spellings",
			book.Cell{Text: "https://m.x.com/Nord", Target: "https://x.com/nord?s=20"}, address, "https://m.x.com/Nord"},
		{"a name with a point", book.Cell{Text: "anna.maria", Target: "https://e.com/anna"}, address, "https://e.com/anna"},
		{"a mail address is no link", book.Cell{Text: "my page", Target: "mailto:a@b.c"}, address, "my page"},
		{"a hyperlink under nothing", book.Cell{Target: "https://x.com/a"}, address, ""},
		{"a hyperlink elsewhere", book.Cell{Text: "ann", Target: "https://x.com/a"}, id, "ann"},
		{"an error of the spreadsheet", book.Cell{Kind: book.Error, Text: "#N/A"}, plain,
			"formula-error: is an error of the spreadsheet, not a value; mend the formula, or type the value"},
		{"a formula without a value", book.Cell{Kind: book.Pending}, plain,
			"formula-without-value: is a formula that was never computed; open the file in Excel and save it once"},
		{"a date in place of a number", book.Cell{Kind: book.Date, Text: "01/02/2026"}, integer,
			"turned-into-date: is a date, where none belongs: Excel may have turned a text or a number into it; format the " +
				"column as Text and type the value again"},
		{"an error of the spreadsheet, as text", book.Cell{Text: "#REF!"}, address,
			"formula-error: is an error of the spreadsheet, not a value; mend the formula, or type the value"},
		{"an error of LibreOffice, as text", book.Cell{Text: " Err:502 "}, list,
			"formula-error: is an error of the spreadsheet, not a value; mend the formula, or type the value"},
		{"an error in somebody's words", book.Cell{Text: "#N/A again"}, list, "#N/A again"},
		{"a formula as text", book.Cell{Text: "=A2&B2"}, address,
			"formula-without-value: is a formula in place of its value; save the sheet with its values, or type the value"},
		{"a smile", book.Cell{Text: "=)"}, list, "=)"},
		{"a number in a narrow column", book.Cell{Text: "#######"}, id,
			"number-hidden: is what a spreadsheet shows of a number in a narrow column; widen the column, and save the sheet " +
				"again"},
		{"signs as a comment", book.Cell{Text: "###"}, list, "###"},
		{"a lost letter", book.Cell{Text: "M\ufffdller"}, plain,
			"letters-lost: holds \"\ufffd\": letters were lost when the text was read or saved; type the value again, or say " +
				"the right --encoding"},
		{"true", book.Cell{Kind: book.Boolean, Text: "TRUE"}, plain, "TRUE"},
		{"true as a number", book.Cell{Kind: book.Boolean, Text: "TRUE"}, integer,
			"number-not-whole: is not a whole number; write digits alone, such as 1000"},
	} {
		if got := said(tt.cell, tt.sort); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
