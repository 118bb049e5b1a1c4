package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/book"
)

// batchView is how one batch stands.
type batchView struct {
	report.Result
	Title      string
	Only       journal.State
	Chips      []chip
	Rows       []placedRow
	Earlier    int
	HasEarlier bool
	From       int
	More       int // from where the next page begins; 0: there is none
	Done, All  int // rows that something became of, of those that are sent
	Live       bool
	Refreshing bool
}

// placedRow is a row of a batch.
type placedRow struct {
	report.Planned
	Line               parse.Line
	Status, Charge, At string
	Words              string
	Release            bool // a person's word lets it go
}

// batch shows one batch, live while something goes on.
func (s *Server) batch(r *http.Request) (answer, error) {
	v, err := s.standing(r.Context(), r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	return answer{page: "batch", data: v}, s.rowsOf(r, &v)
}

// standing tells how a batch stands, without its rows.
func (s *Server) standing(ctx context.Context, id string) (v batchView, err error) {
	b, err := s.Desk.Find(ctx, id)
	if err != nil {
		return v, err
	}
	j, err := s.Desk.Journal(ctx)
	if err != nil {
		return v, err
	}
	t, err := j.Totals(ctx, b)
	if err != nil {
		return v, err
	}
	v.Result, v.Title = report.NewResult(b, t), "Batch "+b.ID
	job, err := s.Desk.JobOf(ctx, b)
	if err != nil {
		return v, err
	}
	if job != nil {
		v.InBackground(report.NewBackground(job.Job, job.Worker, 1))
	}
	v.All = v.Result.Rows.Queued + v.Result.Rows.Placed + v.Result.Rows.Refused + v.Result.Rows.InDoubt
	v.Done = v.All - v.Result.Rows.Queued
	v.Live = j.Held(b.ID) || v.Background != nil && v.Background.State != "stopped"
	s.mu.Lock()
	v.Refreshing = s.working[b.ID]
	s.mu.Unlock()
	return v, nil
}

// rowsOf reads the page of the rows of a batch that a request asks for.
func (s *Server) rowsOf(r *http.Request, v *batchView) error {
	from, _ := strconv.Atoi(r.FormValue("from"))
	from = max(0, from)
	v.Only, v.From = stateOf(r.FormValue("only")), from
	j, err := s.Desk.Journal(r.Context())
	if err != nil {
		return err
	}
	b, err := j.Batch(r.Context(), v.Batch)
	if err != nil {
		return err
	}
	services, err := j.Services(r.Context(), b)
	if err != nil {
		return err
	}
	names := map[[2]string]string{}
	for _, one := range services {
		names[[2]string{one.Panel, one.ID}] = one.Name
	}
	for _, state := range report.States() {
		if n := v.Result.Rows.In(state); n > 0 {
			v.Chips = append(v.Chips, chip{report.StateWords(state), state, n, state == v.Only})
		}
	}
	or := v.Only
	if or == journal.InDoubt {
		or = journal.Sending // is told as in doubt
	}
	page, err := j.Page(r.Context(), b, v.Only, or, from, perPage+1)
	for i, e := range page {
		if i == perPage {
			v.More = from + perPage
			break
		}
		v.Rows = append(v.Rows, rowOf(e, names[[2]string{e.Panel, e.Service}]))
	}
	v.HasEarlier, v.Earlier = from > 0, max(0, from-perPage)
	return err
}

func rowOf(e journal.Entry, name string) placedRow {
	row := placedRow{Planned: report.NewPlanned(e, name), Line: e.At(), Status: e.Status, Words: report.ProblemText(e)}
	row.State = report.Told(e.State)
	row.Release = e.State == journal.Held && slices.Contains(
		[]journal.Reason{journal.Duplicate, journal.Repeat, journal.InWorkbook, journal.Forgotten, journal.Warned}, e.Reason)
	if e.Charge.Valid {
		row.Charge = report.Amount(e.Charge.Decimal, e.Currency)
	}
	if !e.SentAt.IsZero() {
		row.At = report.Utc(e.SentAt)
	}
	return row
}

// row tells the whole life of one row.
func (s *Server) row(r *http.Request) (answer, error) {
	spans, err := parse.Spans(r.PathValue("row"))
	if err != nil || len(spans) != 1 {
		return answer{}, &desk.Mistake{Err: fmt.Errorf("%q is no row's number", r.PathValue("row"))}
	}
	lives, err := s.Desk.Explain(r.Context(), r.PathValue("batch"), parse.Line{N: spans[0].From, Tab: spans[0].Tab})
	return answer{page: "row", data: map[string]any{
		"Title": "Row " + r.PathValue("row"), "Batch": r.PathValue("batch"), "Lives": lives,
	}}, err
}

func (s *Server) pause(r *http.Request) (answer, error) {
	b, err := s.Desk.PauseBatch(r.Context(), r.PathValue("batch"))
	return see("/batches/%s", b.ID), err
}

func (s *Server) goOn(r *http.Request) (answer, error) {
	ctx := r.Context()
	b, err := s.Desk.Find(ctx, r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	job, err := s.Desk.JobOf(ctx, b)
	if err != nil {
		return answer{}, err
	}
	if job != nil {
		_, err = s.Desk.GoOnBatch(ctx, b.ID)
	} else {
		_, err = s.Desk.Resume(ctx, b, desk.Sending{Detach: true, Settle: true, Said: time.Now()})
	}
	return see("/batches/%s", b.ID), err
}

// release lets go of one row that is held.
func (s *Server) release(r *http.Request) (answer, error) {
	b, err := s.Desk.Find(r.Context(), r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	spans, err := parse.Spans(r.FormValue("row"))
	if err != nil || len(spans) != 1 {
		return answer{}, &desk.Mistake{Err: fmt.Errorf("%q is no row's number", r.FormValue("row"))}
	}
	_, err = s.Desk.Resume(r.Context(), b, desk.Sending{
		Detach: true, Settle: true, Said: time.Now(),
		Word: desk.Word{Release: []parse.Line{{N: spans[0].From, Tab: spans[0].Tab}}},
	})
	return see("/batches/%s", b.ID), err
}

// refresh asks how the orders of a batch stand, beside the request: a large batch takes its time.
func (s *Server) refresh(r *http.Request) (answer, error) {
	b, err := s.Desk.Find(r.Context(), r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	s.mu.Lock()
	busy := s.working[b.ID]
	s.working[b.ID] = true
	s.mu.Unlock()
	if !busy {
		go func() {
			_, err := s.Desk.Refresh(context.WithoutCancel(r.Context()), b, desk.Refreshing{})
			var held *journal.HeldError
			if err != nil && !errors.As(err, &held) {
				s.Log.Error("refresh", "batch", b.ID, "error", err)
			}
			s.mu.Lock()
			delete(s.working, b.ID)
			s.mu.Unlock()
		}()
	}
	return see("/batches/%s", b.ID), nil
}

// file gives the results of a batch, written now.
func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	ending := filepath.Ext(r.PathValue("file"))
	if ending != ".xlsx" && ending != ".csv" && ending != ".jsonl" {
		http.NotFound(w, r)
		return
	}
	if err := s.send(w, r, ending); err != nil {
		s.Log.Error("results", "batch", r.PathValue("batch"), "error", err)
		http.Error(w, "The results could not be written.", http.StatusInternalServerError)
	}
}

func (s *Server) send(w http.ResponseWriter, r *http.Request, ending string) error {
	b, err := s.Desk.Find(r.Context(), r.PathValue("batch"))
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "bulkorder-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path, name := filepath.Join(dir, b.ID+ending), b.ID+".results"+ending
	if r.PathValue("file") == "to-fix.csv" {
		name = b.ID + ".to-fix.csv"
		err = s.writeToFix(r.Context(), b, path)
	} else {
		err = s.Desk.WriteCopy(r.Context(), b, desk.Results{Path: path})
	}
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
	http.ServeFile(w, r, path)
	return nil
}

// writeToFix writes the rows that must be corrected before they can be ordered.
func (s *Server) writeToFix(ctx context.Context, b journal.Batch, path string) error {
	j, err := s.Desk.Journal(ctx)
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(book.Results{Journal: j, Batch: b}.WriteToFix(ctx, f), f.Close())
}
