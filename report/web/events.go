package web

import (
	"bytes"
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

// lookEvery is how often a page that is watched is looked at anew.
const lookEvery = time.Second

// events tells a page what changed: each event holds whole parts of it by their ids, so that nothing is missed by who
// was away.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	last := ""
	for {
		v, err := s.standing(r.Context(), r.PathValue("batch"))
		if err != nil {
			return
		}
		if err := s.rowsOf(r, &v); err != nil {
			return
		}
		told, err := s.parts("batch", v, "standing", "rows")
		if err != nil {
			s.Log.Error("events", "error", err)
			return
		}
		line := ": still here"
		if told != last {
			last, line = told, "data: "+told
		}
		fmt.Fprint(w, line, "\n\n")
		if control.Flush() != nil {
			return
		}
		select {
		case <-time.After(lookEvery):
		case <-r.Context().Done():
			return
		}
	}
}
