package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
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
	Form    string // names it in forms
	Off     bool
	Edits   []cellView
	Fixed   bool            // it is ordered already, or left out
	Edited  bool            // a person changed it
	Further bool            // it has cells that can be edited and aren't among Edits
	Wrong   map[string]bool // fields of whose cells something is wrong
	Words   string          // message
	Service string          // the letter of the column that a service can be chosen for; empty: it needs none
}

// cellView is a cell that can be edited in place.
type cellView struct {
	Letter, Label, Text, Wrong string
	Lines                      bool // it has several
}

// row shows a row; whole, with all its cells to be edited.
func (v *review) row(u desk.Upload, e journal.Entry, whole bool) rowView {
	p := report.NewPlanned(e, v.names[[2]string{e.Panel, e.Service}])
	key := v.key(u, e)
	row := rowView{Planned: p, Line: e.At(), Form: formOf(e.At(), key), Off: slices.Contains(u.Choices.Off, key),
		Words: messageOf(e, p), Wrong: map[string]bool{}}
	if row.Fixed = !slices.Contains([]journal.State{journal.Queued, journal.Held, journal.Invalid}, e.State); row.Fixed {
		return row
	}
	wrong := map[string]string{}
	for _, problem := range report.ProblemsOf(e) {
		if !problem.Warning {
			wrong[problem.Column] = problem.Wrong + "; " + problem.Mend
			row.Wrong[problem.Field] = e.State == journal.Invalid
		}
	}
	row.Edited = len(u.Choices.Edits[key]) > 0
	for i, c := range v.columns {
		letter := v.draft.Letter(e.At(), i)
		_, is := wrong[letter]
		_, edited := u.Choices.Edits[key][letter]
		ours := c.Field != "" && (wrong[""] != "" && e.State == journal.Invalid || whole)
		if letter != "" && i < len(e.Cells) && (is || edited || ours) {
			row.Edits = append(row.Edits, cellView{letter, cmp.Or(c.Name, letter), e.Cells[i], wrong[letter],
				strings.ContainsAny(e.Cells[i], "\r\n")})
			if c.Field == "service" {
				row.Service = letter
			}
		} else if letter != "" && c.Field != "" {
			row.Further = true
		}
	}
	return row
}

// key names a row by its worksheet and its number there. The name of a file of text says nothing.
func (v *review) key(u desk.Upload, e journal.Entry) string {
	at := parse.Line{N: e.At().Number(), Tab: e.Tab}
	if at.Tab == "" && v.draft.Plan.Worksheet != u.Name {
		at.Tab = v.draft.Plan.Worksheet
	}
	return at.String()
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
	at, n, err := rowOfForm(cmp.Or(r.FormValue("line"), r.FormValue("leave"), r.FormValue("take"),
		r.FormValue("restore")))
	if err != nil {
		return answer{}, err
	}
	var meanwhile error
	err = s.Desk.Choose(r.Context(), id, func(c *desk.Choices) {
		row := c.Row(at)
		switch {
		case r.FormValue("leave") != "":
			c.Leave(row)
		case r.FormValue("take") != "":
			c.Take(row)
		case r.FormValue("restore") != "":
			delete(c.Edits, row)
		default:
			meanwhile = changeCells(c, row, r.Form)
		}
	})
	if err == nil {
		err = meanwhile
	}
	return see("/sheets/%s/review?%s#row-%d", id, back(r), n), err
}

// formOf names a row in forms: where it stands on the page, and its name where that is another one.
func formOf(at parse.Line, name string) string {
	if n := strconv.Itoa(at.N); n != name {
		return n + " " + name
	}
	return name
}

// rowOfForm reads which row a form is about: where it stands on the page, and its name. A name alone will do.
func rowOfForm(text string) (at parse.Line, n int, err error) {
	before, name, both := strings.Cut(text, " ")
	if n = number(before); !both || n == 0 {
		name = text
	}
	at, ok := parse.LineAt(name)
	if !ok {
		err = &desk.Mistake{Err: errNoRow}
	}
	return at, max(n, at.N), err
}

// largestCell is how many bytes a cell may be edited to have.
const largestCell = 64 << 10

// plainLines has lines end as a sheet has them: browsers send other ends.
func plainLines(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// changeCells keeps the cells of a form that were changed in it: what wasn't stays as the file has it, or as somebody
// else changed it meanwhile. The same cell that both changed is nobody's to overwrite unseen.
func changeCells(c *desk.Choices, row string, form url.Values) error {
	changed := map[string]string{}
	for key, values := range form {
		letter, is := strings.CutPrefix(key, "cell ")
		text, was, shown := plainLines(values[0]), plainLines(form.Get("was "+letter)), form.Has("was "+letter)
		if !is || shown && was == text {
			continue
		}
		now, edited := c.Edits[row][letter]
		if edited && shown && strings.TrimSpace(now) != strings.TrimSpace(was) && now != text {
			return &desk.Mistake{Err: fmt.Errorf("nothing was changed: in row %s, %q was changed to %q since this was shown",
				row, was, now)}
		}
		if len(text) > largestCell {
			return &desk.Mistake{Err: fmt.Errorf("nothing was changed: a cell has %d bytes at most", largestCell)}
		}
		changed[letter] = text
	}
	for letter, text := range changed {
		c.Edit(row, letter, text)
	}
	return nil
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
