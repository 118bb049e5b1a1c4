package journal

import "strings"

// Of other batches too there are rows that forbid a row to leave though they aren't the same order for sure: those in
// doubt for the same service and link with other values, since a person may have corrected them in the sheet; and the
// same row that the panel refused, while it may have been ordered all the same.

// refusedUnsure are rows o that the panel refused, of which nobody knows yet whether it ordered them: an alarm waits
// for an answer, others of their batch are in doubt, the account's balance wasn't compared with its orders since, or
// not all was looked at where their orders would stand.
const refusedUnsure = `(o.state = 'refused' OR o.state = 'skipped' AND o.attempts > 0) AND (` + isUnlooked + `
	OR EXISTS (SELECT 1 FROM alarms m WHERE m.batch = o.batch AND m.answered_at = 0)
	OR EXISTS (SELECT 1 FROM rows u INDEXED BY rows_unsettled WHERE u.account = o.account
		AND u.state IN ('sending', 'in_doubt') AND u.batch = o.batch)
	OR EXISTS (SELECT 1 FROM attempts a WHERE a.batch = o.batch AND a.seq = o.seq AND a.n = o.attempts
		AND a.http_status <> 0 AND a.started_at >= $7
		AND a.started_at >= (SELECT max(m.asked_at) FROM moments m WHERE m.account = o.account)))`

// unsettledLike are the rows in doubt of other batches than the draft, $1, and the one that it is an edition of, $6,
// that the draft doesn't have as they are; and the refused ones of which nobody knows, of that one too.
func unsettledLike() string {
	return `unsettled AS MATERIALIZED (SELECT w.batch, w.seq, w.target, w.ref, w.content, accounts.kin
	FROM rows w INDEXED BY rows_unsettled JOIN accounts ON accounts.n = w.account
	WHERE w.state IN ('sending', 'in_doubt') AND w.batch <> $1 AND w.batch <> $6 AND w.content <> ''
	AND w.target <> ''
	AND NOT EXISTS (SELECT 1 FROM rows x INDEXED BY rows_content WHERE x.content = w.content AND x.batch = $1)
	UNION ALL SELECT w.batch, w.seq, w.target, w.ref, w.content, accounts.kin
	FROM rows w INDEXED BY rows_unsure JOIN accounts ON accounts.n = w.account
	WHERE w.attempts > 0 AND (w.attempts > 1 OR w.state NOT IN ('sending', 'placed')) AND w.batch <> $1
	AND w.content <> '' AND w.target <> '' AND ` + strings.ReplaceAll(refusedUnsure, "o.", "w.") + `
	AND NOT EXISTS (SELECT 1 FROM rows x INDEXED BY rows_content WHERE x.content = w.content AND x.batch = $1))`
}

// likeInDoubt finds the queued rows of the draft that are for the same service and link as one of these, with other
// values: a person may have corrected them. Rows with Refs of their own are different orders.
func likeInDoubt() string {
	return ` UNION SELECT d.seq, unsettled.batch, unsettled.seq, 2, false FROM rows d
		CROSS JOIN unsettled ON unsettled.target = d.target JOIN accounts ours ON ours.n = d.account
		WHERE d.batch = $1 AND ($2 = 0 OR d.seq = $2) AND d.state = 'queued' AND ours.kin = unsettled.kin
		AND d.content <> unsettled.content AND (d.ref = '' OR unsettled.ref IN ('', d.ref))`
}
