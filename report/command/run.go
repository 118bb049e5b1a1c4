package command

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bulkorder/report/book"
	"bulkorder/report/notice"
	"bulkorder/report/terminal"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// submit is the command run.
func (a *app) submit() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run SHEET",
		Short: "Check a sheet and order its rows, each at most once",
		Args:  exactly(1, "the sheet to order"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if err := book.CheckPath(a.flags.out); err != nil {
				return usageError{err}
			}
			sheet, err := a.openSheet(args[0])
			if err != nil {
				return err
			}
			defer sheet.Close()
			if err := a.checkGroup(headers(sheet)); err != nil {
				return err
			}
			job, err := a.sheetJob(ctx, sheet)
			if err != nil {
				return err
			}
			job.Ask = func(o desk.Offer) error { return a.ask(ctx, o, args[0]) }
			return a.work(ctx, job, args[0], func() (desk.Outcome, error) { return job.Run(ctx, sheet, args[0]) })
		},
	}
	a.readingFlags(cmd)
	a.sendingFlags(cmd)
	a.rateFlag(cmd)
	cmd.Flags().BoolVar(&a.flags.strict, "strict", false, "send nothing unless every row is valid")
	a.groupFlag(cmd)
	return cmd
}

func (a *app) resume() *cobra.Command {
	var another string
	cmd := &cobra.Command{
		Use:   "resume [BATCH]",
		Short: "Go on with a batch that stopped; the last one if none is named",
		Args:  oneBatch(&another),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if err := book.CheckPath(a.flags.out); err != nil {
				return usageError{err}
			}
			return a.onBatch(ctx, args, func(b journal.Batch, job *desk.Job) error {
				if err := a.checkGroup(b.Columns); err != nil {
					return err
				}
				job.Ask = func(o desk.Offer) error { return a.ask(ctx, o, b.Sheet) }
				return a.work(ctx, job, b.Sheet, func() (desk.Outcome, error) { return job.Resume(ctx, b) })
			})
		},
	}
	a.sendingFlags(cmd)
	a.rateFlag(cmd)
	p := cmd.Flags()
	p.StringVar(&another, "batch", "", "") // of run; who gives it here means the argument
	_ = p.MarkHidden("batch")
	words(cmd, "batch")
	p.BoolVar(&a.flags.duplicates, "allow-duplicates", false, "order held duplicates too")
	p.BoolVar(&a.flags.repeat, "allow-repeat", false, "order held repeats too")
	a.groupFlag(cmd)
	return cmd
}

// oneBatch takes a batch's name at most, as an argument.
func oneBatch(flag *string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) > 1:
			return usageError{
				fmt.Errorf("%s takes one batch, and these are %s", cmd.Name(), strings.Join(args, " and ")),
			}
		case *flag != "" && len(args) == 1:
			return usageError{fmt.Errorf(
				"which batch, %s or %s? --batch is for run; name one: bulkorder %s BATCH", args[0], *flag, cmd.Name(),
			)}
		case *flag != "":
			return usageError{
				fmt.Errorf("--batch is for run; name the batch like this: bulkorder %s %s", cmd.Name(), *flag),
			}
		}
		return nil
	}
}

// sheetJob makes the job that works on a sheet.
func (a *app) sheetJob(ctx context.Context, sheet *parse.Sheet) (*desk.Job, error) {
	job, err := a.job()
	if err != nil {
		return nil, err
	}
	job.Account, err = a.sheetAccount(ctx, sheet)
	job.Open = a.opener(journal.Batch{})
	return job, err
}

// work does a job that places the orders of a sheet, writes the results and tells how it went.
func (a *app) work(ctx context.Context, job *desk.Job, sheet string, do func() (desk.Outcome, error)) error {
	if err := a.checkNotify(); err != nil {
		return err
	}
	j, err := a.openJournal(ctx)
	if err != nil {
		return err
	}
	defer j.Close()
	job.Journal = j
	job.Ready = func(b journal.Batch) error {
		path, err := a.target(b)
		if err != nil {
			return fmt.Errorf("nothing was sent: %w", err)
		}
		// A run that is killed leaves where its results belong.
		return j.Note(b, journal.Run{Workbook: path})
	}
	bar := terminal.NewProgress(a.err, a.errTerminal, a.flags.quiet || a.flags.json)
	job.Progress = func(p batch.Progress) {
		bar.Show(p.Total, p.Placed, p.Refused, p.InDoubt, p.Left, spentWords(p.Spent), p.Remaining)
	}
	out, err := do()
	bar.Done()
	if err != nil {
		if errors.Is(err, desk.ErrStrict) || errors.Is(err, desk.ErrNoPanel) {
			return errors.Join(
				err,
				a.tellChecked(desk.Checked{Plan: *out.Plan, Accounts: out.Batch.Accounts()}, sheet, nil, ""),
			)
		}
		return err
	}
	return a.tellOutcome(context.WithoutCancel(ctx), j, out)
}

