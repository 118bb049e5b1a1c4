package notice

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bulkorder/report/reporttest"
)

const token = "T0KEN-nobody-may-see"

// hurried tries as often as Post does, without its waits.
func hurried() postman {
	return postman{each: 200 * time.Millisecond, pause: time.Millisecond}
}

// hook serves a chat's webhook and gives its address, in which there is a token.
func hook(t *testing.T, serve http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(serve)
	t.Cleanup(server.Close)
	return server.URL + "/services/" + token + "?secret=" + token
}

func TestPost(t *testing.T) {
	var got map[string]any
	var asked *http.Request
	address := hook(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		io.WriteString(w, strings.Repeat("ok", 1<<20))
	})
	n := Notice{Event: Finished, Result: told1998(), At: reporttest.Start()}
	// A proxy that would be found in the environment mustn't see the token.
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	reporttest.Must(t, n.Post(t.Context(), strings.Replace(address, "http://", "http://mia:pass@", 1)))
	if asked.Method != "POST" || !strings.HasPrefix(asked.Header.Get("Content-Type"), "application/json") ||
		!strings.Contains(asked.URL.String(), token) {
		t.Errorf("%s %s %v", asked.Method, asked.URL, asked.Header)
	}
	if name, password, ok := asked.BasicAuth(); !ok || name != "mia" || password != "pass" {
		t.Errorf("the name and password of the address aren't sent: %q", name)
	}
	if got["event"] != "finished" || got["text"] != n.Text() || got["at"] != "2026-05-04T09:30:00Z" {
		t.Errorf("got %v", got)
	}
}

func TestPostsThatFail(t *testing.T) {
	elsewhere := hook(t, func(http.ResponseWriter, *http.Request) { t.Error("a redirect was followed") })
	for _, tt := range []struct {
		name  string
		serve http.HandlerFunc
		tries int32
		says  string
	}{
		{"it always fails", func(w http.ResponseWriter, r *http.Request) { http.Error(w, r.URL.String(), 500) }, 3,
			"HTTP 500"},
		{"too many", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(429) }, 3, "HTTP 429"},
		{"gone", func(w http.ResponseWriter, r *http.Request) { http.Error(w, r.URL.String(), 404) }, 1, "HTTP 404"},
		{"a redirect", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere, http.StatusTemporaryRedirect)
		}, 1, "redirect"},
		{"it never answers", func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Second):
			}
		}, 3, "no answer within 200ms"},
		{"it hangs up", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 3, "EOF"},
		{"no HTTP, and the address in it", func(w http.ResponseWriter, r *http.Request) {
			c, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			fmt.Fprintf(c, "%s\r\n\r\n", r.URL)
			c.Close()
		}, 3, "can't be read"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var tries atomic.Int32
			address := hook(t, func(w http.ResponseWriter, r *http.Request) { tries.Add(1); tt.serve(w, r) })
			begin := time.Now()
			err := hurried().post(t.Context(), address, Notice{Result: told1998()})
			if took := time.Since(begin); err == nil || !strings.Contains(err.Error(), tt.says) ||
				tries.Load() != tt.tries ||
				took > 3*time.Second {
				t.Errorf("%v after %d tries and %v, want %q after %d", err, tries.Load(), took, tt.says, tt.tries)
			}
			if host := strings.Split(address, "/")[2]; !strings.Contains(fmt.Sprint(err), host) ||
				strings.Contains(fmt.Sprint(err), token) {
				t.Errorf("the error doesn't name the host alone: %v", err)
			}
		})
	}
}

func TestASecondTryMayDo(t *testing.T) {
	var tries atomic.Int32
	address := hook(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || !json.Valid(body) {
			t.Errorf("try %d is sent %q", tries.Load(), body)
		}
		if tries.Add(1) == 1 {
			w.WriteHeader(503)
		}
	})
	if err := hurried().post(t.Context(), address, Notice{}); err != nil || tries.Load() != 2 {
		t.Errorf("%v after %d tries", err, tries.Load())
	}
}

func TestPostsThatCannotBegin(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	reporttest.Must(t, err)
	reporttest.Must(t, free.Close())
	strange := httptest.NewUnstartedServer(http.NotFoundHandler())
	strange.Config.ErrorLog = log.New(io.Discard, "", 0)
	strange.StartTLS()
	defer strange.Close()
	for name, address := range map[string]string{"nobody listens": "http://" + free.Addr().String() + "/" + token,
		"a stranger's certificate": strange.URL + "/" + token,
		"plain http":               "http://chat.example/" + token} {
		if err := hurried().post(t.Context(), address, Notice{}); err == nil || strings.Contains(err.Error(), token) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	begin := time.Now()
	if err := (Notice{}).Post(ctx, "http://"+free.Addr().String()+"/"+token); err == nil ||
		time.Since(begin) > time.Second ||
		strings.Contains(err.Error(), token) {
		t.Errorf("interrupted: %v after %v", err, time.Since(begin))
	}
}

func TestAddressesForNotices(t *testing.T) {
	for address, says := range map[string]string{
		"https://hooks.chat.example/" + token:     "",
		"https://mia:" + token + "@chat.example/": "",
		"http://127.0.0.1:8080/" + token:          "",
		"http://localhost/" + token:               "",
		"http://[::1]:8080/" + token:              "",
		"http://chat.example/" + token:            "use https",
		"http://127.0.0.1.chat.example/" + token:  "use https",
		"ftp://chat.example/" + token:             "neither https",
		token:                                     "is none",
		"":                                        "is none",
		"https:///" + token:                       "is none",
		"https://:443/" + token:                   "is none",
		"https://chat.example/%zz" + token:        "is none",
		"https://chat.example/\x7f" + token:       "is none",
	} {
		err := CheckURL(address)
		if says == "" && err != nil || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("%q: %v, want %q", address, err, says)
		}
		if err != nil && strings.Contains(err.Error(), token) {
			t.Errorf("the address is shown: %v", err)
		}
	}
}
