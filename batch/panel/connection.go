package panel

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http/httptrace"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// countingConn is a connection for one request. It counts the bytes that its Write accepted. httptrace's WroteRequest
// can't tell that: it fires before the buffered bytes reach the socket.
type countingConn struct {
	net.Conn
	below   *wire // what the bytes go by; the connection itself where there is no TLS
	written atomic.Int64
	watch   atomic.Pointer[watched]
	opened  time.Time     // when it was opened ahead of its request; zero: it was opened for it
	lay     time.Duration // how long it was ready for a request
	sealed  int64         // bytes that went below before the request: those of the handshake

	mu      sync.Mutex
	writing int  // writes that haven't ended
	begun   bool // a write began
	shut    bool // none begins any more
}

var errShut = errors.New("the connection is given up")

func (c *countingConn) Write(p []byte) (int, error) {
	if !c.begin() {
		return 0, errShut
	}
	n, err := c.Conn.Write(p)
	c.ended()
	c.written.Add(int64(n))
	if w := c.watch.Load(); w != nil {
		w.wrote(p[:n])
		if err != nil {
			w.end()
		}
	}
	return n, err
}

func (c *countingConn) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shut {
		return false
	}
	c.begun = true
	c.writing++
	return true
}

func (c *countingConn) ended() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.writing--
}

// unused ends all writing, and proves that no byte of the request left: no write began, or all of them ended without
// a byte that went below.
func (c *countingConn) unused() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shut = true
	if !c.begun {
		return true
	}
	return c.writing == 0 && c.below != nil && c.below.sent.Load() == c.sealed
}

// isQuiet tells whether a connection that nothing was written to is still open, and silent. What TLS sends behind the
// handshake, such as session tickets, is taken in. It doesn't wait, or for a moment where the system can't do else.
func (c *countingConn) isQuiet() bool {
	c.below.glancing.Store(true)
	defer c.below.glancing.Store(false)
	n, err := c.Conn.Read(make([]byte, 1))
	return n == 0 && errors.Is(err, os.ErrDeadlineExceeded)
}

// wire is a connection below TLS. It counts what goes out by it, and can be looked at without waiting.
type wire struct {
	net.Conn
	raw      syscall.RawConn // nil: there is none
	glancing atomic.Bool     // Read gives what is there
	sent     atomic.Int64
}

func newWire(c net.Conn) *wire {
	w := &wire{Conn: c}
	if system, is := c.(syscall.Conn); is {
		w.raw, _ = system.SyscallConn()
	}
	return w
}

func (w *wire) Write(p []byte) (int, error) {
	n, err := w.Conn.Write(p)
	w.sent.Add(int64(n))
	return n, err
}

// Read is an ordinary one but while somebody glances: then it fails as at a deadline where nothing is there.
func (w *wire) Read(p []byte) (int, error) {
	if !w.glancing.Load() {
		return w.Conn.Read(p)
	}
	if w.glances() {
		return glance(w.raw, p)
	}
	if err := w.SetReadDeadline(time.Now().Add(time.Millisecond)); err != nil {
		return 0, err
	}
	n, err := w.Conn.Read(p)
	if kept := w.SetReadDeadline(time.Time{}); kept != nil {
		return n, kept
	}
	return n, err
}

// glances tells whether looking costs no time.
func (w *wire) glances() bool { return canGlance && w.raw != nil }

// watched follows how much of one request was written.
type watched struct {
	mu      sync.Mutex
	conn    *countingConn // that it goes by; nil: there is none, or it doesn't count
	header  []byte        // what was written before the blank line that ends the header
	inBody  bool
	written int64         // all bytes
	body    int64         // bytes of the body
	length  int64         // bytes that the body has
	ended   chan struct{} // closed when all was written, or writing failed
	once    sync.Once
}

func newWatched(length int) *watched {
	return &watched{length: int64(length), ended: make(chan struct{})}
}

func (w *watched) end() { w.once.Do(func() { close(w.ended) }) }

var blankLine = []byte("\r\n\r\n")

func (w *watched) wrote(p []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.written += int64(len(p))
	if w.inBody {
		w.body += int64(len(p))
	} else if w.header = append(w.header, p...); bytes.Contains(w.header, blankLine) {
		w.inBody = true
		w.body = int64(len(w.header) - bytes.Index(w.header, blankLine) - len(blankLine))
		w.header = nil
	}
	if w.inBody && w.body >= w.length {
		w.end()
	}
}

// settled waits until nothing more is written, for a second at most: a fast answer may overtake the news that
// the last byte was accepted.
func (w *watched) settled() bool {
	select {
	case <-w.ended:
		return true
	case <-time.After(time.Second):
		return false
	}
}

// begun and whole report whether any byte, and whether all bytes of the request were accepted.
func (w *watched) begun() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.written > 0
}

func (w *watched) whole() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.inBody && w.body >= w.length
}

// spare is the connection that was opened ahead of the request; nil: it went by none.
func (w *watched) spare() *countingConn {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.conn == nil || w.conn.opened.IsZero() {
		return nil
	}
	return w.conn
}

// watch makes ctx's request report to w what is written of it. Where a connection isn't one that
// counts, everything is taken for written: doubt, never a false "not sent".
func watch(ctx context.Context, w *watched) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		c, is := info.Conn.(*countingConn)
		if !is {
			w.mu.Lock()
			w.written, w.inBody, w.body = 1, true, w.length
			w.mu.Unlock()
			w.end()
			return
		}
		w.mu.Lock()
		w.conn = c
		w.mu.Unlock()
		c.watch.Store(w)
	}})
}
