package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
)

var errNoRow = errors.New("the sheet has no such row")

// mostServices is how many services a search shows.
const mostServices = 100

// services searches the catalogue for the service of a row.
func (s *Server) services(r *http.Request) (answer, error) {
	id := r.PathValue("sheet")
	u, v, done, err := s.reviewed(r.Context(), id, false)
	if err != nil {
		return answer{}, err
	}
	defer done()
	if u.Batch != "" {
		return see("/batches/%s", u.Batch), nil
	}
	e, text, err := v.cell(r.Context(), u, r.FormValue("line"), r.FormValue("letter"))
	if err != nil {
		return answer{}, err
	}
	alike, err := v.saying(r.Context(), u, text, r.FormValue("letter"))
	if err != nil {
		return answer{}, err
	}
	words := strings.TrimSpace(r.FormValue("q"))
	found := v.draft.Search(e.Panel, strings.Fields(words))
	all := len(found)
	return answer{page: "services", data: map[string]any{
		"Title": "A service for row " + e.At().String(), "Upload": u, "Line": r.FormValue("line"), "At": e.At(),
		"Letter": r.FormValue("letter"),
		"Words":  words, "Services": found[:min(all, mostServices)], "All": all, "Text": text, "Alike": len(alike),
		"Only": stateOf(r.FormValue("only")), "From": number(r.FormValue("from")), "Currency": v.offer.Batch.Currency,
	}}, nil
}

// cell gives the row that a form names, and what its cell in a column says.
func (v *review) cell(ctx context.Context, u desk.Upload, row, letter string) (
	found journal.Entry, text string, err error,
) {
	at, _, err := rowOfForm(row)
	if err != nil {
		return found, "", err
	}
	name := u.Choices.Row(at)
	for some := range slices.Chunk(v.rows[""], perPage) {
		page, err := v.draft.Numbered(ctx, some)
		if err != nil {
			return found, "", err
		}
		for _, e := range page {
			if v.key(u, e) == name {
				return e, v.text(e, letter), nil
			}
		}
	}
	return found, "", &desk.Mistake{Err: errNoRow}
}

// text is what a row says in a column.
func (v *review) text(e journal.Entry, letter string) string {
	for i, c := range v.columns {
		if c.Field == "service" && v.draft.Letter(e.At(), i) == letter && i < len(e.Cells) {
			return e.Cells[i]
		}
	}
	return ""
}

// saying gives the wrong rows that say a text for their service, where that stands in this column too.
func (v *review) saying(ctx context.Context, u desk.Upload, text, letter string) (rows []string, err error) {
	for some := range slices.Chunk(v.rows[journal.Invalid], perPage) {
		page, err := v.draft.Numbered(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			if v.text(e, letter) == text {
				rows = append(rows, v.key(u, e))
			}
		}
	}
	return rows, nil
}

// chooseService writes a service into the cell of a row, or of all wrong ones that say the same.
func (s *Server) chooseService(r *http.Request) (answer, error) {
	id, letter := r.PathValue("sheet"), r.FormValue("letter")
	u, v, done, err := s.reviewed(r.Context(), id, false)
	if err != nil {
		return answer{}, err
	}
	at, n, err := rowOfForm(r.FormValue("line"))
	rows, text := []string{u.Choices.Row(at)}, ""
	if err == nil && u.Batch == "" && r.FormValue("do") == "all" {
		if _, text, err = v.cell(r.Context(), u, r.FormValue("line"), letter); err == nil {
			rows, err = v.saying(r.Context(), u, text, letter)
		}
	}
	done()
	if err != nil {
		return answer{}, err
	}
	err = s.Desk.Choose(r.Context(), id, func(c *desk.Choices) {
		for _, row := range rows {
			c.Edit(row, letter, r.FormValue("service"))
		}
	})
	return see("/sheets/%s/review?%s#row-%d", id, back(r), n), err
}
