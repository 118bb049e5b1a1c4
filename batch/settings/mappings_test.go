package settings

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMappings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "columns.json")
	m, err := LoadMappings(path)
	if err != nil || m.Of("a") != nil {
		t.Fatalf("%v, %v", m.Of("a"), err)
	}
	for _, columns := range []map[string]string{{"Stück": "quantity"}, {"Seite": "link"}} {
		if err := m.Remember("a", columns); err != nil {
			t.Fatal(err)
		}
	}
	if m, err = LoadMappings(path); err != nil ||
		!maps.Equal(m.Of("a"), map[string]string{"Stück": "quantity", "Seite": "link"}) ||
		m.Of("b") != nil {
		t.Errorf("%v, %v", m.Of("a"), err)
	}
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err = LoadMappings(path); err == nil || !strings.Contains(err.Error(), "remove "+path) {
		t.Errorf("%v", err)
	}
}
