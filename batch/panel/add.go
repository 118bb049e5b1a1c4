package panel

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Verdict is what the ending of one add means for its row.
type Verdict int

const (
	InDoubt Verdict = iota // it may have been ordered; the zero value, and what everything unforeseen is
	Placed                 // the answer holds the order's id
	Refused                // the panel said no to this order
	Unsent                 // no complete request left, or the key isn't accepted
	Slow                   // not taken: too many requests
	Active                 // not taken: an order for the same link is under way
	Short                  // not taken: funds are short, the account's or the panel's own at its supplier
)

func (v Verdict) String() string {
	return [...]string{"in doubt", "placed", "refused", "unsent", "slow down", "active order",
		"short of funds"}[v]
}

// Stop says why nothing more may be sent after an ending.
type Stop string

const (
	GoOn            Stop = ""
	StopKey         Stop = "key"         // the panel doesn't accept the key
	StopCertificate Stop = "certificate" // the panel's certificate can't be trusted
	StopRedirect    Stop = "redirect"    // the address answers with a redirect
	StopBlocked     Stop = "blocked"     // the address isn't the API's, or something in front turns requests away
)

// Added is the ending of one add.
type Added struct {
	Verdict    Verdict
	OrderID    string        // of Placed
	Candidate  string        // of InDoubt: an id seen in an answer that can't be trusted; it may be cut short
	Stop       Stop          // not GoOn: nothing more may be sent in this run
	Class      Class         // of an error text
	Words      string        // what happened, for a person
	HTTPStatus int           // 0: no answer came
	Answer     string        // the body, its first 4 KiB
	ErrorText  bool          // of InDoubt: a closed JSON answer that tells of an error, and holds no order
	RetryAfter time.Duration // how long the panel asked to be left alone; 0: it didn't say
}

// keptAnswer is what is kept of an answer.
const keptAnswer = 4 << 10

// Add orders once. params are the order's fields in the order in which they go onto the wire, service
// among them; key and action are added here. It never sends twice, follows no redirect, and isn't
// ended by ctx being cancelled: once a request may have left, only its ending tells. ctx matters
// before that.
func (c *Client) Add(ctx context.Context, params []Param) Added {
	e := c.once(ctx, "add", params)
	if e.status == 0 {
		return unanswered(e.err, e.watched)
	}
	t := c.taught()
	if sequenceOfItsOwn(params) {
		t.ids = Shape{}
	}
	a := judge(e.status, e.header, e.body, e.err, t)
	if e.early {
		a = early(e.status, e.body, e.cut)
	}
	a.HTTPStatus = e.status
	a.Answer = e.kept()
	if a.Verdict == Placed && !sequenceOfItsOwn(params) {
		c.Knows(a.OrderID)
	}
	return a
}

// sequenceOfItsOwn tells whether an order is the parent of others, a drip-feed or a subscription: panels number those
// apart.
func sequenceOfItsOwn(params []Param) bool {
	return slices.ContainsFunc(params, func(p Param) bool { return p.Name == "runs" || p.Name == "delay" })
}

// taught is what is known of a panel's answers beside the lists.
type taught struct {
	texts   Texts
	idField string // where the order's id stands, such as "data.id"; empty: nowhere else
	ids     Shape  // of the account's orders
}

func (c *Client) taught() taught {
	c.mu.Lock()
	defer c.mu.Unlock()
	return taught{texts: c.Panel.Texts, idField: c.Panel.IDField, ids: c.ids}
}

// early judges an answer that came before the request was sent whole: it can't be about an order, since the
// key, which is last, had not left. cut tells that it never will: writing has failed before it.
func early(status int, answer []byte, cut bool) Added {
	a := Added{
		Verdict:   InDoubt,
		Candidate: candidate(answer),
		Words:     fmt.Sprintf("HTTP %d "+earlyWords, status),
	}
	if cut && a.Candidate == "" {
		a.Verdict, a.Stop = Unsent, StopBlocked
	}
	return a
}

