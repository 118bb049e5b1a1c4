package panel

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/shopspring/decimal"
)

// Key authenticates an account. It prints as "[key]" by whatever verb. It hides in a function because
// package fmt shows the fields of a struct in a struct without asking them.
type Key struct{ reveal func() string }

// NewKey wraps a key so that it isn't printed.
func NewKey(secret string) Key {
	secret = strings.TrimSpace(secret)
	return Key{func() string { return secret }}
}

func (k Key) secret() string {
	if k.reveal == nil {
		return ""
	}
	return k.reveal()
}

func (k Key) String() string             { return "[key]" }
func (k Key) GoString() string           { return "[key]" }
func (k Key) Format(s fmt.State, _ rune) { io.WriteString(s, "[key]") }

// Empty reports whether there is no key.
func (k Key) Empty() bool { return k.secret() == "" }

// Param is one parameter of a request.
type Param struct{ Name, Value string }

// Client calls one panel with one account's key. Its methods may be called by many goroutines at once.
type Client struct {
	Panel Panel
	// for one add, from dialling to the answer's end; empty: 150 s, longer than the edges in front of panels wait
	Timeout time.Duration
	Dial    Dial // opens connections; empty: by TCP
	// told of each form of a call that the panel is newly seen not to take; nil: nobody keeps it
	Learned func(Form)
	// told of each request that ended; a status of 0: no answer came. nil: nobody counts them
	Timed func(action string, status int, took time.Duration)
	// told of each read, with all its tries, and calls what that gives when it ended; nil: nobody waits
	Asking func(action string) (ended func())

	key       Key
	blot      blotter // applied to all that a panel sends, where it is read
	endpoint  *url.URL
	pause     time.Duration // before a read is made for the second time; tests are in a hurry
	transport *http.Transport
	spares    *spares

	mu    sync.Mutex
	ids   Shape  // of the account's orders
	lacks []Form // what the panel was seen not to take
	many  bool   // it told of many orders in one call
	// it told of many in a list without their ids, which was compared with what it tells of single ones
	ordered bool
}

// New makes a client. config is for tests that bring their own certificate authority; nil trusts the
// system's. The address must be https, or http to this machine, and bear no query and no user name.
func New(p Panel, key Key, config *tls.Config) (*Client, error) {
	u, err := url.Parse(p.URL)
	switch {
	case p.URL == "":
		return nil, fmt.Errorf("panel %s has no address; give --url, or url in its configuration", p.Name)
	case err != nil || u.Host == "":
		return nil, fmt.Errorf("panel %s: %q is no address; an address looks like https://panel.example/api/v2", p.Name,
			p.URL)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("panel %s: the address must bear no user name and no query; the key is sent in the body",
			p.Name)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return nil, fmt.Errorf(
			"panel %s: %s is plain http, which shows the key to everyone on the way; use https",
			p.Name,
			u.Host,
		)
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("panel %s: the address begins with %q; use https", p.Name, u.Scheme)
	}
	c := &Client{Panel: p, key: key, blot: newBlotter(key.secret()), endpoint: u, pause: 300 * time.Millisecond}
	c.spares = &spares{}
	c.transport = newTransport(dialer{
		config:   config,
		sessions: tls.NewLRUClientSessionCache(sessionsKept),
		open: func(ctx context.Context, network, address string) (net.Conn, error) {
			if c.Dial != nil {
				return c.Dial(ctx, network, address)
			}
			return dialTCP(ctx, network, address)
		},
	}, c.spares)
	return c, nil
}

// sessionsKept is for how many names of the panel's host the last session is kept: it has one.
const sessionsKept = 1

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// Close closes the connections that are open, none of which is used.
func (c *Client) Close() {
	c.transport.CloseIdleConnections()
	c.spares.drop()
}

func (c *Client) addTimeout() time.Duration {
	if c.Timeout > 0 {
		return c.Timeout
	}
	return 150 * time.Second
}

