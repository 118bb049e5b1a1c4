package journal

import "context"

// Page gives up to n rows of a batch in the order of the sheet, behind so many, those in one of two states alone; an
// empty first state: all.
func (j *Journal) Page(ctx context.Context, b Batch, s, or State, behind, n int) ([]Entry, error) {
	return collect(j.entries(ctx, "SELECT "+entryColumns+` FROM rows WHERE batch = $1
		AND (CAST($2 AS TEXT) = '' OR state = $2 OR state = $3) ORDER BY line, seq LIMIT $4 OFFSET $5`,
		b.n, string(s), string(or), n, behind))
}

// Page gives up to n rows of the draft in the order of the sheet, behind so many, as [Journal.Page] does. All of them
// are in the books then.
func (d *Draft) Page(ctx context.Context, s State, behind, n int) ([]Entry, error) {
	if err := d.Whole(); err != nil {
		return nil, err
	}
	return d.j.Page(ctx, d.Batch, s, s, behind, n)
}
