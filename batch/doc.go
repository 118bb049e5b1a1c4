// Package batch is the life of a batch: rows of a sheet become orders ([Rules.Order]), are checked
// ([Rules]), become a plan ([Planner]) and entries of the journal, are submitted ([Submitter]) and
// followed ([Follower]).
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
package batch
