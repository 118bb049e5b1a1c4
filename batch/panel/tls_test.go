package panel

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// authority issues certificates.
type authority struct {
	pool *x509.CertPool
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "test authority"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(time.Hour),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	a := &authority{pool: x509.NewCertPool(), cert: cert, key: key}
	a.pool.AddCert(cert)
	return a
}

// issue makes a certificate that ends after the time, in the past where it is negative.
func (a *authority) issue(t *testing.T, after time.Duration, name string) tls.Certificate {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2),
		NotBefore:    time.Now().Add(after - 2*time.Hour),
		NotAfter:     time.Now().Add(after),
	}
	if ip := net.ParseIP(name); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, a.key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: a.key}
}

// TestCertificatesThatProveNothingStopTheRun before a byte of the order leaves.
func TestCertificatesThatProveNothingStopTheRun(t *testing.T) {
	ways(t, func(t *testing.T, client newClient) {
		trusted, strange := newAuthority(t), newAuthority(t)
		tests := []struct {
			name string
			cert tls.Certificate
			want Verdict
		}{
			{"a sound one", trusted.issue(t, time.Hour, "127.0.0.1"), Placed},
			{"another name", trusted.issue(t, time.Hour, "panel.example"), Unsent},
			{"another address", trusted.issue(t, time.Hour, "127.0.0.2"), Unsent},
			{"expired", trusted.issue(t, -time.Minute, "127.0.0.1"), Unsent},
			{"not valid yet", trusted.issue(t, 3*time.Hour, "127.0.0.1"), Unsent},
			{"signed by itself", tls.Certificate{Certificate: [][]byte{strange.cert.Raw}, PrivateKey: strange.key}, Unsent},
			{"signed by a stranger", strange.issue(t, time.Hour, "127.0.0.1"), Unsent},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				var l ledger
				config := &tls.Config{Certificates: []tls.Certificate{tt.cert}}
				address := "https" + strings.TrimPrefix(listen(t, func(raw net.Conn) {
					c := tls.Server(raw, config)
					defer c.Close()
					if _, ok := l.read(bufio.NewReader(c)); ok {
						io.WriteString(c, answerOf(`{"order":23501}`))
					}
				}), "http")
				a := client(t, address, &tls.Config{RootCAs: trusted.pool}).Add(t.Context(), orderOf("a"))
				stop := map[Verdict]Stop{Unsent: StopCertificate}[tt.want]
				if a.Verdict != tt.want || a.Stop != stop {
					t.Errorf("got %s (%s), want %v and the stop %q", inWords(a), a.Words, tt.want, stop)
				}
				if got, want := l.count("a"), map[Verdict]int{Placed: 1}[tt.want]; got != want {
					t.Errorf("%d complete requests, want %d", got, want)
				}
			})
		}
	})
}

// TestHandshakesThatFailLeaveTheOrderUnsent: no key, no order before the server proved who it is.
func TestHandshakesThatFailLeaveTheOrderUnsent(t *testing.T) {
	tests := []struct {
		name  string
		serve func(c net.Conn, gone <-chan struct{})
	}{
		{"a plain-text server", func(c net.Conn, _ <-chan struct{}) { io.WriteString(c, answerOf(`{"order":23501}`)) }},
		{"a plain-text server that says 400", func(c net.Conn, _ <-chan struct{}) {
			c.Read(make([]byte, 1024))
			io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n{\"error\":\"Incorrect request\"}")
		}},
		{"closed at once", func(net.Conn, <-chan struct{}) {}},
		{"reset at once", func(c net.Conn, _ <-chan struct{}) { reset(c) }},
		{"cut behind the hello", func(c net.Conn, _ <-chan struct{}) { c.Read(make([]byte, 1024)) }},
		{"an alert", func(c net.Conn, _ <-chan struct{}) {
			c.Read(make([]byte, 1024))
			io.WriteString(c, "\x15\x03\x03\x00\x02\x02\x28")
		}},
		{"the beginning of a server's hello", func(c net.Conn, _ <-chan struct{}) {
			c.Read(make([]byte, 1024))
			io.WriteString(c, "\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03")
		}},
		{"a stall", func(_ net.Conn, gone <-chan struct{}) { <-gone }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			gone := make(chan struct{})
			defer close(gone)
			var connections atomic.Int32
			address := listen(t, func(c net.Conn) {
				connections.Add(1)
				tt.serve(c, gone)
			})
			c := client(t, "https"+strings.TrimPrefix(address, "http"), nil)
			c.Timeout = 500 * time.Millisecond
			begin := time.Now()
			if a := c.Add(t.Context(), order()); a.Verdict != Unsent || a.Stop != GoOn {
				t.Errorf("got %s (%s), want unsent", inWords(a), a.Words)
			}
			if took := time.Since(begin); took > 3*time.Second {
				t.Errorf("it took %v", took)
			}
			if n := connections.Load(); n != 1 {
				t.Errorf("%d connections for one add", n)
			}
		})
	}
}

// TestTheSealedRequestCutAfterEveryByte: below TLS, k bytes of what seals the request get through. What the server
// could open decides: a record that isn't whole can't be read.
func TestTheSealedRequestCutAfterEveryByte(t *testing.T) {
	trust := newAuthority(t)
	serverConfig := &tls.Config{Certificates: []tls.Certificate{trust.issue(t, time.Hour, "127.0.0.1")}}
	c := client(t, "https://127.0.0.1:1/api/v2", &tls.Config{RootCAs: trust.pool})
	var l *ledger
	var left int
	var done chan struct{}
	c.transport.DialTLSContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer close(done)
			defer theirs.Close()
			s := tls.Server(theirs, serverConfig)
			l.read(bufio.NewReader(s))
		}()
		short := &shortConn{Conn: ours, left: 1 << 20}
		sealed := tls.Client(short, &tls.Config{RootCAs: trust.pool, ServerName: "127.0.0.1"})
		if err := sealed.HandshakeContext(ctx); err != nil {
			return nil, err
		}
		short.left = left
		return &countingConn{Conn: sealed}, nil
	}
	try := func(k int) (Added, int) {
		l, left, done = &ledger{}, k, make(chan struct{})
		a := c.Add(t.Context(), orderOf("a"))
		<-done
		return a, l.count("a")
	}
	const seal = 5 + 1 + 16 // header, kind and tag of a TLS 1.3 record
	whole := requestLength(t, c, orderOf("a")) + seal
	for k := 0; k < whole; k += 1 + 6*min(1, (whole-k)/30) { // each of the last bytes, some of the others
		if a, arrived := try(k); a.Verdict != Unsent || arrived != 0 {
			t.Errorf("%d of %d bytes: got %s (%s), and %d complete requests", k, whole, inWords(a), a.Words, arrived)
		}
	}
	if a, arrived := try(whole); a.Verdict != InDoubt || arrived != 1 {
		t.Errorf("all %d bytes: got %s (%s), and %d complete requests", whole, inWords(a), a.Words, arrived)
	}
}
