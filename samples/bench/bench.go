package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// sizes say how much is measured.
type sizes struct {
	Rows, Small int           // of whole jobs
	Sent        int           // rows that are sent at 50 ms, 64 in flight
	Bare        int           // … without latency
	Kept        time.Duration // how long a permitted rate is kept
	Find, After time.Duration // in which a limit is found, and then kept
	Peers       time.Duration // how long a script with kept connections sends
	PeerRows    int           // of the sheet that scripts read, order and write
	Catalogue   int           // services of a large one
	Wide        int           // rows of the sheets that order from it
	Repeats     int           // of what is cheap
}

func sizesOf(quick, million bool) sizes {
	s := sizes{
		Rows: 100_000, Small: 10_000, Sent: 12_800, Bare: 20_000, Kept: 30 * time.Second,
		Find: 60 * time.Second, After: 60 * time.Second, Peers: 10 * time.Second, PeerRows: 10_000,
		Catalogue: 30_000, Wide: 30_000, Repeats: 5,
	}
	switch {
	case quick && million:
		s.Rows = 10_000
	case quick:
		s = sizes{
			Rows: 10_000, Small: 1_000, Sent: 1_280, Bare: 2_000, Kept: 6 * time.Second,
			Find: 20 * time.Second, After: 10 * time.Second, Peers: 3 * time.Second, PeerRows: 1_000,
			Catalogue: 3_000, Wide: 6_000, Repeats: 1,
		}
	}
	return s
}

// bench is one run of the benchmarks.
type bench struct {
	sizes
	dir     string // everything that is made lies here
	self    string // this program
	program string // what is measured
	python  python
	found   map[string]finding
	sheets  map[sheetSpec]string
	done    map[int]*job // by rows
	slow    *sendings    // at 50 ms; nil: not measured yet
	folders int
}

func newBench(ctx context.Context, s sizes, python string) (*bench, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "bulkorder-bench-")
	if err != nil {
		return nil, err
	}
	b := &bench{
		sizes: s, dir: dir, self: self, program: filepath.Join(dir, "bulkorder"), found: map[string]finding{},
		sheets: map[sheetSpec]string{}, done: map[int]*job{},
	}
	if runtime.GOOS == "windows" {
		b.program += ".exe"
	}
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", b.program, "bulkorder")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.close()
		return nil, fmt.Errorf("building the program: %w: %s", err, out)
	}
	b.python = findPython(ctx, python)
	if b.python.script, err = filepath.Abs("samples/bench/script.py"); err == nil {
		_, err = os.Stat(b.python.script)
	}
	if err != nil {
		b.close()
		return nil, fmt.Errorf("run it at the top of the repository: %w", err)
	}
	return b, nil
}

// close ends what is left at work and removes what was made.
func (b *bench) close() {
	for _, j := range b.done {
		j.panels.close()
	}
	os.RemoveAll(b.dir)
}

// folder makes a new one.
func (b *bench) folder() string {
	b.folders++
	dir := filepath.Join(b.dir, strconv.Itoa(b.folders))
	if err := os.Mkdir(dir, 0o700); err != nil {
		panic(err) // in a folder of our own
	}
	return dir
}

// find notes what was measured for a line.
func (b *bench) find(key string, value float64, from string, args ...any) {
	b.found[key] = finding{Value: value, From: fmt.Sprintf(from, args...)}
}

// limit notes the best that can be had, for a line that was measured, and what shows it.
func (b *bench) limit(key string, value float64, what string, args ...any) {
	f := b.found[key]
	f.Limit = value
	f.From += fmt.Sprintf("; limit: "+what, args...)
	b.found[key] = f
}

// miss notes why nothing was measured.
func (b *bench) miss(why string, keys ...string) {
	for _, key := range keys {
		b.found[key] = finding{Missing: why}
	}
}

// noDistance is why panels over https can't be measured here; empty: they can.
func noDistance() string {
	switch runtime.GOOS {
	case "windows", "darwin":
		return "Go reads no SSL_CERT_FILE on this system"
	}
	return ""
}

// machine tells on what was measured, without its name, and how busy it was before.
func (b *bench) machine() string {
	words := []string{fmt.Sprintf("%d cores", runtime.NumCPU())}
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		if f := strings.Fields(string(text)); len(f) > 1 && f[0] == "MemTotal:" {
			kib, _ := strconv.ParseFloat(f[1], 64)
			words = append(words, fmt.Sprintf("%.0f GiB", kib/(1<<20)))
		}
	}
	words = append(words, runtime.GOOS+"/"+runtime.GOARCH, runtime.Version(), b.python.words())
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		load, _, _ := strings.Cut(string(text), " ")
		words = append(words, "load "+load+" before it began")
	}
	return strings.Join(words, ", ")
}
