package panel

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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

var grouped = regexp.MustCompile(`^-?\d{1,3}(,\d{3})+(\.\d+)?$`)

// parseMoney reads an amount; some panels group the thousands with commas ("5,000.12340").
func parseMoney(s string) (decimal.Decimal, error) {
	if grouped.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	d, err := decimal.NewFromString(s)
	// An exponent like 1e999999999 would make every later addition run out of memory.
	if err != nil || d.Exponent() > 30 || d.Exponent() < -30 || len(s) > 60 {
		return decimal.Decimal{}, fmt.Errorf("%.40q is no amount of money", s)
	}
	return d, nil
}

// object is a closed JSON object, its values still raw.
type object struct {
	values  map[string]json.RawMessage
	doubled bool // a key occurs twice: which value counts can't be known
	twice   []string
}

var errNoObject = errors.New("no closed JSON object")

// unmarked is a body without the byte order mark that PHP files saved by some editors put before it.
func unmarked(body []byte) []byte { return bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")) }

// parseObject reads a body that must hold one JSON object and nothing else.
func parseObject(body []byte) (object, error) {
	o := object{values: map[string]json.RawMessage{}}
	d := json.NewDecoder(bytes.NewReader(unmarked(body)))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return o, errNoObject
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return o, errNoObject
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return o, errNoObject
		}
		name := key.(string)
		if _, is := o.values[name]; is {
			o.doubled, o.twice = true, append(o.twice, name)
		}
		o.values[name] = value
	}
	if _, err := d.Token(); err != nil {
		return o, errNoObject
	}
	if _, err := d.Token(); err != io.EOF {
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
	var words []string
	switch strings.ToLower(o.scalar("status")) {
	case "fail", "failed", "error", "false":
		words = append(words, text)
	default:
		if text != "" {
			words = append(words, text)
		}
	}
	if len(words) > 0 {
		words = append(words, o.scalar("msg"), o.scalar("message"))
		if strings.Join(words, "") == "" {
			words = append(words, "status "+o.scalar("status"))
		}
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	return strings.Join(words, ": "), clear
}

// errorWords gives what stands under error or errors.
func (o object) errorWords() (text string, clear bool) {
	clear = true
	var words []string
	for _, key := range []string{"error", "errors"} {
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

var orderID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)

// orderIDs gives the ids that an answer to add holds: order or order_id, at the top or inside data.
// ok is false where one of them can't be an id.
func (o object) orderIDs() (ids []string, ok bool) {
	places, none := []object{o}, 0
	if data, err := parseObject(o.values["data"]); err == nil {
		places = append(places, data)
	}
	ok = true
	for _, p := range places {
		ok = ok && !p.doubled
		for _, key := range []string{"order", "order_id"} {
			raw, is := p.values[key]
			if !is || string(raw) == "null" {
				continue
			}
			id := p.scalar(key)
			switch {
			case nothing(raw):
				none++
			case isOrderID(id, raw[0] == '"'):
				ids = append(ids, id)
			default:
				ok = false
			}
		}
	}
	// {"order":0} says that there is none; beside an id it contradicts.
	return ids, ok && (none == 0 || len(ids) == 0)
}

// isOrderID tells whether a value is an id. A number must be whole: 2.35e4 or -1 is none. A panel's
// own id text holds a digit: {"order":"failed"} is none.
func isOrderID(id string, quoted bool) bool {
	if strings.Trim(id, "0") == "" || !orderID.MatchString(id) {
		return false
	}
	if quoted {
		return strings.ContainsAny(id, "0123456789")
	}
	return strings.Trim(id, "0123456789") == ""
}

var idLike = regexp.MustCompile(`"order(?:_id)?"\s*:\s*"?([A-Za-z0-9][A-Za-z0-9_-]{0,63})`)

// candidate looks for an id in an answer that can't be trusted: cut off, or around other text.
func candidate(body []byte) string {
	m := idLike.FindSubmatch(body)
	if m == nil || !isOrderID(string(m[1]), true) {
		return ""
	}
	return string(m[1])
}
