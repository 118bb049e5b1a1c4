package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// How says what a decision about a row in doubt rests on.
type How string

const (
	Inferred  How = "inferred"   // one row, one order of its charge, the same in every explanation of what is there
	InSet     How = "set"        // as many rows as orders, theirs in every explanation; whose each is isn't known
	RequestID How = "request_id" // the panel tells the same request again, so it is asked again
	ByBooks   How = "books"      // the account's balance proves that nothing was charged for it
	Forced    How = "forced"     // a person's word
	ByText    How = "text"       // its answer, judged again by what was taught since
)

// Decision is what was decided about a row in doubt.
type Decision struct {
	At       time.Time `json:"at"`
	By       string    `json:"by"`
	How      How       `json:"how"`
	State    State     `json:"state"` // Placed, Queued, or Refused
	OrderID  string    `json:"order_id"`
	OneOf    []string  `json:"one_of,omitempty"`   // of InSet: the ids of the set; OrderID is kept out of sight then
	Although []string  `json:"although,omitempty"` // orders that a person said are none of the row's
	Reason   string    `json:"reason"`             // a person's words
	Evidence string    `json:"evidence"`
}

// ErrNotInDoubt: the row isn't in doubt, so there is nothing to decide about it.
var ErrNotInDoubt = errors.New("the row is not in doubt")

// Decided is a decision and the row that it is about.
type Decided struct {
	Batch Batch
	Seq   int64
	Decision
}

// Decide makes a row in doubt placed, queued or refused and keeps why. [ErrOrderTaken]: another row has the order;
// nothing is changed then.
func (j *Journal) Decide(b Batch, seq int64, d Decision) error {
	return j.DecideAll([]Decided{{b, seq, d}})
}

// DecideAll keeps decisions that stand or fall together: all of them, or none and an error. A row that is placed
// already may become one of a set, if the order that was its own stands for it.
func (j *Journal) DecideAll(all []Decided) error {
	var of []string
	for _, d := range all {
		of = append(of, batchLease(d.Batch.ID))
	}
	return j.doHeld(func(ctx context.Context, t *statements) error {
		given := map[string]bool{}
		for _, d := range all {
			if err := d.possible(ctx, t, given); err != nil {
				return err
			}
		}
		for _, d := range all {
			t.batch = d.Batch.n
			if err := d.keep(ctx, t); err != nil {
				return err
			}
		}
		return nil
	}, of...)
}

// possible fails where the row isn't in doubt, or its order is another row's or was given already.
func (d Decided) possible(ctx context.Context, t *statements, given map[string]bool) error {
	var state string
	if joins, err := d.joins(ctx, t); joins || err != nil {
		return err
	}
	err := t.queryRow(ctx, `SELECT state FROM rows WHERE batch = $1 AND seq = $2`, &state, d.Batch.n, d.Seq)
	if err != nil {
		return err
	}
	if State(state) != InDoubt {
		return rowError{ErrNotInDoubt}
	}
	if d.State != Placed {
		return nil
	}
	var taken int
	err = t.queryRow(ctx, `SELECT count(*) FROM rows WHERE order_key = $1 AND order_id IS NOT NULL
		AND account = (SELECT account FROM rows WHERE batch = $2 AND seq = $3)`, &taken, OrderKey(d.OrderID), d.Batch.n, d.Seq)
	if err != nil {
		return err
	}
	if taken > 0 || given[OrderKey(d.OrderID)] {
		return rowError{fmt.Errorf("order %s: %w", d.OrderID, ErrOrderTaken)}
	}
	given[OrderKey(d.OrderID)] = true
	return nil
}

// joins tells whether a row that is placed becomes one of a set by the order that it has.
func (d Decided) joins(ctx context.Context, t *statements) (is bool, err error) {
	if d.How != InSet || d.State != Placed || !slices.Contains(d.OneOf, d.OrderID) {
		return false, nil
	}
	var n int
	err = t.queryRow(ctx, `SELECT count(*) FROM rows WHERE batch = $1 AND seq = $2 AND state = 'placed' AND one_of = ''
		AND order_id = $3`, &n, d.Batch.n, d.Seq, d.OrderID)
	return n > 0, err
}

