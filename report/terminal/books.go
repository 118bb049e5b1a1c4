package terminal

import (
	"bulkorder/parse"
	"bulkorder/report"
)

// Accepted tells that a journal is used though it isn't the newest.
func (t Screen) Accepted(held int) {
	t.say("\n%s", t.paint(sgrBold, "These books are used from now on."))
	if held > 0 {
		t.say("%s held: they may have been ordered since these books were copied. Look at the panel's page of orders;",
			report.Counted(held, "row"))
		t.say("`bulkorder resume BATCH --allow-repeat` sends those of a batch.")
	}
}

// BackedUp tells what a backup is, and what it is for.
func (t Screen) BackedUp(path string, changes int64) {
	path = parse.Escape(path)
	t.say("The journal is copied to %s, as it was after %d changes.", path, changes)
	t.say("Keep it with %s.mark on another disk. Should the journal be lost, put it in its place:", path)
	t.say("`bulkorder journal check` then compares it with the account, since what was ordered later isn't in it.")
}
