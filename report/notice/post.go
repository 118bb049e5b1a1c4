package notice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// CheckNoticeURL fails where notices can't be posted to an address: it must be https, or http to this machine. The
// error never shows it: whoever has the address of a chat's webhook can write there.
func CheckURL(address string) error {
	_, err := parseURL(address)
	return err
}

func parseURL(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "":
		return nil, errors.New("the address for notices is none; it looks like https://chat.example/hooks/…")
	case u.Scheme == "http" && !thisMachine(u.Hostname()):
		return nil, fmt.Errorf(
			"the address for notices at %s is plain http, which shows it to everyone on the way; use https",
			u.Host,
		)
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("the address for notices at %s is neither https nor http to this machine", u.Host)
	}
	return u, nil
}

func thisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Post posts the notice as JSON: at most 3 times, 10 s each, where the network or the service fails. It returns
// nil once the service has answered with a 2xx. No redirect is followed, no proxy of the environment used, and errors
// name the host alone. A service that answered too late may have shown it, and then shows it twice.
//
// A batch doesn't depend on it: print the error, and give a context that outlives an interrupt.
func (n Notice) Post(ctx context.Context, address string) error {
	return postman{each: 10 * time.Second, pauses: []time.Duration{time.Second, 4 * time.Second}}.post(ctx, address, n)
}

// postman is how hard it is tried.
type postman struct {
	each   time.Duration   // for one try
	pauses []time.Duration // between tries: one more try than pauses
}

func (p postman) post(ctx context.Context, address string, n Notice) error {
	u, err := parseURL(address)
	if err != nil {
		return err
	}
	body, err := n.body()
	if err != nil {
		return fmt.Errorf("writing the notice: %w", err)
	}
	for _, pause := range append(p.pauses, -1) {
		var again bool
		again, err = p.try(ctx, u, body)
		if err == nil {
			return nil
		}
		if !again || pause < 0 {
			break
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the notice to %s was not sent: %w", u.Host, ctx.Err())
		case <-time.After(pause):
		}
	}
	return fmt.Errorf("the notice to %s was not sent: %w", u.Host, err)
}

// try posts once; again tells whether another try may mend what failed.
func (p postman) try(ctx context.Context, u *url.URL, body []byte) (again bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, p.each)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return false, errors.New("its address can't be used")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("User-Agent", "bulkorder")
	if password, is := u.User.Password(); is {
		req.SetBasicAuth(u.User.Username(), password)
	}
	// No client around it: one would follow redirects, and put the address into its errors. Its Proxy is nil: none.
	transport := &http.Transport{DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return true, hideAddress(err, u, p.each)
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, 4<<10) // the code has said all; what the body says may echo the address
	switch code := resp.StatusCode; {
	case code >= 200 && code < 300:
		return false, nil
	case code >= 300 && code < 400:
		return false, fmt.Errorf(
			"it answers with a redirect (HTTP %d), and those are not followed; give the address itself",
			code,
		)
	case code == http.StatusTooManyRequests || code == http.StatusRequestTimeout || code >= 500:
		return true, fmt.Errorf("it answers HTTP %d", code)
	default:
		return false, fmt.Errorf("it answers HTTP %d; look whether the address is still the right one", code)
	}
}

// hideAddress gives the cause of a failure, unless a part of the address stands in it: an answer that isn't HTTP is
// quoted, and may echo it.
func hideAddress(err error, u *url.URL, each time.Duration) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("it gave no answer within %v", each)
	}
	for part := range strings.FieldsFuncSeq(u.RequestURI()+"/"+u.User.String(), func(r rune) bool { return strings.ContainsRune("/?&=:", r) }) {
		if len(part) > 3 && strings.Contains(err.Error(), part) {
			return errors.New("its answer can't be read")
		}
	}
	return err
}
