package book

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

const (
	// markupLimit is the greatest size of one tag or one run of text in a workbook's XML, in bytes.
	markupLimit = 4 << 20
	// depthLimit is how deep elements may be nested. Worksheets need about eight levels.
	depthLimit = 64
)

// xmlScanner walks XML in one forward pass. It is strict where a workbook could mean something else than it seems: end
// tags must match, there is no DTD, nothing may be missing at the end. It is fast where encoding/xml is not: nothing is
// allocated for a token. Names are local: <x:row> is "row".
type xmlScanner struct {
	in   io.Reader
	buf  []byte
	pos  int
	end  int
	done bool // in is at its end

	names  []byte // of the open elements, one after the other, prefixes and all
	starts []int  // where each begins in names
	root   bool   // the first element was seen

	// The token that next has read; valid until the next call.
	name  []byte // of a start tag, without prefix
	attrs []byte // of a start tag, raw
	empty bool   // the start tag is its own end: no end tag follows
	text  []byte // raw character data
	cdata bool   // text has no entities

	looks // of the runs that richText has read
}

type token uint8

const (
	endOfFile token = iota
	startTag
	endTag
	charData
)

// errCut says that XML ends before its elements do.
var errCut = errors.New("it ends in the middle")

func newXMLScanner(in io.Reader) *xmlScanner {
	return &xmlScanner{in: in, buf: make([]byte, 64<<10)}
}

// next reads one token. Comments and processing instructions are passed over.
func (x *xmlScanner) next() (token, error) {
	for {
		if err := x.need(1); err != nil {
			return endOfFile, x.atEnd(err)
		}
		if x.buf[x.pos] != '<' {
			kind, err := x.characters()
			if err != nil || kind == charData {
				return kind, err
			}
			continue
		}
		if err := x.need(2); err != nil {
			return endOfFile, x.cut(err)
		}
		switch x.buf[x.pos+1] {
		case '/':
			return endTag, x.endTag()
		case '?':
			if _, err := x.through("?>"); err != nil {
				return endOfFile, err
			}
		case '!':
			if found, err := x.bang(); found || err != nil {
				return charData, err
			}
		default:
			return startTag, x.startTag()
		}
	}
}

func (x *xmlScanner) atEnd(err error) error {
	switch {
	case err != io.EOF:
		return err
	case len(x.starts) > 0 || !x.root:
		return errCut
	}
	return nil
}

// characters reads text up to the next tag. Outside the root there may be blanks only, and they are no token.
func (x *xmlScanner) characters() (token, error) {
	at, err := x.find('<')
	if err != nil && err != io.EOF {
		return endOfFile, err
	}
	if err == io.EOF {
		at = x.end
	}
	x.text, x.cdata = x.buf[x.pos:at], false
	x.pos = at
	if len(x.starts) > 0 {
		return charData, nil
	}
	if text := bytes.TrimPrefix(x.text, []byte("\xef\xbb\xbf")); len(bytes.TrimSpace(text)) > 0 {
		return endOfFile, errors.New("it holds text outside its elements, or is not in UTF-8")
	}
	return endOfFile, nil
}

// bang reads what begins with "<!": a comment or CDATA. A DTD could change what the rest means: it is refused.
func (x *xmlScanner) bang() (isText bool, err error) {
	const cdata = "<![CDATA["
	if err := x.need(len(cdata)); err != nil && err != io.EOF {
		return false, err
	}
	switch rest := x.buf[x.pos:x.end]; {
	case bytes.HasPrefix(rest, []byte("<!--")):
		_, err := x.through("-->")
		return false, err
	case bytes.HasPrefix(rest, []byte(cdata)) && len(x.starts) > 0:
		all, err := x.through("]]>")
		if err != nil {
			return false, err
		}
		x.text, x.cdata = all[len(cdata):len(all)-len("]]>")], true
		return true, nil
	case len(rest) < len(cdata):
		return false, errCut
	}
	return false, errors.New("it holds a document type definition (DTD), which no spreadsheet program writes")
}

func (x *xmlScanner) startTag() error {
	at, err := x.tagEnd()
	if err != nil {
		return err
	}
	tag := x.buf[x.pos+1 : at]
	x.pos = at + 1
	x.empty = len(tag) > 0 && tag[len(tag)-1] == '/'
	if x.empty {
		tag = tag[:len(tag)-1]
	}
	full := tag
	for i, c := range tag {
		if isBlank(c) {
			full = tag[:i]
			break
		}
	}
	x.attrs = tag[len(full):]
	if len(full) == 0 || len(x.starts) == 0 && x.root {
		return errors.New("its elements are not well-formed")
	}
	x.root = true
	if x.name = full; bytes.IndexByte(full, ':') >= 0 {
		x.name = full[bytes.IndexByte(full, ':')+1:]
	}
	if x.empty {
		return nil
	}
	if len(x.starts) >= depthLimit {
		return fmt.Errorf("its elements are nested more than %d deep", depthLimit)
	}
	x.starts = append(x.starts, len(x.names))
	x.names = append(x.names, full...)
	return nil
}

