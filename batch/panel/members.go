package panel

import (
	"bytes"
	"encoding/json"
	"io"
)

// eachMember walks the members of a JSON object that is known to be well-formed, in their order: each name, and its
// value as it stands there. It is false where the text is no object.
func eachMember(text []byte, take func(name string, value json.RawMessage)) bool {
	s := scanner{text: text}
	if s.space(); s.next() != '{' {
		return false
	}
	s.at++
	for {
		switch s.space(); s.next() {
		case '}':
			return true
		case ',':
			s.at++
			continue
		}
		name := s.value()
		s.space()
		s.at++ // the colon
		s.space()
		take(unquote(name), json.RawMessage(s.value()))
	}
}

// decodeMembers does the same with a text that may be none: it is false where that isn't one object and nothing else.
func decodeMembers(text []byte, take func(name string, value json.RawMessage)) bool {
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return false
	}
	for d.More() {
		key, err := d.Token()
		var value json.RawMessage
		if err != nil || d.Decode(&value) != nil {
			return false
		}
		take(key.(string), value)
	}
	if _, err := d.Token(); err != nil {
		return false
	}
	_, err := d.Token()
	return err == io.EOF
}

// scanner goes through JSON that is known to be well-formed.
type scanner struct {
	text []byte
	at   int
}

func (s *scanner) next() byte {
	if s.at >= len(s.text) {
		return 0
	}
	return s.text[s.at]
}

func (s *scanner) space() {
	for s.at < len(s.text) && bytes.IndexByte([]byte(jsonSpace), s.text[s.at]) >= 0 {
		s.at++
	}
}

// value passes over the value that begins here, and gives it.
func (s *scanner) value() []byte {
	begin, deep := s.at, 0
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case '"':
			s.quoted()
		case '{', '[':
			deep++
			s.at++
		case '}', ']':
			if deep == 0 { // of the object that a number stands in
				return s.text[begin:s.at]
			}
			deep--
			s.at++
		case ',', ':', ' ', '\t', '\r', '\n':
			if deep == 0 {
				return s.text[begin:s.at]
			}
			s.at++
			continue
		default:
			s.at++
			continue
		}
		if deep == 0 {
			break
		}
	}
	return s.text[begin:s.at]
}

// quoted passes over a string.
func (s *scanner) quoted() {
	for s.at++; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '\\':
			s.at++
		case '"':
			s.at++
			return
		}
	}
}

// unquote gives what a JSON string says.
func unquote(quoted []byte) string {
	if text, is := plainString(quoted); is {
		return text
	}
	var text string
	_ = json.Unmarshal(quoted, &text) // it is known to be well-formed
	return text
}

// plainString gives what a JSON string says that has nothing but ASCII in it and no escape; is is false of others.
func plainString(quoted []byte) (text string, is bool) {
	n := len(quoted)
	if n < 2 || quoted[0] != '"' || quoted[n-1] != '"' {
		return "", false
	}
	for _, c := range quoted[1 : n-1] {
		if c < ' ' || c >= 0x7f || c == '\\' || c == '"' {
			return "", false
		}
	}
	return string(quoted[1 : n-1]), true
}
