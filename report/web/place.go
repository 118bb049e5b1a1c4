package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// typedFrom is the sum from which it must be typed in: a click alone is too easy then.
const typedFrom = 100

// offer tells what placing a sheet costs, and asks.
func (s *Server) offer(r *http.Request) (answer, error) {
	ctx := r.Context()
	u, v, done, err := s.reviewed(ctx, r.PathValue("sheet"), true)
	if err != nil {
		return answer{}, err
	}
	defer done()
	if u.Batch != "" {
		return see("/batches/%s", u.Batch), nil
	}
	return s.asking(ctx, u, v, nil)
}

// asking is the question before a sheet is placed, with what was wrong with the last answer.
func (s *Server) asking(ctx context.Context, u desk.Upload, v *review, wrong error) (answer, error) {
	if err := v.offer.AskBalances(ctx); err != nil {
		return answer{}, err
	}
	o := v.offer
	pauses, err := s.pausesOf(ctx, o.Batch)
	if err != nil {
		return answer{}, err
	}
	shown, err := o.Shown(ctx)
	if err != nil {
		return answer{}, err
	}
	view := map[string]any{
		"Title": "Place " + u.Name, "Upload": u, "Offer": o, "Sum": v.sum(), "Typed": mustType(o), "Orders": o.ToSend.Rows,
		"Shown": shown, "Pauses": pauses, "Taken": v.taken,
		"Panels": report.PanelNames(o.Batch), "Time": report.About(o.Time), "Left": v.left(), "Unknown": o.ToSend.Unknown,
	}
	if before := o.Batch.BalanceBefore; before.Valid && len(o.Batch.Others) == 0 {
		view["Before"] = report.Amount(before.Decimal, o.Batch.Currency)
		after := before.Decimal.Sub(o.ToSend.Valid.Charge)
		view["After"], view["Short"] = report.Amount(after, o.Batch.Currency), after.IsNegative()
	}
	if len(o.Batch.Others) > 0 {
		var balances []string
		for _, one := range o.Batch.Accounts() {
			if one.BalanceBefore.Valid {
				balances = append(balances, one.Panel+": "+report.Amount(one.BalanceBefore.Decimal, one.Currency))
			}
		}
		view["Balances"] = balances
	}
	a := answer{page: "place", data: view}
	if o.Refused != nil {
		view["Refused"] = o.Refused.Error()
	}
	if wrong != nil {
		view["Wrong"], a.code = wrong.Error(), http.StatusUnprocessableEntity
	}
	return a, nil
}

// left tells which rows aren't placed.
func (v *review) left() (words []string) {
	for _, c := range chips()[1:] {
		if n := v.offer.Totals.States[c.State]; n > 0 {
			words = append(words, fmt.Sprintf("%s %s", report.Counted(n, "row"), report.StateWords(c.State)))
		}
	}
	of, _ := parse.LeftOut(v.offer.Notes)
	return append(words, plainNotes(of)...)
}

// place puts a sheet into the books for workers to send: once, however often it is asked for, and whole, also where the
// browser went away meanwhile.
func (s *Server) place(r *http.Request) (answer, error) {
	ctx, id := context.WithoutCancel(r.Context()), r.PathValue("sheet")
	u, v, done, err := s.reviewed(ctx, id, true)
	if err != nil {
		return answer{}, err
	}
	defer done()
	if u.Batch != "" { // a second click, or another tab
		return see("/batches/%s", u.Batch), nil
	}
	sending, wrong := v.said(r)
	if wrong != nil {
		return s.asking(ctx, u, v, wrong)
	}
	if sending.Results, err = s.Desk.ResultsOf(v.draft.ID); err != nil {
		return answer{}, err
	}
	draft := v.draft
	v.draft = nil // whatever comes of it, the next one makes it anew
	out, err := s.desk(r).Place(ctx, draft, sending)
	if err != nil {
		return s.halfPlaced(ctx, id, errors.Join(err, draft.Discard()))
	}
	s.mu.Lock()
	delete(s.drafts, id)
	s.mu.Unlock()
	return see("/batches/%s", out.Batch.ID), nil
}

// halfPlaced tells of an error after which a sheet may be in the books all the same: the batch says then how it goes on,
// and what is wrong is met again by who sends it.
func (s *Server) halfPlaced(ctx context.Context, id string, err error) (answer, error) {
	u, lost := s.Desk.FindUpload(ctx, id)
	if lost != nil || u.Batch == "" {
		return answer{}, err
	}
	s.Log.Warn("placed, but not begun", "batch", u.Batch, "error", err)
	return see("/batches/%s", u.Batch), nil
}

// said reads what a person says with the word to place.
func (v *review) said(r *http.Request) (s desk.Sending, wrong error) {
	s = desk.Sending{Detach: true, Settle: true, Afresh: true, Said: v.made, Word: v.word}
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
