package journal

import (
	"context"
	"fmt"
	"time"
)

// Draft is a batch that is being written: nothing of it is sent before it is admitted.
type Draft struct {
	j       *Journal
	Batch   Batch
	seq     int64
	pending []Entry
}

// stale is when a draft that its process left behind is thrown away.
const stale = 24 * time.Hour

// Draft begins a batch. Drafts that a process left behind a day ago are thrown away.
func (j *Journal) Draft(b Batch) (*Draft, error) {
	d := &Draft{j: j, Batch: b}
	err := j.do(func(ctx context.Context, t *statements) error {
		old := toMillis(b.Created.Add(-stale))
		for _, table := range []string{"rows", "services", "panels"} {
			if _, err := t.exec(ctx, "DELETE FROM "+table+" WHERE batch IN (SELECT n FROM batches WHERE id IS NULL AND created_at < ?)", old); err != nil {
				return err
			}
		}
		if _, err := t.exec(ctx, "DELETE FROM batches WHERE id IS NULL AND created_at < ?", old); err != nil {
			return err
		}
		_, err := t.exec(
			ctx,
			`INSERT INTO batches (panel, url, sheet, worksheet, fingerprint, columns, notes, created_at, created_by, max_spend) VALUES (?, ?, ?, ?, '', ?, '[]', ?, ?, ?)`,
			b.Panel,
			b.URL,
			b.Sheet,
			b.Worksheet,
			encode(b.Columns),
			toMillis(b.Created),
			b.By,
			b.MaxSpend,
		)
		if err != nil {
			return err
		}
		return t.conn.QueryRowContext(ctx, "SELECT last_insert_rowid()").Scan(&d.Batch.n)
	})
	return d, err
}

const rowsPerWrite = 1000

// Add appends a row; its Seq is given here.
func (d *Draft) Add(e Entry) error {
	d.seq++
	e.Seq = d.seq
	d.pending = append(d.pending, e)
	if len(d.pending) < rowsPerWrite {
		return nil
	}
	return d.flush()
}

