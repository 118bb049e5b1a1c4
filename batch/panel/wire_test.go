package panel

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// ledger counts the complete requests that a server received, by their link.
type ledger struct {
	mu   sync.Mutex
	seen map[string]int
}

// read takes one request off a connection. ok: it was whole, its key included.
func (l *ledger) read(r *bufio.Reader) (link string, ok bool) {
	req, err := http.ReadRequest(r)
	if err != nil || req.ParseForm() != nil || req.PostForm.Get("key") != testKey {
		return "", false
	}
	link = req.PostForm.Get("link")
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seen == nil {
		l.seen = map[string]int{}
	}
	l.seen[link]++
	return link, true
}

func (l *ledger) count(link string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.seen[link]
}

func orderOf(link string) []Param {
	return []Param{{"service", "1"}, {"link", link}, {"quantity", "100"}}
}

// answerOf is an HTTP answer with a Content-Length.
func answerOf(body string) string {
	return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body),
		body)
}

// logged catches what net/http writes to the standard logger, by itself and without being asked.
func logged(t *testing.T) *safeBuffer {
	t.Helper()
	var b safeBuffer
	log.SetOutput(&b)
	t.Cleanup(func() { log.SetOutput(os.Stderr) })
	return &b
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// reset makes Close send RST instead of FIN.
func reset(c net.Conn) { c.(*net.TCPConn).SetLinger(0) }

// requestLength sends an add into a pipe to see how many bytes it takes on the wire to the client's address.
func requestLength(t *testing.T, c *Client, params []Param) int {
	t.Helper()
	plain, secure := c.transport.DialContext, c.transport.DialTLSContext
	defer func() { c.transport.DialContext, c.transport.DialTLSContext = plain, secure }()
	var counted *countingConn
	c.transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer theirs.Close()
			new(ledger).read(bufio.NewReader(theirs))
		}()
		counted = &countingConn{Conn: ours}
		return counted, nil
	}
	c.transport.DialTLSContext = c.transport.DialContext
	if a := c.Add(t.Context(), params); a.Verdict != InDoubt {
		t.Fatalf("the request can't be measured: %s", a.Words)
	}
	return int(counted.written.Load())
}

// TestTheRequestCutAfterEveryByte: a server that takes k bytes and leaves, for every k. No ending proves anything
// but that the kernel took nothing, or not all.
func TestTheRequestCutAfterEveryByte(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		for name, leave := range map[string]func(net.Conn){"closed": func(net.Conn) {}, "reset": reset} {
			t.Run(name, func(t *testing.T) {
				var k, connections atomic.Int64
				address := listen(t, func(c net.Conn) {
					connections.Add(1)
					io.CopyN(io.Discard, c, k.Load())
					leave(c)
				})
				c := client(t, address, nil)
				whole := requestLength(t, c, order())
				for n := range whole + 1 {
					k.Store(int64(n))
					connections.Store(0)
					a := c.Add(t.Context(), order())
					if a.Verdict != InDoubt && (a.Verdict != Unsent || n == whole) {
						t.Errorf("after %d of %d bytes: got %s", n, whole, inWords(a))
					}
					if got := connections.Load(); got > 1 && (n > 0 || got > 2) { // one that is closed at once may be noticed
						t.Errorf("after %d of %d bytes: %d connections for one add", n, whole, got)
					}
				}
			})
		}
	})
}

// TestATimeoutAtAnyMoment: what is called unsent wasn't received whole, however the time-out and the writing race.
func TestATimeoutAtAnyMoment(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		var l ledger
		var servers sync.WaitGroup
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		servers.Go(func() {
			for {
				c, err := listener.Accept()
				if err != nil {
					return
				}
				servers.Go(func() {
					defer c.Close()
					r := bufio.NewReader(c)
					if first, _ := r.Peek(1); string(first) == "." {
						listener.Close()
						return
					}
					l.read(r)
					io.Copy(io.Discard, c)
				})
			}
		})
		address := "http://" + listener.Addr().String()
		c := client(t, address, nil)
		verdicts := map[string]Verdict{}
		for n := range 300 {
			link := strconv.Itoa(n)
			c.Timeout = time.Duration(1+n*5) * time.Microsecond
			verdicts[link] = c.Add(t.Context(), orderOf(link)).Verdict
		}
		c.Close()
		last, err := net.Dial("tcp", listener.Addr().String()) // behind all others in the port's queue
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(last, ".")
		last.Close()
		servers.Wait()
		seen := map[Verdict]int{}
		for link, v := range verdicts {
			seen[v]++
			if v != InDoubt && (v != Unsent || l.count(link) > 0) || l.count(link) > 1 {
				t.Errorf("a time-out of %s·5 µs: %v, and %d complete requests", link, v, l.count(link))
			}
		}
		if seen[Unsent] == 0 || seen[InDoubt] == 0 {
			t.Errorf("the time-outs met one side only: %v", seen)
		}
	})
}

