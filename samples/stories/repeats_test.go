package stories_test

import (
	"bulkorder/samples/sandbox"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestTwoRowsWithRefsOfTheirOwnAreTwoOrders: whatever they hold, in one sheet and in two.
func TestTwoRowsWithRefsOfTheirOwnAreTwoOrders(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	link := page("page", 1)
	w.write("one.csv", refSheet(100, []string{"a", "b"}, []string{link, link}))
	w.ok(0, "run", "one.csv", "--yes", "--rate", "100/s")
	w.write("two.csv", refSheet(100, []string{"c"}, []string{link}))
	w.ok(0, "run", "two.csv", "--yes", "--rate", "100/s")
	if n := w.counts()[link]; n != 3 {
		t.Errorf("%d orders for three Refs", n)
	}
}

// refSheet writes rows with Refs; an empty list has no such column.
func refSheet(quantity int, refs []string, links []string) string {
	var b strings.Builder
	if b.WriteString("service,link,quantity"); refs != nil {
		b.WriteString(",ref")
	}
	for i, link := range links {
		fmt.Fprintf(&b, "\n1,%s,%d", link, quantity)
		if refs != nil {
			b.WriteString("," + refs[i])
		}
	}
	return b.String() + "\n"
}

// TestARowThatTheCapHeldWasOrderedByAnotherSheet: a higher cap doesn't order it again.
func TestARowThatTheCapHeldWasOrderedByAnotherSheet(t *testing.T) {
	t.Parallel()
	for name, sheets := range map[string][2]string{
		"the same content": {followers("page", 2), "service,link,quantity\n1," + page("page", 2) + ",100\n"},
		"the same Ref": {
			"ref,service,link,quantity\nA,1," + page("page", 1) + ",100\nB,1," + page("page", 2) + ",100\n",
			"ref,service,link,quantity\nb,1," + page("page", 2) + ",90\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			w.write("a.csv", sheets[0])
			w.write("b.csv", sheets[1])
			code, a := w.result("run", "a.csv", "--yes", "--rate", "100/s", "--max-spend", "0.1")
			if code != 4 || a.Rows.Placed != 1 || a.Rows.Held != 1 {
				t.Fatalf("exit %d, %+v", code, a.Rows)
			}
			w.call("run", "b.csv", "--yes", "--rate", "100/s", "--allow-repeat")
			w.call("resume", a.Batch, "--yes", "--rate", "100/s", "--max-spend", "100")
			w.call("run", "a.csv", "--yes", "--rate", "100/s", "--max-spend", "100")
			w.ordered(pages("page", 2)...)
		})
	}
}

// TestARowThatBecameDearerWasOrderedByAnotherSheet: accepting the price doesn't order it again.
func TestARowThatBecameDearerWasOrderedByAnotherSheet(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", followers("page", 2))
	w.write("b.csv", "service,link,quantity\n1,"+page("page", 2)+",100\n")
	code, a := w.result("run", "a.csv", "--yes", "--rate", "100/s", "--limit", "1")
	if code != 5 || a.Rows.Placed != 1 {
		t.Fatalf("exit %d, %+v", code, a.Rows)
	}
	w.costs("1.8", true)
	w.ok(4, "resume", a.Batch, "--yes", "--rate", "100/s")
	w.call("run", "b.csv", "--yes", "--rate", "100/s", "--allow-repeat")
	w.call("resume", a.Batch, "--yes", "--rate", "100/s", "--accept-price")
	w.ordered(pages("page", 2)...)
}

// TestARefColumnThatComesOrGoesMakesNoRowNew: nor do other letters and blanks in a Ref.
func TestARefColumnThatComesOrGoesMakesNoRowNew(t *testing.T) {
	t.Parallel()
	links := pages("page", 2)
	plain, refs := refSheet(100, nil, links), refSheet(100, []string{"May-1", "May-2"}, links)
	for name, sheets := range map[string][2]string{
		"a column comes":            {plain, refs},
		"a column goes":             {refs, plain},
		"other letters":             {refs, refSheet(100, []string{"MAY-1", "may-2"}, links)},
		"other letters and amounts": {refs, refSheet(150, []string{"MAY-1", " may-2 "}, links)},
		"other links":               {refs, refSheet(100, []string{"May-2", "May-1"}, pages("elsewhere", 2))},
		"numbers": {
			refSheet(100, []string{"1", "2.0"}, links), refSheet(120, []string{"1.0", "2"}, pages("elsewhere", 2)),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			w.write("first.csv", sheets[0])
			w.write("second.csv", sheets[1])
			w.ok(0, "run", "first.csv", "--yes", "--rate", "100/s")
			w.ordered(links...)
			if code, r := w.result("run", "second.csv", "--yes", "--rate", "100/s"); code != 4 || r.Rows.Held != 2 {
				t.Errorf("the second sheet: exit %d, %+v", code, r.Rows)
			}
			w.write("first.csv", sheets[1]) // and by its own name
			w.call("run", "first.csv", "--yes", "--rate", "100/s")
			w.ordered(links...)
		})
	}
}

// TestARefColumnComesOrGoesInABatchWithAName: an edition of the same batch orders nothing again either.
func TestARefColumnComesOrGoesInABatchWithAName(t *testing.T) {
	t.Parallel()
	links := pages("page", 2)
	plain, refs := refSheet(100, nil, links), refSheet(100, []string{"May-1", "May-2"}, links)
	for name, sheets := range map[string][2]string{"comes": {plain, refs}, "goes": {refs, plain}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			for _, sheet := range sheets {
				w.write("orders.csv", sheet)
				w.call("run", "orders.csv", "--batch", "may", "--yes", "--rate", "100/s")
			}
			w.ordered(links...)
		})
	}
}

