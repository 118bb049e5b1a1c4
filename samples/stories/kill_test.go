package stories_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// TestKilledAtRandomMoments kills the program again and again while it orders, with kill -9, and resumes:
// no order twice, none lost, at most as many rows in doubt as requests were under way.
// BULKORDER_KILLS says how often, BULKORDER_SEED when.
func TestKilledAtRandomMoments(t *testing.T) {
	const perBatch, rows, concurrency = 50, 2000, 8
	kills, seed := number(t, "BULKORDER_KILLS", 300), number(t, "BULKORDER_SEED", time.Now().UnixNano())
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

func killBatch(t *testing.T, r *rand.Rand, kills, rows, concurrency int) (killed, doubts int) {
	t.Helper()
	w := newShop(t, sandbox.Config{Latency: 5 * time.Millisecond})
	var sheet strings.Builder
	sheet.WriteString("service,link,quantity\n")
	for i := range rows {
		fmt.Fprintf(&sheet, "1,https://example.com/%d,100\n", i+2)
	}
	w.write("orders.csv", sheet.String())
	args := []string{
		"run",
		"orders.csv",
		"--yes",
		"--json",
		"--rate",
		"150/s",
		"--concurrency",
		fmt.Sprint(concurrency),
		"--out",
		"results.jsonl",
	}
	for killed < kills {
		cmd := w.command(args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// From before the sheet is read to well into the orders.
		time.Sleep(time.Duration(r.Int64N(int64(250 * time.Millisecond))))
		cmd.Process.Kill()
		if cmd.Wait(); !killedBySignal(cmd) {
			break // it was done before
		}
		killed++
		if r.IntN(2) == 0 && len(w.sandbox.Ledger()) > 0 {
			args = []string{
				"resume",
				"--yes",
				"--json",
				"--rate",
				"150/s",
				"--concurrency",
				fmt.Sprint(concurrency),
				"--out",
				"results.jsonl",
			}
		}
	}
	code, out, errs := w.call("resume", "--yes", "--json", "--rate", "2000/s", "--concurrency", "32", "--out", "results.jsonl")
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
		case l.State == "placed" && id != l.OrderID:
			w.t.Errorf("row %d is placed as %s, the ledger has %q", l.Row, l.OrderID, id)
		case is && l.State != "placed" && l.State != "in_doubt":
			w.t.Errorf("row %d is %s, the ledger has order %s", l.Row, l.State, id)
		}
	}
	for link, id := range ordered {
		w.t.Errorf("order %s for %s is no row's", id, link)
	}
}
