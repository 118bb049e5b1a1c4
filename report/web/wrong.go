package web

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"syscall"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/batch/plan"
	"bulkorder/parse"
)

// nowhereError says that what an address names isn't there.
type nowhereError struct {
	code  int
	words string
}

func (e *nowhereError) Error() string { return e.words }

// notThere says so of what a page is about.
func notThere(format string, args ...any) error {
	return &nowhereError{http.StatusNotFound, fmt.Sprintf(format, args...)}
}

// elsewhere answers in words where no page has such an address, or none takes what is done there.
func (s *Server) elsewhere(inside *http.ServeMux) http.Handler {
	missing := s.page(func(r *http.Request) (answer, error) {
		other := r.Clone(r.Context())
		for _, other.Method = range []string{http.MethodGet, http.MethodPost} {
			if _, pattern := inside.Handler(other); pattern != "" {
				return answer{}, &nowhereError{http.StatusMethodNotAllowed, "This address is for what a button of a page does; " +
					"an address alone does nothing."}
			}
		}
		return answer{}, notThere("There is no page at %s.", r.URL.Path)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := inside.Handler(r); pattern == "" {
			missing.ServeHTTP(w, r)
			return
		}
		inside.ServeHTTP(w, r)
	})
}

// wrong tells what went wrong, and what it means.
func (s *Server) wrong(r *http.Request, err error) answer {
	code, words := statusOf(r, err), err.Error()
	switch code {
	case http.StatusRequestEntityTooLarge:
		words = fmt.Sprintf("The sheet is larger than %d MB.", largestUpload>>20)
	case http.StatusInternalServerError:
		s.Log.Error("request", "path", r.URL.Path, "error", err)
	}
	if held := (*journal.HeldError)(nil); errors.As(err, &held) {
		words = "Somebody works on it at this moment, which takes a few seconds as a rule; try again. It says: " + words
	}
	return wrongPage(r, code, words, errors.Is(err, journal.ErrNoUpload) || errors.Is(err, journal.ErrNoBatch))
}

// statusOf is the status of an answer that tells of an error. What no case knows is the server's own fault.
func statusOf(r *http.Request, err error) int {
	var nowhere *nowhereError
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &nowhere):
		return nowhere.code
	case is[*plan.UnknownPanel](err) && r.PathValue("panel") != "",
		isOne(err, journal.ErrNoUpload, journal.ErrNoBatch, journal.ErrNoRow):
		return http.StatusNotFound
	case is[url.EscapeError](err):
		return http.StatusBadRequest
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge
	case is[*desk.Mistake](err), is[*parse.FileError](err), is[*parse.Problem](err), is[*plan.UnknownPanel](err),
		is[*panel.Lacking](err), isOne(err, desk.ErrNoPanel, desk.ErrCurrencies, desk.ErrStrict):
		return http.StatusUnprocessableEntity
	case is[*journal.HeldError](err), is[*journal.RowHeldError](err), is[*journal.SeveralError](err),
		is[*journal.PausedError](err), is[*journal.BehindError](err),
		isOne(err, journal.ErrUploadChanged, journal.ErrNotInDoubt, journal.ErrNotQueued):
		return http.StatusConflict
	case isOne(err, journal.ErrBroken, syscall.ENOSPC):
		return http.StatusServiceUnavailable
	case is[*panel.Refusal](err), is[net.Error](err), isOne(err, panel.ErrNotAPI, panel.ErrAway):
		return http.StatusBadGateway
	}
	return http.StatusInternalServerError
}

// is tells whether an error is of a kind.
func is[T error](err error) bool {
	var kind T
	return errors.As(err, &kind)
}

func isOne(err error, all ...error) bool {
	return slices.ContainsFunc(all, func(one error) bool { return errors.Is(err, one) })
}

// wrongPage tells what went wrong, and leads on: to what is still there of what the address names.
func wrongPage(r *http.Request, code int, words string, gone bool) answer {
	view := map[string]any{"Title": "That didn't work", "Words": parse.Escape(words),
		"Sheet": "", "Batch": "", "Panel": ""}
	if code == http.StatusNotFound {
		view["Title"] = "That isn't here"
	}
	if !gone {
		view["Sheet"], view["Batch"], view["Panel"] = r.PathValue("sheet"), r.PathValue("batch"), r.PathValue("panel")
	}
	return answer{page: "wrong", code: code, data: view}
}
