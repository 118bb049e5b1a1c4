package parse

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits of a workbook. A sheet of a million rows and sixteen columns unpacks to less than 1 GiB, and shrinks to a tenth
// to a thirtieth when packed.
const (
	unpackedLimit = 2 << 30  // of all parts together, in bytes
	smallLimit    = 64 << 20 // of a part that is held in memory: relationships, styles, the list of sheets
	ratioLimit    = 500      // of a part's unpacked size to its packed one, past smallLimit
	partLimit     = 65536    // of the number of parts
)

// parts are the files inside a workbook's zip, by lower-case path: names of parts have no case.
type parts map[string]*zip.File

// openParts reads the zip's directory, and refuses what could mean two things or would fill the machine.
func openParts(in io.ReaderAt, size int64) (parts, error) {
	r, err := zip.NewReader(in, size)
	if errors.Is(err, zip.ErrInsecurePath) {
		err = nil // nothing is ever written to a path of the zip
	}
	if err != nil {
		return nil, fmt.Errorf("it is cut off or damaged: %w", err)
	}
	if len(r.File) > partLimit {
		return nil, fmt.Errorf("it has %d parts, more than the %d that are allowed", len(r.File), partLimit)
	}
	p := parts{}
	var total uint64
	for _, f := range r.File {
		name := partName(f.Name)
		switch {
		case p[name] != nil:
			return nil, fmt.Errorf("it has two parts named %s", name)
		case f.Flags&1 != 0:
			return nil, errors.New("it is a zip that is protected by a password")
		case f.UncompressedSize64 > unpackedLimit || total+f.UncompressedSize64 > unpackedLimit:
			return nil, errors.New("it unpacks to more than 2 GiB")
		case f.UncompressedSize64 > smallLimit && f.UncompressedSize64/ratioLimit > f.CompressedSize64:
			return nil, fmt.Errorf("its part %s unpacks to more than %d times its size", name, ratioLimit)
		}
		total += f.UncompressedSize64
		p[name] = f
	}
	return p, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, "\\", "/"), "/"))
}

// open opens a part as a stream. archive/zip checks size and checksum, but only for who reads to the end.
func (p parts) open(name string) (io.ReadCloser, error) {
	f := p[partName(name)]
	if f == nil {
		return nil, fmt.Errorf("its part %s is missing", name)
	}
	return f.Open()
}

// startsWith tells whether a part begins with that text.
func (p parts) startsWith(name, text string) bool {
	in, err := p.open(name)
	if err != nil {
		return false
	}
	defer in.Close()
	start := make([]byte, len(text))
	_, err = io.ReadFull(in, start)
	return err == nil && string(start) == text
}

// decode reads a small part of XML into a struct.
func (p parts) decode(name string, into any) error {
	in, err := p.open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, smallLimit+1))
	switch {
	case err != nil:
		return fmt.Errorf("its part %s is damaged: %w", name, err)
	case len(data) > smallLimit:
		return fmt.Errorf("its part %s is larger than %d MiB", name, smallLimit>>20)
	case bytes.Contains(data, []byte("<!DOCTYPE")) || bytes.Contains(data, []byte("<!ENTITY")):
		return fmt.Errorf("its part %s holds a document type definition (DTD), which no spreadsheet program writes", name)
	}
	if err := xml.Unmarshal(data, into); err != nil {
		return fmt.Errorf("its part %s is damaged: %w", name, err)
	}
	return nil
}

// relation is one line of a .rels part.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// is compares the last word of the type: the address before it differs between the two forms of the standard.
func (r relation) is(kind string) bool {
	return strings.EqualFold(path.Base(r.Type), kind)
}

// relations reads what a part refers to; "" is the whole file. Targets inside the file become paths of parts; targets
// outside it stay as they are, and are never opened.
func (p parts) relations(part string) ([]relation, error) {
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	if p[partName(name)] == nil {
		return nil, nil
	}
	var doc struct {
		Relations []relation `xml:"Relationship"`
	}
	if err := p.decode(name, &doc); err != nil {
		return nil, err
	}
	for i, r := range doc.Relations {
		if strings.EqualFold(r.Mode, "External") {
			continue
		}
		if !strings.HasPrefix(r.Target, "/") && !strings.HasPrefix(r.Target, "\\") {
			r.Target = path.Join(path.Dir(part), r.Target)
		}
		doc.Relations[i].Target = partName(r.Target)
	}
	return doc.Relations, nil
}
