package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
	_ "time/tzdata" // Windows has no time zones that Go can read

	"bulkorder/report/book"
	"bulkorder/report/notice"

	"github.com/spf13/cobra"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/report"
)

// refreshing is one call of the command refresh.
type refreshing struct {
	*app
	journal *journal.Journal
	jobs    map[string]*desk.Job // by batch, so that a key is fetched once

	names           []string // of batches; none: the last one
	all, due, until bool
	every, cron, tz string
	schedule        *batch.Schedule // nil: once
	rounds          int             // begun so far
	watched         time.Time       // when services were last looked at
	failures        []error         // of this round
	open, being     int             // batches of this round that may still change, and that are being worked on
}

func (a *app) refresh() *cobra.Command {
	r := &refreshing{app: a, jobs: map[string]*desk.Job{}}
	cmd := &cobra.Command{
		Use:   "refresh [BATCH...]",
		Short: "Ask how orders stand that aren't final, and write the results again",
		Long: `Asks the panel for the statuses of all orders that aren't final, and of refills, keeps each change, and writes the
results again where something changed. With --every or --cron it stays and does so again and again: then orders are asked
about the less often the longer nothing was heard of them, an order of a day every hour, at the most every 6 hours.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			r.names = args
			return r.run(cmd.Context())
		},
	}
	p := cmd.Flags()
	p.BoolVar(&r.all, "all", false, "all batches that have open orders")
	p.StringVar(&r.every, "every", "", "stay, and ask again after this `time`, such as 15m")
	p.StringVar(&r.cron, "cron", "", "stay, and ask again by this `schedule`, such as \"*/15 * * * *\"")
	p.StringVar(&r.tz, "time-zone", "", "the time `zone` of --cron, such as Europe/Berlin (default this machine's)")
	p.BoolVar(&r.until, "until-final", false, "end when all orders are final")
	p.BoolVar(&r.due, "due", false, "ask only about orders that are due, as --every does; for crontab and timers")
	p.StringVarP(&a.flags.out, "out", "o", "", "write the results to `file` (.xlsx, .csv, .jsonl)")
	a.notifyFlag(cmd)
	a.rateFlag(cmd)
	a.groupFlag(cmd)
	return cmd
}

func (r *refreshing) run(ctx context.Context) error {
	if err := r.read(); err != nil {
		return usageError{err}
	}
	if err := r.checkNotify(); err != nil {
		return err
	}
	var err error
	if r.journal, err = r.openJournal(ctx); err != nil {
		return err
	}
	defer r.journal.Close()
	if r.schedule == nil {
		_, err := r.round(ctx)
		if err == nil && len(r.failures) > 0 { // they are told already
			r.code = exitCode(ctx, errors.Join(r.failures...))
		}
		return err
	}
	hold, err := r.journal.HoldSchedule(desk.Holding(userName(r.environ)))
	if err != nil {
		return err
	}
	defer hold.Release()
	r.say("Refreshing %s.", r.schedule)
	return r.schedule.Keep(ctx, r.round, func(next time.Time) {
		r.say("next at %s", next.Format("2006-01-02 15:04:05 MST"))
	})
}

// read reads the flags.
func (r *refreshing) read() error {
	if r.every != "" && r.cron != "" {
		return errors.New("--every and --cron contradict each other")
	}
	if r.all && len(r.names) > 0 {
		return errors.New("--all and a batch contradict each other")
	}
	if r.tz != "" && r.cron == "" {
		return errors.New("--time-zone is for --cron")
	}
	if r.until && r.every == "" && r.cron == "" {
		return errors.New("--until-final needs --every or --cron")
	}
	if r.urlGiven && r.flags.url != "" && (r.all || len(r.names) > 1) {
		return errors.New(
			"--url is the address of one panel, and these may be batches of several; leave it out, each goes on at its own",
		)
	}
	if r.flags.out != "" && (r.all || len(r.names) > 1) {
		return errors.New("--out is for one batch; without it each batch's results are written where they were")
	}
	if err := book.CheckPath(r.flags.out); err != nil {
		return err
	}
	return r.readSchedule()
}

func (r *refreshing) readSchedule() error {
	var s batch.Schedule
	switch {
	case r.every != "":
		d, err := time.ParseDuration(r.every)
		if err != nil {
			return fmt.Errorf("--every %q is no time; write it like 15m or 2h", r.every)
		}
		if s, err = batch.Every(d); err != nil {
			return fmt.Errorf("--every: %w", err)
		}
	case r.cron != "":
		zone, err := time.LoadLocation(r.tz)
		if r.tz == "" {
			zone = time.Local
		}
		if err != nil {
			return fmt.Errorf("--time-zone %q is not known; write it like Europe/Berlin", r.tz)
		}
		if s, err = batch.Cron(r.cron, zone); err != nil {
			return fmt.Errorf("--cron: %w", err)
		}
	default:
		return nil
	}
	r.schedule = &s
	return nil
}

// watchEvery is how often a schedule looks at the catalogue: one panel gives it ten times an hour.
const watchEvery = 30 * time.Minute

// round refreshes each batch once. What goes wrong with a batch ends a schedule only in its first round,
// where it isn't the panel that is away.
func (r *refreshing) round(ctx context.Context) (done bool, err error) {
	batches, err := r.batches(ctx)
	if err != nil {
		return false, err
	}
	r.rounds++
	r.failures, r.open, r.being = nil, 0, 0
	watch := time.Since(r.watched) >= watchEvery
	if watch {
		r.watched = time.Now()
	}
	use := anyKey
	for _, b := range batches {
		if b.Panel != batches[0].Panel {
			use = ownKey // a key that names no panel is not for all of these
		}
	}
	for _, b := range batches {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if err := r.one(ctx, b, use, watch); err != nil {
			if r.schedule == nil && len(batches) == 1 || errors.Is(err, journal.ErrBroken) ||
				r.rounds == 1 && isFatal(err) {
				return false, err
			}
			fmt.Fprintf(r.err, "batch %s: %s\n", b.ID, parse.Escape(err.Error()))
			r.failures = append(r.failures, err)
		}
	}
	if len(batches) == 0 && r.schedule == nil {
		r.say("There is nothing to ask: no batch has open orders.")
	}
	return r.until && r.open == 0 && r.being == 0 && len(r.failures) == 0, nil
}

// isFatal tells errors that another round would meet again.
func isFatal(err error) bool {
	var usage usageError
	var refusal *panel.Refusal
	return errors.As(err, &usage) || errors.As(err, &refusal) && refusal.Class == panel.ClassKey
}

// batches finds the batches that are meant.
func (r *refreshing) batches(ctx context.Context) ([]journal.Batch, error) {
	if !r.all {
		names := r.names
		if len(names) == 0 {
			names = []string{""}
		}
		var found []journal.Batch
		for i, name := range names {
			b, err := r.journal.Batch(ctx, name)
			if err != nil {
				return nil, err
			}
			if len(r.names) > 0 {
				r.names[i] = b.ID
			} else {
				r.names = []string{b.ID} // a schedule stays with it though another one begins
			}
			found = append(found, b)
		}
		return found, nil
	}
	all, err := r.journal.Batches(ctx)
	if err != nil {
		return nil, err
	}
	var wrong error
	return slices.DeleteFunc(all, func(b journal.Batch) bool {
		open, err := r.journal.IsOpen(ctx, b)
		wrong = errors.Join(wrong, err)
		return !open && !unwritten(b)
	}), wrong
}

// unwritten tells whether a batch's results don't show all that is known, though they were to be written.
func unwritten(b journal.Batch) bool { return b.Workbook != "" && b.Revision > b.Written }

// one refreshes one batch and writes its results where they are out of date.
func (r *refreshing) one(ctx context.Context, b journal.Batch, use keyUse, watch bool) error {
	if err := r.checkGroup(b.Columns); err != nil {
		return err
	}
	job := r.jobs[b.ID]
	if job == nil {
		var err error
		if job, err = r.batchJob(ctx, b, use); err != nil {
			return err
		}
		job.Journal = r.journal
		r.jobs[b.ID] = job
	}
	done, err := job.Refresh(ctx, b, r.due || r.schedule != nil, watch)
	if err != nil {
		return err
	}
	if r.journal.Held(b.ID) {
		r.being++
	}
	open, err := r.journal.IsOpen(ctx, b)
	if err != nil {
		return err
	}
	if open {
		r.open++
	}
	wrong := r.results(context.WithoutCancel(ctx), &done)
	return errors.Join(r.tell(ctx, done), done.Lost, wrong)
}

// results writes the results of a batch where they are out of date, lost, or wanted at another place.
func (r *refreshing) results(ctx context.Context, done *desk.Refreshed) error {
	path, err := r.target(done.Batch)
	if err == nil && (done.Batch.Revision > done.Batch.Written || path != done.Batch.Workbook || !exists(path)) {
		done.Batch, err = r.write(ctx, r.journal, done.Batch, path)
	}
	if err != nil {
		return fmt.Errorf("the results could not be written; the statuses are in the journal: %w", err)
	}
	return nil
}

// tell tells what a refresh came to.
func (r *refreshing) tell(ctx context.Context, done desk.Refreshed) error {
	result := report.NewResult(done.Batch, done.Totals)
	result.Refreshed = &report.Refreshed{
		Orders:  done.Round.Orders,
		Refills: done.Round.Refills,
		Calls:   done.Round.Calls,
		Changed: done.Round.Changed,
		Silent:  done.Round.Silent,
		Failed:  done.Round.Failed,
		Held:    done.Held,
		Open:    done.Totals.Open,
	}
	if done.Lost != nil {
		result.Refreshed.Lost = done.Lost.Error()
	}
	if done.Final && result.Rows.Queued == 0 {
		r.notify(ctx, notice.Final, result)
	}
	if r.flags.json {
		return result.JSON(r.out)
	}
	if r.flags.quiet {
		return nil
	}
	t := r.person(r.out, r.outTerminal)
	if r.schedule == nil {
		t.Refreshed(result)
	} else if done.Round.Calls > 0 {
		fmt.Fprint(r.out, time.Now().Format("2006-01-02 15:04:05 "))
		t.RefreshedLine(result)
	}
	return nil
}

// say tells a person what a schedule does.
func (r *refreshing) say(format string, args ...any) {
	if !r.flags.quiet && !r.flags.json {
		fmt.Fprintf(r.err, format+"\n", args...)
	}
}
