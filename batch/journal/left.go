package journal

// A row that was sent and that its sheet no longer has, or has otherwise now, stays in the books as it was sent: the
// panel may have ordered it whatever it said. It is told apart by its key. Such a row is never sent again: where it is
// neither placed nor in doubt it is skipped. One that was still to be sent stays too, see [leaver].

// leftKey begins the keys of these rows.
const leftKey = "left "

// hasLeft are rows that an edition no longer has.
const hasLeft = `substr(rows.key, 1, 5) = '` + leftKey + `'`

// sharesLine are rows that stand, or stood, where other rows of their batch do.
const sharesLine = `EXISTS (SELECT 1 FROM rows o INDEXED BY rows_line WHERE o.batch = rows.batch AND o.line = rows.line
	AND o.tab = rows.tab AND o.seq <> rows.seq)`

// asked are rows o of which a request may have reached the panel.
const asked = `o.attempts > 0 AND EXISTS (SELECT 1 FROM attempts a WHERE a.batch = o.batch AND a.seq = o.seq
	AND a.verdict <> 'unsent')`

// leavingSteps tell of the rows of a batch, parameter 2, which an edition of it, parameter 1, leaves out. Those that it
// has again are as they were.
func leavingSteps() []string {
	return []string{
		`UPDATE rows AS o SET key = 'back ' || o.seq,
			state = CASE WHEN o.state <> 'skipped' THEN o.state WHEN a.verdict = 'refused' THEN 'refused' ELSE 'queued' END,
			note = CASE WHEN o.state <> 'skipped' THEN o.note ELSE a.words END FROM attempts a
			WHERE o.batch = $2 AND substr(o.key, 1, 5) = '` + leftKey + `'
			AND a.batch = o.batch AND a.seq = o.seq AND a.n = o.attempts
			AND EXISTS (SELECT 1 FROM rows d WHERE d.batch = $1 AND d.key = o.key)`,
		`UPDATE rows AS o SET key = 'back ' || o.seq, state = 'queued', reason = '', note = ''
			WHERE o.batch = $2 AND substr(o.key, 1, 5) = '` + leftKey + `' AND o.attempts = 0
			AND o.state IN ('held', 'skipped', 'queued')
			AND EXISTS (SELECT 1 FROM rows d WHERE d.batch = $1 AND d.key = o.key)`,
		`UPDATE rows SET key = 'back ' || substr(key, 6) WHERE batch = $1 AND batch <> $2 AND ` + hasLeft,
		`UPDATE rows AS o SET key = '` + leftKey + `' || o.seq,
			state = CASE WHEN o.state IN ('in_doubt', 'sending') THEN o.state ELSE 'skipped' END,
			reason = CASE WHEN o.state IN ('in_doubt', 'sending') THEN o.reason ELSE '' END,
			note = CASE WHEN o.state IN ('in_doubt', 'sending', 'skipped') THEN o.note
				ELSE 'the sheet no longer has it so; ' || CASE WHEN o.note = '' THEN 'it was sent' ELSE o.note END END
			WHERE o.batch = $2 AND o.state <> 'placed' AND ` + asked + `
			AND NOT EXISTS (SELECT 1 FROM rows d WHERE d.batch = $1 AND d.key = o.key
				AND (o.state IN ('in_doubt', 'sending') OR d.content = o.content AND d.params = o.params))`,
		`UPDATE rows AS o SET key = '` + leftKey + `' || o.seq
			WHERE o.batch = $2 AND o.state = 'placed' AND substr(o.key, 1, 5) <> '` + leftKey + `'
			AND NOT EXISTS (SELECT 1 FROM rows d WHERE d.batch = $1 AND d.key = o.key)`,
		// Two editions in a row lack it: a person was told, and it is meant so.
		`UPDATE rows AS o SET state = 'skipped', reason = '', note = '` + leftUnsent + `'
			WHERE o.batch = $2 AND substr(o.key, 1, 5) = '` + leftKey + `' AND o.state = 'held' AND o.reason = 'left'
			AND NOT EXISTS (SELECT 1 FROM rows d WHERE d.batch = $1 AND d.key = o.key)`,
	}
}

// unanswered are rows w of a batch of which nobody knows whether they are ordered: those in doubt, those about which an
// alarm waits for an answer, and those whose last request was turned away otherwise than by a clear no.
const unanswered = `(w.state = 'in_doubt'
	OR EXISTS (SELECT 1 FROM alarms m WHERE m.batch = w.batch AND m.seq = w.seq AND m.answered_at = 0)
	OR w.state IN ('queued', 'held', 'skipped') AND EXISTS (SELECT 1 FROM attempts a
		WHERE a.batch = w.batch AND a.seq = w.seq AND a.n = w.attempts AND a.verdict NOT IN ('refused', 'unsent')
		AND NOT EXISTS (SELECT 1 FROM decisions e WHERE e.batch = w.batch AND e.seq = w.seq AND e.how = 'books'
			AND e.at >= a.started_at)))`

// gone are such rows of the batch of which a draft, $1, is an edition, $6, where the draft hasn't them any longer.
const gone = `gone AS MATERIALIZED (SELECT w.batch, w.seq, w.account, w.target, w.line, w.tab, w.content
	FROM rows w INDEXED BY rows_unsure
	WHERE w.batch = $6 AND w.attempts > 0 AND (w.attempts > 1 OR w.state NOT IN ('sending', 'placed'))
	AND w.content <> '' AND ` + unanswered + `
	AND NOT EXISTS (SELECT 1 FROM rows x WHERE x.batch = $1 AND x.key = w.key AND x.content = w.content))`

// instead finds the queued rows of the draft that stand in the place of one of these, or are for the same link.
func instead() (found string) {
	for _, where := range []string{`gone.target = d.target`, `gone.line = d.line AND gone.tab = d.tab`} {
		found += ` UNION SELECT d.seq, gone.batch, gone.seq, 2, false FROM rows d CROSS JOIN gone ON ` + where + `
			WHERE d.batch = $1 AND $1 <> $6 AND ($2 = 0 OR d.seq = $2) AND d.state = 'queued'
			AND d.account = gone.account AND d.content <> gone.content`
	}
	return found
}
