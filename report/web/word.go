package web

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	gohash "hash"
	"maps"
	"slices"
	"strings"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
)

// What a person decides about rows that wait is about those that they saw. It is kept with what stands for these, and
// counts while the same rows wait for it: a row that was edited since, that another worksheet brought or that somebody
// else ordered meanwhile was never asked about.

const (
	allowDuplicates = "allow-duplicates"
	allowRepeat     = "allow-repeat"
	acceptPrice     = "accept-price"
	ofWarning       = "warning " // and its name
)

// waiting are the rows that wait for one decision.
type waiting struct {
	Rows  int
	About string   // stands for them
	Named []string // the first of them, each with what it is warned of
}

// mostNamedRows is how many rows a decision names that it is about.
const mostNamedRows = 20

// stages are decisions in the order in which they count: what one lets go may wait for a later one.
func stages() [][]string {
	return [][]string{{allowDuplicates}, {allowRepeat, ofWarning}, {acceptPrice}}
}

// waiting finds the rows that wait for decisions, by their names.
func (v *review) waiting(ctx context.Context) (map[string]waiting, error) {
	all, sums := map[string]waiting{}, map[string]gohash.Hash{}
	if v.offer.Totals.States[journal.Held] == 0 {
		return all, nil
	}
	for e, err := range v.draft.RowsIn(ctx, journal.Held) {
		if err != nil {
			return nil, err
		}
		for _, name := range waitsFor(e) {
			if sums[name] == nil {
				sums[name] = sha256.New()
			}
			fmt.Fprintf(sums[name], "%d %q %q %q %q %s %q %q\n", e.Line, e.Tab, e.Panel, e.Service, e.Cells, e.Rate, e.Reason,
				e.Note)
			w := all[name]
			if w.Rows++; w.Rows <= mostNamedRows {
				w.Named = append(w.Named, warnedOf(e, strings.TrimPrefix(name, ofWarning)))
			}
			all[name] = w
		}
	}
	for name, sum := range sums {
		w := all[name]
		w.About = base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
		all[name] = w
	}
	return all, nil
}

// warnedOf tells what a row is warned of by a name.
func warnedOf(e journal.Entry, name string) string {
	for _, p := range e.Problems {
		if p.Asks == name {
			p.Sheet, p.Mend = "", onThePage(p.Mend)
			return "row " + e.At().String() + ": " + p.Error()
		}
	}
	return "row " + e.At().String()
}

// waitsFor names the decisions that a row waits for.
func waitsFor(e journal.Entry) (names []string) {
	switch e.Reason {
	case journal.Duplicate:
		names = append(names, allowDuplicates)
	case journal.Repeat, journal.InWorkbook, journal.Forgotten:
		names = append(names, allowRepeat)
	case journal.Dear, journal.Dearer:
		names = append(names, acceptPrice)
	}
	for _, name := range e.Asks {
		names = append(names, ofWarning+name)
	}
	return names
}

// decided takes up the decisions of a stage that are about the rows that wait for them; any tells whether there is one.
func (v *review) decided(stage []string, said map[string]string) (any bool) {
	for name, rows := range said {
		warning, isWarning := strings.CutPrefix(name, ofWarning)
		if !slices.Contains(stage, name) && !(isWarning && slices.Contains(stage, ofWarning)) || v.waits[name].About != rows {
			continue
		}
		any = true
		switch name {
		case allowDuplicates:
			v.word.AllowDuplicates = true
		case allowRepeat:
			v.word.AllowRepeat = true
		case acceptPrice:
			v.word.AcceptPrice = true
		default:
			v.word.Accept = append(v.word.Accept, warning)
		}
	}
	slices.Sort(v.word.Accept)
	return any
}

// counts tells whether a decision counts.
func (v *review) counts(name string) bool {
	switch name {
	case allowDuplicates:
		return v.word.AllowDuplicates
	case allowRepeat:
		return v.word.AllowRepeat
	case acceptPrice:
		return v.word.AcceptPrice
	}
	return slices.Contains(v.word.Accept, strings.TrimPrefix(name, ofWarning))
}

// taken is a decision that was taken, and can be taken back.
type taken struct {
	Name, Value, Words string
	Lapsed             bool // other rows wait for it than it is about
}

// decisions are those that were taken, in words.
func (v *review) decisions(c desk.Choices) (all []taken) {
	add := func(is bool, name, value, words string) {
		if is {
			all = append(all, taken{Name: name, Value: value, Words: words})
		}
	}
	add(c.Again, "again", "", "it is a new batch, though this sheet was placed already: what was ordered is ordered again")
	add(c.AcceptK, "accept-k", "", "1k is read as 1000")
	add(c.SkipStruck, "skip-struck", "", "rows that are struck through are left out")
	add(c.SkipSections, "skip-sections", "", "rows below a title that says done are left out")
	for _, column := range c.SkipMarked {
		add(true, "skip-marked", column, "rows that are marked in "+column+" are left out")
	}
	for _, condition := range c.Where {
		add(true, "where", condition, "only rows with "+condition+" are ordered")
	}
	add(c.Hidden != "", "hidden", "", map[string]string{"skip": "what is hidden is left out", "include": "what is hidden is " +
		"ordered by too"}[c.Hidden])
	add(c.Thousands != "", "thousands", "", c.Thousands+" parts thousands")
	words := map[string]string{allowDuplicates: "equal rows are ordered, each",
		allowRepeat: "what another batch ordered is ordered again", acceptPrice: "it is ordered at the price of now"}
	for _, name := range slices.Sorted(maps.Keys(c.Said)) {
		one := taken{Name: name, Words: words[name]}
		if warning, is := strings.CutPrefix(name, ofWarning); is {
			one.Words = "rows that are warned of are ordered: " + warning
		}
		if one.Lapsed = !v.counts(name); !one.Lapsed || v.waits[name].Rows > 0 {
			all = append(all, one)
		}
	}
	return all
}
