package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// warning is what a person must decide before the rows are ordered that it is about.
type warning struct {
	Name, Words string
	Rows        int
	Lines       string
}

func (v *review) warnings() (all []warning) {
	rows := map[string][]parse.Line{}
	first := map[string]string{}
	for _, p := range v.offer.Problems {
		if p.Asks != "" {
			rows[p.Asks] = append(rows[p.Asks], p.Line())
			first[p.Asks] = cmp.Or(first[p.Asks], p.Error())
		}
	}
	for _, w := range parse.Warnings() {
		if lines := rows[w.Name]; lines != nil {
			slices.SortFunc(lines, parse.CompareLines)
			lines = slices.Compact(lines)
			all = append(all, warning{w.Name, first[w.Name], len(lines), report.Lines(lines)})
		}
	}
	return all
}

// accept keeps which warnings a person accepts.
func (s *Server) accept(r *http.Request) (answer, error) {
	if err := r.ParseForm(); err != nil {
		return answer{}, err
	}
	id := r.PathValue("sheet")
	err := s.Desk.Choose(r.Context(), id, func(c *desk.Choices) {
		c.Accept = append(c.Accept, r.Form["warning"]...)
		slices.Sort(c.Accept)
		c.Accept = slices.Compact(c.Accept)
	})
	return see("/sheets/%s/review", id), err
}

// proposal is one decision that mends several rows at once.
type proposal struct {
	Name  string // of what is chosen by it
	Value string
	Words string
	Rows  int
}

// fixes are the decisions that the sheet's problems name: each mends all rows that it is about.
func (v *review) fixes() (all []proposal) {
	for _, p := range v.offer.Problems {
		for _, one := range proposalsOf(p) {
			i := slices.IndexFunc(all, func(f proposal) bool { return f.Name == one.Name && f.Value == one.Value })
			if i < 0 {
				all, i = append(all, one), len(all)
			}
			all[i].Rows++
		}
	}
	rows := func(reasons ...journal.Reason) (n int) {
		for _, r := range reasons {
			n += v.held[r].Rows
		}
		return n
	}
	for _, one := range []proposal{
		{Name: "allow-duplicates", Words: "Order equal rows, each", Rows: rows(journal.Duplicate)},
		{Name: "allow-repeat", Words: "Order again what another batch ordered",
			Rows: rows(journal.Repeat, journal.InWorkbook, journal.Forgotten)},
		{Name: "accept-price", Words: "Order at the price of now", Rows: rows(journal.Dear, journal.Dearer)},
	} {
		if one.Rows > 0 {
			all = append(all, one)
		}
	}
	return all
}

// heldSum adds up the estimated charges of the rows that are held.
func (v *review) heldSum() string {
	var sum decimal.Decimal
	for _, h := range v.held {
		sum = sum.Add(h.Charge)
	}
	if sum.IsZero() {
		return ""
	}
	return report.Amount(sum, "")
}

// proposalsOf reads the options that decide a problem.
func proposalsOf(p parse.Problem) []proposal {
	name, value, _ := strings.Cut(strings.TrimPrefix(p.Option, "--"), " ")
	value = strings.Trim(value, `"'`)
	switch {
	case name == "accept-k" || strings.Contains(p.Mend, "--accept-k"):
		return []proposal{{Name: "accept-k", Words: "Read 1k as 1000"}}
	case name == "skip-struck":
		return []proposal{{Name: name, Words: "Leave out rows that are struck through"}}
	case name == "skip-sections":
		return []proposal{{Name: name, Words: "Leave out rows below a title that says done"}}
	case name == "skip-marked":
		return []proposal{{Name: name, Value: value, Words: "Leave out rows that are marked in " + value}}
	case name == "where":
		return []proposal{{Name: name, Value: value, Words: "Order only rows with " + value}}
	case name == "thousands":
		return []proposal{{Name: name, Value: value, Words: "Take " + value + " for what parts thousands"}}
	case name == "hidden":
		return []proposal{{Name: name, Value: "skip", Words: "Leave out what is hidden"},
			{Name: name, Value: "include", Words: "Order by what is hidden too"}}
	}
	return nil
}

// fix keeps such a decision.
func (s *Server) fix(r *http.Request) (answer, error) {
	id := r.PathValue("sheet")
	name, value := r.FormValue("name"), r.FormValue("value")
	err := s.Desk.Choose(r.Context(), id, func(c *desk.Choices) {
		switch name {
		case "accept-k":
			c.AcceptK = true
		case "skip-struck":
			c.SkipStruck = true
		case "skip-sections":
			c.SkipSections = true
		case "skip-marked":
			c.SkipMarked = addTo(c.SkipMarked, value)
		case "where":
			c.Where = addTo(c.Where, value)
		case "hidden":
			c.Hidden = value
		case "thousands":
			c.Thousands = value
		case "allow-duplicates":
			c.Duplicates = true
		case "allow-repeat":
			c.Repeats = true
		case "accept-price":
			c.Prices = true
		}
	})
	return see("/sheets/%s/review", id), err
}

// addTo adds a text to a list that hasn't it yet.
func addTo(all []string, one string) []string {
	if slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}
