package journal

import (
	"context"
	"fmt"
	"time"
)

// Action is what is asked about a placed order beyond its status.
type Action string

const (
	Refill Action = "refill"
	Cancel Action = "cancel"
)

// RequestState is what became of a request about an order.
type RequestState string

const (
	Asking     RequestState = "sending"  // its intent is durable; found at start-up it is in doubt
	Taken      RequestState = "taken"    // the panel took it; what it does about it comes with the statuses
	Declined   RequestState = "refused"  // the panel said no
	Unasked    RequestState = "unsent"   // it is proved that the panel didn't take it
	AskInDoubt RequestState = "in_doubt" // it may have been taken
)

// Request is a refill or a cancellation that was asked for.
type Request struct {
	Seq       int64        `json:"-"`
	N         int          `json:"n"` // from 1, of the row's requests
	Action    Action       `json:"action"`
	At        time.Time    `json:"at"`
	By        string       `json:"by"`
	State     RequestState `json:"state"`
	Ref       string       `json:"ref"`    // the panel's id of it
	Words     string       `json:"words"`  // what was said about it
	Status    string       `json:"status"` // of a refill, as the panel says it
	CheckedAt time.Time    `json:"checked_at,omitzero"`
	Due       time.Time    `json:"-"` // when a refill's status is asked next; zero: never
}

// refillText is what the results say of a row's newest refill.
func (r Request) refillText() string {
	switch {
	case r.State == AskInDoubt:
		return "in doubt"
	case r.State == Declined:
		return "refused: " + r.Words
	case r.Status == "":
		return r.Ref + ": asked for"
	}
	return r.Ref + ": " + r.Status
}

// Ask makes the intent durable to ask something about placed rows, and gives the requests that may leave
// now: one for each row but those about which the same was asked and is still open, or in doubt. again is a
// person's word to ask nevertheless.
func (j *Journal) Ask(b Batch, action Action, seqs []int64, by string, at time.Time, again bool) ([]Request, error) {
	if behind := j.Behind(); behind != nil {
		return nil, behind
	}
	var asked []Request
	err := j.doHeld(func(ctx context.Context, t *statements) error {
		for _, seq := range seqs {
			n, err := t.exec(ctx, `INSERT INTO requests (batch, seq, n, action, asked_at, asked_by, state)
				SELECT batch, seq, (SELECT count(*) + 1 FROM requests q WHERE q.batch = $1 AND q.seq = $2), $3, $4, $5,
				'sending' FROM rows
				WHERE batch = $1 AND seq = $2 AND state = 'placed' AND ($6 OR NOT EXISTS (SELECT 1 FROM requests q
				WHERE q.batch = $1 AND q.seq = $2 AND q.action = $3 AND `+openRequest+`))`,
				b.n, seq, string(action), toMillis(at), by, again)
			if err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			r := Request{Seq: seq, Action: action, At: at, By: by, State: Asking}
			if err := t.QueryRowContext(ctx, `SELECT max(n) FROM requests WHERE batch = $1 AND seq = $2`, b.n, seq).Scan(
				&r.N); err != nil {
				return err
			}
			asked = append(asked, r)
		}
		return nil
	}, followingLease(b.ID))
	return asked, err
}

// openRequest tells requests that must not be made a second time: a refill that isn't final, a cancellation
// that was taken, and whatever may have been taken.
const openRequest = `(q.state IN ('sending', 'in_doubt') OR q.state = 'taken' AND (q.due_at IS NOT NULL OR q.action ` +
	`= 'cancel'))`

// Answer stores what became of requests.
func (j *Journal) Answer(b Batch, all []Request, at time.Time) error {
	return j.do(func(ctx context.Context, t *statements) error {
		for _, r := range all {
			_, err := t.exec(
				ctx,
				`UPDATE requests SET state = $1, answer_at = $2, ref = $3, words = $4, due_at = $5 WHERE batch = $6 AND seq = $7 AND n `+
					`= $8 AND state = 'sending'`,
				string(r.State),
				toMillis(at),
				r.Ref,
				r.Words,
				nullMillis(r.Due),
				b.n,
				r.Seq,
				r.N,
			)
			if err != nil {
				return err
			}
			if err := tellRow(ctx, t, b, r, at); err != nil {
				return err
			}
		}
		return touch(ctx, t, b, len(all))
	})
}

