package journal

import (
	"context"
	"fmt"
	"iter"
	"time"
)

// Trial begins a draft that is thrown away. Of its rows only those are written into the books that these have something
// like; the others are kept apart, until [Draft.Whole] writes them too.
func (j *Journal) Trial(b Batch) (*Draft, error) {
	d, err := j.Draft(b)
	if err == nil {
		d.trial = true
	}
	return d, err
}

// enter writes the rows into the books that are judged there: all of them, or those of a trial that the books have
// something like.
func (d *Draft) enter() error {
	if d.apart == nil || d.entered {
		return nil
	}
	d.entered = true
	if !d.trial {
		sums := d.apart.sums
		err := d.Whole()
		d.written, d.counted = sums, true
		return err
	}
	var any bool
	err := d.j.read.QueryRowContext(context.Background(), `SELECT EXISTS (SELECT 1 FROM rows)`).Scan(&any)
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	if !any {
		return nil
	}
	all := d.apart
	d.apart = &apart{}
	defer all.close()
	for e, err := range all.all() {
		if err == nil {
			err = d.keep(e)
		}
		if err != nil {
			return err
		}
	}
	return d.flush()
}

// enterFor writes the rows that are judged beside the batch with this id: all of them where the sheet was run before,
// since rows that the books have nothing like may stand for others then.
func (d *Draft) enterFor(ctx context.Context, id string) error {
	if d.trial && d.apart != nil && !d.entered {
		var known bool
		since := toMillis(time.Now().Add(-remembered))
		err := d.j.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM batches WHERE id = $1) OR EXISTS (`+
			formersByName("$2", "$3", "$4", "$5", "$6")+`)`, id, d.Batch.n, fileName(d.Batch.Sheet), 0, since, 1).Scan(&known)
		if err != nil {
			return fmt.Errorf("reading the journal: %w", err)
		}
		if known {
			d.entered = true
			return d.Whole()
		}
	}
	return d.enter()
}

// part tells the rows that are written from those that are kept apart.
func (d *Draft) part(entries []Entry) (written []Entry, err error) {
	known, err := d.j.known(context.Background(), entries)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	for _, e := range entries {
		if known(e) {
			d.written.count(e)
			written = append(written, e)
		} else if _, err := d.apart.add(e); err != nil {
			return nil, err
		}
	}
	return written, nil
}

// Whole writes all rows of the draft into the books, where others than the draft may change them.
func (d *Draft) Whole() error {
	d.counted = false
	if d.apart == nil {
		return nil
	}
	a := d.apart
	d.apart = nil
	defer a.close()
	for e, err := range a.all() {
		if err == nil {
			err = d.keep(e)
		}
		if err != nil {
			return err
		}
	}
	err := d.flush()
	if err == nil && d.reading != nil {
		err = d.finish(*d.reading)
	}
	if err == nil && d.seq >= rowsThatCount {
		err = d.j.analyze()
	}
	return err
}

// Totals adds up the draft's rows.
func (d *Draft) Totals(ctx context.Context) (Totals, error) {
	var t Totals
	var err error
	if d.counted {
		d.written.addTo(&t)
	} else {
		t, err = d.j.Totals(ctx, d.Batch)
		t.Held = nil // a draft's rows are told one by one
	}
	if d.apart != nil {
		d.apart.addTo(&t)
	}
	return t, err
}

// Entries walks the draft's rows in the order of the sheet.
func (d *Draft) Entries(ctx context.Context) iter.Seq2[Entry, error] {
	return d.among(d.j.entries(ctx, "SELECT "+entryColumns+" FROM rows WHERE batch = $1 ORDER BY seq", d.Batch.n),
		func(Entry) bool { return true })
}

// InState walks the draft's rows that are in one state.
func (d *Draft) InState(ctx context.Context, s State) iter.Seq2[Entry, error] {
	written := d.j.InState(ctx, d.Batch, s)
	if a := d.apart; a != nil && a.queued.States[s]+a.others.States[s] == 0 {
		return written
	}
	return d.among(written, func(e Entry) bool { return e.State == s })
}

// among walks rows of the books and those that are kept apart and are wanted, by their place.
func (d *Draft) among(written iter.Seq2[Entry, error], wanted func(Entry) bool) iter.Seq2[Entry, error] {
	if d.apart == nil {
		return written
	}
	return func(yield func(Entry, error) bool) {
		next, stop := iter.Pull2(written)
		defer stop()
		other, err, more := next()
		until := func(seq int64) bool { // gives the rows of the books that come before
			for ; more && (err != nil || other.Seq < seq); other, err, more = next() {
				if !yield(other, err) || err != nil {
					return false
				}
			}
			return true
		}
		for e, err := range d.apart.all() {
			if err == nil && !wanted(e) {
				continue
			}
			if err == nil && !until(e.Seq) || !yield(e, err) || err != nil {
				return
			}
		}
		until(d.seq + 1)
	}
}
