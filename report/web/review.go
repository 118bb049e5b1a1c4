package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// review is a sheet that was checked: what placing it would do. It is made again whenever what was chosen changes, and
// after the server was started again.
type review struct {
	mu      sync.Mutex
	choices string // that it was made with
	draft   *desk.Draft
	offer   desk.Offer
	columns []parse.Column
}

// reviewed gives the review of a sheet, and lets nobody else use it until done is called. Afresh, its offer is of now,
// as it must be before a sheet is placed; otherwise it is as it was when what is chosen changed last.
func (s *Server) reviewed(ctx context.Context, id string, afresh bool) (
	u desk.Upload, v *review, done func(), err error,
) {
	s.mu.Lock()
	if s.drafts[id] == nil {
		s.drafts[id] = &review{}
	}
	v = s.drafts[id]
	s.mu.Unlock()
	v.mu.Lock()
	if u, err = s.Desk.FindUpload(ctx, id); err == nil && u.Batch == "" {
		err = v.make(ctx, s.Desk, u, afresh)
	}
	if err != nil {
		v.mu.Unlock()
		return u, nil, nil, err
	}
	return u, v, v.mu.Unlock, nil
}

func (v *review) make(ctx context.Context, d *desk.Desk, u desk.Upload, afresh bool) (err error) {
	ctx = context.WithoutCancel(ctx) // who asked may be gone: the next one finds it
	if v.draft == nil || v.choices != u.Upload.Choices {
		if err := v.discard(); err != nil {
			return err
		}
		if v.draft, err = d.PrepareUpload(ctx, u); err != nil {
			v.draft = nil
			return err
		}
		v.choices, v.columns, afresh = u.Upload.Choices, v.draft.Plan.Columns, true
	}
	if afresh {
		v.offer, err = d.Offer(ctx, v.draft)
	}
	return err
}

func (v *review) discard() error {
	if v.draft == nil {
		return nil
	}
	draft := v.draft
	v.draft = nil
	return draft.Discard()
}

// forget lets go of a sheet's review.
func (s *Server) forget(id string) {
	s.mu.Lock()
	v := s.drafts[id]
	delete(s.drafts, id)
	s.mu.Unlock()
	if v != nil {
		v.mu.Lock()
		defer v.mu.Unlock()
		_ = v.discard() // what is left of it in the journal is thrown away a day later
	}
}

// perPage is how many rows a page shows.
const perPage = 200

// chips are the filters of a review, by what becomes of the rows.
func chips() []struct {
	Name  string
	State journal.State
} {
	return []struct {
		Name  string
		State journal.State
	}{
		{"Will be ordered", journal.Queued}, {"Held", journal.Held}, {"Wrong", journal.Invalid},
		{"Left out", journal.Skipped},
	}
}

// chip is a filter as it is shown.
type chip struct {
	Name   string
	State  journal.State
	Rows   int
	Chosen bool
}

// rowView is a row of the review.
type rowView struct {
	report.Planned
	Line  parse.Line
	Off   bool
	Edits []cellView
	Words string // message
}

// cellView is a cell that can be edited in place.
type cellView struct {
	Letter, Label, Text, Wrong string
}

func (s *Server) review(r *http.Request) (answer, error) {
	id := r.PathValue("sheet")
	u, v, done, err := s.reviewed(r.Context(), id, false)
	if isOfSheet(err) {
		return s.reading(u, err)
	}
	if err != nil {
		return answer{}, err
	}
	defer done()
	if u.Batch != "" {
		return see("/batches/%s", u.Batch), nil
	}
	only := journal.State(r.FormValue("only"))
	from, _ := strconv.Atoi(r.FormValue("from"))
	rows, more, err := v.rows(r.Context(), u, only, max(0, from))
	if err != nil {
		return answer{}, err
	}
	view := map[string]any{
		"Title": "Review " + u.Name, "Upload": u, "Rows": rows, "Offer": v.offer, "Only": only, "Chips": v.chips(only),
		"Notes": v.offer.Notes, "Warnings": v.warnings(), "Sum": v.sum(),
	}
	if view["Fixes"], err = v.fixes(r.Context()); err != nil {
		return answer{}, err
	}
	if more {
		view["Next"] = max(0, from) + perPage
	}
	if from > 0 {
		view["Earlier"], view["HasEarlier"] = max(0, from-perPage), true
	}
	return answer{page: "review", data: view}, nil
}

