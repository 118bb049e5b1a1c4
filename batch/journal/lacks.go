package journal

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bulkorder/batch/panel"
)

// Lacks gives the forms of calls that an account's panel was seen not to take.
func (j *Journal) Lacks(ctx context.Context, account int64) ([]panel.Form, error) {
	var text string
	if err := j.read.QueryRowContext(ctx, `SELECT lacks FROM accounts WHERE n = $1`, account).Scan(&text); err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return forms(text), nil
}

// Lack keeps that an account's panel was seen not to take a form of a call.
func (j *Journal) Lack(account int64, form panel.Form) error {
	return j.do(func(ctx context.Context, t *statements) error {
		var text string
		err := t.QueryRowContext(ctx, `SELECT lacks FROM accounts WHERE n = $1`, account).Scan(&text)
		if err != nil {
			return rowError{err}
		}
		if slices.Contains(forms(text), form) {
			return nil
		}
		_, err = t.exec(
			ctx,
			`UPDATE accounts SET lacks = $1 WHERE n = $2`,
			strings.TrimSpace(text+"\n"+string(form)),
			account,
		)
		return err
	})
}

func forms(text string) []panel.Form {
	var all []panel.Form
	for line := range strings.SplitSeq(text, "\n") {
		if line != "" {
			all = append(all, panel.Form(line))
		}
	}
	return all
}
