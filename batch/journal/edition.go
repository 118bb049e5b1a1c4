package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"bulkorder/parse"
)

// counterparts finds rows of a batch, 2, that rows of a draft, 1, are though not by their keys. found pairs them by one
// index for each way to be the same: any other plan compares all rows with all.
func counterparts(found string) string {
	return `WITH fresh AS MATERIALIZED (
			SELECT seq, ref, content, alias FROM rows d WHERE d.batch = $1
			AND NOT EXISTS (SELECT 1 FROM rows x WHERE x.key = d.key AND x.batch = $2)),
		found AS MATERIALIZED (` + found + `)
		SELECT d.seq, o.key FROM found CROSS JOIN rows d ON d.batch = $1 AND d.seq = mine
		CROSS JOIN rows o ON o.batch = $2 AND o.seq = other
		WHERE (o.ref = d.ref AND o.ref <> ''
			OR (SELECT kin FROM accounts WHERE n = o.account) = (SELECT kin FROM accounts WHERE n = d.account))
		AND NOT EXISTS (SELECT 1 FROM rows x WHERE x.key = o.key AND x.batch = $1)
		ORDER BY d.line, o.state IN ('placed', 'in_doubt', 'sending') DESC, o.line, d.seq, o.seq`
}

const (
	byRef = `SELECT f.seq AS mine, o.seq AS other FROM fresh f
		CROSS JOIN rows o INDEXED BY rows_ref ON o.ref = f.ref AND o.batch = $2 WHERE o.ref <> ''`
	byContent = `SELECT f.seq AS mine, o.seq AS other FROM fresh f
			CROSS JOIN rows o INDEXED BY rows_content ON o.content = f.content AND o.batch = $2
			WHERE f.content <> '' AND (f.ref = '' OR o.ref = '')
		UNION SELECT f.seq, o.seq FROM fresh f
			CROSS JOIN rows o INDEXED BY rows_content ON o.content = f.alias AND o.batch = $2
			WHERE f.alias <> '' AND (f.ref = '' OR o.ref = '')
		UNION SELECT f.seq, o.seq FROM fresh f
			CROSS JOIN rows o INDEXED BY rows_alias ON o.alias = f.content AND o.batch = $2
			WHERE o.alias <> '' AND (f.ref = '' OR o.ref = '')
		UNION SELECT f.seq, o.seq FROM fresh f
			CROSS JOIN rows o INDEXED BY rows_alias ON o.alias = f.alias AND o.batch = $2
			WHERE o.alias <> '' AND (f.ref = '' OR o.ref = '')`
)

// match gives the draft's rows the keys of their counterparts in the batch with this id, if there is one: rows with
// the same Ref, and rows of the same content unless both have Refs, which then differ. So a Ref column that comes or
// goes makes no row new, nor does a new key of the account.
func match(ctx context.Context, t *statements, draft int64, id string) error {
	var batch int64
	err := t.QueryRowContext(ctx, `SELECT n FROM batches WHERE id = $1`, id).Scan(&batch)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	for _, found := range []string{byRef, byContent} {
		if err == nil {
			err = matchBy(ctx, t, draft, batch, found)
		}
	}
	return err
}

func matchBy(ctx context.Context, t *statements, draft, batch int64, found string) error {
	rows, err := t.query(ctx, counterparts(found), draft, batch)
	if err != nil {
		return err
	}
	type pair struct {
		seq int64
		key string
	}
	pairs, err := scanAll(rows, func(p *pair) []any { return []any{&p.seq, &p.key} })
	if err != nil {
		return err
	}
	rowTaken, keyTaken := map[int64]bool{}, map[string]bool{}
	for _, p := range pairs {
		if rowTaken[p.seq] || keyTaken[p.key] {
			continue
		}
		rowTaken[p.seq], keyTaken[p.key] = true, true
		if _, err := t.exec(ctx, `UPDATE rows SET key = $1 WHERE batch = $2 AND seq = $3`, p.key, draft, p.seq); err != nil {
			return err
		}
	}
	return nil
}

// merge makes the draft an edition of the batch with this id, matched by key: rows that are, or may be, orders stay
// as they were ordered; the others become what the draft says, but for a price that was approved lower; rows that are
// no longer in the sheet leave, unless they are orders, were to be sent, or a request for them was sent, see [leftKey].
func merge(ctx context.Context, t *statements, draft int64, id string) error {
	var batch int64
	if err := t.QueryRowContext(ctx, "SELECT n FROM batches WHERE id = $1", id).Scan(&batch); err != nil {
		return err
	}
	t.batch = batch
	if err := tellEdited(ctx, t, draft, batch); err != nil {
		return err
	}
	if err := alignCells(ctx, t, draft, batch); err != nil {
		return err
	}
	for _, q := range leavingSteps() {
		if _, err := t.exec(ctx, q, draft, batch); err != nil {
			return err
		}
	}
	if err := keepUnsent(ctx, t, draft, batch); err != nil {
		return err
	}
	for _, q := range editionSteps() {
		if _, err := t.exec(ctx, q, draft, batch); err != nil {
			return err
		}
	}
	if _, err := t.exec(ctx, rekey, batch); err != nil {
		return err
	}
	return drop(ctx, t, draft)
}

