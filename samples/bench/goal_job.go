package main

import (
	"context"
	"strconv"
	"time"
)

// job is a sheet that was ordered, and whose orders were followed to their end, with the results written.
type job struct {
	panels         *panels
	account        account
	sheet          string
	run, refresh   usage
	ordered, asked tally // calls of the two
}

func (j *job) whole() usage { return j.run.and(j.refresh) }

// job does the whole job on a sheet of so many rows, once.
func (b *bench) job(ctx context.Context, rows int) (*job, error) {
	if j := b.done[rows]; j != nil {
		return j, nil
	}
	sheet, err := b.sheet(ctx, sheetSpec{Rows: rows})
	if err != nil {
		return nil, err
	}
	p, err := b.panels(ctx, panelSpec{})
	if err != nil {
		return nil, err
	}
	j := &job{panels: p, account: p.account(0), sheet: sheet}
	b.done[rows] = j
	if j.run, err = j.account.order(ctx, sheet, 64); err != nil {
		return nil, err
	}
	if j.ordered, err = p.tally(0); err != nil {
		return nil, err
	}
	if err := p.forget(0); err != nil {
		return nil, err
	}
	if err := p.later(0, 365*24*time.Hour); err != nil { // when all orders have ended
		return nil, err
	}
	if j.refresh, err = j.account.call(ctx, "refresh", "--quiet", "--rate", "1000000/s"); err != nil {
		return nil, err
	}
	j.asked, err = p.tally(0)
	return j, err
}

// measureJob: goal 3.
func measureJob(ctx context.Context, b *bench) error {
	large, err := b.job(ctx, b.Rows)
	if err != nil {
		return err
	}
	small, err := b.job(ctx, b.Small)
	if err != nil {
		return err
	}
	bare, err := b.near(ctx, func(ctx context.Context, a account) (usage, error) {
		return run(a.goScript(ctx, "-threads", "64", "-kept=false", small.sheet, a.url, a.path("results.xlsx")))
	})
	if err != nil {
		return err
	}
	all, few := large.whole(), small.whole()
	read, err := b.own(ctx, "read", "cells", small.sheet)
	if err != nil {
		return err
	}
	write, err := b.own(ctx, "write", strconv.Itoa(b.Small), strconv.Itoa(2*b.Small), small.account.path("bare.xlsx"))
	if err != nil {
		return err
	}
	each := func(u usage, rows int) float64 { return u.CPU.Seconds() * 1e6 / float64(rows) }
	b.find("cpu", each(all, b.Rows), "run %.1f s CPU, refresh %.1f s; %.1f s in all",
		large.run.CPU.Seconds(), large.refresh.CPU.Seconds(), all.Wall.Seconds())
	b.limit("cpu", each(bare.and(read).and(write), b.Small),
		"a bare loop %.0f, the sheet's cells read %.0f, the results' written %.0f: no journal, check or statuses",
		each(bare, b.Small), each(read, b.Small), each(write, b.Small))
	b.find("memory", all.mib(), "run %.0f MiB, refresh %.0f MiB", large.run.mib(), large.refresh.mib())
	b.find("memory small", few.mib(), "run %.0f MiB, refresh %.0f MiB", small.run.mib(), small.refresh.mib())
	b.find("linear", ratio(all.CPU, few.CPU), "%.1f s, %.2f s", all.CPU.Seconds(), few.CPU.Seconds())
	return nil
}

func ratio(a, b time.Duration) float64 { return a.Seconds() / b.Seconds() }

// measureWorkbook: goal 5. The results hold a row for each order, and one for each change of a status.
func measureWorkbook(ctx context.Context, b *bench) error {
	j, err := b.job(ctx, b.Rows)
	if err != nil {
		return err
	}
	ours, bare := j.account.path("again.xlsx"), j.account.path("bare.xlsx")
	if _, err := j.account.call(ctx, "report", "--out", ours); err != nil {
		return err
	}
	cells, changes, err := written(ours)
	if err != nil {
		return err
	}
	medians, err := alternate(ctx, b.Repeats,
		func(ctx context.Context) (float64, error) {
			u, err := j.account.call(ctx, "report", "--out", ours)
			return u.CPU.Seconds(), err
		},
		func(ctx context.Context) (float64, error) {
			u, err := b.own(ctx, "write", strconv.Itoa(b.Rows), strconv.Itoa(changes), bare)
			return u.CPU.Seconds(), err
		})
	if err != nil {
		return err
	}
	its, _, err := written(bare)
	b.find("workbook", medians[0]/medians[1], "%.2f s CPU, %.2f s; %d cells, %d",
		medians[0], medians[1], cells, its)
	return err
}

// written counts a workbook's cells, and the rows of its sheet of changes, which is the one with the most rows.
func written(path string) (cells, changes int, err error) {
	rows, counted, err := countCells(path)
	for part, n := range rows {
		changes = max(changes, n-1)
		cells += counted[part]
	}
	return cells, changes, err
}

// measureMillion: goal 3.
func measureMillion(ctx context.Context, b *bench) error {
	part, err := b.job(ctx, b.Rows)
	if err != nil {
		return err
	}
	million, err := b.job(ctx, 10*b.Rows)
	if err != nil {
		return err
	}
	all, tenth := million.whole(), part.whole()
	b.find("linear million", ratio(all.CPU, tenth.CPU), "%.0f s, %.1f s; %.0f s in all",
		all.CPU.Seconds(), tenth.CPU.Seconds(), all.Wall.Seconds())
	b.find("memory million", all.mib(), "run %.0f MiB, refresh %.0f MiB", million.run.mib(), million.refresh.mib())
	return nil
}