func (d Decided) keep(ctx context.Context, t *statements) error {
	var order sql.NullString
	note, told := d.Evidence, d.OrderID
	switch d.State {
	case Queued:
		note = "queued again: " + d.Evidence
	case Placed:
		order = sql.NullString{String: d.OrderID, Valid: true}
	}
	if len(d.OneOf) > 0 {
		told = "" // it stands for the row, and isn't its own
	}
	from := InDoubt
	if joins, err := d.joins(ctx, t); joins || err != nil {
		if from = Placed; err != nil {
			return err
		}
	}
	n, err := t.move(ctx, from, `UPDATE rows
		SET state = CASE WHEN $1 IN ('queued', 'refused') AND `+hasLeft+` THEN 'skipped' ELSE $1 END, order_id = $2,
		one_of = $3, finding = '', note = $4 WHERE batch = $5 AND seq = $6`,
		string(d.State), order, encodeIDs(d.OneOf), note, d.Batch.n, d.Seq)
	if err == nil && n != 1 {
		err = fmt.Errorf("row with seq %d: %w", d.Seq, ErrNotInDoubt)
	}
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO decisions (batch, seq, n, at, by, how, state, order_id, one_of, although, reason,
		evidence)
		VALUES ($1, $2, (SELECT count(*) + 1 FROM decisions WHERE batch = $1 AND seq = $2), $3, $4, $5, $6, $7, $8, $9, $10,
		$11)`,
		d.Batch.n, d.Seq, toMillis(d.At), d.By, string(d.How), string(d.State), told, encodeIDs(d.OneOf),
		encodeIDs(d.Although), d.Reason, d.Evidence)
	if err != nil {
		return err
	}
	return touch(ctx, t, d.Batch, 1)
}

// encodeIDs writes ids as the books keep them; none are the empty text.
func encodeIDs(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return encode(ids)
}

func decodeIDs(text string) (ids []string, err error) {
	if text == "" {
		return nil, nil
	}
	return ids, json.Unmarshal([]byte(text), &ids)
}

// Decisions gives what was decided about a row, the first first.
func (j *Journal) Decisions(ctx context.Context, b Batch, seq int64) ([]Decision, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT at, by, how, state, order_id, one_of, although, reason, evidence
		FROM decisions WHERE batch = $1 AND seq = $2 ORDER BY n`, b.n, seq)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Decision
	for rows.Next() {
		d, err := scanDecision(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

func scanDecision(scan func(...any) error) (d Decision, err error) {
	var at int64
	var oneOf, although string
	err = scan(&at, &d.By, &d.How, &d.State, &d.OrderID, &oneOf, &although, &d.Reason, &d.Evidence)
	if err != nil {
		return d, err
	}
	d.At = fromMillis(at)
	if d.OneOf, err = decodeIDs(oneOf); err == nil {
		d.Although, err = decodeIDs(although)
	}
	return d, err
}

// Sent is a row that has an order, and when its request was under way.
type Sent struct {
	OrderID      string
	Began, Ended time.Time // Ended is zero where nobody saw it
	Guessed      bool      // a person or an inference gave the order id, not the panel's answer
	Kind         string    // its service, and whether it is a drip-feed: panels may count orders of each by themselves
}

// Orders gives every order of an account that the books know, of all batches.
func (j *Journal) Orders(ctx context.Context, account int64) ([]Sent, error) {
	return j.orders(ctx, `r.account = $1`, account)
}

// OrdersNear gives the orders of the rows of a batch that stand so near to one of them, or nearer.
func (j *Journal) OrdersNear(ctx context.Context, b Batch, seq, rows int64) ([]Sent, error) {
	return j.orders(ctx, `r.batch = $1 AND r.seq BETWEEN CAST($2 AS BIGINT) - CAST($3 AS BIGINT) AND $2 + $3
		AND r.account = (SELECT account FROM rows WHERE batch = $1 AND seq = $2)`, b.n, seq, rows)
}

func (j *Journal) orders(ctx context.Context, where string, args ...any) ([]Sent, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT r.order_id, coalesce(a.started_at, r.sent_at), coalesce(a.ended_at, 0),
			coalesce(a.order_id, '') <> r.order_id, r.service, r.params LIKE '%"runs"%'
		FROM rows r LEFT JOIN attempts a ON a.batch = r.batch AND a.seq = r.seq AND a.n = r.attempts
		WHERE `+where+` AND r.order_id IS NOT NULL`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Sent
	for rows.Next() {
		var s Sent
		var began, ended int64
		var service string
		var drips bool
		if err := rows.Scan(&s.OrderID, &began, &ended, &s.Guessed, &service, &drips); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		s.Kind = kindOf(service, drips)
		s.Began, s.Ended = fromMillis(began), fromMillis(ended)
		all = append(all, s)
	}
	return all, rows.Err()
}

// SeveralError: several rows in a state bear the number that a person named, so that nobody knows which is meant.
type SeveralError struct {
	Batch string
	State State
	Rows  []Entry // the newest first
}

func (e *SeveralError) Error() string {
	var names []string
	for _, r := range e.Rows {
		name := fmt.Sprintf("%s (%s)", r.At(), r.Link())
		if r.HasLeft() {
			name = fmt.Sprintf("%s (%s, which the sheet no longer has so)", r.At(), r.Link())
		}
		names = append(names, name)
	}
	return fmt.Sprintf("%d rows of batch %s that are %s have the number %s: %s; name the one that is meant, such as "+
		"--row %s", len(e.Rows), e.Batch, strings.ReplaceAll(string(e.State), "_", " "),
		parse.Line{N: e.Rows[0].Line, Tab: e.Rows[0].Tab}, strings.Join(names, " and "), e.Rows[0].At())
}

// Kind is [Sent.Kind] of a row.
func (e Entry) Kind() string {
	return kindOf(e.Service, slices.ContainsFunc(e.Params, func(p panel.Param) bool { return p.Name == "runs" }))
}

func kindOf(service string, drips bool) string {
	if drips {
		return service + " drips"
	}
	return service
}

// AtLine finds the row of a batch that stands there in the spreadsheet, as [Journal.AllAtLine] does. Of several the one
// in this state counts, and the newest if none is. A [*SeveralError]: several are.
func (j *Journal) AtLine(ctx context.Context, b Batch, at parse.Line, state State) (Entry, error) {
	all, err := j.AllAtLine(ctx, b, at)
	if err != nil {
		return Entry{}, err
	}
	in := slices.DeleteFunc(slices.Clone(all), func(e Entry) bool { return e.State != state })
	switch len(in) {
	case 0:
		return all[0], nil
	case 1:
		return in[0], nil
	}
	return Entry{}, &SeveralError{b.ID, state, in}
}

// AllAtLine finds the rows of a batch that stand, or stood, there in the spreadsheet, as a person names them: by their
// number, and by their worksheet where several were read as one. The newest is the first: an edited sheet may have left
// older rows with the same number, which are told apart then. [ErrNoRow]: there is none.
func (j *Journal) AllAtLine(ctx context.Context, b Batch, at parse.Line) ([]Entry, error) {
	query, args := "rows INDEXED BY rows_line WHERE batch = $1 AND line = $2 AND tab = ''", []any{b.n, at.N}
	if at.Tab != "" {
		query = `rows INDEXED BY rows_tab WHERE batch = $1 AND tab <> '' AND line & 2097151 = $2 AND tab = (
			SELECT tab FROM rows INDEXED BY rows_tab WHERE batch = $3 AND tab <> '' AND (tab = $4 OR lower(tab) = lower($5))
			ORDER BY tab = $6 DESC LIMIT 1)`
		args = []any{b.n, at.Number(), b.n, at.Tab, at.Tab, at.Tab}
	}
	all, err := collect(j.entries(ctx, "SELECT "+entryColumns+" FROM "+query+" ORDER BY seq DESC", args...))
	for i := range all {
		all[i].Shared = len(all) > 1
	}
	if at.Seq > 0 {
		all = slices.DeleteFunc(all, func(e Entry) bool { return e.Seq != at.Seq })
	}
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("batch %s has %w %s%s", b.ID, ErrNoRow, at, j.tabs(ctx, b))
	}
	return all, err
}

// tabs tells how rows of a batch are named of which several worksheets were read as one; empty: it is none.
func (j *Journal) tabs(ctx context.Context, b Batch) string {
	var tab string
	err := j.read.QueryRowContext(ctx, `SELECT tab FROM rows INDEXED BY rows_tab WHERE batch = $1 AND tab <> ''
		ORDER BY line LIMIT 1`, b.n).Scan(&tab)
	if err != nil {
		return ""
	}
	return fmt.Sprintf(": its rows are named by their sheets, such as %s!2", tab)
}
