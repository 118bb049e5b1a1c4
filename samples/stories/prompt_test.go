//go:build unix

package stories_test

import (
	"bulkorder/samples/sandbox"
	"fmt"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestTwoPromptsWereOpenForOneSheet: the second of them orders nothing again.
func TestTwoPromptsWereOpenForOneSheet(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
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

// TestAPromptWasLeftOpenForTwoDaysWhileAnotherSheetWasRun: whatever is answered at last, the other batch and its
// orders stay, and the sheet that was asked about is what is ordered.
func TestAPromptWasLeftOpenForTwoDaysWhileAnotherSheetWasRun(t *testing.T) {
	t.Parallel()
	for answer, asked := range map[string][]string{"n": nil, "y": pages("asked", 3)} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			w.write("asked.csv", followers("asked", 3))
			w.write("other.csv", followers("other", 2))
			p := w.terminal("run", "asked.csv", "--rate", "100/s")
			p.waitFor(prompt)
			w.age(48 * time.Hour)
			code, other := w.result("run", "other.csv", "--yes", "--rate", "100/s", "--out", "other.jsonl")
			if code != 0 || other.Rows.Placed != 2 {
				t.Fatalf("the other sheet: exit %d, %+v", code, other.Rows)
			}
			before := w.lines("other.jsonl")
			p.answer(answer)
			if code := p.exit(); answer == "y" && code != 0 {
				t.Errorf("exit %d:\n%s", code, p.screen())
			}
			w.ordered(append(pages("other", 2), asked...)...)
			if code, r := w.result("show", other.Batch); code != 0 || r.Rows.Total != 2 || r.Rows.Placed != 2 {
				t.Errorf("the other batch afterwards: exit %d, %+v", code, r.Rows)
			}
			w.ok(0, "report", other.Batch, "--out", "after.jsonl")
			if after := w.lines("after.jsonl"); fmt.Sprint(after) != fmt.Sprint(before) {
				t.Errorf("the other batch was\n%v and is\n%v", before, after)
			}
			if answer == "n" {
				w.ok(0, "run", "asked.csv", "--yes", "--rate", "100/s")
				w.ordered(append(pages("other", 2), pages("asked", 3)...)...)
			}
		})
	}
}

// TestARunOfTheSameSheetAfterARiseHoldsTheDearerRows: as resume does.
func TestARunOfTheSameSheetAfterARiseHoldsTheDearerRows(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", followers("page", 4))
	w.ok(5, "run", "orders.csv", "--yes", "--rate", "100/s", "--limit", "1")
	w.costs("1.8", true)
	w.ok(4, "run", "orders.csv", "--yes", "--rate", "100/s")
	w.ordered(page("page", 1))
	w.ok(4, "resume", "--yes", "--rate", "100/s")
	w.ordered(page("page", 1))
	w.ok(0, "run", "orders.csv", "--yes", "--rate", "100/s", "--accept-price")
	w.ordered(pages("page", 4)...)
}

// TestThePriceRoseWhileTheQuestionWaited: nothing is sent at a price that nobody has seen.
func TestThePriceRoseWhileTheQuestionWaited(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", followers("page", 3))
	p := w.terminal("run", "orders.csv", "--rate", "100/s")
	p.waitFor(prompt)
	w.costs("90", true)
	p.answer("y")
	if code := p.exit(); code == 0 {
		t.Errorf("exit 0 though nothing was to be ordered:\n%s", p.screen())
	}
	w.ordered()
	if _, r := w.result("show"); r.Rows.Held != 3 || r.Rows.Placed != 0 {
		t.Errorf("%+v, want all rows held", r.Rows)
	}
}

// TestThePriceRoseWhileTheProcessWasStopped: it is asked for again before anything is sent after such a gap.
func TestThePriceRoseWhileTheProcessWasStopped(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for more than a minute")
	}
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", followers("page", 60))
	run := w.background("run", "orders.csv", "--yes", "--rate", "5/s", "--concurrency", "2")
	until(t, "some orders", func() bool { return len(w.sandbox.Ledger()) >= 5 })
	must(t, run.Process.Signal(syscall.SIGSTOP))
	time.Sleep(100 * time.Millisecond)
	w.costs("90", true)
	time.Sleep(65 * time.Second)
	must(t, run.Process.Signal(syscall.SIGCONT))
	if code := run.exit(); code == 0 {
		t.Errorf("exit 0 though rows became dearer:\n%s", run.words.String())
	}
	if n := w.chargedAt("9"); n > 2 { // what was under way
		t.Errorf("%d orders are sent at a price that rose a hundredfold in the pause", n)
	}
}

