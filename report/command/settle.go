package command

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/settle"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/terminal"
)

type settleOptions struct {
	rows           string
	placed, reason string
	although       []string
	notPlaced, yes bool
	wait           bool
	after          lateness
}

func (p *program) settleCommand() *cobra.Command {
	var o settleOptions
	cmd := &cobra.Command{
		Use:   "settle [BATCH]",
		Short: "Look for the orders of rows in doubt, or decide about some",
		Args:  atMostOneBatch,
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) {
			return p.runSettle(ctx, o, first(args))
		}),
	}
	f := cmd.Flags()
	f.StringVar(&o.rows, "row", "", "decide about these `rows`, by their numbers in the sheet, such as 3,7-12, or 5@4")
	f.StringVar(&o.placed, "placed", "", "the row is the order with this `ID`")
	f.BoolVar(&o.notPlaced, "not-placed", false, "the rows were not ordered: they are queued again")
	f.StringSliceVar(&o.although, "although", nil,
		"orders by their `IDs` that are none of the rows'; alone: the decision stands although they are there")
	f.StringVar(&o.reason, "reason", "", "the `words` that a decision is kept with")
	yesFlag(f, &o.yes)
	typedOnly(cmd, "row", "placed", "not-placed", "although", "reason")
	f.BoolVar(&o.wait, "wait", false, "wait until the youngest row can be settled")
	afterFlag(f, &o.after)
	rateFlag(f)
	return cmd
}

func (o settleOptions) deciding() bool { return o.placed != "" || o.notPlaced || len(o.although) > 0 }

// decision reads a person's word.
func (o settleOptions) decision() (d desk.Decision, err error) {
	switch {
	case o.deciding() != (o.rows != ""):
		return d, errors.New("a decision needs --row 3,7-12 and one of --placed ID, --not-placed and --although IDS")
	case o.placed != "" && o.notPlaced:
		return d, errors.New("--placed and --not-placed contradict each other")
	case o.deciding() && o.reason == "":
		return d, errors.New(
			`a decision is kept with its reason: give --reason, such as "seen on the panel's orders page"`,
		)
	}
	d = desk.Decision{OrderID: o.placed, Queue: o.notPlaced, Although: o.although, Reason: o.reason,
		Late: time.Duration(o.after)}
	if o.rows != "" {
		if d.Rows, err = parse.Spans(o.rows); err != nil {
			err = fmt.Errorf("--row %w", err)
		}
	}
	if o.placed != "" && err == nil && (len(d.Rows) != 1 || d.Rows[0].From != d.Rows[0].To) {
		err = errors.New("--placed names the order of one row; give one number to --row")
	}
	return d, err
}

// runSettle looks for the orders of a batch's rows in doubt, or keeps a person's decision about some.
func (p *program) runSettle(ctx context.Context, o settleOptions, name string) (a answer, err error) {
	word, err := o.decision()
	if err != nil {
		return a, usage(err)
	}
	b, err := p.desk.Find(ctx, name)
	if err != nil {
		return a, err
	}
	var out desk.Outcome
	if o.deciding() {
		word.Agree = func(words string) error {
			return p.nevertheless(ctx, o.yes, words)
		}
		out, err = p.desk.Decide(ctx, b, word)
	} else {
		out, err = p.desk.Settle(ctx, b, desk.Settling{Wait: o.wait, Late: time.Duration(o.after)})
	}
	var standing *settle.StandingError
	if errors.As(err, &standing) {
		err = usage(err)
	}
	if err != nil {
		return a, err
	}
	p.notes(out.Notes)
	return outcome(out), nil
}

// nevertheless asks a person whether a word holds though the panel shows something that speaks against it.
func (p *program) nevertheless(ctx context.Context, yes bool, words string) error {
	switch {
	case yes:
		return nil
	case !p.inTerminal:
		return usage(fmt.Errorf("%s; nothing is decided: where it is so nevertheless, give --yes", words))
	}
	return p.confirm(ctx, parse.Escape(words)+"\nIs it so nevertheless? [y/N] ")
}

