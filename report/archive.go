package report

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// archive is the zip file of a workbook with its parts in the order of their names. excelize walks its
// streamed sheets in the order of a map, and would keep the whole file in memory once more.
type archive struct {
	to    io.Writer
	parts []*part
}

// part is one file of the archive, compressed.
type part struct {
	name   string
	packed bytes.Buffer
	flate  *flate.Writer
	size   uint64
	sum    uint32
}

// into makes excelize write its zip file to w; what it is told to write to stays empty.
func into(w io.Writer) func(io.Writer) excelize.ZipWriter {
	return func(io.Writer) excelize.ZipWriter { return &archive{to: w} }
}

// Create begins a part; the one before is done.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.end(); err != nil {
		return nil, err
	}
	p := &part{name: name}
	p.flate, _ = flate.NewWriter(&p.packed, flate.DefaultCompression) // errors are about the level alone
	a.parts = append(a.parts, p)
	return p, nil
}

// AddFS is there for excelize's interface; nothing calls it.
func (a *archive) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the file.
func (a *archive) Close() error {
	if err := a.end(); err != nil {
		return err
	}
	slices.SortFunc(a.parts, func(x, y *part) int { return strings.Compare(x.name, y.name) })
	w := zip.NewWriter(a.to)
	for _, p := range a.parts {
		to, err := w.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Deflate, CRC32: p.sum, UncompressedSize64: p.size, CompressedSize64: uint64(p.packed.Len())})
		if err != nil {
			return err
		}
		if _, err := p.packed.WriteTo(to); err != nil {
			return err
		}
	}
	return w.Close()
}

func (a *archive) end() error {
	if len(a.parts) == 0 {
		return nil
	}
	return a.parts[len(a.parts)-1].flate.Close() // closing twice does nothing
}

func (p *part) Write(b []byte) (int, error) {
	p.size += uint64(len(b))
	p.sum = crc32.Update(p.sum, crc32.IEEETable, b)
	return p.flate.Write(b)
}
