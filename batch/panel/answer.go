package panel

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// text is a scalar of an answer, whatever JSON type the panel gave it; null and absent are empty.
type text string

// UnmarshalJSON takes strings, numbers, booleans and null.
func (t *text) UnmarshalJSON(b []byte) error {
	switch {
	case len(b) == 0 || b[0] == '{' || b[0] == '[':
		return fmt.Errorf("a string or number was expected, not %.20q", b)
	case b[0] == '"':
		if plain, is := plainString(b); is {
			*t = text(strings.TrimSpace(plain))
			return nil
		}
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = text(strings.TrimSpace(s))
	case string(b) == "null":
		*t = ""
	default:
		*t = text(b)
	}
	return nil
}

func (t text) String() string { return string(t) }

// flag is a boolean as panels write them: true, "true", 1, "1". Absent and null are not known.
type flag struct{ known, on bool }

func (f *flag) UnmarshalJSON(b []byte) error {
	var t text
	if err := t.UnmarshalJSON(b); err != nil {
		return err
	}
	switch strings.ToLower(t.String()) {
	case "":
	case "true", "1", "yes":
		*f = flag{known: true, on: true}
	default:
		*f = flag{known: true}
	}
	return nil
}

var (
	grouped  = regexp.MustCompile(`^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$`)
	currency = regexp.MustCompile(`^\+?\s*(?:[\p{Sc}]|[A-Z]{3} )?\s*\+?(-?[\d.,]+(?:[eE][+-]?\d+)?)\s*` +
		`(?:[\p{Sc}]| [A-Z]{3})?$`)
)

// parseMoney reads an amount; some panels group the thousands with commas ("5,000.12340"), or write a plus, or the
// currency, beside it. A comma before the fraction isn't read: "1,250" would be two amounts.
func parseMoney(s string) (decimal.Decimal, error) {
	plain := s
	if strings.Trim(s, "0123456789.") == "" && len(s) <= 60 { // as most are
		return decimal.NewFromString(s)
	}
	if m := currency.FindStringSubmatch(strings.TrimSpace(s)); m != nil {
		plain = m[1]
	}
	if grouped.MatchString(plain) {
		plain = strings.ReplaceAll(plain, ",", "")
	}
	d, err := decimal.NewFromString(plain)
	// An exponent like 1e999999999 would make every later addition run out of memory.
	if err != nil || d.Exponent() > 30 || d.Exponent() < -30 || len(s) > 60 {
		return decimal.Decimal{}, fmt.Errorf("%.40q is no amount of money", s)
	}
	return d, nil
}

// object is a closed JSON object, its values still raw.
type object struct {
	values  map[string]json.RawMessage
	names   []string // in their order
	doubled bool     // a name occurs twice, in whatever letters: which value counts can't be known
	twice   []string // exactly these do
}

var errNoObject = errors.New("no closed JSON object")

// unmarked is a body without the byte order mark that PHP files saved by some editors put before it.
func unmarked(body []byte) []byte { return bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")) }

// parseObject reads a body that must hold one JSON object and nothing else.
func parseObject(body []byte) (object, error) {
	o, small := object{values: map[string]json.RawMessage{}}, map[string]bool{}
	walk := eachMember
	if body = unmarked(body); !json.Valid(body) {
		walk = decodeMembers
	}
	is := walk(body, func(name string, value json.RawMessage) {
		if _, is := o.values[name]; is {
			o.twice = append(o.twice, name)
		} else {
			o.names = append(o.names, name)
		}
		folded := strings.ToLower(name)
		o.doubled = o.doubled || small[folded]
		o.values[name], small[folded] = value, true
	})
	if !is {
		return o, errNoObject
	}
	return o, nil
}

// scalar gives the value of a key as text; empty where it is absent, null, or no scalar.
func (o object) scalar(key string) string {
	var t text
	if raw, is := o.values[key]; !is || t.UnmarshalJSON(raw) != nil {
		return ""
	}
	return t.String()
}

// errorText gives what an answer says went wrong, in the shapes that panels use: an error text, an object
// with a message, errors by field, or a status of "fail" with msg and code. Empty: it says nothing of the
// kind. clear is false where a part of it is doubled, so that it can't be known.
func (o object) errorText() (text string, clear bool) {
	text, clear = o.errorWords()
	words := []string{text}
	if text != "" || o.saysFailed() {
		data, _ := parseObject(o.values["data"])
		clear = clear && !data.doubled
		for _, key := range []string{"msg", "message", "description", "detail", "details", "reason"} {
			words = append(words, o.scalar(key), data.scalar(key))
		}
		if strings.Join(words, "") == "" {
			words = append(words, strings.TrimSpace("status "+o.scalar("status")))
		}
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	return strings.Join(words, ": "), clear
}

// saysFailed tells whether a flag of the answer says that it failed.
func (o object) saysFailed() bool {
	switch strings.ToLower(o.scalar("status")) {
	case "fail", "failed", "failure", "error", "false", "nok", "ko", "unsuccessful":
		return true
	}
	for _, name := range []string{"success", "response", "ok"} {
		raw, is := o.values[name]
		if is && string(raw) != "null" && (nothing(raw) || slices.Contains([]string{"false", "no"},
			strings.ToLower(o.scalar(name)))) {
			return true
		}
	}
	return false
}

// errorWords gives what stands under error or errors.
func (o object) errorWords() (text string, clear bool) {
	clear = true
	var words []string
	for _, key := range o.names {
		if small := strings.ToLower(key); small != "error" && small != "errors" {
			continue
		}
		raw := bytes.TrimSpace(o.values[key])
		inner, err := parseObject(raw)
		switch {
		case nothing(raw):
		case err == nil:
			clear = clear && !inner.doubled
			message := strings.Trim(inner.scalar("message")+": "+inner.scalar("code"), ": ")
			words = append(words, cmp.Or(message, string(raw)))
		case raw[0] == '[':
			words = append(words, string(raw))
		default:
			words = append(words, o.scalar(key))
		}
	}
	return strings.Join(words, ": "), clear
}

// nothing tells whether a value says that there is none: PHP writes an empty list for an empty object.
func nothing(raw []byte) bool {
	switch string(raw) {
	case "", "null", "false", "0", `""`, `"0"`, "[]", "{}":
		return true
	}
	return false
}
