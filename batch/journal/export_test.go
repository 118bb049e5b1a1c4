package journal

import "context"

// Fail makes a write that the database refuses.
func (j *Journal) Fail() error {
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, "INSERT INTO no_such_table VALUES (1)")
		return err
	})
}
