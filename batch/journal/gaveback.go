package journal

import "context"

// GaveBack gives the last rows of an account whose orders ended with less than was ordered, in the plain words for it,
// with the charge and the remains that the panel tells of them. Drip-feeds are left out.
func (j *Journal) GaveBack(ctx context.Context, account int64) ([]Entry, error) {
	const most = 500
	return collect(j.entries(ctx, "SELECT "+entryColumns+" FROM rows WHERE account = $1 AND "+answered+`
		AND lower(status) IN ('partial', 'canceled', 'cancelled', 'refunded') AND charge IS NOT NULL AND remains <> ''
		AND units_low IS NOT NULL AND units_low = units_high AND params NOT LIKE '%"runs"%'
		ORDER BY sent_at DESC LIMIT $2`, account, most))
}
