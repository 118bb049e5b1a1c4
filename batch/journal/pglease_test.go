package journal

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal/pgtest"
)

// quick are terms for tests that wait for them.
func quick() terms {
	return terms{renew: 50 * time.Millisecond, quiet: 200 * time.Millisecond, last: 500 * time.Millisecond}
}

// workers opens the books of an address by several processes' eyes.
func workers(t *testing.T, address string, n int) (all []*Journal) {
	t.Helper()
	for range n {
		j, err := openPostgres(t.Context(), address, t.TempDir(), time.Second, quick())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { j.Close() })
		all = append(all, j)
	}
	return all
}

// stall lets nobody hear of a process any more, as where it is stopped: its session stays.
func (j *Journal) stall() (goOn func()) {
	j.pg.leases.asking.Lock()
	return j.pg.leases.asking.Unlock
}

// kill ends a process's session, as the operating system does for one that is killed.
func (j *Journal) kill(t *testing.T) {
	t.Helper()
	l := j.pg.leases
	l.asking.Lock()
	l.stop()
	l.disconnect()
	l.asking.Unlock()
	<-l.ended
}

// sessionOf gives the server's process of the session that leases are held by.
func (j *Journal) sessionOf(t *testing.T) (pid int) {
	t.Helper()
	l := j.pg.leases
	l.asking.Lock()
	defer l.asking.Unlock()
	if err := l.connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := l.conn.QueryRowContext(t.Context(), "SELECT pg_backend_pid()").Scan(&pid); err != nil {
		t.Fatal(err)
	}
	return pid
}

