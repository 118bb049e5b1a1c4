package parse

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// text is a file of text with its encoding found.
type text struct {
	file    io.ReaderAt
	size    int64
	start   int64             // behind the byte order mark
	charset encoding.Encoding // nil: UTF-8
}

// open reads the text from its start, as UTF-8.
func (t *text) open() io.Reader {
	in := io.NewSectionReader(t.file, t.start, t.size-t.start)
	if t.charset == nil {
		return in
	}
	return t.charset.NewDecoder().Reader(in)
}

// openText finds the encoding: a byte order mark is certain and wins, then what --encoding says, then UTF-8 where the
// whole file is valid. Anything else is an error that asks for --encoding.
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
		return t, nil
	case bytes.HasPrefix(mark, []byte("\xfe\xff")):
		t.start, t.charset = 2, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
		return t, nil
	case name != "":
		charset, err := htmlindex.Get(name)
		if err != nil {
			return nil, &FileError{Path: path, Wrong: fmt.Sprintf("cannot be read as %q: no such encoding", name), Mend: "use a name such as windows-1252, windows-1251 or utf-16le", Err: err}
		}
		if t.charset = charset; charset == unicode.UTF8 {
			t.charset = nil
		}
	}
	if t.charset != nil {
		return t, nil
	}
	valid, err := validUTF8(t.open())
	if err != nil {
		return nil, unreadableFile(path, err)
	}
	if !valid {
		return nil, t.askEncoding(path)
	}
	return t, nil
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

// askEncoding shows what some cells would be in the encodings that people use, so that the person can tell.
func (t *text) askEncoding(path string) error {
	const samples = 3
	var list []string
	records := newRecordReader(bufio.NewReader(t.open()), guessDelimiter(t.open()), "")
	for len(list) < samples {
		row, err := records.next()
		if err != nil {
			break
		}
		for i, c := range row.cells {
			if !utf8.ValidString(c.text) && len(list) < samples {
				list = append(list, fmt.Sprintf("%s%d is %q as windows-1252, %q as windows-1250, %q as windows-1251", Letter(i), row.number,
					readAs(charmap.Windows1252, c.text), readAs(charmap.Windows1250, c.text), readAs(charmap.Windows1251, c.text)))
			}
		}
	}
	return &FileError{Path: path, Wrong: "is not in UTF-8; " + strings.Join(list, "; "),
		Mend: "say --encoding with the name that reads right, or save the sheet as .xlsx or CSV UTF-8"}
}

func readAs(charset encoding.Encoding, s string) string {
	s, err := charset.NewDecoder().String(s)
	if err != nil {
		return "?"
	}
	return clip(trim(s), 30)
}
