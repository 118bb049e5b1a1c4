package web

import (
	"net/http"
	"regexp"
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
	Name  string
	Named []string // the first of the rows, each with why
	Rows  int
	About string // stands for them
}

// More is how many rows aren't named.
func (w warning) More() int { return w.Rows - len(w.Named) }

func (v *review) warnings() (all []warning) {
	for _, w := range parse.Warnings() {
		if waits := v.waits[ofWarning+w.Name]; waits.Rows > 0 {
			all = append(all, warning{w.Name, waits.Named, waits.Rows, waits.About})
		}
	}
	return all
}

// accept keeps which warnings a person accepts, of the rows that were shown with them.
func (s *Server) accept(r *http.Request) (answer, error) {
	if err := r.ParseForm(); err != nil {
		return answer{}, err
	}
	id := r.PathValue("sheet")
	err := s.Desk.Choose(r.Context(), id, func(c *desk.Choices) {
		for _, name := range r.Form["warning"] {
			c.Say(ofWarning+name, r.FormValue("about "+name))
		}
	})
	return see("/sheets/%s/review", id), err
}

// onlyWords leaves out of a note which option of the command line says so.
func onlyWords(note string) string {
	return regexp.MustCompile(` and --[a-z-]+ says so|--`).ReplaceAllString(note, "")
}

// plainNotes leaves that out of all of them.
func plainNotes(notes []string) (words []string) {
	for _, note := range notes {
		words = append(words, onlyWords(note))
	}
	return words
}

// omitted tells of the rows that were left out by what was said of all of them, which no table shows: among those that
// are left out, and among all.
func omitted(notes []string, only journal.State) []string {
	if only != journal.Skipped && only != "" {
		return nil
	}
	return plainNotes(notes)
}

// proposal is one decision that mends several rows at once.
type proposal struct {
	Name  string // of what is chosen by it
	Value string
	Words string
	Rows  int
	About string // stands for them, where the decision is about these alone
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
	for _, one := range []proposal{
		{Name: allowDuplicates, Words: "Order equal rows, each"},
		{Name: allowRepeat, Words: "Order again what another batch ordered"},
		{Name: acceptPrice, Words: "Order at the price of now"},
	} {
		if waits := v.waits[one.Name]; waits.Rows > 0 {
			one.Rows, one.About = waits.Rows, waits.About
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

// fix keeps such a decision, or takes it back.
func (s *Server) fix(r *http.Request) (answer, error) {
	id := r.PathValue("sheet")
	name, value, keep := r.FormValue("name"), r.FormValue("value"), r.FormValue("do") != "back"
	about := ""
	if keep {
		about = r.FormValue("about")
	}
	err := s.Desk.Choose(r.Context(), id, func(c *desk.Choices) {
		switch name {
		case "again":
			c.Again = keep
		case "accept-k":
			c.AcceptK = keep
		case "skip-struck":
			c.SkipStruck = keep
		case "skip-sections":
			c.SkipSections = keep
		case "skip-marked":
			c.SkipMarked = among(c.SkipMarked, value, keep)
		case "where":
			c.Where = among(c.Where, value, keep)
		case "hidden":
			c.Hidden = value
		case "thousands":
			c.Thousands = value
		default:
			c.Say(name, about)
		}
	})
	return see("/sheets/%s/review", id), err
}

// among adds a text to a list, or takes it out.
func among(all []string, one string, is bool) []string {
	all = slices.DeleteFunc(all, func(other string) bool { return other == one })
	if is {
		all = append(all, one)
	}
	return all
}