// unanswered judges a request that no answer came to, by how much of it was written.
func unanswered(err error, w *watched) Added {
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &certificate):
		return Added{
			Verdict: Unsent,
			Stop:    StopCertificate,
			Words:   "the panel's certificate can't be trusted: " + err.Error(),
		}
	case !w.begun():
		return Added{Verdict: Unsent, Words: "nothing was sent: " + err.Error()}
	case !w.whole():
		// The key is the last parameter: what arrived can't authenticate.
		return Added{Verdict: Unsent, Words: "the request was cut short: " + err.Error()}
	}
	return Added{Verdict: InDoubt, Words: "the whole request was sent and no answer came: " + err.Error()}
}

// judge decides what an answer to add means. readErr is what ended the reading of its body early.
func judge(status int, header http.Header, body []byte, readErr error, t taught) Added {
	if id, is := plainOrder(body); is && status == http.StatusOK && readErr == nil && t.idField == "" && t.ids.Fits(id) &&
		id != strconv.Itoa(status) {
		return Added{Verdict: Placed, OrderID: id, Words: "order " + id}
	}
	doubt := Added{Verdict: InDoubt, Candidate: candidate(body)}
	if spoiled := spoil(status, readErr, doubt); spoiled.Words != "" {
		return spoiled
	}
	o, err := parseObject(body)
	if err != nil {
		return judgeOther(status, header, body, doubt)
	}
	return judgeObject(status, header, body, o, doubt, t)
}

// spoil judges an answer whose body tells nothing, whatever is in it; without words it is not such a one.
func spoil(status int, readErr error, doubt Added) Added {
	switch {
	case status >= 300 && status < 400:
		doubt.Stop, doubt.Words = StopRedirect, fmt.Sprintf("the panel answered with a redirect (HTTP %d)", status)
	case status == http.StatusRequestTimeout || status >= 500:
		doubt.Words = fmt.Sprintf("the panel answered HTTP %d after the whole request was sent", status)
	case status < 200:
		doubt.Words = fmt.Sprintf("the panel answered HTTP %d", status)
	case readErr != nil:
		doubt.Words = spoiledWords + ": " + readErr.Error()
	}
	return doubt
}

// judgeOther decides about an answer that is no JSON object.
func judgeOther(status int, header http.Header, body []byte, doubt Added) Added {
	switch status {
	case http.StatusTooManyRequests:
		if doubt.Candidate == "" {
			return tooMany(header)
		}
	case 400, 401, 403, 404, 405, 413:
		if doubt.Candidate == "" && !looksLikeJSON(body) {
			doubt.Class, doubt.Stop = ClassBlocked, StopBlocked
			doubt.Words = fmt.Sprintf(
				"HTTP %d without an answer of the API: the address is wrong, or something in front of "+
					"the panel turns requests away",
				status,
			)
			return doubt
		}
	}
	switch trimmed := strings.TrimSpace(string(body)); {
	case doubt.Candidate == "" && !looksLikeJSON(body) && (header.Get("Cf-Mitigated") != "" || challenge.Match(body)):
		doubt.Class, doubt.Stop = ClassBlocked, StopBlocked
		doubt.Words = fmt.Sprintf("HTTP %d with a page that wants proof of a browser, in front of the panel", status)
	case trimmed == "":
		doubt.Words = fmt.Sprintf("HTTP %d with an empty answer", status)
	case strings.HasPrefix(trimmed, "<"):
		doubt.Words = fmt.Sprintf("HTTP %d with a web page instead of an answer of the API", status)
	default:
		doubt.Words = fmt.Sprintf("HTTP %d with an answer that is no closed JSON object", status)
	}
	return doubt
}

// challenge are marks of pages that want to see a browser before they let a request through.
var challenge = regexp.MustCompile(`(?i)checking your browser|_cf_chl|challenge-platform|request is being verified|` +
	`captcha|ddos.guard|document\.cookie="__test`)

var objectBegins = regexp.MustCompile(`\{\s*"`)

