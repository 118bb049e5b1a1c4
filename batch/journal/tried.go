package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"bulkorder/parse"
)

// Tried is a request of a row that may have made an order though the books hold it for none: it was turned away, or
// decided as not placed, and the row was queued again.
type Tried struct {
	Doubt
	Decision *Decision // that queued it; nil: the panel turned the request away
}

// Tried gives such requests of an account that began since then, and all of rows in doubt; and, where refusals aren't
// believed, those that were refused.
func (j *Journal) Tried(ctx context.Context, account int64, since time.Time, refused bool) ([]Tried, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT `+entryColumns+`,
		coalesce((SELECT b.id FROM batches b WHERE b.n = rows.batch), ''), began, ended, sent, `+sharesLine+`,
		(SELECT json_array(d.at, d.by, d.how, d.state)
			FROM decisions d WHERE d.batch = rows.batch AND d.seq = rows.seq AND d.state = 'queued' AND d.at >= began
			ORDER BY d.n LIMIT 1),
		(SELECT json_group_array(e.although) FROM decisions e WHERE e.batch = rows.batch AND e.seq = rows.seq
			AND e.although <> '')
		FROM rows JOIN (SELECT batch AS its_batch, seq AS its_seq, n AS its_n, started_at AS began, ended_at AS ended,
			http_status AS answered, verdict AS came,
			json_array(n, verdict, class, words, http_status, candidate, answer) AS sent
			FROM attempts) its ON its_batch = rows.batch AND its_seq = rows.seq
		WHERE account = $1 AND attempts > 0 AND (began >= $2 OR state = 'in_doubt') AND its_n <= attempts
		AND (answered <> 0 OR came IN ('in doubt', 'interrupted'))
		AND (its_n < attempts OR state IN ('queued', 'held')
			OR state IN ('refused', 'skipped') AND ($3 OR came <> 'refused')) ORDER BY began, rows.batch, rows.seq`, account,
		toMillis(since), refused)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Tried
	for rows.Next() {
		t, err := scanTried(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		// A panel that knows the same request again makes no second order of it.
		if t.Decision == nil || t.Decision.How != RequestID {
			all = append(all, t)
		}
	}
	return all, rows.Err()
}

func scanTried(scan func(...any) error) (t Tried, err error) {
	var decision, although sql.NullString
	t.Doubt, err = scanDoubt(func(columns ...any) error { return scan(append(columns, &decision, &although)...) })
	if err != nil || !decision.Valid {
		return t, err
	}
	var at int64
	d := &Decision{}
	err = json.Unmarshal([]byte(decision.String), &[]any{&at, &d.By, &d.How, &d.State})
	d.At, t.Decision = fromMillis(at), d
	if err == nil && although.Valid {
		d.Although, err = decodeLists(although.String)
	}
	return t, err
}

// decodeLists reads a list of lists of ids, each of them as text, and gives all ids.
func decodeLists(text string) (ids []string, err error) {
	var lists []string
	if err := json.Unmarshal([]byte(text), &lists); err != nil {
		return nil, err
	}
	for _, list := range lists {
		some, err := decodeIDs(list)
		if err != nil {
			return nil, err
		}
		ids = append(ids, some...)
	}
	return ids, nil
}

// Alarm is what was found against a decision about a row.
type Alarm struct {
	Seq     int64
	Line    parse.Line // of the row in the spreadsheet
	At      time.Time
	OrderID string // that speaks against it
	Words   string
}

// RaiseAlarm keeps what was found against a decision about a row of a batch, once for each order.
func (j *Journal) RaiseAlarm(batch string, a Alarm) error {
	return j.do(func(ctx context.Context, t *statements) error {
		n, err := t.exec(ctx, `INSERT INTO alarms (batch, seq, n, at, order_id, words)
			SELECT b.n, $2, (SELECT count(*) + 1 FROM alarms a WHERE a.batch = b.n AND a.seq = $2), $3, $4, $5 FROM batches b
			WHERE b.id = $1 AND NOT EXISTS (SELECT 1 FROM alarms a WHERE a.batch = b.n AND a.seq = $2 AND a.order_id = $4)`,
			batch, a.Seq, toMillis(a.At), a.OrderID, a.Words)
		if err != nil || n == 0 {
			return err
		}
		_, err = t.exec(ctx, `UPDATE batches SET revision = revision + 1 WHERE id = $1`, batch)
		return err
	})
}

// Alarms gives what was found against decisions about rows of a batch and nobody has answered yet, the first first.
func (j *Journal) Alarms(ctx context.Context, b Batch) ([]Alarm, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT a.seq, r.line, r.tab, a.at, a.order_id, a.words FROM alarms a
		JOIN rows r ON r.batch = a.batch AND r.seq = a.seq WHERE a.batch = $1 AND a.answered_at = 0 ORDER BY a.at, a.seq, a.n`,
		b.n)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	type kept struct {
		Alarm
		at int64
	}
	found, err := scanAll(rows, func(k *kept) []any {
		return []any{&k.Seq, &k.Line.N, &k.Line.Tab, &k.at, &k.OrderID, &k.Words}
	})
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	var all []Alarm
	for _, k := range found {
		k.At = fromMillis(k.at)
		all = append(all, k.Alarm)
	}
	return all, nil
}

