package journal

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// Draft is a sheet that was checked and waits for a person's yes: nothing of it is sent before it is admitted. It
// belongs to the process that makes it, for as long as that lives, or has a name by which it is found again.
type Draft struct {
	Batch     Batch
	j         *Journal
	hold      *Hold
	seq       int64
	pending   []Entry
	trial     bool              // it is thrown away: rows that the books have nothing like stay apart
	apart     *apart            // rows that aren't in the books; nil: all are
	entered   bool              // those that are judged in the books are there
	reading   *Reading          // while it isn't in the books
	digest    [sha256.Size]byte // of all rows
	read      bool              // by this process: the digest is known
	said      []byte            // of the last row, behind the digest of those before
	line      int               // of the last row
	unordered bool              // several rows are of one line
	same      string            // the batch that it says nothing new of; empty: there is none

	Job    *Job                // that is there as soon as the draft is a batch; nil: none
	Upload *Upload             // that becomes the batch, as it was when the draft was made of it; nil: none
	Cap    decimal.NullDecimal // that a person sets with the word to place; not valid: the draft's, or none

	written sums // of the rows in the books
	counted bool // that is so: they have the states that they came with
}

// stale is when a draft without a name that its process left behind is thrown away.
const stale = 24 * time.Hour

// Draft begins a batch. Drafts that processes left behind a day ago are thrown away.
func (j *Journal) Draft(b Batch) (*Draft, error) {
	d := &Draft{j: j, Batch: b, counted: true, apart: &apart{}, read: true}
	if err := j.do(func(ctx context.Context, t *statements) error { return d.insert(ctx, t) }); err != nil {
		return nil, err
	}
	var err error
	if d.hold, err = j.hold(d.lock(), "the draft is being made", Holder{}); err != nil {
		return nil, err
	}
	return d, j.purge(b.Created.Add(-stale))
}

func (d *Draft) lock() string { return fmt.Sprintf("draft-%d", d.Batch.n) }

func (d *Draft) insert(ctx context.Context, t *statements) error {
	b := d.Batch
	err := t.queryRow(ctx,
		`INSERT INTO batches (sheet, worksheet, fingerprint, columns, mapped, notes, created_at, created_by, max_spend,
			digest)
		VALUES ($1, $2, '', $3, $4, '[]', $5, $6, $7, $8) RETURNING n`, &d.Batch.n,
		b.Sheet, b.Worksheet, encode(b.Columns), encodeMapped(b.Mapped), toMillis(b.Created), b.By, b.MaxSpend, b.Digest)
	if err != nil {
		return err
	}
	return addPanels(ctx, t, d.Batch.n, b.Accounts())
}

