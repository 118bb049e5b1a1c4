package journal

import (
	"context"
	"fmt"
)

// mended finds the queued rows of the draft, $1, whose own row of the very same file, $9, another batch has with other
// values: a cell of it was edited on the page, or the columns were understood otherwise. Where the draft still has what
// that row ordered on the same line, it is that row's.
func mended() string {
	return ` UNION SELECT d.seq, o.batch, o.seq, 4, false FROM batches its CROSS JOIN rows d ON d.batch = $1
		CROSS JOIN rows o INDEXED BY rows_line ON o.batch = its.n AND o.line = d.line AND o.tab = d.tab
		WHERE its.digest = CAST($9 AS TEXT) AND its.digest <> '' AND its.n <> $1 AND its.n <> $6
		AND ($2 = 0 OR d.seq = $2) AND d.state = 'queued' AND d.content <> '' AND o.content <> ''
		AND d.content <> o.content AND (o.state IN ('placed', 'in_doubt', 'sending', 'queued')
			OR o.state = 'held' AND o.reason NOT IN ('duplicate', 'repeat', 'ref', 'left'))
		AND NOT EXISTS (SELECT 1 FROM rows x INDEXED BY rows_line WHERE x.batch = $1 AND x.line = d.line AND x.tab = d.tab
			AND x.content = o.content)`
}

// digestOf is what is known of the bytes of the file that a draft, or a batch, was made of.
func digestOf(ctx context.Context, t *statements, batch int64) (digest string, err error) {
	err = t.queryRow(ctx, `SELECT digest FROM batches WHERE n = $1`, &digest, batch)
	return digest, err
}

// mendedWords say that a row of the same file was ordered with other values.
func (e Earlier) mendedWords() string {
	what := "may have been ordered"
	switch {
	case e.State == Placed && e.OrderID != "":
		what = "was ordered as " + e.OrderID
	case e.State == Placed:
		what = "was ordered"
	case e.State == Queued, e.State == Held:
		what = "is to be sent"
	}
	return fmt.Sprintf("this row of the very same file %s by batch %s, with other values", what, e.Batch)
}