// looksLikeJSON also holds for the beginning of a cut off answer, and for one behind a warning of PHP. A web
// page may hold scripts that look like one.
func looksLikeJSON(body []byte) bool {
	s := strings.ToLower(strings.TrimSpace(string(unmarked(body))))
	switch {
	case strings.HasPrefix(s, "{"), strings.HasPrefix(s, "["), json.Valid([]byte(s)):
		return true
	case strings.HasPrefix(s, "<!doctype"), strings.HasPrefix(s, "<html"):
		return false
	}
	return objectBegins.MatchString(s)
}

// judgeObject decides about a closed JSON object: exactly one order id and nothing that contradicts it is an order; an
// error that is a clear no is what its class says; everything else is in doubt.
func judgeObject(status int, header http.Header, body []byte, o object, doubt Added, t taught) Added {
	f, ok := o.orderIDs(t.idField)
	if len(f.ids) > 0 {
		return judgeOrder(status, body, o, f.ids, ok, doubt, t)
	}
	text, clear := o.errorText()
	if status >= 400 && text == "" {
		text = strings.TrimSpace(o.scalar("message") + " " + o.scalar("msg"))
	}
	_, doubled := leaves(body)
	switch {
	case !clear || doubled:
		doubt.Words = "the answer says something twice, so that it can't be known what it means"
	case !ok:
		doubt.Words = "the answer's order is no order id"
	case doubt.Candidate != "" || f.maybe != "":
		doubt.Candidate = cmp.Or(doubt.Candidate, f.maybe)
		doubt.Words = fmt.Sprintf("HTTP %d with what may be an order's id, %s", status, doubt.Candidate)
	case text != "" && (status == http.StatusCreated || status == http.StatusAccepted):
		doubt.Words = fmt.Sprintf("HTTP %d says that something was made or taken, beside an error: %s", status, text)
	case text != "" && o.succeeded():
		doubt.Words = "the answer says that it succeeded and that it failed: " + text
	case text != "":
		return judgeError(status, header, body, text, doubt, t.texts)
	case status == http.StatusTooManyRequests:
		return tooMany(header)
	default:
		doubt.Words = fmt.Sprintf("HTTP %d with neither an order nor an error", status)
	}
	return doubt
}

// judgeOrder decides about an answer that holds ids of an order.
func judgeOrder(status int, body []byte, o object, ids []string, ok bool, doubt Added, t taught) Added {
	doubt.Candidate = ids[0]
	text, clear := o.errorText()
	members, doubled := leaves(body)
	against := contradicts(members)
	switch {
	case !ok || !clear || doubled || !same(ids):
		doubt.Words = "the answer contradicts itself about the order id"
	case text != "":
		doubt.Words = "the answer holds an order and an error: " + text
	case against != "":
		doubt.Words = "the answer holds an order, and says that it failed: " + against
	case status >= 400:
		doubt.Words = fmt.Sprintf("HTTP %d, but the answer holds an order", status)
	case ids[0] == strconv.Itoa(status):
		doubt.Words = fmt.Sprintf("the answer's order id, %s, is its HTTP code", ids[0])
	case !t.ids.Fits(ids[0]):
		doubt.Words = fmt.Sprintf("the answer's order id, %s, looks unlike the account's other orders'", ids[0])
	default:
		return Added{Verdict: Placed, OrderID: ids[0], Words: "order " + ids[0]}
	}
	return doubt
}

func tooMany(header http.Header) Added {
	return Added{
		Verdict:    Slow,
		Class:      ClassRate,
		RetryAfter: retryAfter(header),
		Words:      "the panel answered HTTP 429 (too many requests)",
	}
}

func same(ids []string) bool {
	for _, id := range ids {
		if id != ids[0] {
			return false
		}
	}
	return true
}

// retryAfter reads the header in seconds, the form that rate limiters use; anything else is 0.
func retryAfter(header http.Header) time.Duration {
	seconds, err := strconv.Atoi(strings.TrimSpace(header.Get("Retry-After")))
	if err != nil || seconds < 0 {
		return 0
	}
	return min(time.Duration(seconds)*time.Second, time.Hour)
}
