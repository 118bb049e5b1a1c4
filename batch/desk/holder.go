package desk

import (
	"os"
	"time"

	"bulkorder/batch/journal"
)

// Holding says who this process is, for others that want the batch.
func Holding(by string) journal.Holder {
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	return journal.Holder{PID: os.Getpid(), Host: host, User: by, Since: time.Now()}
}
