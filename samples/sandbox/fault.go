package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fault spoils the answers of some requests.
//
// It counts the requests of its action, from 1 on since SetFaults. It hits those
// from From to To, and of those each with Probability.
type Fault struct {
	Action      string  // empty or "*": every action
	Kind        string  // see ParseFault
	After       bool    // the panel does what was asked, then the fault hits; false: nothing is done
	Probability float64 // 0: always
	From, To    int     // the first and the last request hit; 0: no bound on that side

	Text  string        // of "error" the text, of "body" the body, of 3xx the address
	Stall time.Duration // of "stall", "slow" and "late" the wait; 0, with stall only: ten minutes
	Retry int           // seconds of Retry-After, with HTTP codes; 0: no such header
	Bytes int           // of "cut" the bytes of the body that are sent; 0: half of them; negative: none
}

// ParseFault reads a fault as a command line writes it:
//
//	fault  = action ":" kind { ":" option }
//	action = "*" | "add" | "services" | "status" | "refill" | "refill_status" | "cancel" | "balance"
//	option = "before" | "after" | "p=" 0..1 | "n=" first [ "-" [ last ] ] | "retry=" seconds
//
// Without "after" it hits before anything is done. Options are read from the
// right, so a TEXT or URL in the kind may hold colons. Kinds:
//
//	closed            the connection is closed without an answer
//	reset             the connection is reset
//	head              the connection is closed within the answer's head
//	cut, cut=BYTES    the body ends early, below its Content-Length
//	cutdigits         the body is {"order":235 and its Content-Length agrees
//	empty, null       200 with nothing, or with null
//	html              200 with an HTML page
//	body=TEXT         200 with that body
//	error=TEXT        200 with {"error":TEXT}
//	200 to 599        that HTTP code with an HTML page, "429:retry=5" with Retry-After
//	3xx=URL           the same with that Location; without =URL, a host that doesn't exist
//	redirect[=URL]    307
//	stall[=DURATION]  nothing for so long, then the connection is closed
//	slow=DURATION     the right answer, late
//	late=DURATION     the connection is closed at once, the order taken so much later
//	both              order and error in one object
//	doubled           two orders in one object; the second is not ours
//	sameid            the id of the order before, which is another one's
//	twice             the order is taken twice, the first is told
//	again             the request comes twice, and what comes of the second is told
//	endless           a body that goes on for 16 MiB
//	gzip              a small gzip body of 16 MiB
//
// In TEXT and URL, {key} stands for the account's key, and {key/WRITING} for the
// key in one of the writings of Config.Echo: "add:error=Bad link {key/html}".
//
// Where a fault hits before the order is taken and yet needs an order's id, it
// tells one that nobody has. The kinds late, twice and again take orders all the same.
//
// Examples: "add:closed:after:p=0.05", "add:500:n=3", "add:html:after:n=2-4",
// "services:html", "*:429:retry=2:n=10-".
func ParseFault(text string) (Fault, error) {
	action, rest, found := strings.Cut(text, ":")
	if !found {
		return Fault{}, fmt.Errorf("fault %q: expected ACTION:KIND, such as add:closed:after", text)
	}
	f := Fault{Action: action}
	for {
		at := strings.LastIndexByte(rest, ':')
		if at < 0 {
			break
		}
		known, err := f.option(rest[at+1:])
		if err != nil {
			return Fault{}, fmt.Errorf("fault %q: %w", text, err)
		}
		if !known {
			break
		}
		rest = rest[:at]
	}
	if err := f.kind(rest); err != nil {
		return Fault{}, fmt.Errorf("fault %q: %w", text, err)
	}
	if err := f.valid(); err != nil {
		return Fault{}, fmt.Errorf("fault %q: %w", text, err)
	}
	return f, nil
}

// option reads one option into f, or says that text is none.
func (f *Fault) option(text string) (known bool, err error) {
	name, value, _ := strings.Cut(text, "=")
	switch name {
	case "before", "after":
		f.After = name == "after"
		if value != "" {
			return true, fmt.Errorf("%s takes no value", name)
		}
	case "p":
		f.Probability, err = strconv.ParseFloat(value, 64)
		if err != nil || !(f.Probability > 0 && f.Probability <= 1) {
			return true, fmt.Errorf("p=%s: expected a number above 0, at most 1", value)
		}
	case "n":
		return true, f.interval(value)
	case "retry":
		f.Retry, err = strconv.Atoi(value)
		if err != nil || f.Retry < 1 {
			return true, fmt.Errorf("retry=%s: expected seconds, at least 1", value)
		}
	default:
		return false, nil
	}
	return true, nil
}

// interval reads "3", "2-4" or "2-".
func (f *Fault) interval(text string) error {
	first, last, open := strings.Cut(text, "-")
	from, err := strconv.Atoi(first)
	to := from
	if err == nil && open {
		to = 0
		if last != "" {
			to, err = strconv.Atoi(last)
		}
	}
	if err != nil || from < 1 || to < 0 || (last != "" && to < from) {
		return fmt.Errorf("n=%s: expected 3, 2-4 or 2-, counted from 1", text)
	}
	f.From, f.To = from, to
	return nil
}

