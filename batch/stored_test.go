package batch

import (
	"errors"
	"testing"
)

// TestAnOutcomeThatIsNotStoredStopsTheRun: nothing is sent by books that can't be written.
func TestAnOutcomeThatIsNotStoredStopsTheRun(t *testing.T) {
	stored := make(chan error, 1)
	stored <- errors.New("the disk is full")
	q := &queue{unstored: []<-chan error{stored}}
	if q.checkStored(true); !q.stopped || q.end.Stop != Unwritable {
		t.Errorf("stopped %v by %q", q.stopped, q.end.Stop)
	}
}
