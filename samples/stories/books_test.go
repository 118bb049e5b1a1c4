//go:build unix

package stories_test

import (
	"bulkorder/samples/sandbox"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestAFolderThroughASymlink: the same with the state folder.
func TestAFolderThroughASymlink(t *testing.T) {
	w := newShop(t, sandbox.Config{Speed: -1, Latency: 100 * time.Millisecond})
	w.write("orders.csv", followers("page", 40))
	run := w.background("run", "orders.csv", "--yes", "--rate", "20/s", "--concurrency", "4")
	until(t, "some orders", func() bool { return len(w.sandbox.Ledger()) >= 4 })
	link := filepath.Join(t.TempDir(), "state")
	must(t, os.Symlink(w.state, link))
	code, out, errs := w.finish(w.with([]string{"XDG_STATE_HOME=" + link}, "resume", "--yes", "--rate", "20/s"))
	if code != 0 && code != 11 {
		t.Errorf("through the symlink: exit %d:\n%s%s", code, out, errs)
	}
	if code := run.exit(); code != 0 {
		t.Errorf("the first: exit %d:\n%s", code, run.words.String())
	}
	w.ordered(pages("page", 40)...)
}