// tellRow lets the row know of a request: its results say how its refill stands, and an order that is to be
// cancelled is asked about soon. A request that was not made says nothing new.
func tellRow(ctx context.Context, t *statements, b Batch, r Request, at time.Time) (err error) {
	switch {
	case r.Action == Refill && r.State != Unasked:
		_, err = t.exec(
			ctx,
			`UPDATE rows SET refill = $1, changed_at = $2 WHERE batch = $3 AND seq = $4`,
			r.refillText(),
			toMillis(at),
			b.n,
			r.Seq,
		)
	case r.Action == Cancel && r.State != Unasked:
		_, err = t.exec(
			ctx,
			// An order that was never asked about stays due since 0, by which it is found.
			`UPDATE rows SET due_at = CASE due_at WHEN 0 THEN 0 ELSE CAST($1 AS BIGINT) END, changed_at = $1 WHERE batch = $2 AND seq = $3
				AND due_at IS NOT NULL`,
			toMillis(at),
			b.n,
			r.Seq,
		)
	}
	return err
}

// RecoverRequests makes every request that is found "sending" one in doubt, as [Journal.Recover] does for
// orders. Whoever calls it follows the batch ([Journal.HoldFollowing]).
func (j *Journal) RecoverRequests(ctx context.Context, b Batch, at time.Time) (int, error) {
	left, err := j.requests(ctx, `q.batch = $1 AND q.state = 'sending'`, b.n)
	if err != nil || len(left) == 0 {
		return 0, err
	}
	for i := range left {
		left[i].State, left[i].Words = AskInDoubt, "the run ended before the answer was kept; it may have been taken"
	}
	return len(left), j.Answer(b, left, at)
}

// Requests gives what was asked about a row's order, the first first.
func (j *Journal) Requests(ctx context.Context, b Batch, seq int64) ([]Request, error) {
	return j.requests(ctx, `q.batch = $1 AND q.seq = $2 ORDER BY q.n`, b.n, seq)
}

// OpenRequests gives the requests of a batch that [Journal.Ask] would not make a second time.
func (j *Journal) OpenRequests(ctx context.Context, b Batch, action Action) ([]Request, error) {
	return j.requests(ctx, `q.batch = $1 AND q.action = $2 AND `+openRequest, b.n, string(action))
}

// OpenRefills gives the refills on a panel whose status may still change and is due until then, those that
// are due first first. A zero time: all that may still change.
func (j *Journal) OpenRefills(ctx context.Context, b Batch, panel string, until time.Time) ([]Request, error) {
	return j.requests(ctx, `q.batch = $1 AND q.due_at IS NOT NULL AND (CAST($3 AS BIGINT) = 0 OR q.due_at <= $3 OR q.due_at > $3 + $4)
		AND EXISTS (SELECT 1 FROM rows r WHERE r.batch = q.batch AND r.seq = q.seq AND r.panel = $2) ORDER BY q.due_at,
			q.seq`, b.n, panel, toMillis(until), farthest)
}

func (j *Journal) requests(ctx context.Context, where string, args ...any) ([]Request, error) {
	rows, err := j.read.QueryContext(
		ctx,
		`SELECT q.seq, q.n, q.action, q.asked_at, q.asked_by, q.state, q.ref, q.words, q.status, q.checked_at,
			coalesce(q.due_at, 0)
		FROM requests q WHERE `+where,
		args...)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Request
	for rows.Next() {
		var r Request
		var at, checked, due int64
		if err := rows.Scan(&r.Seq, &r.N, &r.Action, &at, &r.By, &r.State, &r.Ref, &r.Words, &r.Status, &checked,
			&due); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		r.At, r.CheckedAt, r.Due = fromMillis(at), fromMillis(checked), fromMillis(due)
		all = append(all, r)
	}
	return all, rows.Err()
}

// CheckRefills stores how refills stand, by their Status, Words and Due, and gives how many are news.
func (j *Journal) CheckRefills(b Batch, all []Request, at time.Time) (int, error) {
	changed := 0
	err := j.do(func(ctx context.Context, t *statements) error {
		for _, r := range all {
			news, err := t.exec(
				ctx,
				`UPDATE requests SET status = $1, words = $2 WHERE batch = $3 AND seq = $4 AND n = $5 AND state = 'taken' AND `+
					`(status <> $6 OR words <> $7)`,
				r.Status,
				r.Words,
				b.n,
				r.Seq,
				r.N,
				r.Status,
				r.Words,
			)
			if err != nil {
				return err
			}
			if _, err := t.exec(ctx,
				`UPDATE requests SET checked_at = $1, due_at = $2 WHERE batch = $3 AND seq = $4 AND n = $5 AND state = 'taken'`,
				toMillis(at), nullMillis(r.Due), b.n, r.Seq, r.N); err != nil {
				return err
			}
			if news > 0 {
				changed++
				if err := tellRow(ctx, t, b, r, at); err != nil {
					return err
				}
			}
		}
		return touch(ctx, t, b, changed)
	})
	return changed, err
}