// TestAConnectionClosedAtTheLastByte, again and again: the ending may overtake the counting of what was written.
func TestAConnectionClosedAtTheLastByte(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		var l ledger
		address := listen(t, func(c net.Conn) {
			l.read(bufio.NewReader(c))
			reset(c)
		})
		c := client(t, address, nil)
		var wait sync.WaitGroup
		for worker := range 4 {
			wait.Go(func() {
				for n := range 100 {
					link := fmt.Sprint(worker, "-", n)
					if a := c.Add(t.Context(), orderOf(link)); a.Verdict != InDoubt || l.count(link) != 1 {
						t.Errorf("got %s (%s), and %d complete requests", inWords(a), a.Words, l.count(link))
					}
				}
			})
		}
		wait.Wait()
	})
}

// TestAnAnswerAtOnceIsBelieved: the answer to a whole request may overtake the counting of what was written, too.
func TestAnAnswerAtOnceIsBelieved(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		var l ledger
		address := listen(t, func(c net.Conn) {
			if link, ok := l.read(bufio.NewReader(c)); ok {
				io.WriteString(c, answerOf(`{"order":"`+link+`"}`))
			}
		})
		c := client(t, address, nil)
		var wait sync.WaitGroup
		for worker := range 4 {
			wait.Go(func() {
				for n := range 150 {
					link := fmt.Sprint(worker+1, "-", n)
					if a := c.Add(t.Context(), orderOf(link)); a.Verdict != Placed || a.OrderID != link ||
						l.count(link) != 1 {
						t.Errorf("got %s (%s), and %d complete requests", inWords(a), a.Words, l.count(link))
					}
				}
			})
		}
		wait.Wait()
	})
}

var errCut = errors.New("the cable was cut")

// shortConn accepts so many bytes, then fails.
type shortConn struct {
	net.Conn
	left   int
	always bool // the write that takes the last byte fails too
}

func (c *shortConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p[:min(len(p), c.left)])
	c.left -= n
	if err == nil && (n < len(p) || c.always && c.left == 0) {
		err = errCut
	}
	return n, err
}

// TestUnsentIsSaidOnlyWhereTheWholeRequestDidNotLeave: the connection accepts k bytes of the request, for every k.
func TestUnsentIsSaidOnlyWhereTheWholeRequestDidNotLeave(t *testing.T) {
	long := append(order(), Param{"comments", strings.Repeat("nice one\n", 1500)}) // several buffers of net/http
	tests := []struct {
		name   string
		params []Param
		step   int
		always bool
	}{
		{"a short request", order(), 1, false},
		{"a short request, whose last write tells an error too", order(), 1, true},
		{"a request of several writes", long, 113, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := client(t, "http://127.0.0.1:1/api/v2", nil)
			var short *shortConn
			var arrived int64
			done := make(chan struct{})
			c.transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
				ours, theirs := net.Pipe()
				short.Conn = ours
				go func(k int64) {
					defer close(done)
					arrived, _ = io.CopyN(io.Discard, theirs, k)
					theirs.Close()
				}(int64(short.left))
				return &countingConn{Conn: short}, nil
			}
			try := func(k int) Added {
				short, arrived, done = &shortConn{left: k, always: tt.always}, 0, make(chan struct{})
				a := c.Add(t.Context(), tt.params)
				<-done
				if arrived != int64(k) {
					t.Fatalf("%d bytes arrived, want %d", arrived, k)
				}
				return a
			}
			whole := requestLength(t, c, tt.params)
			for k := 0; k < whole; k += tt.step {
				if a := try(k); a.Verdict != Unsent || a.Stop != GoOn {
					t.Errorf("%d of %d bytes accepted: got %s, want unsent", k, whole, inWords(a))
				}
			}
			if a := try(whole - 1); a.Verdict != Unsent {
				t.Errorf("all but a byte accepted: got %s, want unsent", inWords(a))
			}
			if a := try(whole); a.Verdict != InDoubt {
				t.Errorf("all %d bytes accepted: got %s, want doubt", whole, inWords(a))
			}
		})
	}
}

