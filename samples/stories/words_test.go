package stories_test

import (
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// stopped is a shop with a batch of five rows, of which two are ordered.
func stopped(t *testing.T) (w *shop, batch string) {
	t.Helper()
	w = newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", small(5))
	code, r := w.result("run", "orders.csv", "--yes", "--rate", "100/s", "--limit", "2")
	if code != 5 || r.Rows.Placed != 2 {
		t.Fatalf("exit %d, %+v", code, r.Rows)
	}
	return w, r.Batch
}

// wrong calls the program and wants a mistake of usage that says all of this, and nothing ordered by it.
func (w *shop) wrong(args []string, says ...string) {
	w.t.Helper()
	before := len(w.sandbox.Requests())
	code, out, errs := w.call(args...)
	if code != 2 || out != "" {
		w.t.Errorf("%v: exit %d, %s%s", args, code, out, errs)
	}
	for _, words := range says {
		if !strings.Contains(errs, words) {
			w.t.Errorf("%v: %q doesn't say %q", args, errs, words)
		}
	}
	for _, r := range w.sandbox.Requests()[before:] {
		if a := r.Action; a != "services" && a != "balance" {
			w.t.Errorf("%v: %s was sent", args, a)
		}
	}
}

// TestResumeNamedTwoBatchesAndWentOnWithAThird: an argument and a flag that name batches contradict each other.
func TestResumeNamedTwoBatchesAndWentOnWithAThird(t *testing.T) {
	t.Parallel()
	w, batch := stopped(t)
	// Glued together these two are the batch.
	w.wrong([]string{"resume", batch[:3], "--batch", batch[3:], "--yes"}, batch[:3], batch[3:])
	w.wrong([]string{"resume", "--batch", batch, "--yes"}, "bulkorder resume "+batch)
	w.wrong([]string{"resume", "a", "b"}, "resume")
}

func TestTheEnvironmentsBatchNameHarmsNoResume(t *testing.T) {
	t.Parallel()
	w, batch := stopped(t)
	cmd := w.command("resume", "--yes", "--rate", "100/s")
	cmd.Env = append(cmd.Env, "BULKORDER_BATCH=another")
	if code, out, errs := w.finish(cmd); code != 0 || !strings.Contains(out, batch) {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
}

func TestAPilotOfNoRows(t *testing.T) {
	t.Parallel()
	w, batch := stopped(t)
	w.wrong([]string{"resume", batch, "--yes", "--limit", "0"}, "--limit", "1 or more")
	w.wrong([]string{"run", "orders.csv", "--yes", "--limit", "0"}, "--limit", "1 or more")
}

func TestNoRefillIsAskedWithoutAYes(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: 1e6})
	w.write("orders.csv", small(2))
	_, r := w.result("run", "orders.csv", "--yes", "--rate", "100/s")
	if _, r := w.result("refresh", r.Batch); r.Statuses["Completed"] != 2 {
		t.Fatalf("not delivered: %v", r.Statuses)
	}
	w.wrong([]string{"refill", r.Batch, "--row", "2"}, "1 order", "--yes")
}

// TestNothingIsSentWithoutAYes: where there is no terminal to ask at, the command alone is no word for sending.
func TestNothingIsSentWithoutAYes(t *testing.T) {
	t.Parallel()
	w, batch := stopped(t)
	w.wrong([]string{"resume", batch, "--rate", "100/s"}, "3 orders", "--yes")
	w.wrong([]string{"resume", batch, "--rate", "100/s", "--limit", "2"}, "2 orders", "--yes")
	w.wrong([]string{"cancel", batch, "--all"}, "2 orders", "--yes")
	if _, r := w.result("show", batch); r.Rows.Queued != 3 || r.Rows.Placed != 2 {
		t.Errorf("%+v", r.Rows)
	}
	if code, r := w.result("resume", batch, "--yes", "--rate", "100/s"); code != 0 || r.Rows.Placed != 5 {
		t.Errorf("exit %d, %+v", code, r.Rows)
	}
	// Nothing is left to ask about.
	if code, r := w.result("resume", batch); code != 0 || r.Rows.Placed != 5 {
		t.Errorf("exit %d, %+v", code, r.Rows)
	}
}

// TestTheEnvironmentsURLMovesNoBatch: a batch goes on where it was.
func TestTheEnvironmentsURLMovesNoBatch(t *testing.T) {
	t.Parallel()
	w, batch := stopped(t)
	other := newShop(t, sandbox.Config{})
	for _, args := range [][]string{
		{"resume", batch, "--yes", "--rate", "100/s"}, {"refresh", batch}, {"cancel", batch, "--row", "2", "--yes"},
		{"refill", batch, "--row", "3", "--yes"}, {"settle", batch},
	} {
		cmd := w.command(args...)
		cmd.Env = append(cmd.Env, "BULKORDER_URL="+other.url)
		w.finish(cmd)
	}
	if n := len(other.sandbox.Requests()); n != 0 {
		t.Errorf("%d requests to the environment's address", n)
	}
}
