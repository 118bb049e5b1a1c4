package desk

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"

	"bulkorder/batch/journal"
)

// Shown stands for what an offer would send: each row with all that the panel is told and what it may cost. A person
// who agrees to an offer agrees to these rows, and two offers of as many rows for the same sum may have none in common.
func (o Offer) Shown(ctx context.Context) (string, error) {
	sum, line := sha256.New(), []byte(nil)
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
			line = appendShown(line[:0], e)
			sum.Write(line)
		}
	}
	for _, e := range o.turned {
		sum.Write(appendShown(nil, e))
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)), nil
}

// appendShown writes what a person sees of a row, and the panel is told. Each text is quoted, so that none runs into the
// next one.
func appendShown(b []byte, e journal.Entry) []byte {
	for _, n := range []int64{e.Seq, int64(e.Line), e.Account} {
		b = append(strconv.AppendInt(b, n, 10), ' ')
	}
	for _, text := range []string{e.Tab, e.Panel, e.Service, e.Rate.String(), e.Units.Low.Decimal.String(),
		e.Units.High.Decimal.String()} {
		b = strconv.AppendQuote(b, text)
	}
	for _, p := range e.Params {
		b = strconv.AppendQuote(strconv.AppendQuote(b, p.Name), p.Value)
	}
	return append(b, '\n')
}

// ShownOrders stands for orders that something is asked about.
func ShownOrders(orders []journal.Entry) string {
	sum := sha256.New()
	for _, e := range orders {
		fmt.Fprintf(sum, "%q %d %q\n", e.Panel, e.Account, e.OrderID)
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
}
