package parse

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"math"
	"os"
)

// imprint stands for the bytes of a file as they were before anything was read from it. The file's times say nothing:
// they change without the bytes, and a write within one tick of the clock leaves them as they are.
type imprint struct {
	path string
	file *os.File
	was  [sha256.Size]byte
}

// imprintOf reads the file once, as a stream.
func imprintOf(path string, file *os.File) (*imprint, error) {
	p := &imprint{path: path, file: file}
	var err error
	p.was, err = p.sum()
	return p, err
}

func (p *imprint) sum() (sum [sha256.Size]byte, err error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(p.file, 0, math.MaxInt64)); err != nil {
		return sum, unreadableFile(p.path, err)
	}
	h.Sum(sum[:0])
	return sum, nil
}

// Digest stands for the bytes of the file: files of the same bytes have the same. Empty: it isn't a file that others
// may write to, such as standard input.
func (s *Sheet) Digest() string {
	if s.imprint == nil {
		return ""
	}
	return hex.EncodeToString(s.imprint.was[:16])
}

// changed fails where the bytes are no longer those that they were: what was read is neither the old sheet nor the new
// one. Without an imprint nobody else writes to the file.
func (p *imprint) changed() error {
	if p == nil {
		return nil
	}
	is, err := p.sum()
	if err == nil && is != p.was {
		err = &FileError{
			Path:  p.path,
			Wrong: "was changed while it was read, so that what was read is neither the old sheet nor the new one",
			Mend:  "wait until it is saved, then start again; nothing was sent",
		}
	}
	return err
}
