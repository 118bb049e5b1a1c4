package web

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
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
		"state":     isIn,
		"stands":    stands,
		"utc":       report.Utc,
		"safe":      parse.Escape,
		"yes":       report.YesNo,
		"ticked":    func(c desk.Choices, tab string) bool { return c.Reads(tab) },
		"has":       func(all []string, one string) bool { return slices.Contains(all, one) },
		"persecond": func(n float64) string { return fmt.Sprintf("%.3g/s", n) },
		"short":     short,
		"plain":     pageWords,
		"others":    others,
		"spaced":    func(ids string) string { return strings.ReplaceAll(ids, ",", ", ") },
		"spelled":   spelled,
		"inc":       func(n int) int { return n + 1 },
		"ago":       func(t time.Time) string { return report.About(time.Since(t)) + " ago" },
	}
}

// others says whether others order on an account.
func others(e panel.Exclusive) string {
	switch e {
	case panel.Alone:
		return "only these books order here"
	case panel.Shared:
		return "others order here too"
	}
	return "whether others order here, nobody said"
}

// mostSaid is how many characters of a panel's answer are shown.
const mostSaid = 400

func short(text string) string {
	if all := []rune(text); len(all) > mostSaid {
		return string(all[:mostSaid]) + "…"
	}
	return text
}

// isIn says in which state a row of a batch is, as the review says it.
func isIn(s journal.State) string {
	switch s {
	case journal.Invalid, journal.Skipped:
		return stands(s)
	}
	return report.StateWords(s)
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

var (
	// asideForTerminals is what is said in brackets of options and of the configuration.
	asideForTerminals = regexp.MustCompile(" \\([^()]*(--[a-z]|in the configuration|`bulkorder)[^()]*\\)")
	forTerminals      = regexp.MustCompile("--[a-z]|`|in the configuration|bulkorder [a-z]")
)

// pageWords leaves out of a text which command or option goes on from there: the page has its own ways.
func pageWords(text string) string {
	var all []string
	for part := range strings.SplitSeq(asideForTerminals.ReplaceAllString(text, ""), "; ") {
		if !forTerminals.MatchString(part) {
			all = append(all, part)
		}
	}
	return strings.Join(all, "; ")
}

// plainly says several texts so.
func plainly(texts []string) (all []string) {
	for _, text := range texts {
		if words := pageWords(text); words != "" {
			all = append(all, words)
		}
	}
	return all
}
