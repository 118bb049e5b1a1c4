package command

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// settleDoubts is the command settle.
func (a *app) settleDoubts() *cobra.Command {
	var row int
	var placed, reason string
	var notPlaced, wait bool
	cmd := &cobra.Command{
		Use:   "settle [BATCH]",
		Short: "Look for the orders of rows in doubt, or decide about one",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			deciding := placed != "" || notPlaced
			switch {
			case deciding != (row != 0):
				return usageError{errors.New("a decision needs --row N and one of --placed ID and --not-placed")}
			case placed != "" && notPlaced:
				return usageError{errors.New("--placed and --not-placed contradict each other")}
			case deciding && reason == "":
				return usageError{
					errors.New(
						"a decision is kept with its reason: give --reason, such as \"seen on the panel's orders page\"",
					),
				}
			}
			return a.settling(ctx, args, func(job *desk.Job, b journal.Batch) (desk.Outcome, error) {
				if deciding {
					return job.Decide(ctx, b, row, placed, reason)
				}
				return job.Resettle(ctx, b, wait)
			})
		},
	}
	p := cmd.Flags()
	p.IntVar(&row, "row", 0, "decide about the row with this `number` in the sheet")
	p.StringVar(&placed, "placed", "", "the row is the order with this `ID`")
	p.BoolVar(&notPlaced, "not-placed", false, "the row was not ordered: it is queued again")
	p.StringVar(&reason, "reason", "", "the `words` that a decision is kept with")
	words(cmd, "row", "placed", "not-placed", "reason")
	p.BoolVar(&wait, "wait", false, "wait until the youngest row can be settled")
	a.afterFlag(cmd)
	a.rateFlag(cmd)
	return cmd
}

func (a *app) settling(
	ctx context.Context,
	args []string,
	do func(*desk.Job, journal.Batch) (desk.Outcome, error),
) error {
	return a.onBatch(ctx, args, func(b journal.Batch, job *desk.Job) (err error) {
		if job.Journal, err = a.openJournal(ctx); err != nil {
			return err
		}
		defer job.Journal.Close()
		out, err := do(job, b)
		if err != nil {
			return err
		}
		for _, note := range out.Notes {
			fmt.Fprintln(a.err, parse.Escape(note))
		}
		a.code = outcomeCode(out)
		a.tellSettlement(out.Settlement)
		return a.tell(report.NewResult(out.Batch, out.Totals))
	})
}

// tellSettlement says what was found out about each row in doubt.
func (a *app) tellSettlement(s batch.Settlement) {
	if a.flags.json {
		return
	}
	for _, c := range s.Conclusions {
		verdict := "in doubt"
		if c.How != "" {
			verdict = "order " + c.OrderID
		}
		if c.How == journal.RequestID {
			verdict = "asked again"
		}
		fmt.Fprintf(a.out, "row %d: %s: %s\n", c.Entry.Line, verdict, parse.Escape(c.Words))
	}
	if s.Advice != "" {
		fmt.Fprintln(
			a.out,
			"Nothing is decided by itself:",
			parse.Escape(s.Advice)+". Look at the panel's orders page and decide with --row.",
		)
	}
	if s.Alarm != "" {
		fmt.Fprintln(a.out, "ALARM:", parse.Escape(s.Alarm))
	}
	if !s.Ready.IsZero() {
		fmt.Fprintln(a.out, "The youngest row can be settled at", s.Ready.Local().Format(time.DateTime)+".")
	}
}

// explain is the whole life of one row.
func (a *app) explain() *cobra.Command {
	return &cobra.Command{
		Use:   "explain BATCH ROW",
		Short: "Tell the whole life of one row: cells, request, answer, decisions",
		Args:  exactly(2, "the batch and the row's number in the sheet"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			row, err := strconv.Atoi(args[1])
			if err != nil {
				return usageError{fmt.Errorf("%q is no row's number", args[1])}
			}
			return a.withBatch(ctx, args[:1], func(j *journal.Journal, b journal.Batch, _ journal.Totals) error {
				e, err := j.AtLine(ctx, b, row)
				if err != nil {
					return err
				}
				life := report.Life{Batch: b, Entry: e}
				if life.Attempts, err = j.Attempts(ctx, b, e.Seq); err != nil {
					return err
				}
				if life.Decisions, err = j.Decisions(ctx, b, e.Seq); err != nil {
					return err
				}
				if life.Statuses, err = j.Statuses(ctx, b, e.Seq); err != nil {
					return err
				}
				if life.Requests, err = j.Requests(ctx, b, e.Seq); err != nil {
					return err
				}
				if a.flags.json {
					return life.JSON(a.out)
				}
				a.person(a.out, a.outTerminal).Explain(life)
				return nil
			})
		},
	}
}