// kind reads the kind and its value.
func (f *Fault) kind(text string) (err error) {
	name, value, given := strings.Cut(text, "=")
	f.Kind = name
	if name == "error" || name == "body" || f.code()/100 == 3 {
		f.Text = value
		return nil
	}
	switch name {
	case "stall", "slow", "late":
		if !given && name == "stall" {
			return nil
		}
		f.Stall, err = time.ParseDuration(value)
		if err != nil || f.Stall <= 0 {
			return fmt.Errorf("%s=%s: expected a duration, such as 2s", name, value)
		}
	case "cut":
		if !given {
			return nil
		}
		f.Bytes, err = strconv.Atoi(value)
		if err != nil || f.Bytes < 0 {
			return fmt.Errorf("cut=%s: expected a number of bytes", value)
		}
		if f.Bytes == 0 {
			f.Bytes = -1
		}
	default:
		if given {
			return fmt.Errorf("%s takes no value", name)
		}
	}
	return nil
}

// valid says what is wrong with f, however it was made.
func (f Fault) valid() error {
	if f.Action != "" && f.Action != "*" && !slices.Contains(actions(), f.Action) {
		return fmt.Errorf("action %q: expected * or one of %s", f.Action, strings.Join(actions(), ", "))
	}
	if code := f.code(); code != 0 {
		if code < 200 || code > 599 {
			return fmt.Errorf("kind %q: expected an HTTP code from 200 to 599", f.Kind)
		}
	} else if !slices.Contains(kinds(), f.Kind) {
		return fmt.Errorf("kind %q: expected an HTTP code or one of %s", f.Kind, strings.Join(kinds(), ", "))
	}
	if f.Kind == "error" && f.Text == "" {
		return errors.New("error: expected error=TEXT")
	}
	if (f.Kind == "slow" || f.Kind == "late") && f.Stall <= 0 {
		return fmt.Errorf("%s: expected %s=DURATION", f.Kind, f.Kind)
	}
	if f.Probability < 0 || f.Probability > 1 {
		return fmt.Errorf("probability %v: expected 0 to 1", f.Probability)
	}
	return nil
}

// code returns the HTTP code that the kind is, or 0.
func (f Fault) code() int {
	if f.Kind == "redirect" {
		return http.StatusTemporaryRedirect
	}
	code, err := strconv.Atoi(f.Kind)
	if err != nil {
		return 0
	}
	return code
}

func actions() []string {
	return []string{"add", "services", "status", "refill", "refill_status", "cancel", "balance"}
}

func kinds() []string {
	return []string{
		"closed", "reset", "head", "cut", "cutdigits", "empty", "null", "html", "body", "error",
		"stall", "slow", "late", "both", "doubled", "sameid", "twice", "again", "endless", "gzip",
	}
}

// String writes the fault as ParseFault reads it.
func (f Fault) String() string {
	action := f.Action
	if action == "" {
		action = "*"
	}
	parts := []string{action, f.kindText()}
	if f.After {
		parts = append(parts, "after")
	}
	if f.Probability != 0 {
		parts = append(parts, "p="+strconv.FormatFloat(f.Probability, 'g', -1, 64))
	}
	switch from := max(f.From, 1); {
	case f.To != 0 && f.To == from:
		parts = append(parts, fmt.Sprintf("n=%d", from))
	case f.To != 0:
		parts = append(parts, fmt.Sprintf("n=%d-%d", from, f.To))
	case f.From > 1:
		parts = append(parts, fmt.Sprintf("n=%d-", from))
	}
	if f.Retry != 0 {
		parts = append(parts, fmt.Sprintf("retry=%d", f.Retry))
	}
	return strings.Join(parts, ":")
}

func (f Fault) kindText() string {
	switch {
	case f.Kind == "cut" && f.Bytes != 0:
		return fmt.Sprintf("cut=%d", max(f.Bytes, 0))
	case f.Stall != 0:
		return f.Kind + "=" + f.Stall.String()
	case f.Kind == "error", f.Kind == "body", f.Text != "":
		return f.Kind + "=" + f.Text
	}
	return f.Kind
}

// armed is a fault with its count of the requests of its action.
type armed struct {
	Fault
	seen int
	seed uint64
}

// SetFaults replaces all faults and starts their counts anew. Where several
// hit one request, the first of them does; all have counted it.
func (s *Sandbox) SetFaults(faults []Fault) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	next, err := s.arm(faults)
	if err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	s.faults = next
	return nil
}

// arm makes faults ready. Each turn of a panel draws anew.
func (s *Sandbox) arm(faults []Fault) ([]armed, error) {
	next := make([]armed, len(faults))
	for i, f := range faults {
		if err := f.valid(); err != nil {
			return nil, fmt.Errorf("fault %d: %w", i+1, err)
		}
		next[i] = armed{Fault: f, seed: scatter(uint64(s.cfg.Seed) + uint64(i) + uint64(s.adds)<<16)}
	}
	return next, nil
}

// pick counts a request of action and returns the fault that hits it, if any.
func (s *Sandbox) pick(action string) *Fault {
	var hit *Fault
	for i := range s.faults {
		if f := &s.faults[i]; f.counts(action) && hit == nil {
			hit = &f.Fault
		}
	}
	return hit
}

// counts counts a request of f's action and tells whether f hits it. The draw
// depends on nothing but the seed and the count, so that a run can be repeated.
func (f *armed) counts(action string) bool {
	if f.Action != "" && f.Action != "*" && f.Action != action {
		return false
	}
	f.seen++
	if f.seen < f.From || (f.To != 0 && f.seen > f.To) {
		return false
	}
	if f.Probability == 0 {
		return true
	}
	draw := float64(scatter(f.seed+uint64(f.seen))>>11) / (1 << 53)
	return draw < f.Probability
}

// scatter turns neighbouring numbers into unrelated ones (splitmix64).
func scatter(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