// encode writes the form. The key is its last parameter: a request that was cut short can't
// authenticate, so it is certain that it ordered nothing.
func (c *Client) encode(action string, params []Param) string {
	var b strings.Builder
	b.WriteString("action=" + url.QueryEscape(action))
	for _, p := range params {
		b.WriteString("&" + url.QueryEscape(p.Name) + "=" + url.QueryEscape(p.Value))
	}
	b.WriteString("&key=" + url.QueryEscape(c.key.secret()))
	return b.String()
}

// request makes the POST. GetBody stays nil, so that net/http has nothing to send a second time.
func (c *Client) request(ctx context.Context, body string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint.String(),
		io.NopCloser(strings.NewReader(body)))
	if err != nil {
		return nil, fmt.Errorf("making the request: %w", err)
	}
	req.ContentLength = int64(len(body))
	req.GetBody = nil
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "bulkorder")
	return req, nil
}

// Refusal is an error that the panel told.
type Refusal struct {
	Action string
	Class  Class
	Text   string
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("the panel answered %s with: %s", r.Action, r.Text)
}

// Lacking is a call that the panel's document doesn't show. Nothing was sent.
type Lacking struct {
	Panel string
	Form  Form
}

func (l *Lacking) Error() string {
	return fmt.Sprintf("panel %s has no %s in its document; nothing was sent", l.Panel, l.Form)
}

// ErrAway says that no answer came.
var ErrAway = errors.New("can't be reached")

// ErrNotAPI is an answer that isn't the API's: a web page, an empty body, something cut off.
var ErrNotAPI = errors.New("not an answer of the API")

// ErrElsewhere is an [ErrNotAPI] that looks as if the API were at another address.
var ErrElsewhere = fmt.Errorf("the address is not the API's: %w", ErrNotAPI)

// ErrUnclear is an answer of the API that doesn't tell clearly what was asked.
var ErrUnclear = fmt.Errorf("the answer isn't clear: %w", ErrNotAPI)

const (
	readTime  = 60 * time.Second
	readTries = 4
	// maxRead bounds answers that are lists: 10,500 services take about 4 MiB.
	maxRead = 64 << 20
)

// read makes a call that changes nothing, and makes it again where the network or the panel failed.
func (c *Client) read(ctx context.Context, action string, params ...Param) ([]byte, error) {
	if c.Asking != nil {
		defer c.Asking(action)()
	}
	b := backoff.NewExponentialBackOff()
	b.InitialInterval = c.pause
	return backoff.Retry(ctx, func() ([]byte, error) { return c.call(ctx, action, params) },
		backoff.WithBackOff(b), backoff.WithMaxTries(readTries))
}

// call sends one request once and gives its JSON. Errors that another try can't mend are permanent in
// the sense of backoff.
func (c *Client) call(ctx context.Context, action string, params []Param) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	req, err := c.request(ctx, c.encode(action, params))
	if err != nil {
		return nil, backoff.Permanent(err)
	}
	began := time.Now()
	r := c.exchange(req, maxRead)
	defer r.close()
	c.timed(action, r.status, began)
	return c.answer(action, r)
}

func (c *Client) timed(action string, status int, began time.Time) {
	if c.Timed != nil {
		c.Timed(action, status, time.Since(began))
	}
}

// answer gives the body of an answer to a read.
func (c *Client) answer(action string, r reply) ([]byte, error) {
	switch {
	case r.status == 0:
		return nil, c.unreached(action, r.err)
	case r.err != nil:
		return nil, fmt.Errorf("%s: the answer broke off: %w", action, errors.Join(ErrNotAPI, r.err))
	}
	body := unmarked(r.body)
	return body, c.checkRead(action, r, body)
}

func (c *Client) unreached(action string, err error) error {
	var certificate *tls.CertificateVerificationError
	err = fmt.Errorf("%s: %s %w: %w", action, c.endpoint.Host, ErrAway, err)
	if errors.As(err, &certificate) {
		return backoff.Permanent(err)
	}
	return err
}

