package report

import "github.com/shopspring/decimal"

// ServicesObject tells services as one object, {"services":[…]}, with the catalogue's own names.
func ServicesObject(all []Service) any {
	list := []map[string]any{}
	for _, s := range all {
		list = append(
			list,
			map[string]any{"service": s.ID, "name": s.Name, "type": s.Type, "category": s.Category, "rate": s.Rate,
				"min": s.Min, "max": s.Max, "refill": s.Refill, "cancel": s.Cancel},
		)
	}
	return map[string]any{"services": list}
}

// Service is a service of a panel's catalogue, as lists show it.
type Service struct {
	Panel                    string // in lists of a batch's services
	ID, Name, Type, Category string
	Rate                     decimal.Decimal // per 1000, or once for packages, in the account's currency
	Min, Max                 int64
	Refill, Cancel           bool
}
