package stories_test

import (
	"net/url"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestAScheduleOfThePageIsKept: orders are asked about from the moment on that a person says so, also by a server that
// was killed and started again, and not any more when it is ended.
func TestAScheduleOfThePageIsKept(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: 100000})
	w.write("a.csv", followers("asked", 3))
	w.call("run", "a.csv", "--yes", "--rate", "50/s", "--batch", "a")
	b := w.serve()
	if _, text := b.get("/schedules"); strings.Contains(text, "Next:") {
		t.Fatalf("it asks before anybody said so: %s", text)
	}
	b.post("/schedules", url.Values{"every": {"2h"}})
	next := func() bool { _, text := b.get("/schedules"); return strings.Contains(text, "Next: <strong>") }
	until(t, "the next time", next)
	b.killed()
	until(t, "the next time of a server that was started again", next)
	if _, text := b.get("/batches/a"); !strings.Contains(text, "asked next at") {
		t.Errorf("the batch: %s", text)
	}
	b.post("/schedules", url.Values{"do": {"end"}})
	until(t, "the end of it", func() bool { return !next() })
	if _, text := b.get("/schedules"); !strings.Contains(text, ": ended") || !strings.Contains(text, ": every 2h") {
		t.Errorf("what was said: %s", text)
	}
}
