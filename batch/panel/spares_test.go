package panel

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// secureServer answers each request with an order, and counts the connections that it has.
type secureServer struct {
	ledger
	address          string
	trust            *tls.Config
	opened, resumed  atomic.Int32
	open, mostOpened atomic.Int32
}

func startSecure(t *testing.T, config *tls.Config, work time.Duration) *secureServer {
	t.Helper()
	s := &secureServer{}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ParseForm() != nil || r.PostForm.Get("key") != testKey {
			t.Error("a request that isn't whole")
			return
		}
		if r.TLS.DidResume {
			s.resumed.Add(1)
		}
		link := r.PostForm.Get("link")
		s.mu.Lock()
		if s.seen == nil {
			s.seen = map[string]int{}
		}
		s.seen[link]++
		s.mu.Unlock()
		time.Sleep(work)
		fmt.Fprintf(w, `{"order":1%s}`, link)
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			s.opened.Add(1)
			now := s.open.Add(1)
			for most := s.mostOpened.Load(); now > most && !s.mostOpened.CompareAndSwap(most, now); {
				most = s.mostOpened.Load()
			}
		case http.StateClosed:
			s.open.Add(-1)
		}
	}
	server.TLS = config
	server.StartTLS()
	t.Cleanup(server.Close)
	s.address = server.URL
	s.trust = server.Client().Transport.(*http.Transport).TLSClientConfig
	return s
}

func (s *spares) counted() (ready, opening, waiting int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.ready), s.opening, len(s.waiting)
}

// used is the age until which one is used.
func (s *spares) used() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lesson.oldest(time.Now())
}

// addMany adds orders, so many at a time.
func addMany(t *testing.T, c *Client, l *ledger, orders, atOnce int) {
	t.Helper()
	var next atomic.Int32
	var wait sync.WaitGroup
	for range atOnce {
		wait.Go(func() {
			for n := next.Add(1); n <= int32(orders); n = next.Add(1) {
				link := strconv.Itoa(int(1000 + n))
				if a := c.Add(t.Context(), orderOf(link)); a.Verdict != Placed || a.OrderID != "1"+link ||
					l.count(link) != 1 {
					t.Errorf("got %s (%s), and %d complete requests", inWords(a), a.Words, l.count(link))
				}
			}
		})
	}
	wait.Wait()
}

func TestConnectionsAreOpenedAheadWhileOrdersLeave(t *testing.T) {
	s := startSecure(t, nil, 5*time.Millisecond)
	c := client(t, s.address, s.trust)
	before := runtime.NumGoroutine()
	end := c.Ahead(6)
	c.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		time.Sleep(10 * time.Millisecond) // it is far away
		return dialTCP(ctx, network, address)
	}
	const orders, atOnce = 300, 4
	addMany(t, c, &s.ledger, orders, atOnce)
	end()
	if most := s.mostOpened.Load(); most > atOnce+6+atOnce { // those that the server hasn't noticed as closed, too
		t.Errorf("%d connections at once", most)
	}
	if opened := s.opened.Load(); opened < orders || opened > orders+6 {
		t.Errorf("%d connections for %d orders", opened, orders)
	}
	if resumed := s.resumed.Load(); resumed < orders/2 {
		t.Errorf("%d of %d handshakes went on with a session", resumed, orders)
	}
	if ready, opening, waiting := c.spares.counted(); ready+opening+waiting != 0 {
		t.Errorf("%d are left over, %d under way, and %d wait", ready, opening, waiting)
	}
	for range 100 {
		if s.open.Load() == 0 && runtime.NumGoroutine() <= before+2 { // the test server's
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%d connections are open in the end, %d goroutines, of %d", s.open.Load(), runtime.NumGoroutine(), before)
}

func TestAFewCallsOpenNoneAhead(t *testing.T) {
	s := startSecure(t, nil, 0)
	t.Run("nobody wants any", func(t *testing.T) {
		c := client(t, s.address, s.trust)
		c.spares.lasts = time.Second
		addMany(t, c, &ledger{seen: map[string]int{}}, 0, 1)
		before := s.opened.Load()
		for n := range 20 {
			c.Add(t.Context(), orderOf("a"+strconv.Itoa(n)))
		}
		if n := s.opened.Load() - before; n != 20 {
			t.Errorf("%d connections for 20 orders", n)
		}
	})
	t.Run("too few leave", func(t *testing.T) {
		c := client(t, s.address, s.trust)
		c.spares.lasts = time.Second
		defer c.Ahead(10)()
		before := s.opened.Load()
		for n := range 3 {
			c.Add(t.Context(), orderOf("b"+strconv.Itoa(n)))
		}
		if n := s.opened.Load() - before; n != 3 {
			t.Errorf("%d connections for 3 orders", n)
		}
	})
}

// TestAClosedSpareIsNoticed before anything is written to it: the order takes another connection.
func TestAClosedSpareIsNoticed(t *testing.T) {
	ends := map[string]func(c net.Conn){
		"closed":              func(net.Conn) {},
		"reset":               func(c net.Conn) { reset(raw(c)) },
		"an answer to nobody": func(c net.Conn) { io.WriteString(c, "HTTP/1.1 408 Request Timeout\r\n\r\n") },
		"an order for nobody": func(c net.Conn) { io.WriteString(c, answerOf(`{"order":999999}`)); time.Sleep(time.Second) },
	}
	for name, end := range ends {
		for _, secure := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, TLS: %v", name, secure), func(t *testing.T) {
				var l ledger
				var connections atomic.Int32
				address, trust := listenBy(t, secure, func(c net.Conn, r *bufio.Reader) {
					if connections.Add(1) == 1 {
						time.Sleep(20 * time.Millisecond) // it is opened
						end(c)
						return
					}
					if link, ok := l.read(r); ok {
						io.WriteString(c, answerOf(`{"order":1`+link+`}`))
					}
				})
				c := client(t, address, trust)
				c.spares.round = &round{cancel: func() {}}
				layOne(t, c)
				time.Sleep(100 * time.Millisecond)
				if a := c.Add(t.Context(), orderOf("7")); a.Verdict != Placed || l.count("7") != 1 {
					t.Errorf("got %s (%s), and %d complete requests", inWords(a), a.Words, l.count("7"))
				}
				if n := connections.Load(); n != 2 {
					t.Errorf("%d connections", n)
				}
				if c.spares.used() != 0 {
					t.Error("more are opened ahead")
				}
			})
		}
	}
}

