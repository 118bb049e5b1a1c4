package journal

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Attempt is one request that may have left, and its outcome.
type Attempt struct {
	N          int       `json:"n"` // from 1
	Started    time.Time `json:"started"`
	Ended      time.Time `json:"ended,omitzero"` // zero: nobody saw its end
	Verdict    string    `json:"verdict"`
	Class      string    `json:"class"`
	Words      string    `json:"words"`
	HTTPStatus int       `json:"http_status"`
	OrderID    string    `json:"order_id"`
	Candidate  string    `json:"candidate"`
	Answer     string    `json:"answer"`
}

// Intend makes a queued row "sending" and returns when that is durable; from then on its request may
// leave. [ErrNotQueued]: it may not. [*RowHeldError]: it is held. [*PausedError]: its account is
// paused. [*BehindError]: these books aren't the newest.
func (j *Journal) Intend(b Batch, seq int64, at time.Time) error {
	if behind := j.Behind(); behind != nil {
		return behind
	}
	intent := step{&placing{b.n, seq, Queued}, Sending, `UPDATE rows SET state = 'sending', attempts = ` + nextAttempt + `,
		sent_at = $1, owner = $2 WHERE batch = $3 AND seq = $4
		AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.n = rows.account AND a.paused_at > 0)
		AND NOT EXISTS (SELECT 1 FROM book WHERE halted <> '')`,
		[]any{toMillis(at), j.owner, b.n, seq}}
	return j.doIn(b, func(ctx context.Context, t *statements) error {
		n, err := t.try(ctx, intent)
		is := n == 1
		if err != nil && orderedAlready(err) {
			return holdRepeat(ctx, t, b, seq, at)
		}
		if err == nil && !is {
			return notQueued(ctx, t, b, seq)
		}
		return err
	}, func() []step { return []step{intent} })
}

// nextAttempt counts the requests of a row, behind answers of processes that lost it.
const nextAttempt = `1 + CASE attempts WHEN 0 THEN 0 ELSE (SELECT max(n) FROM (SELECT rows.attempts AS n
	UNION ALL SELECT n FROM attempts a WHERE a.batch = rows.batch AND a.seq = rows.seq) taken) END`

