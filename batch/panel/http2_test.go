package panel

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// guard is a TLS server that would like to speak HTTP/2, and then resets each stream once it has the whole body. What
// comes by HTTP/1.1 is answered.
type guard struct {
	ledger
	address     string
	trust       *tls.Config
	spokeHTTP2  atomic.Bool
	connections atomic.Int32
	byHTTP2     atomic.Int32 // complete requests
}

func startGuard(t *testing.T, protocols []string, serve func(g *guard, c *tls.Conn, r *bufio.Reader)) *guard {
	t.Helper()
	authority := newAuthority(t)
	g := &guard{trust: &tls.Config{RootCAs: authority.pool}}
	config := &tls.Config{
		Certificates: []tls.Certificate{authority.issue(t, time.Hour, "127.0.0.1")},
		NextProtos:   protocols,
	}
	g.address = "https" + strings.TrimPrefix(listen(t, func(raw net.Conn) {
		g.connections.Add(1)
		c := tls.Server(raw, config)
		defer c.Close()
		if c.Handshake() != nil {
			return
		}
		r := bufio.NewReader(c)
		preface, _ := r.Peek(3)
		if c.ConnectionState().NegotiatedProtocol == "h2" || string(preface) == "PRI" {
			g.spokeHTTP2.Store(true)
			g.resetStreams(c, r)
			return
		}
		serve(g, c, r)
	}), "http")
	return g
}

// resetStreams reads frames of HTTP/2 and answers the end of each stream with RST_STREAM, PROTOCOL_ERROR.
func (g *guard) resetStreams(c io.Writer, r *bufio.Reader) {
	const data, rstStream, settings, endStream, protocolError = 0, 3, 4, 1, 1
	r.Discard(len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
	frame := func(kind, flags byte, stream uint32, payload ...byte) {
		head := []byte{0, 0, byte(len(payload)), kind, flags}
		c.Write(append(binary.BigEndian.AppendUint32(head, stream), payload...))
	}
	frame(settings, 0, 0)
	for head := make([]byte, 9); ; {
		if _, err := io.ReadFull(r, head); err != nil {
			return
		}
		length := int(head[0])<<16 | int(head[1])<<8 | int(head[2])
		stream := binary.BigEndian.Uint32(head[5:])
		r.Discard(length)
		switch {
		case head[3] == settings && head[4] == 0:
			frame(settings, 1, 0)
		case head[3] == data && head[4]&endStream != 0:
			if g.byHTTP2.Add(1) == 5 {
				return // it is shown; nobody waits for 5,776 of them
			}
			frame(rstStream, 0, stream, 0, 0, 0, protocolError)
		}
	}
}

// oneOrder answers each request of a connection.
func oneOrder(g *guard, c *tls.Conn, r *bufio.Reader) {
	for {
		link, ok := g.read(r)
		if !ok {
			return
		}
		io.WriteString(c, answerOf(`{"order":1`+link+`}`))
	}
}

// TestTheGuardSeesHTTP2 proves the proof: an ordinary client speaks HTTP/2 to the guard, and sends one POST again and
// again.
func TestTheGuardSeesHTTP2(t *testing.T) {
	g := startGuard(t, []string{"h2", "http/1.1"}, oneOrder)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, g.address, strings.NewReader("action=add&key="+testKey))
	if err != nil {
		t.Fatal(err)
	}
	ordinary := &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: g.trust}
	defer ordinary.CloseIdleConnections()
	if resp, err := ordinary.RoundTrip(req); err == nil {
		resp.Body.Close()
		t.Error("the guard answered")
	}
	if !g.spokeHTTP2.Load() || g.byHTTP2.Load() < 2 {
		t.Errorf("HTTP/2 spoken: %v, complete requests: %d; the guard guards nothing", g.spokeHTTP2.Load(), g.byHTTP2.Load())
	}
}

