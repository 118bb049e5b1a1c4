package settings

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPanelIsAddedToTheConfiguration(t *testing.T) {
	for _, tt := range []struct {
		sentence, before string
		add              NewPanel
		panel            string // that is meant where none is named
		keeps            string
	}{
		{"there is no file", "", NewPanel{Name: "mine", URL: "https://a.example/api/v2"}, "mine", ""},
		{"what is there stays", "# ours\nrate = \"2/s\"\n[panels.old]\nurl = \"https://old.example\"",
			NewPanel{Name: "mine", KeyFile: `/keys\a "b"`}, "mine", "# ours\nrate = \"2/s\"\n"},
		{"another panel is meant already", "panel = \"old\"\n[panels.old]\nurl = \"https://old.example\"\n",
			NewPanel{Name: "two words"}, "old", "panel = \"old\"\n"},
	} {
		path := filepath.Join(t.TempDir(), "new", "config.toml")
		if tt.before != "" {
			path = written(t, tt.before)
		}
		if err := AddPanel(path, tt.add); err != nil {
			t.Fatalf("%s: %v", tt.sentence, err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c, err := Load(path)
		own, is := c.Panels[tt.add.Name]
		if err != nil || c.Panel != tt.panel || !is || own.URL != tt.add.URL || own.KeyFile != tt.add.KeyFile {
			t.Errorf("%s: %v, %+v in\n%s", tt.sentence, err, c, text)
		}
		if !strings.Contains(string(text), tt.keeps) {
			t.Errorf("%s: %q is gone from\n%s", tt.sentence, tt.keeps, text)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", tt.sentence, info.Mode(), err)
		}
		if err := AddPanel(path, tt.add); !errors.Is(err, ErrPanelThere) {
			t.Errorf("%s, again: %v", tt.sentence, err)
		}
	}
	broken := written(t, "panel = \n")
	if err := AddPanel(broken, NewPanel{Name: "mine"}); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("a file that can't be read: %v", err)
	}
	if text, _ := os.ReadFile(broken); string(text) != "panel = \n" {
		t.Errorf("it was changed: %q", text)
	}
}

func TestAKeyIsKeptInAFile(t *testing.T) {
	config := filepath.Join(t.TempDir(), "bulkorder", "config.toml")
	path, err := KeyFile(config, "my panel/../x")
	if err == nil {
		err = WriteKeyFile(path, "s3cret")
	}
	if err != nil || filepath.Dir(path) != filepath.Dir(config) {
		t.Fatal(path, err)
	}
	text, err := os.ReadFile(path)
	if _, wrong := fileKey(path); wrong != nil || err != nil || string(text) != "s3cret\n" {
		t.Errorf("%q, %v, %v", text, err, wrong)
	}
}

func TestAddressesOfPanels(t *testing.T) {
	for address, good := range map[string]bool{
		"https://panel.example/api/v2": true, "http://127.0.0.1:8080/api/v2": true, "panel.example": false,
		"ftp://a.b": false, "https://": false, "": false, "https://me:secret@panel.example/api/v2": false,
	} {
		if err := CheckAddress(address); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
}
