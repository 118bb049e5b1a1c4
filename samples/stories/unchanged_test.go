package stories_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// TestARunThatChangesNothingWritesNoWorkbook: unless somebody changed the file, or wants another one.
func TestARunThatChangesNothingWritesNoWorkbook(t *testing.T) {
	t.Parallel()
	now := time.Now()
	w := newShop(t, sandbox.Config{Now: func() time.Time { return now }})
	w.write("orders.csv", small(5))
	file := filepath.Join(w.dir, "orders.results.xlsx")
	long := now.Add(-time.Hour)
	run := func(what string, written bool, args ...string) {
		t.Helper()
		var before time.Time
		if _, err := os.Stat(file); err == nil {
			before = w.modified("orders.results.xlsx")
		}
		if code, _ := w.result(append([]string{"run", "orders.csv", "--yes", "--rate", "100/s"}, args...)...); code != 0 {
			t.Fatalf("%s: exit %d", what, code)
		}
		if is := !w.modified("orders.results.xlsx").Equal(before); is != written {
			t.Errorf("%s: written %t, want %t", what, is, written)
		}
	}
	run("the first", true)
	run("the same again", false)
	run("told by another column", true, "--group-by", "service")
	run("told so again", false, "--group-by", "service")
	if err := os.Chtimes(file, long, long); err != nil {
		t.Fatal(err)
	}
	run("a file that somebody changed", true, "--group-by", "service")
	run("no column said", true)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	run("a file that is gone", true)
	now = now.Add(time.Hour)
	if code, _ := w.refreshed("refresh"); code != 0 {
		t.Fatalf("refresh: exit %d", code)
	}
	run("what a refresh wrote", false)
	if code, _ := w.result("run", "orders.csv", "--yes", "--rate", "100/s", "--out", "other.results.xlsx"); code != 0 {
		t.Fatalf("elsewhere: exit %d", code)
	}
	w.modified("other.results.xlsx")
}
