package parse

import (
	"errors"
	"strings"
)

// sharedStrings are the texts that a workbook's cells refer to by number, in one piece of memory.
type sharedStrings struct {
	text string
	ends []uint32 // where each text ends
}

// get is the text with that number.
func (s *sharedStrings) get(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	start := uint32(0)
	if i > 0 {
		start = s.ends[i-1]
	}
	return s.text[start:s.ends[i]], true
}

// readSharedStrings reads the whole part.
func readSharedStrings(p parts, name string) (*sharedStrings, error) {
	in, err := p.open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var all strings.Builder
	var ends []uint32
	var one []byte
	x := newXMLScanner(in)
	if err := x.rootIs("sst"); err != nil {
		return nil, err
	}
	for {
		kind, err := x.next()
		switch {
		case err != nil:
			return nil, err
		case kind == endOfFile:
			return &sharedStrings{all.String(), ends}, nil
		case kind == startTag && string(x.name) == "si":
			if one, err = x.richText(one[:0]); err != nil {
				return nil, err
			}
			all.Write(unescapeUnits(one))
			ends = append(ends, uint32(all.Len())) // the part is smaller than unpackedLimit, and so is its text
		case kind == startTag:
			if err := x.skip(); err != nil {
				return nil, err
			}
		}
	}
}

// rootIs reads up to the first element, which must have that name.
func (x *xmlScanner) rootIs(name string) error {
	kind, err := x.next()
	if err == nil && (kind != startTag || string(x.name) != name) {
		err = errors.New("it begins with something else than <" + name + ">")
	}
	return err
}

// richText appends the text of an <si> or <is> that has just begun, through its end: its <t>, and those of its runs
// <r>. Phonetic readings (rPh) are no part of the text.
func (x *xmlScanner) richText(to []byte) ([]byte, error) {
	for !x.empty {
		kind, err := x.next()
		switch {
		case err != nil:
			return to, err
		case kind == endTag:
			return to, nil
		case kind != startTag:
			continue
		}
		switch string(x.name) {
		case "t":
			to, err = x.content(to)
		case "r":
			to, err = x.richText(to)
		default:
			err = x.skip()
		}
		if err != nil {
			return to, err
		}
		x.empty = false
	}
	return to, nil
}