func raw(c net.Conn) net.Conn {
	if secured, is := c.(*tls.Conn); is {
		return secured.NetConn()
	}
	return c
}

// listenBy serves connections by TLS or without.
func listenBy(t *testing.T, secure bool, serve func(net.Conn, *bufio.Reader)) (string, *tls.Config) {
	t.Helper()
	if !secure {
		return listen(t, func(c net.Conn) { serve(c, bufio.NewReader(c)) }), nil
	}
	authority := newAuthority(t)
	config := &tls.Config{Certificates: []tls.Certificate{authority.issue(t, time.Hour, "127.0.0.1")}}
	address := listen(t, func(c net.Conn) {
		secured := tls.Server(c, config)
		defer secured.Close()
		if secured.Handshake() == nil {
			serve(secured, bufio.NewReader(secured))
		}
	})
	return "https" + strings.TrimPrefix(address, "http"), &tls.Config{RootCAs: authority.pool}
}

// layOne opens a connection ahead.
func layOne(t *testing.T, c *Client) {
	t.Helper()
	dial := c.transport.DialContext
	if c.endpoint.Scheme == "https" {
		dial = c.transport.DialTLSContext
	}
	lay(c, dial, "tcp", c.endpoint.Host)
	if ready, _, _ := c.spares.counted(); ready != 1 {
		t.Fatalf("%d are ready", ready)
	}
}

// TestASpareThatIsTooOldIsNotUsed, though it is open.
func TestASpareThatIsTooOldIsNotUsed(t *testing.T) {
	s := startSecure(t, nil, 0)
	c := client(t, s.address, s.trust)
	c.spares.round = &round{cancel: func() {}}
	layOne(t, c)
	old := c.spares.ready[0]
	old.opened = time.Now().Add(-spareAge)
	if a := c.Add(t.Context(), orderOf("1")); a.Verdict != Placed || s.opened.Load() != 2 {
		t.Errorf("got %s, by %d connections", inWords(a), s.opened.Load())
	}
	if n, err := old.Conn.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("it isn't closed: %d bytes, %v", n, err)
	}
}

// TestTicketsDoNotDisturb: what TLS sends behind the handshake is no answer, and the next handshake goes on with it.
func TestTicketsDoNotDisturb(t *testing.T) {
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		t.Run(tls.VersionName(version), func(t *testing.T) {
			s := startSecure(t, &tls.Config{MaxVersion: version}, 0)
			c := client(t, s.address, s.trust)
			c.spares.round = &round{cancel: func() {}}
			for n := range 5 {
				layOne(t, c)
				time.Sleep(20 * time.Millisecond)
				if a := c.Add(t.Context(), orderOf(strconv.Itoa(n))); a.Verdict != Placed {
					t.Errorf("got %s (%s), want placed", inWords(a), a.Words)
				}
			}
			if s.opened.Load() != 5 || s.resumed.Load() != 4 {
				t.Errorf("%d connections, %d of them went on with a session", s.opened.Load(), s.resumed.Load())
			}
		})
	}
}

