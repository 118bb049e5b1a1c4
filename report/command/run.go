package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/settle"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/book"
	"bulkorder/report/terminal"
)

// sendingOptions say how rows are sent.
type sendingOptions struct {
	yes, acceptPrice, settle, detach bool
	out, maxSpend, groupBy           string
	limit                            pilot
	after                            lateness
}

func (o *sendingOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	yesFlag(f, &o.yes)
	f.StringVarP(&o.out, "out", "o", "", "write the results to `file` (.xlsx, .csv, .jsonl)")
	f.StringVar(&o.maxSpend, "max-spend", "", "never let the batch cost more than this `amount`")
	f.Var(&o.limit, "limit", "send `N` rows only: a pilot")
	f.BoolVar(&o.settle, "settle", false, "at the end, wait for late orders and settle the rows in doubt")
	f.BoolVar(&o.detach, "detach", false, "only put the rows into the books: bulkorder work sends them")
	f.BoolVar(&o.acceptPrice, "accept-price", false, "approve prices that rose")
	afterFlag(f, &o.after)
	groupFlag(f, &o.groupBy)
	paceFlags(f)
	notifyFlag(f)
}

// sending says how rows are sent with a person's word about them.
func (o *sendingOptions) sending(word desk.Word) (desk.Sending, error) {
	s := desk.Sending{
		Word: word, Limit: int(o.limit), Settle: o.settle, Late: time.Duration(o.after), Detach: o.detach,
		Results: desk.Results{Path: o.out, GroupBy: o.groupBy},
	}
	s.AcceptPrice = o.acceptPrice
	if o.maxSpend != "" {
		most, err := decimal.NewFromString(o.maxSpend)
		if err != nil || most.IsNegative() {
			return s, usage(fmt.Errorf("--max-spend %q is no amount of money", o.maxSpend))
		}
		s.MaxSpend = decimal.NewNullDecimal(most)
	}
	if err := book.CheckPath(o.out); err != nil {
		return s, usage(err)
	}
	return s, nil
}

type runOptions struct {
	sheetOptions
	sendingOptions
	strict   bool
	rehearse string // plain, or characters of the sample panel with commas; empty: in earnest
}

func (p *program) runCommand() *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:   "run SHEET",
		Short: "Check a sheet and order its rows, each at most once",
		Args:  exactly(1, "the sheet to order"),
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) {
			return p.runRun(ctx, o, args[0])
		}),
	}
	o.sheetOptions.flags(cmd)
	o.sendingOptions.flags(cmd)
	cmd.Flags().BoolVar(&o.strict, "strict", false, "send nothing unless every row is valid")
	cmd.Flags().StringVar(&o.rehearse, "rehearse", "", "order nothing: go the whole way on a mirror of the panel inside "+
		"the program; with `faults` such as chain or doubled (see `sandbox --help`)")
	cmd.Flags().Lookup("rehearse").NoOptDefVal = plainMirror
	typedOnly(cmd, "rehearse")
	return cmd
}

// runRun prepares a sheet, offers it, asks, and places it.
func (p *program) runRun(ctx context.Context, o runOptions, path string) (a answer, err error) {
	if o.rehearse != "" {
		return p.runRehearsal(ctx, o, path)
	}
	preparing, err := o.preparing(path)
	if err != nil {
		return a, err
	}
	sending, err := o.sending(preparing.Word)
	if err != nil {
		return a, err
	}
	if sending.Accept, err = p.accepts(); err != nil {
		return a, err
	}
	preparing.Word, preparing.Strict, preparing.Out = sending.Word, o.strict, o.out
	if err := p.checkNotice(); err != nil {
		return a, err
	}
	sheet, err := p.openSheet(path, o.sheetOptions)
	if err != nil {
		return a, err
	}
	if err := report.CheckGroupBy(headers(sheet), o.groupBy); err != nil {
		return a, usage(errors.Join(err, sheet.Close()))
	}
	sending.Said = time.Now() // before the question, which may stand for days
	draft, err := p.desk.Prepare(ctx, sheet, preparing)
	sheet.Close() // what it holds in memory would be kept while rows are sent
	if err != nil {
		return a, err
	}
	defer func() { err = errors.Join(err, draft.Discard()) }()
	offer, err := p.desk.Offer(ctx, draft)
	if err != nil {
		return a, err
	}
	if offer.Refused != nil {
		if !errors.Is(offer.Refused, desk.ErrCurrencies) {
			a = p.checked(offer, details{})
		}
		return a, offer.Refused
	}
	again := func(accepted []string) (desk.Offer, error) {
		if err := p.desk.Accept(draft, accepted); err != nil {
			return offer, err
		}
		return p.desk.Offer(ctx, draft)
	}
	if sending.Afresh, err = p.ask(ctx, offer, offer.Totals, o.sendingOptions, again); err != nil {
		return a, err
	}
	return p.send(ctx, sending, func(s desk.Sending) (desk.Outcome, error) { return p.desk.Place(ctx, draft, s) })
}

func headers(s *parse.Sheet) []string {
	var names []string
	for _, c := range s.Columns {
		names = append(names, c.Name)
	}
	return names
}

