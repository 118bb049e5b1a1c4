package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"strings"
	"time"
)

// answer is what a request came to: a page, or the address to go on at.
type answer struct {
	page string // its template
	data any
	next string // not empty: go there
	code int    // 0: all is well
}

// see sends the browser on.
func see(format string, args ...any) answer { return answer{next: fmt.Sprintf(format, args...)} }

// parse makes the templates: each page within the layout.
func (s *Server) parse() error {
	s.views = map[string]*template.Template{}
	names, err := pages.ReadDir("pages")
	if err != nil {
		return err
	}
	layout, err := template.New("layout.html").Funcs(words()).ParseFS(pages, "pages/layout.html", "pages/parts.html")
	if err != nil {
		return err
	}
	for _, n := range names {
		if n.Name() == "layout.html" || n.Name() == "parts.html" {
			continue
		}
		page, err := layout.Clone()
		if err == nil {
			page, err = page.ParseFS(pages, "pages/"+n.Name())
		}
		if err != nil {
			return err
		}
		s.views[strings.TrimSuffix(n.Name(), ".html")] = page
	}
	return nil
}

// frame is a page and what stands around it.
type frame struct {
	Who      string // empty: nobody came in
	SignsOut bool   // who came in can sign out
	Section  string // of the navigation
	Halted   string // why nothing goes on; empty: it does
	Page     any
}

func (s *Server) frameOf(r *http.Request, page any) frame {
	p := who(r)
	section, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	return frame{Who: p.name, SignsOut: !p.byLink, Section: section, Halted: s.whyHalted(), Page: page}
}

// page makes a handler of what gives a page or an error.
func (s *Server) page(do func(*http.Request) (answer, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// net/http removes the files of a form by the request that it made, of which this one is a copy.
		defer func() {
			if r.MultipartForm != nil {
				_ = r.MultipartForm.RemoveAll() // what is left is in the system's folder for such files
			}
		}()
		a, err := do(r)
		if err != nil {
			a = s.wrong(r, err)
		}
		if a.next != "" {
			http.Redirect(w, r, a.next, http.StatusSeeOther)
			return
		}
		var text bytes.Buffer // whole, or not at all
		if err := s.views[a.page].ExecuteTemplate(&text, "layout.html", s.frameOf(r, a.data)); err != nil {
			s.Log.Error("page", "path", r.URL.Path, "error", err)
			http.Error(w, "The page could not be made.", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		// Who doesn't read it holds nothing up.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerTime))
		to := io.Writer(w)
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") { // no page holds a secret that its length could tell
			w.Header().Set("Content-Encoding", "gzip")
			small := gzip.NewWriter(w)
			defer small.Close()
			to = small
		}
		w.Header().Set("Vary", "Accept-Encoding")
		if a.code != 0 {
			w.WriteHeader(a.code)
		}
		_, _ = text.WriteTo(to) // the browser is gone
	})
}
