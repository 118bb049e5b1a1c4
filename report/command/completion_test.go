package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

func TestWordsAreCompleted(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	if c := s.call(""); c.run(t.Context(), []string{"__complete", "report", ""}) != 0 {
		t.Errorf("without books: %s", c.errs)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "journal.db")); err == nil {
		t.Error("a word that is typed makes a journal")
	}
	sheet := s.write("nov.csv", "Client,Service,Link,Quantity\nAcme,101,https://instagram.com/anna,1000\n")
	if c := s.call(""); c.run(t.Context(), []string{"run", sheet, "--batch", "november", "--yes", "--quiet"}) != 0 {
		t.Fatalf("%s%s", c.out, c.errs)
	}
	if c := s.call(""); c.run(t.Context(), []string{"refresh", "november", "--quiet"}) != 0 {
		t.Fatalf("%s", c.errs)
	}
	for typed, want := range map[string]string{
		"report |":                     "november",
		"report nov|":                  "november",
		"report dec|":                  "",
		"show november |":              "",
		"refresh november |":           "",
		"refill |":                     "november",
		"pause sand|":                  "sandbox",
		"run x.csv --panel sandb|":     "sandbox",
		"show november --state in_|":   "in_doubt",
		"refill november --status |":   "Pending",
		"report november --group-by |": "Client Service Link Quantity",
		"services 10|":                 "101",
	} {
		args := strings.Split(strings.TrimSuffix(typed, "|"), " ")
		c := s.call("")
		code := c.run(t.Context(), append([]string{"__complete"}, args...))
		var offered []string
		for line := range strings.Lines(c.out.String()) {
			if name, _, _ := strings.Cut(strings.TrimSpace(line), "\t"); !strings.HasPrefix(name, ":") {
				offered = append(offered, name)
			}
		}
		if got := strings.Join(offered, " "); code != 0 || got != want {
			t.Errorf("%s: %d, offered %q, want %q", typed, code, got, want)
		}
	}
}
