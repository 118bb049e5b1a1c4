package sandbox

import (
	"encoding/base64"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// writings returns the ways of writing a key, by their names, as panels that echo it do.
func writings() map[string]func(key string) string {
	return map[string]func(string) string{
		"raw":       func(key string) string { return key },
		"json":      func(key string) string { return strings.ReplaceAll(key, "/", `\/`) },
		"unicode":   func(key string) string { return each(key, `\u%04x`) },
		"percent":   func(key string) string { return odd(key, "%%%02x") },
		"PERCENT":   func(key string) string { return odd(key, "%%%02X") },
		"html":      func(key string) string { return odd(key, "&#x%X;") },
		"decimal":   func(key string) string { return odd(key, "&#%d;") },
		"named":     html.EscapeString,
		"base64":    func(key string) string { return base64.StdEncoding.EncodeToString([]byte(key)) },
		"base64url": func(key string) string { return base64.RawURLEncoding.EncodeToString([]byte(key)) },
	}
}

// each writes all bytes of key by format, odd those that are neither letters nor digits.
func each(key, format string) string {
	var b strings.Builder
	for _, c := range []byte(key) {
		fmt.Fprintf(&b, format, c)
	}
	return b.String()
}

func odd(key, format string) string {
	var b strings.Builder
	for _, c := range []byte(key) {
		if '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, format, c)
		}
	}
	return b.String()
}

// cutting matches the writings that hold a part of the key: first12, last8, mid8.
var cutting = regexp.MustCompile(`^(first|last|mid)([0-9]+)$`)

// written writes a key; false for a writing that isn't known.
func written(key, writing string) (text string, known bool) {
	if how := writings()[writing]; how != nil {
		return how(key), true
	}
	part := cutting.FindStringSubmatch(writing)
	if part == nil {
		return "", false
	}
	n, _ := strconv.Atoi(part[2])
	n = min(n, len(key))
	switch part[1] {
	case "first":
		return key[:n], true
	case "last":
		return key[len(key)-n:], true
	}
	at := (len(key) - n) / 2
	return key[at : at+n], true
}

var marked = regexp.MustCompile(`\{key(?:/([A-Za-z0-9]+))?\}`)

// reveal puts the account's key in the place of {key} and {key/WRITING}.
func (s *Sandbox) reveal(text string) string {
	return marked.ReplaceAllStringFunc(text, func(mark string) string {
		writing := marked.FindStringSubmatch(mark)[1]
		if writing == "" {
			writing = "raw"
		}
		if key, known := written(s.cfg.Key, writing); known {
			return key
		}
		return mark
	})
}

// mark is what an answer says of the key where the panel echoes it; empty: nothing.
func (s *Sandbox) mark() string {
	if s.cfg.Echo == "" {
		return ""
	}
	return " {key/" + s.cfg.Echo + "}"
}

// echoed makes an answer of an action tell the key, in a member of its own where the answer is about one thing.
func (s *Sandbox) echoed(c call, a answer) answer {
	if s.cfg.Echo == "" {
		return a
	}
	rest, isObject := strings.CutPrefix(a.body, "{")
	if isObject && c.many() == "" {
		a.body = `{"request":"` + strings.TrimSpace(s.mark()) + `",` + rest
	}
	a.body = s.reveal(a.body)
	return a
}

// knownEcho tells whether a writing is one that echoes can have.
func knownEcho(writing string) bool {
	_, known := written("", writing)
	return known || writing == ""
}

// writingNames lists the writings for people.
func writingNames() string {
	var names []string
	for name := range writings() {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ") + ", first8, last8 or mid8 (any number)"
}
