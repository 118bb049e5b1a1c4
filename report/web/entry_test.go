package web

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
)

func TestWrongPasswordsAreSlowedDown(t *testing.T) {
	now := time.Now()
	var b brake
	for n := range freeTries {
		if wait := b.take(now, limit{"name anna", freeTries, nameWait, true}); wait > 0 {
			t.Errorf("try %d waits %s", n, wait)
		}
	}
	for n, want := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60} { // tried as soon as may be
		want *= time.Second
		if wait := b.take(now, limit{"name anna", freeTries, nameWait, true}); wait != want {
			t.Errorf("wrong try %d waits %s, want %s", freeTries+n, wait, want)
		}
		if wait := b.take(now, limit{"name bert", freeTries, nameWait, true}); n == 0 && wait > 0 {
			t.Errorf("another one waits %s", wait)
		}
		now = now.Add(want)
		if wait := b.take(now, limit{"name anna", freeTries, nameWait, true}); wait > 0 {
			t.Errorf("after %s it waits %s", want, wait)
		}
	}
	if wait := b.take(now.Add(2*forgetting), limit{"name anna", freeTries, nameWait, true}); wait > 0 {
		t.Errorf("an hour later it waits %s", wait)
	}
	b.right(limit{who: "name anna", own: true}, limit{who: "address 1"})
	if wait := b.take(now, limit{"name anna", freeTries, nameWait, true}); wait > 0 || b.tries["name anna"].wrong != 1 {
		t.Errorf("after the right one: %s, %+v", wait, b.tries["name anna"])
	}
}

// TestAPasswordOfOnesOwnDoesntFreeTheAddress: who may sign in can't try others' passwords by turns with it.
func TestAPasswordOfOnesOwnDoesntFreeTheAddress(t *testing.T) {
	var b brake
	now := time.Now()
	for range freeTries {
		b.take(now, limit{"address 1", freeTries, addressWait, false})
		b.right(limit{who: "name anna", own: true}, limit{who: "address 1"})
		b.take(now, limit{"address 1", freeTries, addressWait, false})
	}
	if wait := b.take(now, limit{"address 1", freeTries, addressWait, false}); wait == 0 {
		t.Error("the address is free")
	}
}

func TestNamesThatAreTriedDontFillTheMemory(t *testing.T) {
	var b brake
	now := time.Now()
	for range 2 * freeTries {
		b.take(now, limit{"address 1", freeTries, addressWait, false})
	}
	for n := range 3 * mostTried {
		b.take(now, limit{strings.Repeat("x", n%7) + time.Duration(n).String(), freeTries, nameWait, true})
	}
	if len(b.tries) > mostTried || b.take(now, limit{"address 1", freeTries, addressWait, false}) == 0 {
		t.Errorf("%d are kept, of address 1 %+v", len(b.tries), b.tries["address 1"])
	}
}

