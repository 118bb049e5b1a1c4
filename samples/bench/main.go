package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := start(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// start is the benchmarks, or one of the processes that they start: the first word says which.
func start(ctx context.Context, args []string) error {
	if len(args) > 0 {
		switch args[0] {
		case "panel":
			return servePanels(os.Stdin, os.Stdout)
		case "sheet":
			return sheetMain(args[1:])
		case "script":
			return scriptMain(args[1:])
		case "read":
			return readMain(args[1:])
		case "write":
			return writeMain(args[1:])
		}
	}
	return benchMain(ctx, args)
}

func benchMain(ctx context.Context, args []string) error {
	f := flag.NewFlagSet("bench", flag.ExitOnError)
	only := f.String("only", "", "measure these `goals` alone, such as 3,7; no table is written then")
	quick := f.Bool("quick", false, "small sizes; no table is written then")
	million := f.Bool("million", false, "what is said of a million rows")
	python := f.String("python", "", "the Python `program` (default python3, if it has what the script needs)")
	results := f.String("results", "samples/bench/RESULTS.md", "the `file` for the table")
	if err := f.Parse(args); err != nil {
		return err
	}
	goals, err := numbers(*only)
	if err != nil {
		return err
	}
	b, err := newBench(ctx, sizesOf(*quick, *million), *python)
	if err != nil {
		return err
	}
	defer b.close()
	began, machine := time.Now(), b.machine()
	t := table{Lines: b.wanted(*million), Found: b.found}
	var failed error
	for _, g := range measures(*million) {
		if !goals[g.number] && len(goals) > 0 {
			t.leave(g.number)
			continue
		}
		part := time.Now()
		fmt.Fprintf(os.Stderr, "goal %d: %s ...", g.number, g.what)
		if err := g.measure(ctx, b); err != nil {
			fmt.Fprintf(os.Stderr, " it failed: %v\n", err)
			failed = errors.Join(failed, fmt.Errorf("goal %d: %w", g.number, err))
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		fmt.Fprintf(os.Stderr, " %.0f s\n", time.Since(part).Seconds())
	}
	fmt.Print(t.text())
	fmt.Printf("\n%s\n%.0f s on %s\n", t.summary(), time.Since(began).Seconds(), machine)
	if *quick || len(goals) > 0 {
		return failed
	}
	return errors.Join(failed, t.writeInto(*results, section(*million), machine))
}

// numbers reads "3,7"; empty: all.
func numbers(text string) (map[int]bool, error) {
	goals := map[int]bool{}
	if text == "" {
		return goals, nil
	}
	for word := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < 1 || n > 10 {
			return nil, fmt.Errorf("%q is no goal: they are 1 to 10", word)
		}
		goals[n] = true
	}
	return goals, nil
}

// section is the heading of a run's table among the results.
func section(million bool) string {
	if million {
		return "make bench-million"
	}
	return "make bench"
}
