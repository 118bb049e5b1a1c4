package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// TimeText is how times are written as text: RFC 3339.
const TimeText = time.RFC3339

// SentAt is when the request left; zero where none did, or where it was proved that it didn't arrive.
func SentAt(e journal.Entry) time.Time {
	switch Told(e.State) {
	case journal.Placed, journal.Refused, journal.InDoubt:
		return e.SentAt
	}
	return time.Time{}
}

// ProblemText is all that a person should know of a row, in one line.
func ProblemText(e journal.Entry) string {
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
	case e.Finding != nil && e.State == journal.InDoubt:
		return e.Finding.Words
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

// SheetToFix is the sheet of a results workbook that holds the rows to be corrected.
const SheetToFix = "To fix"

// ProblemsOf are the problems of a row in one form: those that the check found, and what became of the row
// where that needs a person.
func ProblemsOf(e journal.Entry) []parse.Problem {
	all := e.Problems
	whole := parse.Problem{Row: e.At().Number(), Tab: e.Tab, Wrong: noteOf(e)}
	switch Told(e.State) {
	case journal.Refused:
		whole.Rule, whole.Mend = "refused by the panel", "correct what the panel names, in the sheet "+SheetToFix
	case journal.InDoubt:
		whole.Rule, whole.Mend = "may have been ordered", "don't order it again; `bulkorder settle` looks for it"
		if e.Finding != nil && e.Finding.Later.IsZero() {
			whole.Mend = "don't order it again; look for its link on the panel's page of orders"
		}
	case journal.Held:
		whole.Rule, whole.Mend = HeldFor(e.Reason).Rule, HeldFor(e.Reason).Release
	}
	if whole.Rule == "" {
		return all
	}
	return append(slices.Clip(all), whole)
}

// HeldProblem says why a row is held, and what lets it go.
func HeldProblem(e journal.Entry) parse.Problem {
	hold := HeldFor(e.Reason)
	return parse.Problem{Row: e.At().Number(), Tab: e.Tab, Sheet: e.Tab, Rule: hold.Rule,
		Wrong: noteOf(e), Mend: hold.Release, Warning: true}
}

// WarnedOfHeading is of the column of SheetToFix that keeps what the copied cells of a row don't tell.
const WarnedOfHeading = "Warned of"

// WarnedBeside is what a row is warned of that its own cells don't tell: what is struck through or hidden, what stands
// above or beside the table. A copy of the cells would be ordered without a word.
func WarnedBeside(e journal.Entry) string {
	var all []string
	for _, p := range e.Problems {
		beside := p.Asks == "struck" || p.Asks == "hidden" ||
			slices.Contains([]string{"section-done", "title-thousands", "beside-done", "beside-link", "comment-done"}, p.Rule)
		if p.Warning && beside {
			all = append(all, strings.TrimSpace(p.Found+" "+p.Wrong))
		}
	}
	return strings.Join(all, "; ")
}

// MendGroup is the problems that one action mends.
type MendGroup struct {
	Rule    string
	Warning bool
	Rows    int
	First   []parse.Problem // the first few, told in full
	More    []parse.Line    // some of the rows after those
	Asked   []parse.Problem // of the first of these rows, where they wait for a person, who is to see what a yes is about
	last    parse.Line
}

// How much of a group is kept: what a person reads.
const (
	firstOfGroup = 3
	moreOfGroup  = 36
	askedOfGroup = 20
)

// ByMend collects problems by what mends them; memory grows with the number of rules alone.
type ByMend struct{ byRule map[string]*MendGroup }

func (g *ByMend) Add(p parse.Problem) {
	if g.byRule == nil {
		g.byRule = map[string]*MendGroup{}
	}
	found := g.byRule[p.Rule]
	if found == nil {
		found = &MendGroup{Rule: p.Rule, Warning: p.Warning}
		g.byRule[p.Rule] = found
	}
	found.Warning = found.Warning && p.Warning
	switch {
	case len(found.First) < firstOfGroup:
		found.First = append(found.First, p)
	case found.last != p.Line() && len(found.More) < moreOfGroup:
		found.More = append(found.More, p.Line())
		if p.Asks != "" && len(found.Asked) < askedOfGroup && len(found.Asked) == len(found.More)-1 {
			found.Asked = append(found.Asked, p)
		}
	}
	if found.last != p.Line() || found.Rows == 0 {
		found.Rows++
	}
	found.last = p.Line()
}

// Sorted gives the groups that keep rows from being sent first, the largest first.
func (g *ByMend) Sorted() []*MendGroup {
	var all []*MendGroup
	for _, one := range g.byRule {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b *MendGroup) int {
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

// Title is the group's rule in a person's words: quantity-below-minimum is "Quantity below minimum".
func (g *MendGroup) Title() string {
	if len(g.First) > 0 {
		if w, known := parse.WarningNamed(g.First[0].Asks); known && w.Name != "comments" { // those are two rules
			return w.Title
		}
	}
	words := strings.NewReplacer("-", " ", "_", " ").Replace(parse.Escape(g.Rule))
	if words == "" {
		return "Other"
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// Unnamed counts the rows beyond those in First.
func (g *MendGroup) Unnamed() int {
	told := map[parse.Line]bool{}
	for _, p := range g.First {
		told[p.Line()] = true
	}
	return g.Rows - len(told)
}
