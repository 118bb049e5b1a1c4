package panel

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"net/http/httptrace"
	"time"
)

// Examined is what one call tells of the way to a panel.
type Examined struct {
	Address string // that the connection went to, host and port; empty: there was none
	// version, as package crypto/tls numbers them; 0: plain http, or no handshake that ended well
	TLS         uint16
	Certificate *x509.Certificate // the panel's own, also one that was refused; nil: none was seen
	Clock       Clock
	Balance     Balance
}

// Clock compares the panel's clock with ours. HTTP tells the time in whole seconds and the panel read its clock
// somewhere between our request and its answer, so it is known only that the difference lies within Doubt
// around Ahead.
type Clock struct {
	Told  bool          // the answer had a date that can be read
	Ahead time.Duration // how far the panel's clock is before ours; negative: behind
	Doubt time.Duration
}

// Off is the least by which the clocks differ for certain; 0: they may agree.
func (c Clock) Off() time.Duration { return max(0, c.Ahead.Abs()-c.Doubt) }

// Examine asks for the balance once, by the same transport as all calls, and tells what it saw on the way. With
// an error Examined has what was seen until then: a [*Refusal] comes with everything but the balance.
func (c *Client) Examine(ctx context.Context) (Examined, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	var e Examined
	var asked, answered time.Time
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) {
			e.connection(info)
			asked = time.Now()
		},
		GotFirstResponseByte: func() { answered = time.Now() },
	})
	req, err := c.request(ctx, c.encode("balance", nil))
	if err != nil {
		return e, err
	}
	r := c.exchange(req, maxRead)
	defer r.close()
	if r.status == 0 {
		e.refused(r.err)
	}
	e.Clock = compare(r.header, asked, answered)
	body, err := c.answer("balance", r)
	if err != nil {
		return e, err
	}
	e.Balance, err = parseBalance(body)
	return e, err
}

func (e *Examined) connection(info httptrace.GotConnInfo) {
	e.Address = info.Conn.RemoteAddr().String()
	counting, is := info.Conn.(*countingConn)
	if !is {
		return
	}
	if secured, is := counting.Conn.(*tls.Conn); is {
		state := secured.ConnectionState()
		e.TLS, e.Certificate = state.Version, state.PeerCertificates[0]
	}
}

// refused keeps the certificate that made a handshake fail: who issued it says most of why.
func (e *Examined) refused(err error) {
	var failed *tls.CertificateVerificationError
	if errors.As(err, &failed) && len(failed.UnverifiedCertificates) > 0 {
		e.Certificate = failed.UnverifiedCertificates[0]
	}
}

// compare reads the date of an answer that came between two moments of our clock. The date was cut to
// its second.
func compare(header http.Header, asked, answered time.Time) Clock {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return Clock{}
	}
	const second = time.Second
	trip := answered.Sub(asked)
	return Clock{Told: true, Ahead: date.Add(second / 2).Sub(asked.Add(trip / 2)), Doubt: second/2 + trip/2}
}
