package web

import (
	"errors"
	"fmt"
	"net/http"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/report"
)

// typedFrom is the sum from which it must be typed in: a click alone is too easy then.
const typedFrom = 100

// offer tells what placing a sheet costs, and asks.
func (s *Server) offer(r *http.Request) (answer, error) {
	u, v, done, err := s.reviewed(r.Context(), r.PathValue("sheet"), true)
	if err != nil {
		return answer{}, err
	}
	defer done()
	if u.Batch != "" {
		return see("/batches/%s", u.Batch), nil
	}
	return v.asking(u, nil), nil
}

// asking is the question before a sheet is placed, with what was wrong with the last answer.
func (v *review) asking(u desk.Upload, wrong error) answer {
	o := v.offer
	view := map[string]any{
		"Title": "Place " + u.Name, "Upload": u, "Offer": o, "Sum": v.sum(), "Typed": mustType(o), "Orders": o.ToSend.Rows,
		"Panels": report.PanelNames(o.Batch), "Time": report.About(o.Time), "Left": v.left(), "Unknown": o.ToSend.Unknown,
	}
	if before := o.Batch.BalanceBefore; before.Valid && len(o.Batch.Others) == 0 {
		view["Before"] = report.Amount(before.Decimal, o.Batch.Currency)
		view["After"] = report.Amount(before.Decimal.Sub(o.ToSend.Valid.Charge), o.Batch.Currency)
	}
	a := answer{page: "place", data: view}
	if o.Refused != nil {
		view["Refused"] = o.Refused.Error()
	}
	if wrong != nil {
		view["Wrong"], a.code = wrong.Error(), http.StatusUnprocessableEntity
	}
	return a
}

// left tells which rows aren't placed.
func (v *review) left() (words []string) {
	for _, c := range chips()[1:] {
		if n := v.offer.Totals.States[c.State]; n > 0 {
			words = append(words, fmt.Sprintf("%s %s", report.Counted(n, "row"), report.StateWords(c.State)))
		}
	}
	return words
}

// place puts a sheet into the books for workers to send: once, however often it is asked for.
func (s *Server) place(r *http.Request) (answer, error) {
	ctx, id := r.Context(), r.PathValue("sheet")
	u, v, done, err := s.reviewed(ctx, id, true)
	if err != nil {
		return answer{}, err
	}
	defer done()
	if u.Batch != "" { // a second click, or another tab
		return see("/batches/%s", u.Batch), nil
	}
	sending, wrong := v.said(r, u.Choices)
	if wrong != nil {
		return v.asking(u, wrong), nil
	}
	if sending.Results, err = s.Desk.ResultsOf(v.draft.ID); err != nil {
		return answer{}, err
	}
	draft := v.draft
	v.draft = nil // whatever comes of it, the next one makes it anew
	out, err := s.desk(r).Place(ctx, draft, sending)
	if err != nil {
		return answer{}, errors.Join(err, draft.Discard())
	}
	s.mu.Lock()
	delete(s.drafts, id)
	s.mu.Unlock()
	return see("/batches/%s", out.Batch.ID), s.Desk.Became(ctx, id, out.Batch.ID)
}

// said reads what a person says with the word to place.
func (v *review) said(r *http.Request, c desk.Choices) (s desk.Sending, wrong error) {
	s = desk.Sending{Detach: true, Settle: true, Afresh: true, Said: v.made, Word: desk.Word{
		AllowDuplicates: c.Duplicates, AllowRepeat: c.Repeats, AcceptPrice: c.Prices, Accept: c.Accept,
	}}
	if wrong = agrees(r, v.offer); wrong != nil {
		return s, wrong
	}
	if s.MaxSpend, wrong = capOf(r); wrong != nil {
		return s, wrong
	}
	s.Limit, wrong = pilotOf(r)
	return s, wrong
}

// stateOf gives a state by its name.
func stateOf(name string) journal.State { return journal.State(pathWord(name)) }