func TestAHashIsReadAsItWasWritten(t *testing.T) {
	text, err := HashPassword("seven green bottles")
	if err != nil {
		t.Fatal(err)
	}
	h, err := readHash(text)
	if err != nil || !h.is("seven green bottles") || h.is("seven green bottle") || h.is("") {
		t.Errorf("%v: %s", err, text)
	}
	for _, wrong := range []string{
		"", "secret", "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=9999999,t=2,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=0,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=2,p=1$AA$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAA$",
		strings.Replace(text, "v=19", "v=16", 1), text + "$",
	} {
		if _, err := readHash(wrong); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
	if _, err := HashPassword("ninechars"); err == nil {
		t.Error("nine characters are enough")
	}
}

func TestAServerKnowsItsNames(t *testing.T) {
	hosts := []string{"127.0.0.1:8780", "page.test", "*.example.com", "::1"}
	for host, want := range map[string]bool{
		"127.0.0.1:8780": true, "127.0.0.1:8781": false, "127.0.0.1": false, "page.test": true, "PAGE.test:443": true,
		"page.test.": false, "xpage.test": false, "a.example.com": true, "a.example.com:99": true, "example.com": false,
		"a.b.example.com": false, "evil-example.com": false, "[::1]:80": true, "": false, "page.test@evil.example": false,
	} {
		if called(hosts, host) != want {
			t.Errorf("%q: %v", host, !want)
		}
	}
}

func TestOneGoesOnAtThisServerAlone(t *testing.T) {
	for to, want := range map[string]string{
		"/batches?q=a": "/batches?q=a", "/": "/", "": "/", "//evil.example": "/", "https://evil.example": "/",
		`/\evil.example`: "/", "/\t/evil.example": "/", "javascript:alert(1)": "/", "/\r\nSet-Cookie: a=b": "/",
	} {
		if got := localPath(to); got != want {
			t.Errorf("%q leads to %q", to, got)
		}
	}
}

func TestACookieIsItsOwnersAlone(t *testing.T) {
	hash, err := HashPassword("seven green bottles")
	if err != nil {
		t.Fatal(err)
	}
	e := &Entry{Owner: "root", People: map[string]string{"anna": hash, "root": hash}, Dir: t.TempDir()}
	if err := e.Open(); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	good := e.cookie(person{name: "anna"}, now, now.Add(time.Hour))
	link := e.cookie(person{"root", true}, now, now.Add(time.Hour))
	for name, c := range map[string]struct {
		value string
		at    time.Duration
		ok    bool
	}{
		"good":               {good, 0, true},
		"by the link":        {link, 0, true},
		"an hour later":      {good, time.Hour, false},
		"another moment":     {"9" + good, 0, false},
		"by a link":          {strings.Replace(good, "false", "true", 1), 0, false},
		"by a password":      {strings.Replace(link, "true", "false", 1), 0, false},
		"another one":        {strings.Replace(good, "YW5uYQ", "cm9vdA", 1), 0, false},
		"no signature":       {good[:strings.LastIndexByte(good, '.')+1], 0, false},
		"nothing":            {"", 0, false},
		"dots":               {"....", 0, false},
		"who isn't there":    {e.cookie(person{name: "carl"}, now, now.Add(time.Hour)), 0, false},
		"another one's link": {e.cookie(person{"anna", true}, now, now.Add(time.Hour)), 0, false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Cookie", "bulkorder="+c.value)
		if _, ok := e.knows(r, now.Add(c.at)); ok != c.ok {
			t.Errorf("%s: %v", name, ok)
		}
	}
	if err := e.signOut("anna", now.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Cookie", "bulkorder="+good)
	if _, ok := e.knows(r, now); ok {
		t.Error("signed out, the cookie is good")
	}
}

// TestAProxySaysForWhomItAsks: one person's wrong passwords behind it are not everybody's; elsewhere nobody is believed.
func TestAProxySaysForWhomItAsks(t *testing.T) {
	for _, c := range []struct {
		from, said, want string
	}{
		{"127.0.0.1:1", "", "127.0.0.1"},
		{"127.0.0.1:1", "203.0.113.7", "203.0.113.7"},
		{"127.0.0.1:1", "198.51.100.1, 203.0.113.7", "203.0.113.7"},
		{"127.0.0.1:1", "unknown", "127.0.0.1"},
		{"[::1]:1", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"},
		{"198.51.100.1:1", "203.0.113.7", "198.51.100.1"},
	} {
		r := httptest.NewRequest("POST", "/in", nil)
		if r.RemoteAddr = c.from; c.said != "" {
			r.Header.Set("X-Forwarded-For", c.said)
		}
		if got := addressOf(r); got != c.want {
			t.Errorf("%s for %q: %s, want %s", c.from, c.said, got, c.want)
		}
	}
}

// TestATryThatNobodyLookedAtIsNoWrongOne: many sign in at once.
func TestATryThatNobodyLookedAtIsNoWrongOne(t *testing.T) {
	var b brake
	for range 3 * freeTries {
		if wait := b.take(time.Now(), limit{"name anna", freeTries, nameWait, true}); wait > 0 {
			t.Fatalf("it waits %s", wait)
		}
		b.forgive(limit{who: "name anna"}, limit{who: "address 1"})
	}
}

// TestWhyItIsHaltedIsSaid: of all that failed together, what ended it.
func TestWhyItIsHaltedIsSaid(t *testing.T) {
	s := &Server{}
	if s.whyHalted() != "" {
		t.Error("it is halted before it is")
	}
	broken := fmt.Errorf("%w: the disk is full", journal.ErrBroken)
	s.Halt(errors.Join(errors.New("no results"), errors.Join(fmt.Errorf("a row: %w", broken), errors.New("and so on"))))
	if got := s.whyHalted(); got != "a row: "+broken.Error() {
		t.Errorf("%q", got)
	}
}