// TestARefThatWasOrderedAtAnotherPanelIsHeld: a Ref is ordered once, whatever the account.
func TestARefThatWasOrderedAtAnotherPanelIsHeld(t *testing.T) {
	t.Parallel()
	w, other := newShop(t, sandbox.Config{Speed: -1}), newShop(t, sandbox.Config{Speed: -1, FirstID: 900001})
	w.write("orders.csv", refSheet(100, []string{"a", "b"}, pages("page", 2)))
	w.ok(0, "run", "orders.csv", "--yes", "--rate", "100/s")
	w.write("again.csv", refSheet(90, []string{"A", "c"}, pages("page", 2)))
	code, out, errs := w.finish(w.with([]string{"BULKORDER_URL=" + other.url}, "run", "again.csv", "--yes", "--rate",
		"100/s", "--json"))
	if code != 4 || !strings.Contains(out, `"held":1`) {
		t.Errorf("exit %d:\n%s%s", code, out, errs)
	}
	other.ordered(page("page", 2))
}

// TestTheDefaultPortIsNoOtherAccount: http://HOST:80 is http://HOST.
func TestTheDefaultPortIsNoOtherAccount(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	l, err := net.Listen("tcp", "127.0.0.1:80")
	if err != nil {
		t.Skipf("port 80 isn't to be had: %v", err)
	}
	server := httptest.NewUnstartedServer(w.sandbox)
	server.Listener.Close()
	server.Listener = l
	server.Start()
	defer server.Close()
	w.write("orders.csv", followers("page", 2))
	for _, address := range []string{"http://127.0.0.1/api/v2", "http://127.0.0.1:80/api/v2",
		"http://127.0.0.1:80/api/v2/"} {
		code, out, errs := w.finish(w.with([]string{"BULKORDER_URL=" + address}, "run", "orders.csv", "--yes", "--rate",
			"100/s"))
		if code != 0 {
			t.Errorf("%s: exit %d:\n%s%s", address, code, out, errs)
		}
		w.ordered(pages("page", 2)...)
	}
}

// TestTheNewKeyOfAnAccountMakesNoRowNew: a key that was renewed shows the orders of the old one.
func TestTheNewKeyOfAnAccountMakesNoRowNew(t *testing.T) {
	t.Parallel()
	const renewed = "renewed-5512-key"
	file := filepath.Join(t.TempDir(), "orders.jsonl")
	w := newShop(t, sandbox.Config{Speed: -1, File: file})
	again, err := sandbox.New(sandbox.Config{Speed: -1, File: file, Key: renewed})
	must(t, err)
	var panel atomic.Pointer[sandbox.Sandbox]
	panel.Store(w.sandbox)
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter,
		r *http.Request) {
		panel.Load().ServeHTTP(out, r)
	}))
	t.Cleanup(func() { again.Close(); server.Close() })
	w.url = server.URL + "/api/v2"
	w.write("orders.csv", followers("page", 2))
	w.ok(0, "run", "orders.csv", "--yes", "--rate", "100/s")
	panel.Store(again)
	w.write("copy.csv", "quantity,service,link\n100,1,"+page("page", 1)+"\n100,1,"+page("page", 2)+"\n")
	for _, sheet := range []string{"orders.csv", "copy.csv"} {
		cmd := w.with([]string{"BULKORDER_KEY=" + renewed}, "run", sheet, "--yes", "--rate", "100/s")
		if code, out, errs := w.finish(cmd); code != 0 && code != 4 {
			t.Errorf("exit %d:\n%s%s", code, out, errs)
		}
		w.ordered(pages("page", 2)...)
	}
}

// TestOneAccountByManyNames: the same account in other spellings of its address, by name and by --url; nothing is
// ordered again.
func TestOneAccountByManyNames(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("config.toml", "[panels.mine]\nurl = \""+w.url+"\"\n")
	local := strings.Replace(w.url, "127.0.0.1", "localhost", 1)
	w.write("orders.csv", followers("page", 2))
	w.write("copy.csv", "quantity,service,link\n100,1,"+page("page", 1)+"\n100,1,"+page("page", 2)+"\n")
	run := func(sheet string, env []string, args ...string) {
		t.Helper()
		cmd := w.with(env, append([]string{"run", sheet, "--yes", "--rate", "100/s", "--config", "config.toml"}, args...)...)
		if code, out, errs := w.finish(cmd); code != 0 && code != 4 {
			t.Errorf("%v: exit %d:\n%s%s", args, code, out, errs)
		}
		w.ordered(pages("page", 2)...)
	}
	run("orders.csv", nil, "--url", local)
	for _, address := range []string{
		local, strings.Replace(local, "localhost", "LOCALHOST", 1), local + "/", strings.Replace(local, "http:", "HTTP:", 1),
		w.url, w.url + "/",
	} {
		for _, sheet := range []string{"orders.csv", "copy.csv"} {
			run(sheet, nil, "--url", address)
			run(sheet, []string{"BULKORDER_URL=" + address})
		}
	}
	run("orders.csv", []string{"BULKORDER_URL="}, "--panel", "mine")
	run("copy.csv", []string{"BULKORDER_URL="}, "--panel", "mine")
}
