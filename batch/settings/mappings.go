package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
)

// Mappings are the columns that a person named once for sheets with the same header, by the header's
// fingerprint. They are kept in a file of the state folder.
type Mappings struct {
	path string
	all  map[string]map[string]string // by fingerprint: their header to our field
}

// LoadMappings reads the file; one that isn't there yet holds none.
func LoadMappings(path string) (Mappings, error) {
	m := Mappings{path: path, all: map[string]map[string]string{}}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &m.all)
	}
	if err != nil {
		return m, fmt.Errorf("reading the remembered columns of sheets: %w; remove %s to forget them", err, path)
	}
	return m, nil
}

// Of gives what is remembered for a header; nil: nothing.
func (m Mappings) Of(fingerprint string) map[string]string { return m.all[fingerprint] }

// Remember keeps the columns that were named for a header, over those that it had. The file is there whole or not at
// all: it is written beside, and renamed.
func (m Mappings) Remember(fingerprint string, columns map[string]string) error {
	if m.all[fingerprint] == nil {
		m.all[fingerprint] = map[string]string{}
	}
	maps.Copy(m.all[fingerprint], columns)
	text, err := json.MarshalIndent(m.all, "", "  ")
	if err != nil {
		return err
	}
	if err := writeWhole(m.path, append(text, '\n'), 0o600); err != nil {
		return fmt.Errorf("remembering the columns: %w", err)
	}
	return nil
}
