package web

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
)

//go:embed pages/*.html
var pages embed.FS

//go:embed assets
var assets embed.FS

// Server is the page of one desk.
type Server struct {
	Desk  *desk.Desk
	Hosts []string // that requests may name: with their port, or without one where any will do
	Entry *Entry   // who may come in
	Log   *slog.Logger

	Every    string // how often orders are asked about, such as 15m; "off": never
	Notices  Notices
	Config   string                                              // the file to which panels are added; empty: none can be
	Template func(ctx context.Context, panel, path string) error // writes a workbook to fill in

	Late time.Duration // of [desk.Settling]

	Clients ClientsOf // for what clients are sent; nil: nobody is told anything

	Mirror desk.Mirror // of rehearsals; nil: there are none

	views   map[string]*template.Template // by the page's name
	watched chan struct{}                 // pages that are watched

	mu         sync.Mutex
	drafts     map[string]*review // by the upload's id; each can be made again
	working    map[string]bool    // batches that are being refreshed; under no name all of them
	named      map[string]named   // by the batch's id
	asks       asking
	stands     map[string]stand      // by the account's name
	rehearsals map[string]*rehearsal // by the upload's id
	halted     error                 // why nothing goes on; nil: it does
}

// Halt tells everybody why nothing is sent or kept any more.
func (s *Server) Halt(why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.halted = why
}

// whyHalted says so; empty: all goes on.
func (s *Server) whyHalted() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.halted == nil {
		return ""
	}
	why := s.halted
	for { // of what failed together, that which ended it
		all, joined := why.(interface{ Unwrap() []error })
		i := -1
		if joined {
			i = slices.IndexFunc(all.Unwrap(), func(one error) bool { return errors.Is(one, journal.ErrBroken) })
		}
		if i < 0 || all.Unwrap()[i] == journal.ErrBroken {
			return why.Error()
		}
		why = all.Unwrap()[i]
	}
}

// largestUpload is how many bytes a sheet may have.
const largestUpload = 64 << 20

// Handler answers all requests.
func (s *Server) Handler() (http.Handler, error) {
	s.drafts, s.working, s.named = map[string]*review{}, map[string]bool{}, map[string]named{}
	s.stands, s.rehearsals = map[string]stand{}, map[string]*rehearsal{}
	s.Desk.Accounts.Several = true
	s.watched = make(chan struct{}, mostEvents)
	if err := s.parse(); err != nil {
		return nil, err
	}
	static, err := fs.Sub(assets, "assets")
	if err != nil {
		return nil, err
	}
	inside := http.NewServeMux()
	for pattern, do := range map[string]func(*http.Request) (answer, error){
		"GET /{$}":                           s.home,
		"POST /sheets":                       s.upload,
		"GET /sheets/{sheet}":                s.read,
		"POST /sheets/{sheet}":               s.choose,
		"GET /sheets/{sheet}/review":         s.review,
		"POST /sheets/{sheet}/forget":        s.throwAway,
		"POST /sheets/{sheet}/row":           s.edit,
		"POST /sheets/{sheet}/fix":           s.fix,
		"POST /sheets/{sheet}/accept":        s.accept,
		"GET /sheets/{sheet}/services":       s.services,
		"POST /sheets/{sheet}/service":       s.chooseService,
		"GET /sheets/{sheet}/place":          s.offer,
		"POST /sheets/{sheet}/place":         s.place,
		"GET /sheets/{sheet}/rehearsal":      s.rehearsal,
		"POST /sheets/{sheet}/rehearsal":     s.rehearse,
		"POST /sheets/{sheet}/rehearsal/end": s.endRehearsal,
		"GET /batches":                       s.batches,
		"GET /batches/{batch}":               s.batch,
		"GET /batches/{batch}/rows/{row}":    s.row,
		"POST /batches/{batch}/release":      s.release,
		"POST /batches/{batch}/pause":        s.pause,
		"POST /batches/{batch}/go-on":        s.goOn,
		"POST /batches/{batch}/refresh":      s.refresh,
		"GET /batches/{batch}/offer":         s.resuming,
		"POST /batches/{batch}/offer":        s.resume,
		"GET /batches/{batch}/request":       s.requesting,
		"POST /batches/{batch}/request":      s.request,
		"GET /batches/{batch}/clients":       s.clients,
		"GET /batches/{batch}/doubt":         s.doubt,
		"POST /batches/{batch}/doubt":        s.decide,
		"GET /accounts":                      s.accounts,
		"POST /accounts":                     s.addAccount,
		"POST /accounts/{panel}/ask":         s.askAccount,
		"POST /accounts/{panel}/pause":       s.pauseAccount,
		"POST /accounts/{panel}/go-on":       s.goOnAccount,
		"GET /accounts/{panel}/catalogue":    s.catalogue,
		"GET /schedules":                     s.schedules,
		"POST /schedules":                    s.setSchedule,
		"POST /schedules/ask":                s.askNow,
		"GET /notices":                       s.notices,
		"POST /notices/test":                 s.testNotice,
	} {
		inside.Handle(pattern, s.page(do))
	}
	inside.Handle("POST /out", s.page(s.signOut))
	inside.HandleFunc("GET /batches/{batch}/events", s.events)
	inside.HandleFunc("GET /batches/{batch}/files/{file}", s.file)
	inside.HandleFunc("GET /batches/{batch}/clients/{file}", s.clientFile)
	inside.HandleFunc("GET /sheets/{sheet}/files/{file}", s.sheetFile)
	inside.HandleFunc("GET /sheets/{sheet}/rehearsal.xlsx", s.rehearsalFile)
	inside.HandleFunc("GET /accounts/{panel}/template.xlsx", s.template)
	all := http.NewServeMux()
	all.HandleFunc("GET /healthz", s.health)
	all.Handle("GET /assets/", http.StripPrefix("/assets/", cached(http.FileServerFS(static))))
	all.Handle("GET /in", s.page(s.signInPage))
	all.HandleFunc("POST /in", func(w http.ResponseWriter, r *http.Request) {
		s.page(func(r *http.Request) (answer, error) { return s.signIn(w, r) }).ServeHTTP(w, r)
	})
	all.Handle("/", s.Entry.guard(s.elsewhere(inside)))
	return s.guard(all), nil
}

// health tells whoever watches the server whether it works: one that nothing goes on in must be started again.
func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	if why := s.whyHalted(); why != "" {
		http.Error(w, "halted", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

// desk is the desk for who makes a request.
func (s *Server) desk(r *http.Request) *desk.Desk { return s.Desk.As(who(r).name) }

// Run serves until ctx is cancelled; then requests that are under way end.
func Run(ctx context.Context, server *http.Server, serve func() error) error {
	done := make(chan error, 1)
	go func() { done <- serve() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(end); err != nil {
		return server.Close() // streams of events never end by themselves
	}
	return nil
}
