package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

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
		c.Accept = slices.Clone(r.Form["warning"])
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
func (v *review) fixes(ctx context.Context) (all []proposal, err error) {
	for _, p := range v.offer.Problems {
		one, ok := proposalOf(p)
		if !ok {
			continue
		}
		i := slices.IndexFunc(all, func(f proposal) bool { return f.Name == one.Name && f.Value == one.Value })
		if i < 0 {
			all, i = append(all, one), len(all)
		}
		all[i].Rows++
	}
	duplicates, repeats, err := v.held(ctx)
	if duplicates > 0 {
		all = append(all, proposal{Name: "allow-duplicates", Words: "Order equal rows, each", Rows: duplicates})
	}
	if repeats > 0 {
		all = append(all, proposal{Name: "allow-repeat", Words: "Order again what another batch ordered", Rows: repeats})
	}
	return all, err
}

// held counts the rows that are held since they are like others.
func (v *review) held(ctx context.Context) (duplicates, repeats int, err error) {
	if v.offer.Totals.States[journal.Held] == 0 {
		return 0, 0, nil
	}
	rows, ok := v.offer.RowsIn(ctx, journal.Held)
	if !ok {
		rows = v.draft.Rows(ctx)
	}
	for e, err := range rows {
		if err != nil {
			return 0, 0, err
		}
		switch {
		case e.State != journal.Held:
		case e.Reason == journal.Duplicate:
			duplicates++
		case e.Reason == journal.Repeat, e.Reason == journal.InWorkbook:
			repeats++
		}
	}
	return duplicates, repeats, nil
}

// proposalOf reads the option that decides a problem.
func proposalOf(p parse.Problem) (f proposal, ok bool) {
	switch option := p.Option; {
	case option == "--accept-k" || strings.Contains(p.Mend, "--accept-k"):
		return proposal{Name: "accept-k", Words: "Read 1k as 1000"}, true
	case option == "--skip-struck":
		return proposal{Name: "skip-struck", Words: "Leave out rows that are struck through"}, true
	case strings.HasPrefix(option, "--where "):
		condition := strings.Trim(strings.TrimPrefix(option, "--where "), `"'`)
		return proposal{Name: "where", Value: condition, Words: "Order only rows with " + condition}, true
	case strings.HasPrefix(option, "--thousands "):
		mark := strings.TrimPrefix(option, "--thousands ")
		return proposal{Name: "thousands", Value: mark, Words: "Take " + mark + " for what parts thousands"}, true
	}
	return f, false
}

// fix keeps such a decision.
func (s *Server) fix(r *http.Request) (answer, error) {
	id := r.PathValue("sheet")
	value := r.FormValue("value")
	err := s.Desk.Choose(r.Context(), id, func(c *desk.Choices) {
		switch r.FormValue("name") {
		case "accept-k":
			c.AcceptK = true
		case "skip-struck":
			c.SkipStruck = true
		case "allow-duplicates":
			c.Duplicates = true
		case "allow-repeat":
			c.Repeats = true
		case "where":
			if !slices.Contains(c.Where, value) {
				c.Where = append(c.Where, value)
			}
		case "thousands":
			c.Thousands = value
		}
	})
	return see("/sheets/%s/review", id), err
}