// AnswerAlarms keeps a person's word that the decision about a row stands although there are these orders, and gives
// how many alarms that answers.
func (j *Journal) AnswerAlarms(b Batch, seq int64, orders []string, by, why string, at time.Time) (int, error) {
	answered := 0
	err := j.do(func(ctx context.Context, t *statements) error {
		for _, order := range orders {
			n, err := t.exec(ctx, `UPDATE alarms SET answered_at = $1, answered_by = $2, answer = $3
				WHERE batch = $4 AND seq = $5 AND order_id = $6 AND answered_at = 0`, toMillis(at), by, why, b.n, seq, order)
			if err != nil {
				return err
			}
			answered += int(n)
		}
		return touch(ctx, t, b, answered)
	})
	return answered, err
}

// AnswerAlarmsOf keeps a person's word about whose an order of an account is as the answer to all alarms about it.
func (j *Journal) AnswerAlarmsOf(account int64, order, by, why string, at time.Time) error {
	return j.do(func(ctx context.Context, t *statements) error {
		const open = `FROM alarms a JOIN rows r ON r.batch = a.batch AND r.seq = a.seq
			WHERE r.account = $1 AND a.order_id = $2 AND a.answered_at = 0`
		_, err := t.exec(ctx, `UPDATE batches SET revision = revision + 1 WHERE n IN (SELECT a.batch `+open+`)`,
			account, order)
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, `UPDATE alarms SET answered_at = $3, answered_by = $4, answer = $5
			WHERE (batch, seq, n) IN (SELECT a.batch, a.seq, a.n `+open+`)`, account, order, toMillis(at), by, why)
		return err
	})
}

// Recharged gives rows whose order a person named since then and that the panel tells another charge of now than it did
// when it was first asked, though it gave nothing back.
func (j *Journal) Recharged(ctx context.Context, b Batch, since time.Time) ([]Alarm, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT r.seq, r.line, r.tab, r.order_id, s.charge, r.charge, r.status
		FROM rows r
		JOIN decisions d ON d.batch = r.batch AND d.seq = r.seq AND d.how = 'forced' AND d.state = 'placed' AND d.at >= $1
		JOIN statuses s ON s.batch = r.batch AND s.seq = r.seq AND s.n = (SELECT min(n) FROM statuses f
			WHERE f.batch = r.batch AND f.seq = r.seq AND f.charge IS NOT NULL)
		WHERE r.batch = $2 AND r.state = 'placed' AND r.charge IS DISTINCT FROM s.charge`, toMillis(since), b.n)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	type kept struct {
		Alarm
		then, now, status string
	}
	found, err := scanAll(rows, func(k *kept) []any {
		return []any{&k.Seq, &k.Line.N, &k.Line.Tab, &k.OrderID, &k.then, &k.now, &k.status}
	})
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	var all []Alarm
	for _, k := range found {
		if s := StandingOf(k.status); s == Partly || s == Failed {
			continue
		}
		k.Words = fmt.Sprintf("row %s is order %s by a person's word, which was charged %s then and %s now", k.Line,
			k.OrderID, k.then, k.now)
		all = append(all, k.Alarm)
	}
	return all, nil
}
