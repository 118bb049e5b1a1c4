package parse

import (
	"bytes"
	"io"
	"iter"
	"strings"
)

// sampleSize is how much of a text is looked at to find its delimiter.
const sampleSize = 64 << 10

// textSource reads delimited text. Its cells are all text.
type textSource struct {
	text      *text
	delimiter byte
	sep       bool // the first line is "sep=;"
	sheet     string
}

// delimiters are tried in this order: the first wins ties.
const delimiters = ",;\t|"

// newTextSource finds the delimiter: what --delimiter says, or a first line "sep=;", or the one with which a row reads
// as a header, or the one that is there most often.
func newTextSource(path string, t *text, o Options, f *finder, sheet string) (*textSource, candidate, error) {
	s := &textSource{text: t, sheet: sheet}
	sep, found := sepLine(t.open())
	s.sep = found
	switch {
	case o.Delimiter > 0x7f || o.Delimiter != 0 && strings.ContainsRune("\"\r\n\x00", o.Delimiter):
		return nil, candidate{}, &FileError{
			Path:  path,
			Wrong: "cannot be read with the delimiter " + string(o.Delimiter),
			Mend:  "use one ASCII character, such as , or ; or a tab",
		}
	case o.Delimiter != 0:
		s.delimiter = byte(o.Delimiter)
	case found:
		s.delimiter = sep
	default:
		return s.try(f)
	}
	best, err := f.search(s)
	return s, best, err
}

// findText finds delimiter and header. Of a text whose encoding is doubtful, that may be any of them in which the
// header
// is known, where it isn't by the one that reads best.
func (s *Sheet) findText(t *text) (*textSource, candidate, error) {
	text, best, err := newTextSource(s.path, t, s.said, s.finder, s.Name)
	if err != nil || !t.doubtful || best.complete() {
		return text, best, err
	}
	was, known := t.name, ""
	for _, e := range legacyEncodings() {
		t.guess(e.name)
		_, c, err := newTextSource(s.path, t, s.said, s.finder, s.Name)
		if err == nil && c.complete() {
			if known != "" {
				known = ""
				break
			}
			known = e.name
		}
	}
	if known == "" {
		t.guess(was)
		return text, best, nil
	}
	t.guess(known)
	return newTextSource(s.path, t, s.said, s.finder, s.Name)
}

// try reads the first rows with each delimiter.
func (s *textSource) try(f *finder) (*textSource, candidate, error) {
	var best candidate
	var chosen byte
	for _, delimiter := range []byte(delimiters) {
		s.delimiter = delimiter
		c, err := f.search(s)
		if err == nil && c.complete() && c.known > best.known {
			best, chosen = c, delimiter
		}
	}
	if chosen != 0 {
		s.delimiter = chosen
		return s, best, nil
	}
	s.delimiter = guessDelimiter(s.text.open())
	best, err := f.search(s)
	return s, best, err
}

// guessDelimiter is the delimiter that the first 64 KB hold most often outside quotes.
func guessDelimiter(in io.Reader) byte {
	sample, _ := io.ReadAll(io.LimitReader(in, sampleSize)) // an error comes again when the rows are read
	counts := map[byte]int{}
	quoted := false
	for _, c := range sample {
		if c == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[c]++
		}
	}
	best := byte(delimiters[0])
	for _, d := range []byte(delimiters) {
		if counts[d] > counts[best] {
			best = d
		}
	}
	return best
}

// sepLine reads a first line such as "sep=;", with which Excel is told the delimiter.
func sepLine(in io.Reader) (delimiter byte, found bool) {
	line := make([]byte, 16)
	n, _ := io.ReadFull(in, line) // an error comes again when the rows are read
	line = line[:n]
	if end := bytes.IndexAny(line, "\r\n"); end >= 0 {
		line = line[:end]
	}
	line = bytes.Trim(line, `"`)
	if len(line) != 5 || !bytes.EqualFold(line[:4], []byte("sep=")) || line[4] > 0x7f {
		return 0, false
	}
	return line[4], true
}

func (s *textSource) rows() iter.Seq2[*rawRow, error] {
	return func(yield func(*rawRow, error) bool) {
		records := newRecordReader(s.text.open(), s.delimiter, s.sheet)
		for {
			row, err := records.next()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if row.Number == 1 && s.sep {
				continue // Excel takes this line for itself, but counts it
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}
