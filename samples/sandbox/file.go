package sandbox

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// file keeps the records, one JSON object a line. Several processes may have it
// open: whoever acts locks it and first reads what the others wrote, so that no
// two of them give out the same id.
type file struct {
	f      *os.File
	known  int64 // bytes that are in the books
	lines  int   // lines in them
	broken error // why nothing may be written anymore; nil: all is well
}

// load opens the file and enters what it holds.
func (s *Sandbox) load() error {
	_, missing := os.Stat(s.cfg.File)
	f, err := os.OpenFile(s.cfg.File, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	s.file = &file{f: f}
	if errors.Is(missing, os.ErrNotExist) {
		err = syncFolder(filepath.Dir(s.cfg.File))
	}
	if err == nil {
		var unlock func()
		if unlock, err = s.share(); err == nil {
			unlock()
			return nil
		}
	}
	_ = f.Close()
	return err
}

// syncFolder makes a new file's name last.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	// Not every system can sync a folder; where it can't, there is no need to.
	_ = folder.Sync()
	return folder.Close()
}

// share locks the file and enters what other processes wrote. The lock is
// kept until unlock is called.
func (s *Sandbox) share() (unlock func(), err error) {
	if s.file == nil {
		return func() {}, nil
	}
	if s.file.broken != nil {
		return nil, s.file.broken
	}
	if err := lock(s.file.f); err != nil {
		return nil, fmt.Errorf("locking %s: %w", s.cfg.File, err)
	}
	unlock = func() { release(s.file.f) }
	if err := s.file.read(s.books.apply); err != nil {
		s.file.broken = fmt.Errorf("%s: %w", s.cfg.File, err)
		unlock()
		return nil, s.file.broken
	}
	return unlock, nil
}

// catchUp enters what other processes wrote, if it can be read.
func (s *Sandbox) catchUp() {
	if unlock, err := s.share(); err == nil {
		unlock()
	}
}

// commit makes records last and then enters them, all or none. The caller
// has called share.
func (s *Sandbox) commit(records ...record) error {
	if s.file != nil {
		if err := s.file.write(records); err != nil {
			return err
		}
	}
	for _, r := range records {
		if err := s.books.apply(r); err != nil {
			return err
		}
	}
	return nil
}

// read hands on the records after those known. A last line that is torn was
// never answered for: it is cut off.
func (f *file) read(apply func(record) error) error {
	info, err := f.f.Stat()
	if err != nil {
		return err
	}
	rest := info.Size() - f.known
	if rest == 0 {
		return nil
	}
	if rest < 0 {
		return errors.New("it became shorter while in use")
	}
	lines := bufio.NewReader(io.NewSectionReader(f.f, f.known, rest))
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) == 0 && err == io.EOF {
			return nil
		}
		if err != nil && err != io.EOF {
			return err
		}
		var r record
		bad := json.Unmarshal(line, &r)
		rest -= int64(len(line))
		if rest == 0 && (bad != nil || !bytes.HasSuffix(line, []byte("\n"))) {
			return f.f.Truncate(f.known)
		}
		if bad == nil {
			bad = apply(r)
		}
		f.lines++
		if bad != nil {
			return fmt.Errorf("line %d: %w", f.lines, bad)
		}
		f.known += int64(len(line))
	}
}

// write appends records and syncs them. After a failure nobody knows what the
// disk holds, so nothing is written anymore.
func (f *file) write(records []record) error {
	var out bytes.Buffer
	for _, r := range records {
		line, err := json.Marshal(r)
		if err != nil {
			return err
		}
		out.Write(append(line, '\n'))
	}
	_, err := f.f.WriteAt(out.Bytes(), f.known)
	if err == nil {
		err = f.f.Sync()
	}
	if err != nil {
		f.broken = err
		// What is left of it would be read as taken.
		return errors.Join(err, f.f.Truncate(f.known))
	}
	f.known += int64(out.Len())
	f.lines += len(records)
	return nil
}

func (f *file) close() error {
	if f.broken == nil {
		f.broken = os.ErrClosed
	}
	return f.f.Close()
}