// TestAConnectionThatDoesNotCountIsDoubt: where it isn't known how much was written, nothing is called unsent.
func TestAConnectionThatDoesNotCountIsDoubt(t *testing.T) {
	c := client(t, "http://127.0.0.1:1/api/v2", nil)
	c.transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		theirs.Close()
		return ours, nil
	}
	if a := c.Add(t.Context(), order()); a.Verdict != InDoubt {
		t.Errorf("got %s, want doubt", inWords(a))
	}
}

// TestTheAnswerCutAfterEveryByte sends k bytes of an answer and leaves, for every k, framing and way to leave.
func TestTheAnswerCutAfterEveryByte(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		const order1, refusal = `{"status":"success","order":23501,"charge":"0.27"}`, `{"error":"Incorrect link"}`
		framings := []struct {
			name  string
			frame func(body string) string
			clean bool // the framing tells its end, so that a cut is seen as one
		}{
			{"Content-Length", answerOf, true},
			{"chunked", func(body string) string {
				return fmt.Sprintf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", 30,
					body[:20]+body[20:][:10], len(body)-30, body[30:])
			}, true},
			{"until it closes", func(body string) string { return "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n" + body }, false},
		}
		for _, f := range framings {
			for _, body := range []string{order1, refusal + "    \n"} {
				for _, how := range []string{"closed", "reset"} {
					t.Run(f.name+", "+body[:10]+", "+how,
						func(t *testing.T) { cutAnswers(t, client, f.frame(body), body, how == "reset", f.clean) })
				}
			}
		}
	})
}

func cutAnswers(t *testing.T, client newClient, whole, body string, byReset, clean bool) {
	var k atomic.Int64
	var l ledger
	address := listen(t, func(c net.Conn) {
		l.read(bufio.NewReader(c))
		io.WriteString(c, whole[:k.Load()])
		if byReset {
			reset(c)
		}
	})
	c := client(t, address, nil)
	for n := range len(whole) + 1 {
		k.Store(int64(n))
		link := strconv.Itoa(n)
		a := c.Add(t.Context(), orderOf(link))
		ended := clean && n == len(whole) || !clean && !byReset && strings.Contains(whole[:n], strings.TrimSpace(body))
		want := InDoubt
		switch {
		case ended && strings.Contains(body, "order"):
			want = Placed
		case ended:
			want = Refused
		}
		overtaken := byReset && a.Verdict == InDoubt // a reset may overtake the answer
		if a.Verdict != want && !overtaken {
			t.Errorf("%q: got %s, want %v", whole[:n], inWords(a), want)
		}
		if digits := digitsArrived(whole[:n]); a.Verdict == InDoubt && !byReset && a.Candidate != digits {
			t.Errorf("%q: got the candidate %q, want %q", whole[:n], a.Candidate, digits)
		}
		if got := l.count(link); got != 1 {
			t.Errorf("%q: %d complete requests for one add", whole[:n], got)
		}
	}
}

// digitsArrived gives what of the id stands in a cut off answer; chunks break behind the key here, or behind the id.
func digitsArrived(s string) string {
	_, rest, is := strings.Cut(s, `"order":`)
	if !is {
		return ""
	}
	rest = strings.ReplaceAll(rest, "\r\n14\r\n", "")
	return rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
}

