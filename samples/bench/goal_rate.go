package main

import (
	"context"
	"fmt"
	"time"
)

// measureRate: goal 1.
func measureRate(ctx context.Context, b *bench) error {
	p, err := b.panels(ctx, panelSpec{}, panelSpec{})
	if err != nil {
		return err
	}
	defer p.close()
	for panel, rate := range []int{100, 1000} {
		seconds := b.Kept / 2
		if rate == 1000 {
			seconds = b.Kept / 6
		}
		sheet, err := b.sheet(ctx, sheetSpec{Rows: int(float64(rate) * seconds.Seconds())})
		if err != nil {
			return err
		}
		w, err := p.account(panel).keep(ctx, sheet, rate)
		if err != nil {
			return err
		}
		if _, err := w.end(); err != nil {
			return err
		}
		if err := b.findRate(p, panel, fmt.Sprint(rate), rate); err != nil {
			return err
		}
	}
	s, err := b.at50ms(ctx)
	if err != nil {
		return err
	}
	ideal := float64(b.Sent) * 0.05 / 64
	b.find("ideal", s.ours/ideal, "%.2f s of %.2f s; without a journal %.2f s", s.ours, ideal, s.bare)
	return nil
}

// keep starts a run at a permitted rate, with no other setting.
func (a account) keep(ctx context.Context, sheet string, rate int) (*working, error) {
	return a.begin(ctx, "run", sheet, "--yes", "--quiet", "--rate", fmt.Sprint(rate, "/s"),
		"--out", a.path("results.jsonl"))
}

// findRate notes how a rate was kept.
func (b *bench) findRate(p *panels, panel int, name string, rate int) error {
	t, err := p.tally(panel)
	if err != nil {
		return err
	}
	b.find("rate "+name, t.rate()/float64(rate), "%d calls in %.1f s", t.Within, t.Span.Seconds())
	from := fmt.Sprintf("%d calls", t.Fullest)
	if t.Stalled > 0 { // what comes meanwhile is counted at its end
		from += fmt.Sprintf("; the panel itself stood still for %d ms about then", t.Stalled.Milliseconds())
	}
	b.find("second "+name, float64(t.Fullest)/float64(rate), "%s", from)
	return nil
}

// measureDistant: goal 8.
func measureDistant(ctx context.Context, b *bench) error {
	names := []string{"50ms", "150ms", "stall"}
	if why := noDistance(); why != "" {
		b.miss(why, "rate 50ms", "second 50ms", "rate 150ms", "second 150ms", "second stall", "rate four", "second four")
		return nil
	}
	far := panelSpec{RoundTrip: 50 * time.Millisecond, Work: 200 * time.Millisecond}
	farther := panelSpec{RoundTrip: 150 * time.Millisecond, Work: 200 * time.Millisecond}
	p, err := b.panels(ctx, far, farther, far, far)
	if err != nil {
		return err
	}
	defer p.close()
	sheet, err := b.sheet(ctx, sheetSpec{Rows: int(100 * b.Kept.Seconds())})
	if err != nil {
		return err
	}
	// They wait most of the time, so all at once.
	var works []*working
	for panel := range names {
		w, err := p.account(panel).keep(ctx, sheet, 100)
		if err != nil {
			return err
		}
		works = append(works, w)
	}
	if err := stopFor(works[2], b.Kept/3, 3*time.Second); err != nil {
		return err
	}
	for panel, name := range names {
		if _, err := works[panel].end(); err != nil {
			return err
		}
		if err := b.findRate(p, panel, name, 100); err != nil {
			return err
		}
	}
	return b.measureFour(ctx, p, 3)
}

// stopFor stops a run for a while, some time after it began.
func stopFor(w *working, after, long time.Duration) error {
	time.Sleep(after)
	if err := halt(w.cmd.Process); err != nil {
		return err
	}
	time.Sleep(long)
	return goOn(w.cmd.Process)
}

// measureFour has four processes of one account share its rate.
func (b *bench) measureFour(ctx context.Context, p *panels, panel int) error {
	a := p.account(panel)
	var works []*working
	for i := range 4 {
		rows := int(100*b.Kept.Seconds()) / 4
		sheet, err := b.sheet(ctx, sheetSpec{Rows: rows, First: 10_000_000 * (i + 1)})
		if err != nil {
			return err
		}
		w, err := a.begin(ctx, "run", sheet, "--yes", "--quiet", "--rate", "100/s",
			"--out", a.path(fmt.Sprintf("results%d.jsonl", i)))
		if err != nil {
			return err
		}
		works = append(works, w)
	}
	for _, w := range works {
		if _, err := w.end(); err != nil {
			return err
		}
	}
	return b.findRate(p, panel, "four", 100)
}
