package command

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"bulkorder/batch/fleet"
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/terminal"
)

type workOptions struct {
	parts   int
	every   string
	metrics string
	status  bool
}

func (p *program) workCommand() *cobra.Command {
	var o workOptions
	cmd := &cobra.Command{
		Use: "work", Short: "Send batches in the background, and ask how their orders stand", Args: noArguments,
		Long: `Stays, and sends the batches that "run --detach" and "resume --detach" put into the books, several at once, each
account at its rate; asks how orders stand, and writes the results again. Any number of workers may run. One that is
stopped finishes what is under way; what one that is killed leaves behind the next one goes on with.`,
		RunE: p.does(func(ctx context.Context, _ []string) (answer, error) {
			if o.status {
				return p.runWorkStatus(ctx)
			}
			return answer{}, p.runWork(ctx, o)
		}),
	}
	f := cmd.Flags()
	f.IntVar(&o.parts, "parts", 10, "send this many `batches` at once")
	f.StringVar(&o.every, "every", "15m", "look after this `time` which orders are to be asked about; off: never")
	f.BoolVar(&o.status, "status", false, "tell which workers run, and what they are at")
	metricsFlag(f, &o.metrics)
	paceFlags(f)
	notifyFlag(f)
	typedOnly(cmd, "status")
	return cmd
}

// runWork works in the background until it is interrupted.
func (p *program) runWork(ctx context.Context, o workOptions) error {
	p.desk.Accounts.Several = true
	w := fleet.Worker{Desk: p.desk, Parts: o.parts, Told: p.worked}
	if o.parts < 1 {
		return usage(fmt.Errorf("--parts %d: a worker sends one batch at least", o.parts))
	}
	var err error
	if w.Asks, err = asksEvery(o.every); err == nil {
		err = p.checkNotice()
	}
	if err != nil {
		return err
	}
	p.say("Working. Interrupt to stop: what is under way is finished.")
	metrics, err := metricsAt(o.metrics)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	if err := p.tellMetrics(ctx, g, metrics); err != nil {
		return err
	}
	g.Go(func() error { return w.Run(ctx) })
	return g.Wait()
}

// event is what work --json prints of something that happens, a line each.
type event struct {
	At    time.Time      `json:"at"`
	What  fleet.What     `json:"what"`
	Batch string         `json:"batch,omitempty"`
	Words string         `json:"words,omitempty"`
	Until *time.Time     `json:"until,omitempty"`
	Rows  *report.Counts `json:"rows,omitempty"`
}

// worked tells what a worker does.
func (p *program) worked(e fleet.Event) {
	now := time.Now()
	told := event{At: now.UTC(), What: e.What, Batch: e.Batch}
	if e.Err != nil {
		told.Words = e.Err.Error()
	}
	switch {
	case e.Asked != nil:
		r := refreshed(*e.Asked)
		told.Rows = &r.Rows
	case e.Outcome.Batch.ID != "":
		r := result(e.Outcome)
		told.Rows = &r.Rows
		if r.Stop != nil {
			told.Words = r.Stop.Words
		}
	}
	if !e.Until.IsZero() {
		told.Until = &e.Until
	}
	p.notes(e.Outcome.Notes)
	_ = p.print(answer{object: told, chat: true, words: func(s terminal.Screen) {
		fmt.Fprintln(s.Out, now.Format(time.DateTime), parse.Escape(told.line()))
	}})
}

// line tells an event in a line.
func (e event) line() string {
	text := string(e.What)
	if e.Batch != "" {
		text = "batch " + e.Batch + " " + text
	}
	if e.Rows != nil {
		text += fmt.Sprintf(": %s placed of %s", report.Count(e.Rows.Placed), report.Counted(e.Rows.Total, "row"))
	}
	if e.Words != "" {
		text += ": " + e.Words
	}
	if e.Until != nil {
		text += "; again at " + e.Until.Local().Format(time.TimeOnly)
	}
	return text
}

