//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peak is the most memory that a process which has ended had at once, in bytes. On Linux what its parent had counts
// for the child too, so the benchmarks' own process stays small.
func peak(p *os.ProcessState) int64 {
	used, is := p.SysUsage().(*syscall.Rusage)
	switch {
	case !is:
		return 0
	case runtime.GOOS == "darwin":
		return int64(used.Maxrss)
	}
	return int64(used.Maxrss) << 10
}

// halt stops a process as a laptop does whose lid is closed, and goOn lets it go on.
func halt(p *os.Process) error { return p.Signal(syscall.SIGSTOP) }
func goOn(p *os.Process) error { return p.Signal(syscall.SIGCONT) }
