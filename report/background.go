package report

import (
	"fmt"
	"time"

	"bulkorder/batch/journal"
)

// Background says how it stands with a batch that workers send.
type Background struct {
	State  string     `json:"state"` // running, waiting, paused, stopped
	By     string     `json:"by"`    // who asked for it
	Asked  time.Time  `json:"asked"`
	Due    *time.Time `json:"due,omitempty"`    // of waiting: not before; none: at once
	Words  string     `json:"words,omitempty"`  // how the last try ended
	Worker string     `json:"worker,omitempty"` // of running: who is at it

	alone bool // no worker runs
}

// NewBackground tells a job, who is at it, nil: nobody, and how many workers run.
func NewBackground(job journal.Job, worker *journal.Holder, workers int) *Background {
	b := &Background{
		State: string(job.State), By: job.By, Asked: job.Asked.UTC(), Words: job.Words, alone: workers == 0,
	}
	switch {
	case worker != nil:
		b.State, b.Worker, b.Words = "running", fmt.Sprintf("process %d on %s", worker.PID, worker.Host), ""
	case job.State == journal.JobWaiting:
		b.Due = moment(job.Due)
	}
	return b
}

// InBackground tells that workers send the rows, and what follows from that; nil: none do.
func (r *Result) InBackground(b *Background) {
	r.Background = b
	if b == nil || r.Rows.InDoubt > 0 && r.Next != "bulkorder resume "+r.Batch {
		return
	}
	switch {
	case b.State == "paused":
		r.Next = "bulkorder go-on --batch " + r.Batch
	case b.State == "waiting" && b.alone:
		r.Next = "bulkorder work"
	case b.State != "stopped":
		r.Next = "bulkorder show " + r.Batch
	}
}

// then says what becomes of rows that wait to be sent.
func (b *Background) then() string {
	words := "sent in the background by `bulkorder work`"
	switch {
	case b.alone && b.State == "waiting":
		return words + ", which doesn't run now."
	case b.State == "stopped" || b.State == "paused":
		return words + " when the batch goes on; what is placed is never sent twice."
	}
	return words + "."
}