// working is what work --status prints as one object.
type working struct {
	Workers  []worker  `json:"workers"`
	Jobs     []jobTold `json:"jobs"`
	Accounts []rate    `json:"accounts"`
}

type worker struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	User  string    `json:"user"`
	Since time.Time `json:"since"`
}

type jobTold struct {
	Batch string `json:"batch"`
	Panel string `json:"panel"`
	*report.Background
	Rows report.Counts `json:"rows"`
}

// rate is how fast an account is sent to.
type rate struct {
	Panel  string  `json:"panel"`
	Rate   float64 `json:"rate"`  // requests a second that are kept to; 0: as many as each process is permitted
	Limit  float64 `json:"limit"` // of the panel, a second, as it was learned; 0: nothing was
	Paused *paused `json:"paused,omitempty"`
}

// runWorkStatus tells which workers run, and what they are at.
func (p *program) runWorkStatus(ctx context.Context) (a answer, err error) {
	s, err := p.desk.Working(ctx)
	if err != nil {
		return a, err
	}
	told := working{Workers: []worker{}, Jobs: []jobTold{}, Accounts: []rate{}}
	for _, h := range s.Workers {
		told.Workers = append(told.Workers, worker{h.PID, h.Host, h.User, h.Since.UTC()})
	}
	for i, job := range s.Jobs {
		r := report.NewResult(job.Batch, s.Totals[i])
		told.Jobs = append(told.Jobs, jobTold{r.Batch, r.Panel, report.NewBackground(job.Job, job.Worker, len(s.Workers)), r.Rows})
	}
	for _, on := range s.Accounts {
		one := rate{Panel: on.Panel, Rate: on.Rate, Limit: on.Limit}
		for _, p := range s.Pauses {
			if p.Account == on.Account {
				one.Paused = &paused{Panel: p.Panel, Paused: true, Since: p.At.UTC().Format(time.RFC3339), By: p.By}
			}
		}
		told.Accounts = append(told.Accounts, one)
	}
	return answer{object: told, words: func(s terminal.Screen) { tellWorking(s, told) }}, nil
}

func tellWorking(s terminal.Screen, told working) {
	var workers, jobs, accounts [][]string
	for _, w := range told.Workers {
		workers = append(workers, []string{fmt.Sprint(w.PID), w.Host, w.User, w.Since.Local().Format(time.DateTime)})
	}
	for _, j := range told.Jobs {
		jobs = append(jobs, []string{j.Batch, j.Panel, report.Count(j.Rows.Queued), report.Count(j.Rows.Placed),
			terminal.BackgroundWords(j.Background, time.Now())})
	}
	for _, a := range told.Accounts {
		standing := "open"
		if a.Paused != nil {
			standing = "paused by " + a.Paused.By
		}
		accounts = append(accounts, []string{a.Panel, perSecond(a.Rate), perSecond(a.Limit), standing})
	}
	if workers == nil {
		fmt.Fprintln(s.Out, "No worker runs; `bulkorder work` is one.")
	}
	for _, t := range []struct {
		heads []string
		rows  [][]string
	}{
		{[]string{"Worker", "Machine", "User", "Since"}, workers},
		{[]string{"Batch", "Panel", "Queued", "Placed", "Stands"}, jobs},
		{[]string{"Account", "Rate", "Limit", "Stands"}, accounts},
	} {
		if t.rows != nil {
			s.Table(t.heads, t.rows)
		}
	}
}

func perSecond(n float64) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3g/s", n)
}

// background tells how it stands with a batch that workers send; nil: none do.
func (p *program) background(ctx context.Context, b journal.Batch) (*report.Background, error) {
	job, err := p.desk.JobOf(ctx, b)
	if job == nil || err != nil {
		return nil, err
	}
	j, err := p.desk.Journal(ctx)
	if err != nil {
		return nil, err
	}
	workers, err := j.Workers()
	return report.NewBackground(job.Job, job.Worker, len(workers)), err
}
