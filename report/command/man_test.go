package command

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestTheManual: a page for each command and topic, about itself, in which groff finds nothing wrong. It must be
// there where BULKORDER_TEST_GROFF says "required".
func TestTheManual(t *testing.T) {
	folder := t.TempDir()
	if code := newShop(t, sandbox.Config{}).call("").run(t.Context(), []string{"man", folder}); code != exitOK {
		t.Fatalf("exit %d", code)
	}
	groff, err := exec.LookPath("groff")
	if err != nil && os.Getenv("BULKORDER_TEST_GROFF") == "required" {
		t.Fatal(err)
	}
	for _, name := range []string{
		"", "-run", "-key-set", "-journal-check", "-sheets", "-results", "-states", "-exit-codes", "-safety", "-schedules",
		"-panels", "-machines",
	} {
		path := filepath.Join(folder, "bulkorder"+name+".1")
		page, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		if !strings.Contains(string(page), `.TH "BULKORDER`+strings.ToUpper(name)+`"`) {
			t.Errorf("bulkorder%s.1 is titled otherwise:\n%.200s", name, page)
		}
	}
	if groff == "" {
		return
	}
	pages, err := filepath.Glob(filepath.Join(folder, "*.1"))
	if err != nil || len(pages) < 30 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	// As man --warnings calls it.
	wrong, err := exec.Command(groff, append([]string{"-mandoc", "-Tutf8", "-k", "-ww", "-z"}, pages...)...).CombinedOutput()
	if err != nil || len(wrong) > 0 {
		t.Errorf("%v\n%s", err, wrong)
	}
}
