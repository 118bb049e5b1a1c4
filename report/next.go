package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"bulkorder/batch/journal"
)

// Next is the command that goes on with a batch; empty: nothing is left to do.
func Next(b journal.Batch, t journal.Totals) string { return NewResult(b, t).Next }

// next prefers doubt over everything: what may have been ordered must be settled before its link is
// ordered again. A batch without an id was only checked.
func (r Result) next(b journal.Batch) string {
	switch {
	case r.Batch == "" && r.Rows.Queued > 0:
		return "bulkorder run " + FileWord(r.Sheet) + PanelFlag(b)
	case r.Batch == "" && r.Rows.Invalid > 0:
		return "bulkorder check " + FileWord(r.Sheet) + PanelFlag(b)
	case r.Batch == "":
		return ""
	case r.Rows.InDoubt > 0 && r.doubtStep() != "":
		return r.doubtStep()
	case r.Rows.Queued > 0:
		return cmp.Or(r.rest(), "bulkorder resume "+r.Batch)
	case r.Rows.InDoubt > 0:
		return fmt.Sprintf("bulkorder explain %s %s", r.Batch, ShellWord(r.doubts[0].Line.String()))
	case r.refusedInVain() != "":
		return fmt.Sprintf("bulkorder explain %s %s", r.Batch, ShellWord(r.refusedInVain()))
	case r.comparison() != "":
		return r.comparison()
	case r.Unplaced() > 0 && strings.HasSuffix(strings.ToLower(r.Workbook), ".xlsx"):
		return "bulkorder run " + FileWord(r.Workbook) + ` --sheet "` + SheetToFix + `"` + MapFlags(b) + PanelFlag(b)
	case r.Rows.Held > 0 && r.heldBy() != "":
		return "bulkorder resume " + r.heldBy()
	case len(r.Held) == 1 && r.Held[0].Reason == journal.Changed:
		return r.Held[0].Command
	case r.Rows.Held > 0:
		return "bulkorder show " + r.Batch + " --state held"
	case r.open > 0:
		return "bulkorder refresh " + r.Batch
	}
	return ""
}

// heldBy is the batch that has still to send rows that are held since it has, where those it sent are all that is held
// besides; empty: there is none, or more than one.
func (r Result) heldBy() (batch string) {
	for _, g := range r.Held {
		if g.Reason != journal.Repeat || g.by != "" && batch != "" {
			return ""
		}
		batch = cmp.Or(batch, g.by)
	}
	return batch
}

// PanelFlag names the panel of a batch on the command line. One that is known by its address alone bears
// the address's host as its name. Rows of several panels name theirs: one that doesn't must not go to any.
func PanelFlag(b journal.Batch) string {
	switch {
	case b.Panel == "", len(b.Others) > 0:
		return ""
	case strings.Contains(b.URL, "//"+b.Panel+"/") || strings.HasSuffix(b.URL, "//"+b.Panel):
		return " --url " + ShellWord(b.URL)
	}
	return " --panel " + ShellWord(b.Panel)
}

// MapFlags names the columns of a batch's sheet that aren't found by their names.
func MapFlags(b journal.Batch) (flags string) {
	for _, name := range slices.Sorted(maps.Keys(b.Mapped)) {
		flags += " --map " + ShellWord(CSVWord(name+"="+b.Mapped[name]))
	}
	return flags
}

