package journal

import (
	"bytes"
	"encoding/json"

	"bulkorder/batch/panel"
)

// listReader reads lists of texts as [encode] writes them. They are scanned, as a decoder is most of what reading a row
// costs; ok is false of anything unusual, which a decoder must read.
type listReader struct {
	rest []byte
	ok   bool
}

// take reads what must come next.
func (r *listReader) take(what string) bool {
	if !bytes.HasPrefix(r.rest, []byte(what)) {
		return false
	}
	r.rest = r.rest[len(what):]
	return true
}

// text reads a text in quotes.
func (r *listReader) text() string {
	if !r.ok || !r.take(`"`) {
		r.ok = false
		return ""
	}
	for i, c := range r.rest {
		switch c {
		case '\\':
			return r.escaped(i)
		case '"':
			s := string(r.rest[:i])
			r.rest = r.rest[i+1:]
			return s
		}
	}
	r.ok = false
	return ""
}

// escaped reads a text that has a backslash, the first at an index.
func (r *listReader) escaped(i int) (s string) {
	for ; i < len(r.rest); i++ {
		switch r.rest[i] {
		case '\\':
			i++
		case '"':
			quoted := make([]byte, 0, i+2)
			quoted = append(append(append(quoted, '"'), r.rest[:i]...), '"')
			r.ok, r.rest = json.Unmarshal(quoted, &s) == nil, r.rest[i+1:]
			return s
		}
	}
	r.ok = false
	return ""
}

// list reads a list of what one reads.
func (r *listReader) list(one func()) bool {
	r.ok = r.take(`[`)
	if r.ok && r.take(`]`) {
		return len(r.rest) == 0
	}
	for r.ok {
		if one(); r.ok && r.take(`]`) {
			return len(r.rest) == 0
		}
		r.ok = r.ok && r.take(`,`)
	}
	return false
}

// decodeTexts reads a list of texts.
func decodeTexts(b []byte) (all []string, err error) {
	r := listReader{rest: b}
	all = make([]string, 0, 8+len(b)/16)
	if r.list(func() { all = append(all, r.text()) }) {
		return all, nil
	}
	all = nil
	return all, json.Unmarshal(b, &all)
}

// decodeParams reads a list of parameters.
func decodeParams(b []byte) (all []panel.Param, err error) {
	r := listReader{rest: b}
	if r.list(func() {
		var p panel.Param
		r.ok = r.take(`{"Name":`)
		p.Name = r.text()
		r.ok = r.ok && r.take(`,"Value":`)
		p.Value = r.text()
		r.ok = r.ok && r.take(`}`)
		all = append(all, p)
	}) {
		return all, nil
	}
	all = nil
	return all, json.Unmarshal(b, &all)
}