func addPanels(ctx context.Context, t *statements, batch int64, all []Account) error {
	if _, err := t.exec(ctx, `DELETE FROM panels WHERE batch = $1`, batch); err != nil {
		return err
	}
	for i, a := range all {
		_, err := t.exec(ctx, `INSERT INTO panels (batch, position, panel, account, url, currency, balance_before)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, batch, i, a.Panel, a.N, a.URL, a.Currency, a.BalanceBefore)
		if err != nil {
			return err
		}
	}
	return nil
}

// purge throws drafts away that have no name, are older than this, and whose process is gone.
func (j *Journal) purge(before time.Time) error {
	rows, err := j.read.QueryContext(context.Background(), `SELECT n FROM batches
		WHERE id IS NULL AND draft IS NULL AND created_at < $1`,
		toMillis(before))
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	left, err := scanAll(rows, func(n *int64) []any { return []any{n} })
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	for _, n := range left {
		d := &Draft{j: j, Batch: Batch{n: n}}
		var held *HeldError
		if d.hold, err = j.hold(d.lock(), "the draft is being made", Holder{}); errors.As(err, &held) {
			continue
		}
		if err == nil {
			err = d.Discard()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Keep gives the draft a name, by which [Journal.OpenDraft] finds it, and lets go of it: it outlives its process.
func (d *Draft) Keep(name string) error {
	if err := d.Whole(); err != nil {
		return err
	}
	err := d.j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `UPDATE batches SET draft = $1 WHERE n = $2 AND id IS NULL`, name, d.Batch.n)
		return err
	})
	if err == nil {
		d.Batch.Draft = name
	}
	return errors.Join(err, d.release())
}

// OpenDraft finds a draft that was kept and takes it for this process. [ErrNoBatch]: there is none of this name.
// [*HeldError]: another process has it at hand.
func (j *Journal) OpenDraft(ctx context.Context, name string) (*Draft, error) {
	rows, err := j.read.QueryContext(ctx, "SELECT "+batchColumns+" WHERE b.id IS NULL AND b.draft = $1", name)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := j.scanBatches(ctx, rows)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%w: no draft is named %q", ErrNoBatch, name)
	}
	d := &Draft{j: j, Batch: all[0]}
	d.hold, err = j.hold(d.lock(), "draft "+name+" is being worked on", Holder{})
	return d, err
}

func (d *Draft) release() error {
	if d.hold == nil {
		return nil
	}
	hold := d.hold
	d.hold = nil
	return hold.Release()
}

// rowsPerWrite is how many rows are written at once: so many are held in memory.
const rowsPerWrite = 2_000

// Add appends a row; its Seq is given here.
func (d *Draft) Add(e Entry) error {
	d.seq++
	e.Seq = d.seq
	said, err := d.apart.add(e)
	d.digested(e, said)
	return err
}

func (d *Draft) keep(e Entry) error {
	d.pending = append(d.pending, e)
	if len(d.pending) < rowsPerWrite {
		return nil
	}
	return d.flush()
}

func (d *Draft) flush() error {
	entries := d.pending
	d.pending = d.pending[:0] // nobody adds a row while these are written
	if d.apart != nil {
		var err error
		if entries, err = d.part(entries); err != nil {
			return err
		}
	}
	if len(entries) == 0 {
		return nil
	}
	return d.j.doIn(d.Batch, func(ctx context.Context, t *statements) error {
		steps := make([]step, len(entries))
		for i, e := range entries {
			steps[i] = step{
				query: `INSERT INTO rows (batch, seq, line, tab, cells, panel, account, key, ref, content, alias, nth, request, service,
				target, params,
				rate, units_low, units_high, problems, state, reason, note, asks, order_id)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
				$24, NULL)`,
				args: []any{d.Batch.n, e.Seq, e.Line, e.Tab, encode(e.Cells), e.Panel, e.Account, e.Key, e.Ref, e.Content, e.Alias,
					max(e.Nth, 1), e.Request,
					e.Service, e.Target, encode(e.Params), e.Rate.String(), e.Units.Low, e.Units.High, encode(e.Problems),
					string(e.State), string(e.Reason), e.Note, asksText(e.Asks)},
			}
		}
		return t.doAll(ctx, steps)
	})
}

// Reading is what is known of a sheet when all of it was read.
type Reading struct {
	Fingerprint string // of its content
	Worksheet   string
	Columns     []string          // the person's headers; nil: the draft's
	Mapped      map[string]string // those of them that aren't found by their words
	Notes       []string          // what reading it noticed
	Services    []Service         // those that valid rows use
	Accounts    []Account         // the panels of its rows, the batch's own one first; empty: the draft's
}

// Finish ends the reading of the sheet.
func (d *Draft) Finish(r Reading) error {
	b := &d.Batch
	b.Fingerprint, b.Notes, b.Worksheet = r.Fingerprint, r.Notes, cmp.Or(r.Worksheet, b.Worksheet)
	if r.Columns != nil {
		b.Columns, b.Mapped = r.Columns, r.Mapped
	}
	if len(r.Accounts) > 0 {
		own := r.Accounts[0]
		b.Panel, b.URL, b.Currency, b.account, b.Others = own.Panel, own.URL, own.Currency, own.N, r.Accounts[1:]
	}
	d.reading = &r
	return nil
}

// finish writes what is known of the sheet into the books.
func (d *Draft) finish(r Reading) error {
	b := d.Batch
	return d.j.do(func(ctx context.Context, t *statements) error {
		for _, s := range r.Services {
			_, err := t.exec(
				ctx,
				`INSERT INTO services (batch, panel, id, name, type, category, rate, min, max, refill, cancel)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
				b.n, s.Panel, s.ID, s.Name, s.Type, s.Category, s.Rate.String(), s.Min, s.Max, s.Refill, s.Cancel,
			)
			if err != nil {
				return err
			}
		}
		if err := addPanels(ctx, t, b.n, b.Accounts()); err != nil {
			return err
		}
		_, err := t.exec(ctx, `UPDATE batches SET fingerprint = $1, worksheet = $2, columns = $3, mapped = $4, notes = $5
			WHERE n = $6`, b.Fingerprint, b.Worksheet, encode(b.Columns), encodeMapped(b.Mapped), encode(b.Notes), b.n)
		return err
	})
}

