package desk

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"

	"bulkorder/batch/journal"
)

// Shown stands for what an offer would send: each row with all that the panel is told and what it may cost. A person
// who agrees to an offer agrees to these rows, and two offers of as many rows for the same sum may have none in common.
func (o Offer) Shown(ctx context.Context) (string, error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q\n", o.ID)
	rows, ok := o.RowsIn(ctx, journal.Queued)
	if !ok {
		rows = o.Rows(ctx)
	}
	for e, err := range rows {
		if err != nil {
			return "", err
		}
		if e.State == journal.Queued {
			addShown(sum, e)
		}
	}
	for _, e := range o.turned {
		addShown(sum, e)
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)), nil
}

func addShown(sum hash.Hash, e journal.Entry) {
	fmt.Fprintf(sum, "%d %d %q %q %d %q %q %s %s %s\n", e.Seq, e.Line, e.Tab, e.Panel, e.Account, e.Service, e.Params,
		e.Rate, e.Units.Low.Decimal, e.Units.High.Decimal)
}

// ShownOrders stands for orders that something is asked about.
func ShownOrders(orders []journal.Entry) string {
	sum := sha256.New()
	for _, e := range orders {
		fmt.Fprintf(sum, "%q %d %q\n", e.Panel, e.Account, e.OrderID)
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
}