// TestAddEndsInTime: a server that stalls costs no more than the time-out, and leaves doubt.
func TestAddEndsInTime(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		drip := func(c net.Conn, begin, each string) {
			io.WriteString(c, begin)
			for {
				if _, err := io.WriteString(c, each); err != nil {
					return
				}
				time.Sleep(10 * time.Millisecond)
			}
		}
		tests := []struct {
			name  string
			serve func(c net.Conn, gone <-chan struct{})
		}{
			{"nothing is answered", func(c net.Conn, gone <-chan struct{}) { <-gone }},
			{
				"a stall in the status line",
				func(c net.Conn, gone <-chan struct{}) { io.WriteString(c, "HTTP/1.1 2"); <-gone },
			},
			{"a stall in the header", func(c net.Conn, gone <-chan struct{}) {
				io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Len")
				<-gone
			}},
			{"a stall behind the header", func(c net.Conn, gone <-chan struct{}) {
				io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n")
				<-gone
			}},
			{"a stall in the body", func(c net.Conn, gone <-chan struct{}) {
				io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"order\":235")
				<-gone
			}},
			{"a stall before the last byte", func(c net.Conn, gone <-chan struct{}) {
				io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"order\":23501")
				<-gone
			}},
			{"a stall before the last chunk", func(c net.Conn, gone <-chan struct{}) {
				io.WriteString(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nf\r\n{\"order\":23501}\r\n")
				<-gone
			}},
			{
				"a whole object in an answer that only the end of the connection ends",
				func(c net.Conn, gone <-chan struct{}) {
					io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n{\"order\":23501}")
					<-gone
				},
			},
			{"a refusal whose end doesn't come", func(c net.Conn, gone <-chan struct{}) {
				io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n{\"error\":\"Incorrect link\"}")
				<-gone
			}},
			{"a page of 403 whose end doesn't come", func(c net.Conn, gone <-chan struct{}) {
				io.WriteString(c, "HTTP/1.1 403 Forbidden\r\nContent-Length: 500\r\n\r\n<html>")
				<-gone
			}},
			{"HTTP 100 and then nothing", func(c net.Conn, gone <-chan struct{}) {
				io.WriteString(c, "HTTP/1.1 100 Continue\r\n\r\n")
				<-gone
			}},
			{"HTTP 101 and then nothing", func(c net.Conn, gone <-chan struct{}) {
				io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
				<-gone
			}},
			{"HTTP 103 dripping without an end", func(c net.Conn, _ <-chan struct{}) {
				drip(c, "", "HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n")
			}},
			{
				"a header dripping without an end",
				func(c net.Conn, _ <-chan struct{}) { drip(c, "HTTP/1.1 200 OK\r\n", "X: y\r\n") },
			},
			{"a body dripping without an end", func(c net.Conn, _ <-chan struct{}) {
				drip(c, "HTTP/1.1 200 OK\r\n\r\n{\"order\":23501}", " ")
			}},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				t.Parallel()
				gone := make(chan struct{})
				var l ledger
				address := listen(t, func(c net.Conn) {
					l.read(bufio.NewReader(c))
					tt.serve(c, gone)
				})
				c := client(t, address, nil)
				c.Timeout = 250 * time.Millisecond
				ended := make(chan Added, 1)
				go func() { ended <- c.Add(t.Context(), orderOf("a")) }()
				select {
				case a := <-ended:
					if a.Verdict != InDoubt {
						t.Errorf("got %s, want doubt", inWords(a))
					}
				case <-time.After(3 * time.Second):
					t.Errorf("the add goes on long after its time-out of %v", c.Timeout)
					close(gone)
					<-ended
					return
				}
				close(gone)
				if n := l.count("a"); n != 1 {
					t.Errorf("%d complete requests", n)
				}
			})
		}
	})
}