// tellOutcome writes the results workbook, tells how the run went, and decides the exit code.
func (a *app) tellOutcome(ctx context.Context, j *journal.Journal, out desk.Outcome) error {
	for _, note := range out.Notes {
		fmt.Fprintln(a.err, parse.Escape(note))
	}
	a.code = outcomeCode(out)
	a.tellSettlement(out.Settlement)
	if doubts := out.Totals.States[journal.InDoubt]; doubts > 0 && len(out.Settlement.Conclusions) == 0 &&
		!a.flags.quiet {
		fmt.Fprintf(
			a.err,
			"Rows in doubt can be settled from %s on: until then late orders may appear.\n",
			time.Now().Add(batch.LateCommit).Format(time.DateTime),
		)
	}
	var err error
	if out.Batch, err = a.write(ctx, j, out.Batch, out.Batch.Workbook); err != nil {
		return fmt.Errorf(
			"the results could not be written, but every order is in the journal; `bulkorder report %s --out FILE` writes them elsewhere: %w",
			out.Batch.ID,
			err,
		)
	}
	r := report.NewResult(out.Batch, out.Totals)
	if out.End.Stop != batch.Done {
		r.Stop = &report.Stop{Why: string(out.End.Stop), Words: out.End.Words}
	}
	a.notify(ctx, notice.EventOf(r), r)
	if r.Rows.Placed > 0 && out.Totals.Open == 0 && r.Rows.Queued == 0 {
		a.notify(ctx, notice.Final, r)
	}
	return a.tell(r)
}

// write writes the results of a batch to path and notes where they are and what they show. A journal that
// can't take that is no reason not to have results.
func (a *app) write(ctx context.Context, j *journal.Journal, b journal.Batch, path string) (journal.Batch, error) {
	path, err := book.Results{Journal: j, Batch: b, GroupBy: a.flags.groupBy}.Write(ctx, path)
	if err != nil {
		return b, err
	}
	if err := j.Note(b, journal.Run{Workbook: path, Written: b.Revision}); err != nil &&
		!errors.Is(err, journal.ErrBroken) {
		fmt.Fprintln(a.err, err)
	}
	b.Workbook, b.Written = path, b.Revision
	return b, nil
}

func (a *app) tell(r report.Result) error {
	if a.flags.json {
		return r.JSON(a.out)
	}
	a.person(a.out, a.outTerminal).Finished(r)
	return nil
}

// outcomeCode gives the exit code of a run. Doubt outweighs that the run stopped or that rows were
// refused: it is what a person must not overlook.
func outcomeCode(out desk.Outcome) int {
	states := out.Totals.States
	switch {
	case out.End.Stop == batch.Interrupted:
		return exitInterrupted
	case out.End.Stop == batch.KeyRefused, out.End.Stop == batch.FundsShort:
		return exitPanel
	case states[journal.InDoubt]+states[journal.Sending] > 0:
		return exitInDoubt
	case states[journal.Queued] > 0:
		return exitStopped
	case out.Totals.Valid.Rows == 0 && states[journal.Invalid] > 0:
		return exitProblems
	case states[journal.Invalid]+states[journal.Held]+states[journal.Refused] > 0:
		return exitFinished
	}
	return exitOK
}

// target says where the results of a batch go, and makes sure before anything is ordered that they can be
// written there.
func (a *app) target(b journal.Batch) (string, error) {
	path := cmp.Or(a.flags.out, b.Workbook)
	if path == "" {
		path = b.ID + ".results.xlsx"
		if b.Sheet != "-" {
			path = strings.TrimSuffix(b.Sheet, filepath.Ext(b.Sheet)) + ".results.xlsx"
		}
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	probe, err := os.CreateTemp(filepath.Dir(path), ".bulkorder-*")
	if err != nil {
		return "", fmt.Errorf(
			"the results can't be written to %s; choose a place with --out: %w",
			filepath.Dir(path),
			err,
		)
	}
	return path, errors.Join(probe.Close(), os.Remove(probe.Name()))
}

var errDeclined = errors.New("nothing was sent")

// ask shows what would be sent and waits for a yes.
func (a *app) ask(ctx context.Context, o desk.Offer, path string) error {
	c := o.Checked
	if !a.flags.quiet && !a.flags.json && (o.ToSend.Rows > 0 || !o.Known) {
		told := checkReport(c, checkedBatch(c, path))
		told.Asking = true
		a.person(a.err, a.errTerminal).Checked(told)
	}
	n := o.ToSend.Rows
	if a.flags.yes || n == 0 {
		return nil
	}
	if a.flags.limit > 0 {
		n = min(n, a.flags.limit)
	}
	if !a.inTerminal {
		return usageError{
			fmt.Errorf("%d %s would be sent, and there is no terminal to ask at; give --yes to send", n, orders(n)),
		}
	}
	var panels []string
	for _, account := range c.Accounts {
		panels = append(panels, account.Panel)
	}
	return a.confirm(ctx, fmt.Sprintf("\nSend %d %s to %s? [y/N] ", n, orders(n), strings.Join(panels, ", ")))
}

// spentWords is empty where nothing is known to be spent, on panels of several currencies too.
func spentWords(d decimal.Decimal) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func orders(n int) string {
	if n == 1 {
		return "order"
	}
	return "orders"
}

// confirm asks a person at a terminal and waits for a yes.
func (a *app) confirm(ctx context.Context, question string) error {
	fmt.Fprint(a.err, question)
	answers := make(chan string, 1)
	go func() { // reading a terminal can't be interrupted; an unread answer ends with the process
		answer, _ := bufio.NewReader(a.in).ReadString('\n')
		answers <- strings.ToLower(strings.TrimSpace(answer))
	}()
	select {
	case answer := <-answers:
		if answer != "y" && answer != "yes" {
			return errDeclined
		}
		return nil
	case <-ctx.Done():
		return errDeclined
	}
}
