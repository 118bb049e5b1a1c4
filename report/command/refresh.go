package command

import (
	"context"
	"errors"
	"fmt"
	"time"
	_ "time/tzdata" // Windows has no time zones that Go can read

	"github.com/spf13/cobra"

	"bulkorder/batch/desk"
	"bulkorder/batch/follow"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/book"
	"bulkorder/report/terminal"
)

type refreshOptions struct {
	all, due, until bool
	every, cron, tz string
	out, groupBy    string
}

func (p *program) refreshCommand() *cobra.Command {
	var o refreshOptions
	cmd := &cobra.Command{
		Use:   "refresh [BATCH...]",
		Short: "Ask how orders stand that aren't final, and write the results again",
		Long: `Asks the panel for the statuses of all orders that aren't final, and of refills, keeps each change, and
writes the results again where something changed. With --every or --cron it stays and does so again and again: then
orders are asked about the less often the longer nothing was heard of them, an order of a day every hour, at the most
every 6 hours.`,
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) { return p.runRefresh(ctx, o, args) }),
	}
	f := cmd.Flags()
	f.BoolVar(&o.all, "all", false, "all batches that have open orders")
	f.StringVar(&o.every, "every", "", "stay, and ask again after this `time`, such as 15m")
	f.StringVar(&o.cron, "cron", "", "stay, and ask again by this `schedule`, such as \"*/15 * * * *\"")
	f.StringVar(&o.tz, "time-zone", "", "the time `zone` of --cron, such as Europe/Berlin (default this machine's)")
	f.BoolVar(&o.until, "until-final", false, "end when all orders are final")
	f.BoolVar(&o.due, "due", false, "ask only about orders that are due, as --every does; for crontab and timers")
	f.StringVarP(&o.out, "out", "o", "", "write the results to `file` (.xlsx, .csv, .jsonl)")
	groupFlag(f, &o.groupBy)
	notifyFlag(f)
	rateFlag(f)
	return cmd
}

// runRefresh refreshes batches, once or on a schedule.
func (p *program) runRefresh(ctx context.Context, o refreshOptions, names []string) (a answer, err error) {
	rounds := desk.Rounds{
		Names: names, All: o.all, Due: o.due, Until: o.until,
		Results: desk.Results{Path: o.out, GroupBy: o.groupBy},
	}
	several := o.all || len(names) > 1
	if err = o.check(len(names) > 0, several, p.settings.Given["url"].Flag); err == nil {
		rounds.Schedule, err = o.schedule()
	}
	if err == nil {
		err = book.CheckPath(o.out)
	}
	if err != nil {
		return a, usage(err)
	}
	if err := p.checkNotice(); err != nil {
		return a, err
	}
	if rounds.Schedule != nil {
		return a, p.keepRefreshing(ctx, rounds)
	}
	var all []desk.Refreshed
	failed := false
	rounds.Told = func(done desk.Refreshed, err error) {
		if err != nil {
			failed = true
			fmt.Fprintln(p.err, parse.Escape(err.Error()))
		}
		p.notes(done.Notes)
		if done.Batch.ID != "" {
			all = append(all, done)
		}
	}
	n, err := p.desk.Rounds(ctx, rounds)
	if n == 0 && err == nil {
		p.say("There is nothing to ask: no batch has open orders.")
	}
	a = refreshedAnswer(all, several)
	a.code = refreshedCode(all)
	if failed { // they are told already
		a.code, err = errorCode(ctx, err), nil
	}
	return a, err
}

// check tells which options contradict each other.
func (o refreshOptions) check(named, several, urlFlag bool) error {
	switch {
	case o.every != "" && o.cron != "":
		return errors.New("--every and --cron contradict each other")
	case o.all && named:
		return errors.New("--all and a batch contradict each other")
	case o.tz != "" && o.cron == "":
		return errors.New("--time-zone is for --cron")
	case o.until && o.every == "" && o.cron == "":
		return errors.New("--until-final needs --every or --cron")
	case urlFlag && several:
		return errors.New("--url is the address of one panel, and these may be batches of several; leave it out, " +
			"each goes on at its own")
	case o.out != "" && several:
		return errors.New("--out is for one batch; without it each batch's results are written where they were")
	}
	return nil
}

// schedule reads when a refresh comes again; nil: never.
func (o refreshOptions) schedule() (*follow.Schedule, error) {
	var s follow.Schedule
	switch {
	case o.every != "":
		d, err := time.ParseDuration(o.every)
		if err != nil {
			return nil, fmt.Errorf("--every %q is no time; write it like 15m or 2h", o.every)
		}
		if s, err = follow.Every(d); err != nil {
			return nil, fmt.Errorf("--every: %w", err)
		}
	case o.cron != "":
		zone, err := time.LoadLocation(o.tz)
		if o.tz == "" {
			zone = time.Local
		}
		if err != nil {
			return nil, fmt.Errorf("--time-zone %q is not known; write it like Europe/Berlin", o.tz)
		}
		if s, err = follow.Cron(o.cron, zone); err != nil {
			return nil, fmt.Errorf("--cron: %w", err)
		}
	default:
		return nil, nil
	}
	return &s, nil
}

// keepRefreshing refreshes on a schedule, and tells of each batch as it comes.
func (p *program) keepRefreshing(ctx context.Context, rounds desk.Rounds) error {
	rounds.Told = func(done desk.Refreshed, err error) {
		if err != nil {
			fmt.Fprintln(p.err, parse.Escape(err.Error()))
		}
		p.notes(done.Notes)
		if done.Batch.ID == "" {
			return
		}
		r := refreshed(done)
		_ = p.print(answer{object: r, chat: true, words: func(s terminal.Screen) {
			if done.Round.Calls > 0 {
				fmt.Fprint(s.Out, time.Now().Format("2006-01-02 15:04:05 "))
				s.RefreshedLine(r)
			}
		}})
	}
	rounds.Next = func(next time.Time) { p.say("next at %s", next.Format("2006-01-02 15:04:05 MST")) }
	rounds.AllFinal = func() {
		if rounds.Until {
			p.say("All orders are final: this ends.")
			return
		}
		p.say("All orders are final: nothing is asked until there are open ones again. Ctrl-C ends this; with " +
			"--until-final it ends by itself.")
	}
	p.say("Refreshing %s.", rounds.Schedule)
	_, err := p.desk.Rounds(ctx, rounds)
	return err
}

// refreshes is what a refresh of several batches prints as one object: with one batch alone its fields too.
type refreshes struct {
	*report.Result
	Batches []report.Result `json:"batches"`
}

// refreshedAnswer tells what a refresh came to.
func refreshedAnswer(all []desk.Refreshed, several bool) answer {
	told := refreshes{Batches: []report.Result{}}
	for _, done := range all {
		told.Batches = append(told.Batches, refreshed(done))
	}
	a := answer{object: told, chat: true, words: func(s terminal.Screen) {
		for _, r := range told.Batches {
			s.Refreshed(r)
		}
	}}
	switch {
	case len(all) == 1 && several:
		told.Result = &told.Batches[0]
		a.object = told
	case len(all) == 1:
		a.object = told.Batches[0]
	case !several: // it failed
		return answer{}
	}
	return a
}

func refreshed(done desk.Refreshed) report.Result {
	r := report.NewResult(done.Batch, done.Totals)
	r.Refreshed = &report.Refreshed{
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
		r.Refreshed.Lost = done.Lost.Error()
	}
	return r
}
