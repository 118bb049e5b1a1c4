package journal

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Acceptance is a warning that a person accepted for a service of an account.
type Acceptance struct {
	Account          int64
	Warning, Service string
}

// asksText is how the books write what a row asks; asksOf reads it.
func asksText(asks []string) string {
	if len(asks) == 0 {
		return ""
	}
	return "|" + strings.Join(asks, "|") + "|"
}

func asksOf(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.Trim(text, "|"), "|")
}

// WarnedNote says that a row waits for a person's word about what it is warned of.
const WarnedNote = "it is warned of, and nobody has accepted that"

// decided is what becomes of a row whose reason to be held is gone: it is queued, unless it waits for something else.
const decided = `state = CASE asks WHEN '' THEN 'queued' ELSE 'held' END,
	reason = CASE asks WHEN '' THEN '' ELSE 'warning' END,
	note = CASE asks WHEN '' THEN '' ELSE '` + WarnedNote + `' END`

// heard keeps with a row that is released for which order it was held that the books don't know: a person's word is
// about that one.
const heard = `word = CASE WHEN reason IN ('workbook', 'books') THEN word || '|' || note || '|' ELSE word END`

// holdAsked holds the queued rows of a batch or draft that ask something. It gives how many there were.
func holdAsked(ctx context.Context, t *statements, batch int64) (int64, error) {
	return t.move(ctx, Queued, `UPDATE rows INDEXED BY rows_asks SET state = 'held', reason = 'warning',
		note = '`+WarnedNote+`' WHERE batch = $1 AND asks <> ''`, batch)
}

// asking is a row that asks something.
type asking struct {
	seq, account  int64
	service, asks string
	reason        Reason
}

// accept takes warnings off the rows of a batch or draft, and queues those held for nothing else. It gives for which
// accounts and services that was, and how many rows it changed.
func accept(ctx context.Context, t *statements, batch int64, warnings []string) (all []Acceptance, n int, err error) {
	rows, err := t.query(ctx, `SELECT seq, account, service, asks, reason FROM rows INDEXED BY rows_asks
		WHERE batch = $1 AND asks <> '' AND state = 'held' ORDER BY seq`, batch)
	if err != nil {
		return nil, 0, err
	}
	found, err := scanAll(rows, func(a *asking) []any {
		return []any{&a.seq, &a.account, &a.service, &a.asks, &a.reason}
	})
	if err != nil {
		return nil, 0, err
	}
	for _, a := range found {
		was := asksOf(a.asks)
		is := slices.DeleteFunc(slices.Clone(was), func(name string) bool { return slices.Contains(warnings, name) })
		if len(is) == len(was) {
			continue
		}
		for _, name := range was {
			one := Acceptance{Account: a.account, Warning: name, Service: a.service}
			if !slices.Contains(is, name) && !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
		if err := a.become(ctx, t, batch, is); err != nil {
			return nil, 0, err
		}
		n++
	}
	return all, n, nil
}

// become writes what a row that is held asks from now on. One that is held for something else stays so.
func (a asking) become(ctx context.Context, t *statements, batch int64, asks []string) error {
	_, err := t.exec(ctx, `UPDATE rows SET asks = $1 WHERE batch = $2 AND seq = $3`, asksText(asks), batch, a.seq)
	if err == nil && len(asks) == 0 && a.reason == Warned {
		_, err = t.move(ctx, Held, `UPDATE rows SET state = 'queued', reason = '', note = '' WHERE batch = $1 AND seq = $2`,
			batch, a.seq)
	}
	return err
}

// Accept takes warnings off the draft's rows: a person's word about those that were shown. It gives for which accounts
// and services that was.
func (d *Draft) Accept(warnings []string) (all []Acceptance, err error) {
	if err := d.Whole(); err != nil {
		return nil, err
	}
	err = d.j.do(func(ctx context.Context, t *statements) error {
		all, _, err = accept(ctx, t, d.Batch.n, warnings)
		return err
	})
	return all, err
}

// AcceptWarnings takes warnings off the rows of a batch that wait for them, as [Draft.Accept] does.
func (j *Journal) AcceptWarnings(b Batch, warnings []string) (all []Acceptance, err error) {
	err = j.doHeld(func(ctx context.Context, t *statements) error {
		var n int
		if all, n, err = accept(ctx, t, b.n, warnings); err != nil {
			return err
		}
		return touch(ctx, t, b, n)
	}, batchLease(b.ID))
	return all, err
}

// KeepAccepted keeps what a person accepted for the services of accounts: later sheets aren't asked about it again.
func (j *Journal) KeepAccepted(all []Acceptance, by string, at time.Time) error {
	if len(all) == 0 {
		return nil
	}
	return j.do(func(ctx context.Context, t *statements) error {
		for _, a := range all {
			_, err := t.exec(ctx, `INSERT INTO accepted (account, warning, service, at, by) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT DO NOTHING`, a.Account, a.Warning, a.Service, toMillis(at), by)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// AcceptedWarnings gives what persons accepted for the services of an account.
func (j *Journal) AcceptedWarnings(ctx context.Context, account int64) (map[Acceptance]bool, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT account, warning, service FROM accepted WHERE account = $1`, account)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(a *Acceptance) []any { return []any{&a.Account, &a.Warning, &a.Service} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	found := make(map[Acceptance]bool, len(all))
	for _, a := range all {
		found[a] = true
	}
	return found, nil
}

// ReleaseRows queues rows that are held: a person's word about each, which covers all that it waits for and the orders
// that there are now, no later ones. Rows held for what no
// word about a row settles stay as they are. It gives
// how many were released.
func (j *Journal) ReleaseRows(b Batch, seqs []int64, said time.Time) (released int, err error) {
	err = j.doHeld(func(ctx context.Context, t *statements) error {
		for _, seq := range seqs {
			n, err := t.move(ctx, Held, `UPDATE rows SET `+heard+`, state = 'queued', asks = '' WHERE batch = $1 AND seq = $2
				AND reason IN ('duplicate', 'warning', 'workbook', 'books', 'repeat', 'left')`, b.n, seq)
			if err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			released++
			if err := coverEarlier(ctx, t, b, seq, said); err != nil {
				return err
			}
			if _, err := t.exec(ctx, `UPDATE rows SET reason = '', note = '' WHERE batch = $1 AND seq = $2`, b.n,
				seq); err != nil {
				return err
			}
		}
		return touch(ctx, t, b, released)
	}, batchLease(b.ID))
	return released, err
}

// coverEarlier keeps that a person's word about one row, or about those held as repeats (0), covers the orders that
// there are.
func coverEarlier(ctx context.Context, t *statements, b Batch, seq int64, said time.Time) error {
	all, err := earlier(ctx, t, b.n, seq, b.ID)
	if err != nil {
		return err
	}
	for _, r := range all {
		_, _, word := r.verdict(Repeats{Since: said.Add(-remembered), Allow: true, Said: said})
		if _, err := t.exec(ctx, `UPDATE rows SET word = word || $1 WHERE batch = $2 AND seq = $3 AND reason = 'repeat'`,
			word, b.n, r.seq); err != nil {
			return err
		}
	}
	return nil
}
