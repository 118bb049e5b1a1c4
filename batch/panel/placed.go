package panel

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// This file knows the shapes in which an answer to add holds the order's id, and what contradicts it.

// found are the ids that an answer to add holds.
type found struct {
	ids   []string // of the order
	maybe string   // an id of something that doesn't say that it is the order
	wrong bool     // a place of the order's id holds what can't be one, or there are several answers
	none  int      // places that say that there is no order
}

// orderIDs gives the ids of an answer: under a name that says order, in an object that does, in data beside a
// clear word of success, and where the panel's configuration says, such as "data.id". ok is false where one of them
// can't be an id.
func (o object) orderIDs(field string) (f found, ok bool) {
	f.take(o, o.isOrder())
	if data, err := parseObject(o.values["data"]); err == nil {
		f.take(data, data.isOrder() || o.succeeded())
	}
	if raw := o.at(field); raw != nil {
		f.id(raw)
	}
	// {"order":0} says that there is none; beside an id it contradicts.
	return f, !f.wrong && (f.none == 0 || len(f.ids) == 0)
}

// take looks for ids among an object's members; order: its id is the order's.
func (f *found) take(o object, order bool) {
	for _, name := range o.names {
		raw := o.values[name]
		switch {
		case string(raw) == "null":
		case saysOrder(name):
			f.order(raw)
		case strings.ToLower(name) != "id":
		case order:
			f.id(raw)
		case f.maybe == "" && isOrderID(scalarOf(raw), raw[0] == '"'):
			f.maybe = scalarOf(raw)
		}
	}
}

// order takes the value of a member whose name says order.
func (f *found) order(raw json.RawMessage) {
	inner, err := parseObject(raw)
	if err != nil {
		f.id(raw)
		return
	}
	before := len(f.ids)
	f.take(inner, true)
	f.wrong = f.wrong || len(f.ids) == before
}

func (f *found) id(raw json.RawMessage) {
	id := scalarOf(raw)
	switch {
	case nothing(raw):
		f.none++
	case isOrderID(id, raw[0] == '"') && !readsAsWords(id):
		f.ids = append(f.ids, id)
	default:
		f.wrong = true
	}
}

var orderNames = regexp.MustCompile(`(?i)^order[_-]?(id|no|number|code)?$|^id[_-]?order$`)

// plainOrder reads the answer that most panels give to most orders, {"order":23501}, with the number in quotes or not:
// it can mean nothing else. Whatever differs from it in anything but white space is read by [parseObject].
func plainOrder(body []byte) (id string, is bool) {
	inner, opens := bytes.CutPrefix(body, []byte("{"))
	inner, closes := bytes.CutSuffix(bytes.TrimRight(inner, jsonSpace), []byte("}"))
	value, named := bytes.CutPrefix(bytes.TrimLeft(inner, jsonSpace), []byte(`"order"`))
	value, colon := bytes.CutPrefix(bytes.TrimLeft(value, jsonSpace), []byte(":"))
	value = bytes.Trim(value, jsonSpace)
	if n := len(value); n > 2 && value[0] == '"' && value[n-1] == '"' {
		value = value[1 : n-1]
	}
	if !opens || !closes || !named || !colon || len(value) == 0 || len(value) > 18 || value[0] == '0' {
		return "", false
	}
	for _, c := range value {
		if c < '0' || c > '9' {
			return "", false
		}
	}
	return string(value), true
}

const jsonSpace = " \t\r\n"

func saysOrder(name string) bool { return orderNames.MatchString(name) }

// isOrder tells whether an object says that it is an order.
func (o object) isOrder() bool {
	return slices.ContainsFunc([]string{"type", "object", "kind", "resource"}, func(name string) bool {
		return strings.EqualFold(o.scalar(name), "order")
	})
}

// succeeded tells whether an answer clearly says that it succeeded.
func (o object) succeeded() bool {
	for _, name := range o.names {
		switch strings.ToLower(name) {
		case "status", "success", "ok", "result", "state", "response":
			switch strings.ToLower(o.scalar(name)) {
			case "success", "succeeded", "successful", "ok", "true", "1", "200", "201":
				return true
			}
		}
	}
	return false
}

