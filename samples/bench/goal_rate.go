package main

import (
	"context"
	"errors"
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
	b.limit("ideal", s.synced/ideal, "%s, %.2f s", syncing, s.synced)
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

// findRate notes how a rate was kept, and how a bare loop kept it at another panel of the same kind.
func (b *bench) findRate(p *panels, panel, bare int, name string, rate int) error {
	t, err := p.tally(panel)
	if err != nil {
		return err
	}
	its, err := p.tally(bare)
	if err != nil {
		return err
	}
	of := float64(rate)
	b.find("rate "+name, t.rate()/of, "%d calls in %.1f s: %.2f with the first look", t.Within, t.Span.Seconds(),
		t.whole()/of)
	b.find("second "+name, float64(t.Fullest)/of, "%s", t.fullest())
	if its.Fullest > 0 { // it took two seconds and more
		b.limit("rate "+name, its.rate()/of, "a bare loop")
		b.limit("second "+name, float64(its.Fullest)/of, "a bare loop, %s", its.fullest())
	}
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
	for panel, name := range []string{"50ms", "150ms"} {
		bare := panel + 4
		if err := b.beside(ctx, p, panel, bare, sheet); err != nil {
			return err
		}
		if err := b.findRate(p, panel, bare, name, 100); err != nil {
			return err
		}
	}
	w, err := p.account(2).keep(ctx, sheet, 100)
	if err != nil {
		return err
	}
	if err := stopFor(w, b.Kept/3, 3*time.Second); err != nil {
		return err
	}
	if _, err := w.end(); err != nil {
		return err
	}
	if err := b.findRate(p, 2, 4, "stall", 100); err != nil {
		return err
	}
	return b.measureFour(ctx, p, 3)
}

// beside keeps a rate at one panel and lets a bare loop keep it at another, at the same time: they wait most of it, and
// what disturbs the machine disturbs both.
func (b *bench) beside(ctx context.Context, p *panels, panel, bare int, sheet string) error {
	ours, err := p.account(panel).keep(ctx, sheet, 100)
	if err != nil {
		return err
	}
	_, failed := run(p.account(bare).bareLoop(ctx, sheet, 100))
	_, err = ours.end()
	return errors.Join(failed, err)
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
	return b.findRate(p, panel, 4, "four", 100)
}
