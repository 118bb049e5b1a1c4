//go:build unix

package stories_test

import (
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// start runs the program in the background and waits until it has ordered something.
func (w *shop) start(args ...string) *exec.Cmd {
	w.t.Helper()
	cmd := w.command(args...)
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { cmd.Process.Kill() })
	for deadline := time.Now().Add(20 * time.Second); len(w.sandbox.Ledger()) < 3; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatal("nothing is ordered")
		}
	}
	return cmd
}

func signal(t *testing.T, cmd *exec.Cmd, s os.Signal) {
	t.Helper()
	if err := cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

const processRows = 300

// finished resumes and compares the whole ledger with the books.
func (w *shop) finished(doubts int) {
	w.t.Helper()
	code, r := w.result("resume", "--yes", "--rate", "2000/s", "--concurrency", "16", "--out", "results.jsonl")
	if code != 0 && code != 6 || r.Rows.Placed+r.Rows.InDoubt != processRows || r.Rows.InDoubt > doubts {
		w.t.Errorf("in the end: exit %d, %+v", code, r.Rows)
	}
	w.auditLinks("results.jsonl", processRows)
}

func processShop(t *testing.T) *shop {
	t.Helper()
	w := newShop(t, sandbox.Config{Latency: 50 * time.Millisecond})
	w.write("orders.csv", small(processRows))
	return w
}

func TestInterruptedOnceItFinishesWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	w := processShop(t)
	cmd := w.start("run", "orders.csv", "--yes", "--rate", "200/s", "--concurrency", "8")
	signal(t, cmd, os.Interrupt)
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit %d, want 130", code)
	}
	if _, r := w.result("show"); r.Rows.InDoubt != 0 || r.Rows.Placed != len(w.sandbox.Ledger()) || r.Rows.Queued == 0 {
		t.Errorf("%+v with %d orders", r.Rows, len(w.sandbox.Ledger()))
	}
	w.finished(0)
}

func TestInterruptedTwiceItLeavesAtOnce(t *testing.T) {
	t.Parallel()
	w := processShop(t)
	cmd := w.start("run", "orders.csv", "--yes", "--rate", "200/s", "--concurrency", "8")
	signal(t, cmd, os.Interrupt)
	time.Sleep(5 * time.Millisecond)
	signal(t, cmd, os.Interrupt)
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit %d, want 130", code)
	}
	w.finished(8)
}

func TestStoppedForAWhileItGoesOn(t *testing.T) {
	t.Parallel()
	w := processShop(t)
	cmd := w.start("run", "orders.csv", "--yes", "--rate", "200/s", "--concurrency", "8")
	signal(t, cmd, syscall.SIGSTOP)
	time.Sleep(1500 * time.Millisecond) // longer than an idle connection lives
	if code, _, errs := w.call("resume"); code != 11 || !strings.Contains(errs, "process") {
		t.Errorf("a second process while the first is stopped: exit %d: %s", code, errs)
	}
	signal(t, cmd, syscall.SIGCONT)
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit %d, want 0", code)
	}
	w.finished(0)
}

// TestManyProcessesOnOneSheet: one of them orders, the others are told who does.
func TestManyProcessesOnOneSheet(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2, 4} {
		w := processShop(t)
		var wg sync.WaitGroup
		codes := make([]int, n)
		for i := range n {
			wg.Go(func() {
				codes[i], _, _ = w.call(
					"run",
					"orders.csv",
					"--yes",
					"--quiet",
					"--rate",
					"500/s",
					"--concurrency",
					"8",
				)
			})
		}
		wg.Wait()
		done := 0
		for _, code := range codes {
			switch code {
			case 0:
				done++
			case 11:
			default:
				t.Errorf("%d processes: exit codes %v", n, codes)
			}
		}
		if done == 0 {
			t.Errorf("%d processes: none did the work: %v", n, codes)
		}
		w.finished(0)
	}
}

// TestKilledAmongMany: processes of which one is killed now and then, all on one sheet.
func TestKilledAmongMany(t *testing.T) {
	t.Parallel()
	w := processShop(t)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for round := range 4 {
				cmd := w.command(
					"run",
					"orders.csv",
					"--yes",
					"--quiet",
					"--rate",
					"500/s",
					"--concurrency",
					"8",
					"--out",
					"own.jsonl",
				)
				if err := cmd.Start(); err != nil {
					t.Error(err)
					return
				}
				for began := time.Now(); len(w.sandbox.Ledger()) == 0 && time.Since(began) < 20*time.Second; {
					time.Sleep(10 * time.Millisecond) // on a busy machine none of them may be that far
				}
				time.Sleep(time.Duration(100+40*i+30*round) * time.Millisecond)
				cmd.Process.Kill()
				cmd.Wait()
			}
		})
	}
	wg.Wait()
	w.finished(16 * 8)
}
