package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"bulkorder/batch/desk"
)

// largestSignIn is how many bytes a name and a password have at most.
const largestSignIn = 8 << 10

// patience is how long a sign-in waits for others that are looked at.
const patience = 5 * time.Second

// signInPage asks for name and password.
func (s *Server) signInPage(r *http.Request) (answer, error) {
	return s.asksIn(r, nil, 0), nil
}

func (s *Server) asksIn(r *http.Request, wrong error, code int) answer {
	view := map[string]any{"Title": "Sign in", "To": localPath(r.FormValue("to")), "Name": r.PostFormValue("name")}
	if wrong != nil {
		view["Wrong"] = wrong.Error()
	}
	return answer{page: "in", data: view, code: code}
}

// localPath is an address of this server to go on at, and nothing else.
func localPath(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	return to
}

// signIn lets in who knows the password of a name. What was wrong isn't told, and takes as long either way.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) (answer, error) {
	r.Body = http.MaxBytesReader(w, r.Body, largestSignIn)
	if err := r.ParseForm(); err != nil {
		return answer{}, &desk.Mistake{Err: errors.New("this is no form of the page")}
	}
	e, now, name := s.Entry, time.Now(), r.PostFormValue("name")
	device := e.device(r, name)
	all := limits(strings.ToLower(name), addressOf(r), device)
	if wait := e.brake.take(now, all...); wait > 0 {
		w.Header().Set("Retry-After", fmt.Sprint(int(wait.Seconds())+1))
		return s.asksIn(r, fmt.Errorf("too many wrong passwords; try again in %d s", int(wait.Seconds())+1),
			http.StatusTooManyRequests), nil
	}
	right, err := e.right(r, device != "")
	if err != nil {
		e.brake.forgive(all...)
		return s.asksIn(r, err, http.StatusServiceUnavailable), nil
	}
	if !right {
		said := name
		if _, known := e.hashes[said]; !known {
			said = "of nobody" // people type passwords there
		}
		s.Log.Warn("a wrong password", "name", said, "from", addressOf(r))
		return s.asksIn(r, errors.New("name or password is wrong"), http.StatusUnauthorized), nil
	}
	e.brake.right(all...)
	e.leave(w, person{name: name})
	e.remember(w, name)
	return see("%s", localPath(r.PostFormValue("to"))), nil
}

// right tells whether a request has the password of the name in it. Few are looked at at once; those from devices that
// are known don't wait for strangers.
func (e *Entry) right(r *http.Request, known bool) (bool, error) {
	turns := e.turns
	if known {
		turns = e.ownTurns
	}
	select {
	case turns <- struct{}{}:
		defer func() { <-turns }()
	case <-time.After(patience):
		return false, errors.New("too many sign in at once; try again")
	}
	h, is := e.hashes[r.PostFormValue("name")]
	if !is {
		h = e.nobody
	}
	same := h.is(r.PostFormValue("password"))
	return same && is, nil
}

// signOut ends all that a person is signed in with.
func (s *Server) signOut(r *http.Request) (answer, error) {
	return see("/in"), s.Entry.signOut(who(r).name, time.Now())
}
