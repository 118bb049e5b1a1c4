package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/report"
	"bulkorder/report/book"
)

// rehearsal is a sheet that goes the whole way on a mirror of its panel. It is in no books, and ends with the server.
type rehearsal struct {
	Began  time.Time
	cancel context.CancelFunc

	mu       sync.Mutex
	done     int // rows that something became of
	ended    bool
	result   report.Result
	wrong    error
	workbook string // empty: there is none
}

// mostRehearsals is how many sheets are rehearsed at once.
const mostRehearsals = 3

// rehearse begins a rehearsal of a sheet, in place of the one before.
func (s *Server) rehearse(r *http.Request) (answer, error) {
	id := r.PathValue("sheet")
	if s.Mirror == nil {
		return answer{}, &desk.Mistake{Err: errors.New("this server has no rehearsals")}
	}
	u, v, done, err := s.reviewed(r.Context(), id, false)
	if err != nil {
		return answer{}, err
	}
	word := v.word
	done()
	if u.Batch != "" {
		return see("/batches/%s", u.Batch), nil
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	one := &rehearsal{Began: time.Now(), cancel: cancel}
	if err := s.beginRehearsal(id, one); err != nil {
		cancel()
		return answer{}, err
	}
	by := s.desk(r)
	go func() { // beside the request: it takes as long as placing would
		defer cancel()
		out, path, err := s.rehearsed(ctx, by, u, word, one)
		one.mu.Lock()
		defer one.mu.Unlock()
		one.ended, one.result, one.workbook, one.wrong = true, report.NewResult(out.Batch, out.Totals), path, err
	}()
	return see("/sheets/%s/rehearsal", id), nil
}

// beginRehearsal takes a place among those that go on, and ends the one that the sheet had.
func (s *Server) beginRehearsal(id string, one *rehearsal) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	going := 0
	for other, was := range s.rehearsals {
		if other != id && !was.isOver() {
			going++
		}
	}
	if going >= mostRehearsals {
		return &desk.Mistake{Err: fmt.Errorf("%d sheets are rehearsed already; try again when one has ended", going)}
	}
	if was := s.rehearsals[id]; was != nil {
		was.cancel()
	}
	s.rehearsals[id] = one
	return nil
}

func (r *rehearsal) isOver() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ended
}

// rehearsed goes the whole way of a sheet on a mirror of its panel.
func (s *Server) rehearsed(ctx context.Context, by *desk.Desk, u desk.Upload, word desk.Word, one *rehearsal) (
	out desk.Outcome, path string, err error,
) {
	r, err := by.Rehearse(ctx, u.Choices.Panel, s.Mirror)
	if err != nil {
		return out, "", err
	}
	defer func() { err = errors.Join(err, r.End()) }()
	r.WriteResults = func(ctx context.Context, j *journal.Journal, b journal.Batch, to desk.Results) (string, error) {
		return book.Results{Journal: j, Batch: b, Rehearsal: true}.Write(ctx, to.Path)
	}
	draft, err := r.PrepareUpload(ctx, by, u, word)
	if err != nil {
		return out, "", err
	}
	defer func() { err = errors.Join(err, draft.Discard()) }()
	offer, err := r.Offer(ctx, draft)
	if err == nil {
		err = offer.Refused
	}
	if err == nil {
		path, err = by.RehearsalOf(u)
	}
	if err != nil {
		return out, "", err
	}
	out, err = r.Place(ctx, draft, desk.Sending{Word: word, Said: time.Now(), Results: desk.Results{Path: path},
		Progress: func(p batch.Progress) {
			one.mu.Lock()
			defer one.mu.Unlock()
			one.done = p.Placed + p.Refused + p.InDoubt
		}})
	return out, path, err
}

// rehearsal tells how a rehearsal stands.
func (s *Server) rehearsal(r *http.Request) (answer, error) {
	u, err := s.Desk.FindUpload(r.Context(), r.PathValue("sheet"))
	if err != nil {
		return answer{}, err
	}
	one := s.rehearsalOf(u.ID)
	view := map[string]any{"Title": "REHEARSAL of " + u.Name, "Upload": u, "Began": one != nil, "Over": false, "Wrong": "",
		"Done": 0}
	if one != nil {
		one.mu.Lock()
		defer one.mu.Unlock()
		view["Over"], view["Done"], view["Result"], view["Workbook"] = one.ended, one.done, one.result, one.workbook != ""
		if one.wrong != nil && !errors.Is(one.wrong, context.Canceled) {
			view["Wrong"] = one.wrong.Error()
		}
	}
	return answer{page: "rehearsal", data: view}, nil
}

func (s *Server) rehearsalOf(id string) *rehearsal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rehearsals[id]
}

// endRehearsal ends one that goes on.
func (s *Server) endRehearsal(r *http.Request) (answer, error) {
	if one := s.rehearsalOf(r.PathValue("sheet")); one != nil {
		one.cancel()
	}
	return see("/sheets/%s/rehearsal", r.PathValue("sheet")), nil
}

// rehearsalFile gives the workbook of a rehearsal, which says on each sheet that it is one.
func (s *Server) rehearsalFile(w http.ResponseWriter, r *http.Request) {
	u, err := s.Desk.FindUpload(r.Context(), r.PathValue("sheet"))
	path := ""
	if one := s.rehearsalOf(u.ID); err == nil && one != nil {
		one.mu.Lock()
		path = one.workbook
		one.mu.Unlock()
	}
	if err == nil && path == "" {
		err = notThere("There is no rehearsal of this sheet.")
	}
	if err != nil {
		s.page(func(*http.Request) (answer, error) { return answer{}, err }).ServeHTTP(w, r)
		return
	}
	w.Header().Set("Content-Disposition", attachment(strings.TrimSuffix(u.Name, filepath.Ext(u.Name))+".rehearsal.xlsx"))
	http.ServeFile(w, r, path)
}
