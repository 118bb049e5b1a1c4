package plan

import (
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// IsAnother tells whether an id names another service now than it did: panels give ids again.
func IsAnother(was, is panel.Service) bool {
	if was.Name == is.Name && was.Category == is.Category {
		return false
	}
	return parse.NewAims().Another(parse.Named{Name: was.Name, Category: was.Category},
		parse.Named{Name: is.Name, Category: is.Category})
}
