package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// account is a person with an account at a panel: a folder with books of their own.
type account struct {
	bench     *bench
	dir       string
	url       string
	authority string
}

// environ is what a process of the account's owner sees; nothing of the developer's own settings.
func (a account) environ() []string {
	var all []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "BULKORDER_") && !strings.HasPrefix(v, "XDG_") && !strings.HasPrefix(v, "DBUS_") {
			all = append(all, v)
		}
	}
	return append(all,
		"BULKORDER_KEY=sandbox", "BULKORDER_URL="+a.url,
		"XDG_STATE_HOME="+filepath.Join(a.dir, "state"), "XDG_CONFIG_HOME="+filepath.Join(a.dir, "config"),
		"SSL_CERT_FILE="+a.authority, "REQUESTS_CA_BUNDLE="+a.authority)
}

// command is a call of the program. Interrupting the benchmarks ends it.
func (a account) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, a.bench.program, args...)
	cmd.Dir, cmd.Env = a.dir, a.environ()
	return cmd
}

// call runs the program to its end.
func (a account) call(ctx context.Context, args ...string) (usage, error) {
	return run(a.command(ctx, args...), exitStopped)
}

// What the program exits with where a pilot is done, and where it was interrupted.
const exitStopped, exitInterrupted = 5, 130

// order places a sheet without a limit of its own: as many at once as are told.
func (a account) order(ctx context.Context, sheet string, inFlight int, more ...string) (usage, error) {
	args := []string{
		"run", sheet, "--yes", "--quiet", "--rate", "1000000/s", "--concurrency", fmt.Sprint(inFlight),
		"--out", a.path("results.xlsx"),
	}
	return a.call(ctx, append(args, more...)...)
}

func (a account) path(name string) string { return filepath.Join(a.dir, name) }

// begin starts the program and leaves it at work.
func (a account) begin(ctx context.Context, args ...string) (*working, error) {
	w := &working{cmd: a.command(ctx, args...), began: time.Now()}
	w.cmd.Stderr = new(bytes.Buffer)
	return w, w.cmd.Start()
}

// working is a call of the program that is under way.
type working struct {
	cmd   *exec.Cmd
	began time.Time
}

// end waits for it.
func (w *working) end() (usage, error) { return used(w.cmd, w.began, exitStopped, exitInterrupted) }

// interrupt asks it to stop, and waits until it has.
func (w *working) interrupt() error {
	if err := w.cmd.Process.Signal(os.Interrupt); err != nil && !isDone(err) {
		return err
	}
	_, err := w.end()
	return err
}

func isDone(err error) bool { return err == os.ErrProcessDone }
