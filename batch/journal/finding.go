package journal

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"bulkorder/parse"
)

// Finding is what settling found out about a row that it left in doubt.
type Finding struct {
	At        time.Time `json:"at"`
	Words     string    `json:"words"`
	Placed    string    `json:"placed,omitempty"`     // the order that it may well be
	NotPlaced bool      `json:"not_placed,omitempty"` // where its order must lie there is none
	Later     time.Time `json:"later,omitzero"`       // when looking again may find more
	Orders    []MayBe   `json:"orders,omitempty"`     // those that lie where its own must lie
	Left      string    `json:"left,omitempty"`       // at most, that no order of ours explains; empty: not known
	Unlooked  bool      `json:"unlooked,omitempty"`   // of a refused row: not all was looked at where its order would stand
}

// MayBe is an order that a person may compare with a row in doubt.
type MayBe struct {
	Order  string    `json:"order"`
	Charge string    `json:"charge,omitempty"` // empty: it isn't told yet
	Status string    `json:"status,omitempty"` // as the panel writes it
	Seen   time.Time `json:"seen,omitzero"`    // first, by these books
	Fits   bool      `json:"fits,omitempty"`   // it is as the row's own would be
}

func (e *Entry) readFinding(text string) error {
	if text == "" || e.State != InDoubt {
		return nil
	}
	e.Finding = &Finding{}
	return json.Unmarshal([]byte(text), e.Finding)
}

// Found is a finding and the row that it is about.
type Found struct {
	Batch   Batch
	Seq     int64
	Finding Finding
}

// KeepFindings keeps what was found out about rows that are in doubt still, in the place of what was before.
func (j *Journal) KeepFindings(all []Found) error {
	return j.do(func(ctx context.Context, t *statements) error {
		for _, f := range all {
			n, err := t.exec(ctx, `UPDATE rows SET finding = $1 WHERE batch = $2 AND seq = $3 AND state = 'in_doubt'`,
				encode(f.Finding), f.Batch.n, f.Seq)
			if err == nil {
				err = touch(ctx, t, f.Batch, int(n))
			}
			if err != nil {
				return fmt.Errorf("keeping what was found: %w", err)
			}
		}
		return nil
	})
}

// Looked tells of a refused row whether all was looked at where its order would stand, had it been ordered all the
// same.
type Looked struct {
	Batch string // its id
	Seq   int64
	Whole bool
}

// isUnlooked are rows o for which that isn't so.
const isUnlooked = `instr(o.finding, '"unlooked"') > 0`

// KeepLooked keeps where not all was looked at, and forgets it where all was.
func (j *Journal) KeepLooked(ctx context.Context, all []Looked) error {
	var known bool
	err := j.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows o INDEXED BY rows_unsure WHERE `+unsureRows+`
		AND o.state IN ('refused', 'skipped') AND `+isUnlooked+`)`).Scan(&known)
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	all = slices.DeleteFunc(all, func(l Looked) bool { return l.Whole && !known })
	if len(all) == 0 {
		return nil
	}
	return j.do(func(ctx context.Context, t *statements) error {
		for _, l := range all {
			if err := keepLooked(ctx, t, l); err != nil {
				return fmt.Errorf("keeping what was looked at: %w", err)
			}
		}
		return nil
	})
}

func keepLooked(ctx context.Context, t *statements, l Looked) error {
	finding := ""
	if !l.Whole {
		finding = string(encode(Finding{Words: "not all was looked at where its order would stand", Unlooked: true}))
	}
	n, err := t.exec(ctx, `UPDATE rows SET finding = $3 WHERE batch = (SELECT n FROM batches WHERE id = $1) AND seq = $2
		AND state IN ('refused', 'skipped') AND finding <> $3`, l.Batch, l.Seq, finding)
	if err == nil && n > 0 {
		_, err = t.exec(ctx, `UPDATE batches SET revision = revision + 1 WHERE id = $1`, l.Batch)
	}
	return err
}

// Doubted is a row in doubt and what was found out about it; nil: it was not looked for since it is in doubt.
type Doubted struct {
	Line    parse.Line
	Finding *Finding
	Link    string // where other rows bear its number; empty: none do
	Left    bool   // its sheet no longer has it so
}

func (j *Journal) doubted(ctx context.Context, b Batch) ([]Doubted, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT line, tab, finding, CASE WHEN `+sharesLine+` THEN seq ELSE 0 END,
		CASE WHEN `+sharesLine+` THEN params ELSE '' END, `+hasLeft+` FROM rows INDEXED BY rows_unsettled
		WHERE batch = $1 AND state IN ('sending', 'in_doubt') AND state = 'in_doubt' ORDER BY line, seq`, b.n)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	type kept struct {
		line    parse.Line
		finding string
		params  []byte
		left    bool
	}
	found, err := scanAll(rows, func(k *kept) []any { return []any{&k.line.N, &k.line.Tab, &k.finding, &k.line.Seq, &k.params, &k.left} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all := make([]Doubted, len(found))
	for i, k := range found {
		e := Entry{State: InDoubt}
		if err := e.readFinding(k.finding); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		if len(k.params) > 0 {
			if err := json.Unmarshal(k.params, &e.Params); err != nil {
				return nil, fmt.Errorf("reading the journal: %w", err)
			}
		}
		all[i] = Doubted{k.line, e.Finding, e.Link(), k.left}
	}
	return all, nil
}
