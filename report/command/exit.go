package command

import (
	"context"
	"errors"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/report"
)

// Exit codes are a contract; `help exit-codes` lists them.
const (
	exitOK          = 0
	exitOther       = 1
	exitUsage       = 2
	exitProblems    = 3
	exitFinished    = 4 // some rows invalid, held or refused, or charged above what was approved
	exitStopped     = 5
	exitInDoubt     = 6
	exitPanel       = 7 // the key is refused or the balance is short
	exitHeld        = 11
	exitInterrupted = 130
)

// usage is a mistake on the command line.
func usage(err error) error { return &desk.Mistake{Err: err} }

// errorCode gives the exit code of a command that failed.
func errorCode(ctx context.Context, err error) int {
	var mistake *desk.Mistake
	var file *parse.FileError
	var held *journal.HeldError
	var refusal *panel.Refusal
	switch {
	case ctx.Err() != nil:
		return exitInterrupted
	case errors.As(err, &held):
		return exitHeld
	case errors.As(err, &mistake), errors.Is(err, journal.ErrNotInDoubt), errors.Is(err, journal.ErrNoBatch):
		return exitUsage
	case errors.As(err, &file):
		if file.Missing {
			return exitUsage
		}
		return exitProblems
	case errors.Is(err, desk.ErrStrict), errors.Is(err, desk.ErrNoPanel):
		return exitProblems
	case errors.Is(err, desk.ErrCurrencies):
		return exitUsage
	case errors.As(err, &refusal) && (refusal.Class == panel.ClassKey || refusal.Class == panel.ClassFunds):
		return exitPanel
	}
	return exitOther
}

// checkedCode gives the exit code of a check.
func checkedCode(t journal.Totals) int {
	if t.States[journal.Invalid] > 0 {
		return exitProblems
	}
	return exitOK
}

// outcomeCode gives the exit code of a run. Doubt outweighs that the run stopped or that rows were
// refused: it is what a person must not overlook.
func outcomeCode(out desk.Outcome) int {
	states := out.Totals.States
	switch {
	case out.End.Stop == batch.Interrupted:
		return exitInterrupted
	case out.End.Stop == batch.KeyRefused, out.End.Stop == batch.FundsShort:
		return exitPanel
	case states[journal.InDoubt]+states[journal.Sending] > 0, out.Twice != "", out.Unexplained != "",
		len(out.Totals.Alarms) > 0:
		return exitInDoubt
	case states[journal.Queued] > 0:
		return exitStopped
	case out.Totals.Valid.Rows == 0 && states[journal.Invalid] > 0:
		return exitProblems
	case states[journal.Invalid]+states[journal.Held]+states[journal.Refused]+out.Totals.Above.Rows > 0:
		return exitFinished
	}
	return exitOK
}

// detachedCode gives the exit code of a run whose rows workers send: that they wait is as it was wanted.
func detachedCode(out desk.Outcome) int {
	if code := outcomeCode(out); code != exitStopped {
		return code
	}
	if states := out.Totals.States; states[journal.Invalid]+states[journal.Held]+states[journal.Refused] > 0 {
		return exitFinished
	}
	return exitOK
}

// refreshedCode gives the exit code of a refresh: what a person must not overlook is told by it, and all else, such as
// rows that were refused, is what the run told already.
func refreshedCode(all []desk.Refreshed) int {
	for _, done := range all {
		doubts := done.Totals.States[journal.InDoubt]
		if !done.Busy { // else they are on their way
			doubts += done.Totals.States[journal.Sending]
		}
		if doubts > 0 || done.Twice != "" || done.Unexplained != "" || len(done.Totals.Alarms) > 0 {
			return exitInDoubt
		}
	}
	return exitOK
}

// requestedCode gives the exit code of refill and cancel.
func requestedCode(end batch.End, q *report.Requests) int {
	switch {
	case end.Stop == batch.Interrupted:
		return exitInterrupted
	case end.Stop == batch.KeyRefused:
		return exitPanel
	case q.InDoubt > 0:
		return exitInDoubt
	case end.Stop != batch.Done:
		return exitStopped
	case q.Taken < len(q.Rows):
		return exitFinished
	}
	return exitOK
}

// doctorCode gives the exit code of doctor: a key that was refused wins over wrong settings, those over the rest.
func doctorCode(all []desk.Finding) int {
	worst := desk.Healthy
	for _, f := range all {
		worst = max(worst, f.Health)
	}
	return map[desk.Health]int{
		desk.Broken: exitOther, desk.Misset: exitUsage, desk.KeyRefused: exitPanel,
	}[worst]
}

// nextStep says what a person can do about an error that doesn't say so itself.
func nextStep(err error) string {
	var refusal *panel.Refusal
	var held *journal.HeldError
	var lost *journal.LostError
	switch {
	case errors.As(err, &refusal) && refusal.Class == panel.ClassKey:
		return "Check the key: it is shown on the panel's API page. Nothing was ordered."
	case errors.As(err, &lost):
		return "The other process goes on with it; `bulkorder show` tells how the batch stands."
	case errors.As(err, &held):
		return "Wait until it has ended, or stop it; nothing was sent by this call."
	case errors.Is(err, panel.ErrElsewhere):
		return "The address of the API usually ends in /api/v2; `bulkorder panels` shows it. Nothing was ordered."
	case journal.IsDamage(err):
		return "The journal is damaged, or a copy was put in its place beside the -wal of another one. Run nothing on it: " +
			"`bulkorder journal check` says more, and how it is recovered."
	case journal.Passes(err):
		return "See to the server of the journal, then `bulkorder resume` goes on; what was placed is in the journal."
	case errors.Is(err, journal.ErrBroken):
		return "Free some space or mend the disk, then `bulkorder resume` goes on; what was placed is in the journal."
	}
	return ""
}