func holdOf(t *testing.T, j *Journal, batch string) *Hold {
	t.Helper()
	h, err := j.Hold(batch, Holder{PID: 7, Host: "here", User: "mia"})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestPgWhoLostABatchWritesNoMoreOfIt, but its late answer settles the doubt.
func TestPgWhoLostABatchWritesNoMoreOfIt(t *testing.T) {
	t.Parallel()
	all := workers(t, pgtest.Address(t), 2)
	one, other := all[0], all[1]
	b := edit(t, one, time.Now(), "a", "b", "c", "d")
	holdOf(t, one, b.ID)
	for _, seq := range []int64{1, 2} {
		if err := one.Intend(b, seq, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	goOn := one.stall()
	if _, err := other.Hold(b.ID, Holder{}); err == nil {
		t.Fatal("it is taken over at once")
	}
	time.Sleep(quick().last + 50*time.Millisecond)
	holdOf(t, other, b.ID)
	if n, err := other.Recover(b); n != 2 || err != nil {
		t.Fatalf("found in doubt: %d, %v", n, err)
	}
	goOn()
	var lost *LostError
	if err := one.Intend(b, 3, time.Now()); !errors.As(err, &lost) || lost.By.User != "mia" {
		t.Errorf("its next intent gives %v", err)
	}
	for what, err := range map[string]error{
		"a decision": one.Decide(b, 2, Decision{How: Forced, State: Queued}), "a hold": <-one.HoldBack(b, 4, OverCap, "cap"),
	} {
		if !errors.As(err, &lost) {
			t.Errorf("%s gives %v", what, err)
		}
	}
	if err := <-one.Conclude(b, Outcome{Seq: 1, State: Placed, Attempt: Attempt{OrderID: "23501"}}); err != nil {
		t.Errorf("its late answer: %v", err)
	}
	if err := other.Intend(b, 3, time.Now()); err != nil {
		t.Errorf("who has it now: %v", err)
	}
	wantStates(t, other, b, Placed, InDoubt, Sending, Queued)
}

// TestPgIntentsOfOneGroupAreFencedEachByItsOwnBatch: one that was taken over keeps no other from being stored.
func TestPgIntentsOfOneGroupAreFencedEachByItsOwnBatch(t *testing.T) {
	t.Parallel()
	address := pgtest.Address(t)
	all := workers(t, address, 2)
	one := all[0]
	b := edit(t, one, time.Now(), "a", "b")
	d, err := one.Draft(Batch{Panel: "p", Created: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Add(Entry{Line: 1, Panel: "p", Key: "x", State: Queued}), d.Finish(Reading{})); err != nil {
		t.Fatal(err)
	}
	second, err := d.Admit(t.Context(), "z", Repeats{})
	if err != nil {
		t.Fatal(err)
	}
	holdOf(t, one, b.ID)
	holdOf(t, one, second.ID)
	goOn := one.stall()
	pgtest.Exec(t, address, "UPDATE leases SET until = 1 WHERE name = 'batch-a'")
	holdOf(t, all[1], b.ID)
	goOn()
	block := make(chan bool)
	first := one.later(write{change: func(context.Context, *statements) error { <-block; return nil }})
	results := make(chan string, 2)
	for _, of := range []Batch{b, second} {
		go func() { results <- fmt.Sprint(of.ID, " ", one.Intend(of, 1, time.Now())) }()
	}
	time.Sleep(20 * time.Millisecond) // both wait for the next group
	close(block)
	<-first
	got := []string{<-results, <-results}
	text := strings.Join(got, "; ")
	if !strings.Contains(text, "z <nil>") || !strings.Contains(text, "a batch a was taken over") {
		t.Errorf("the intents give %s", text)
	}
}

// TestPgABatchOfADeadProcessGoesOnSoon: its session is gone, and it isn't heard of. One whose session alone is gone is
// heard of again, and keeps what it has.
func TestPgABatchOfADeadProcessGoesOnSoon(t *testing.T) {
	t.Parallel()
	address := pgtest.Address(t)
	all := workers(t, address, 2)
	one, other := all[0], all[1]
	b := edit(t, one, time.Now(), "a")
	holdOf(t, one, b.ID)
	for range 3 {
		pgtest.Exec(t, address, fmt.Sprintf("SELECT pg_terminate_backend(%d)", one.sessionOf(t)))
		time.Sleep(2 * quick().renew)
		if who, is := other.WorksOn(b.ID); !is || who.PID != 7 {
			t.Fatalf("one that lost its session alone: %v, %v", who, is)
		}
	}
	if err := one.Intend(b, 1, time.Now()); err != nil {
		t.Fatalf("it goes on: %v", err)
	}
	one.kill(t)
	time.Sleep(50 * time.Millisecond) // the server notices
	began := time.Now()
	holdOf(t, other, b.ID)
	if took := time.Since(began); took > quick().last {
		t.Errorf("it was taken over after %v", took)
	}
	if n, err := other.Recover(b); n != 1 || err != nil {
		t.Errorf("found in doubt: %d, %v", n, err)
	}
}

// TestPgBooksThatForgotWhatWasStored: a standby took over that lacked the last commits. Nobody sends any more.
func TestPgBooksThatForgotWhatWasStored(t *testing.T) {
	t.Parallel()
	address := pgtest.Address(t)
	all := workers(t, address, 2)
	one, other := all[0], all[1]
	b := edit(t, one, time.Now(), "a", "b", "c")
	for _, j := range all {
		if err := j.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := one.Intend(b, 1, time.Now()); err != nil {
		t.Fatal(err)
	}
	// Other processes have made up for the revision since.
	pgtest.Exec(t, address, "UPDATE rows SET state = 'queued', attempts = 0 WHERE seq = 1; UPDATE writers SET n = n - 1")
	var behind *BehindError
	if err := one.Intend(b, 2, time.Now()); !errors.As(err, &behind) || !errors.Is(err, ErrBroken) {
		t.Errorf("the intent of who knows better gives %v", err)
	}
	if err := other.Flush(); !errors.As(err, &behind) { // its own was taken back too, by this test
		t.Errorf("the other one finds %v", err)
	}
	if err := other.Intend(b, 2, time.Now()); !errors.As(err, &behind) {
		t.Errorf("the other one's intent gives %v", err)
	}
	late, err := openPostgres(t.Context(), address, t.TempDir(), time.Second, quick())
	if err != nil {
		t.Fatal(err)
	}
	defer late.Close()
	if late.Behind() == nil || late.Intend(b, 3, time.Now()) == nil {
		t.Error("one that opens them later sends")
	}
	if err := late.TrustCopy(); err != nil || late.Intend(b, 3, time.Now()) != nil {
		t.Errorf("after a person's word: %v", err)
	}
}
