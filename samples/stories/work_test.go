package stories_test

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// inBackground is what show says of a batch that workers send.
type inBackground struct {
	result
	Background *struct{ State, By, Words, Worker string }
}

func (w *shop) backgroundOf(batch string) (b inBackground) {
	w.t.Helper()
	_, out, errs := w.call("show", batch, "--json")
	if err := json.Unmarshal([]byte(out), &b); err != nil {
		w.t.Fatalf("%v: %s%s", err, out, errs)
	}
	return b
}

// onceEach wants each of so many links ordered once.
func (w *shop) onceEach(links int) {
	w.t.Helper()
	counts := w.counts()
	for link, n := range counts {
		if n != 1 {
			w.t.Errorf("%s was ordered %d times", link, n)
		}
	}
	if len(counts) != links {
		w.t.Errorf("%d links were ordered, not %d", len(counts), links)
	}
}

// detach puts a sheet into the books for workers.
func (w *shop) detach(name string, rows int, more ...string) inBackground {
	w.t.Helper()
	w.write(name+".csv", followers(name, rows))
	code, out, errs := w.call(append([]string{"run", name + ".csv", "--yes", "--detach", "--json"}, more...)...)
	var b inBackground
	if err := json.Unmarshal([]byte(out), &b); err != nil || code != 0 {
		w.t.Fatalf("exit %d, %v: %s%s", code, err, out, errs)
	}
	return b
}

// TestSheetsAreSentInTheBackground: run --detach orders nothing; a worker sends what waits, writes the results, asks
// for statuses, and ends when it is interrupted.
func TestSheetsAreSentInTheBackground(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	a := w.detach("a", 12)
	if a.Background == nil || a.Background.State != "waiting" || a.Rows.Queued != 12 || a.Next != "bulkorder work" {
		t.Fatalf("%+v", a)
	}
	if n := len(w.sandbox.Ledger()); n > 0 {
		t.Fatalf("%d orders before a worker ran", n)
	}
	b := w.detach("b", 5, "--limit", "3")
	worker := w.background("work", "--rate", "100/s")
	until(t, "the orders", func() bool { return len(w.sandbox.Ledger()) == 15 })
	until(t, "the jobs' end", func() bool { return w.backgroundOf(a.Batch).Background == nil })
	until(t, "the pilot's end", func() bool { return w.backgroundOf(b.Batch).Background == nil })
	if got := w.backgroundOf(a.Batch); got.Rows.Placed != 12 || got.Workbook == "" {
		t.Errorf("%+v", got)
	}
	if _, err := os.Stat(a.Workbook); err != nil {
		t.Errorf("the results: %v", err)
	}
	if got := w.backgroundOf(b.Batch); got.Rows.Placed != 3 || got.Rows.Queued != 2 {
		t.Errorf("the pilot: %+v", got)
	}
	w.ok(0, "resume", b.Batch, "--yes", "--detach")
	until(t, "the rest", func() bool { return w.backgroundOf(b.Batch).Rows.Placed == 5 })
	must(t, worker.Process.Signal(os.Interrupt))
	if code := worker.exit(); code != 0 || !strings.Contains(worker.words.String(), "batch "+a.Batch+" ended: 12 placed") {
		t.Errorf("exit %d: %s", code, worker.words.String())
	}
	w.onceEach(17)
}

// TestAWorkerThatIsKilledIsFollowedByAnother: the next one goes on from the books.
func TestAWorkerThatIsKilledIsFollowedByAnother(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	a := w.detach("a", 60)
	first := w.background("work", "--rate", "30/s")
	until(t, "the first orders", func() bool { return len(w.sandbox.Ledger()) >= 5 })
	must(t, first.Process.Kill())
	first.exit()
	if got := w.backgroundOf(a.Batch); got.Background == nil || got.Background.State != "waiting" {
		t.Errorf("after the kill: %+v", got.Background)
	}
	w.background("work", "--rate", "100/s")
	w.background("work", "--rate", "100/s")
	until(t, "the end", func() bool { return w.backgroundOf(a.Batch).Background == nil })
	if got := w.backgroundOf(a.Batch).Rows; got.Placed+got.InDoubt != 60 || got.Placed < 50 {
		t.Errorf("%+v", got)
	}
	for link, n := range w.counts() {
		if n != 1 {
			t.Errorf("%s was ordered %d times", link, n)
		}
	}
}

