package book

import "testing"

func TestLetter(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := Letter(i); got != want {
			t.Errorf("bookLetter(%d) = %s, want %s", i, got, want)
		}
		column, row, ok := reference([]byte(want + "7"))
		if column != i || row != 7 || !ok {
			t.Errorf("reference(%s7) = %d, %d, %v", want, column, row, ok)
		}
	}
}

func TestSerialNumbersOfDates(t *testing.T) {
	for _, tt := range []struct {
		raw      string
		date1904 bool
		want     string
	}{
		{"1", false, "01/01/1900"},
		{"59", false, "28/02/1900"},
		{"60", false, ""}, // the 29 February 1900 that never was
		{"61", false, "01/03/1900"},
		{"47848", false, "31/12/2030"},
		{"47848.5", false, "31/12/2030 12:00:00"},
		{"47848.999999", false, "01/01/2031"},
		{"46386", true, "31/12/2030"},
		{"2958465", false, "31/12/9999"},
		{"2958466", false, ""},
		{"0.5", false, ""},
		{"-1", false, ""},
		{"NaN", false, ""},
		{"1E300", false, ""},
	} {
		got, ok := serialDate(tt.raw, tt.date1904)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("serialDate(%s, %v) = %q, %v, want %q", tt.raw, tt.date1904, got, ok, tt.want)
		}
	}
}

func TestDateFormats(t *testing.T) {
	for code, want := range map[string]bool{
		"dd/mm/yyyy": true, "mmm": true, "[$-409]d mmm yyyy;@": true, "yyyy": true, `d" of "mmmm`: true, "m/d/yy h:mm": true,
		"General": false, "0.00": false, "0.00E+00": false, `0" days"`: false, "[Red]0": false, `\d0`: false, "[h]:mm": false,
		"h:mm AM/PM": false, "mm:ss.0": false, "_d0": false, `"unclosed`: false, "[": false, `0\`: false,
		`#,##0.00 [$USD]`: false,
	} {
		if got := dateFormat(code); got != want {
			t.Errorf("dateFormat(%q) = %v", code, got)
		}
	}
}
