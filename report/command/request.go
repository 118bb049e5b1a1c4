package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/terminal"
)

type requestOptions struct {
	lines           string
	statuses        []string
	all, again, yes bool
}

// requestCommand is the commands refill and cancel.
func (p *program) requestCommand(action journal.Action) *cobra.Command {
	var o requestOptions
	short := map[journal.Action]string{
		journal.Refill: "Ask for refills of orders",
		journal.Cancel: "Ask the panel to cancel orders",
	}
	cmd := &cobra.Command{
		Use: string(action) + " BATCH", Short: short[action], Args: exactly(1, "the batch"),
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) {
			return p.runRequest(ctx, action, o, args[0])
		}),
	}
	f := cmd.Flags()
	f.StringVar(&o.lines, "row", "", "`rows` by their numbers in the sheet, such as 3,7-12; one that left it as 5@4")
	f.StringSliceVar(&o.statuses, "status", nil, "rows whose orders have this `status`, such as Partial")
	f.BoolVar(&o.all, "all", false, "all rows that have an order")
	f.BoolVar(&o.again, "again", false, "ask also where the same was asked and is open, or in doubt")
	yesFlag(f, &o.yes)
	typedOnly(cmd, "row", "status", "all", "again")
	rateFlag(f)
	return cmd
}

// choice says which rows are meant.
func (o requestOptions) choice() (batch.Choice, error) {
	c := batch.Choice{Statuses: o.statuses}
	var err error
	if o.lines != "" {
		if c.Lines, err = parse.Spans(o.lines); err != nil {
			return c, fmt.Errorf("--row %w", err)
		}
	}
	if o.all == (o.lines != "" || len(o.statuses) > 0) {
		return c, errors.New("which rows? give --row 3,7-12, --status NAME, or --all")
	}
	return c, nil
}

// runRequest asks for refills or cancellations, after a person's yes.
func (p *program) runRequest(
	ctx context.Context, action journal.Action, o requestOptions, name string,
) (a answer, err error) {
	choice, err := o.choice()
	if err != nil {
		return a, usage(err)
	}
	b, err := p.desk.Find(ctx, name)
	if err != nil {
		return a, err
	}
	var panels []string
	for _, account := range b.Accounts() {
		panels = append(panels, account.Panel)
	}
	question := map[journal.Action]string{
		journal.Refill: "Ask %s for the refill of %s? [y/N] ",
		journal.Cancel: "Ask %s to cancel %s? [y/N] ",
	}[action]
	agree := func(orders []journal.Entry) error {
		n := report.Counted(len(orders), "order")
		what := fmt.Sprintf("the panel would be asked to %s %s", action, n)
		return p.agree(ctx, o.yes, what, fmt.Sprintf(question, strings.Join(panels, ", "), n))
	}
	done, err := p.desk.Request(ctx, b, desk.Requesting{Action: action, Choice: choice, Again: o.again, Agree: agree})
	if err != nil {
		return a, err
	}
	if len(done.Rows) == 0 && done.Left == 0 {
		return a, errors.New("no row of the batch is meant by that, so nothing was sent")
	}
	p.notes(done.Notes)
	r := requested(done)
	return answer{
		object: r, code: requestedCode(done.End, r.Requests), words: func(s terminal.Screen) { s.Requested(r) },
	}, nil
}

func requested(done desk.Requested) report.Result {
	r := result(done.Outcome)
	r.Requests = &report.Requests{Action: done.Action, Missed: done.Left}
	for _, row := range done.Rows {
		r.Requests.Add(
			report.RequestedRow{Row: row.Line.Number(), Tab: row.Line.Tab, OrderID: row.OrderID, State: row.State,
				Ref: row.Ref, Words: row.Words},
		)
	}
	return r
}
