package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// door is a server that people come in to by a password.
type door struct {
	*testing.T
	page http.Handler
}

func newDoor(t *testing.T) *door {
	t.Helper()
	hash, err := HashPassword("seven green bottles")
	must(t, err)
	e := &Entry{People: map[string]string{"anna": hash, "ben": hash}, Dir: t.TempDir()}
	must(t, e.Open())
	s := &Server{Desk: newVisit(t).desk, Hosts: []string{"page.test"}, Entry: e, Log: slog.New(slog.DiscardHandler)}
	d := &door{T: t}
	d.page, err = s.Handler()
	must(t, err)
	return d
}

// try signs in from an address, with the cookies of a browser.
func (d *door) try(name, password, from string, cookies ...*http.Cookie) (code int, left []*http.Cookie) {
	d.Helper()
	form := url.Values{"name": {name}, "password": {password}}
	r := httptest.NewRequestWithContext(d.Context(), "POST", "http://page.test/in", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.RemoteAddr = from + ":4711"
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	d.page.ServeHTTP(w, r)
	return w.Code, w.Result().Cookies()
}

const right = "seven green bottles"

// TestWrongPasswordsElsewhereKeepNobodyOut: neither those at the same name from other addresses, nor those at other names
// from the same one.
func TestWrongPasswordsElsewhereKeepNobodyOut(t *testing.T) {
	d := newDoor(t)
	for range 2 * freeTries {
		d.try("anna", "wrong", "203.0.113.7")
	}
	if code, _ := d.try("anna", right, "203.0.113.7"); code != http.StatusTooManyRequests {
		t.Errorf("where it was tried: %d", code)
	}
	if code, _ := d.try("anna", right, "198.51.100.1"); code != http.StatusSeeOther {
		t.Errorf("anna elsewhere: %d", code)
	}
	if code, _ := d.try("ben", right, "203.0.113.7"); code != http.StatusSeeOther {
		t.Errorf("ben beside who tries: %d", code)
	}
}

// TestADeviceThatOneCameInWithComesInAgain: whatever is tried from wherever. Its own wrong passwords slow it down.
func TestADeviceThatOneCameInWithComesInAgain(t *testing.T) {
	d := newDoor(t)
	_, cookies := d.try("anna", right, "198.51.100.1")
	var device []*http.Cookie
	for _, c := range cookies {
		if strings.Contains(c.Name, "device") {
			device = append(device, c)
			if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.MaxAge < 30*24*3600 {
				t.Errorf("%+v", c)
			}
		}
	}
	if len(device) != 1 {
		t.Fatalf("the cookies: %v", cookies)
	}
	for n := range 2 * freeName {
		d.try("anna", "wrong", fmt.Sprintf("203.0.113.%d", n))
		d.try("anna", "wrong", "198.51.100.1")
		d.try(fmt.Sprint("nobody", n), "wrong", "198.51.100.1")
	}
	if code, _ := d.try("anna", right, "192.0.2.1"); code != http.StatusTooManyRequests {
		t.Errorf("a stranger after %d tries from many addresses: %d", 2*freeName, code)
	}
	forged := *device[0]
	forged.Value = strings.Replace(forged.Value, forged.Value[:4], "AAAA", 1)
	if code, _ := d.try("anna", right, "198.51.100.1", &forged); code != http.StatusTooManyRequests {
		t.Errorf("with a forged cookie: %d", code)
	}
	if code, _ := d.try("ben", right, "198.51.100.1", device...); code != http.StatusTooManyRequests {
		t.Errorf("another name with anna's cookie: %d", code)
	}
	if code, _ := d.try("anna", right, "198.51.100.1", device...); code != http.StatusSeeOther {
		t.Errorf("anna's own device: %d", code)
	}
	for range freeTries {
		d.try("anna", "wrong", "198.51.100.2", device...)
	}
	if code, _ := d.try("anna", right, "198.51.100.3", device...); code != http.StatusTooManyRequests {
		t.Errorf("the device after wrong passwords of its own: %d", code)
	}
}
