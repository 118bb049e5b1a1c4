package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"
)

// deviceAge is how long a browser is remembered on which a person came in. It lets nobody in: whoever shows it only
// doesn't wait for others' wrong passwords.
const deviceAge = 365 * 24 * time.Hour

// remember leaves a person's browser what it is known by.
func (e *Entry) remember(w http.ResponseWriter, name string) {
	nonce := rand.Text()
	http.SetCookie(w, &http.Cookie{
		Name: e.deviceName(name), Value: nonce + "." + e.signDevice(nonce, name), Path: "/",
		MaxAge: int(deviceAge.Seconds()), HttpOnly: true, Secure: e.TLS, SameSite: http.SameSiteStrictMode,
	})
}

// device tells which device a request comes from, as far as the person came in on it; empty: it isn't known.
func (e *Entry) device(r *http.Request, name string) string {
	c, err := r.Cookie(e.deviceName(name))
	if err != nil {
		return ""
	}
	nonce, sum, _ := strings.Cut(c.Value, ".")
	if _, may := e.hashes[name]; !may || !hmac.Equal([]byte(sum), []byte(e.signDevice(nonce, name))) {
		return ""
	}
	return nonce
}

// signDevice ends with the password, as cookies that let a person in do.
func (e *Entry) signDevice(nonce, name string) string {
	return e.sign("device "+nonce, person{name: name})
}

// deviceName is one for each person: several may share a browser.
func (e *Entry) deviceName(name string) string {
	sum := sha256.Sum256([]byte(name))
	return e.cookieName() + "-device-" + hex.EncodeToString(sum[:4])
}
