package panel

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

// newTransport makes the one transport for all calls, on connections that are opened ahead where there are some.
//
// HTTP/1.1 only: over HTTP/2 Go silently sends a POST again whose stream the server reset, body read
// or not. No transparent compression: a small gzip answer can unpack to any size. No connection is used
// twice: what a proxy left behind in it would be taken for the next order's answer. To net/http one that was opened
// ahead is as new as any: it never sends again by itself what was on it. Proxies of the environment are not used: the
// key goes to the panel's host and nowhere else.
func newTransport(d dialer, s *spares) *http.Transport {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &http.Transport{
		Protocols:              &protocols,
		TLSNextProto:           map[string]func(string, *tls.Conn) http.RoundTripper{},
		DisableCompression:     true,
		DisableKeepAlives:      true,
		MaxResponseHeaderBytes: 256 << 10,
		ReadBufferSize:         connectionBuffer,
		WriteBufferSize:        connectionBuffer,
		DialContext:            s.by(d.plain),
		DialTLSContext:         s.by(d.secure),
	}
}

// dialer opens connections that count what is written to them.
type dialer struct {
	open     Dial
	config   *tls.Config
	sessions tls.ClientSessionCache // lets a handshake go on where an earlier one ended; nil: each begins anew
}

// Dial opens a connection to host and port.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// dialTCP is how connections are opened where nothing else is said. One that is used once, for a time that is bounded,
// needs nothing that keeps it alive: that takes four calls of the system to set.
func dialTCP(ctx context.Context, network, address string) (net.Conn, error) {
	return (&net.Dialer{Timeout: dialTime, KeepAlive: -1}).DialContext(ctx, network, address)
}

// connectionBuffer holds most requests and most answers.
const connectionBuffer = 2 << 10

const dialTime, handshakeTime = 10 * time.Second, 10 * time.Second

// connect opens a connection that nobody has used.
type connect func(ctx context.Context, network, address string) (*countingConn, error)

func (d dialer) plain(ctx context.Context, network, address string) (*countingConn, error) {
	c, err := d.open(ctx, network, address)
	if err != nil {
		return nil, err
	}
	below := newWire(c)
	return &countingConn{Conn: below, below: below}, nil
}

// secure counts above TLS, in plaintext bytes: a TLS record that went out in part can't be read by
// the panel, and crypto/tls doesn't count it as written.
func (d dialer) secure(ctx context.Context, network, address string) (*countingConn, error) {
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
	config.ClientSessionCache = d.sessions
	ctx, cancel := context.WithTimeout(ctx, handshakeTime)
	defer cancel()
	below := newWire(c)
	secured := tls.Client(below, config)
	if err := secured.HandshakeContext(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return &countingConn{Conn: secured, below: below, sealed: below.sent.Load()}, nil
}
