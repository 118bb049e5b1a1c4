package settings

import (
	"os"
	"path/filepath"
	"testing"
)

func TestEachSettingTellsWhereItWasSaid(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	text := "# mine\npanel = \"mine\"\nrate = \"30/m\"\n\n[panels.mine]\n" +
		"url = \"https://a.example\" # the API\nrate = \"2/s\"\n" +
		"[panels.\"other.one\"]\ntimeout=\"2m\"\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	s := Settings{Config: c, Given: map[string]Value{
		"timeout": FromFlag("timeout", "1m"), "max-spend": FromVariable("max-spend", "5"),
	}}
	for _, tt := range []struct {
		got        Value
		text, from string
	}{
		{s.Of("panel"), "mine", "configuration, line 2"},
		{s.Of("rate"), "30/m", "configuration, line 3"},
		{s.OfPanel("rate", "mine"), "2/s", "configuration of the panel, line 7"},
		{s.OfPanel("url", "mine"), "https://a.example", "configuration of the panel, line 6"},
		{s.OfPanel("rate", "other.one"), "30/m", "configuration, line 3"},
		{s.OfPanel("timeout", "other.one"), "1m", "flag --timeout"},
		{s.Of("max-spend"), "5", "environment BULKORDER_MAX_SPEND"},
		{s.Of("journal"), "", ""},
		{s.Of("concurrency").Or("2", "default"), "2", "default"},
	} {
		if tt.got.Text != tt.text || tt.got.From != tt.from {
			t.Errorf("%+v, want %q from %q", tt.got, tt.text, tt.from)
		}
	}
}

// TestAcceptedWarningsOfTheConfiguration: the command line wins over them.
func TestAcceptedWarningsOfTheConfiguration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.toml")
	if err := os.WriteFile(path, []byte("panel = \"p\"\naccept_warnings = [\"platform\", \"struck\"]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	s := Settings{Config: c}
	if v := s.Of("accept-warnings"); v.Text != "platform,struck" || v.From != "configuration, line 2" {
		t.Errorf("%+v", v)
	}
	s.Given = map[string]Value{"accept-warnings": FromFlag("accept-warnings", "all")}
	if v := s.Of("accept-warnings"); v.Text != "all" {
		t.Errorf("%+v", v)
	}
}

func TestNotesAreHeldByTheConfiguration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte("hold_notes = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	config, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	s := Settings{Config: config}
	if v := s.Of("hold-notes"); v.Text != "true" || v.From != "configuration, line 1" {
		t.Errorf("%+v", v)
	}
	s.Given = map[string]Value{"hold-notes": FromFlag("hold-notes", "false")}
	if v := s.Of("hold-notes"); v.Text != "false" {
		t.Errorf("the flag doesn't win: %+v", v)
	}
	if v := (Settings{}).Of("hold-notes"); v.Text != "" {
		t.Errorf("without a word: %+v", v)
	}
}