// TestOddAnswersOnTheWire sends raw bytes behind a whole request and closes.
func TestOddAnswersOnTheWire(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		logged(t)
		const placed = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"order\":23501}"
		refused := answerOf(`{"error":"Incorrect link"}`)
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		io.WriteString(z, `{"order":23501}`)
		z.Close()
		tests := []struct {
			name, raw string
			want      Verdict
		}{
			{"an answer of HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n{\"order\":23501}", Placed},
			{"no words behind the code", "HTTP/1.1 200\r\nContent-Length: 15\r\n\r\n{\"order\":23501}", Placed},
			{"newlines without carriage returns", "HTTP/1.1 200 OK\nContent-Length: 15\n\n{\"order\":23501}", Placed},
			{"100 before the answer", "HTTP/1.1 100 Continue\r\n\r\n" + placed, Placed},
			{"102 before the answer", "HTTP/1.1 102 Processing\r\n\r\n" + placed, Placed},
			{"103 before the answer", "HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\n" + placed, Placed},
			{"100, 102 and 103 before a refusal",
				"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + refused, Refused},
			{"100 and no more", "HTTP/1.1 100 Continue\r\n\r\n", InDoubt},
			{"101", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", InDoubt},
			{"101 with an order behind it",
				"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n{\"order\":23501}", InDoubt},
			{"101 with a refusal behind it",
				"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n{\"error\":\"Incorrect link\"}",
				InDoubt},
			{"200 headers below the limit", "HTTP/1.1 200 OK\r\n" + strings.Repeat("X-Debug: abcdefgh\r\n", 200) +
				"Content-Length: 15\r\n\r\n{\"order\":23501}", Placed},
			{"a header of 400 KB", "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 400<<10) +
				"\r\nContent-Length: 15\r\n\r\n{\"order\":23501}", InDoubt},
			{"50,000 headers", "HTTP/1.1 200 OK\r\n" + strings.Repeat("X-Debug: abcdefgh\r\n", 50000) +
				"Content-Length: 15\r\n\r\n{\"order\":23501}", InDoubt},
			{"a refusal behind a header of 400 KB", "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 400<<10) +
				"\r\nContent-Length: 26\r\n\r\n{\"error\":\"Incorrect link\"}", InDoubt},

			{"a Content-Length below the object", "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"order\":23501}", InDoubt},
			{"a Content-Length beyond the object", "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"order\":23501}", InDoubt},
			{"a Content-Length beyond a refusal", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"error\":\"Incorrect link\"}",
				InDoubt},
			{"a Content-Length of 0 before an order", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n{\"order\":23501}", InDoubt},
			{"two Content-Lengths", "HTTP/1.1 200 OK\r\nContent-Length: 15\r\nContent-Length: 14\r\n\r\n{\"order\":23501}",
				InDoubt},
			{"a Content-Length in words", "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{\"order\":23501}", InDoubt},
			{"a negative Content-Length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{\"order\":23501}", InDoubt},
			{"a chunk's length that is no number",
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"order\":23501}\r\n0\r\n\r\n", InDoubt},
			{"a chunk without its end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nf\r\n{\"order\":23501}", InDoubt},
			{"chunks without the last one", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nf\r\n{\"order\":23501}\r\n",
				InDoubt},
			{"an unknown transfer coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{\"order\":23501}", InDoubt},
			{"204 with an order that can't be a part of it", "HTTP/1.1 204 No Content\r\n\r\n{\"order\":23501}", InDoubt},

			{"an order packed though nobody asked", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packed.String(),
				InDoubt},

			{"nothing at all", "", InDoubt},
			{"garbage", "\x00\x01\x02 hello\r\n\r\n", InDoubt},
			{"JSON instead of HTTP", `{"order":23501}`, InDoubt},
			{"a refusal instead of HTTP", `{"error":"Incorrect link"}`, InDoubt},
			{"the greeting of a mail server", "220 mail.panel.example ESMTP\r\n", InDoubt},
			{"the greeting of SSH", "SSH-2.0-OpenSSH_9.2p1\r\n", InDoubt},
			{"settings of HTTP/2", "\x00\x00\x00\x04\x00\x00\x00\x00\x00", InDoubt},
			{"a TLS alert on a plain connection", "\x15\x03\x01\x00\x02\x02\x28", InDoubt},
			{"HTTP/3.0", "HTTP/3.0 200 OK\r\nContent-Length: 15\r\n\r\n{\"order\":23501}", Placed},
			{"a code of two digits", "HTTP/1.1 20 OK\r\nContent-Length: 15\r\n\r\n{\"order\":23501}", InDoubt},
			{"a code of four digits", "HTTP/1.1 2000 OK\r\nContent-Length: 15\r\n\r\n{\"order\":23501}", InDoubt},
			{"a header without a colon", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n{\"order\":23501}", InDoubt},
			{"the request echoed", "POST /api/v2 HTTP/1.1\r\n\r\n{\"order\":23501}", InDoubt},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				var l ledger
				address := listen(t, func(c net.Conn) {
					l.read(bufio.NewReader(c))
					io.WriteString(c, tt.raw)
				})
				a := client(t, address, nil).Add(t.Context(), orderOf("a"))
				if a.Verdict != tt.want {
					t.Errorf("got %s (%s), want %v", inWords(a), a.Words, tt.want)
				}
				if n := l.count("a"); n != 1 {
					t.Errorf("%d complete requests", n)
				}
			})
		}
	})
}

// TestAnswersCostBoundedMemory measures what one add allocates.
func TestAnswersCostBoundedMemory(t *testing.T) {
	var member bytes.Buffer
	z, _ := gzip.NewWriterLevel(&member, gzip.BestCompression)
	z.Write(make([]byte, 8<<20))
	z.Close()
	const members = 20 // gzip unpacks what is joined: 160 MiB
	if r, err := gzip.NewReader(bytes.NewReader(member.Bytes())); err != nil {
		t.Fatal(err)
	} else if n, _ := io.Copy(io.Discard, r); n*members < 100<<20 {
		t.Fatalf("the bomb holds %d bytes only", n*members)
	}
	bomb := strings.Repeat(member.String(), members)
	spaces := strings.Repeat(" ", 64<<10)
	endless := func(c net.Conn, begin, each string) {
		io.WriteString(c, begin)
		for {
			if _, err := io.WriteString(c, each); err != nil {
				return
			}
		}
	}
	tests := []struct {
		name  string
		serve func(net.Conn)
	}{
		{"a gzip bomb that nobody asked for", func(c net.Conn) {
			fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "+
				"%d\r\n\r\n%s", len(bomb), bomb)
		}},
		{"a gzip bomb in chunks", func(c net.Conn) {
			fmt.Fprintf(c,
				"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(bomb),
				bomb)
		}},
		{"a Content-Length of an exabyte", func(c net.Conn) {
			io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 1152921504606846976\r\n\r\n{\"order\":23501}")
		}},
		{"an endless header", func(c net.Conn) { endless(c, "HTTP/1.1 200 OK\r\n", strings.Repeat("X: y\r\n", 4096)) }},
		{"an endless header line", func(c net.Conn) { endless(c, "HTTP/1.1 200 OK\r\nX: ", spaces) }},
		{"an endless status line", func(c net.Conn) { endless(c, "HTTP/1.1 200 ", spaces) }},
		{"endless answers of 103", func(c net.Conn) {
			endless(c, "", strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n", 512))
		}},
		{"an endless body", func(c net.Conn) { endless(c, "HTTP/1.1 200 OK\r\n\r\n{\"order\":23501}", spaces) }},
		{"an endless body in chunks", func(c net.Conn) {
			endless(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "10000\r\n"+spaces+"\r\n")
		}},
		{"an endless trailer", func(c net.Conn) {
			endless(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nf\r\n{\"order\":23501}\r\n0\r\n",
				strings.Repeat("X: y\r\n", 4096))
		}},
		{"endless extensions of a chunk", func(c net.Conn) {
			endless(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nf;x=", spaces)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			address := listen(t, func(c net.Conn) {
				http.ReadRequest(bufio.NewReader(c))
				tt.serve(c)
			})
			cl := client(t, address, nil)
			cl.Timeout = 20 * time.Second
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begin := time.Now()
			a := cl.Add(t.Context(), order())
			took := time.Since(begin)
			runtime.ReadMemStats(&after)
			if a.Verdict != InDoubt {
				t.Errorf("got %s, want doubt", inWords(a))
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 24<<20 {
				t.Errorf("%d MiB were allocated", used>>20)
			}
			if took > 10*time.Second {
				t.Errorf("it took %v", took)
			}
			if len(a.Answer) > keptAnswer {
				t.Errorf("%d bytes of the answer are kept", len(a.Answer))
			}
		})
	}
}

// TestAnAnswerBeforeTheRequestWasRead: what comes early isn't the panel's word about this row.
func TestAnAnswerBeforeTheRequestWasRead(t *testing.T) {
	logged(t)
	t.Run("at once, and the request is read all the same", func(t *testing.T) {
		for _, answer := range []string{`{"order":23501}`, `{"error":"Incorrect link"}`} {
			for n := range 50 {
				var l ledger
				read := make(chan struct{})
				address := listen(t, func(c net.Conn) {
					defer close(read)
					io.WriteString(c, answerOf(answer))
					l.read(bufio.NewReader(c))
				})
				link := strconv.Itoa(n)
				a := client(t, address, nil).Add(t.Context(), orderOf(link))
				<-read
				if a.Verdict == Unsent && l.count(link) > 0 {
					t.Errorf("%s: it is called unsent and arrived whole: %s", answer, a.Words)
				}
				if l.count(link) > 1 {
					t.Errorf("%s: %d complete requests", answer, l.count(link))
				}
			}
		}
	})
	t.Run("behind the header, and the body is never read", func(t *testing.T) {
		huge := append(order(), Param{"comments", strings.Repeat("nice\n", 3<<20)})
		address := listen(t, func(c net.Conn) {
			c.(*net.TCPConn).SetReadBuffer(4096)
			http.ReadRequest(bufio.NewReader(c))
			io.WriteString(c, answerOf(`{"order":23501}`))
			io.CopyN(io.Discard, c, 1<<16)
			time.Sleep(100 * time.Millisecond)
		})
		// The key can't have arrived, and an order's id did: that contradicts itself.
		if a := client(t, address, nil).Add(t.Context(), huge); a.Verdict == Placed || a.Verdict == Refused {
			t.Errorf("got %s, want doubt or unsent", inWords(a))
		}
	})
}

// TestALeftoverIsNotTheNextAddsAnswer: a server answers once too often on a connection that is kept. The second add
// begins at the moment that is the worst: the connection is free again, and nobody looked yet what else it holds.
func TestALeftoverIsNotTheNextAddsAnswer(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		tests := []struct {
			name, leftover string
			late           bool // it is sent when the next request begins, not right behind the first answer
		}{
			{"another order", `{"order":999999}`, false},
			{"a refusal", `{"error":"Incorrect link"}`, false},
			{"another order, late", `{"order":999999}`, true},
			{"a refusal, late", `{"error":"Incorrect link"}`, true},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				logged(t)
				var l ledger
				arrived := make(chan struct{})
				address := listen(t, func(c net.Conn) {
					r := bufio.NewReader(c)
					if link, ok := l.read(r); !ok {
						return
					} else if link == "2" { // on a connection of its own
						close(arrived)
						io.WriteString(c, answerOf(`{"order":2}`))
						return
					}
					io.WriteString(c, answerOf(`{"order":1}`))
					if tt.late {
						r.Peek(1)
					}
					io.WriteString(c, answerOf(tt.leftover))
					if _, ok := l.read(r); ok {
						close(arrived)
						io.WriteString(c, answerOf(`{"order":2}`))
					}
				})
				c := client(t, address, nil)
				second := make(chan Added, 1)
				var once sync.Once
				begin := func() {
					once.Do(func() {
						go func() { second <- c.Add(t.Context(), orderOf("2")) }()
						select {
						case <-arrived:
						case <-time.After(2 * time.Second):
						}
					})
				}
				ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{PutIdleConn: func(error) { begin() }})
				if a := c.Add(ctx, orderOf("1")); a.Verdict != Placed || a.OrderID != "1" {
					t.Errorf("the first add: got %s, want order 1", inWords(a))
				}
				begin() // where connections aren't kept
				if a := <-second; a.Verdict == Placed && a.OrderID != "2" || a.Verdict == Refused ||
					a.Verdict == Unsent && l.count("2") > 0 {
					t.Errorf("the second add took the leftover for its answer: %s", inWords(a))
				}
				if l.count("1") != 1 || l.count("2") > 1 {
					t.Errorf("%d and %d complete requests", l.count("1"), l.count("2"))
				}
			})
		}
	})
}