// rekey gives rows whose Ref or content is another one now the key of that, as [Identity.Key] does, so that later
// editions find them by it.
const rekey = `UPDATE rows SET key = k.key FROM (SELECT batch, seq,
		CASE WHEN ref <> '' THEN 'ref:' || ref ELSE account || ':' || content || '-' || nth END AS key FROM rows
		WHERE batch = $1 AND content <> '') k
	WHERE rows.batch = k.batch AND rows.seq = k.seq AND rows.key <> k.key AND NOT ` + hasLeft + `
	AND NOT EXISTS (SELECT 1 FROM rows x WHERE x.key = k.key AND x.batch = k.batch)`

// asOrdered tells rows that the edition tells as they were ordered: for the same at the same account.
const asOrdered = `(d.content = rows.content AND (d.account = rows.account OR d.panel = rows.panel))`

// kept are rows of a batch that an edition leaves as they are; d is the edition's row.
const kept = `(rows.state IN ('placed', 'in_doubt', 'sending') OR rows.state = 'refused' AND rows.params = d.params)`

// stillDear are rows whose service charges more than the catalogue says: an edition shows nothing new about that.
const stillDear = `rows.state = 'held' AND rows.reason = 'charge' AND rows.service = d.service AND d.state = 'queued'`

// editionSteps match a draft, parameter 1, with the batch that it is an edition of, parameter 2. Each finds
// its counterparts by key: anything else takes hours for a large sheet.
func editionSteps() []string {
	return []string{
		`UPDATE rows SET line = d.line, tab = d.tab, cells = CASE WHEN ` + asOrdered + ` THEN d.cells ELSE rows.cells END,
			ref = CASE WHEN d.ref <> '' THEN d.ref ELSE rows.ref END,
			nth = CASE WHEN ` + asOrdered + ` THEN d.nth ELSE rows.nth END
			FROM rows d WHERE d.batch = $1 AND rows.batch = $2 AND rows.key = d.key AND ` + kept,
		`UPDATE rows SET line = d.line, tab = d.tab, cells = d.cells, panel = d.panel, account = d.account, ref = d.ref,
			content = d.content,
			alias = d.alias, nth = d.nth, word = rows.word || d.word, for_batch = d.for_batch, for_seq = d.for_seq,
			service = d.service, target = d.target, params = d.params, units_low = d.units_low, units_high = d.units_high,
			problems = d.problems, asks = d.asks, state = CASE WHEN ` + stillDear + ` THEN rows.state ELSE d.state END,
			reason = CASE WHEN ` + stillDear + ` THEN rows.reason ELSE d.reason END,
			note = CASE WHEN ` + stillDear + ` THEN rows.note ELSE d.note END,
			rate = CASE WHEN rows.service = d.service AND rows.state <> 'invalid'
				AND CAST(rows.rate AS DOUBLE PRECISION) < CAST(d.rate AS DOUBLE PRECISION)
				THEN rows.rate ELSE d.rate END
			FROM rows d WHERE d.batch = $1 AND rows.batch = $2 AND rows.key = d.key AND NOT ` + kept,
		`DELETE FROM rows WHERE batch = $2 AND state NOT IN ('placed', 'in_doubt', 'sending') AND NOT ` + hasLeft + `
			AND NOT EXISTS (SELECT 1 FROM rows d WHERE d.batch = $1 AND d.key = rows.key)`,
		`DELETE FROM rows WHERE batch = $1 AND EXISTS (SELECT 1 FROM rows o WHERE o.batch = $2 AND o.key = rows.key)`,
		`UPDATE rows SET batch = $2, seq = seq + (SELECT coalesce(max(seq), 0) FROM (
			SELECT seq FROM rows WHERE batch = $2 UNION ALL SELECT seq FROM attempts WHERE batch = $2) taken) WHERE batch = $1`,
		`INSERT INTO services (batch, panel, id, name, type, category, rate, min, max, refill, cancel)
			SELECT $2, panel, id, name, type, category, rate, min, max, refill, cancel FROM services WHERE batch = $1
			ON CONFLICT (batch, panel, id) DO UPDATE SET name = excluded.name, type = excluded.type, category = excluded.category,
				min = excluded.min,
			max = excluded.max, refill = excluded.refill, cancel = excluded.cancel,
			rate = CASE WHEN CAST(services.rate AS DOUBLE PRECISION) < CAST(excluded.rate AS DOUBLE PRECISION)
				THEN services.rate ELSE excluded.rate END`,
		// The batch keeps its own panel, whichever the edition names first.
		`INSERT INTO panels (batch, position, panel, account, url, currency)
			SELECT $2, position + (SELECT max(position) + 1 FROM panels WHERE batch = $2), panel, account, url, currency
			FROM panels WHERE batch = $1 ON CONFLICT (batch, panel) DO UPDATE SET url = excluded.url, account = excluded.account,
				sent_on = 0`,
		`UPDATE batches SET (sheet, worksheet, fingerprint, digest, mapped, notes) = (SELECT sheet, worksheet, fingerprint,
			digest, mapped, notes
			FROM batches WHERE n = $1),
			max_spend = coalesce((SELECT max_spend FROM batches WHERE n = $1), max_spend) WHERE n = $2`,
	}
}

