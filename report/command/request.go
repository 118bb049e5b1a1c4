package command

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/report"
)

// request is the commands refill and cancel.
func (a *app) request(action journal.Action) *cobra.Command {
	var lines string
	var statuses []string
	var all, again bool
	short := map[journal.Action]string{
		journal.Refill: "Ask for refills of orders",
		journal.Cancel: "Ask the panel to cancel orders",
	}
	cmd := &cobra.Command{Use: string(action) + " BATCH", Short: short[action], Args: exactly(1, "the batch"),
		RunE: func(cmd *cobra.Command, args []string) error {
			c := batch.Choice{Statuses: statuses}
			var err error
			if lines != "" {
				if c.Lines, err = spans(lines); err != nil {
					return usageError{err}
				}
			}
			if all == (lines != "" || len(statuses) > 0) {
				return usageError{fmt.Errorf("which rows? give --row 3,7-12, --status NAME, or --all")}
			}
			return a.requesting(
				cmd.Context(),
				args,
				func(ctx context.Context, job *desk.Job, b journal.Batch) (desk.Requested, error) {
					return job.Request(
						ctx,
						b,
						action,
						c,
						again,
						func(n int) error { return a.agree(ctx, action, n, b) },
					)
				},
			)
		}}
	p := cmd.Flags()
	p.StringVar(&lines, "row", "", "`rows` by their numbers in the sheet, such as 3,7-12")
	p.StringSliceVar(&statuses, "status", nil, "rows whose orders have this `status`, such as Partial")
	p.BoolVar(&all, "all", false, "all rows that have an order")
	p.BoolVar(&again, "again", false, "ask also where the same was asked and is open, or in doubt")
	p.BoolVarP(&a.flags.yes, "yes", "y", false, "don't ask before sending")
	words(cmd, "row", "status", "all", "again")
	a.rateFlag(cmd)
	return cmd
}

// spans reads "3,7-12".
func spans(text string) ([]batch.Span, error) {
	var all []batch.Span
	for part := range strings.SplitSeq(text, ",") {
		low, high, ranged := strings.Cut(strings.TrimSpace(part), "-")
		if !ranged {
			high = low
		}
		from, errFrom := strconv.Atoi(strings.TrimSpace(low))
		to, errTo := strconv.Atoi(strings.TrimSpace(high))
		if errFrom != nil || errTo != nil || from < 1 || to < from {
			return nil, fmt.Errorf("--row %q: %q is no row; write numbers and ranges such as 3,7-12", text, part)
		}
		all = append(all, batch.Span{From: from, To: to})
	}
	return all, nil
}

// agree asks a person at a terminal.
func (a *app) agree(ctx context.Context, action journal.Action, n int, b journal.Batch) error {
	if a.flags.yes {
		return nil
	}
	if !a.inTerminal {
		return usageError{fmt.Errorf(
			"the panel would be asked to %s %d %s, and there is no terminal to ask at; give --yes to send that",
			action, n, orders(n),
		)}
	}
	question := map[journal.Action]string{
		journal.Refill: "Ask %s for the refill of %d %s? [y/N] ",
		journal.Cancel: "Ask %s to cancel %d %s? [y/N] ",
	}
	var panels []string
	for _, account := range b.Accounts() {
		panels = append(panels, account.Panel)
	}
	return a.confirm(ctx, fmt.Sprintf(question[action], strings.Join(panels, ", "), n, orders(n)))
}

func (a *app) requesting(
	ctx context.Context,
	args []string,
	do func(context.Context, *desk.Job, journal.Batch) (desk.Requested, error),
) error {
	return a.onBatch(ctx, args, func(b journal.Batch, job *desk.Job) (err error) {
		if job.Journal, err = a.openJournal(ctx); err != nil {
			return err
		}
		defer job.Journal.Close()
		done, err := do(ctx, job, b)
		if err != nil {
			return err
		}
		return a.tellRequested(ctx, job.Journal, done)
	})
}

func (a *app) tellRequested(ctx context.Context, j *journal.Journal, done desk.Requested) error {
	if len(done.Rows) == 0 && done.Left == 0 {
		return errors.New("no row of the batch is meant by that, so nothing was sent")
	}
	if done.Batch.Revision > done.Batch.Written && done.Batch.Written > 0 {
		var err error
		if done.Batch, err = a.write(context.WithoutCancel(ctx), j, done.Batch, done.Batch.Workbook); err != nil {
			return fmt.Errorf("the results could not be written; what was asked is in the journal: %w", err)
		}
	}
	r := report.NewResult(done.Batch, done.Totals)
	r.Requests = &report.Requests{Action: done.Action, Missed: done.Left}
	for _, row := range done.Rows {
		r.Requests.Add(
			report.RequestedRow{Row: row.Line, OrderID: row.OrderID, State: row.State, Ref: row.Ref, Words: row.Words},
		)
	}
	if done.End.Stop != batch.Done {
		r.Stop = &report.Stop{Why: string(done.End.Stop), Words: done.End.Words}
	}
	a.code = requestedCode(done.End, r.Requests)
	if a.flags.json {
		return r.JSON(a.out)
	}
	a.person(a.out, a.outTerminal).Requested(r)
	return nil
}

func requestedCode(end batch.End, q *report.Requests) int {
	switch {
	case end.Stop == batch.Interrupted:
		return exitInterrupted
	case end.Stop == batch.KeyRefused:
		return exitPanel
	case q.InDoubt > 0:
		return exitInDoubt
	case end.Stop != batch.Done:
		return exitStopped
	case q.Taken < len(q.Rows):
		return exitFinished
	}
	return exitOK
}
