// Package batch submits the rows of a batch that are in its books ([Submitter]), and asks for refills and cancellations
// of what was placed ([Requester]). The folders below have what comes before and after: rows become orders, are checked
// and become a plan (batch/plan) and entries of the journal; what is in doubt is settled (batch/settle), and what was
// placed is followed (batch/follow).
//
// A row is in exactly one state at every moment, and only these arrows exist:
//
//	sheet ──> invalid   failed the check; never sent
//	      ──> skipped   the sheet says that it has an order already
//	      ──> held      a duplicate, or a repeat of another batch's order ──(a person)──> queued
//	      ──> queued
//
//	queued ──> held      the same is ordered meanwhile, or may be; the cap would be exceeded ──(a person)──> queued
//	       ──> held      orders of its service were charged above its price ──(a person)──> queued
//	       ──> held      its price rose, or its service changed ──(a person, or it is as it was)──> queued
//	queued ──> sending   its intent is durable; only now may its request leave
//
//	sending ──> placed    the answer holds one order id
//	        ──> refused   the answer is an error of a known class: the panel said no
//	        ──> queued    it is proved that no complete request left, or the panel turned it away
//	                      unordered and the cause can pass (rate, active order, funds)
//	        ──> in_doubt  everything else, a crash in between too; an answer that comes all the same decides
//
//	in_doubt ──(proof, or a person)──> placed, queued
//
// Refills and cancellations of placed orders are requests of their own, kept beside the row ([Requester]):
// sending, then taken, refused, unsent or in_doubt, and one in doubt isn't made again without a person's word.
//
// Nothing leads from sending or in_doubt back to queued by time, by a restart, or by a flag. Right of the
// journal everything starts from it alone, so resuming a batch is submitting it again.
//
// In files and in JSON, sending is told as in_doubt: whoever reads them can't know better.
//
// The folders of the program, in the way of the data:
//
//	parse             sheets: finds the format by content, walks the rows, names what is doubtful
//	parse/book        the strict reader of workbooks
//	batch/plan        rows become orders, are checked, and enter the books in a state
//	batch             queued rows are submitted, as above
//	batch/pace        when the next request may go: the rate, and the limit that a panel shows
//	batch/settle      what became of rows in doubt, by the panel's orders, its balance, or a person's word
//	batch/follow      how orders stand, on a schedule, and whether services are what they were
//	batch/desk        the application, each verb once: prepare, offer, place, resume, refresh, settle, …
//	batch/fleet       work in the background: what waits in the journal is sent, what is due is asked
//	batch/settings    the configuration, what is set and where that was said, keys, the place of the journal
//	batch/panel       the panel's HTTP API: client, catalogue, order types, what an ending means
//	batch/journal     the books: what is kept and when it is durable, in SQLite or PostgreSQL
//	batch/mutants     breakings of the safety rules, which the tests must notice
//	report            views of the books: the result as JSON, columns, findings, spending
//	report/book       files: results workbook, reports for clients, template, marked copies, CSV, JSON lines
//	report/web        the page: forms and links that work without scripts, and a script that makes them live
//	report/terminal   tables, progress, what a person reads
//	report/notice     posts what became of a batch
//	report/command    the command line: flags become options, the desk is called, one printer prints
//	samples/stories   tests of the whole program, and scripts that show it at work
//	samples/sandbox   a panel to play with; an independent witness of the wire in all tests
//	samples/pictures  makes the pictures of the README
//	samples/bench     benchmarks: each goal, what was measured, whether it holds
//
// Who imports whom, and no other arrows (a test keeps it): main → report/command → all; report/web → report and the
// desk; report/book, report/terminal, report/notice → report; report/book → parse/book; report → batch/journal, parse;
// batch/fleet → batch/desk; batch/desk → the life of a batch, batch/settings, parse, never report; batch → batch/settle
// → batch/follow → batch/plan, and all of these → batch/pace, batch/journal, batch/panel, parse; batch/journal → parse,
// batch/panel; batch/settings → batch/panel; parse → parse/book; samples/bench → parse, parse/book, samples/sandbox;
// parse/book, batch/panel and samples/sandbox → nothing of ours.
package batch
