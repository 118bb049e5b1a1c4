package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// Entry decides who comes in: the one person who started the server on this machine, by a link with a token that counts
// once; people with a name and a password. Either leaves a cookie.
type Entry struct {
	Owner  string            // who comes in by the link; empty: there is no link
	People map[string]string // hashes of passwords, by name ([HashPassword])
	TLS    bool              // the server is reached by https alone
	Dir    string            // where the secret lies that cookies are made with, so that they outlive the server

	secret []byte
	hashes map[string]hash
	nobody hash // of no password: who isn't known takes as long as who is
	brake  brake
	turns  chan struct{} // passwords that are looked at, at once

	ownTurns chan struct{} // those from devices that are known

	mu    sync.Mutex
	token string               // empty: it was used
	out   map[string]time.Time // when people signed out last
}

const (
	cookieAge   = 24 * time.Hour      // of people with passwords
	ownCookie   = 30 * 24 * time.Hour // of who started the server
	hashesAside = 2
)

// Open reads what is kept for the entry, and makes a token.
func (e *Entry) Open() error {
	var err error
	if e.secret, err = secretIn(filepath.Join(e.Dir, "page.secret")); err != nil {
		return err
	}
	e.ownTurns = make(chan struct{}, hashesAside)
	e.turns, e.token, e.out = make(chan struct{}, hashesAside), rand.Text(), map[string]time.Time{}
	if text, err := os.ReadFile(e.outFile()); err == nil {
		if err := json.Unmarshal(text, &e.out); err != nil {
			return fmt.Errorf("reading who signed out, %s: %w", e.outFile(), err)
		}
	}
	e.hashes = map[string]hash{}
	for name, text := range e.People {
		if name == "" || len(name) > 64 || strings.ContainsFunc(name, unicode.IsControl) {
			return fmt.Errorf("%q in the configuration is no name of a person", name)
		}
		if e.hashes[name], err = readHash(text); err != nil {
			return fmt.Errorf("the password of %s in the configuration %w", name, err)
		}
	}
	unknown, err := HashPassword(rand.Text())
	if err == nil {
		e.nobody, err = readHash(unknown)
	}
	return err
}

// secretIn reads the secret that cookies are made with, or makes it, for its owner alone.
func secretIn(path string) ([]byte, error) {
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
	return secret, nil
}

func (e *Entry) outFile() string { return filepath.Join(e.Dir, "page.out.json") }

// Token counts once.
func (e *Entry) Token() string { return e.token }

// use tells whether a token counts, which it does no more.
func (e *Entry) use(token string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.Owner == "" || e.token == "" || subtle.ConstantTimeCompare([]byte(token), []byte(e.token)) != 1 {
		return false
	}
	e.token = ""
	return true
}

// cookieName is bound to this very host where that can be.
func (e *Entry) cookieName() string {
	if e.TLS {
		return "__Host-bulkorder"
	}
	return "bulkorder"
}

// person is who came in. One who came by the link has no password, whatever the name.
type person struct {
	name   string
	byLink bool
}

// cookie lets a person in until a moment. What it says is signed together with the hash of the password: another
// password ends it.
func (e *Entry) cookie(p person, from, until time.Time) string {
	said := fmt.Sprintf("%d.%d.%t.%s", until.Unix(), from.UnixMilli(), p.byLink,
		base64.RawURLEncoding.EncodeToString([]byte(p.name)))
	return said + "." + e.sign(said, p)
}

func (e *Entry) sign(said string, p person) string {
	sum := hmac.New(sha256.New, e.secret)
	sum.Write([]byte(said + "\n"))
	if !p.byLink {
		sum.Write([]byte(e.People[p.name]))
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// knows tells who makes a request; ok is false where nobody came in.
func (e *Entry) knows(r *http.Request, now time.Time) (p person, ok bool) {
	c, err := r.Cookie(e.cookieName())
	if err != nil {
		return p, false
	}
	i := strings.LastIndexByte(c.Value, '.')
	parts := strings.Split(c.Value[:max(0, i)], ".")
	if len(parts) != 4 {
		return p, false
	}
	name, err := base64.RawURLEncoding.DecodeString(parts[3])
	if err != nil {
		return p, false
	}
	p = person{string(name), parts[2] == "true"}
	if !hmac.Equal([]byte(c.Value[i+1:]), []byte(e.sign(c.Value[:i], p))) {
		return p, false
	}
	until, err := strconv.ParseInt(parts[0], 10, 64)
	from, wrong := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || wrong != nil || !now.Before(time.Unix(until, 0)) {
		return p, false
	}
	_, may := e.hashes[p.name]
	if p.byLink {
		may = e.Owner != "" && p.name == e.Owner
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return p, may && time.UnixMilli(from).After(e.out[p.name])
}

// signOut ends all cookies of a person.
func (e *Entry) signOut(name string, now time.Time) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.out[name] = now
	text, err := json.Marshal(e.out)
	if err == nil {
		err = os.WriteFile(e.outFile(), text, 0o600)
	}
	if err != nil {
		return fmt.Errorf("keeping that you signed out: %w", err)
	}
	return nil
}

// leave gives a person the cookie.
func (e *Entry) leave(w http.ResponseWriter, p person) {
	age := cookieAge
	if p.byLink {
		age = ownCookie
	}
	now := time.Now()
	http.SetCookie(w, &http.Cookie{
		Name: e.cookieName(), Value: e.cookie(p, now, now.Add(age)), Path: "/", MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: e.TLS, SameSite: http.SameSiteStrictMode,
	})
}

// guard lets nobody in without the cookie or the token.
func (e *Entry) guard(inside http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, ok := e.knows(r, time.Now())
		switch {
		case ok:
			inside.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), personKey{}, p)))
		case r.Method == http.MethodGet && e.use(r.URL.Query().Get("token")):
			e.leave(w, person{e.Owner, true})
			http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
		case r.Method == http.MethodGet && len(e.People) > 0:
			http.Redirect(w, r, "/in?to="+queryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		default:
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprintln(w, "This page is for who started it. Open the link that `bulkorder serve` printed; it counts once, so "+
				"start the server again for another one.")
		}
	})
}

// personKey is under which a request's context holds who makes it.
type personKey struct{}

// who tells who makes a request; zero: nobody came in.
func who(r *http.Request) person {
	p, _ := r.Context().Value(personKey{}).(person)
	return p
}
