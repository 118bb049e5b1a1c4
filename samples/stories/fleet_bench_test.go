//go:build unix

package stories_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal/pgtest"
	"bulkorder/samples/sandbox"
)

// yard is a set of books in a database, with accounts at panels of their own, for who measures.
type yard struct {
	b      *testing.B
	dir    string
	books  string
	panels []*sandbox.Sandbox
}

// newYard opens accounts p0, p1 and so on, at panels that answer after 50 ms.
func newYard(b *testing.B, accounts int) *yard {
	b.Helper()
	if os.Getenv("BULKORDER_FLEET") == "" {
		b.Skip("it takes minutes, and a machine that does nothing else: BULKORDER_FLEET=1")
	}
	y := &yard{b: b, dir: b.TempDir(), books: pgtest.Address(b)}
	var config strings.Builder
	for i := range accounts {
		s, err := sandbox.New(sandbox.Config{Key: key, Speed: -1, Latency: 50 * time.Millisecond, Balance: "100000"})
		if err != nil {
			b.Fatal(err)
		}
		server := httptest.NewServer(s)
		b.Cleanup(func() { s.Close(); server.Close() })
		y.panels = append(y.panels, s)
		fmt.Fprintf(&config, "[panels.p%d]\nurl = %q\n", i, server.URL+"/api/v2")
	}
	y.write("config.toml", config.String())
	return y
}

func (y *yard) write(name, text string) {
	if err := os.WriteFile(filepath.Join(y.dir, name), []byte(text), 0o600); err != nil {
		y.b.Fatal(err)
	}
}

func (y *yard) command(args ...string) *exec.Cmd {
	cmd := exec.Command(program, append(args, "--config", "config.toml", "--quiet")...)
	cmd.Dir, cmd.Stderr = y.dir, os.Stderr
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + y.dir, "XDG_STATE_HOME=" + filepath.Join(y.dir, "state"),
		"BULKORDER_JOURNAL=" + y.books}
	for i := range y.panels {
		cmd.Env = append(cmd.Env, fmt.Sprintf("BULKORDER_KEY_P%d=%s", i, key))
	}
	return cmd
}

// detach puts a sheet for an account into the books.
func (y *yard) detach(account, rows, n int) {
	sheet := fmt.Sprintf("s%d-%d.csv", account, n)
	y.write(sheet, followers(fmt.Sprintf("%d-%d", account, n), rows))
	if err := y.command("run", sheet, "--panel", fmt.Sprintf("p%d", account), "--yes", "--detach").Run(); err != nil {
		y.b.Fatal(err)
	}
}

// work starts workers, waits for so many orders, and gives how long that took, and the CPU time of the workers.
func (y *yard) work(workers, orders int, args ...string) (took, cpu time.Duration) {
	began := time.Now()
	var all []*exec.Cmd
	for range workers {
		cmd := y.command(append([]string{"work", "--every", "off"}, args...)...)
		if err := cmd.Start(); err != nil {
			y.b.Fatal(err)
		}
		all = append(all, cmd)
	}
	for done := 0; done < orders; time.Sleep(20 * time.Millisecond) {
		done = 0
		for _, p := range y.panels {
			done += len(p.Ledger())
		}
		if time.Since(began) > 10*time.Minute {
			y.b.Fatalf("%d of %d orders in ten minutes", done, orders)
		}
	}
	took = time.Since(began)
	for _, cmd := range all {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
		cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	return took, cpu
}

// BenchmarkWorkers sends 40 batches on 40 accounts at 20/s each, at most ten at once by a worker: four workers are to
// be four times as fast as one.
func BenchmarkWorkers(b *testing.B) {
	const accounts, rows = 40, 60
	for _, workers := range []int{1, 4} {
		b.Run(fmt.Sprint(workers), func(b *testing.B) {
			y := newYard(b, accounts)
			for i := range accounts {
				y.detach(i, rows, 0)
			}
			took, cpu := y.work(workers, accounts*rows, "--rate", "20/s", "--parts", "10")
			b.ReportMetric(accounts*rows/took.Seconds(), "rows/s")
			b.ReportMetric(cpu.Seconds()*1e6/accounts/rows, "µs-CPU/row")
		})
	}
}

// BenchmarkSharedRate sends eight batches on one account at 200/s by four workers, two each at once.
func BenchmarkSharedRate(b *testing.B) {
	const batches, rows = 8, 400
	y := newYard(b, 1)
	for n := range batches {
		y.detach(0, rows, n)
	}
	y.work(4, batches*rows, "--rate", "200/s", "--parts", "2", "--concurrency", "16")
	var at []time.Time
	for _, r := range y.panels[0].Requests() { // looks at the account are of its rate too
		at = append(at, r.At)
	}
	at = at[len(at)/10 : len(at)*8/10] // all of them are at work
	fullest, from := 0, 0
	for to := range at {
		for at[to].Sub(at[from]) >= time.Second {
			from++
		}
		fullest = max(fullest, to-from+1)
	}
	b.ReportMetric(float64(len(at)-1)/at[len(at)-1].Sub(at[0]).Seconds(), "requests/s")
	b.ReportMetric(float64(fullest), "fullest-second")
}
