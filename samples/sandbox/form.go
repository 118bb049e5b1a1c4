package sandbox

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// form is the parameters of a request, as they came and in their order.
type form []param

type param struct{ name, value string }

// parseForm reads a form-encoded body. A parameter whose escapes are broken is
// left out, and whole is false.
func parseForm(body string) (f form, whole bool) {
	whole = true
	for part := range strings.SplitSeq(body, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		plainName, err := url.QueryUnescape(name)
		plainValue, err2 := url.QueryUnescape(value)
		if err != nil || err2 != nil {
			whole = false
			continue
		}
		f = append(f, param{plainName, plainValue})
	}
	return f, whole
}

// get returns the first value of name, or nothing.
func (f form) get(name string) string {
	for _, p := range f {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

// has tells whether name came with more than blanks.
func (f form) has(name string) bool { return strings.TrimSpace(f.get(name)) != "" }

// fields returns the first value of each name, without key and action.
func (f form) fields() map[string]string {
	fields := make(map[string]string, len(f))
	for _, p := range f {
		if _, there := fields[p.name]; !there && p.name != "key" && p.name != "action" {
			fields[p.name] = p.value
		}
	}
	return fields
}

// doubled returns the names that came more than once, each once.
func (f form) doubled() []string {
	var doubled []string
	seen := make(map[string]bool, len(f))
	for _, p := range f {
		if seen[p.name] && !slices.Contains(doubled, p.name) {
			doubled = append(doubled, p.name)
		}
		seen[p.name] = true
	}
	return doubled
}

// keyless returns body with the key's value taken out and its name left in its
// place: what is kept and written to the file never holds the key.
func keyless(body string) string {
	parts := strings.Split(body, "&")
	for i, part := range parts {
		name, _, _ := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); err == nil && plain == "key" {
			parts[i] = name + "="
		}
	}
	return strings.Join(parts, "&")
}

// lines counts the lines that are not blank.
func lines(text string) int64 {
	n := int64(0)
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}

// call is a request that was read.
type call struct {
	form   form
	kept   string // the body without the key
	key    string
	action string
	broken bool // the body has broken escapes
	visit  *visit
}

func readCall(body string) call {
	f, whole := parseForm(body)
	return call{form: f, kept: keyless(body), key: f.get("key"), action: f.get("action"), broken: !whole}
}

// visit is what is remembered of a request. Those of a run of a million orders
// are all kept, so it is small, and the form is only taken apart when asked for.
type visit struct {
	at       time.Time
	conn     string
	protocol string
	method   string
	action   string
	kept     string
	fault    *Fault
	keyRight bool
	cut      bool
	order    int64
	refusal  string
}

// met is the fault that hit the request, as text.
func (v *visit) met() string {
	if v.fault == nil {
		return ""
	}
	return v.fault.String()
}

func (v *visit) request() Request {
	r := Request{
		At: v.at, Conn: v.conn, Protocol: v.protocol, Method: v.method, Action: v.action,
		Form: url.Values{}, KeyRight: v.keyRight, Cut: v.cut, Refusal: v.refusal, Fault: v.met(),
	}
	f, _ := parseForm(v.kept)
	for _, p := range f {
		r.Names = append(r.Names, p.name)
		if p.name != "key" {
			r.Form.Add(p.name, p.value)
		}
	}
	return r
}
