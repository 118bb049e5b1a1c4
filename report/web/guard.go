package web

import (
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// answerTime is how long an answer may take to be read.
const answerTime = time.Minute

// guard refuses what no page of ours asks for: another host's name, by which a page elsewhere could reach this machine,
// and requests that another origin makes.
func (s *Server) guard(all http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "+
			"img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if !called(s.Hosts, r.Host) {
			http.Error(w, "This server isn't called so.", http.StatusMisdirectedRequest)
			return
		}
		if err := protection.Check(r); err != nil {
			http.Error(w, "This request comes from another page.", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, largestUpload)
		all.ServeHTTP(w, r)
	})
}

// called tells whether a host that a request names is one of ours: with its port, or by its name alone where that has
// no port. One that begins with "*." stands for any one name before it.
func called(hosts []string, host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.Trim(name, "[]"))
	for _, h := range hosts {
		under, wild := strings.CutPrefix(strings.ToLower(h), "*.")
		_, rest, dotted := strings.Cut(name, ".")
		if h == host || strings.EqualFold(h, name) || wild && dotted && rest == under {
			return true
		}
	}
	return false
}

// cached lets a browser keep what never changes while the server runs.
func cached(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "" || strings.HasSuffix(r.URL.Path, "/") {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "max-age=300")
		h.ServeHTTP(w, r)
	})
}

func queryEscape(text string) string { return url.QueryEscape(text) }

func pathEscape(text string) string { return url.PathEscape(text) }
