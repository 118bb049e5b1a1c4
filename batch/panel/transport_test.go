package panel

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const testKey = "k3y-that-nobody-may-see"

func client(t *testing.T, address string, config *tls.Config) *Client {
	t.Helper()
	c, err := New(Panel{Name: "test", URL: address}, NewKey(testKey), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	c.Timeout = 5 * time.Second
	return c
}

func order() []Param {
	return []Param{{"service", "1"}, {"link", "https://example.com/ä b&c=d"}, {"quantity", "100"}}
}

// listen serves one raw connection after the other with serve.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { defer c.Close(); serve(c) }()
		}
	}()
	return "http://" + l.Addr().String() + "/api/v2"
}

func TestTheRequestOnTheWire(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		var got []byte
		address := listen(t, func(c net.Conn) {
			r := bufio.NewReader(c)
			var head bytes.Buffer
			req, err := http.ReadRequest(bufio.NewReader(io.TeeReader(r, &head)))
			if err != nil {
				return
			}
			body, _ := io.ReadAll(req.Body)
			got = append(append([]byte(nil), head.Bytes()...), body...)
			fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"order\":7}")
		})
		if a := client(t, address, nil).Add(t.Context(), order()); a.Verdict != Placed || a.OrderID != "7" {
			t.Fatalf("got %+v, want order 7", a)
		}
		request := string(got)
		if !strings.HasPrefix(request, "POST /api/v2 HTTP/1.1\r\n") {
			t.Errorf("the request begins with %.40q", request)
		}
		for _, bad := range []string{"Idempotency-Key", "Accept-Encoding", "Transfer-Encoding"} {
			if strings.Contains(request, bad) {
				t.Errorf("the request has a header %s", bad)
			}
		}
		if !strings.Contains(request, "Content-Length: ") {
			t.Error("the request has no Content-Length")
		}
		want := "action=add&service=1&link=" + url.QueryEscape(
			"https://example.com/ä b&c=d",
		) + "&quantity=100&key=" + testKey
		if !strings.HasSuffix(request, want) {
			t.Errorf("the body is %q, want %q: the key comes last", request[strings.Index(request, "\r\n\r\n")+4:], want)
		}
	})
}

func TestWhatWasWrittenDecides(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		t.Run("nobody listens: unsent", func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			l.Close()
			if a := client(t, "http://"+l.Addr().String(), nil).Add(t.Context(), order()); a.Verdict != Unsent ||
				a.Stop != GoOn {
				t.Errorf("got %+v, want unsent", a)
			}
		})
		t.Run("closed after the whole request: in doubt", func(t *testing.T) {
			address := listen(t, func(c net.Conn) {
				req, err := http.ReadRequest(bufio.NewReader(c))
				if err == nil {
					io.Copy(io.Discard, req.Body)
				}
			})
			if a := client(t, address, nil).Add(t.Context(), order()); a.Verdict != InDoubt {
				t.Errorf("got %+v, want doubt", a)
			}
		})
		t.Run("no answer in time: in doubt", func(t *testing.T) {
			address := listen(t, func(c net.Conn) { io.Copy(io.Discard, c) })
			c := client(t, address, nil)
			c.Timeout = 50 * time.Millisecond
			if a := c.Add(t.Context(), order()); a.Verdict != InDoubt {
				t.Errorf("got %+v, want doubt", a)
			}
		})
		t.Run("a request that fits into no buffer and isn't read: unsent", func(t *testing.T) {
			address := listen(t, func(c net.Conn) {
				c.(*net.TCPConn).SetReadBuffer(4096)
				time.Sleep(300 * time.Millisecond)
				c.(*net.TCPConn).SetLinger(0)
			})
			huge := append(order(), Param{"comments", strings.Repeat("nice\n", 8<<20)})
			if a := client(t, address, nil).Add(t.Context(), huge); a.Verdict != Unsent {
				t.Errorf("got %v: %s, want unsent", a.Verdict, a.Words)
			}
		})
		t.Run("interrupted before: unsent", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if a := client(t, "http://127.0.0.1:1", nil).Add(ctx, order()); a.Verdict != Unsent {
				t.Errorf("got %+v, want unsent", a)
			}
		})
		t.Run("interrupted while under way: the answer counts", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			address := listen(t, func(c net.Conn) {
				http.ReadRequest(bufio.NewReader(c))
				cancel()
				time.Sleep(50 * time.Millisecond)
				fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"order\":7}")
			})
			if a := client(t, address, nil).Add(ctx, order()); a.Verdict != Placed {
				t.Errorf("got %+v, want placed", a)
			}
		})
	})
}

