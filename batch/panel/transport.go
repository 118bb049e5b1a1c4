package panel

import (
	"bytes"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync"
	"sync/atomic"
	"time"
)

// newTransport makes the one transport for all calls.
//
// HTTP/1.1 only: over HTTP/2 Go silently sends a POST again whose stream the server reset, body read
// or not. No transparent compression: a small gzip answer can unpack to any size. No connection is used
// twice: what a proxy left behind in it would be taken for the next order's answer, and one that idled may
// be closed already, which ends in doubt. Proxies of the environment are not used: the key goes to the panel's
// host and nowhere else.
func newTransport(d dialer) *http.Transport {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &http.Transport{
		Protocols:              &protocols,
		TLSNextProto:           map[string]func(string, *tls.Conn) http.RoundTripper{},
		DisableCompression:     true,
		DisableKeepAlives:      true,
		MaxResponseHeaderBytes: 256 << 10,
		DialContext:            d.plain,
		DialTLSContext:         d.secure,
	}
}

// dialer opens connections that count what is written to them.
type dialer struct {
	open   Dial
	config *tls.Config
}

// Dial opens a connection to host and port.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// dialTCP is how connections are opened where nothing else is said.
func dialTCP(ctx context.Context, network, address string) (net.Conn, error) {
	return (&net.Dialer{Timeout: dialTime}).DialContext(ctx, network, address)
}

const dialTime, handshakeTime = 10 * time.Second, 10 * time.Second

func (d dialer) plain(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := d.open(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &countingConn{Conn: c}, nil
}

// secure counts above TLS, in plaintext bytes: a TLS record that went out in part can't be read by
// the panel, and crypto/tls doesn't count it as written.
func (d dialer) secure(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := d.open(ctx, network, address)
	if err != nil {
		return nil, err
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	config := &tls.Config{}
	if d.config != nil {
		config = d.config.Clone()
	}
	if config.ServerName == "" {
		config.ServerName = host
	}
	config.NextProtos = []string{"http/1.1"}
	ctx, cancel := context.WithTimeout(ctx, handshakeTime)
	defer cancel()
	secured := tls.Client(c, config)
	if err := secured.HandshakeContext(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return &countingConn{Conn: secured}, nil
}

// countingConn counts the bytes that its Write accepted. httptrace's WroteRequest can't tell that: it
// fires before the buffered bytes reach the socket.
type countingConn struct {
	net.Conn
	written atomic.Int64
	watch   atomic.Pointer[watched]
}

func (c *countingConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.written.Add(int64(n))
	if w := c.watch.Load(); w != nil {
		w.wrote(p[:n])
		if err != nil {
			w.end()
		}
	}
	return n, err
}

// watched follows how much of one request was written.
type watched struct {
	mu      sync.Mutex
	header  []byte // what was written before the blank line that ends the header
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
		c.watch.Store(w)
	}})
}
