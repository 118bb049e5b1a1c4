package terminal

import (
	"fmt"
	"io"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// Screen prints for a person. Text that comes from sheets and panels is made safe on the way. Errors
// of writing are not told: there is nobody left to tell.
type Screen struct {
	Out   io.Writer
	Color bool // write colours
	Width int  // columns that fit; 0: not a terminal, lines are never cut
	Wide  bool // tables are never cut
	// Command gives words with commands of ours in them so that these can be pasted; nil: as they are
	Command func(string) string
}

// Check is a sheet that was checked and not sent.
type Check struct {
	// its Panel, Sheet, Currency and BalanceBefore are told; an ID only where the sheet is in the books already
	Batch    journal.Batch
	Totals   journal.Totals
	Problems []parse.Problem
	Notes    []string         // what reading the sheet noticed
	Services []report.Service // for their names
	Columns  []report.Column  // of the sheet; none: they aren't told
	Plan     *report.Plan     // what would become of the rows; nil: they aren't told one by one
	ToSend   journal.Totals   // of the rows that would be sent
	Known    bool             // the batch is in the books already
	ID       string           // of the batch
	Next     string           // the command that goes on
	Asking   bool             // the person is asked next, so the next command isn't told
	Rate     string           // such as "60 a minute"; empty: no time is told
	Time     time.Duration    // to send the queued rows at that rate
}

// Listed is a batch in a list of batches.
type Listed struct {
	Batch  journal.Batch
	Totals journal.Totals
}

// Details is all that show tells of one batch.
type Details struct {
	Batch    journal.Batch
	Totals   journal.Totals
	Services []report.Service
	Doubts   []journal.Entry // rows in doubt, those that are told one by one

	Background *report.Background // nil: no workers send it
}

// The colours of a terminal, as SGR parameters.
const (
	sgrBold   = "1"
	sgrDim    = "2"
	sgrRed    = "31"
	sgrGreen  = "32"
	sgrYellow = "33"
	sgrBlue   = "34"
	sgrPurple = "35"
)

// paint puts words in a colour where colours are wanted.
func (t Screen) paint(sgr, words string) string {
	if !t.Color || sgr == "" || words == "" {
		return words
	}
	return "\x1b[" + sgr + "m" + words + "\x1b[0m"
}

// say prints a line. Its arguments are safe for a terminal already.
func (t Screen) say(format string, args ...any) {
	fmt.Fprintf(t.Out, format+"\n", args...)
}

// heading prints the name of a block with a blank line above it.
func (t Screen) heading(words string) { t.say("\n%s", t.paint(sgrBold, words)) }

// stateColour is the colour of a state; its word always stands beside it.
func stateColour(s journal.State) string {
	switch report.Told(s) {
	case journal.Placed:
		return sgrGreen
	case journal.Queued:
		return sgrBlue
	case journal.InDoubt:
		return sgrPurple
	case journal.Refused, journal.Invalid:
		return sgrRed
	case journal.Held:
		return sgrYellow
	}
	return sgrDim
}

// states prints the states that rows are in, one a line.
func (t Screen) states(c report.Counts) {
	for _, s := range report.States() {
		if n := c.In(s); n > 0 {
			// Padded before it is painted: colours take no columns.
			t.say("  %s %9s", t.paint(stateColour(s), fmt.Sprintf("%-9s", report.StateWords(s))), report.Count(n))
		}
	}
}

// next prints the command that goes on.
// GoOn tells the command that goes on.
func (t Screen) GoOn(command string) { t.next(command) }

func (t Screen) next(command string) {
	if command != "" {
		t.say("\n%s %s", t.paint(sgrBold, "Next:"), parse.Escape(t.pasted(command)))
	}
}

func (t Screen) pasted(words string) string {
	if t.Command == nil {
		return words
	}
	return t.Command(words)
}