// editedRule names the problem of a row that was edited after it was ordered.
const editedRule = "edited-after-order"

// tellEdited notes the problem of rows that the sheet tells otherwise than they were ordered: they keep the cells that
// were ordered.
func tellEdited(ctx context.Context, t *statements, draft, batch int64) error {
	rows, err := t.query(ctx, `SELECT rows.seq, rows.problems, d.line, d.tab, NOT `+asOrdered+` FROM rows d
		JOIN rows ON rows.key = d.key AND rows.batch = $2
		WHERE d.batch = $1 AND rows.state IN ('placed', 'in_doubt', 'sending')
		AND (NOT `+asOrdered+` OR instr(rows.problems, '`+editedRule+`') > 0)`, draft, batch)
	if err != nil {
		return err
	}
	type row struct {
		seq      int64
		problems []byte
		at       parse.Line
		edited   bool
	}
	all, err := scanAll(rows, func(r *row) []any { return []any{&r.seq, &r.problems, &r.at.N, &r.at.Tab, &r.edited} })
	if err != nil {
		return err
	}
	for _, r := range all {
		var problems []parse.Problem
		if err := json.Unmarshal(r.problems, &problems); err != nil {
			return err
		}
		problems = slices.DeleteFunc(problems, func(p parse.Problem) bool { return p.Rule == editedRule })
		if r.edited {
			problems = append(problems, parse.Problem{
				Row: r.at.Number(), Tab: r.at.Tab, Rule: editedRule, Warning: true, Found: fmt.Sprintf("row %s", r.at),
				Wrong: "was edited after it was ordered; the results show what was ordered",
				Mend:  "give the edited row a Ref of its own to order it too, or undo the edit",
			})
		}
		if _, err := t.exec(ctx, `UPDATE rows SET problems = $1 WHERE batch = $2 AND seq = $3`, encode(problems), batch,
			r.seq); err != nil {
			return err
		}
	}
	return nil
}

// alignCells brings the cells of rows that keep theirs under the heads of the edition. Heads that the edition no longer
// has stay, behind the others, where such a row has something under them.
func alignCells(ctx context.Context, t *statements, draft, batch int64) error {
	was, err := columnsOf(ctx, t, batch)
	if err != nil {
		return err
	}
	is, err := columnsOf(ctx, t, draft)
	if err != nil {
		return err
	}
	if slices.Equal(was, is) {
		return nil
	}
	rows, err := t.query(ctx, `SELECT rows.seq, rows.cells FROM rows WHERE rows.batch = $2 AND NOT EXISTS (
		SELECT 1 FROM rows d WHERE d.key = rows.key AND d.batch = $1 AND `+asOrdered+`)
		ORDER BY rows.seq`, draft, batch)
	if err != nil {
		return err
	}
	type row struct {
		seq   int64
		cells []byte
	}
	all, err := scanAll(rows, func(r *row) []any { return []any{&r.seq, &r.cells} })
	if err != nil {
		return err
	}
	heads := newHeads(was, is)
	for _, r := range all {
		var cells []string
		if err := json.Unmarshal(r.cells, &cells); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE rows SET cells = $1 WHERE batch = $2 AND seq = $3`, encode(heads.align(cells)), batch,
			r.seq); err != nil {
			return err
		}
	}
	_, err = t.exec(ctx, `UPDATE batches SET columns = $1 WHERE n = $2`, encode(heads.columns), batch)
	return err
}

func columnsOf(ctx context.Context, t *statements, n int64) ([]string, error) {
	var text []byte
	if err := t.QueryRowContext(ctx, "SELECT columns FROM batches WHERE n = $1", n).Scan(&text); err != nil {
		return nil, err
	}
	var columns []string
	return columns, json.Unmarshal(text, &columns)
}

// heads maps the columns of an older edition to those of the newer one.
type heads struct {
	was     []string
	to      []int // where each older column went; -1: nowhere yet
	columns []string
}

// newHeads matches columns by their words; of several with the same words the first is the first.
func newHeads(was, is []string) *heads {
	h := &heads{was: was, columns: slices.Clone(is)}
	taken := make([]bool, len(is))
	for _, name := range was {
		at := -1
		for i, other := range is {
			if other == name && !taken[i] {
				at, taken[i] = i, true
				break
			}
		}
		h.to = append(h.to, at)
	}
	return h
}

func (h *heads) align(cells []string) []string {
	aligned := make([]string, len(h.columns))
	for i, cell := range cells {
		if i >= len(h.to) || cell == "" && h.to[i] < 0 {
			continue
		}
		if h.to[i] < 0 {
			h.to[i] = len(h.columns)
			h.columns, aligned = append(h.columns, h.was[i]), append(aligned, "")
		}
		aligned[h.to[i]] = cell
	}
	return aligned
}
