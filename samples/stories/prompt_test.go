//go:build unix

package stories_test

import (
	"bulkorder/samples/sandbox"
	"strings"
	"testing"
)

// TestTwoPromptsWereOpenForOneSheet: the second of them orders nothing again.
func TestTwoPromptsWereOpenForOneSheet(t *testing.T) {
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("asked.csv", followers("asked", 3))
	first := w.terminal("run", "asked.csv", "--rate", "100/s", "--out", "first.jsonl")
	first.waitFor(prompt)
	second := w.terminal("run", "asked.csv", "--rate", "100/s", "--out", "second.jsonl")
	until(t, "a prompt or an end", func() bool {
		return strings.Contains(second.screen(), prompt) || strings.Contains(second.screen(), "bulkorder: ")
	})
	first.answer("y")
	first.exit()
	if strings.Contains(second.screen(), prompt) {
		second.answer("y")
	}
	if code := second.exit(); code != 0 && code != 4 && code != 11 {
		t.Errorf("the second: exit %d:\n%s", code, second.screen())
	}
	w.ok(0, "run", "asked.csv", "--yes", "--rate", "100/s")
	w.ordered(pages("asked", 3)...)
}

// TestAPromptWasOpenForTheRowsThatAnotherSheetOrdered: rows that were no repeats when the question was asked are
// repeats when it is answered.
func TestAPromptWasOpenForTheRowsThatAnotherSheetOrdered(t *testing.T) {
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("asked.csv", followers("page", 3))
	w.write("other.csv", followers("page", 2)+"1,https://example.com/more,100\n")
	p := w.terminal("run", "asked.csv", "--rate", "100/s")
	p.waitFor(prompt)
	if code, r := w.result("run", "other.csv", "--yes", "--rate", "100/s"); code != 0 || r.Rows.Placed != 3 {
		t.Fatalf("the other sheet: exit %d, %+v", code, r.Rows)
	}
	p.answer("y")
	p.exit()
	w.ordered(append(pages("page", 3), "https://example.com/more")...)
}
