package book

import (
	"bytes"
	"errors"
)

// attr takes the first attribute off attrs. The name is nil at the end.
func attr(attrs []byte) (name, value, rest []byte, err error) {
	attrs = skipBlanks(attrs)
	if len(attrs) == 0 {
		return nil, nil, nil, nil
	}
	if eq := bytes.IndexByte(attrs, '='); eq > 0 {
		name, attrs = attrs[:eq], skipBlanks(attrs[eq+1:])
		for len(name) > 0 && isBlank(name[len(name)-1]) {
			name = name[:len(name)-1]
		}
		if len(attrs) > 0 && (attrs[0] == '"' || attrs[0] == '\'') {
			if end := bytes.IndexByte(attrs[1:], attrs[0]); end >= 0 {
				return name, attrs[1 : 1+end], attrs[end+2:], nil
			}
		}
	}
	return nil, nil, nil, errors.New("its elements are not well-formed")
}

func skipBlanks(b []byte) []byte {
	for len(b) > 0 && isBlank(b[0]) {
		b = b[1:]
	}
	return b
}

// parent is the name, without prefix, of the element in which the one stands whose start tag was read last.
func (x *xmlScanner) parent() string {
	last := len(x.starts) - 1
	end := len(x.names)
	if !x.empty {
		if end, last = x.starts[last], last-1; last < 0 {
			return ""
		}
	}
	if last < 0 {
		return ""
	}
	name := x.names[x.starts[last]:end]
	return string(name[bytes.IndexByte(name, ':')+1:])
}

// attributes gives the values of the attributes of the start tag that was read last, in the order of the names; "" for
// those that it lacks. Prefixes of attributes do not count.
func (x *xmlScanner) attributes(names ...string) ([]string, error) {
	values := make([]string, len(names))
	for attrs := x.attrs; ; {
		name, value, rest, err := attr(attrs)
		if err != nil || name == nil {
			return values, err
		}
		attrs = rest
		name = name[bytes.IndexByte(name, ':')+1:]
		for i := range names {
			if names[i] == string(name) {
				plain, err := unescape(nil, value)
				if err != nil {
					return values, err
				}
				values[i] = string(plain)
			}
		}
	}
}