// checkRead tells an answer of the API from everything else.
func (c *Client) checkRead(action string, r reply, body []byte) error {
	if o, err := parseObject(body); err == nil {
		text, _ := o.errorText()
		if action == "refill_status" || action == "status" {
			// "status":"Error" is how the order stands, not what became of the call.
			text, _ = o.errorWords()
		}
		if text == "" && r.status >= 400 && r.status < 500 && o.scalar("status") == "" {
			text = o.scalar("message") // Laravel says no more of what isn't there
		}
		if text != "" {
			refusal := &Refusal{Action: action, Class: classify(text, c.Panel.Texts), Text: text}
			if refusal.Class == ClassRate {
				return tooFast(refusal, r.header)
			}
			return backoff.Permanent(refusal)
		}
	}
	switch code := r.status; {
	case code >= 300 && code < 400:
		return backoff.Permanent(
			fmt.Errorf("%s: %s answers with a redirect to %q; redirects are not followed, give the address itself: %w",
				action, c.endpoint.Host, r.header.Get("Location"), ErrElsewhere),
		)
	case code == http.StatusTooManyRequests:
		return tooFast(
			fmt.Errorf("%s: %s answers HTTP 429 (too many requests): %w", action, c.endpoint.Host, ErrNotAPI),
			r.header,
		)
	case code >= 500:
		return fmt.Errorf("%s: %s answers HTTP %d: %w", action, c.endpoint.Host, code, ErrNotAPI)
	case !json.Valid(body) || len(body) == 0:
		return backoff.Permanent(
			fmt.Errorf("%s: %s answers HTTP %d with something that is no JSON (%s); is %s the address of the API?: %w",
				action, c.endpoint.Host, code, describe(body), c.endpoint, ErrElsewhere),
		)
	}
	return nil
}

// longestWait is how long a read waits at most where the panel asks it to: one panel gives its catalogue ten times
// an hour.
const longestWait = time.Minute

// tooFast lets a read be made again when the panel allows it, or not at all where that is far off.
func tooFast(err error, header http.Header) error {
	switch wait := retryAfter(header); {
	case wait > longestWait:
		return backoff.Permanent(fmt.Errorf("%w (it asks to wait %.0f s)", err, wait.Seconds()))
	case wait > 0:
		return fmt.Errorf("%w: %w", err, backoff.RetryAfter(int(wait.Seconds())))
	}
	return err
}

// describe says what a body is, without showing it: a page may echo what was sent.
func describe(body []byte) string {
	switch s := strings.ToLower(strings.TrimSpace(string(body[:min(len(body), 512)]))); {
	case s == "":
		return "empty"
	case strings.HasPrefix(s, "<"):
		return "a web page"
	}
	return fmt.Sprintf("%d bytes", len(body))
}

// Services fetches the catalogue.
func (c *Client) Services(ctx context.Context) (*Catalogue, error) {
	body, err := c.read(ctx, "services")
	if err != nil {
		return nil, err
	}
	catalogue, err := parseCatalogue(body, time.Now())
	if err != nil {
		return nil, fmt.Errorf("services: %w: %w", err, ErrNotAPI)
	}
	return catalogue, nil
}

// Balance is what is left on the account.
type Balance struct {
	Amount   decimal.Decimal
	Currency string
}

// Balance asks what is left on the account.
func (c *Client) Balance(ctx context.Context) (Balance, error) {
	body, err := c.read(ctx, "balance")
	if err != nil {
		return Balance{}, err
	}
	return parseBalance(body)
}

func parseBalance(body []byte) (Balance, error) {
	var answer struct {
		Balance  text `json:"balance"`
		Currency text `json:"currency"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return Balance{}, fmt.Errorf("balance: %w: %w", err, ErrNotAPI)
	}
	amount, err := parseMoney(answer.Balance.String())
	if err != nil {
		return Balance{}, fmt.Errorf("balance: %w: %w", err, ErrNotAPI)
	}
	return Balance{Amount: amount, Currency: answer.Currency.String()}, nil
}