func (v *review) chips(only journal.State) (all []chip) {
	for _, c := range chips() {
		n := v.offer.Totals.States[c.State]
		all = append(all, chip{c.Name, c.State, n, c.State == only})
	}
	return all
}

// sum tells the estimated charge of what would be ordered, with the currency.
func (v *review) sum() string {
	return report.Amount(v.offer.ToSend.Valid.Charge, v.offer.Batch.Currency)
}

// rows gives a page of the rows in a state, or of all, behind so many.
func (v *review) rows(ctx context.Context, u desk.Upload, only journal.State, from int) (
	all []rowView, more bool, err error,
) {
	names := map[[2]string]string{}
	for _, s := range v.offer.Services {
		names[[2]string{s.Panel, s.ID}] = s.Name
	}
	page, err := v.draft.Page(ctx, only, from, perPage+1)
	for i, e := range page {
		if i == perPage {
			return all, true, err
		}
		all = append(all, v.row(u, e, names[[2]string{e.Panel, e.Service}]))
	}
	return all, false, err
}

func (v *review) row(u desk.Upload, e journal.Entry, name string) rowView {
	p := report.NewPlanned(e, name)
	row := rowView{Planned: p, Line: e.At(), Off: slices.Contains(u.Choices.Off, e.Line), Words: messageOf(e, p)}
	if e.State == journal.Skipped {
		return row
	}
	wrong := map[string]string{}
	for _, problem := range report.ProblemsOf(e) {
		if !problem.Warning {
			wrong[problem.Column] = problem.Wrong + "; " + problem.Mend
		}
	}
	for i, c := range v.columns {
		_, is := wrong[c.Letter]
		_, edited := u.Choices.Edits[e.Line][c.Letter]
		whole := wrong[""] != "" && c.Field != ""
		if i < len(e.Cells) && (is || edited || whole) {
			row.Edits = append(row.Edits, cellView{c.Letter, cmp.Or(c.Name, c.Letter), e.Cells[i], wrong[c.Letter]})
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
		mend, _, _ := strings.Cut(problem.Mend, ", or say --")
		if mend != "" && !strings.Contains(mend, "--") {
			words += "; " + mend
		}
		all = append(all, words)
	}
	if all == nil {
		return p.Why
	}
	return strings.Join(all, ". ")
}

// edit changes cells of a row, or leaves it out, or takes it in again.
func (s *Server) edit(r *http.Request) (answer, error) {
	id := r.PathValue("sheet")
	line, err := strconv.Atoi(r.FormValue("line"))
	if err != nil {
		return answer{}, &desk.Mistake{Err: errors.New("no row is named")}
	}
	err = s.Desk.Choose(r.Context(), id, func(c *desk.Choices) {
		switch r.FormValue("do") {
		case "leave":
			c.Off = append(c.Off, line)
			slices.Sort(c.Off)
			c.Off = slices.Compact(c.Off)
			return
		case "take":
			c.Off = slices.DeleteFunc(c.Off, func(n int) bool { return n == line })
			return
		}
		for key, values := range r.Form {
			letter, is := strings.CutPrefix(key, "cell ")
			if !is {
				continue
			}
			if c.Edits == nil {
				c.Edits = map[int]map[string]string{}
			}
			if c.Edits[line] == nil {
				c.Edits[line] = map[string]string{}
			}
			c.Edits[line][letter] = values[0]
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
