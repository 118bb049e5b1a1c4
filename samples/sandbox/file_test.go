package sandbox_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

func TestOrdersLiveOnInTheFile(t *testing.T) {
	cfg := sandbox.Config{
		File:      filepath.Join(t.TempDir(), "orders.jsonl"),
		Strangers: 0.3,
		Balance:   "100",
		RequestID: "uuid",
	}
	p := serve(t, cfg)
	for i := range 30 {
		p.post(follower(fmt.Sprint(i)))
	}
	p.ask("add", "service", "1", "link", link, "quantity", "100", "uuid", "row-1")
	p.ask("cancel", "orders", p.Ledger()[30].ID)
	p.clock.pass(time.Hour)
	p.ask("refill", "orders", completed(p)[0])

	cfg.Now = p.clock.Now
	again := serve(t, cfg)
	if got, before := again.Ledger(), p.Ledger(); !reflect.DeepEqual(got, before) {
		t.Errorf("ledger\n got: %v\nwant: %v", got, before)
	}
	want(t, "strangers", len(again.Strangers()), len(p.Strangers()))
	want(t, "balance", again.Balance(), p.Balance())
	want(t, "refill", again.ask("refill_status", "refill", "1"), `{"status":"Pending"}`)
	want(t, "request id", again.ask("add", "service", "1", "link", link, "quantity", "100", "uuid", "row-1"),
		`{"order":`+p.Ledger()[30].ID+`}`)
	again.wantBooksAddUp("100")

	text, err := os.ReadFile(cfg.File)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "the key in the file", strings.Contains(string(text), "key=sandbox"), false)
}

// TestAFileTornAtAnyByteKeepsTheOrdersBefore is a power cut in the middle of a
// write, once for each byte of the last line.
func TestAFileTornAtAnyByteKeepsTheOrdersBefore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "orders.jsonl")
	p := serve(t, sandbox.Config{File: path})
	p.post(follower("a"))
	p.post(follower("b"))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	last := bytes.IndexByte(whole, '\n') + 1
	for end := last; end < len(whole); end++ {
		torn := filepath.Join(t.TempDir(), "torn.jsonl")
		if err := os.WriteFile(torn, whole[:end], 0o600); err != nil {
			t.Fatal(err)
		}
		again := serve(t, sandbox.Config{File: torn})
		want(t, fmt.Sprintf("orders, %d bytes", end), len(again.Ledger()), 1)
		want(t, "next", again.post(follower("c")).body, `{"order":23502}`)
		want(t, "orders after that", len(serve(t, sandbox.Config{File: torn}).Ledger()), 2)
	}
}

func TestAFileThatIsWrongInTheMiddleIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "orders.jsonl")
	text := `{"kind":"stranger","id":5,"at":"2026-03-05T12:00:00Z"}` + "\n{\n" +
		`{"kind":"stranger","id":6,"at":"2026-03-05T12:00:00Z"}` + "\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := sandbox.New(sandbox.Config{File: path})
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
}

// TestTwoPanelsShareAFile is the demo in two terminals.
func TestTwoPanelsShareAFile(t *testing.T) {
	cfg := sandbox.Config{File: filepath.Join(t.TempDir(), "orders.jsonl"), Strangers: 0.2}
	one, two := serve(t, cfg), serve(t, cfg)
	var both sync.WaitGroup
	for _, p := range []*panel{one, two} {
		both.Go(func() {
			for range 50 {
				p.post(follower("a"))
			}
		})
	}
	both.Wait()
	seen := map[string]bool{}
	for _, order := range append(one.Ledger(), one.Strangers()...) {
		want(t, "seen before", seen[order.ID], false)
		seen[order.ID] = true
	}
	want(t, "orders of one", len(one.Ledger()), 100)
	want(t, "orders of two", len(two.Ledger()), 100)
	want(t, "balances", one.Balance(), two.Balance())
}

func TestAfterCloseNothingIsTaken(t *testing.T) {
	cfg := sandbox.Config{File: filepath.Join(t.TempDir(), "orders.jsonl")}
	p := serve(t, cfg)
	p.post(follower("a"))
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	want(t, "code", p.post(follower("b")).code, 500)
	want(t, "orders told", len(p.Ledger()), 1)
	want(t, "orders kept", len(serve(t, cfg).Ledger()), 1)
}

func TestAnOrderThatCannotBeStoredIsNotTaken(t *testing.T) {
	const full = "/dev/full"
	if _, err := os.Stat(full); err != nil {
		t.Skip("this system has no device that is always full")
	}
	p := serve(t, sandbox.Config{File: full})
	want(t, "code", p.post(follower("a")).code, 500)
	want(t, "code of the next", p.post(follower("b")).code, 500)
	want(t, "orders", len(p.Ledger()), 0)
	want(t, "balance", p.Balance(), "1000000")
}

func TestAConfigThatIsWrongIsRefused(t *testing.T) {
	for _, c := range []struct {
		cfg      sandbox.Config
		expected string
	}{
		{sandbox.Config{Balance: "1,000"}, `balance: "1,000": expected a decimal`},
		{sandbox.Config{Balance: "-1"}, "expected a decimal"},
		{sandbox.Config{Balance: "1.00000000001"}, "at most 10 decimals"},
		{sandbox.Config{Strangers: 1}, "not a chance"},
		{sandbox.Config{File: "/nowhere/at/all"}, "no such file"},
		{sandbox.Config{Services: []sandbox.Service{{ID: 1, Rate: "0.00000001"}}}, "at most seven decimals"},
		{sandbox.Config{Services: []sandbox.Service{{ID: 1, Rate: "x"}}}, "service 1: rate"},
		{sandbox.Config{Services: []sandbox.Service{{ID: 1, Rate: "1"}, {ID: 1, Rate: "1"}}}, "an id of its own"},
		{sandbox.Config{Services: []sandbox.Service{{ID: 1, Rate: "1", Dripfeed: "maybe"}}}, "expected yes, no or nothing"},
	} {
		_, err := sandbox.New(c.cfg)
		if err == nil || !strings.Contains(err.Error(), c.expected) {
			t.Errorf("\n got: %v\nwant: %s", err, c.expected)
		}
	}
}
