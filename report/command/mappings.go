package command

import (
	"encoding/csv"
	"strings"
)

// mappings are names of columns with their fields: --map "Their name=field", once for each, or several with commas
// between them. A name with a comma or a quote in it is taken as it stands where that leaves no doubt.
type mappings []string

func (m *mappings) Type() string { return "mapping" }

func (m *mappings) String() string { return strings.Join(*m, ",") }

func (m *mappings) Set(text string) error {
	parts := []string{text}
	if strings.Count(text, "=") > 1 || strings.HasPrefix(text, `"`) {
		if cells, err := csv.NewReader(strings.NewReader(text)).Read(); err == nil && allMappings(cells) {
			parts = cells
		}
	}
	*m = append(*m, parts...)
	return nil
}

// allMappings tells whether each part names a field.
func allMappings(parts []string) bool {
	for _, part := range parts {
		if !strings.Contains(part, "=") {
			return false
		}
	}
	return true
}

// GetSlice gives them one by one, as they are typed again.
func (m *mappings) GetSlice() []string { return *m }

// Append adds one.
func (m *mappings) Append(text string) error { return m.Set(text) }

// Replace puts others in their place.
func (m *mappings) Replace(all []string) error {
	*m = all
	return nil
}
