package book

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// spliced is the zip file of a workbook whose sheets, as excelize writes them, lack rows: these are put in at the end
// of a sheet's data.
type spliced struct {
	*zip.Writer
	rows    map[string]*ownRows // by part; what is written is taken out
	pending *frame              // the part that is being written; nil: none that lacks rows
}

// frame is a sheet without its rows.
type frame struct {
	bytes.Buffer
	part string
}

// Create begins a part.
func (s *spliced) Create(part string) (io.Writer, error) {
	if err := s.splice(); err != nil {
		return nil, err
	}
	if s.rows[part] == nil {
		return s.Writer.Create(part)
	}
	s.pending = &frame{part: part}
	return s.pending, nil
}

// splice writes the sheet that was begun, with its rows.
func (s *spliced) splice() error {
	f := s.pending
	if f == nil {
		return nil
	}
	s.pending = nil
	begin, end, is := bytes.Cut(f.Bytes(), []byte(sheetDataEnd))
	if !is {
		return fmt.Errorf("%s has no place for its rows", f.part)
	}
	to, err := s.Writer.Create(f.part)
	if err != nil {
		return err
	}
	_, err = to.Write(begin)
	if err == nil {
		err = s.rows[f.part].writeTo(to)
	}
	if err == nil {
		_, err = to.Write(append([]byte(sheetDataEnd), end...))
	}
	s.rows[f.part].close()
	delete(s.rows, f.part)
	return err
}

// Close ends the file. Rows that no sheet took would be missing in silence.
func (s *spliced) Close() error {
	err := s.splice()
	if err == nil && len(s.rows) > 0 {
		err = errors.New("rows of the workbook are left over")
	}
	return errors.Join(err, s.Writer.Close())
}

// closeRows throws away what wasn't written.
func (s *spliced) closeRows() {
	for _, r := range s.rows {
		r.close()
	}
}
