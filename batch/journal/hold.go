package journal

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// Holder is the process that works on a batch.
type Holder struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	User  string    `json:"user"`
	Since time.Time `json:"since"`
}

// HeldError says that another process does what only one may do at a time.
type HeldError struct {
	What string // such as "batch 1a2b3c is being worked on"
	By   Holder // zero where it can't be read
}

func (e *HeldError) Error() string {
	if e.By.PID == 0 {
		return e.What + " by another process"
	}
	return fmt.Sprintf(
		"%s by process %d of %s on %s since %s",
		e.What,
		e.By.PID,
		e.By.User,
		e.By.Host,
		e.By.Since.Local().Format("2006-01-02 15:04:05"),
	)
}

// LostError says that another process took over what this one held, since it wasn't heard of for a while. What this
// one wants to write about it is refused, but for answers of the panel: those are evidence, whoever has them.
type LostError struct{ HeldError }

func (e *LostError) Unwrap() error { return &e.HeldError }

// Hold keeps other processes off a batch.
type Hold struct{ release func() error }

func batchLease(id string) string     { return "batch-" + id }
func followingLease(id string) string { return "following-" + id }

// Hold takes the batch with this id for this process, or fails with [*HeldError]. Of books in a file the operating
// system lets go when the process ends, however it ends. Those in a database are taken over when the process wasn't
// heard of for a while: its next intent, and whatever else it wants to decide about the batch, fails with [*LostError].
func (j *Journal) Hold(id string, who Holder) (*Hold, error) {
	return j.hold(batchLease(id), "batch "+id+" is being worked on", who)
}

// Held tells whether a process works on the batch with this id.
func (j *Journal) Held(id string) bool {
	if j.pg != nil {
		return j.pg.leases.isHeld(batchLease(id))
	}
	lock, err := lockFile(j.Path, "batch-"+id)
	if err != nil {
		return false
	}
	taken, err := lock.TryLock()
	if taken {
		lock.Unlock()
	}
	return err == nil && !taken
}

// WorksOn gives the process that works on the batch with this id; ok is false where none does.
func (j *Journal) WorksOn(id string) (who Holder, ok bool) {
	if !j.Held(id) {
		return who, false
	}
	if j.pg != nil {
		return j.pg.leases.holder(batchLease(id)), true
	}
	lock, err := lockFile(j.Path, "batch-"+id)
	if err == nil {
		who = holderOf(lock)
	}
	return who, err == nil
}

// HoldWorker tells other processes that this one works in the background, for as long as it lives.
func (j *Journal) HoldWorker(who Holder) (*Hold, error) {
	return j.hold(fmt.Sprintf(workerLease+"%d-%s", who.PID, rand.Text()[:8]), "the worker", who)
}

// Workers gives the processes that work in the background.
func (j *Journal) Workers() ([]Holder, error) {
	if j.pg != nil {
		return j.pg.leases.holders(workerLease)
	}
	locks, err := filepath.Glob(filepath.Join(j.Path+".locks", "worker-*.lock"))
	if err != nil {
		return nil, err
	}
	var all []Holder
	for _, path := range locks {
		lock := flock.New(path)
		taken, err := lock.TryLock()
		switch {
		case err != nil:
			return nil, fmt.Errorf("looking for workers: %w", err)
		case taken: // its process is gone
			lock.Unlock()
		default:
			all = append(all, holderOf(lock))
		}
	}
	slices.SortFunc(all, func(a, b Holder) int { return a.Since.Compare(b.Since) })
	return all, nil
}

// holderOf reads who holds a lock. It is zero while it is written: then nobody can be named.
func holderOf(lock *flock.Flock) (who Holder) {
	if text, err := os.ReadFile(about(lock)); err == nil {
		_ = json.Unmarshal(text, &who)
	}
	return who
}

func about(lock *flock.Flock) string { return strings.TrimSuffix(lock.Path(), ".lock") + ".json" }

// HoldFollowing keeps other processes from asking about the batch's placed orders. They may work on its
// other rows meanwhile.
func (j *Journal) HoldFollowing(id string, who Holder) (*Hold, error) {
	return j.hold(followingLease(id), "the orders of batch "+id+" are being asked about", who)
}

// HoldSchedule makes this process the one that refreshes the journal's batches on a schedule.
func (j *Journal) HoldSchedule(who Holder) (*Hold, error) {
	return j.hold("schedule", "the journal "+j.Path+" is refreshed on a schedule", who)
}

func (j *Journal) hold(name, what string, who Holder) (*Hold, error) {
	if j.pg != nil {
		return j.pg.leases.hold(name, what, who)
	}
	lock, err := lockFile(j.Path, name)
	if err != nil {
		return nil, fmt.Errorf("holding the batch: %w", err)
	}
	taken, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("holding the batch: %w", err)
	}
	if !taken {
		return nil, &HeldError{What: what, By: holderOf(lock)}
	}
	text, err := json.Marshal(who)
	if err == nil {
		err = os.WriteFile(about(lock), text, 0o600)
	}
	if err != nil {
		lock.Unlock()
		return nil, fmt.Errorf("holding the batch: %w", err)
	}
	return &Hold{lock.Unlock}, nil
}

// lockFile names a lock beside the journal. Its file is never removed: whoever waits on a removed file holds
// nothing.
func lockFile(journal, name string) (*flock.Flock, error) {
	dir := journal + ".locks"
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return flock.New(filepath.Join(dir, name+".lock"), flock.SetPermissions(0o600)), nil
}

// Release lets other processes work on the batch.
func (h *Hold) Release() error { return h.release() }