// faltering is a connection whose writes take so many bytes when it is armed, and then fail.
type faltering struct {
	net.Conn
	armed *atomic.Bool
	left  int
}

func (f *faltering) Write(p []byte) (int, error) {
	if !f.armed.Load() {
		return f.Conn.Write(p)
	}
	n, err := f.Conn.Write(p[:min(len(p), f.left)])
	f.left -= n
	return n, errors.Join(errCut, err)
}

// TestWhatDidNotLeaveBySparesLeavesByAnother only where not a byte of it left.
func TestWhatDidNotLeaveBySparesLeavesByAnother(t *testing.T) {
	for _, tt := range []struct {
		left    int // bytes that get through
		want    Verdict
		arrived int
	}{{0, Placed, 1}, {1, Unsent, 0}, {40, Unsent, 0}} {
		for _, secure := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d bytes, TLS: %v", tt.left, secure), func(t *testing.T) {
				var l ledger
				var dialled atomic.Int32
				address, trust := listenBy(t, secure, func(c net.Conn, r *bufio.Reader) {
					if link, ok := l.read(r); ok {
						io.WriteString(c, answerOf(`{"order":1`+link+`}`))
					}
				})
				c := client(t, address, trust)
				c.spares.round = &round{cancel: func() {}}
				var armed atomic.Bool
				c.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
					conn, err := dialTCP(ctx, network, address)
					if dialled.Add(1) > 1 || err != nil {
						return conn, err
					}
					return &faltering{conn, &armed, tt.left}, nil
				}
				layOne(t, c)
				armed.Store(true)
				a := c.Add(t.Context(), orderOf("7"))
				if a.Verdict != tt.want || l.count("7") != tt.arrived || int(dialled.Load()) != 1+tt.arrived {
					t.Errorf("got %s (%s), %d complete requests, %d connections", inWords(a), a.Words, l.count("7"),
						dialled.Load())
				}
			})
		}
	}
}

// TestNothingIsWrittenToAConnectionThatWasGivenUp: the proof that nothing left holds for good.
func TestNothingIsWrittenToAConnectionThatWasGivenUp(t *testing.T) {
	ours, theirs := net.Pipe()
	go io.Copy(io.Discard, theirs)
	below := newWire(ours)
	c := &countingConn{Conn: below, below: below}
	if !c.unused() {
		t.Error("it is used before anything is written")
	}
	if n, err := c.Write([]byte("key")); n != 0 || err == nil || below.sent.Load() != 0 {
		t.Errorf("%d bytes were written: %v", n, err)
	}
	begun := &countingConn{Conn: below, below: below}
	if begun.Write([]byte("key")); begun.unused() {
		t.Error("it is unused after three bytes")
	}
}

// TestASpareThatClosesWhileTheRequestIsOnItsWay is in doubt as ever, and from then on they are used sooner, or not.
func TestASpareThatClosesWhileTheRequestIsOnItsWay(t *testing.T) {
	var l ledger
	address, trust := listenBy(t, true, func(_ net.Conn, r *bufio.Reader) { l.read(r) })
	c := client(t, address, trust)
	c.spares.round = &round{cancel: func() {}}
	layOne(t, c)
	c.spares.ready[0].opened = time.Now().Add(-400 * time.Millisecond)
	if a := c.Add(t.Context(), orderOf("7")); a.Verdict != InDoubt || l.count("7") != 1 {
		t.Errorf("got %s (%s), and %d complete requests", inWords(a), a.Words, l.count("7"))
	}
	if oldest := c.spares.used(); oldest < 200*time.Millisecond || oldest > 250*time.Millisecond {
		t.Errorf("they are used until they are %v old", oldest)
	}
}

// TestWaitingForASpareEnds with what waits for it, and with those who want some.
func TestWaitingForASpareEnds(t *testing.T) {
	hangs := make(chan struct{})
	address := listen(t, func(net.Conn) { <-hangs })
	defer close(hangs)
	c := client(t, "https"+strings.TrimPrefix(address, "http"), nil)
	end := c.Ahead(4)
	now := time.Now()
	c.spares.lasts, c.spares.flow = time.Second, meter{second: now.Unix(), this: 100, last: 100}
	c.Timeout = 300 * time.Millisecond
	for range 2 { // the first has some opened, the second waits for one
		if a := c.Add(t.Context(), order()); a.Verdict != Unsent {
			t.Errorf("got %s (%s), want unsent", inWords(a), a.Words)
		}
	}
	if _, opening, _ := c.spares.counted(); opening == 0 {
		t.Error("none is being opened")
	}
	end()
	if _, opening, waiting := c.spares.counted(); opening != 0 || waiting != 0 {
		t.Errorf("%d are being opened, %d wait", opening, waiting)
	}
}
