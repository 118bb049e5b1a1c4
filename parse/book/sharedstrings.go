package book

import (
	"bytes"
	"errors"
	"fmt"
)

// sharedStrings are the texts that a workbook's cells refer to by number. They stand one after the other in blocks, as
// one piece of memory would have to be copied each time it grows. No text crosses the end of a block. The first blocks
// stay in memory, the others go to a temporary file.
type sharedStrings struct {
	blocks []string // empty: it is in the file
	spill  spill
	ends   [][]uint32   // where each text ends, as if all blocks were textBlock long; endBlock of them in one piece
	block  []byte       // the block that is being filled
	struck map[int]bool // those with parts that are struck through
	partly map[int]bool // of these, those with parts that aren't
	count  int
	held   int // bytes of memory
}

const (
	textBlock    = 1 << 20
	endBlock     = 1 << 14
	memoryBlocks = 16 // that stay in memory
)

// Texts may take more than sharedFree only where the file itself is large too.
const (
	sharedFree  = 32 << 20 // bytes that the texts of any file may take
	sharedRatio = 32       // of what they take to their packed size, past sharedFree
)

// get is the text with that number; ok is false where there is none. It is not for several goroutines at once.
func (s *sharedStrings) get(i int) (text string, ok bool, err error) {
	if i < 0 || i >= s.count {
		return "", false, nil
	}
	start, end := 0, s.end(i)
	if i > 0 {
		start = s.end(i - 1)
	}
	if start == end {
		return "", true, nil
	}
	block := (end - 1) / textBlock
	start = max(start, block*textBlock)
	if s.blocks[block] == "" {
		text, err = s.spill.text(int64(start), end-start)
		return text, err == nil, err
	}
	return s.blocks[block][start-block*textBlock : end-block*textBlock], true, nil
}

func (s *sharedStrings) end(i int) int { return int(s.ends[i/endBlock][i%endBlock]) }

func (s *sharedStrings) add(text []byte) error {
	if len(text) > textBlock || len(s.blocks) > 4000 { // uint32 has room for 4096 blocks
		return errors.New("its texts are too long")
	}
	if len(s.block)+len(text) > textBlock {
		s.close()
	}
	s.block = append(s.block, text...)
	if s.count%endBlock == 0 {
		s.ends = append(s.ends, make([]uint32, 0, endBlock))
	}
	last := &s.ends[len(s.ends)-1]
	*last = append(*last, uint32(len(s.blocks)*textBlock+len(s.block)))
	s.count++
	s.held += len(text) + 4
	return nil
}

// strike notes that the text with that number is struck through.
func (s *sharedStrings) strike(i int) {
	if s.struck == nil {
		s.struck, s.partly = map[int]bool{}, map[int]bool{}
	}
	const slot = 32 // bytes of an entry
	s.struck[i] = true
	s.held += slot
}

// close ends the block that is being filled. Where it can't be written to a file it stays in memory.
func (s *sharedStrings) close() {
	kept := ""
	if len(s.blocks) < memoryBlocks || !s.spill.write(s.block, int64(len(s.blocks))*textBlock) {
		kept = string(s.block)
	}
	s.blocks, s.block = append(s.blocks, kept), s.block[:0]
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
	all := &sharedStrings{}
	if err := all.read(x, max(sharedFree, sharedRatio*int(p[partName(name)].CompressedSize64))); err != nil {
		all.spill.close()
		return nil, err
	}
	return all, nil
}

// read reads what stands in the part, up to so many bytes.
func (s *sharedStrings) read(x *xmlScanner, limit int) error {
	var text []byte
	for {
		kind, err := x.next()
		switch {
		case err != nil:
			return err
		case kind == endOfFile:
			s.close()
			return nil
		case kind == startTag && string(x.name) == "si":
			x.looks = looks{}
			if text, err = x.richText(text[:0]); err != nil {
				return err
			}
			if x.struck {
				s.strike(s.count)
			}
			if x.partly() {
				s.partly[s.count] = true
			}
			if err := s.add(unescapeUnits(text)); err != nil {
				return err
			}
			if s.held > limit {
				return fmt.Errorf("its texts take more than %d times their packed size", sharedRatio)
			}
		case kind == startTag:
			if err := x.skip(); err != nil {
				return err
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
			begun := len(to)
			if to, err = x.content(to); len(bytes.TrimSpace(to[begun:])) > 0 {
				x.crossed, x.plain = x.crossed || x.run, x.plain || !x.run
			}
		case "r":
			x.run = false
			to, err = x.richText(to)
			x.run = false
		case "rPr":
			err = x.runLooks()
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

// runLooks reads the looks of a run that has just begun, through their end.
func (x *xmlScanner) runLooks() error {
	for !x.empty {
		kind, err := x.next()
		switch {
		case err != nil:
			return err
		case kind == endTag:
			return nil
		case kind != startTag:
			continue
		}
		if string(x.name) == "strike" {
			v, err := x.attributes("val")
			if err != nil {
				return err
			}
			x.run = on(v[0])
			x.struck = x.struck || x.run
		}
		if err := x.skip(); err != nil {
			return err
		}
		x.empty = false
	}
	return nil
}