// at gives the value at a path of names with dots between them; nil: there is none.
func (o object) at(path string) json.RawMessage {
	name, rest, deeper := strings.Cut(path, ".")
	raw, is := o.values[name]
	if path == "" || !is || string(raw) == "null" {
		return nil
	}
	if !deeper {
		return raw
	}
	inner, err := parseObject(raw)
	if err != nil {
		return nil
	}
	return inner.at(rest)
}

func scalarOf(raw json.RawMessage) string {
	var t text
	if t.UnmarshalJSON(raw) != nil {
		return ""
	}
	return t.String()
}

var orderID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)

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

var (
	codes       = regexp.MustCompile(`(?i)^(http|e(rr?)?|code|status)[-_]?\d{2,4}$`)
	date        = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}-\d{4})([T_-].*)?$`)
	wordsInAnID = regexp.MustCompile(`[A-Za-z]{3,}`)
)

// readsAsWords tells whether an id is a date or a message rather than an id: "error-404", "Quantity50".
func readsAsWords(id string) bool {
	if date.MatchString(id) || codes.MatchString(id) {
		return true
	}
	words := wordsInAnID.FindAllString(id, -1)
	if len(words) == 0 {
		return false
	}
	v := vocabulary()
	for _, word := range words {
		word = strings.ToLower(word)
		_, fails := has(" "+word+" ", failing())
		if fails || v.whole[word] && len(word) > 4 && word != "order" {
			return true
		}
	}
	return false
}

var idLike = regexp.MustCompile(`(?i)"order[_-]?(?:id|no|number|code)?"\s*:\s*"?([A-Za-z0-9][A-Za-z0-9_-]{0,63})`)

// candidate looks for an id in an answer that can't be trusted: cut off, or around other text.
func candidate(body []byte) string {
	m := idLike.FindSubmatch(body)
	if m == nil || !isOrderID(string(m[1]), true) || readsAsWords(string(m[1])) {
		return ""
	}
	return string(m[1])
}

var (
	failureNames = regexp.MustCompile(`(?i)(^|[_ .-])(errors?|err(no|or?code|msg|ormessage)?|fail(ed|s|ures?)?|` +
		`exceptions?|reasons?|reject(ed|ion)?|denied|fault)([_ .-]|$)`)
	verdictNames = regexp.MustCompile(`(?i)^(is[_-]?)?(success(ful|fully)?|succeeded|ok|status|state|result|response|` +
		`valid|charged|paid|executed|confirmed|accepted|created|placed|done|completed)$`)
	codeNames = regexp.MustCompile(`(?i)^(https?[_-]?)?(status|result|response)?[_-]?code$|^status$|^http$`)
	// flags that say that the order is another's, an older one's or none at all
	anotherNames = regexp.MustCompile(
		`(?i)^(is[_-]?)?(existing|already[_-]?exists|exists|duplicated?|dry[_-]?run|test|` +
			`sandbox|old|reused|simulated|preview)$`,
	)
	echoNames = regexp.MustCompile(`(?i)^(links?|urls?|comments?|user_?names?|keywords?|hashtags?|usernames|media|` +
		`answer_number|groups|(service_?)?name|category|type|description|country|google_keyword|referring_url)$`)
)

// contradicts finds what says, beside an order's id, that something failed: a flag, a word or a code; empty: nothing.
func contradicts(members []leaf) string {
	words := append(failing(), another()...)
	for _, l := range members {
		name := joint.ReplaceAllString(l.name, "${1}_$2")
		switch value := strings.ToLower(l.value); {
		case l.opens, value == "null" && !l.quoted:
		case failureNames.MatchString(name) && !l.empty() && strings.Trim(value, "0") != "":
			return l.name + " " + l.value
		case verdictNames.MatchString(name) && slices.Contains([]string{"false", "no", "0", "nok", "ko", "n"}, value),
			codeNames.MatchString(name) && failureCode(value):
			return l.name + " " + l.value
		case anotherNames.MatchString(name) && !l.empty() && value != "false" && value != "no":
			return l.name + " " + l.value
		case l.quoted && !echoNames.MatchString(l.name):
			if _, fails := has(plain(l.value), words); fails {
				return l.name + " " + l.value
			}
		}
	}
	return ""
}

// failureCode tells whether a code is one of failure: HTTP's, a negative one, or one of words.
func failureCode(code string) bool {
	n, err := strconv.Atoi(code)
	if err != nil {
		_, fails := has(plain(code), failing())
		return fails || codes.MatchString(code)
	}
	return n < 0 || n >= 300
}
