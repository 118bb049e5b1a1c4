package parse

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// leftOut begins the notes of rows that a person left out by what is said of all of them.
const leftOut = "rows left out, as "

// LeftOut tells which notes of a sheet are of rows that a person left out by what was said of all of them, such as
// --where: these are no rows of the books. rows is how many there are.
func LeftOut(notes []string) (of []string, rows int) {
	for _, note := range notes {
		if !strings.HasPrefix(note, leftOut) && !strings.Contains(note, `": `+leftOut) {
			continue
		}
		of = append(of, note)
		numbers := note[strings.LastIndex(note, ": ")+2:]
		first, more, _ := strings.Cut(numbers, beyondFirst)
		rows += strings.Count(first, ",") + 1
		if n, err := strconv.Atoi(strings.TrimSuffix(more, " more")); err == nil {
			rows += n
		}
	}
	return of, rows
}

// beyondFirst stands between the rows that a tally names and how many there are beyond them.
const beyondFirst = " and "

// notes tells what was left out.
func (b *builder) notes() []string {
	var notes []string
	if b.apart.count > 0 {
		notes = append(notes, "rows skipped because no column that an order needs is filled (totals, remarks): "+
			b.apart.String())
	}
	if b.titled.count > 0 {
		notes = append(notes, "rows skipped because they are titles: "+b.titled.String())
	}
	if b.repeats.count > 0 {
		notes = append(notes, "rows skipped because they repeat the header: "+b.repeats.String())
	}
	if b.examples.count > 0 {
		notes = append(notes, "rows that are a template's examples, which are never ordered: "+b.examples.String())
	}
	if b.totals.count > 0 {
		notes = append(notes, "rows left out because they are totals: "+b.totals.String())
	}
	for _, c := range b.where {
		if c.left.count > 0 {
			notes = append(notes, fmt.Sprintf(leftOut+"--where %q says: %s", c.said, c.left))
		}
	}
	if b.crossed.count > 0 {
		notes = append(notes, leftOut+"they are struck through and --skip-struck says so: "+b.crossed.String())
	}
	for _, s := range b.skip {
		if s.left.count == 0 && slices.ContainsFunc(b.header.columns, s.means) {
			notes = append(notes, fmt.Sprintf("--skip-marked %q left no row out: no cell of that column is known as a "+
				"mark", s.name))
		}
		if s.left.count > 0 {
			notes = append(notes, fmt.Sprintf(leftOut+"they are marked in %q and --skip-marked says so: %s", s.name,
				s.left))
		}
	}
	if b.sections.count > 0 {
		notes = append(notes, leftOut+"they stand below a title that says done and --skip-sections says so: "+
			b.sections.String())
	}
	if b.remarks.count > 0 {
		notes = append(notes, "notes of yours that hold no row, for you to read: "+b.remarks.String())
	}
	if b.old.count > 0 {
		notes = append(notes, "rows with values of formulas that the workbook says are to be reckoned anew, and may be old: "+
			b.old.String()+"; to be sure, open it in Excel and save it once")
	}
	if b.outside != "" {
		notes = append(notes, "cells that stand in no column of the header are not read, the first is "+b.outside)
	}
	if b.beyond > 0 {
		notes = append(notes,
			fmt.Sprintf("the sheet was read up to row %d: row %d and those below it stand after %d or more blank rows and "+
				"were not read", b.last, b.beyond, blankRun))
	}
	return notes
}

// tally counts rows and keeps the first few numbers, so that it stays small.
type tally struct {
	count int
	first []string
}

func (t *tally) add(number int) {
	const most = 10
	if t.count++; t.count <= most {
		t.first = append(t.first, strconv.Itoa(number))
	}
}

func (t tally) String() string {
	s := strings.Join(t.first, ", ")
	if more := t.count - len(t.first); more > 0 {
		s += fmt.Sprintf("%s%d more", beyondFirst, more)
	}
	return s
}
