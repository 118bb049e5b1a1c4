package sandbox

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxBody is above any list of comments that a service takes.
const maxBody = 8 << 20

// ServeHTTP answers one request.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		body = nil // PHP wouldn't see these parameters either
	}
	c := readCall(string(body))
	c.visit = &visit{
		at: s.cfg.Now(), conn: r.RemoteAddr, protocol: r.Proto, method: r.Method,
		action: c.action, kept: c.kept, keyRight: c.key == s.cfg.Key, cut: err != nil,
	}
	fault := s.note(c.visit)
	s.cfg.Watch(c.action, "came")
	switch {
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		s.send(w, answer{code: http.StatusMethodNotAllowed, body: titled(http.StatusMethodNotAllowed)})
	case len(body) > maxBody:
		s.send(w, answer{code: http.StatusRequestEntityTooLarge, body: titled(http.StatusRequestEntityTooLarge)})
	case err != nil && !s.cfg.TakeCut:
		panic(http.ErrAbortHandler)
	case fault != nil:
		s.strike(w, r, c, *fault)
	default:
		a := s.handle(c)
		s.cfg.Watch(c.action, "done")
		// The order is taken before the wait, so that a client that gives up
		// meanwhile has ordered: that is what losing an answer means.
		s.wait(s.cfg.Latency)
		s.send(w, a)
	}
}

// note remembers a request and says which fault hits it.
func (s *Sandbox) note(v *visit) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v.method == http.MethodPost && !v.cut {
		v.fault = s.pick(v.action)
	}
	keep := s.cfg.KeepRequests
	if keep < 0 {
		return v.fault
	}
	s.visits = append(s.visits, v)
	if keep > 0 && len(s.visits) >= 2*keep {
		s.visits = slices.Clone(s.visits[len(s.visits)-keep:])
	}
	return v.fault
}

// send writes an answer.
func (s *Sandbox) send(w http.ResponseWriter, a answer) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=UTF-8")
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	if a.retry > 0 {
		seconds := (a.retry + time.Second - 1) / time.Second
		h.Set("Retry-After", strconv.Itoa(int(seconds)))
	}
	w.WriteHeader(max(a.code, 200))
	// A client that left can't be told.
	_, _ = io.WriteString(w, a.body)
}

// wait waits for d, whether the client is still there or not: a panel works on
// what it has begun. Close ends it.
func (s *Sandbox) wait(d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.done:
	}
}
