package report

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// Hold says why rows are held, and what lets them go.
type Hold struct {
	Rule    string // of the group in workbooks
	Why     string // follows a number of rows: "2 rows: equal to another row"
	Release string // what lets one go
	Option  string // that lets all of them go; empty: none does
	ByRow   bool   // --release lets them go one by one
}

// HeldFor tells about a reason.
func HeldFor(r journal.Reason) Hold {
	switch r {
	case journal.Duplicate:
		return Hold{"held: equal to another row", "equal to another row", "`--allow-duplicates` sends it too",
			"--allow-duplicates", true}
	case journal.Repeat:
		return Hold{"held: ordered before", "ordered before, or perhaps ordered, by another batch or edition",
			"`--allow-repeat` sends it again", "--allow-repeat", true}
	case journal.Reordered:
		return Hold{"held: its Ref was ordered before", "their Ref is ordered already",
			"a Ref is ordered once: give the row another one if it is another order", "", false}
	case journal.InWorkbook:
		return Hold{"held: ordered by a results workbook", "ordered according to a results workbook",
			"look at that order; `--allow-repeat` sends the row too", "--allow-repeat", true}
	case journal.Forgotten:
		return Hold{"held: its account shows what these books don't know",
			"perhaps ordered already, since their account shows orders or charges that these books don't know",
			"look at the panel's orders; `--allow-repeat` sends it",
			"--allow-repeat", true}
	case journal.Dear:
		return Hold{"held: orders of its service were charged more",
			"orders of their service were charged more than approved", "`--accept-price` sends it at what is charged now",
			"--accept-price", false}
	case journal.Dearer:
		return Hold{"held: its price rose", "dearer than approved", "`--accept-price` sends it at the new price",
			"--accept-price", false}
	case journal.Changed:
		return Hold{"held: its service changed", "their service changed",
			"run the sheet again: it is checked against the catalogue of now", "", false}
	case journal.OverCap:
		return Hold{"held: over the spending cap", "over the cap", "a higher `--max-spend` lets it go", "--max-spend",
			false}
	case journal.Left:
		return Hold{"held: no longer in the sheet", "still to be sent, and no longer in the sheet (run it once more without " +
			"them, and they are left out)", "`--release` sends it; run the sheet once more without it, and it is left out",
			"", true}
	case journal.Warned:
		return Hold{"held: warned of", "warned of, and nobody has accepted that",
			"`--accept-warnings` sends it, or the option that decides the warning", "--accept-warnings", true}
	}
	return Hold{"held", string(r), "look at the row, and release it", "", true}
}

// HeldGroup is rows of a batch that are held for one reason, in JSON.
type HeldGroup struct {
	Reason   journal.Reason `json:"reason"`
	Why      string         `json:"why"`
	Rows     int            `json:"rows"`
	First    []parse.Line   `json:"first"`              // some of the rows
	Release  string         `json:"release"`            // what lets them go, in words
	Command  string         `json:"command"`            // that lets all of them go; empty: none does
	Warnings []string       `json:"warnings,omitempty"` // that they wait for

	by string // the batch that has them still to send; empty: none
}

// heldGroups tells why rows of a batch are held.
func (r Result) heldGroups(b journal.Batch, all []journal.HeldSum) []HeldGroup {
	var groups []HeldGroup
	several := slices.ContainsFunc(all, func(h journal.HeldSum) bool { return h.By != "" })
	for _, h := range all {
		hold := HeldFor(h.Reason)
		first := slices.SortedFunc(slices.Values(h.First), parse.CompareLines)
		g := HeldGroup{Reason: h.Reason, Why: hold.Why, Rows: h.Rows, First: first, Release: hold.Release,
			Warnings: h.Asks}
		if hold.Option != "" {
			g.Command = fmt.Sprintf("bulkorder resume %s %s", r.Batch, hold.Option)
		}
		switch {
		case h.By != "":
			g.by, g.Why, g.Command = h.By, "still to be sent by batch "+h.By, "bulkorder resume "+h.By
			g.Release = "`" + g.Command + "` sends it"
		case h.Reason == journal.Changed && r.Batch != "": // another sheet of theirs would wait for this batch
			g.Command = "bulkorder run " + FileWord(r.Sheet) + " --batch " + ShellWord(r.Batch) + MapFlags(b) + PanelFlag(b)
			g.Release = "`" + g.Command + "` checks it against the catalogue of now"
		case hold.Option == "--max-spend":
			g.Command += " AMOUNT"
		case len(h.Asks) > 0:
			g.Command += "=" + strings.Join(h.Asks, ",")
			g.Why += " (" + strings.Join(h.Asks, ", ") + ")"
		// What the other batch has still to send isn't meant.
		case (h.Reason == journal.Left || h.Reason == journal.Repeat && several) && len(first) == h.Rows:
			g.Command = fmt.Sprintf("bulkorder resume %s --release %s", r.Batch, ShellWord(Lines(first)))
		}
		groups = append(groups, g)
	}
	return groups
}