// TestNoAddSpeaksHTTP2 whatever the server offers and the configuration asks for.
func TestNoAddSpeaksHTTP2(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		tests := []struct {
			name            string
			offered, wished []string
		}{
			{"both are offered", []string{"h2", "http/1.1"}, nil},
			{"HTTP/2 is offered and wished for", []string{"h2", "http/1.1"}, []string{"h2", "http/1.1"}},
			{"HTTP/2 alone is wished for", []string{"h2", "http/1.1"}, []string{"h2"}},
			{"nothing is offered", nil, []string{"h2"}},
			{"HTTP/2 alone is offered", []string{"h2"}, nil},
			{"HTTP/2 alone is offered and wished for", []string{"h2"}, []string{"h2"}},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				g := startGuard(t, tt.offered, oneOrder)
				g.trust.NextProtos = tt.wished
				c := client(t, g.address, g.trust)
				c.Timeout = 2 * time.Second
				for n := range 2 {
					link := fmt.Sprint(n)
					if a := c.Add(t.Context(), orderOf(link)); a.Verdict != Placed {
						t.Errorf("got %s (%s), want placed", inWords(a), a.Words)
					}
					if got := g.count(link); got != 1 {
						t.Errorf("%d complete requests for one add", got)
					}
				}
				if g.spokeHTTP2.Load() || g.byHTTP2.Load() != 0 {
					t.Error("HTTP/2 was spoken")
				}
			})
		}
	})
}

// TestAReusedConnectionThatBreaksIsNotReplayed: the first add is answered; then the server reads the next request
// whole, on the same connection if it is used again, and resets. net/http would call such a connection broken and send
// again what it may.
func TestAReusedConnectionThatBreaksIsNotReplayed(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		ends := map[string]func(c net.Conn){
			"reset":                  reset,
			"closed":                 func(net.Conn) {},
			"a beginning, then gone": func(c net.Conn) { io.WriteString(c, "HTTP/1.1 2"); reset(c) },
		}
		for name, end := range ends {
			t.Run("plain, "+name, func(t *testing.T) {
				var l ledger
				c := client(t, listen(t, func(raw net.Conn) { answerOnceThen(&l, raw, bufio.NewReader(raw), func() { end(raw) }) }),
					nil)
				addPairs(t, c, &l)
			})
			t.Run("TLS, "+name, func(t *testing.T) {
				g := startGuard(t, []string{"h2", "http/1.1"}, func(g *guard, c *tls.Conn, r *bufio.Reader) {
					answerOnceThen(&g.ledger, c, r, func() { end(c.NetConn()) })
					c.NetConn().Close()
				})
				c := client(t, g.address, g.trust)
				addPairs(t, c, &g.ledger)
				if g.spokeHTTP2.Load() {
					t.Error("HTTP/2 was spoken")
				}
			})
		}
	})
}

func answerOnceThen(l *ledger, c io.Writer, r *bufio.Reader, end func()) {
	if link, ok := l.read(r); ok {
		if strings.HasPrefix(link, "b") { // on a connection of its own
			end()
			return
		}
		io.WriteString(c, answerOf(`{"order":1}`))
	}
	l.read(r)
	end()
}

// addPairs adds one order that is answered, then one whose connection breaks when it was read.
func addPairs(t *testing.T, c *Client, l *ledger) {
	t.Helper()
	for n := range 25 {
		first, second := fmt.Sprint("a", n), fmt.Sprint("b", n)
		if a := c.Add(t.Context(), orderOf(first)); a.Verdict != Placed || l.count(first) != 1 {
			t.Fatalf("the first of pair %d: got %s (%s), and %d complete requests", n, inWords(a), a.Words, l.count(first))
		}
		if a := c.Add(t.Context(), orderOf(second)); a.Verdict != InDoubt || l.count(second) != 1 {
			t.Fatalf("the second of pair %d: got %s (%s), and %d complete requests", n, inWords(a), a.Words, l.count(second))
		}
	}
}
