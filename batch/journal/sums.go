package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// keptTotals is how totals are written into the books.
type keptTotals struct {
	Totals
	Services []ServiceTotal
}

// keptSums reads what the rows of a batch add up to, where that is in the books; ok is false where it isn't: rows have
// changed since it was written.
func keptSums(ctx context.Context, db *reader, b Batch) (t Totals, ok bool, err error) {
	var text []byte
	err = db.QueryRowContext(ctx, `SELECT totals FROM sums WHERE batch = ?`, b.n).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return t, false, nil
	}
	var kept keptTotals
	if err == nil {
		err = json.Unmarshal(text, &kept)
	}
	if err != nil {
		return t, false, fmt.Errorf("reading the journal: %w", err)
	}
	t = kept.Totals
	t.services = make(map[serviceKey]*ServiceTotal, len(kept.Services))
	for _, s := range kept.Services {
		t.services[serviceKey{s.Panel, s.ID}] = &s
	}
	return t, true, nil
}

// keepSums writes what the rows of a batch add up to.
func keepSums(ctx context.Context, t *statements, n int64, sum Totals) error {
	sum.Alarms, sum.Doubts, sum.Held = nil, nil, nil // they are beside the rows
	clear(t.unsummed)
	_, err := t.exec(ctx, `INSERT INTO sums (batch, totals) VALUES (?, ?)
		ON CONFLICT DO UPDATE SET totals = excluded.totals`,
		n, encode(keptTotals{sum, sum.ByService()}))
	return err
}

// setsCounted tells what a text assigns that totals are made of.
var setsCounted = regexp.MustCompile(`\b(state|status|charge|rate|units_low|units_high|panel|service|batch)\s*=`)

// changesSums tells texts that may change what the rows of a batch add up to. Of an UPDATE counts what stands before
// its last WHERE.
func changesSums(query string) bool {
	words := strings.Fields(query)
	text := strings.Join(words, " ")
	switch {
	case strings.HasPrefix(text, "INSERT INTO rows "), strings.HasPrefix(text, "DELETE FROM rows "):
		return true
	case strings.HasPrefix(text, "UPDATE rows "):
		if last := strings.LastIndex(text, " WHERE "); last >= 0 {
			text = text[:last]
		}
		return setsCounted.MatchString(text)
	}
	return false
}

// unsum throws away what the rows of the batch at hand add up to, which has changed.
func (s *statements) unsum(ctx context.Context) error {
	if s.unsummed[s.batch] || s.unsummed[0] {
		return nil
	}
	s.unsummed[s.batch] = true
	_, err := s.exec(ctx, `DELETE FROM sums WHERE batch = ?1 OR ?1 = 0`, s.batch)
	return err
}

// KeepTotals adds up a batch as [Journal.Totals] does, and keeps the sums in the books until a row changes.
func (j *Journal) KeepTotals(ctx context.Context, b Batch) (Totals, error) {
	if _, kept, err := keptSums(ctx, j.read, b); kept || err != nil {
		if err != nil {
			return Totals{}, err
		}
		return j.Totals(ctx, b)
	}
	var revision int64
	if err := j.read.QueryRowContext(ctx, `SELECT revision FROM book`).Scan(&revision); err != nil {
		return Totals{}, fmt.Errorf("reading the journal: %w", err)
	}
	t, err := j.Totals(ctx, b)
	if err != nil {
		return t, err
	}
	err = j.do(func(ctx context.Context, s *statements) error {
		var now int64
		err := s.queryRow(ctx, `SELECT revision FROM book`, &now)
		if err != nil || now != revision { // something changed while the rows were read
			return err
		}
		return keepSums(ctx, s, b.n, t)
	})
	if errors.Is(err, ErrBroken) || errors.Is(err, ErrClosed) {
		err = nil // what is known is told all the same
	}
	return t, err
}