// HeldAdvice says of each reason why rows are held, and what lets them go.
func (r Result) HeldAdvice() (all []string) {
	for _, g := range r.Held {
		words := fmt.Sprintf("%s held (%s): %s", Counted(g.Rows, "row"), rowsNamed(g.First, g.Rows), g.Why)
		one := ""
		again := ""
		if g.Reason == journal.Repeat && g.by == "" {
			again = " again"
		}
		if HeldFor(g.Reason).ByRow && len(g.First) > 0 && g.by == "" {
			one = fmt.Sprintf("`bulkorder resume %s --release %s` sends %s%s", r.Batch, ShellWord(Lines(g.First[:1])),
				strings.ToLower(RowWord(g.First[:1]))+" "+Lines(g.First[:1]), again)
		}
		switch {
		case g.Reason == journal.Changed:
			words += "; " + g.Release
		case g.Command != "" && one != "" && g.Rows > 1:
			words += "; `" + g.Command + "` sends all of them" + again + ", " + one
		case g.Command != "" && one == "":
			words += "; `" + g.Command + "` sends " + map[bool]string{true: "it", false: "them"}[g.Rows == 1]
		case one != "":
			words += "; " + one
		default:
			words += "; " + strings.ReplaceAll(g.Release, "`", "")
		}
		all = append(all, words+".")
	}
	return all
}

// HeldWhy says of each reason why rows are held, without what lets them go.
func (r Result) HeldWhy() (all []string) {
	for _, g := range r.Held {
		all = append(all, fmt.Sprintf("%s held (%s): %s", Counted(g.Rows, "row"), rowsNamed(g.First, g.Rows), g.Why))
	}
	return all
}

// rowsNamed names rows by their numbers, so that they can't be taken for how many there are.
func rowsNamed(lines []parse.Line, of int) string {
	if len(lines) == 0 {
		return "see `bulkorder show`"
	}
	words := strings.ToLower(RowWord(lines)) + " " + Lines(lines)
	if len(lines) < of {
		words += ", …"
	}
	return words
}

// WarnedWords says that rows wait for a person's word about what they are warned of.
func WarnedWords(rows int, lines []parse.Line, asks []string) string {
	return fmt.Sprintf("%s (%s), warned of and not accepted (%s); nothing of that is sent before "+
		"`--accept-warnings=%s`, or the option that decides it.", Counted(rows, "row"), rowsNamed(lines, rows),
		strings.Join(asks, ", "), strings.Join(asks, ","))
}

// Warned says which rows of a batch wait for a person's word about what they are warned of; empty: none does.
func (r Result) Warned() string {
	for _, g := range r.Held {
		if g.Reason == journal.Warned {
			return WarnedWords(g.Rows, g.First, g.Warnings)
		}
	}
	return ""
}

// WarnedOf says what rows are warned of, and what decides that.
func WarnedOf(asks []string) (why, release string) {
	var titles, options []string
	for _, name := range asks {
		w, known := parse.WarningNamed(name)
		if !known {
			w.Title = name
		}
		titles = append(titles, strings.ToLower(w.Title[:1])+w.Title[1:])
		if w.Option != "" && !slices.Contains(options, w.Option) {
			options = append(options, w.Option)
		}
	}
	release = "--accept-warnings=" + strings.Join(asks, ",") + " sends it"
	if options != nil {
		verb := " decides it otherwise"
		if strings.Contains(strings.Join(options, ", "), ", ") {
			verb = " decide it otherwise"
		}
		release += "; " + strings.Join(options, ", ") + verb
	}
	return strings.Join(titles, ", and ") + " (" + strings.Join(asks, ", ") + ")", release
}