// notQueued says why a row can't be sent that was read as queued.
func notQueued(ctx context.Context, t *statements, b Batch, seq int64) error {
	pause, err := pausedRow(ctx, t, b, seq)
	if err == nil {
		return rowError{&PausedError{pause}}
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	var halted string
	if err := t.queryRow(ctx, `SELECT halted FROM book`, &halted); err != nil {
		return err
	}
	if halted != "" {
		return rowError{&BehindError{Words: halted}}
	}
	var held RowHeldError
	err = t.QueryRowContext(ctx, `SELECT reason, note FROM rows WHERE batch = $1 AND seq = $2 AND state = 'held'`, b.n,
		seq).
		Scan(&held.Reason, &held.Note)
	if errors.Is(err, sql.ErrNoRows) {
		return rowError{fmt.Errorf("row with seq %d: %w", seq, ErrNotQueued)}
	}
	if err != nil {
		return err
	}
	return rowError{&held}
}

// Outcome is what one attempt came to: the row's new state and the attempt's record. Attempt.N is
// filled in from the books.
type Outcome struct {
	Seq     int64
	State   State // Queued, Placed, Refused or InDoubt
	Note    string
	Attempt Attempt
}

// Conclude stores an outcome; the channel gives its result once it is durable, and need not be read
// before the next intent is asked for. [ErrOrderTaken]: another row has the order's id, and this row is
// in doubt now.
func (j *Journal) Conclude(b Batch, o Outcome) <-chan error {
	return j.later(write{batch: b.n, change: func(ctx context.Context, t *statements) error {
		return j.conclude(ctx, t, b, o)
	}, steps: func() []step { return []step{j.booking(b, o), recording(b, o)} }})
}

// mine tells a row that this process sent.
const mine = `batch = $1 AND seq = $2 AND owner = $3`

// overtaken tells rows whose request another process saw no end of, and which nobody has sent since.
const overtaken = ` AND EXISTS (SELECT 1 FROM attempts a WHERE a.batch = $1 AND a.seq = $2 AND a.n = rows.attempts
	AND a.verdict = 'interrupted')`

// moveMine gives the row another state whose outcome this process may still tell: one that it sent, also where another
// process has put it in doubt meanwhile, or a person has queued it again.
func moveMine(ctx context.Context, t *statements, booking step) (bool, error) {
	query, row := booking.query, booking.moves
	for _, from := range []State{Sending, InDoubt, Queued} {
		if from == InDoubt {
			query += overtaken
		}
		if is, err := t.moveRow(ctx, row.batch, row.seq, from, booking.to, query, booking.args...); is || err != nil {
			return is, err
		}
	}
	return false, nil
}

// booking gives a row what its outcome makes of it; an order that another row has is given to none.
func (j *Journal) booking(b Batch, o Outcome) step {
	row := &placing{b.n, o.Seq, Sending}
	if o.State == Placed {
		return step{row, Placed, `UPDATE rows SET state = 'placed', order_id = $4, candidate = '', note = ''
			WHERE ` + mine + ` AND NOT EXISTS (SELECT 1 FROM rows o WHERE o.account = rows.account
			AND o.order_key = $5 AND o.order_id IS NOT NULL)`,
			[]any{b.n, o.Seq, j.owner, o.Attempt.OrderID, OrderKey(o.Attempt.OrderID)}}
	}
	return step{row, o.State, `UPDATE rows SET state = $4, candidate = $5, note = $6 WHERE ` + mine,
		[]any{b.n, o.Seq, j.owner, string(o.State), o.Attempt.Candidate, o.Note}}
}

func (j *Journal) conclude(ctx context.Context, t *statements, b Batch, o Outcome) error {
	is, err := moveMine(ctx, t, j.booking(b, o))
	if err != nil {
		return err
	}
	var taken error
	if !is && o.State == Placed {
		taken = fmt.Errorf("order %s: %w", o.Attempt.OrderID, ErrOrderTaken)
		o.State, o.Attempt.Candidate = InDoubt, o.Attempt.OrderID
		o.Note = fmt.Sprintf("the panel answered with order %s, which another row already has", o.Attempt.OrderID)
		if is, err = moveMine(ctx, t, j.booking(b, o)); err != nil {
			return err
		}
	}
	if !is {
		return tooLate(ctx, t, b, o)
	}
	if _, err := t.do(ctx, recording(b, o)); err != nil {
		return err
	}
	if taken != nil {
		return rowError{taken}
	}
	return nil
}

// tooLate keeps an answer about a row that is no longer this process's, beside what was decided meanwhile, and behind
// the requests that others made for the row since.
func tooLate(ctx context.Context, t *statements, b Batch, o Outcome) error {
	var state string
	var attempts int
	if err := t.QueryRowContext(ctx, `SELECT state, attempts FROM rows WHERE batch = $1 AND seq = $2`, b.n, o.Seq).Scan(
		&state, &attempts); err != nil {
		return err
	}
	if attempts == 0 {
		return rowError{fmt.Errorf("row with seq %d has an outcome but was not being sent", o.Seq)}
	}
	a := o.Attempt
	_, err := t.exec(ctx,
		`INSERT INTO attempts (batch, seq, n, started_at, ended_at, verdict, class, words, http_status, order_id, candidate,
			answer)
		SELECT $1, $2, `+nextAttempt+`, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM rows WHERE batch = $1 AND seq = $2`,
		b.n, o.Seq, toMillis(a.Started), toMillis(a.Ended), a.Verdict, a.Class, a.Words, a.HTTPStatus, a.OrderID, a.Candidate,
		a.Answer)
	if err != nil {
		return err
	}
	words := "an answer came for seq %d, which is %s meanwhile"
	if order := cmp.Or(a.OrderID, a.Candidate); order != "" {
		words += "; it was order " + order
	}
	return rowError{fmt.Errorf(words+": %w", o.Seq, state, ErrTooLate)}
}

// recording keeps the request of an outcome.
func recording(b Batch, o Outcome) step {
	a := o.Attempt
	return step{
		query: `INSERT INTO attempts (batch, seq, n, started_at, ended_at, verdict, class, words, http_status, order_id, candidate,
			answer)
		SELECT batch, seq, attempts, $1, $2, $3, $4, $5, $6, $7, $8, $9 FROM rows WHERE batch = $10 AND seq = $11
		ON CONFLICT (batch, seq, n) DO UPDATE SET ended_at = excluded.ended_at, verdict = excluded.verdict, class = excluded.class,
		words = excluded.words, http_status = excluded.http_status, order_id = excluded.order_id,
		candidate = excluded.candidate, answer = excluded.answer WHERE attempts.verdict = 'interrupted'`,
		args: []any{toMillis(a.Started), toMillis(a.Ended), a.Verdict, a.Class, a.Words, a.HTTPStatus, a.OrderID, a.Candidate,
			a.Answer, b.n, o.Seq},
	}
}

// Recover makes every row that is found "sending" in_doubt: a process ended between its intent and its
// outcome, and nobody knows whether it was ordered. Whoever calls it holds the batch. It gives how many
// there were.
func (j *Journal) Recover(b Batch) (int, error) {
	const note = "the run ended before the answer was kept; it may have been ordered"
	var found int64
	err := j.doIn(b, func(ctx context.Context, t *statements) error {
		_, err := t.exec(
			ctx,
			`INSERT INTO attempts (batch, seq, n, started_at, ended_at, verdict, class, words, http_status, order_id,
				candidate, answer)
			SELECT batch, seq, attempts, sent_at, 0, 'interrupted', '', $1, 0, '', '', '' FROM rows INDEXED BY rows_unsettled
				WHERE batch = $2 AND state IN ('sending', 'in_doubt') AND state = 'sending'`,
			note,
			b.n,
		)
		if err != nil {
			return err
		}
		found, err = t.move(ctx, Sending, `UPDATE rows INDEXED BY rows_unsettled SET state = 'in_doubt', note = $1
			WHERE batch = $2 AND state IN ('sending', 'in_doubt')`, note, b.n)
		if err != nil {
			return err
		}
		return touch(ctx, t, b, int(found))
	})
	return int(found), err
}

// Attempts gives the requests of one row, the first first.
func (j *Journal) Attempts(ctx context.Context, b Batch, seq int64) ([]Attempt, error) {
	rows, err := j.read.QueryContext(
		ctx,
		`SELECT n, started_at, ended_at, verdict, class, words, http_status, order_id, candidate, answer
		FROM attempts WHERE batch = $1 AND seq = $2 ORDER BY n`,
		b.n,
		seq,
	)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Attempt
	for rows.Next() {
		var a Attempt
		var started, ended int64
		if err := rows.Scan(&a.N, &started, &ended, &a.Verdict, &a.Class, &a.Words, &a.HTTPStatus, &a.OrderID, &a.Candidate,
			&a.Answer); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		a.Started, a.Ended = fromMillis(started), fromMillis(ended)
		all = append(all, a)
	}
	return all, rows.Err()
}