// TestALeftoverDoesNotShowTheKey: a panel may echo what was sent, and net/http logs what it didn't expect.
func TestALeftoverDoesNotShowTheKey(t *testing.T) {
	out := logged(t)
	gone := make(chan struct{})
	var l ledger
	address := listen(t, func(c net.Conn) {
		defer close(gone)
		r := bufio.NewReader(c)
		l.read(r)
		io.WriteString(c, answerOf(`{"order":23501}`)+"debug: key="+testKey)
		r.ReadByte() // the client closes
	})
	c := client(t, address, nil)
	if a := c.Add(t.Context(), orderOf("a")); a.Verdict != Placed {
		t.Errorf("got %s, want placed", inWords(a))
	}
	select {
	case <-gone:
	case <-time.After(5 * time.Second):
		t.Error("a connection with bytes that nobody asked for is kept")
	}
	if strings.Contains(out.String(), testKey) {
		t.Errorf("the key is in the log: %s", out)
	}
}

// TestAConnectionClosedBehindItsAnswer: the next add ends on a new connection or in doubt, and isn't sent twice.
func TestAConnectionClosedBehindItsAnswer(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		for name, leave := range map[string]func(net.Conn){"closed": func(net.Conn) {}, "reset": reset,
			"closed for writing": func(c net.Conn) {
				c.(*net.TCPConn).CloseWrite()
				io.Copy(io.Discard, c)
			}} {
			t.Run(name, func(t *testing.T) {
				var l ledger
				address := listen(t, func(c net.Conn) {
					if link, ok := l.read(bufio.NewReader(c)); ok {
						io.WriteString(c, answerOf(`{"order":1`+link+`}`))
					}
					leave(c)
				})
				c := client(t, address, nil)
				placed := 0
				for n := range 300 {
					link := strconv.Itoa(1000 + n)
					a := c.Add(t.Context(), orderOf(link))
					got := l.count(link)
					switch a.Verdict {
					case Placed:
						placed++
						if a.OrderID != "1"+link || got != 1 {
							t.Errorf("add %d: order %s and %d complete requests", n, a.OrderID, got)
						}
					case InDoubt:
						if got > 1 {
							t.Errorf("add %d: %d complete requests", n, got)
						}
					case Unsent:
						if got != 0 {
							t.Errorf("add %d: it is called unsent and arrived", n)
						}
					default:
						t.Errorf("add %d: got %s", n, inWords(a))
					}
				}
				if name == "closed" && placed == 0 {
					t.Error("no add was placed")
				}
			})
		}
	})
}

