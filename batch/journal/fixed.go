package journal

import (
	"context"
	"strings"
	"time"
)

// Rows that must be corrected are corrected in the sheet "To fix" of a batch's results workbook, or in the batch's own
// sheet. Where they were in the one, and in the other otherwise, a row of the batch's own sheet stands for what the
// other ordered for the same service and link.

// fixedTargets are the rows that a batch, $1, has ordered, may have, or is to: what they are for.
const fixedTargets = `SELECT seq, target, ref, content, (SELECT kin FROM accounts WHERE n = account) FROM rows
	WHERE batch = $1 AND content <> '' AND target <> '' AND state IN ('placed', 'in_doubt', 'sending', 'queued')
	ORDER BY seq`

// freshTargets are the rows to be sent of a draft, $1, that the batch which it becomes an edition of, $2, doesn't have.
const freshTargets = `SELECT seq, target, ref, content, (SELECT kin FROM accounts WHERE n = account) FROM rows d
	WHERE batch = $1 AND content <> '' AND state = 'queued' AND for_batch = 0
	AND NOT EXISTS (SELECT 1 FROM rows x WHERE x.key = d.key AND x.batch = $2) ORDER BY seq`

type targeted struct {
	seq                  int64
	target, ref, content string
	kin                  int64
}

func targets(ctx context.Context, t *statements, query string, args ...any) ([]targeted, error) {
	rows, err := t.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return scanAll(rows, func(r *targeted) []any { return []any{&r.seq, &r.target, &r.ref, &r.content, &r.kin} })
}

// standForFixed keeps which rows of a draft stand for others that were ordered from the results workbook of the batch
// that it becomes an edition of.
func standForFixed(ctx context.Context, t *statements, draft, own int64) error {
	var workbook string
	if err := t.queryRow(ctx, `SELECT workbook FROM batches WHERE n = $1`, &workbook, own); err != nil {
		return err
	}
	if workbook = strings.TrimSpace(workbook); workbook == "" {
		return nil
	}
	fixes, err := numbers(ctx, t, formersByName("$1", "$2", "$3", "$4", "$5"), draft, fileName(workbook), own,
		toMillis(time.Now().Add(-remembered)), mostFormers)
	if err != nil || len(fixes) == 0 {
		return err
	}
	fresh, err := targets(ctx, t, freshTargets, draft, own)
	if err != nil || len(fresh) == 0 {
		return err
	}
	taken := map[int64]bool{}
	for _, n := range fixes {
		fixed, err := targets(ctx, t, fixedTargets, n)
		if err != nil {
			return err
		}
		by := map[string][]targeted{}
		for _, f := range fixed {
			by[f.target] = append(by[f.target], f)
		}
		for _, d := range fresh {
			for i, f := range by[d.target] {
				if taken[d.seq] || f.kin != d.kin || f.content == d.content || f.ref != "" && d.ref != "" {
					continue
				}
				taken[d.seq] = true
				by[d.target] = append(by[d.target][:i:i], by[d.target][i+1:]...)
				if err := standing(ctx, t, draft, d.seq, n, f.seq); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}
