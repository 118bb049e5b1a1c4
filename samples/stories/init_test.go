package stories_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestAFirstPanelIsSetUp: a person answers three questions, and has a panel that answers and a sheet to fill in.
func TestAFirstPanelIsSetUp(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	config := filepath.Join(t.TempDir(), "config.toml") // and the key beside it, which must be nowhere else
	p := w.terminal("init", "--key-in-file", "--config", config)
	p.waitFor("The panel's name")
	p.answer("mine")
	p.waitFor("it isn't shown")
	p.answer(key)
	p.waitFor("Next: fill in the sheet Orders of it, then: bulkorder check orders-mine.xlsx")
	if code := p.exit(); code != 0 {
		t.Fatalf("exit %d\n%s", code, p.screen())
	}
	if text, err := os.ReadFile(config); err != nil || !strings.Contains(string(text), "[panels.mine]") {
		t.Errorf("%v: %s", err, text)
	}
	if _, err := os.Stat(filepath.Join(w.dir, "orders-mine.xlsx")); err != nil {
		t.Error(err)
	}
	if orders := w.sandbox.Ledger(); len(orders) > 0 {
		t.Errorf("%d orders were made", len(orders))
	}
}