// Discard throws the draft away. One that was admitted is a batch, and stays.
func (d *Draft) Discard() error {
	d.apart.close()
	if behind := d.j.Behind(); behind != nil && behind.Gone {
		return d.release() // what is written now nobody finds
	}
	err := d.j.doIn(d.Batch, func(ctx context.Context, t *statements) error {
		var drafts int
		if err := t.QueryRowContext(ctx, "SELECT count(*) FROM batches WHERE n = $1 AND id IS NULL", d.Batch.n).Scan(
			&drafts); err != nil {
			return err
		}
		if drafts == 0 {
			return nil
		}
		return drop(ctx, t, d.Batch.n)
	})
	return errors.Join(err, d.release())
}

func drop(ctx context.Context, t *statements, n int64) error {
	for _, table := range []string{"rows WHERE batch", "services WHERE batch", "panels WHERE batch", "batches WHERE n"} {
		if _, err := t.exec(ctx, "DELETE FROM "+table+" = $1", n); err != nil {
			return err
		}
	}
	return nil
}

// Admit makes the draft the batch with this id, in one transaction: repeats are judged again, since another process
// may have placed a row meanwhile. It is the batch of who places it, Batch.By. Where the batch is there already, the
// draft is an edition of it ([merge]). Whoever calls it holds the batch.
func (d *Draft) Admit(ctx context.Context, id string, r Repeats) (Batch, error) {
	if known, err := d.admitSame(ctx, id); known || err != nil {
		if err != nil {
			return Batch{}, fmt.Errorf("admitting the batch: %w", err)
		}
		b, err := d.j.Batch(ctx, id)
		return b, errors.Join(err, d.release())
	}
	counted := d.counted && d.apart == nil
	if err := d.Whole(); err != nil {
		return Batch{}, err
	}
	err := d.j.doIn(d.Batch, func(ctx context.Context, t *statements) error {
		if err := d.bind(ctx, t, id); err != nil { // it may refuse, so it comes before all that changes anything
			return err
		}
		changed, err := judge(ctx, t, d.Batch.n, id, r)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, `UPDATE batches SET id = $1, draft = NULL, drafted = $2, created_by = $3
			WHERE n = $4 AND id IS NULL AND NOT EXISTS (SELECT 1 FROM batches WHERE id = $5)`,
			id, d.drafted(), d.Batch.By, d.Batch.n, id)
		if err == nil && n == 0 {
			err, counted = d.merge(ctx, t, id), false
		}
		if err == nil {
			err = d.enqueue(ctx, t, id)
		}
		if err != nil || changed || !counted {
			return err
		}
		var sum Totals
		d.written.addTo(&sum)
		return keepSums(ctx, t, d.Batch.n, sum)
	})
	if err != nil {
		return Batch{}, fmt.Errorf("admitting the batch: %w", err)
	}
	b, err := d.j.Batch(ctx, id)
	return b, errors.Join(err, d.release())
}

// bind notes what else becomes true with the batch: which upload it was, and its cap. A batch whose upload didn't know
// of it would be sent while the page offers the sheet to be placed. [ErrUploadChanged]: the upload isn't any more what
// the draft was made of.
func (d *Draft) bind(ctx context.Context, t *statements, id string) error {
	if u := d.Upload; u != nil {
		n, err := t.exec(ctx, `UPDATE uploads SET batch = $1 WHERE id = $2 AND batch = '' AND choices = $3`,
			id, u.ID, u.Choices)
		if err == nil && n == 0 {
			err = rowError{ErrUploadChanged}
		}
		if err != nil {
			return err
		}
	}
	if !d.Cap.Valid {
		return nil
	}
	_, err := t.exec(ctx, `UPDATE batches SET max_spend = $1 WHERE n = $2 OR id = $3`, d.Cap, d.Batch.n, id)
	return err
}

func encodeMapped(m map[string]string) string {
	if len(m) == 0 {
		return "{}"
	}
	return encode(m)
}

// enqueue asks for the batch that the draft became to be sent in the background, where that is wanted.
func (d *Draft) enqueue(ctx context.Context, t *statements, id string) error {
	if d.Job == nil {
		return nil
	}
	return enqueue(ctx, t, id, *d.Job)
}
