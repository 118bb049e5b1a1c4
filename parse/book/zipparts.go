package book

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits of a workbook. A sheet of a million rows and sixteen columns unpacks to less than 1 GiB, and shrinks to a
// tenth to a thirtieth when packed.
const (
	unpackedLimit = 2 << 30  // of all parts together, in bytes
	smallLimit    = 64 << 20 // what any file may unpack to
	ratioLimit    = 500      // of a part's unpacked size to its packed one, past smallLimit
	totalRatio    = 100      // of all parts' unpacked size to the file's, past smallLimit
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
		case f.CompressedSize64 > uint64(size):
			return nil, fmt.Errorf("it is cut off or damaged: its part %s is larger than the file", name)
		case f.UncompressedSize64 > unpackedLimit || total+f.UncompressedSize64 > unpackedLimit:
			return nil, errors.New("it unpacks to more than 2 GiB")
		case f.UncompressedSize64 > smallLimit && f.UncompressedSize64/ratioLimit > f.CompressedSize64:
			return nil, fmt.Errorf("its part %s unpacks to more than %d times its size", name, ratioLimit)
		}
		// Each part alone may look sound: several may share the same packed bytes.
		if total += f.UncompressedSize64; total > smallLimit && total/totalRatio > uint64(size) {
			return nil, &Fault{
				Wrong: fmt.Sprintf("unpacks to more than %d times its size: it is a trap, or the same long texts stand in it "+
					"very many times", totalRatio),
				Mend: "open it in Excel or LibreOffice and save it again: they keep a text that comes often only once",
			}
		}
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

// elements walks a part of XML to its end, and calls visit at each start tag. parent is the name of the element that it
// stands in.
func (p parts) elements(name string, visit func(x *xmlScanner, parent string) error) error {
	in, err := p.open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	x := newXMLScanner(in)
	for kind := startTag; kind != endOfFile; {
		if kind, err = x.next(); err == nil && kind == startTag {
			err = visit(x, x.parent())
		}
		if err != nil {
			return fmt.Errorf("its part %s is damaged: %w", name, err)
		}
	}
	return nil
}

// relation is one line of a .rels part.
type relation struct {
	id     string
	kind   string // the last word of its type: the address before it differs between the two forms of the standard
	target string
}

func (r relation) is(kind string) bool { return strings.EqualFold(r.kind, kind) }

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
	var list []relation
	err := p.elements(name, func(x *xmlScanner, _ string) error {
		if string(x.name) != "Relationship" {
			return nil
		}
		v, err := x.attributes("Id", "Type", "Target", "TargetMode")
		if err != nil {
			return err
		}
		r := relation{id: v[0], kind: path.Base(v[1]), target: v[2]}
		if !strings.EqualFold(v[3], "External") {
			if !strings.HasPrefix(r.target, "/") && !strings.HasPrefix(r.target, "\\") {
				r.target = path.Join(path.Dir(part), r.target)
			}
			r.target = partName(r.target)
		}
		if list = append(list, r); len(list) > areaLimit {
			return fmt.Errorf("it refers to more than %d others", areaLimit)
		}
		return nil
	})
	return list, err
}
