package report

import (
	"encoding/json"
	"io"

	"github.com/shopspring/decimal"
)

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

// Service is a service of a panel's catalogue, as lists show it.
type Service struct {
	Panel                    string // in lists of a batch's services
	ID, Name, Type, Category string
	Rate                     decimal.Decimal // per 1000, or once for packages, in the account's currency
	Min, Max                 int64
	Refill, Cancel           bool
}
