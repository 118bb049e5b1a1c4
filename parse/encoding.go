package parse

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"

	"bulkorder/parse/book"
)

// text is a file of text with its encoding found.
type text struct {
	file     io.ReaderAt
	size     int64
	start    int64               // behind the byte order mark
	charset  encoding.Encoding   // nil: UTF-8
	doubtful bool                // charset is a guess, of no matter where all that is sent is ASCII
	name     string              // of such a guess
	read     map[string][]string // what cells of a doubtful text may be
}

// open reads the text from its start, as UTF-8.
func (t *text) open() io.Reader {
	if t.charset == nil {
		return t.bytes()
	}
	return t.charset.NewDecoder().Reader(t.bytes())
}

// bytes reads the text from its start, as it is in the file.
func (t *text) bytes() io.Reader {
	return io.NewSectionReader(t.file, t.start, t.size-t.start)
}

// openText finds the encoding: a byte order mark is certain and wins, then what --encoding says, then UTF-8 where the
// whole file is valid. Anything else is doubtful, and read by the encoding in which it reads best.
func openText(path string, file io.ReaderAt, size int64, name string) (*text, error) {
	t := &text{file: file, size: size}
	mark := make([]byte, 3)
	n, err := file.ReadAt(mark, 0)
	if err != nil && err != io.EOF {
		return nil, unreadableFile(path, err)
	}
	mark = mark[:n]
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		t.start = 3
	case bytes.HasPrefix(mark, []byte("\xff\xfe")):
		t.start, t.charset = 2, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case bytes.HasPrefix(mark, []byte("\xfe\xff")):
		t.start, t.charset = 2, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case name != "":
		if t.charset, err = named(path, name); err != nil {
			return nil, err
		}
	}
	if t.charset != nil {
		return t, nil
	}
	valid, err := validUTF8(t.open())
	switch {
	case err != nil:
		return nil, unreadableFile(path, err)
	case valid:
		return t, nil
	case t.start > 0:
		return nil, &FileError{
			Path:  path,
			Wrong: "begins with the mark of UTF-8, but is not in UTF-8 throughout: it was damaged, or put together of two files",
			Mend:  "save the sheet again as .xlsx or CSV UTF-8",
		}
	case name != "":
		return nil, t.askEncoding(path, guessDelimiter(t.open()), nil)
	}
	t.doubtful = true
	t.guess(bestEncoding(t.foreign()))
	return t, nil
}

// guess reads a doubtful text by an encoding.
func (t *text) guess(name string) {
	for _, e := range legacyEncodings() {
		if e.name == name {
			t.name, t.charset = e.name, e.charset
		}
	}
}

// foreign are the words of the first 64 KB that aren't ASCII, as they are in the file.
func (t *text) foreign() string {
	sample, _ := io.ReadAll(io.LimitReader(t.bytes(), sampleSize)) // an error comes again when the rows are read
	var words, word []byte
	high := false
	for _, c := range append(sample, ' ') {
		if letter := c|0x20 >= 'a' && c|0x20 <= 'z'; letter || c >= utf8.RuneSelf {
			word, high = append(word, c), high || !letter
			continue
		}
		if high {
			words = append(append(words, word...), ' ')
		}
		word, high = word[:0], false
	}
	return string(words)
}

// named is the encoding that --encoding names, nil for UTF-8. The names of browsers come first; Excel's "CSV (MS-DOS)"
// is in an encoding such as cp850 that they lack.
func named(path, name string) (encoding.Encoding, error) {
	charset, err := htmlindex.Get(name)
	if err != nil {
		charset, err = ianaindex.IANA.Encoding(name)
	}
	if err != nil || charset == nil {
		return nil, &FileError{
			Path:  path,
			Wrong: fmt.Sprintf("cannot be read as %q: no such encoding", name),
			Mend:  "use a name such as windows-1252, windows-1251 or utf-16le",
			Err:   err,
		}
	}
	if charset == unicode.UTF8 {
		return nil, nil
	}
	return charset, nil
}