func TestACertificateThatCannotBeTrustedStopsTheRun(t *testing.T) {
	s := httptest.NewTLSServer(
		http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request arrived") }),
	)
	defer s.Close()
	if a := client(t, s.URL, nil).Add(t.Context(), order()); a.Verdict != Unsent || a.Stop != StopCertificate {
		t.Errorf("got %+v, want unsent and a stop", a)
	}
}

func TestNoOrderTravelsByHTTP2(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		var protocol atomic.Value
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			protocol.Store(r.Proto)
			fmt.Fprint(w, `{"order":7}`)
		}))
		s.EnableHTTP2 = true
		s.StartTLS()
		defer s.Close()
		roots := x509.NewCertPool()
		roots.AddCert(s.Certificate())
		if a := client(t, s.URL, &tls.Config{RootCAs: roots}).Add(t.Context(), order()); a.Verdict != Placed {
			t.Fatalf("got %+v, want placed", a)
		}
		if protocol.Load() != "HTTP/1.1" {
			t.Errorf("the order travelled by %v", protocol.Load())
		}
	})
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter,
		*http.Request) {
		t.Error("the redirect was followed")
	}))
	defer other.Close()
	for _, code := range []int{301, 302, 303, 307, 308} {
		s := httptest.NewServer(http.RedirectHandler(other.URL, code))
		c := client(t, s.URL, nil)
		if a := c.Add(t.Context(), order()); a.Verdict != InDoubt || a.Stop != StopRedirect {
			t.Errorf("%d: got %+v, want doubt and a stop", code, a)
		}
		if _, err := c.Services(t.Context()); err == nil {
			t.Errorf("%d: services gave no error", code)
		}
		s.Close()
	}
}

func TestNoConnectionIsUsedTwice(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		var connections atomic.Int32
		address := listen(t, func(c net.Conn) {
			connections.Add(1)
			r := bufio.NewReader(c)
			for {
				req, err := http.ReadRequest(r)
				if err != nil {
					return
				}
				io.Copy(io.Discard, req.Body)
				fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"order\":7}")
			}
		})
		c := client(t, address, nil)
		for range 3 {
			if a := c.Add(t.Context(), order()); a.Verdict != Placed {
				t.Errorf("got %+v, want placed", a)
			}
		}
		if n := connections.Load(); n != 3 {
			t.Errorf("three orders took %d connections, want 3", n)
		}
	})
}

func TestAnswersAreBounded(t *testing.T) {
	address := listen(t, func(c net.Conn) {
		http.ReadRequest(bufio.NewReader(c))
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\n\r\n")
		for {
			if _, err := c.Write(bytes.Repeat([]byte(" "), 1<<16)); err != nil {
				return
			}
		}
	})
	if a := client(t, address, nil).Add(t.Context(), order()); a.Verdict != InDoubt || len(a.Answer) > keptAnswer {
		t.Errorf("got %v and %d bytes kept, want doubt and at most %d", a.Verdict, len(a.Answer), keptAnswer)
	}
}

func TestTheKeyIsNowhere(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		fmt.Fprintf(w, `{"error":"Incorrect link %s"}`, r.PostForm.Get("key"))
	}))
	defer s.Close()
	c := client(t, s.URL, nil)
	a := c.Add(t.Context(), order())
	_, err := c.Balance(t.Context())
	for _, text := range []string{fmt.Sprintf("%+v %#v", a, a), fmt.Sprint(err),
		fmt.Sprintf("%v %+v %#v %s %q", c.key, c.key, c.key, c.key, c.key), fmt.Sprintf("%+v", c)} {
		if strings.Contains(text, testKey) {
			t.Errorf("the key is in %q", text)
		}
	}
	if a.Verdict != Refused || err == nil {
		t.Errorf("got %+v and %v", a, err)
	}
}

func TestAddressesThatWouldShowTheKeyAreRefused(t *testing.T) {
	for _, address := range []string{"", "panel.example", "http://panel.example/api/v2", "https://user@panel.example/",
		"https://panel.example/?key=1", "ftp://panel.example"} {
		if _, err := New(Panel{Name: "p", URL: address}, NewKey("k"), nil); err == nil {
			t.Errorf("%q is taken", address)
		}
	}
	for _, address := range []string{"https://panel.example/api/v2", "http://127.0.0.1:8080/api/v2", "http://localhost/",
		"http://LocalHost/", "http://[::1]:1/"} {
		if _, err := New(Panel{Name: "p", URL: address}, NewKey("k"), nil); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}
