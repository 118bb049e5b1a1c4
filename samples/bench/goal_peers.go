package main

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// peer is a script that the program is compared with, over https.
type peer struct {
	key, what string
	kept      bool
	needs     []string // of Python; nil: it is the one in Go
	python    bool
}

func peers() []peer {
	return []peer{
		{key: "go kept", what: "a Go script that keeps connections", kept: true},
		{key: "python kept", what: "a Python script that keeps connections", kept: true, python: true,
			needs: []string{"python3-requests", "python3-openpyxl"}},
		{key: "go new", what: "a Go script with new connections"},
		{key: "python new", what: "a Python script with new connections", python: true,
			needs: []string{"python3-requests", "python3-openpyxl"}},
	}
}

// How far the panel of the scripts is, as a round trip, and how long it works on an answer.
const distant, work = 50 * time.Millisecond, 200 * time.Millisecond

// peerLines lists what is wanted of scripts. A new connection costs two round trips more than a kept one: where the
// script isn't slow by itself, nothing can be more than (3 · 50 + 200) ÷ (50 + 200) = 1.4 times as fast as it.
func peerLines() []line {
	var lines []line
	for _, n := range []int{25, 64} {
		for _, p := range peers() {
			bound := 2.0
			if p.kept {
				bound = 0.97
			}
			what := fmt.Sprintf("orders/s over https, 50 ms away, 200 ms of work, %d in flight, over %s", n, p.what)
			lines = append(lines, least(7, fmt.Sprint(p.key, " ", n), what, bound))
		}
	}
	return append(lines,
		least(7, "requests", "openpyxl with requests: its CPU over ours, plain http, whole", 3),
		most(7, "requests memory", "… our memory over its", 1, ""),
		least(7, "http.client", "http.client: its CPU over ours", 1),
		most(7, "http.client memory", "… our memory over its", 1, ""),
	)
}

// measurePeers: goal 7.
func measurePeers(ctx context.Context, b *bench) error {
	for _, n := range []int{25, 64} {
		if err := b.measureFar(ctx, n); err != nil {
			return err
		}
	}
	return b.measurePlain(ctx)
}

// measureFar compares orders a second over https.
func (b *bench) measureFar(ctx context.Context, inFlight int) error {
	if why := noDistance(); why != "" {
		for _, p := range peers() {
			b.miss(why, fmt.Sprint(p.key, " ", inFlight))
		}
		return nil
	}
	// A kept connection takes 250 ms an order.
	sheet, err := b.sheet(ctx, sheetSpec{Rows: inFlight * 4 * int(b.Peers.Seconds())})
	if err != nil {
		return err
	}
	ours := func(ctx context.Context, a account) error {
		_, err := a.order(ctx, sheet, inFlight)
		return err
	}
	first, err := b.far(ctx, ours)
	if err != nil {
		return err
	}
	theirs := map[string]float64{}
	for _, p := range peers() {
		key := fmt.Sprint(p.key, " ", inFlight)
		if why := b.python.cannot(p.needs...); why != "" && p.python {
			b.miss(why, key)
			continue
		}
		theirs[key], err = b.far(ctx, func(ctx context.Context, a account) error {
			_, err := run(p.command(ctx, a, inFlight, sheet))
			return err
		})
		if err != nil {
			return err
		}
	}
	second, err := b.far(ctx, ours)
	if err != nil {
		return err
	}
	rate := median([]float64{first, second})
	kept := float64(inFlight) / (distant + work).Seconds()
	for key, its := range theirs {
		b.find(key, rate/its, "%.1f/s, %.1f/s", rate, its)
		if strings.Contains(key, " new ") {
			b.limit(key, kept/its, "%.0f/s, which is an order for each place in a round trip and the work", kept)
		}
	}
	return nil
}

func (p peer) command(ctx context.Context, a account, inFlight int, sheet string) *exec.Cmd {
	threads, out := strconv.Itoa(inFlight), a.path("results.xlsx")
	switch {
	case !p.python:
		return a.goScript(ctx, "-threads", threads, fmt.Sprintf("-kept=%t", p.kept), sheet, a.url, out)
	case p.kept:
		return a.script(ctx, "--threads", threads, sheet, a.url, out)
	}
	return a.script(ctx, "--threads", threads, "--new", sheet, a.url, out)
}

// far sends to a panel as they are and gives the orders a second.
func (b *bench) far(ctx context.Context, send func(context.Context, account) error) (float64, error) {
	p, err := b.panels(ctx, panelSpec{RoundTrip: distant, Work: work})
	if err != nil {
		return 0, err
	}
	defer p.close()
	if err := send(ctx, p.account(0)); err != nil {
		return 0, err
	}
	t, err := p.tally(0)
	return t.orders(), err
}

// measurePlain compares whole jobs on plain http without latency: sheet, orders, results.
func (b *bench) measurePlain(ctx context.Context) error {
	sheet, err := b.sheet(ctx, sheetSpec{Rows: b.PeerRows})
	if err != nil {
		return err
	}
	ours, err := b.near(ctx, func(ctx context.Context, a account) (usage, error) { return a.order(ctx, sheet, 64) })
	if err != nil {
		return err
	}
	for _, name := range []string{"requests", "http.client"} {
		read, out, why := sheet, "results.xlsx", b.python.cannot("python3-openpyxl")
		if why != "" && name == "http.client" { // the standard library is enough for CSV
			out, why = "results.csv", b.python.cannot()
			if read, err = b.sheet(ctx, sheetSpec{Rows: b.PeerRows, CSV: true}); err != nil {
				return err
			}
		}
		if name == "requests" {
			why = b.python.cannot("python3-requests", "python3-openpyxl")
		}
		if why != "" {
			b.miss(why, name, name+" memory")
			continue
		}
		its, err := b.near(ctx, func(ctx context.Context, a account) (usage, error) {
			return run(a.script(ctx, "--http", name, read, a.url, a.path(out)))
		})
		if err != nil {
			return err
		}
		b.find(name, ratio(its.CPU, ours.CPU), "%.2f s CPU, ours %.2f s; %.1f s, %.1f s in all",
			its.CPU.Seconds(), ours.CPU.Seconds(), its.Wall.Seconds(), ours.Wall.Seconds())
		b.find(name+" memory", ours.mib()/its.mib(), "%.0f MiB, %.0f MiB", ours.mib(), its.mib())
	}
	return nil
}

// near sends to a panel on this machine, by turns with nothing else, and gives the middle one by CPU.
func (b *bench) near(ctx context.Context, send func(context.Context, account) (usage, error)) (usage, error) {
	p, err := b.panels(ctx, panelSpec{})
	if err != nil {
		return usage{}, err
	}
	defer p.close()
	return send(ctx, p.account(0))
}
