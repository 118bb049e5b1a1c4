package stories_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// strace makes a call of the program whose system calls are tampered with or recorded. Without strace, on
// systems other than Linux, these tests are not run; where it should be there, that fails.
func (w *shop) strace(log string, options []string, args ...string) *exec.Cmd {
	w.t.Helper()
	path, err := exec.LookPath("strace")
	if err != nil && os.Getenv("BULKORDER_TEST_STRACE") == "required" {
		w.t.Fatal("strace is missing, and this machine should have it")
	}
	if err != nil {
		w.t.Skip("strace is not on this machine: crashes at every system call are not tried")
	}
	cmd := w.command(args...)
	cmd.Args = append(append([]string{path, "-f", "-qq", "-o", log}, options...), append([]string{program}, args...)...)
	cmd.Path = path
	return cmd
}

func small(rows int) string {
	var b strings.Builder
	b.WriteString("service,link,quantity\n")
	for i := range rows {
		fmt.Fprintf(&b, "1,https://example.com/%d,100\n", i+2)
	}
	return b.String()
}

const crashRows = 4

// TestACrashAtEverySystemCall ends the program by kill -9 before its n-th write, sync, read, send or
// connection, for all n (of the many writes, each number of workers takes a third) and for 1, 2 and 4 workers, runs the
// sheet again, and compares ledger and books.
func TestACrashAtEverySystemCall(t *testing.T) {
	t.Parallel()
	for _, call := range []string{"fsync", "pwrite64", "write", "read", "connect", "ftruncate", "unlink,rename,renameat"} {
		for i, workers := range []int{1, 2, 4} {
			t.Run(fmt.Sprintf("%s with %d workers", call, workers), func(t *testing.T) {
				t.Parallel()
				tamper(t, tampering{call: call, workers: workers, fault: "signal=KILL:when=%d", kill: true, books: i > 0, third: i})
			})
		}
	}
}

// TestADiskThatFailsAtEveryCall lets the n-th write fail as on a full disk, once or from then on, or the n-th
// sync, for all n: the run stops, nothing is lost, nothing is ordered twice.
func TestADiskThatFailsAtEveryCall(t *testing.T) {
	t.Parallel()
	for call, faults := range map[string][]string{
		"pwrite64": {"error=ENOSPC:when=%d", "error=ENOSPC:when=%d+", "error=EIO:when=%d"},
		"fsync":    {"error=EIO:when=%d", "error=EIO:when=%d+", "error=ENOSPC:when=%d"},
	} {
		for i, fault := range faults {
			t.Run(call+" "+fmt.Sprintf(fault, 0), func(t *testing.T) {
				t.Parallel()
				tamper(t, tampering{call: call, workers: 2, fault: fault, books: i > 0, third: i})
			})
		}
	}
}

// tampering is what is done to the n-th system call of a kind.
type tampering struct {
	call    string
	workers int
	fault   string // as strace writes it, with n left open
	kill    bool   // it ends the program
	books   bool   // there are books already; making them takes more calls than all else
	third   int    // of many calls only each third is taken, from this one on: others of the same kind take the rest
}

// tamper runs a small batch once for each n with the n-th call of a kind tampered with, and runs it again
// until that changes nothing any more.
func tamper(t *testing.T, by tampering) {
	t.Helper()
	const patience = 3 // so many n without an effect, and the last call was found
	hits, first, step := 0, 1, 1
	if by.call == "pwrite64" {
		first, step = 1+by.third, 3
	}
	call, workers, fault, kill := by.call, by.workers, by.fault, by.kill
	for n, idle := first, 0; idle < patience; n += step {
		if n > 1000 {
			t.Fatal("it goes on for ever")
		}
		w := newShop(t, sandbox.Config{})
		w.write("orders.csv", small(crashRows))
		if by.books {
			w.write("other.csv", small(1))
			w.ok(0, "check", "other.csv", "--quiet")
		}
		args := []string{
			"run",
			"orders.csv",
			"--yes",
			"--quiet",
			"--rate",
			"1000/s",
			"--concurrency",
			fmt.Sprint(workers),
			"--out",
			"results.jsonl",
		}
		log := filepath.Join(w.state, "strace")
		cmd := w.strace(
			log,
			[]string{"-e", "trace=" + call, "-e", "inject=" + call + ":" + fmt.Sprintf(fault, n)},
			args...)
		code, out, errs := w.finish(cmd)
		if code == 0 {
			idle++
		} else {
			idle = 0
			hits++
		}
		if !kill && code < 0 {
			t.Errorf("n=%d: the program was killed by a failing disk:\n%s%s", n, out, errs)
		}
		w.auditAfter(n, workers, args)
	}
	if t.Logf("%d runs were hit", hits); hits == 0 {
		t.Error("nothing was tampered with")
	}
}

// auditAfter runs the sheet again and looks at what became of its rows.
func (w *shop) auditAfter(n, workers int, args []string) {
	w.t.Helper()
	code, r := w.result(args...)
	if code != 0 && code != 6 || r.Rows.Total != crashRows || r.Rows.Placed+r.Rows.InDoubt != crashRows ||
		r.Rows.InDoubt > workers {
		w.t.Errorf("n=%d: exit %d, %+v", n, code, r.Rows)
	}
	w.auditLinks("results.jsonl", crashRows)
}
