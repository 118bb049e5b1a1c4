package main

import (
	"context"
	"os/exec"
)

// own runs a process of the benchmarks' own.
func (b *bench) own(ctx context.Context, args ...string) (usage, error) {
	return run(exec.CommandContext(ctx, b.self, args...))
}

// measureReading: goal 4.
func measureReading(ctx context.Context, b *bench) error {
	sheet, err := b.sheet(ctx, sheetSpec{Rows: b.Rows})
	if err != nil {
		return err
	}
	reading := func(by string) func(context.Context) (float64, error) {
		return func(ctx context.Context) (float64, error) {
			u, err := b.own(ctx, "read", by, sheet)
			return u.CPU.Seconds(), err
		}
	}
	medians, err := alternate(ctx, b.Repeats, reading("cells"), reading("rows"), reading("excelize"))
	if err != nil {
		return err
	}
	b.find("read", medians[0]/medians[2], "%.2f s CPU, %.2f s; %.2f s as rows that are understood, with what is warned of",
		medians[0], medians[2], medians[1])
	if err := b.measureCheck(ctx, "check", b.Rows); err != nil {
		return err
	}
	return b.measureCheck(ctx, "check small", b.Small)
}

// measureCheck times the program from its start to its last line.
func (b *bench) measureCheck(ctx context.Context, key string, rows int) error {
	p, err := b.panels(ctx, panelSpec{})
	if err != nil {
		return err
	}
	defer p.close()
	sheet, err := b.sheet(ctx, sheetSpec{Rows: rows})
	if err != nil {
		return err
	}
	var cpu []float64
	medians, err := alternate(ctx, b.Repeats, func(ctx context.Context) (float64, error) {
		u, err := p.account(0).call(ctx, "check", sheet)
		cpu = append(cpu, u.CPU.Seconds())
		return u.Wall.Seconds(), err
	})
	if err != nil {
		return err
	}
	b.find(key, medians[0], "%.2f s CPU", median(cpu))
	return nil
}
