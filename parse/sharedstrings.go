package parse

import (
	"errors"
	"fmt"
	"slices"
)

// sharedStrings are the texts that a workbook's cells refer to by number, in blocks: one piece of memory for all would
// have to be copied each time it grows.
type sharedStrings struct {
	blocks []stringBlock
}

// stringBlock holds blockStrings texts, the last block fewer.
type stringBlock struct {
	text string
	ends []uint32 // where each text ends
}

const blockStrings = 1024

// Texts stay in memory while the sheet is read, beyond sharedFree only where the file itself is large too.
const (
	sharedFree  = 32 << 20 // bytes that the texts of any file may take
	sharedRatio = 32       // of what they take to their packed size, past sharedFree
)

// get is the text with that number.
func (s *sharedStrings) get(i int) (string, bool) {
	if i < 0 || i/blockStrings >= len(s.blocks) {
		return "", false
	}
	block := s.blocks[i/blockStrings]
	if i %= blockStrings; i >= len(block.ends) {
		return "", false
	}
	start := uint32(0)
	if i > 0 {
		start = block.ends[i-1]
	}
	return block.text[start:block.ends[i]], true
}

// readSharedStrings reads the whole part.
func readSharedStrings(p parts, name string) (*sharedStrings, error) {
	in, err := p.open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	x := newXMLScanner(in)
	if err := x.rootIs("sst"); err != nil {
		return nil, err
	}
	var all sharedStrings
	var text, one []byte
	var ends []uint32
	held, limit := 0, max(sharedFree, sharedRatio*int(p[partName(name)].CompressedSize64))
	block := func() {
		all.blocks = append(all.blocks, stringBlock{string(text), slices.Clone(ends)})
		text, ends = text[:0], ends[:0]
	}
	for {
		kind, err := x.next()
		switch {
		case err != nil:
			return nil, err
		case kind == endOfFile:
			block()
			return &all, nil
		case kind == startTag && string(x.name) == "si":
			if one, err = x.richText(one[:0]); err != nil {
				return nil, err
			}
			one := unescapeUnits(one)
			text = append(text, one...)
			ends = append(ends, uint32(len(text))) // all parts together are smaller than unpackedLimit
			if held += len(one) + 4; held > limit {
				return nil, fmt.Errorf("its texts take more than %d times their packed size", sharedRatio)
			}
			if len(ends) == blockStrings {
				block()
			}
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
