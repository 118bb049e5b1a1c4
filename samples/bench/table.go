package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// line is one thing that is wanted.
type line struct {
	Goal  int
	Key   string  // names it for who measures it
	What  string  // for the reader
	Bound float64 // measured figures are in its unit
	Least bool    // the bound is the least that is wanted; false: the most
	Unit  string  // "s", "MiB"; empty: a ratio
}

// finding is what was measured for a line.
type finding struct {
	Value   float64
	Limit   float64 // the best that can be had here, as it was measured too; 0: nobody knows
	From    string  // the figures that it comes of
	Missing string  // why nothing was measured; empty: it was
}

// table puts what was found beside what is wanted.
type table struct {
	Lines []line
	Found map[string]finding
}

// leave takes a goal's lines out: they weren't asked for.
func (t *table) leave(goal int) {
	t.Lines = slices.DeleteFunc(t.Lines, func(l line) bool { return l.Goal == goal })
}

// holds tells whether a figure is within the line's bound.
func (l line) holds(value float64) bool { return l.within(value, l.Bound) }

func (l line) within(value, bound float64) bool {
	if l.Least {
		return value >= bound
	}
	return value <= bound
}

// nearly is how near to a limit a figure is that has reached it.
const nearly = 1.05

// reaches tells whether a figure that doesn't hold is as good as what was measured beside it: nothing could hold here.
func (l line) reaches(f finding) bool {
	switch {
	case f.Limit == 0 || l.holds(f.Limit):
		return false
	case l.Least:
		return f.Value*nearly >= f.Limit
	}
	return f.Value <= f.Limit*nearly
}

func (l line) wants() string {
	if l.Least {
		return "≥ " + figure(l.Bound, l.Unit)
	}
	return "≤ " + figure(l.Bound, l.Unit)
}

// figure writes a number with as many digits as tell something.
func figure(value float64, unit string) string {
	digits := 2
	switch {
	case value >= 100:
		digits = 0
	case value >= 10 || unit == "MiB":
		digits = 1
	}
	text := strconv.FormatFloat(value, 'f', digits, 64)
	if unit != "" {
		text += " " + unit
	}
	return text
}

func headings() []string {
	return []string{"goal", "what", "wanted", "measured", "ratio", "limit", "holds", "of"}
}

// cells are a line's row. The ratio is what was measured over what is wanted: at most 1 where less is better, at
// least 1 where more is. The limit is what something simpler reaches that keeps no books, measured in the same run.
func (t *table) cells(l line) []string {
	row := []string{strconv.Itoa(l.Goal), l.What, l.wants()}
	f, is := t.Found[l.Key]
	switch {
	case !is:
		return append(row, "-", "-", "", "-", "not measured")
	case f.Missing != "":
		return append(row, "-", "-", "", "-", "not measured: "+f.Missing)
	}
	limit := ""
	if f.Limit != 0 {
		limit = figure(f.Limit, l.Unit)
	}
	return append(row, figure(f.Value, l.Unit), figure(f.Value/l.Bound, ""), limit, l.verdict(f), f.From)
}

func (l line) verdict(f finding) string {
	switch {
	case l.holds(f.Value):
		return "yes"
	case l.reaches(f):
		return "limit"
	}
	return "no"
}

// summary counts by goal.
func (t *table) summary() string {
	var words []string
	for goal := 1; goal <= 10; goal++ {
		all, hold, reach, missing := 0, 0, 0, 0
		for _, l := range t.Lines {
			if l.Goal != goal {
				continue
			}
			all++
			switch f, is := t.Found[l.Key]; {
			case !is || f.Missing != "":
				missing++
			case l.holds(f.Value):
				hold++
			case l.reaches(f):
				reach++
			}
		}
		if all == 0 {
			continue
		}
		word := fmt.Sprintf("%d: %d of %d", goal, hold, all)
		if reach > 0 {
			word += fmt.Sprintf(" and %d at the limit", reach)
		}
		if missing > 0 {
			word += fmt.Sprintf(" (%d not measured)", missing)
		}
		words = append(words, word)
	}
	return "Lines that hold, by goal: " + strings.Join(words, ", ") + "."
}

// text is the table for a terminal and for Markdown alike.
func (t *table) text() string {
	rows := [][]string{headings()}
	for _, l := range t.Lines {
		rows = append(rows, t.cells(l))
	}
	widths := make([]int, len(headings()))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	rule := make([]string, len(widths))
	for i, width := range widths {
		rule[i] = strings.Repeat("-", width)
	}
	rows = slices.Insert(rows, 1, rule)
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			fmt.Fprintf(&b, "| %s%s ", cell, strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)))
		}
		b.WriteString("|\n")
	}
	return b.String()
}

// writeInto puts the table into the file of results, in place of what the last run of its kind put there.
func (t *table) writeInto(path, heading, machine string) error {
	old, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("writing the results: %w", err)
	}
	body := fmt.Sprintf("%s\n\nOn %s.\n\n%s", t.summary(), machine, t.text())
	if err := os.WriteFile(path, []byte(replaced(string(old), heading, body)), 0o644); err != nil {
		return fmt.Errorf("writing the results: %w", err)
	}
	return nil
}

const introduction = "# Results of the benchmarks\n\n" +
	"Written by `make bench` and `make bench-million`. The ratio is what was measured over what is wanted. The limit is\n" +
	"the best that can be had on this machine, as something simpler shows that is measured beside it: a line that doesn't\n" +
	"hold, and is within a twentieth of it, says so.\n"

// replaced gives the text with another body under a heading; other headings stay.
func replaced(text, heading, body string) string {
	parts := strings.Split(text, "\n## ")
	kept := []string{strings.TrimRight(introduction, "\n")}
	mine := heading + "\n\n" + strings.TrimRight(body, "\n")
	for _, part := range parts[min(1, len(parts)):] {
		name, _, _ := strings.Cut(part, "\n")
		if name == heading {
			kept, mine = append(kept, mine), ""
			continue
		}
		kept = append(kept, strings.TrimRight(part, "\n"))
	}
	if mine != "" {
		kept = append(kept, mine)
	}
	return strings.Join(kept, "\n\n## ") + "\n"
}
