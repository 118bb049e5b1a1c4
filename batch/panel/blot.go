package panel

import (
	"bytes"
	"encoding/base64"
	"errors"
	"net/http"
	"slices"
	"strings"
)

// blotted stands where the key stood.
const blotted = "[key]"

// shortestPart is how many characters of a key count as the key: what is left of it when a panel cuts its text.
const shortestPart = 8

// blotter takes a key out of what a panel sent: as it is, url-encoded, escaped as in JSON, in Go's quotes and in HTML,
// in base64 (within a longer text too), and these inside one another. It is made of functions because package fmt
// shows the fields of a struct in a struct.
type blotter func(text []byte) []byte

// newBlotter makes a blotter for a key. A key that is all digits counts whole only: its parts look like order ids. So
// does one that is shorter than a part.
func newBlotter(key string) blotter {
	var find func(text []byte) []span
	switch {
	case len(key) < 4:
		return func(text []byte) []byte { return text }
	case strings.Trim(key, "0123456789") == "":
		find = wholeNumber(key)
	case len(key) < shortestPart:
		find = wholeWord(key)
	default:
		find = newParts(key).find
	}
	return func(text []byte) []byte { return blot(text, findInside(text, find, marksFor(key), deepest)) }
}

// text blots a text out.
func (b blotter) text(s string) string { return string(b([]byte(s))) }

// header gives a header without the key.
func (b blotter) header(h http.Header) http.Header {
	clean := http.Header{}
	for name, values := range h {
		for _, v := range values {
			clean[b.text(name)] = append(clean[b.text(name)], b.text(v))
		}
	}
	return clean
}

// error gives an error without the key: package net/http quotes what a panel sent. What the error is can still be
// asked by errors.Is and errors.As.
func (b blotter) error(err error) error {
	if err == nil {
		return nil
	}
	if text := b.text(err.Error()); text != err.Error() {
		return &blottedError{text: text, cause: func() error { return err }}
	}
	return err
}

// blottedError has no Unwrap, so that nothing prints its cause.
type blottedError struct {
	text  string
	cause func() error
}

func (e *blottedError) Error() string        { return e.text }
func (e *blottedError) Is(target error) bool { return errors.Is(e.cause(), target) }
func (e *blottedError) As(target any) bool   { return errors.As(e.cause(), target) }

// span is a part of a text, from its first byte to behind its last.
type span struct{ from, to int }

// blot replaces spans of a text.
func blot(text []byte, spans []span) []byte {
	if len(spans) == 0 {
		return text
	}
	var clean []byte
	end := 0
	for _, s := range merged(spans) {
		clean = append(append(clean, text[end:s.from]...), blotted...)
		end = s.to
	}
	return append(clean, text[end:]...)
}

// merged sorts spans and joins those that touch.
func merged(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	var joined []span
	for _, s := range spans {
		joined = appendSpan(joined, s)
	}
	return joined
}

// appendSpan adds a span that begins behind the beginning of the last.
func appendSpan(spans []span, s span) []span {
	if n := len(spans); n > 0 && s.from <= spans[n-1].to {
		spans[n-1].to = max(spans[n-1].to, s.to)
		return spans
	}
	return append(spans, s)
}

// deepest is how many escapings inside one another are looked into.
const deepest = 3

// marksFor tells by which marks escapes are resolved in one step. All at once is quick, but an escape of one language
// may be plain text in another: where the key itself holds a mark, they are tried one by one.
func marksFor(key string) []string {
	if strings.ContainsAny(key, allMarks) {
		return strings.Split(allMarks, "")
	}
	return []string{allMarks}
}

// findInside finds spans in a text, and in what it means when its escapes are resolved.
func findInside(text []byte, find func([]byte) []span, marks []string, depth int) []span {
	spans := find(text)
	if depth == 0 {
		return spans
	}
	for _, m := range marks {
		if plain := unescape(text, m); plain != nil {
			spans = append(spans, origins(text, m, findInside(plain, find, marks, depth-1))...)
		}
	}
	return spans
}

