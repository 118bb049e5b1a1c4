package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"
)

// sendings are the times that rows took from the first order to the last answer, in seconds.
type sendings struct {
	ours   float64
	bare   float64 // by the script in Go, with a connection for each order as ours, and no journal
	synced float64 // by it, with a file that is synced before each order
}

// measureSafety: goal 2.
func measureSafety(ctx context.Context, b *bench) error {
	slow, err := b.at50ms(ctx)
	if err != nil {
		return err
	}
	b.find("journal 50ms", slow.ours/slow.bare, "%.2f s, %.2f s", slow.ours, slow.bare)
	b.limit("journal 50ms", slow.synced/slow.bare, "%s, %.2f s", syncing, slow.synced)
	fast, err := b.sendings(ctx, b.Bare, 0)
	if err != nil {
		return err
	}
	b.find("journal 0ms", fast.ours/fast.bare, "%.2f s, %.2f s", fast.ours, fast.bare)
	b.limit("journal 0ms", fast.synced/fast.bare, "%s, %.2f s", syncing, fast.synced)
	return nil
}

const syncing = "a bare loop that syncs a file before orders leave"

// at50ms measures sending at 50 ms once.
func (b *bench) at50ms(ctx context.Context) (sendings, error) {
	if b.slow == nil {
		s, err := b.sendings(ctx, b.Sent, 50*time.Millisecond)
		if err != nil {
			return s, err
		}
		b.slow = &s
	}
	return *b.slow, nil
}

// sendings sends rows to a panel on plain http, 64 in flight, with the program and with the script by turns.
func (b *bench) sendings(ctx context.Context, rows int, work time.Duration) (s sendings, err error) {
	sheet, err := b.sheet(ctx, sheetSpec{Rows: rows})
	if err != nil {
		return s, err
	}
	sending := func(send func(context.Context, account) error) func(context.Context) (float64, error) {
		return func(ctx context.Context) (float64, error) {
			p, err := b.panels(ctx, panelSpec{Work: work})
			if err != nil {
				return 0, err
			}
			defer p.close()
			if err := send(ctx, p.account(0)); err != nil {
				return 0, err
			}
			t, err := p.tally(0)
			if err == nil && t.Actions["add"] != rows {
				err = fmt.Errorf("%d orders of %d rows", t.Actions["add"], rows)
			}
			return t.Sending.Seconds(), err
		}
	}
	script := func(more ...string) func(context.Context) (float64, error) {
		return sending(func(ctx context.Context, a account) error {
			args := append(more, "-threads", "64", "-kept=false", sheet, a.url, a.path("results.xlsx"))
			_, err := run(a.goScript(ctx, args...))
			return err
		})
	}
	medians, err := alternate(ctx, min(b.Repeats, 3),
		sending(func(ctx context.Context, a account) error {
			_, err := a.order(ctx, sheet, 64)
			return err
		}),
		script(), script("-synced", filepath.Join(b.folder(), "synced")))
	if err != nil {
		return s, err
	}
	return sendings{ours: medians[0], bare: medians[1], synced: medians[2]}, nil
}
