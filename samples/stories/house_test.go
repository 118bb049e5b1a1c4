package stories_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestTheHouse keeps who may import whom: the way of the data, and no other arrows.
func TestTheHouse(t *testing.T) {
	t.Parallel()
	allowed := map[string][]string{
		"bulkorder": {"report/command"},
		"report/command": {
			"batch",
			"batch/desk",
			"batch/fleet",
			"batch/follow",
			"batch/journal",
			"batch/panel",
			"batch/settings",
			"batch/settle",
			"parse",
			"report",
			"report/book",
			"report/notice",
			"report/terminal",
			"report/web",
			"samples/sandbox",
		},
		"batch/desk": {
			"batch", "batch/follow", "batch/journal", "batch/pace", "batch/panel", "batch/plan", "batch/settings",
			"batch/settle", "parse",
		},
		"batch/fleet":               {"batch/desk", "batch/follow", "batch/journal"},
		"batch/settings":            {"batch/panel"},
		"batch":                     {"batch/settle", "batch/pace", "batch/journal", "batch/panel", "parse"},
		"batch/settle":              {"batch/follow", "batch/pace", "batch/journal", "batch/panel", "parse"},
		"batch/follow":              {"batch/plan", "batch/pace", "batch/journal", "batch/panel"},
		"batch/plan":                {"batch/journal", "batch/panel", "parse"},
		"batch/pace":                {"batch/journal"},
		"batch/journal":             {"parse", "batch/panel"},
		"batch/journal/journaltest": {"batch/journal", "batch/panel"},
		"batch/journal/pgtest":      {},
		"batch/mutants":             {},
		"report":                    {"batch/journal", "parse"}, // parse: its problems and its escaping of text
		"report/book":               {"report", "batch/journal", "parse", "parse/book"},
		"report/notice":             {"report", "batch/journal", "parse"},
		"report/reporttest":         {"batch/journal", "batch/panel", "parse"},
		"report/web": {
			"batch", "batch/desk", "batch/journal", "batch/pace", "batch/panel", "batch/plan", "batch/settle", "parse",
			"report", "report/book",
		},
		"report/terminal": {"report", "batch/journal", "parse"},
		"parse":           {"parse/book"},
		"parse/book":      {},
		"batch/panel":     {},
		"samples/bench":   {"parse", "parse/book", "samples/sandbox"},
		"samples/sandbox": {},

		"samples/packaging/parts": {},
		"samples/pictures":        {},
	}
	only := map[string][]string{ // packages that know something alone
		"database/sql":                    {"batch/journal"},
		"modernc.org/sqlite":              {"batch/journal"},
		"github.com/jackc/pgx/v5":         {"batch/journal", "batch/journal/pgtest"},
		"github.com/xuri/excelize/v2":     {"report/book", "samples/bench"},
		"codeberg.org/go-pdf/fpdf":        {"report/book"},
		"github.com/gocarina/gocsv":       {"parse"},
		"github.com/rivo/uniseg":          {"report"},
		"github.com/spf13/cobra":          {"report/command"},
		"github.com/pelletier/go-toml/v2": {"batch/settings"},
		"github.com/zalando/go-keyring":   {"batch/settings"},
		"github.com/adhocore/gronx":       {"batch/follow"},
	}
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "bulkorder/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		from := strings.TrimPrefix(words[0], "bulkorder/")
		for _, to := range words[1:] {
			if owners, is := only[to]; is && !slices.Contains(owners, from) {
				t.Errorf("%s imports %s, which only %v may", from, to, owners)
			}
			ours, is := strings.CutPrefix(to, "bulkorder/")
			if is && !slices.Contains(allowed[from], ours) {
				t.Errorf("%s imports %s; it may import %v", from, ours, allowed[from])
			}
		}
		if _, known := allowed[from]; !known && len(words) > 1 {
			t.Errorf("package %s is not in the house", from)
		}
	}
}

func TestTheTopLevel(t *testing.T) {
	t.Parallel()
	allowed := []string{"go.mod", "go.sum", "main.go", "batch", "parse", "report", "samples", "Makefile", "README.md"}
	built := []string{"bulkorder", "bulkorder.exe", "demo", "dist"}
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name[0] != '.' && !slices.Contains(allowed, name) && !slices.Contains(built, name) {
			t.Errorf("%s doesn't belong on the top level", name)
		}
	}
}
