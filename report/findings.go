package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// timeText is how times are written as text: RFC 3339.
const timeText = time.RFC3339

// sentAt is when the request left; zero where none did, or where it was proved that it didn't arrive.
func sentAt(e journal.Entry) time.Time {
	switch Told(e.State) {
	case journal.Placed, journal.Refused, journal.InDoubt:
		return e.SentAt
	}
	return time.Time{}
}

// problemText is all that a person should know of a row, in one line.
func problemText(e journal.Entry) string {
	note := parse.Escape(noteOf(e))
	if len(e.Problems) == 0 {
		return note
	}
	var all []string
	for _, p := range e.Problems {
		all = append(all, p.Error())
	}
	if note != "" {
		all = append(all, note)
	}
	return strings.Join(all, " | ")
}

// noteOf is the journal's note about the row's state. Rows that need a person are never without one.
func noteOf(e journal.Entry) string {
	switch {
	case e.Silence != "" && e.State == journal.Placed:
		return "asked for its status, the panel said: " + e.Silence
	case e.Note != "":
		return e.Note
	case Told(e.State) == journal.InDoubt:
		return "its answer was not seen; it may have been ordered"
	case e.State == journal.Refused:
		return "the panel refused it"
	}
	return ""
}

// findings are the problems of a row in one form: those that the check found, and what became of the row
// where that needs a person.
func findings(e journal.Entry) []parse.Problem {
	all := e.Problems
	whole := parse.Problem{Row: e.Line, Wrong: noteOf(e)}
	switch Told(e.State) {
	case journal.Refused:
		whole.Rule, whole.Mend = "refused by the panel", "correct what the panel names, in the sheet "+sheetToFix
	case journal.InDoubt:
		whole.Rule, whole.Mend = "may have been ordered", "don't order it again; `bulkorder settle` looks for it"
	case journal.Held:
		whole.Rule, whole.Mend = heldBack(e.Reason)
	}
	if whole.Rule == "" {
		return all
	}
	return append(slices.Clip(all), whole)
}

// heldBack names a group of held rows, and says what releases them.
func heldBack(r journal.Reason) (rule, mend string) {
	switch r {
	case journal.Duplicate:
		return "held: equal to another row", "`--allow-duplicates` sends it too"
	case journal.Repeat:
		return "held: ordered before", "`--allow-repeat` sends it again"
	case journal.Reordered:
		return "held: its Ref was ordered before", "a Ref is ordered once: give the row another one if it is another order"
	case journal.Dearer:
		return "held: its price rose", "`--accept-price` sends it at the new price"
	case journal.Changed:
		return "held: its service changed", "run the sheet again: it is checked against the catalogue of now"
	case journal.OverCap:
		return "held: over the spending cap", "raise `--max-spend`"
	}
	return "held", "look at the row, and release it"
}

// group is the problems that one action mends.
type group struct {
	Rule    string
	Warning bool
	Rows    int
	First   []parse.Problem // the first few, told in full
	More    []int           // some of the rows after those
	last    int
}

// How much of a group is kept: what a person reads.
const (
	firstOfGroup = 3
	moreOfGroup  = 12
)

// groups collects problems by what mends them; memory grows with the number of rules alone.
type groups struct{ byRule map[string]*group }

func (g *groups) add(p parse.Problem) {
	if g.byRule == nil {
		g.byRule = map[string]*group{}
	}
	found := g.byRule[p.Rule]
	if found == nil {
		found = &group{Rule: p.Rule, Warning: p.Warning}
		g.byRule[p.Rule] = found
	}
	found.Warning = found.Warning && p.Warning
	switch {
	case len(found.First) < firstOfGroup:
		found.First = append(found.First, p)
	case found.last != p.Row && len(found.More) < moreOfGroup:
		found.More = append(found.More, p.Row)
	}
	if found.last != p.Row || found.Rows == 0 {
		found.Rows++
	}
	found.last = p.Row
}

// sorted gives the groups that keep rows from being sent first, the largest first.
func (g *groups) sorted() []*group {
	var all []*group
	for _, one := range g.byRule {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b *group) int {
		if a.Warning != b.Warning {
			if a.Warning {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), strings.Compare(a.Rule, b.Rule))
	})
	return all
}

// title is the group's rule in a person's words: quantity-below-minimum is "Quantity below minimum".
func (g *group) title() string {
	words := strings.NewReplacer("-", " ", "_", " ").Replace(parse.Escape(g.Rule))
	if words == "" {
		return "Other"
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// unnamed counts the rows beyond those in First.
func (g *group) unnamed() int {
	told := map[int]bool{}
	for _, p := range g.First {
		told[p.Row] = true
	}
	return g.Rows - len(told)
}
