package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// usage is what a process used.
type usage struct {
	Wall, CPU time.Duration // CPU: user and system
	Peak      int64         // bytes; 0: the system doesn't tell
}

// and is what two processes used that ran one after the other.
func (u usage) and(v usage) usage {
	return usage{Wall: u.Wall + v.Wall, CPU: u.CPU + v.CPU, Peak: max(u.Peak, v.Peak)}
}

func (u usage) mib() float64 { return float64(u.Peak) / (1 << 20) }

// used waits for a command that was started and tells what it used. It may end with these exit codes, beside 0.
func used(cmd *exec.Cmd, began time.Time, codes ...int) (usage, error) {
	err := cmd.Wait()
	state := cmd.ProcessState
	if state == nil || err != nil && !slices.Contains(codes, state.ExitCode()) {
		told := ""
		if b, is := cmd.Stderr.(*bytes.Buffer); is {
			told = ending(b.String())
		}
		return usage{}, fmt.Errorf("%s: %w: %s", strings.Join(cmd.Args[1:min(len(cmd.Args), 3)], " "), err, told)
	}
	return usage{Wall: time.Since(began), CPU: state.UserTime() + state.SystemTime(), Peak: peak(state)}, nil
}

// ending is the last of a text.
func ending(text string) string {
	text = strings.TrimSpace(text)
	return text[max(0, len(text)-400):]
}

// run runs a command and tells what it used.
func run(cmd *exec.Cmd, codes ...int) (usage, error) {
	cmd.Stderr = new(bytes.Buffer)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, err
	}
	return used(cmd, began, codes...)
}

// median is the middle one.
func median(figures []float64) float64 {
	sorted := slices.Sorted(slices.Values(figures))
	if len(sorted) == 0 {
		return 0
	}
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

// alternate measures several things by turns, n times each, and gives the median of each: what disturbs the machine
// disturbs all of them.
func alternate(ctx context.Context, n int, things ...func(context.Context) (float64, error)) ([]float64, error) {
	figures := make([][]float64, len(things))
	for range n {
		for i, thing := range things {
			figure, err := thing(ctx)
			if err != nil {
				return nil, err
			}
			figures[i] = append(figures[i], figure)
		}
	}
	medians := make([]float64, len(things))
	for i := range things {
		medians[i] = median(figures[i])
	}
	return medians, nil
}
