package stories_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// TestKilledAtRandomMoments kills the program again and again while it orders, with kill -9, and resumes:
// no order twice, none lost, at most as many rows in doubt as requests were under way. The moments are chosen by what
// the panel has seen, not by the clock. BULKORDER_KILLS says how often, BULKORDER_SEED when.
func TestKilledAtRandomMoments(t *testing.T) {
	t.Parallel()
	const perBatch, rows, concurrency = 25, 800, 8
	kills, seed := number(t, "BULKORDER_KILLS", 150), number(t, "BULKORDER_SEED", time.Now().UnixNano())
	t.Logf("BULKORDER_SEED=%d", seed)
	for done := int64(0); done < kills; done += perBatch {
		t.Run(fmt.Sprintf("from kill %d on", done), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(seed), uint64(done)))
			killed, doubts := killBatch(t, r, int(min(perBatch, kills-done)), rows, concurrency)
			t.Logf("%d kills, %d rows in doubt", killed, doubts)
		})
	}
}

// number reads a number of the environment.
func number(t *testing.T, name string, otherwise int64) int64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// killer ends a process by kill -9 when the panel has seen so many requests of an action.
type killer struct {
	mu             sync.Mutex
	process        *os.Process
	action, moment string
	left           int
	adds           int
}

// watch is the panel's: it kills before the panel goes on.
func (k *killer) watch(action, moment string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.process == nil {
		return
	}
	if action == k.action && moment == k.moment {
		k.left--
	}
	if action == "add" && moment == "came" {
		k.adds++
	}
	if k.left <= 0 || k.adds >= 60 { // what it was to ask for may not come at all
		k.process.Kill()
		k.process = nil
	}
}

// aim chooses the moment for a process that was just started: mostly when one of so many first orders came, or is taken
// and not answered yet, now and then when it asks for something else.
func (k *killer) aim(r *rand.Rand, process *os.Process, most int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.process, k.action, k.left, k.adds = process, "add", 1+r.IntN(most), 0
	if r.IntN(6) == 0 {
		k.action, k.left = []string{"services", "balance"}[r.IntN(2)], 1
	}
	k.moment = []string{"came", "done"}[r.IntN(2)]
}

func killBatch(t *testing.T, r *rand.Rand, kills, rows, concurrency int) (killed, doubts int) {
	t.Helper()
	k := &killer{}
	w := newShop(t, sandbox.Config{Latency: 5 * time.Millisecond, Watch: k.watch})
	w.write("orders.csv", small(rows))
	common := []string{"--yes", "--json", "--concurrency", fmt.Sprint(concurrency), "--out", "results.jsonl"}
	for killed < kills {
		args := append([]string{"run", "orders.csv", "--rate", "500/s"}, common...)
		if r.IntN(2) == 0 && len(w.sandbox.Ledger()) > 0 {
			args = append([]string{"resume", "--rate", "500/s"}, common...)
		}
		cmd := w.command(args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		k.aim(r, cmd.Process, 30)
		if cmd.Wait(); !killedBySignal(cmd) {
			break // it was done before
		}
		killed++
	}
	code, out, errs := w.call(append([]string{"resume", "--rate", "2000/s"}, common...)...)
	var got result
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("resume: exit %d: %v\n%s%s", code, err, out, errs)
	}
	if killed != kills {
		t.Errorf("%d kills, %d were wanted: the batch was done before", killed, kills)
	}
	if got.Rows.Total != rows || got.Rows.Placed+got.Rows.InDoubt != rows || got.Rows.InDoubt > killed*concurrency {
		t.Errorf("after %d kills: %+v", killed, got.Rows)
	}
	w.auditLinks("results.jsonl", rows)
	return killed, got.Rows.InDoubt
}

func killedBySignal(cmd *exec.Cmd) bool { return cmd.ProcessState.ExitCode() == -1 }

// auditLinks compares results with the ledger: no link ordered twice, every order a placed row's or that of
// a row in doubt, every placed row's order there.
func (w *shop) auditLinks(name string, rows int) {
	w.t.Helper()
	ordered := map[string]string{}
	for _, o := range w.sandbox.Ledger() {
		link := o.Fields["link"]
		if other, twice := ordered[link]; twice {
			w.t.Errorf("%s is ordered twice, as %s and %s", link, other, o.ID)
		}
		ordered[link] = o.ID
	}
	lines := w.lines(name)
	if len(lines) != rows {
		w.t.Errorf("%d results for %d rows", len(lines), rows)
	}
	for _, l := range lines {
		id, is := ordered[l.Params["link"]]
		delete(ordered, l.Params["link"])
		switch {
		case l.State == "placed" && id != l.OrderID && !(l.OrderID == "" && slices.Contains(l.OneOf, id)):
			w.t.Errorf("row %d is placed as %s, the ledger has %q", l.Row, l.OrderID, id)
		case is && l.State != "placed" && l.State != "in_doubt":
			w.t.Errorf("row %d is %s, the ledger has order %s", l.Row, l.State, id)
		}
	}
	for link, id := range ordered {
		w.t.Errorf("order %s for %s is no row's", id, link)
	}
}

// leave spares the process that is still to be killed.
func (k *killer) leave() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.process = nil
}
