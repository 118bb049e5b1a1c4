package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// rowView is a row of the review.
type rowView struct {
	report.Planned
	Line    parse.Line
	Off     bool
	Edits   []cellView
	Wrong   map[string]bool // fields of whose cells something is wrong
	Words   string          // message
	Service string          // the letter of the column that a service can be chosen for; empty: it needs none
}

// cellView is a cell that can be edited in place.
type cellView struct {
	Letter, Label, Text, Wrong string
}

// row shows a row; whole, with all its cells to be edited.
func (v *review) row(u desk.Upload, e journal.Entry, whole bool) rowView {
	p := report.NewPlanned(e, v.names[[2]string{e.Panel, e.Service}])
	row := rowView{Planned: p, Line: e.At(), Off: slices.Contains(u.Choices.Off, e.Line), Words: messageOf(e, p),
		Wrong: map[string]bool{}}
	if e.State == journal.Skipped {
		return row
	}
	wrong := map[string]string{}
	for _, problem := range report.ProblemsOf(e) {
		if !problem.Warning {
			wrong[problem.Column] = problem.Wrong + "; " + problem.Mend
			row.Wrong[problem.Field] = e.State == journal.Invalid
		}
	}
	for i, c := range v.columns {
		_, is := wrong[c.Letter]
		_, edited := u.Choices.Edits[e.Line][c.Letter]
		ours := c.Field != "" && (wrong[""] != "" && e.State == journal.Invalid || whole)
		if i < len(e.Cells) && (is || edited || ours) {
			row.Edits = append(row.Edits, cellView{c.Letter, cmp.Or(c.Name, c.Letter), e.Cells[i], wrong[c.Letter]})
			if c.Field == "service" {
				row.Service = c.Letter
			}
		}
	}
	return row
}

// messageOf says what a person should know of a row, without what is for the terminal alone.
func messageOf(e journal.Entry, p report.Planned) string {
	var all []string
	for _, problem := range report.ProblemsOf(e) {
		words := strings.TrimSpace(problem.Column+" "+problem.Field) + ": " + problem.Wrong
		if problem.Found != "" {
			words = strings.TrimSpace(problem.Column+" "+problem.Field) + ": " + problem.Found + " " + problem.Wrong
		}
		if mend := onThePage(problem.Mend); mend != "" {
			words += "; " + mend
		}
		all = append(all, strings.TrimPrefix(words, ": "))
	}
	if all == nil {
		return p.Why
	}
	return strings.Join(all, ". ")
}

// onThePage leaves out of advice what is for the command line alone.
func onThePage(advice string) string {
	advice, _, _ = strings.Cut(advice, ", or say --")
	if strings.Contains(advice, "--") || strings.Contains(advice, "`") {
		return ""
	}
	return advice
}

// edit changes cells of a row, or leaves it out, or takes it in again.
func (s *Server) edit(r *http.Request) (answer, error) {
	id := r.PathValue("sheet")
	line := cmp.Or(number(r.FormValue("line")), number(r.FormValue("leave")), number(r.FormValue("take")))
	if line == 0 {
		return answer{}, &desk.Mistake{Err: errNoRow}
	}
	err := s.Desk.Choose(r.Context(), id, func(c *desk.Choices) {
		switch {
		case r.FormValue("leave") != "":
			c.Off = append(c.Off, line)
			slices.Sort(c.Off)
			c.Off = slices.Compact(c.Off)
		case r.FormValue("take") != "":
			c.Off = slices.DeleteFunc(c.Off, func(n int) bool { return n == line })
		default:
			for key, values := range r.Form {
				letter, is := strings.CutPrefix(key, "cell ")
				was, shown := r.Form["was "+letter]
				if is && !(shown && was[0] == values[0]) { // what wasn't changed stays as the file has it
					c.Edit(line, letter, values[0])
				}
			}
		}
	})
	return see("/sheets/%s/review?%s#row-%d", id, back(r), line), err
}

// back keeps the filter and the page that a form was on.
func back(r *http.Request) string {
	return "only=" + pathWord(r.FormValue("only")) + "&from=" + pathWord(r.FormValue("from"))
}

// pathWord keeps of a word what needs no quoting.
func pathWord(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' {
			return c
		}
		return -1
	}, s)
}
