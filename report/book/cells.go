package book

import (
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// text gives what a cell holds for a text: nothing, a number that shows as exactly the text, or the text.
// Strings are never formulas, whatever they begin with.
func text(s string) any {
	if s == "" {
		return nil
	}
	if f, is := report.PlainNumber(s); is {
		return f
	}
	return fit(s)
}

// word gives a cell that is text even where it looks like a number: ids are names.
func word(s string) any {
	if s == "" {
		return nil
	}
	return fit(s)
}

// money gives exact money as a number where a spreadsheet can hold it exactly, as text otherwise.
func money(s string) any {
	if f, is := report.MoneyNumber(s); is {
		return f
	}
	return word(s)
}

// sum gives a sum of money as a number: charts and formulas pass text over. A spreadsheet keeps 15 digits
// of it; every digit is in the rows of Orders, in .csv and in .jsonl.
func sum(d decimal.Decimal) any { return d.InexactFloat64() }

// serial is a time as spreadsheets count: days since the end of 1899, in UTC.
func serial(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return float64(t.UnixMilli())/float64(24*time.Hour/time.Millisecond) + 25569
}

// cutNote ends a cell that didn't fit; tooLong says how much fits: UTF-16 units, as Excel counts.
const cutNote = " … [cut here: a cell holds 32,767 characters]"

func tooLong(s string) bool {
	return len(s) > excelize.TotalCellChars && len(utf16.Encode([]rune(s))) > excelize.TotalCellChars
}

// fit cuts what a cell can't hold, in sight: excelize cuts silently.
func fit(s string) string {
	if !tooLong(s) {
		return s
	}
	room := excelize.TotalCellChars - utf8.RuneCountInString(cutNote)
	for i, r := range s {
		if room -= utf16.RuneLen(r); room < 0 {
			return s[:i] + cutNote
		}
	}
	return s
}

// formulaText writes text inside a formula.
func formulaText(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// cuts warns of the cells of a row that a workbook can't hold whole.
func (w *workbook) cuts(e journal.Entry) []parse.Problem {
	var all []parse.Problem
	for _, i := range w.columns.Kept {
		if tooLong(report.Cell(e, i)) {
			all = append(all, parse.Problem{Row: e.At().Number(), Tab: e.Tab, Sheet: e.Tab,
				Field: w.columns.Headers[i], Rule: "cell-cut", Warning: true,
				Wrong: "is longer than a workbook's cell and is cut in this file",
				Mend:  "write the results as .csv or .jsonl to see all of it"})
		}
	}
	return all
}