// outcome tells how a batch stands after a run or a settlement.
func outcome(out desk.Outcome) answer {
	r := result(out)
	object := settledResult{r, settlementOf(out.Settlement)}
	return answer{code: outcomeCode(out), object: object, words: func(s terminal.Screen) {
		tellSettlement(s, out.Batch.ID, out.Settlement)
		s.Finished(r)
	}}
}

// settledResult is a result with what settling came to.
type settledResult struct {
	report.Result
	Settlement *settlement `json:"settlement,omitempty"` // nil: nothing was looked for
}

type settlement struct {
	Rows   []conclusion `json:"rows"`
	Advice string       `json:"advice"` // why nothing is decided; empty: proof decides
	Alarm  string       `json:"alarm"`  // orders that no row can explain
	Ready  *time.Time   `json:"ready"`  // when the youngest row can be settled; null: all could be
	// how the panel rounds charges, as its orders of ours taught; empty: it was not looked at
	Learned string `json:"learned"`
	Calls   int    `json:"calls"` // that were made to look for orders
}

type conclusion struct {
	Row     int      `json:"row"`
	Tab     string   `json:"tab,omitempty"` // the worksheet, where several are read as one sheet
	How     string   `json:"how"`           // empty: it is in doubt still
	OrderID string   `json:"order_id"`
	Words   string   `json:"words"`
	Batch   string   `json:"batch"`
	State   string   `json:"state"`  // what it became
	OneOf   []string `json:"one_of"` // ids of a set of orders, one of which is the row's
}

func settlementOf(s settle.Settlement) *settlement {
	if len(s.Conclusions) == 0 && s.Advice == "" && s.Alarm == "" {
		return nil
	}
	told := &settlement{Rows: []conclusion{}, Advice: s.Advice, Alarm: s.Alarm, Learned: s.Learned, Calls: s.Calls}
	for _, c := range s.Conclusions {
		one := conclusion{Row: c.Entry.At().Number(), Tab: c.Entry.Tab, How: string(c.How), OrderID: c.OrderID,
			Words: c.Words, Batch: c.Batch, State: string(report.Told(c.State)), OneOf: []string{}}
		if c.How == "" {
			one.State = string(journal.InDoubt)
		}
		one.OneOf = append(one.OneOf, c.OneOf...)
		told.Rows = append(told.Rows, one)
	}
	if !s.Ready.IsZero() {
		told.Ready = &s.Ready
	}
	return told
}

// tellSettlement says what was found out about each row in doubt; own is the batch that was settled.
func tellSettlement(t terminal.Screen, own string, s settle.Settlement) {
	if len(s.Conclusions) > 0 && s.Learned != "" {
		t.Sentence("Charges on this account: " + parse.Escape(s.Learned) + ".")
	}
	for _, c := range s.Conclusions {
		row := "row " + parse.Escape(c.Entry.At().String())
		if c.Batch != own {
			row += " of batch " + parse.Escape(c.Batch)
		}
		t.Sentence(row + ": " + verdict(c) + ": " + parse.Escape(c.Words))
	}
	if s.Advice != "" {
		t.Sentence("Nothing is decided by itself: " + parse.Escape(s.Advice) +
			". Look at the panel's orders page and decide with --row.")
	}
	if s.Alarm != "" {
		t.Sentence("ALARM: " + parse.Escape(s.Alarm))
	}
	if !s.Ready.IsZero() {
		t.Sentence("The youngest row can be settled at " + s.Ready.Local().Format(time.DateTime) + ".")
	}
}

// verdict says what became of a row.
func verdict(c settle.Conclusion) string {
	switch {
	case c.How == "":
		return "in doubt"
	case c.How == journal.RequestID:
		return "asked again"
	case len(c.OneOf) > 0:
		return "one of the orders " + strings.Join(c.OneOf, ", ")
	case c.OrderID != "":
		return "order " + c.OrderID
	}
	return report.StateWords(c.State)
}
