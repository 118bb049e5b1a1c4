package book

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Note is a comment on a cell, which a spreadsheet shows beside it: the text of a note, or one answer of a thread.
type Note struct {
	Row, Column int // the row from 1, the column from 0
	Text        string
}

const (
	notesLimit = 1 << 16 // how many a sheet may have
	notesBytes = 8 << 20 // that they may have together
	noteLimit  = 2000    // bytes of a note that are kept
)

// ownAuthor is who writes the notes of marked copies and templates: what the program itself said of a row is no word of
// a person's.
const ownAuthor = "bulkorder"

// readNotes reads the comments of a worksheet, by row. Threads of newer programs stand in a part of their own, beside a
// note for the older ones.
func (w *Sheet) readNotes(relations []relation) (notes []Note, err error) {
	for _, r := range relations {
		if w.book.parts[r.target] == nil {
			continue
		}
		switch {
		case r.is("comments"):
			notes, err = w.readComments(r.target, "comment", notes)
		case r.is("threadedComment"):
			notes, err = w.readComments(r.target, "threadedComment", notes)
		}
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(notes, func(a, b Note) int { return cmp.Compare(a.Row, b.Row) })
	return notes, nil
}

// readComments reads one part of comments, whose elements have that name.
func (w *Sheet) readComments(part, element string, notes []Note) ([]Note, error) {
	own, authors, size := "", 0, 0
	var text []byte
	err := w.book.parts.elements(part, func(x *xmlScanner, parent string) (err error) {
		switch name := string(x.name); {
		case parent == "authors" && name == "author":
			if text, err = x.content(text[:0]); strings.TrimSpace(string(text)) == ownAuthor {
				own = fmt.Sprint(authors)
			}
			authors++
		case name == element:
			v, err := x.attributes("ref", "authorId")
			if err != nil {
				return err
			}
			if len(notes) >= notesLimit {
				return fmt.Errorf("it has more than %d comments", notesLimit)
			}
			column, row, ok := reference([]byte(v[0]))
			if !ok {
				return errors.New("it has a comment without a cell")
			}
			if own != "" && v[1] == own {
				row = 0
			}
			notes = append(notes, Note{Row: row, Column: column})
		case name == "text" && parent == element && len(notes) > 0:
			text, err = x.noteText(text[:0])
			notes[len(notes)-1].Text = strings.ToValidUTF8(string(text[:min(len(text), noteLimit)]), "")
			if size += min(len(text), noteLimit); err == nil && size > notesBytes {
				err = fmt.Errorf("it has more than %d MiB of comments", notesBytes>>20)
			}
		}
		return err
	})
	return slices.DeleteFunc(notes, func(n Note) bool { return n.Row == 0 }), err
}

// noteText appends the text of a comment that has just begun, through its end: in runs, or as it stands.
func (x *xmlScanner) noteText(to []byte) ([]byte, error) {
	if x.empty {
		return to, nil
	}
	for depth := len(x.starts); len(x.starts) >= depth; {
		kind, err := x.next()
		if err == nil && kind == charData && len(to) < noteLimit {
			to, err = x.appendText(to)
		}
		if err != nil {
			return to, err
		}
	}
	return to, nil
}

// notesOf are the notes of a row. Rows are asked for from the first to the last.
func (f *filler) notesOf(row int) []Note {
	for len(f.notes) > 0 && f.notes[0].Row < row {
		f.notes = f.notes[1:]
	}
	n := 0
	for n < len(f.notes) && f.notes[n].Row == row {
		n++
	}
	return f.notes[:n:n]
}
