package book

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// spill is a temporary file of texts, of which some pages are kept in memory: texts that are used one after the other
// mostly stand side by side.
type spill struct {
	file  *os.File // nil: nothing was written
	named bool     // it still has a name: open files can't be removed everywhere
	pages []page
}

// page is a piece of the file.
type page struct {
	number int64 // from 1; 0: it holds nothing
	bytes  []byte
}

const (
	pageSize  = 4 << 10
	pagesKept = 1 << 10
)

// write tells whether the bytes are in the file now.
func (s *spill) write(b []byte, at int64) bool {
	if s.file == nil {
		file, err := os.CreateTemp("", "bulkorder-texts-")
		if err != nil {
			return false
		}
		s.file, s.named, s.pages = file, os.Remove(file.Name()) != nil, make([]page, pagesKept)
	}
	_, err := s.file.WriteAt(b, at)
	return err == nil
}

// text reads n bytes.
func (s *spill) text(at int64, n int) (string, error) {
	number, from := at/pageSize+1, int(at%pageSize)
	if from+n > pageSize {
		b := make([]byte, n)
		if _, err := s.file.ReadAt(b, at); err != nil {
			return "", fmt.Errorf("reading its texts from the temporary file: %w", err)
		}
		return string(b), nil
	}
	p := &s.pages[number%pagesKept]
	if p.number != number {
		if p.bytes == nil {
			p.bytes = make([]byte, pageSize)
		}
		got, err := s.file.ReadAt(p.bytes, (number-1)*pageSize)
		if err != nil && (err != io.EOF || got < from+n) {
			p.number = 0
			return "", fmt.Errorf("reading its texts from the temporary file: %w", err)
		}
		p.number = number
	}
	return string(p.bytes[from : from+n]), nil
}

// close throws the file away.
func (s *spill) close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if s.named {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	s.file = nil
	return err
}
