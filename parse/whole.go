package parse

import (
	"hash/maphash"
	"io"
	"math"
	"os"
)

// imprint stands for the bytes of a file as they were before anything was read from it. The file's times say nothing:
// they change without the bytes, and a write within one tick of the clock leaves them as they are.
type imprint struct {
	path string
	file *os.File
	seed maphash.Seed
	was  uint64
}

// imprintOf reads the file once, as a stream.
func imprintOf(path string, file *os.File) (*imprint, error) {
	p := &imprint{path: path, file: file, seed: maphash.MakeSeed()}
	var err error
	p.was, err = p.sum()
	return p, err
}

func (p *imprint) sum() (uint64, error) {
	var h maphash.Hash
	h.SetSeed(p.seed)
	if _, err := io.Copy(&h, io.NewSectionReader(p.file, 0, math.MaxInt64)); err != nil {
		return 0, unreadableFile(p.path, err)
	}
	return h.Sum64(), nil
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
