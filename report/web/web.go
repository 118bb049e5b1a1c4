package web

import (
	"context"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"bulkorder/batch/desk"
)

//go:embed pages/*.html
var pages embed.FS

//go:embed assets
var assets embed.FS

// Server is the page of one desk.
type Server struct {
	Desk  *desk.Desk
	Hosts []string // that requests may name, with their port
	Entry *Entry   // who may come in
	Log   *slog.Logger

	views   map[string]*template.Template // by the page's name
	mu      sync.Mutex
	drafts  map[string]*review // by the upload's id; each can be made again
	working map[string]bool    // batches that are being refreshed
}

// largestUpload is how many bytes a sheet may have.
const largestUpload = 64 << 20

// Handler answers all requests.
func (s *Server) Handler() (http.Handler, error) {
	s.drafts, s.working = map[string]*review{}, map[string]bool{}
	if err := s.parse(); err != nil {
		return nil, err
	}
	static, err := fs.Sub(assets, "assets")
	if err != nil {
		return nil, err
	}
	inside := http.NewServeMux()
	for pattern, do := range map[string]func(*http.Request) (answer, error){
		"GET /{$}":                        s.home,
		"POST /sheets":                    s.upload,
		"GET /sheets/{sheet}":             s.read,
		"POST /sheets/{sheet}":            s.choose,
		"GET /sheets/{sheet}/review":      s.review,
		"POST /sheets/{sheet}/row":        s.edit,
		"POST /sheets/{sheet}/fix":        s.fix,
		"POST /sheets/{sheet}/accept":     s.accept,
		"GET /sheets/{sheet}/place":       s.offer,
		"POST /sheets/{sheet}/place":      s.place,
		"GET /batches":                    s.batches,
		"GET /batches/{batch}":            s.batch,
		"GET /batches/{batch}/rows/{row}": s.row,
		"POST /batches/{batch}/release":   s.release,
		"POST /batches/{batch}/pause":     s.pause,
		"POST /batches/{batch}/go-on":     s.goOn,
		"POST /batches/{batch}/refresh":   s.refresh,
		"GET /batches/{batch}/doubt":      s.doubt,
		"POST /batches/{batch}/doubt":     s.decide,
		"GET /accounts":                   s.accounts,
		"POST /accounts/{panel}/pause":    s.pauseAccount,
		"POST /accounts/{panel}/go-on":    s.goOnAccount,
		"GET /accounts/{panel}/catalogue": s.catalogue,
	} {
		inside.Handle(pattern, s.page(do))
	}
	inside.HandleFunc("GET /batches/{batch}/events", s.events)
	inside.HandleFunc("GET /batches/{batch}/files/{file}", s.file)
	all := http.NewServeMux()
	all.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	all.Handle("GET /assets/", http.StripPrefix("/assets/", cached(http.FileServerFS(static))))
	all.Handle("/", s.Entry.guard(inside))
	return s.guard(all), nil
}

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