// CSVWord quotes a value of a flag that takes several, with commas between them.
func CSVWord(s string) string {
	if !strings.ContainsAny(s, ",\"\n\r") {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

// Unplaced counts the rows that must be corrected before they can be ordered: another batch may have ordered some that
// were refused since.
func (r Result) Unplaced() int { return r.Rows.Invalid + r.Rows.Refused - r.since }

// comparison is the command that finds out whether rows that were refused were ordered all the same; empty: that is
// known, as far as it can be.
func (r Result) comparison() string {
	switch {
	case r.owed == nil:
		return ""
	case r.owed.Beside != "":
		return "bulkorder settle " + r.owed.Beside // its requests hinder it
	}
	return "bulkorder settle " + r.Batch
}

// Unsure tells whether rows that were refused may have been ordered all the same, as far as is known now.
func (r Result) Unsure() bool { return r.unsureRefused() != "" }

// unsureRefused says why rows that were refused aren't to be ordered again yet; empty: nothing hinders it.
func (r Result) unsureRefused() string {
	const words = "Rows that were refused may have been ordered"
	switch {
	case r.Rows.Refused == 0:
	case r.refusedInVain() != "":
		return words + ": answer the alarm before you order any of them again."
	case r.Rows.InDoubt > 0:
		return words + " all the same, while others are in doubt: settle those before you order any of them again."
	case r.owed != nil && r.owed.Beside != "":
		return fmt.Sprintf(words+" all the same: batch %[1]s has requests under way, or broke off, so that the balance "+
			"can't tell; `bulkorder settle %[1]s` comes first.", r.owed.Beside)
	case r.owed != nil && r.owed.Unlooked:
		return fmt.Sprintf(words+" all the same: where their orders would stand there are more ids than a run looks at; "+
			"`bulkorder settle %s` looks at the others before you order any of them again.", r.Batch)
	case r.owed != nil:
		return fmt.Sprintf(words+" all the same: `bulkorder settle %s` compares the balance before you order any of them "+
			"again.", r.Batch)
	}
	return ""
}

// refusedInVain names the row of an alarm that tells that rows which the panel refused may have been ordered; empty:
// there is none.
func (r Result) refusedInVain() string {
	for _, a := range r.Alarms {
		if a.OrderID == journal.UnknownOrder || a.Row > 0 && r.Rows.Refused > 0 {
			return a.at.String()
		}
	}
	return ""
}

// Advice says in whole sentences what to do next, the most urgent first.
func (r Result) Advice() []string {
	var all []string
	say := func(n int, one, many string) {
		switch {
		case n == 1:
			all = append(all, "1 row "+one)
		case n > 1:
			all = append(all, fmt.Sprintf("%s rows %s", Count(n), many))
		}
	}
	if r.Rows.InDoubt > 0 {
		all = append(all, r.doubtAdvice()...)
	}
	if r.Rows.Queued > 0 {
		then := r.stillToSend()
		if r.Background != nil {
			then = r.Background.then()
		}
		if r.Batch == "" {
			then = fmt.Sprintf("ready to be sent by `bulkorder run %s`.", FileWord(r.Sheet))
		}
		say(r.Rows.Queued, "is "+then, "are "+then)
	}
	if r.Batch != "" {
		const mend = `: correct it in the sheet "` + SheetToFix + `" of the results workbook and run that sheet.`
		unplaced := r.Unplaced()
		if words := r.unsureRefused(); words != "" {
			all, unplaced = append(all, words), r.Rows.Invalid
		}
		say(r.since, "was refused, and another batch has ordered it since.", "were refused, and another batch has ordered "+
			"them since.")
		say(unplaced, "was not placed"+mend, "were not placed"+strings.Replace(mend, " it ", " them ", 1))
		all = append(all, r.HeldAdvice()...)
	} else {
		const mend = " not be sent as it stands: correct the sheet, or go on without it."
		say(r.Rows.Invalid, "can"+mend, "can"+
			strings.NewReplacer("it stands", "they stand", "without it", "without them").Replace(mend))
	}
	if r.open > 0 && len(all) == 0 {
		say(r.open, "is under way at the panel: `bulkorder refresh` asks how it stands.",
			"are under way at the panel: `bulkorder refresh` asks how they stand.")
	}
	if len(all) == 0 {
		all = append(all, "Nothing: there is no row left to be sent.")
	}
	return all
}

// FileWord is a file's name for a shell, as the first word of a command's: one that begins with a dash would be taken
// for an option. A dash alone is standard input.
func FileWord(path string) string {
	if strings.HasPrefix(path, "-") && path != "-" {
		path = "./" + path
	}
	return ShellWord(path)
}

// ShellWord quotes a word for a shell where it needs it, so that a command can be pasted.
func ShellWord(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
			strings.ContainsRune("-_./\\:+,@", r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	if !strings.ContainsAny(s, "\"$`\\!") {
		return `"` + s + `"` // PowerShell, cmd and sh agree on these
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
