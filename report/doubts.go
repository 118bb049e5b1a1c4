package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// doubtStep is the command that goes on with rows in doubt: looking for their orders, where that may find more,
// otherwise the decision that is a person's; empty: none is known.
func (r Result) doubtStep() string {
	if !r.looked() {
		return "bulkorder settle " + r.Batch
	}
	if slices.ContainsFunc(r.doubts, func(d journal.Doubted) bool { return !d.Finding.Later.IsZero() }) {
		return "bulkorder settle " + r.Batch + " --wait"
	}
	for _, d := range r.doubts {
		if d.Finding.Placed != "" {
			return r.decision([]parse.Line{d.Line}, "--placed "+ShellWord(d.Finding.Placed))
		}
	}
	if rows := r.absent(); rows != nil {
		return r.decision(rows, "--not-placed")
	}
	return ""
}

// looked tells whether orders were looked for since the rows are in doubt.
func (r Result) looked() bool {
	return len(r.doubts) == r.Rows.InDoubt &&
		!slices.ContainsFunc(r.doubts, func(d journal.Doubted) bool { return d.Finding == nil })
}

// absent gives the rows whose order isn't there.
func (r Result) absent() (rows []parse.Line) {
	for _, d := range r.doubts {
		if d.Finding.NotPlaced {
			rows = append(rows, d.Line)
		}
	}
	return rows
}

// decision is the command that says what became of rows. It never names an order that is none of theirs: that is a
// person's to say.
func (r Result) decision(rows []parse.Line, what string) string {
	return fmt.Sprintf("bulkorder settle %s --row %s %s", r.Batch, ShellWord(Lines(rows)), what) +
		` --reason "as settle found"`
}

// Lines writes rows as --row takes them: 3,7-12, one that shares its number 3@17, and where several worksheets are one
// sheet Nord!3,7-12,Lux!5.
func Lines(rows []parse.Line) string {
	rows = slices.Compact(slices.SortedFunc(slices.Values(rows), parse.CompareLines))
	next := func(a, b parse.Line) bool { return b.N == a.N+1 && a.Tab == b.Tab && a.Seq == 0 && b.Seq == 0 }
	var parts []string
	tab := ""
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && next(rows[j], rows[j+1]) {
			j++
		}
		part := rows[i].String()
		if rows[i].Tab == tab {
			part = strings.TrimPrefix(part, tab+"!")
		}
		tab = rows[i].Tab
		if j > i {
			part += fmt.Sprintf("-%d", rows[j].Number())
		}
		parts, i = append(parts, part), j+1
	}
	return strings.Join(parts, ",")
}

// doubtAdvice says what to do about rows in doubt.
func (r Result) doubtAdvice() (all []string) {
	if !r.looked() {
		look := fmt.Sprintf(
			" ordered: don't order it again by hand before `bulkorder settle %s` has looked for it.",
			r.Batch,
		)
		if r.Rows.InDoubt == 1 {
			return []string{"1 row may have been" + look}
		}
		return []string{
			fmt.Sprintf("%s rows may have been%s", Count(r.Rows.InDoubt), strings.ReplaceAll(look, " it", " them")),
		}
	}
	all = r.namesakes()
	var later, open []parse.Line
	for _, d := range r.doubts {
		switch f := d.Finding; {
		case !f.Later.IsZero():
			later = append(later, d.Line)
		case f.Placed == "" && !f.NotPlaced:
			open = append(open, d.Line)
		}
	}
	if later != nil {
		all = append(all, fmt.Sprintf("%s %s: an order may still appear; `bulkorder settle %s --wait` looks again.",
			RowWord(later), Lines(later), r.Batch))
	}
	told := 0
	for _, d := range r.doubts {
		if id := d.Finding.Placed; id != "" && told < mostAdvice {
			told++
			all = append(
				all,
				fmt.Sprintf("Row %s may well be order %s: look at its link on the panel's page of orders, then `%s`.",
					d.Line, id, r.decision([]parse.Line{d.Line}, "--placed "+ShellWord(id))),
			)
		}
	}
	if rows := r.absent(); rows != nil {
		words := "%s %s: no order of theirs is there; `%s` queues them again."
		if len(rows) == 1 {
			words = "%s %s: its order isn't there; `%s` queues it again."
		}
		all = append(all, fmt.Sprintf(words, RowWord(rows), Lines(rows), r.decision(rows, "--not-placed")))
	}
	if open != nil {
		all = append(all, fmt.Sprintf("%s %s: what is known decides nothing (`bulkorder explain %s %s` tells it). %s",
			RowWord(open), Lines(open), r.Batch, ShellWord(open[0].String()), r.openWords(open[0])))
	}
	return all
}

// openWords say how a person decides about a row of which nothing is proved.
func (r Result) openWords(row parse.Line) string {
	settle := fmt.Sprintf("bulkorder settle %s --row %s --reason", r.Batch, ShellWord(row.String()))
	return fmt.Sprintf("Look for the link on the panel's page of orders, then `%[1]s \"seen on the page\" --placed ID` or, "+
		"where none is there, `%[1]s \"not on the page\" --not-placed`.", settle)
}

// Left tells what is left to do about a row in doubt; twice: its number is that of another row too.
func (l Life) Left(twice bool) []string {
	e := l.Entry
	if Told(e.State) != journal.InDoubt {
		return nil
	}
	d := journal.Doubted{Line: e.At(), Finding: e.Finding}
	if twice {
		d.Line.Seq = e.Seq
	}
	r := Result{Batch: l.Batch.ID, doubts: []journal.Doubted{d}, Rows: Counts{InDoubt: 1}}
	if f := e.Finding; f != nil && f.Later.IsZero() && f.Placed == "" && !f.NotPlaced {
		return []string{"What is known decides nothing. " + r.openWords(d.Line)}
	}
	return r.doubtAdvice()
}

// namesakes says which rows are meant where several of the batch bear one number.
func (r Result) namesakes() (all []string) {
	for _, d := range r.doubts {
		if d.Line.Seq == 0 || len(all) == mostAdvice {
			continue
		}
		left := ""
		if d.Left {
			left = ", which the sheet no longer has so"
		}
		all = append(all, fmt.Sprintf("Row %s is the one for %s%s: other rows have had that number too.", d.Line,
			cmp.Or(d.Link, "no link"), left))
	}
	return all
}

// mostAdvice is how many decisions are told at once.
const mostAdvice = 5

// RowWord is the word before numbers of rows.
func RowWord(rows []parse.Line) string {
	if len(rows) == 1 {
		return "Row"
	}
	return "Rows"
}
