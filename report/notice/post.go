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

	"github.com/cenkalti/backoff/v5"
)

// CheckURL fails where notices can't be posted to an address: it must be https, or http to this machine. The
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
		return nil,
			fmt.Errorf("the address for notices at %s is plain http, which shows it to everyone on the way; use https", u.Host)
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
	return postman{each: 10 * time.Second, pause: time.Second}.post(ctx, address, n)
}

// tries is how often a notice is posted at most.
const tries = 3

// postman posts a notice, again where that may help.
type postman struct {
	each  time.Duration // for one try
	pause time.Duration // before the second try; it grows
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
	growing := backoff.NewExponentialBackOff()
	growing.InitialInterval, growing.Multiplier = p.pause, 4
	_, err = backoff.Retry(ctx, func() (struct{}, error) { return struct{}{}, p.try(ctx, u, body) },
		backoff.WithBackOff(growing), backoff.WithMaxTries(tries))
	if err != nil {
		return fmt.Errorf("the notice to %s was not sent: %w", u.Host, err)
	}
	return nil
}

// try posts once. An error that another try can't mend is permanent in the sense of backoff.
func (p postman) try(ctx context.Context, u *url.URL, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, p.each)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return backoff.Permanent(errors.New("its address can't be used"))
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
		return hideAddress(err, u, p.each)
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, 4<<10) // the code has said all; what the body says may echo the address
	switch code := resp.StatusCode; {
	case code >= 200 && code < 300:
		return nil
	case code >= 300 && code < 400:
		return backoff.Permanent(fmt.Errorf(
			"it answers with a redirect (HTTP %d), and those are not followed; give the address itself", code))
	case code == http.StatusTooManyRequests || code == http.StatusRequestTimeout || code >= 500:
		return fmt.Errorf("it answers HTTP %d", code)
	default:
		return backoff.Permanent(fmt.Errorf("it answers HTTP %d; look whether the address is still the right one", code))
	}
}

// hideAddress gives the cause of a failure, unless a part of the address stands in it: an answer that isn't HTTP is
// quoted, and may echo it.
func hideAddress(err error, u *url.URL, each time.Duration) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("it gave no answer within %v", each)
	}
	parted := func(r rune) bool { return strings.ContainsRune("/?&=:", r) }
	for part := range strings.FieldsFuncSeq(u.RequestURI()+"/"+u.User.String(), parted) {
		if len(part) > 3 && strings.Contains(err.Error(), part) {
			return errors.New("its answer can't be read")
		}
	}
	return err
}
