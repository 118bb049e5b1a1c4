package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Entry lets the one person in who started the server on this machine: by a link with a token that counts once, which
// leaves a cookie.
type Entry struct {
	secret []byte

	mu    sync.Mutex
	token string // empty: it was used
}

const (
	cookieName = "bulkorder"
	cookieAge  = 30 * 24 * time.Hour
)

// NewEntry makes a token. The secret that cookies are made with lies in a file for its owner alone, so that they
// outlive the server.
func NewEntry(path string) (*Entry, error) {
	secret, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		secret = []byte(rand.Text())
		err = os.WriteFile(path, secret, 0o600)
	}
	if err == nil && len(secret) < 20 {
		err = errors.New("it is too short; remove it, and everybody must come in anew")
	}
	if err != nil {
		return nil, fmt.Errorf("the secret of the page, %s: %w", path, err)
	}
	return &Entry{secret: secret, token: rand.Text()}, nil
}

// Token counts once.
func (e *Entry) Token() string { return e.token }

// use tells whether a token counts, which it does no more.
func (e *Entry) use(token string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.token == "" || subtle.ConstantTimeCompare([]byte(token), []byte(e.token)) != 1 {
		return false
	}
	e.token = ""
	return true
}

// cookie is good until a moment, which it names.
func (e *Entry) cookie(until time.Time) string {
	at := strconv.FormatInt(until.Unix(), 10)
	return at + "." + e.sign(at)
}

func (e *Entry) sign(text string) string {
	sum := hmac.New(sha256.New, e.secret)
	sum.Write([]byte(text))
	return hex.EncodeToString(sum.Sum(nil))
}

func (e *Entry) knows(r *http.Request, now time.Time) bool {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return false
	}
	at, signed, _ := strings.Cut(c.Value, ".")
	until, err := strconv.ParseInt(at, 10, 64)
	return err == nil && hmac.Equal([]byte(signed), []byte(e.sign(at))) && now.Before(time.Unix(until, 0))
}

// guard lets nobody in without the cookie or the token.
func (e *Entry) guard(inside http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if e.knows(r, time.Now()) {
			inside.ServeHTTP(w, r)
			return
		}
		if r.Method != http.MethodGet || !e.use(r.URL.Query().Get("token")) {
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprintln(w, "This page is for who started it. Open the link that `bulkorder serve` printed; it counts once, so "+
				"start the server again for another one.")
			return
		}
		http.SetCookie(w, &http.Cookie{
			Name: cookieName, Value: e.cookie(time.Now().Add(cookieAge)), Path: "/", MaxAge: int(cookieAge.Seconds()),
			HttpOnly: true, SameSite: http.SameSiteStrictMode,
		})
		http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
	})
}

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
		if !slices.Contains(s.Hosts, r.Host) {
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

// cached lets a browser keep what never changes while the server runs.
func cached(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=300")
		h.ServeHTTP(w, r)
	})
}