func (d *Draft) flush() error {
	entries := d.pending
	d.pending = nil
	return d.j.do(func(ctx context.Context, t *statements) error {
		for _, e := range entries {
			_, err := t.exec(
				ctx,
				`INSERT INTO rows (batch, seq, line, cells, panel, key, service, target, params, rate, units_low, units_high, problems, state, reason, note, order_id)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`,
				d.Batch.n,
				e.Seq,
				e.Line,
				encode(e.Cells),
				e.Panel,
				e.Key,
				e.Service,
				e.Target,
				encode(e.Params),
				e.Rate.String(),
				e.Units.Low,
				e.Units.High,
				encode(e.Problems),
				string(e.State),
				string(e.Reason),
				e.Note,
			)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Reading is what is known of a sheet when all of it was read.
type Reading struct {
	Fingerprint string // of its content
	Worksheet   string
	Notes       []string  // what reading it noticed
	Services    []Service // those that valid rows use
	Accounts    []Account // the panels of its rows, the batch's own one first; empty: the draft's
}

// Finish ends the reading of the sheet.
func (d *Draft) Finish(r Reading) error {
	if err := d.flush(); err != nil {
		return err
	}
	b := &d.Batch
	b.Fingerprint, b.Notes, b.Worksheet = r.Fingerprint, r.Notes, r.Worksheet
	if len(r.Accounts) > 0 {
		own := r.Accounts[0]
		b.Panel, b.URL, b.Currency, b.Others = own.Panel, own.URL, own.Currency, r.Accounts[1:]
	}
	return d.j.do(func(ctx context.Context, t *statements) error {
		for _, s := range r.Services {
			_, err := t.exec(
				ctx,
				`INSERT INTO services (batch, panel, id, name, type, category, rate, min, max, refill, cancel) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				b.n,
				s.Panel,
				s.ID,
				s.Name,
				s.Type,
				s.Category,
				s.Rate.String(),
				s.Min,
				s.Max,
				s.Refill,
				s.Cancel,
			)
			if err != nil {
				return err
			}
		}
		for _, a := range b.Others {
			if _, err := t.exec(ctx, `INSERT INTO panels (batch, panel, url, currency) VALUES (?, ?, ?, ?)`, b.n, a.Panel, a.URL, a.Currency); err != nil {
				return err
			}
		}
		_, err := t.exec(
			ctx,
			`UPDATE batches SET panel = ?, url = ?, fingerprint = ?, worksheet = ?, notes = ? WHERE n = ?`,
			b.Panel,
			b.URL,
			r.Fingerprint,
			r.Worksheet,
			encode(r.Notes),
			b.n,
		)
		return err
	})
}

// Discard throws the draft away.
func (d *Draft) Discard() error {
	return d.j.do(func(ctx context.Context, t *statements) error {
		return drop(ctx, t, d.Batch.n)
	})
}

func drop(ctx context.Context, t *statements, n int64) error {
	for _, q := range []string{"DELETE FROM rows WHERE batch = ?", "DELETE FROM services WHERE batch = ?", "DELETE FROM panels WHERE batch = ?", "DELETE FROM batches WHERE n = ?"} {
		if _, err := t.exec(ctx, q, n); err != nil {
			return err
		}
	}
	return nil
}

// Admit makes the draft the batch with this id, in one transaction: what [Draft.HoldRepeats] finds is
// looked for again, since another process may have placed a row meanwhile. Where the batch is there
// already, the draft is an edition of the same sheet, matched by key: rows that are, or may be, orders
// stay as they are; the others become what the draft says; rows that are no longer in the sheet leave,
// unless they are or may be orders. Whoever calls it holds the batch.
func (d *Draft) Admit(ctx context.Context, id string, r Repeats) (Batch, error) {
	err := d.j.do(func(ctx context.Context, t *statements) error {
		if err := holdRepeats(ctx, t, d.Batch.n, id, r); err != nil {
			return err
		}
		n, err := t.exec(
			ctx,
			`UPDATE batches SET id = ? WHERE n = ? AND NOT EXISTS (SELECT 1 FROM batches WHERE id = ?)`,
			id,
			d.Batch.n,
			id,
		)
		if err != nil || n == 1 {
			return err
		}
		return merge(ctx, t, d.Batch.n, id)
	})
	if err != nil {
		return Batch{}, fmt.Errorf("admitting the batch: %w", err)
	}
	return d.j.Batch(ctx, id)
}

// merge makes the draft an edition of the batch with this id.
func merge(ctx context.Context, t *statements, draft int64, id string) error {
	var batch int64
	if err := t.conn.QueryRowContext(ctx, "SELECT n FROM batches WHERE id = ?", id).Scan(&batch); err != nil {
		return err
	}
	for _, q := range editionSteps() {
		if _, err := t.exec(ctx, q, draft, batch); err != nil {
			return err
		}
	}
	return drop(ctx, t, draft)
}

// editionSteps match a draft, parameter 1, with the batch that it is an edition of, parameter 2. Each finds
// its counterparts by key: anything else takes hours for a large sheet.
func editionSteps() []string {
	const kept = `(rows.state IN ('placed', 'in_doubt', 'sending') OR rows.state = 'refused' AND rows.params = d.params)`
	return []string{
		`UPDATE rows SET line = d.line, cells = d.cells FROM rows d WHERE d.batch = ?1 AND rows.batch = ?2 AND rows.key = d.key AND ` + kept,
		`UPDATE rows SET line = d.line, cells = d.cells, service = d.service, target = d.target, params = d.params, rate = d.rate, units_low = d.units_low,
			units_high = d.units_high, problems = d.problems, state = d.state, reason = d.reason, note = d.note
			FROM rows d WHERE d.batch = ?1 AND rows.batch = ?2 AND rows.key = d.key AND NOT ` + kept,
		`DELETE FROM rows WHERE batch = ?2 AND state NOT IN ('placed', 'in_doubt', 'sending') AND NOT EXISTS (SELECT 1 FROM rows d WHERE d.batch = ?1 AND d.key = rows.key)`,
		`DELETE FROM rows WHERE batch = ?1 AND EXISTS (SELECT 1 FROM rows o WHERE o.batch = ?2 AND o.key = rows.key)`,
		`UPDATE rows SET batch = ?2, seq = seq + (SELECT coalesce(max(seq), 0) FROM (SELECT seq FROM rows WHERE batch = ?2 UNION ALL SELECT seq FROM attempts WHERE batch = ?2)) WHERE batch = ?1`,
		`INSERT OR REPLACE INTO services SELECT ?2, panel, id, name, type, category, rate, min, max, refill, cancel FROM services WHERE batch = ?1`,
		// The batch keeps its own panel, whichever the edition names first.
		`INSERT INTO panels (batch, panel, url, currency) SELECT ?2, e.panel, e.url, e.currency
			FROM (SELECT panel, url, currency FROM panels WHERE batch = ?1 UNION ALL SELECT panel, url, currency FROM batches WHERE n = ?1) e
			WHERE e.panel <> (SELECT panel FROM batches WHERE n = ?2) ON CONFLICT DO UPDATE SET url = excluded.url`,
		`UPDATE batches SET url = coalesce((SELECT e.url FROM (SELECT panel, url FROM panels WHERE batch = ?1 UNION ALL SELECT panel, url FROM batches WHERE n = ?1) e
			WHERE e.panel = batches.panel), url) WHERE n = ?2`,
		`UPDATE batches SET (sheet, worksheet, fingerprint, columns, notes) = (SELECT sheet, worksheet, fingerprint, columns, notes FROM batches WHERE n = ?1),
			max_spend = coalesce((SELECT max_spend FROM batches WHERE n = ?1), max_spend) WHERE n = ?2`,
	}
}
