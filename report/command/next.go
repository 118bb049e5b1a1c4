package command

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/report"
)

// ofCheckAlone are flags of check that run doesn't have, or means otherwise, and those that say how things are shown.
func ofCheckAlone() []string {
	return []string{"out", "rows", "json", "quiet", "verbose", "no-color", "wide", "remember-map", "journal", "config",
		"help", "rehearse"}
}

// said are the flags of a command line, as they are pasted into the next one.
type said struct {
	shared string // of every command: where the journal and the configuration are
	sheet  string // how the sheet is read and what is allowed of it
	after  string // how late an order may appear
}

// flagsSaid collects them.
func flagsSaid(cmd *cobra.Command) (s said) {
	cmd.Flags().Visit(func(f *pflag.Flag) {
		words := flagWords(f)
		if f.Name == "after" {
			s.after = words
		}
		switch {
		case f.Name == "journal" || f.Name == "config":
			s.shared += words
		case !slices.Contains(ofCheckAlone(), f.Name):
			s.sheet += words
		}
	})
	return s
}

// flagWords is a flag as it is typed, with a blank before it.
func flagWords(f *pflag.Flag) string {
	if list, is := f.Value.(pflag.SliceValue); is {
		words := ""
		for _, value := range list.GetSlice() {
			if f.Value.Type() == "stringSlice" { // which parts its values at commas
				value = report.CSVWord(value)
			}
			words += " --" + f.Name + " " + report.ShellWord(value)
		}
		return words
	}
	switch {
	case f.Value.Type() == "bool" && f.Value.String() == "true":
		return " --" + f.Name
	case f.Value.Type() == "bool" || f.NoOptDefVal != "":
		return " --" + f.Name + "=" + report.ShellWord(f.Value.String())
	}
	return " --" + f.Name + " " + report.ShellWord(f.Value.String())
}

// afterCheck is the command that goes on after a check.
func (p *program) afterCheck(o desk.Offer) string {
	flags := p.said.sheet
	if !strings.Contains(flags, " --panel ") && !strings.Contains(flags, " --url ") {
		flags += report.PanelFlag(o.Batch)
	}
	sheet := report.FileWord(o.Batch.Sheet) + flags
	var mistake *desk.Mistake
	switch {
	case errors.As(o.Refused, &mistake): // which says what is to be done
		return ""
	case o.ToSend.Rows > 0:
		return "bulkorder run " + sheet
	case o.Known && o.Totals.States[journal.InDoubt] > 0:
		return "bulkorder settle " + o.ID
	case o.Known && o.Totals.States[journal.Held] > 0:
		return "bulkorder show " + o.ID + " --state held"
	case o.Totals.States[journal.Held] > 0:
		return "bulkorder run " + sheet
	case o.Totals.States[journal.Invalid] > 0:
		return strings.TrimSpace("bulkorder check " + sheet + " " + o.Proposed)
	case o.Known:
		return "bulkorder show " + o.ID
	}
	return ""
}

// in gives words with commands of ours in them, at their beginning or between backticks, with the flags that all
// commands of this journal and configuration need, and with how late orders may appear, where that was said.
func (s said) in(words string) string {
	const name = "bulkorder "
	for _, verb := range []string{"settle ", "resume "} {
		words = s.typed(words, name+verb, name+verb+strings.TrimPrefix(s.after+" ", " "))
	}
	return s.typed(words, name, name+strings.TrimPrefix(s.shared+" ", " "))
}

// typed writes the beginning of commands otherwise.
func (said) typed(words, command, instead string) string {
	if strings.HasPrefix(words, command) {
		words = instead + words[len(command):]
	}
	return strings.ReplaceAll(words, "`"+command, "`"+instead)
}