func (x *xmlScanner) endTag() error {
	if len(x.starts) == 0 {
		return errors.New("its elements are not well-formed")
	}
	start := x.starts[len(x.starts)-1]
	open := x.names[start:]
	// Nearly every end tag is whole in the buffer, and is just the name.
	if end := x.pos + 2 + len(open); end < x.end && x.buf[end] == '>' && bytes.Equal(x.buf[x.pos+2:end], open) {
		x.pos = end + 1
	} else {
		at, err := x.find('>')
		if err != nil {
			return x.cut(err)
		}
		name := bytes.TrimRight(x.buf[x.pos+2:at], " \t\r\n")
		if x.pos = at + 1; !bytes.Equal(name, open) {
			return fmt.Errorf("its elements are not well-formed: </%.40s> ends nothing", name)
		}
	}
	x.names, x.starts = x.names[:start], x.starts[:len(x.starts)-1]
	return nil
}

// tagEnd finds the > of a start tag. Values of attributes may hold one too.
func (x *xmlScanner) tagEnd() (int, error) {
	var quote byte
	for looked := 0; ; {
		for i, c := range x.buf[x.pos+looked : x.end] {
			switch {
			case c == quote:
				quote = 0
			case quote != 0:
			case c == '>':
				return x.pos + looked + i, nil
			case c == '"' || c == '\'':
				quote = c
			}
		}
		looked = x.end - x.pos
		if err := x.more(); err != nil {
			return 0, x.cut(err)
		}
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// content appends the text of the element that has just begun, through its end; elements in it are left out.
func (x *xmlScanner) content(to []byte) ([]byte, error) {
	for !x.empty {
		kind, err := x.next()
		if err != nil {
			return to, err
		}
		switch kind {
		case charData:
			if to, err = x.appendText(to); err != nil {
				return to, err
			}
			if len(to) > markupLimit {
				return to, fmt.Errorf("it holds a row or text of more than %d MiB", markupLimit>>20)
			}
		case startTag:
			if err := x.skip(); err != nil {
				return to, err
			}
			x.empty = false
		default:
			return to, nil
		}
	}
	return to, nil
}

// skip passes over the element that has just begun, through its end.
func (x *xmlScanner) skip() error {
	if x.empty {
		return nil
	}
	for depth := len(x.starts); len(x.starts) >= depth; {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}

// appendText appends the character data that was read last, with its entities decoded.
func (x *xmlScanner) appendText(to []byte) ([]byte, error) {
	text := x.text
	if x.cdata {
		return append(to, text...), nil
	}
	return unescape(to, text)
}

// leap passes over the content of the element that has just begun, up to its end tag, without looking at what is in
// it. It is false, and the scanner of no more use, where one of the texts is in it that call for a closer look.
func (x *xmlScanner) leap(unless ...string) (bool, error) {
	mark := append([]byte("</"), x.names[x.starts[len(x.starts)-1]:]...)
	for {
		window := x.buf[x.pos:x.end]
		end := bytes.Index(window, mark)
		if end >= 0 {
			window = window[:end]
		}
		for _, text := range unless {
			if bytes.Contains(window, []byte(text)) {
				return false, nil
			}
		}
		if end >= 0 {
			x.pos += end
			return true, nil
		}
		const kept = 64 // what is looked for may begin here and end in what comes next; names are shorter
		x.pos = max(x.pos, x.end-kept)
		if err := x.more(); err != nil {
			return false, x.cut(err)
		}
	}
}

// find gives the index of c in buf at or after pos, and reads on until it is there.
func (x *xmlScanner) find(c byte) (int, error) {
	looked := 0
	for {
		if i := bytes.IndexByte(x.buf[x.pos+looked:x.end], c); i >= 0 {
			return x.pos + looked + i, nil
		}
		looked = x.end - x.pos
		if err := x.more(); err != nil {
			return 0, err
		}
	}
}

// through reads up to and with the mark, and gives what was read.
func (x *xmlScanner) through(mark string) ([]byte, error) {
	for {
		if i := bytes.Index(x.buf[x.pos:x.end], []byte(mark)); i >= 0 {
			all := x.buf[x.pos : x.pos+i+len(mark)]
			x.pos += len(all)
			return all, nil
		}
		if err := x.more(); err != nil {
			return nil, x.cut(err)
		}
	}
}

// cut makes an end that comes too early an error of its own.
func (x *xmlScanner) cut(err error) error {
	if err == io.EOF {
		return errCut
	}
	return err
}

// need makes sure that n bytes are there, or gives the error that keeps them away.
func (x *xmlScanner) need(n int) error {
	for x.end-x.pos < n {
		if err := x.more(); err != nil {
			return err
		}
	}
	return nil
}

// more reads on. What is before pos is dropped, so slices of buf die here.
func (x *xmlScanner) more() error {
	if x.done {
		return io.EOF
	}
	if x.pos > 0 {
		x.end = copy(x.buf, x.buf[x.pos:x.end])
		x.pos = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) >= markupLimit {
			return fmt.Errorf("it holds a text or tag of more than %d MiB", markupLimit>>20)
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	n, err := x.in.Read(x.buf[x.end:])
	x.end += n
	if err == io.EOF {
		x.done = true
		if n > 0 {
			err = nil
		}
	}
	return err
}

// looks is what richText saw of its runs.
type looks struct {
	struck  bool // one is struck through
	run     bool // that which is being read is
	crossed bool // there is text that is struck through
	plain   bool // there is text that isn't
}

// partly tells that a part of the text is struck through, another isn't.
func (l looks) partly() bool { return l.crossed && l.plain }