// TestManyAddsAtOnceGetTheirOwnAnswers on connections that are used again and again, some of which break.
func TestManyAddsAtOnceGetTheirOwnAnswers(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		var l ledger
		address := listen(t, func(c net.Conn) {
			r := bufio.NewReader(c)
			for n := 0; ; n++ {
				link, ok := l.read(r)
				if !ok || n == 7 {
					return
				}
				io.WriteString(c, answerOf(`{"order":1`+link+`}`))
			}
		})
		c := client(t, address, nil)
		var wait sync.WaitGroup
		for worker := range 8 {
			wait.Go(func() {
				for n := range 50 {
					link := strconv.Itoa(10000 + worker*1000 + n)
					a := c.Add(t.Context(), orderOf(link))
					if got := l.count(link); a.Verdict == Placed && (a.OrderID != "1"+link || got != 1) ||
						a.Verdict == Unsent && got != 0 ||
						got > 1 {
						t.Errorf("add %s: %s, %d complete requests", link, inWords(a), got)
					}
				}
			})
		}
		wait.Wait()
	})
}

// TestNoRedirectIsFollowed, to this host or another: the other one gets no byte, this one no second request.
func TestNoRedirectIsFollowed(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		var strangers atomic.Int32
		other := listen(t, func(net.Conn) { strangers.Add(1) })
		for _, target := range []string{other, "/api/v3", "//" + strings.TrimPrefix(other, "http://"), "", "javascript:1",
			"http://%zz"} {
			for code := 300; code <= 308; code++ {
				var l ledger
				address := listen(t, func(c net.Conn) {
					r := bufio.NewReader(c)
					for {
						if _, ok := l.read(r); !ok {
							return
						}
						fmt.Fprintf(c, "HTTP/1.1 %d Moved\r\nLocation: %s\r\nRefresh: 0; url=%s\r\nContent-Length: 0\r\n\r\n", code,
							target, other)
					}
				})
				c := client(t, address, nil)
				if a := c.Add(t.Context(), orderOf("a")); a.Verdict != InDoubt || a.Stop != StopRedirect {
					t.Errorf("%d to %q: got %s, want doubt and a stop", code, target, inWords(a))
				}
				if n := l.count("a"); n != 1 {
					t.Errorf("%d to %q: %d complete requests", code, target, n)
				}
			}
		}
		if n := strangers.Load(); n != 0 {
			t.Errorf("%d connections to another host", n)
		}
	})
}

// TestTheNetworkThatIsNotThere: what fails before a connection is unsent, and stops nothing.
func TestTheNetworkThatIsNotThere(t *testing.T) {
	refused, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refused.Close()
	for name, address := range map[string]string{
		"a name that doesn't exist": "https://panel.invalid/api/v2",
		"a name that can't be one":  "https://" + strings.Repeat("a", 64) + ".invalid/api/v2",
		"a port that refuses":       "https://" + refused.Addr().String() + "/api/v2",
		"a port that can't be one":  "http://127.0.0.1:70000/api/v2",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := client(t, address, &tls.Config{})
			c.Timeout = 2 * time.Second
			if a := c.Add(t.Context(), order()); a.Verdict != Unsent || a.Stop != GoOn {
				t.Errorf("got %s (%s), want unsent", inWords(a), a.Words)
			}
		})
	}
}
