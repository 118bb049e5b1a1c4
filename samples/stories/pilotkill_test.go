package stories_test

import (
	"encoding/json"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// piloted tells of a batch's pilot, as --json does.
func (w *shop) piloted(batch string) (p struct {
	Rows, Sent int
	Over       bool
}) {
	w.t.Helper()
	_, out, _ := w.call("show", batch, "--json")
	var r struct{ Pilot json.RawMessage }
	must(w.t, json.Unmarshal([]byte(out), &r))
	if r.Pilot != nil {
		must(w.t, json.Unmarshal(r.Pilot, &p))
	}
	return p
}

// TestAPilotThatIsKilledGoesOnWithItsRest: the same command has 5 rows in all, however often it is killed; when the
// pilot is over it is a new word for 5 more, and resume is one for all.
func TestAPilotThatIsKilledGoesOnWithItsRest(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", small(20))
	orders := func() int { return len(w.sandbox.Ledger()) }
	run := []string{"run", "orders.csv", "--batch", "p", "--yes", "--limit", "5", "--concurrency", "1"}
	for n := 1; n <= 3; n++ {
		first := w.background(append(run, "--rate", "3/s")...)
		until(t, "an order", func() bool { return orders() >= n })
		must(t, first.Process.Kill())
		first.exit()
	}
	p := w.piloted("p")
	if p.Rows != 5 || p.Sent < 3 || p.Over {
		t.Errorf("after the kills: %+v, with %d orders", p, orders())
	}
	said := w.ok(0, "show", "p")
	for _, words := range []string{"pilot of 5 rows", "of 5 sent", "bulkorder resume p --limit 5"} {
		if !strings.Contains(strings.Join(strings.Fields(said), " "), words) {
			t.Errorf("show doesn't say %q:\n%s", words, said)
		}
	}
	code, r := w.result(append(run, "--rate", "100/s")...)
	if sent := r.Rows.Placed + r.Rows.InDoubt; sent != 5 || orders() > 5 {
		t.Fatalf("exit %d: a pilot of 5 rows sent %d, with %d orders", code, sent, orders())
	}
	if p := w.piloted("p"); p.Rows != 5 || p.Sent != 5 || !p.Over {
		t.Errorf("at its end: %+v", p)
	}
	if said := w.ok(0, "show", "p"); !strings.Contains(strings.Join(strings.Fields(said), " "), "pilot of 5 rows is over") {
		t.Errorf("show doesn't say that it is over:\n%s", said)
	}
	if _, r = w.result(append(run, "--rate", "100/s")...); r.Rows.Placed+r.Rows.InDoubt != 10 {
		t.Errorf("a second pilot: %+v", r.Rows)
	}
	if _, r = w.result("resume", "p", "--yes", "--rate", "100/s"); r.Rows.Placed+r.Rows.InDoubt != 20 {
		t.Errorf("the rest: %+v", r.Rows)
	}
	if p := w.piloted("p"); p.Rows != 0 {
		t.Errorf("when all is sent: %+v", p)
	}
}

// TestResumeAfterAKilledPilotIsAWordForAll.
func TestResumeAfterAKilledPilotIsAWordForAll(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", small(12))
	first := w.background("run", "orders.csv", "--batch", "p", "--yes", "--limit", "5", "--rate", "3/s")
	until(t, "an order", func() bool { return len(w.sandbox.Ledger()) >= 2 })
	must(t, first.Process.Kill())
	first.exit()
	if _, r := w.result("resume", "p", "--yes", "--rate", "100/s"); r.Rows.Placed+r.Rows.InDoubt != 12 {
		t.Errorf("%+v", r.Rows)
	}
}
