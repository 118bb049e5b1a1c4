package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// measureBooks: goal 6.
func measureBooks(ctx context.Context, b *bench) error {
	j, err := b.job(ctx, b.Rows)
	if err != nil {
		return err
	}
	if err := b.measureShown(ctx, j); err != nil {
		return err
	}
	again, err := j.account.order(ctx, j.sheet, 64)
	if err != nil {
		return err
	}
	b.find("again", ratio(again.CPU, j.run.CPU), "%.2f s CPU, %.1f s", again.CPU.Seconds(), j.run.CPU.Seconds())
	calls := 0
	for _, n := range j.asked.Actions {
		calls += n
	}
	fewest := (b.Rows + 99) / 100
	b.find("calls", float64(j.asked.Actions["status"])/float64(fewest), "%d calls for statuses, %d in all",
		j.asked.Actions["status"], calls)
	b.find("refresh", j.refresh.CPU.Seconds()*1000/float64(calls), "%.1f s CPU, with the workbook",
		j.refresh.CPU.Seconds())
	return b.measureResume(ctx, b.Rows)
}

// measureMillionBooks: goal 6.
func measureMillionBooks(ctx context.Context, b *bench) error {
	j, err := b.job(ctx, 10*b.Rows)
	if err != nil {
		return err
	}
	if err := b.measureShown(ctx, j); err != nil {
		return err
	}
	return b.measureResume(ctx, 10*b.Rows)
}

// measureShown looks into the books of a job.
func (b *bench) measureShown(ctx context.Context, j *job) error {
	show := j.account.command(ctx, "show", "--json")
	var out bytes.Buffer
	show.Stdout = &out
	if _, err := run(show); err != nil {
		return err
	}
	var shown struct{ Batch string }
	if err := json.Unmarshal(out.Bytes(), &shown); err != nil {
		return fmt.Errorf("show: %w", err)
	}
	calls := map[string][]string{
		"explain": {"explain", shown.Batch, "777"}, "show": {"show", shown.Batch}, "history": {"history"},
	}
	for name, args := range calls {
		seconds, err := alternate(ctx, b.Repeats, func(ctx context.Context) (float64, error) {
			u, err := j.account.call(ctx, args...)
			return u.Wall.Seconds(), err
		})
		if err != nil {
			return err
		}
		b.find(name, seconds[0], "median of %d", b.Repeats)
	}
	return nil
}

// measureResume goes on with a batch of which a tenth is placed.
func (b *bench) measureResume(ctx context.Context, rows int) error {
	p, err := b.panels(ctx, panelSpec{})
	if err != nil {
		return err
	}
	defer p.close()
	sheet, err := b.sheet(ctx, sheetSpec{Rows: rows})
	if err != nil {
		return err
	}
	a := p.account(0)
	if _, err := a.order(ctx, sheet, 64, "--limit", strconv.Itoa(rows/10)); err != nil {
		return err
	}
	var seconds []float64
	for range min(b.Repeats, 3) {
		if err := p.forget(0); err != nil {
			return err
		}
		w, err := a.begin(ctx, "resume", "--yes", "--quiet", "--rate", "1000/s", "--limit", "10",
			"--out", a.path("results.jsonl"))
		if err != nil {
			return err
		}
		if _, err := w.end(); err != nil {
			return err
		}
		t, err := p.tally(0)
		if err != nil {
			return err
		}
		seconds = append(seconds, t.FirstAdd.Sub(w.began).Round(time.Millisecond).Seconds())
	}
	b.find("resume", median(seconds), "%d rows left", rows-rows/10)
	return b.measureKilled(ctx, p, a)
}

// measureKilled looks into the books right after a run was killed that sent as fast as it could.
func (b *bench) measureKilled(ctx context.Context, p *panels, a account) error {
	if err := p.forget(0); err != nil {
		return err
	}
	w, err := a.begin(ctx, "resume", "--yes", "--quiet", "--rate", "1000000/s", "--out", a.path("results.jsonl"))
	if err != nil {
		return err
	}
	var t tally
	for t.Actions["add"] < 2000 && err == nil && ctx.Err() == nil && time.Since(w.began) < time.Minute {
		time.Sleep(20 * time.Millisecond)
		t, err = p.tally(0)
	}
	if err := errors.Join(err, w.cmd.Process.Kill()); err != nil {
		return err
	}
	_ = w.cmd.Wait() // it was killed
	for _, name := range []string{"show", "history"} {
		seconds, err := alternate(ctx, b.Repeats, func(ctx context.Context) (float64, error) {
			u, err := a.call(ctx, name)
			return u.Wall.Seconds(), err
		})
		if err != nil {
			return err
		}
		b.find(name+" killed", seconds[0], "after %d orders more", t.Actions["add"])
	}
	return nil
}
