package terminal

import (
	"fmt"
	"time"

	"bulkorder/parse"
	"bulkorder/report"
)

// background tells how it stands with a batch that workers send.
func (t Screen) background(b *report.Background) {
	if b == nil {
		return
	}
	t.prose("  ", "    ", "in the background: "+parse.Escape(BackgroundWords(b, time.Now())))
}

// BackgroundWords tells in some words how it stands with a batch that workers send.
func BackgroundWords(b *report.Background, now time.Time) string {
	words := ""
	if b.Words != "" {
		words = ": " + b.Words
	}
	switch {
	case b.State == "running":
		return "is being sent by " + b.Worker
	case b.State == "paused":
		return "is paused"
	case b.State == "stopped":
		return "stopped" + words
	case b.Due != nil && b.Due.After(now):
		return fmt.Sprintf("tried again at %s%s", b.Due.Local().Format(time.TimeOnly), words)
	}
	return "waits for a worker"
}
