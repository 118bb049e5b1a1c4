package report

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// CheckPath fails where results can't be written to a file of this name; an empty one is fine.
func CheckPath(path string) error {
	if path == "" || slices.Contains([]string{".xlsx", ".csv", ".jsonl"}, strings.ToLower(filepath.Ext(path))) {
		return nil
	}
	return fmt.Errorf("%s: results are written as .xlsx, .csv or .jsonl; choose a name with one of these endings", path)
}

// ServicesJSON writes services as a list of objects with the catalogue's own names.
func ServicesJSON(w io.Writer, all []Service) error {
	list := []map[string]any{}
	for _, s := range all {
		list = append(
			list,
			map[string]any{"service": s.ID, "name": s.Name, "type": s.Type, "category": s.Category, "rate": s.Rate,
				"min": s.Min, "max": s.Max, "refill": s.Refill, "cancel": s.Cancel},
		)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(list)
}
