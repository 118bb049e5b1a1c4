package panel

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// secured serves answers of the balance with a certificate of the authority's, and a clock that is ahead.
func secured(t *testing.T, cert tls.Certificate, ahead time.Duration, answer string) string {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := r.PostFormValue("action"); got != "balance" {
			t.Errorf("%q is asked", got)
		}
		w.Header().Set("Date", time.Now().Add(ahead).UTC().Format(http.TimeFormat))
		fmt.Fprint(w, answer)
	}))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

func TestExamine(t *testing.T) {
	trust := newAuthority(t)
	cert := trust.issue(t, time.Hour, "127.0.0.1")
	for _, tt := range []struct {
		name  string
		ahead time.Duration
		off   time.Duration // at least; a second less than the truth, for what can't be known
	}{
		{"clocks that agree", 0, 0},
		{"half a minute ahead", 31 * time.Second, 29 * time.Second},
		{"ten minutes behind", -10 * time.Minute, 10*time.Minute - 3*time.Second},
	} {
		address := secured(t, cert, tt.ahead, `{"balance":"84.11","currency":"USD"}`)
		e, err := client(t, address, &tls.Config{RootCAs: trust.pool}).Examine(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if e.TLS != tls.VersionTLS13 || e.Certificate == nil || e.Certificate.Issuer.CommonName != "test authority" ||
			!strings.HasSuffix(address, e.Address) {
			t.Errorf("%s: %+v", tt.name, e)
		}
		if e.Balance.Amount.String() != "84.11" || e.Balance.Currency != "USD" {
			t.Errorf("%s: the balance is %+v", tt.name, e.Balance)
		}
		if off := e.Clock.Off(); !e.Clock.Told || off < tt.off || off > tt.ahead.Abs() ||
			e.Clock.Ahead < 0 != (tt.ahead < 0) && tt.ahead != 0 {
			t.Errorf("%s: %+v is off by %v", tt.name, e.Clock, off)
		}
	}
}

func TestExamineTellsWhatItSawBeforeItFailed(t *testing.T) {
	trust, strange := newAuthority(t), newAuthority(t)
	cert := trust.issue(t, time.Hour, "127.0.0.1")
	t.Run("a refused key", func(t *testing.T) {
		address := secured(t, cert, 0, `{"error":"Invalid API key `+testKey+`"}`)
		e, err := client(t, address, &tls.Config{RootCAs: trust.pool}).Examine(t.Context())
		var refusal *Refusal
		if !errors.As(err, &refusal) || refusal.Class != ClassKey || e.TLS == 0 || !e.Clock.Told {
			t.Errorf("%+v, %v", e, err)
		}
		if strings.Contains(fmt.Sprint(e, err), testKey) {
			t.Errorf("the key is shown: %v", err)
		}
	})
	t.Run("a stranger's certificate", func(t *testing.T) {
		address := secured(t, cert, 0, `{"balance":"1"}`)
		e, err := client(t, address, &tls.Config{RootCAs: strange.pool}).Examine(t.Context())
		var failed *tls.CertificateVerificationError
		if !errors.As(err, &failed) || e.TLS != 0 || e.Certificate == nil ||
			e.Certificate.Issuer.CommonName != "test authority" {
			t.Errorf("%+v, %v", e, err)
		}
	})
	t.Run("a web page", func(t *testing.T) {
		address := secured(t, cert, 0, `<html>`)
		if e, err := client(t, address, &tls.Config{RootCAs: trust.pool}).Examine(t.Context()); !errors.Is(err, ErrNotAPI) ||
			e.TLS == 0 {
			t.Errorf("%+v, %v", e, err)
		}
	})
	t.Run("nobody", func(t *testing.T) {
		e, err := client(t, "http://127.0.0.1:1/", nil).Examine(t.Context())
		if err == nil || e.Address != "" || e.Clock.Told {
			t.Errorf("%+v, %v", e, err)
		}
	})
}

// TestASlowAnswerIsNoWrongClock: the date may be as old as the answer is slow.
func TestASlowAnswerIsNoWrongClock(t *testing.T) {
	asked := time.Date(2026, 5, 4, 9, 30, 0, 999e6, time.UTC)
	for _, tt := range []struct {
		name           string
		date, answered time.Time
		off            time.Duration
	}{
		{"read at once, answered late", asked, asked.Add(40 * time.Second), 0},
		{"read at the end", asked.Add(40 * time.Second), asked.Add(40 * time.Second), 0},
		{"a minute before it was asked", asked.Add(-time.Minute), asked.Add(40 * time.Second), time.Minute - time.Second},
		{"a minute after it was answered", asked.Add(100 * time.Second), asked.Add(40 * time.Second),
			time.Minute - time.Second},
	} {
		c := compare(http.Header{"Date": {tt.date.Format(http.TimeFormat)}}, asked, tt.answered)
		if off := c.Off(); !c.Told || off < tt.off || off > tt.off+time.Second {
			t.Errorf("%s: %+v is off by %v, want %v", tt.name, c, off, tt.off)
		}
	}
	if c := compare(http.Header{"Date": {"yesterday"}}, asked, asked); c.Told || c.Off() != 0 {
		t.Errorf("a date that is none: %+v", c)
	}
}
