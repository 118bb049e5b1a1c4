package journal

import "context"

// Fail makes a write that the database refuses.
func (j *Journal) Fail() error {
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, "INSERT INTO no_such_table VALUES (1)")
		return err
	})
}

// EditionPlans gives how the database goes about each step of matching an edition.
func (j *Journal) EditionPlans(ctx context.Context) (map[string]string, error) {
	plans := map[string]string{}
	for _, q := range editionSteps() {
		rows, err := j.read.QueryContext(ctx, "EXPLAIN QUERY PLAN "+q, 1, 2)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				return nil, err
			}
			plans[q] += detail + "\n"
		}
	}
	return plans, nil
}
