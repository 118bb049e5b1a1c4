package main

import (
	"context"
	"fmt"
	"time"
)

// limit is one that a panel may have.
type limit struct {
	what      string
	text      string // as the sandbox reads it
	perSecond float64
	window    bool // it counts by the clock's minutes: what comes in a few seconds tells nothing
}

func limits() []limit {
	var all []limit
	for _, fill := range []int{10, 40} {
		for _, burst := range []int{5, 20} {
			for _, silent := range []string{"", ":silent"} {
				words := "Retry-After"
				if silent != "" {
					words = "no Retry-After"
				}
				all = append(all, limit{
					what:      fmt.Sprintf("%d/s, burst %d, %s", fill, burst, words),
					text:      fmt.Sprintf("bucket:%d:%d%s", burst, fill, silent),
					perSecond: float64(fill),
				})
			}
		}
	}
	return append(all,
		limit{what: "40 in each second", text: "second:40", perSecond: 40},
		limit{what: "100 in each minute", text: "minute:100", perSecond: 100.0 / 60, window: true})
}

// ways are how the program is told a rate that isn't the panel's.
func ways() []string { return []string{"auto", "1000/s"} }

func (s sizes) limitLines() (lines []line) {
	for _, l := range limits() {
		for _, way := range ways() {
			what := fmt.Sprintf("%s, --rate %s: of the limit after %.0f s", l.what, way, s.Find.Seconds())
			lines = append(lines, least(9, "limit "+l.text+" "+way, what, 0.85),
				most(9, "turned "+l.text+" "+way, "… refusals of all calls after that", 0.01, ""))
			if !l.window {
				lines = append(lines, least(9, "next "+l.text+" "+way, "… of the limit in the next run's first seconds", 0.85))
			}
		}
	}
	return lines
}

// seeking is a run that finds a limit.
type seeking struct {
	limit
	way     string
	panel   int
	account account
	*working
}

// measureLimits: goal 9. All of them wait most of the time, so they run at once.
func measureLimits(ctx context.Context, b *bench) error {
	var specs []panelSpec
	var all []*seeking
	for _, l := range limits() {
		for _, way := range ways() {
			all = append(all, &seeking{limit: l, way: way, panel: len(specs)})
			specs = append(specs, panelSpec{Limit: l.text, Work: 50 * time.Millisecond, Services: 100})
		}
	}
	p, err := b.panels(ctx, specs...)
	if err != nil {
		return err
	}
	defer p.close()
	for _, s := range all {
		s.account = p.account(s.panel)
		rows := int(s.perSecond*(b.Find+b.After+nextRun).Seconds()*1.3) + 200
		sheet, err := b.sheet(ctx, sheetSpec{Rows: rows, Services: 100})
		if err != nil {
			return err
		}
		s.working, err = s.account.begin(ctx, "run", sheet, "--yes", "--quiet", "--rate", s.way,
			"--out", s.account.path("results.jsonl"))
		if err != nil {
			return err
		}
	}
	wait(ctx, b.Find+b.After+3*time.Second) // starting takes some of it
	for _, s := range all {
		if err := b.findLimit(p, s); err != nil {
			return err
		}
	}
	return b.nextRuns(ctx, p, all)
}

// findLimit notes how near a run came to its panel's limit.
func (b *bench) findLimit(p *panels, s *seeking) error {
	t, err := p.tally(s.panel)
	if err != nil {
		return err
	}
	from, to := int(b.Find.Seconds()), int((b.Find + b.After).Seconds())
	early, _ := t.between(0, from)
	permitted, turned := t.between(from, to)
	rate := float64(permitted) / b.After.Seconds()
	b.find("limit "+s.text+" "+s.way, rate/s.perSecond, "%.1f/s; %.1f/s before", rate,
		float64(early)/b.Find.Seconds())
	if permitted+turned == 0 {
		b.miss("no call came any more", "turned "+s.text+" "+s.way)
		return nil
	}
	b.find("turned "+s.text+" "+s.way, float64(turned)/float64(permitted+turned), "%d of %d", turned,
		permitted+turned)
	return nil
}

// between counts the calls that the limit let pass and turned away in some of the seconds since the first order.
func (t tally) between(from, to int) (permitted, turned int) {
	for second := from; second < min(to, len(t.Permitted)); second++ {
		permitted += t.Permitted[second]
		turned += t.Turned[second]
	}
	return permitted, turned
}

// nextRun is how long a run is watched that knows what the last one learned.
const nextRun = 15 * time.Second

// nextRuns interrupts all runs and goes on with them.
func (b *bench) nextRuns(ctx context.Context, p *panels, all []*seeking) error {
	for _, s := range all {
		if err := s.interrupt(); err != nil {
			return err
		}
		if err := p.forget(s.panel); err != nil {
			return err
		}
	}
	var err error
	for _, s := range all {
		s.working, err = s.account.begin(ctx, "resume", "--yes", "--quiet", "--rate", s.way,
			"--out", s.account.path("results.jsonl"))
		if err != nil {
			return err
		}
	}
	wait(ctx, nextRun+2*time.Second)
	for _, s := range all {
		t, err := p.tally(s.panel)
		if err != nil {
			return err
		}
		if err := s.interrupt(); err != nil {
			return err
		}
		if s.window {
			continue
		}
		permitted, turned := t.between(0, int(nextRun.Seconds()))
		rate := float64(permitted) / nextRun.Seconds()
		b.find("next "+s.text+" "+s.way, rate/s.perSecond, "%.1f/s, %d turned away", rate, turned)
	}
	return nil
}

// wait waits, or until ctx ends.
func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
