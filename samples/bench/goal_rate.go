package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"time"
)

// measureRate: goal 1.
func measureRate(ctx context.Context, b *bench) error {
	p, err := b.panels(ctx, panelSpec{}, panelSpec{}, panelSpec{}, panelSpec{})
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
		bare := panel + 2
		if _, err := run(p.account(bare).bareLoop(ctx, sheet, rate)); err != nil {
			return err
		}
		if err := b.findRate(p, panel, bare, fmt.Sprint(rate), rate); err != nil {
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

// bareLoop orders at a rate with no journal, no looks and no rows that wait for others: what the machine and the panel
// let through, with a connection for each order as ours.
func (a account) bareLoop(ctx context.Context, sheet string, rate int) *exec.Cmd {
	return a.goScript(ctx, "-threads", "1000", "-kept=false", "-rate", fmt.Sprint(rate), sheet, a.url,
		a.path("results.xlsx"))
}

// findRate notes how a rate was kept, beside a bare loop at another panel of the same kind; bare < 0: there was none.
func (b *bench) findRate(p *panels, panel, bare int, name string, rate int) error {
	t, err := p.tally(panel)
	if err != nil {
		return err
	}
	var its tally
	if bare >= 0 {
		if its, err = p.tally(bare); err != nil {
			return err
		}
	}
	of := float64(rate)
	kept, full := fmt.Sprintf("%d calls in %.1f s", t.Within, t.Span.Seconds()), t.fullest()
	if bare >= 0 {
		kept += fmt.Sprintf("; a bare loop %.2f", its.rate()/of)
	}
	if its.Fullest > 0 { // it took two seconds and more
		full += fmt.Sprintf("; a bare loop %.2f: %s", float64(its.Fullest)/of, its.fullest())
	}
	b.find("rate "+name, t.rate()/of, "%s", kept)
	b.find("second "+name, float64(t.Fullest)/of, "%s", full)
	return nil
}

// fullest tells of the fullest second. What comes while the panel itself stands still is counted at its end.
func (t tally) fullest() string {
	words := fmt.Sprintf("%d calls", t.Fullest)
	if t.Stalled > 0 {
		words += fmt.Sprintf(", about when the panel stood still for %d ms", t.Stalled.Milliseconds())
	}
	return words
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
	p, err := b.panels(ctx, far, farther, far, far, far, farther)
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
	loops := []int{4, 5, -1} // panels of bare loops
	for _, panel := range loops[:2] {
		w := &working{cmd: p.account(panel).bareLoop(ctx, sheet, 100), began: time.Now()}
		if w.cmd.Stderr = new(bytes.Buffer); w.cmd.Start() != nil {
			return fmt.Errorf("starting a bare loop: %s", w.cmd.Stderr)
		}
		works = append(works, w)
	}
	if err := stopFor(works[2], b.Kept/3, 3*time.Second); err != nil {
		return err
	}
	for _, w := range works {
		if _, err := w.end(); err != nil {
			return err
		}
	}
	for panel, name := range names {
		if err := b.findRate(p, panel, loops[panel], name, 100); err != nil {
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
	return b.findRate(p, panel, -1, "four", 100)
}