// TestThePriceRoseAHundredfoldAfterSomeOrders: the catalogue doesn't tell, only what is charged does.
func TestThePriceRoseAHundredfoldAfterSomeOrders(t *testing.T) {
	t.Parallel()
	const concurrency = 8
	for after, most := range map[int]int{3: 10, 100: 500} {
		for _, shown := range []int{0, -1} {
			t.Run(fmt.Sprintf("after %d, shown %v", after, shown == 0), func(t *testing.T) {
				t.Parallel()
				w := newShop(t, sandbox.Config{Speed: -1, Prices: []sandbox.Price{
					{Service: 1, Rate: "90", After: after, Shown: shown}}})
				w.write("orders.csv", followers("page", 1000))
				code, out, errs := w.call("run", "orders.csv", "--yes", "--rate", "50/s", "--max-spend", "100000",
					"--concurrency", fmt.Sprint(concurrency))
				if n := w.chargedAt("9"); n > most+concurrency {
					t.Errorf("%d orders are charged at a hundred times the price, at most %d may be", n, most)
				}
				if code != 4 && code != 5 {
					t.Errorf("exit %d, want 4 or 5", code)
				}
				if !regexp.MustCompile(`(?i)above`).MatchString(out + errs) {
					t.Errorf("nothing is told of what was charged above what was approved:\n%s%s", out, errs)
				}
			})
		}
	}
}

// TestAWordCoversWhatTheQuestionShowed: neither the order that another batch made while it waited, nor the price that
// came then.
func TestAWordCoversWhatTheQuestionShowed(t *testing.T) {
	t.Parallel()
	t.Run("repeats", func(t *testing.T) {
		t.Parallel()
		w := newShop(t, sandbox.Config{Speed: -1})
		w.write("x.csv", followers("x", 1))
		w.write("xy.csv", followers("x", 2))
		w.ok(0, "run", "x.csv", "--yes", "--rate", "100/s")
		p := w.terminal("run", "xy.csv", "--batch", "b2", "--rate", "100/s", "--allow-repeat")
		p.waitFor(prompt)
		w.ok(0, "run", "x.csv", "--batch", "b3", "--yes", "--rate", "100/s", "--allow-repeat")
		p.answer("y")
		p.exit()
		if n := w.counts()[page("x", 1)]; n != 2 {
			t.Errorf("it is ordered %d times; one more was approved, and another batch made that\n%s", n, p.screen())
		}
	})
	t.Run("prices", func(t *testing.T) {
		t.Parallel()
		w := newShop(t, sandbox.Config{Speed: -1})
		w.write("orders.csv", followers("page", 4))
		w.ok(5, "run", "orders.csv", "--yes", "--rate", "100/s", "--limit", "1")
		w.costs("1.8", true)
		p := w.terminal("resume", "--rate", "100/s", "--accept-price")
		p.waitFor(prompt)
		w.costs("18", true)
		p.answer("y")
		if code := p.exit(); code == 0 {
			t.Errorf("exit 0:\n%s", p.screen())
		}
		w.ordered(page("page", 1))
		w.costs("1.8", true)
		p = w.terminal("resume", "--rate", "100/s", "--accept-price")
		p.waitFor(prompt)
		p.answer("y")
		p.exit()
		w.ordered(pages("page", 4)...)
	})
}

// TestTheQuestionCountsRowsThatALookMayQueue: none leaves without a yes.
func TestTheQuestionCountsRowsThatALookMayQueue(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1}, "add:403:before:n=1")
	w.write("orders.csv", followers("page", 1))
	w.ok(6, "run", "orders.csv", "--yes", "--rate", "100/s")
	p := w.terminal("resume", "--rate", "100/s")
	p.waitFor(prompt)
	p.answer("n")
	p.exit()
	w.ordered()
}
