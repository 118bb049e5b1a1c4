package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

func TestAPanelIsSetUp(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	t.Chdir(s.dir)
	environment := ""
	config := filepath.Join(s.dir, "new", "config.toml")
	init := func(key string, args ...string) (code int, out, errs string) {
		c := s.call("")
		c.in = strings.NewReader(key)
		c.environ = func(name string) string {
			if name == "BULKORDER_KEY" {
				return environment
			}
			return s.environ(name)
		}
		code = c.run(t.Context(), append([]string{"init", "--config", config, "--key-in-file"}, args...))
		return code, c.out.String(), c.errs.String()
	}
	for _, tt := range []struct {
		sentence, key string
		args          []string
		code          int
		says          string
	}{
		{"nobody says which", "k\n", nil, 2, "init PANEL"},
		{"a key among the arguments isn't repeated", "", []string{"mine", "s3cret"}, 2, "never an argument"},
		{"an address that is none", "k\n", []string{"mine", "--url", "panel.example"}, 2, "https://panel.example/api/v2"},
		{"no key", "\n", []string{"mine", "--url", s.url}, 2, "nothing was stored"},
		{"the sample panel needs nothing", "k\n", []string{"sandbox"}, 2, "set up already"},
	} {
		code, out, errs := init(tt.key, tt.args...)
		if code != tt.code || !strings.Contains(errs, tt.says) || strings.Contains(errs+out, "s3cret") {
			t.Errorf("%s: %d, %s%s", tt.sentence, code, out, errs)
		}
		if _, err := os.Stat(config); err == nil {
			t.Fatalf("%s: a configuration was written", tt.sentence)
		}
	}
	code, out, errs := init("k\n", "mine", "--url", s.url)
	if code != 0 || !strings.Contains(out, "No problem was found") || strings.Contains(out, "k\n\n") {
		t.Fatalf("%d\n%s%s", code, out, errs)
	}
	for _, file := range []string{config, filepath.Join(s.dir, "new", "mine.key"), "orders-mine.xlsx"} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", file, err)
		}
	}
	if code, _, errs = init("k\n", "mine", "--url", s.url); code != 2 || !strings.Contains(errs, "set up already") {
		t.Errorf("again: %d, %s", code, errs)
	}
	environment = "k"
	if _, _, errs = init("kept\n", "third", "--url", s.url); !strings.Contains(errs, "BULKORDER_KEY wins") {
		t.Errorf("a key in the environment: %s", errs)
	}
	environment = ""
	code, out, _ = init("wrong\n", "other", "--url", s.url)
	if code != 7 || !strings.Contains(out, "doctor --panel other") {
		t.Errorf("a key that the panel refuses: %d\n%s", code, out)
	}
}