// TestABatchInTheBackgroundIsPaused: a worker that is at it leaves it, and goes on when it may.
func TestABatchInTheBackgroundIsPaused(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	a := w.detach("a", 40)
	w.background("work", "--rate", "20/s")
	until(t, "the first orders", func() bool { return len(w.sandbox.Ledger()) >= 3 })
	if got := w.backgroundOf(a.Batch); got.Background == nil || got.Background.State != "running" ||
		got.Background.Worker == "" {
		t.Errorf("while it is sent: %+v", got.Background)
	}
	w.ok(0, "pause", "--batch", a.Batch)
	until(t, "the pause", func() bool { return w.backgroundOf(a.Batch).Background.State == "paused" })
	placed := len(w.sandbox.Ledger())
	if placed >= 40 {
		t.Fatal("nothing is left to pause")
	}
	if got := w.backgroundOf(a.Batch); got.Next != "bulkorder go-on --batch "+a.Batch || got.Rows.Placed != placed {
		t.Errorf("%d orders, %+v", placed, got)
	}
	var s struct {
		Workers []struct{ PID int }
		Jobs    []struct{ Batch, State string }
	}
	_, out, _ := w.call("work", "--status", "--json")
	if err := json.Unmarshal([]byte(out), &s); err != nil || len(s.Workers) != 1 || len(s.Jobs) != 1 ||
		s.Jobs[0].State != "paused" {
		t.Errorf("%v: %s", err, out)
	}
	w.wrong([]string{"pause", "--batch", a.Batch, "mine"}, "contradict")
	w.ok(0, "go-on", "--batch", a.Batch)
	until(t, "the end", func() bool { return w.backgroundOf(a.Batch).Background == nil })
	w.onceEach(40)
}

// TestWhatStopsABatchInTheBackgroundIsTold: a panel that refuses the key is for a person to see to; what a person says
// then goes on.
func TestWhatStopsABatchInTheBackgroundIsTold(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1}, "add:error=Invalid API key:before:n=2")
	a := w.detach("a", 6)
	w.background("work", "--rate", "100/s")
	until(t, "the stop", func() bool { b := w.backgroundOf(a.Batch).Background; return b != nil && b.State == "stopped" })
	got := w.backgroundOf(a.Batch)
	if !strings.Contains(got.Background.Words, "key") || got.Next != "bulkorder resume "+a.Batch {
		t.Errorf("%+v", got)
	}
	w.spoil()
	w.ok(0, "go-on", "--batch", a.Batch)
	until(t, "the end", func() bool { return w.backgroundOf(a.Batch).Background == nil })
	w.onceEach(6)
}

// TestAWorkerWithoutTheKeyLeavesTheBatchToOthers: and says so; the batch waits for one that has it.
func TestAWorkerWithoutTheKeyLeavesTheBatchToOthers(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	a := w.detach("a", 4)
	keyless := w.command("work", "--every", "off", "--json")
	keyless.Env = slices.DeleteFunc(keyless.Env, func(v string) bool { return strings.HasPrefix(v, "BULKORDER_KEY=") })
	out, err := keyless.StdoutPipe()
	must(t, err)
	must(t, keyless.Start())
	t.Cleanup(func() { keyless.Process.Kill() })
	lines := bufio.NewScanner(out)
	var said string
	for !strings.Contains(said, `"left"`) && lines.Scan() {
		said = lines.Text()
	}
	if !strings.Contains(said, `"left"`) || !strings.Contains(said, "BULKORDER_KEY") {
		t.Errorf("it says %s", said)
	}
	w.background("work", "--rate", "100/s")
	until(t, "the end", func() bool { return w.backgroundOf(a.Batch).Background == nil })
	must(t, keyless.Process.Signal(os.Interrupt))
	if err := keyless.Wait(); err != nil {
		t.Errorf("the worker without the key: %v", err)
	}
	w.onceEach(4)
}
