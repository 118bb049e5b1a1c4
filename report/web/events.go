package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// parts renders parts of a page, by their ids, as JSON.
func (s *Server) parts(page string, data any, names ...string) (string, error) {
	all := map[string]string{}
	for _, name := range names {
		var part bytes.Buffer
		if err := s.views[page].ExecuteTemplate(&part, name, data); err != nil {
			return "", err
		}
		all[name] = part.String()
	}
	text, err := json.Marshal(all)
	return string(text), err
}

const (
	lookEvery  = time.Second      // how often a page that is watched is looked at anew
	aliveEvery = 15 * time.Second // how often it hears of us though nothing changes
	mostEvents = 200              // pages that are watched at once
)

// events tells a page what changed: each event holds whole parts of it by their ids, so that nothing is missed by who
// was away.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	select {
	case s.watched <- struct{}{}:
		defer func() { <-s.watched }()
	default:
		http.Error(w, "Too many pages are watched at once.", http.StatusServiceUnavailable)
		return
	}
	if _, err := s.Desk.Find(r.Context(), r.PathValue("batch")); err != nil {
		s.page(func(*http.Request) (answer, error) { return answer{}, err }).ServeHTTP(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	mark, last, spoken := "", "", time.Time{}
	for {
		now, err := s.changes(r.Context(), r.PathValue("batch"))
		if err != nil {
			return
		}
		line := ""
		if now != mark {
			told, err := s.change(r)
			if err != nil {
				s.Log.Error("events", "error", err)
				return
			}
			if told != last {
				line = "data: " + told
			}
			mark, last = now, told
		}
		if line == "" && time.Since(spoken) > aliveEvery {
			line = ": still here"
		}
		if line != "" {
			spoken = time.Now()
			_ = control.SetWriteDeadline(spoken.Add(aliveEvery))
			if fmt.Fprint(w, line, "\n\n"); control.Flush() != nil {
				return
			}
		}
		select {
		case <-time.After(lookEvery):
		case <-r.Context().Done():
			return
		}
		if p, still := s.Entry.knows(r, time.Now()); !still || p != who(r) { // signed out meanwhile
			return
		}
	}
}

// changes gives a text that is another one when a batch stands otherwise.
func (s *Server) changes(ctx context.Context, id string) (string, error) {
	b, err := s.Desk.Find(ctx, id)
	if err != nil {
		return "", err
	}
	j, err := s.Desk.Journal(ctx)
	if err != nil {
		return "", err
	}
	job, err := s.Desk.JobOf(ctx, b)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	busy := s.working[b.ID]
	s.mu.Unlock()
	held := j.Held(b.ID)
	mark := fmt.Sprint(b.Revision, b.Written, b.Started, b.Ended, busy, held)
	if held { // rows become something one by one
		t, err := j.Totals(ctx, b)
		if err != nil {
			return "", err
		}
		mark += fmt.Sprint(t.States, t.Charged)
	}
	if job != nil {
		mark += fmt.Sprint(job.State, job.Due, job.Words, job.Tries, job.Worker != nil)
	}
	return mark, nil
}

// change renders what may have changed of the page that is watched.
func (s *Server) change(r *http.Request) (string, error) {
	v, err := s.standing(r.Context(), r.PathValue("batch"))
	if err == nil {
		err = s.rowsOf(r, &v)
	}
	if err != nil {
		return "", err
	}
	return s.parts("batch", v, "standing", "rows")
}