// origins tells where in a text the spans of its unescaped form come from.
func origins(text []byte, marks string, spans []span) []span {
	var found []span
	i, at := 0, 0 // text[i] stands at this place in the unescaped form
	for _, s := range merged(spans) {
		from := -1
		for at < s.to {
			size, length := 1, 1
			if meant, is := resolve(text[i:], marks); is > 0 {
				size, length = len(meant), is
			}
			if from < 0 && at+size > s.from {
				from = i
			}
			at, i = at+size, i+length
		}
		if from >= 0 {
			found = appendSpan(found, span{from, i})
		}
	}
	return found
}

// wholeWord finds a short key, as it is and in base64 of its own.
func wholeWord(key string) func([]byte) []span {
	return exactly([]string{key, base64.RawStdEncoding.EncodeToString([]byte(key)),
		base64.RawURLEncoding.EncodeToString([]byte(key))}, func([]byte, span) bool { return true })
}

// wholeNumber finds a key of digits that is no part of a longer number, and its base64.
func wholeNumber(key string) func([]byte) []span {
	number := exactly([]string{key}, func(text []byte, s span) bool {
		return (s.from == 0 || !isDigit(text[s.from-1])) && (s.to == len(text) || !isDigit(text[s.to]))
	})
	coded := exactly(inBase64(key), func([]byte, span) bool { return true }) // digits have neither + nor / there
	return func(text []byte) []span { return append(number(text), coded(text)...) }
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// exactly finds words where fits agrees.
func exactly(words []string, fits func(text []byte, s span) bool) func([]byte) []span {
	return func(text []byte) []span {
		var spans []span
		for _, word := range words {
			for from := 0; ; from++ {
				i := bytes.Index(text[from:], []byte(word))
				if i < 0 {
					break
				}
				from += i
				if s := (span{from, from + len(word)}); fits(text, s) {
					spans = append(spans, s)
				}
			}
		}
		return spans
	}
}

// inBase64 gives what stands in a base64 text that holds the word, whatever stands before and after it: the
// characters that no neighbour shares, for each of three beginnings.
func inBase64(word string) []string {
	var forms []string
	for before := range 3 {
		bits := 8 * (before + len(word))
		coded := base64.RawStdEncoding.EncodeToString(append(make([]byte, before), word...))
		forms = append(forms, coded[(8*before+5)/6:bits/6])
	}
	return forms
}

// parts finds the parts of a key. Eight characters are one number, so that looking for all parts at once costs about
// as much as reading the text.
type parts struct {
	known  map[uint64]struct{}
	likely [1 << 10]uint64 // a bit for each hash: most that is not known is told by it
}

func newParts(key string) *parts {
	p := &parts{known: map[uint64]struct{}{}}
	for i := range len(key) - shortestPart + 1 {
		part := key[i : i+shortestPart]
		p.add(part)
		for _, form := range inBase64(part) {
			p.add(form)
		}
	}
	return p
}

func (p *parts) add(form string) {
	var window uint64
	for i := range len(form) {
		window = slide(window, form[i])
		if i >= shortestPart-1 {
			p.known[window] = struct{}{}
			p.likely[hash(window)/64] |= 1 << (hash(window) % 64)
		}
	}
}

func (p *parts) find(text []byte) []span {
	var spans []span
	var window uint64
	for i, c := range text {
		window = slide(window, c)
		if p.likely[hash(window)/64]>>(hash(window)%64)&1 == 0 || i < shortestPart-1 {
			continue
		}
		if _, is := p.known[window]; is {
			spans = appendSpan(spans, span{i + 1 - shortestPart, i + 1})
		}
	}
	return spans
}

// slide moves a window of eight bytes on by one. A plus is a blank in url-encoded text, and base64 has two characters
// that are written in two ways: those that may mean the same are one.
func slide(window uint64, c byte) uint64 {
	switch c {
	case '+', '-':
		c = ' '
	case '_':
		c = '/'
	}
	return window<<8 | uint64(c)
}

func hash(window uint64) uint64 { return window * 0x9e3779b97f4a7c15 >> 48 }
