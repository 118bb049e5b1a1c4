package web

import (
	"fmt"
	"html/template"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// words are what the pages say values with.
func words() template.FuncMap {
	return template.FuncMap{
		"amount":    func(d decimal.Decimal, currency string) string { return report.Amount(d, currency) },
		"known":     func(d decimal.NullDecimal) bool { return d.Valid },
		"count":     report.Count,
		"counted":   report.Counted,
		"state":     func(s journal.State) string { return report.StateWords(s) },
		"stands":    stands,
		"utc":       report.Utc,
		"safe":      parse.Escape,
		"yes":       report.YesNo,
		"has":       func(all []string, one string) bool { return slices.Contains(all, one) },
		"persecond": func(n float64) string { return fmt.Sprintf("%.3g/s", n) },
		"inc":       func(n int) int { return n + 1 },
		"ago":       func(t time.Time) string { return report.About(time.Since(t)) + " ago" },
	}
}

// stands says what becomes of a row of a sheet that isn't placed yet.
func stands(s journal.State) string {
	switch s {
	case journal.Queued:
		return "will be ordered"
	case journal.Invalid:
		return "wrong"
	case journal.Skipped:
		return "left out"
	}
	return report.StateWords(s)
}