// validUTF8 looks at the whole text.
func validUTF8(in io.Reader) (bool, error) {
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := io.ReadFull(in, buf[kept:])
		chunk := buf[:kept+n]
		end := err == io.EOF || err == io.ErrUnexpectedEOF
		if err != nil && !end {
			return false, err
		}
		kept = 0
		if !end {
			kept = cutRune(chunk)
		}
		if !utf8.Valid(chunk[:len(chunk)-kept]) {
			return false, nil
		}
		if end {
			return true, nil
		}
		copy(buf, chunk[len(chunk)-kept:])
	}
}

// cutRune counts the bytes at the end that begin a character which the next chunk may end.
func cutRune(b []byte) int {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if utf8.FullRune(b[len(b)-i:]) {
				return 0
			}
			return i
		}
	}
	return 0
}

// otherEncodings are named where none of those that are shown may read right.
const otherEncodings = "try gbk, big5, shift_jis, euc-kr or windows-1256"

// askEncoding shows what some cells would be in the encodings that people use, the one that reads best first, so that
// the person can tell. With a header, only what is sent counts: it is nil where all that is ASCII.
func (t *text) askEncoding(path string, delimiter byte, h *header) error {
	const samples = 3
	var places, texts []string
	records := newRecordReader(t.bytes(), delimiter, "")
	for len(texts) < samples {
		row, err := records.next()
		if err != nil {
			break // it comes again when the rows are read
		}
		for i, c := range row.Cells {
			if len(texts) < samples &&
				(h == nil && !ascii(c.Text) || h != nil && row.Number > h.row && h.sends(i, c.Text)) {
				places, texts = append(places, Letter(i)+strconv.Itoa(row.Number)), append(texts, c.Text)
			}
		}
	}
	if h != nil && texts == nil {
		return nil
	}
	best := bestEncoding(strings.Join(texts, " "))
	all := commonEncodings()
	for _, e := range rarerEncodings() {
		if e.name == best {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b legacy) int { return rank(a.name, best) - rank(b.name, best) })
	var list []string
	for i, text := range texts {
		var readings []string
		for _, e := range all {
			readings = append(readings, fmt.Sprintf("%q as %s", readAs(e.charset, text), e.name))
		}
		list = append(list, places[i]+" is "+strings.Join(readings, ", "))
	}
	return &FileError{Path: path, Wrong: "is not in UTF-8; " + strings.Join(list, "; "),
		Mend: "say --encoding with the name that reads right (" + best + " reads best; where none does, " + otherEncodings +
			"), or save the sheet as .xlsx or CSV UTF-8"}
}

// readings are what a cell of a doubtful text may be: as it was read, and in the other encodings.
func (t *text) readings(cell string) []string {
	if !t.doubtful || ascii(cell) {
		return []string{cell}
	}
	const most = 1000 // cells that are kept
	if all, known := t.read[cell]; known {
		return all
	}
	if t.read == nil || len(t.read) >= most {
		t.read = map[string][]string{}
	}
	all := t.decoded(cell)
	t.read[strings.Clone(cell)] = all
	return all
}

// decoded are those readings of a cell that isn't ASCII.
func (t *text) decoded(cell string) []string {
	all := []string{strings.Clone(cell)}
	raw, err := t.charset.NewEncoder().String(cell)
	if err != nil {
		return all
	}
	for _, e := range legacyEncodings() {
		if text, err := e.charset.NewDecoder().String(raw); err == nil && !slices.Contains(all, text) &&
			!strings.ContainsRune(text, utf8.RuneError) {
			all = append(all, text)
		}
	}
	return all
}

// sends tells whether a cell in the column with that index holds something that is sent and is not ASCII. The byte A0
// between digits is no letter: Excel in France parts thousands with it.
func (h *header) sends(index int, text string) bool {
	for _, col := range h.columns {
		if col.index == index && col.Field != "" {
			return !ascii(text) && (col.kind != integer || !ascii(strings.ReplaceAll(text, "\xa0", " ")))
		}
	}
	return false
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

func readAs(charset encoding.Encoding, s string) string {
	s, err := charset.NewDecoder().String(s)
	if err != nil {
		return "?"
	}
	return clip(book.Trim(s), 30)
}