type resumeOptions struct {
	sendingOptions
	duplicates, repeat bool
	release            string // rows that are held
}

func (p *program) resumeCommand() *cobra.Command {
	var o resumeOptions
	var another string
	cmd := &cobra.Command{
		Use:   "resume [BATCH]",
		Short: "Go on with a batch that stopped; the last one if none is named",
		Args:  func(cmd *cobra.Command, args []string) error { return oneBatch(cmd, args, another) },
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) {
			return p.runResume(ctx, o, first(args))
		}),
	}
	o.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&another, "batch", "", "") // of run; who gives it here means the argument
	_ = f.MarkHidden("batch")
	typedOnly(cmd, "batch")
	f.BoolVar(&o.duplicates, "allow-duplicates", false, "order held duplicates too")
	f.BoolVar(&o.repeat, "allow-repeat", false, "order held repeats too")
	f.StringVar(&o.release, "release", "", "order these held `rows`, by their numbers in the sheet, such as 3,7-12")
	typedOnly(cmd, "release")
	acceptFlag(f)
	return cmd
}

// oneBatch takes a batch's name at most, as an argument; flag is what --batch says, which is of run.
func oneBatch(cmd *cobra.Command, args []string, flag string) error {
	switch {
	case flag != "" && len(args) > 0:
		return usage(fmt.Errorf(
			"which batch, %s or %s? --batch is for run; name one: bulkorder %s BATCH", args[0], flag, cmd.Name(),
		))
	case flag != "":
		return usage(fmt.Errorf("--batch is for run; name the batch like this: bulkorder %s %s", cmd.Name(), flag))
	}
	return atMostOneBatch(cmd, args)
}

// runResume offers to go on with a batch, asks, and does.
func (p *program) runResume(ctx context.Context, o resumeOptions, name string) (a answer, err error) {
	word := desk.Word{AllowDuplicates: o.duplicates, AllowRepeat: o.repeat}
	if word.Accept, err = p.accepts(); err != nil {
		return a, err
	}
	if word.Release, err = lines(o.release); err != nil {
		return a, usage(err)
	}
	sending, err := o.sending(word)
	if err != nil {
		return a, err
	}
	if err := p.checkNotice(); err != nil {
		return a, err
	}
	b, err := p.desk.Find(ctx, name)
	if err != nil {
		return a, err
	}
	if err := report.CheckGroupBy(b.Columns, o.groupBy); err != nil {
		return a, usage(err)
	}
	sending.Said = time.Now() // before the question, which may stand for days
	offer, err := p.desk.OfferResume(ctx, b, sending.Word)
	if err == nil {
		err = offer.Refused
	}
	if err != nil {
		return a, err
	}
	if sending.Afresh, err = p.ask(ctx, offer, offer.ToSend, o.sendingOptions, nil); err != nil {
		return a, err
	}
	return p.send(ctx, sending, func(s desk.Sending) (desk.Outcome, error) { return p.desk.Resume(ctx, b, s) })
}

// send sends with a bar of progress, and tells how it went.
func (p *program) send(
	ctx context.Context, s desk.Sending, do func(desk.Sending) (desk.Outcome, error),
) (answer, error) {
	bar := terminal.NewProgress(p.err, p.errTerminal, p.quiet).Within(p.wide)
	if p.json {
		bar.AsJSON()
	}
	s.Progress = func(n batch.Progress) {
		if n.Waits.For != "" {
			bar.Wait(n.Waits.For, n.Waits.Until)
			return
		}
		bar.Show(n.Total, n.Placed, n.Refused, n.InDoubt, n.Left, spentWords(n.Spent), n.Remaining)
	}
	out, err := do(s)
	bar.Done()
	p.notes(out.Notes)
	if err != nil {
		return answer{}, err
	}
	if s.Detach {
		return p.detached(ctx, out)
	}
	doubts := out.Totals.States[journal.InDoubt]
	if doubts > 0 && len(out.Settlement.Conclusions) == 0 && !p.quiet {
		fmt.Fprintf(p.err, "Rows in doubt can be settled from %s on: until then late orders may appear.\n",
			time.Now().Add(settle.LateCommit).Format(time.DateTime))
	}
	return outcome(out), nil
}

// spentWords is empty where nothing is known to be spent, on panels of several currencies too.
func spentWords(d decimal.Decimal) string {
	if d.IsZero() {
		return ""
	}
	return report.Amount(d, "")
}

// result tells an outcome as the report does.
func result(out desk.Outcome) report.Result {
	r := report.NewResult(out.Batch, out.Totals)
	r.Alarm = out.End.Alarm
	if out.End.Stop != batch.Done {
		r.Stop = &report.Stop{Why: string(out.End.Stop), Words: out.End.Words}
	}
	if out.End.Stop == batch.Paused {
		r.Next = "bulkorder go-on " + report.ShellWord(out.End.Panel)
	}
	return r
}

// detached tells what was put into the books for workers to send.
func (p *program) detached(ctx context.Context, out desk.Outcome) (a answer, err error) {
	r := result(out)
	background, err := p.background(ctx, out.Batch)
	r.InBackground(background)
	return answer{code: detachedCode(out), object: r, words: func(s terminal.Screen) { s.Finished(r) }}, err
}
