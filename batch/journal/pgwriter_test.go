package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bulkorder/batch/journal/pgtest"
)

// fault is what becomes of a connection when a COMMIT passes.
type fault int32

const (
	none       fault = iota
	cutBefore        // the COMMIT doesn't arrive
	cutBehind        // it arrives, and its answer doesn't
	stalled          // nothing arrives any more, and nobody is told
	cutAnyTime       // the connection is cut with the next bytes, whatever they are
)

// wire stands between the books and their database.
type wire struct {
	to      string
	address string       // of the database without it
	next    atomic.Int32 // the fault that comes next, once
	cuts    atomic.Int32
	delay   time.Duration // of each chunk, either way
}

// through gives the address of the database through the wire.
func (w *wire) through(t testing.TB, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	w.to, w.address = u.Host, address
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go w.carry(c)
		}
	}()
	u.Host = l.Addr().String()
	return u.String()
}

func (w *wire) carry(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", w.to)
	if err != nil {
		return
	}
	defer server.Close()
	deaf := make(chan bool, 1)
	go func() { // answers
		defer client.Close()
		buffer := make([]byte, 64<<10)
		for {
			n, err := server.Read(buffer)
			if err != nil {
				return
			}
			select {
			case <-deaf:
				return
			default:
			}
			time.Sleep(w.delay)
			if _, err := client.Write(buffer[:n]); err != nil {
				return
			}
		}
	}()
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		time.Sleep(w.delay)
		if w.pass(buffer[:n], server, deaf) {
			return
		}
	}
}

// pass hands bytes on, unless a fault comes with them; then the connection ends.
func (w *wire) pass(chunk []byte, server net.Conn, deaf chan<- bool) (over bool) {
	f := fault(w.next.Load())
	if f == none || f != cutAnyTime && !bytes.Contains(chunk, []byte("COMMIT")) || !w.next.CompareAndSwap(int32(f), 0) {
		_, err := server.Write(chunk)
		return err != nil
	}
	w.cuts.Add(1)
	switch f {
	case cutBehind:
		deaf <- true
		server.Write(chunk)
		time.Sleep(50 * time.Millisecond)
	case stalled:
		time.Sleep(3 * patience)
	}
	return true
}

// patience is how long the database is tried to be reached in these tests; a COMMIT is waited for twice as long.
const patience = 600 * time.Millisecond

// booksOver opens books over a wire, with a batch of queued rows.
func booksOver(t *testing.T, w *wire, keys ...string) (*Journal, Batch) {
	t.Helper()
	// Its sessions are told from those of other tests by their name.
	address := pgtest.Address(t) + "&application_name=" + fmt.Sprint("w", rand.Int64())
	j, err := openPostgres(t.Context(), w.through(t, address), t.TempDir(), patience, usualTerms())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	return j, edit(t, j, time.Now(), keys...)
}

// TestPgCommitWithoutAnAnswer: it is read again on another connection, and done again only where it wasn't stored.
func TestPgCommitWithoutAnAnswer(t *testing.T) {
	for name, f := range map[string]fault{
		"the COMMIT is lost": cutBefore, "its answer is lost": cutBehind, "nothing comes any more": stalled,
		"cut in the midst of it": cutAnyTime,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var w wire
			j, b := booksOver(t, &w, "a", "b", "c")
			fail := func() { w.next.Store(int32(f)) }

			fail()
			if err := j.Intend(b, 1, time.Now()); err != nil {
				t.Errorf("an intent gives %v", err)
			}
			wantAttempts(t, j, b, 1, 0, 0)
			fail()
			if err := <-j.Conclude(b, Outcome{Seq: 1, State: Placed, Attempt: Attempt{OrderID: "23501"}}); err != nil {
				t.Errorf("an outcome gives %v", err)
			}
			attempts, err := j.Attempts(t.Context(), b, 1)
			if err != nil || len(attempts) != 1 || attempts[0].OrderID != "23501" {
				t.Errorf("the attempts are %+v, %v", attempts, err)
			}
			wantStates(t, j, b, Placed, Queued, Queued)

			// What can't be done a second time is told not to be stored.
			fail()
			err = <-j.HoldBack(b, 2, OverCap, "cap")
			// Cut with its first bytes, it wasn't begun.
			if stored := f == cutBehind || f == cutAnyTime; stored != (err == nil) || !stored && !errors.Is(err, ErrBroken) {
				t.Errorf("holding a row back gives %v", err)
			} else if stored {
				wantStates(t, j, b, Placed, Held, Queued)
			} else {
				wantStates(t, j, b, Placed, Queued, Queued)
			}
			if err := j.Intend(b, 3, time.Now()); err != nil {
				t.Errorf("an intent afterwards gives %v", err)
			}

			// A connection that broke while nothing was written costs nobody anything.
			pgtest.Exec(t, w.address, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "+
				"AND application_name = current_setting('application_name')")
			if err := j.Note(b, Run{By: "mia"}); err != nil {
				t.Errorf("a note afterwards gives %v", err)
			}
			if w.cuts.Load() != 3 {
				t.Errorf("the connection was cut %d times, want 3", w.cuts.Load())
			}
		})
	}
}

func wantAttempts(t *testing.T, j *Journal, b Batch, want ...int) {
	t.Helper()
	var got []int
	for e, err := range j.Entries(t.Context(), b) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, e.Attempts)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the rows were sent %v times, want %v", got, want)
	}
}

// TestPgNoRowIsIntendedTwiceWhileConnectionsBreak: several processes want the same rows, and the database ends their
// sessions again and again.
func TestPgNoRowIsIntendedTwiceWhileConnectionsBreak(t *testing.T) {
	const rows, processes, goroutines = 24, 3, 2
	var w wire
	address := pgtest.Address(t) + "&application_name=" + strings.ToLower(t.Name()[:40])
	over := w.through(t, address)
	var all []*Journal
	for range processes {
		j, err := openPostgres(t.Context(), over, t.TempDir(), 5*time.Second, usualTerms())
		if err != nil {
			t.Fatal(err)
		}
		defer j.Close()
		all = append(all, j)
	}
	var keys []string
	for i := range rows {
		keys = append(keys, fmt.Sprint("k", i))
	}
	b := edit(t, all[0], time.Now(), keys...)
	broke, stop := breakOften(t, address, &w)
	var permitted, answered [rows + 1]atomic.Int32
	var working sync.WaitGroup
	for _, j := range all {
		for range goroutines {
			working.Go(func() {
				for n, i := range rand.Perm(rows) {
					for until := time.Now().Add(time.Minute); broke() < 3*n/rows+n/(rows-1) && time.Now().Before(until); {
						time.Sleep(time.Millisecond) // a quick machine would be done before anything breaks
					}
					seq := int64(i + 1)
					err := j.Intend(b, seq, time.Now())
					if err == nil {
						permitted[seq].Add(1)
						err = <-j.Conclude(b, Outcome{Seq: seq, State: Placed, Attempt: Attempt{OrderID: fmt.Sprint(1000 + seq)}})
						if err == nil {
							answered[seq].Add(1)
						}
					}
				}
			})
		}
	}
	working.Wait()
	stop()
	// The connections of the others may have been ended since they were used last.
	reader, err := openPostgres(t.Context(), address, t.TempDir(), 5*time.Second, usualTerms())
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	sent := 0
	for e, err := range reader.Entries(t.Context(), b) {
		if err != nil {
			t.Fatal(err)
		}
		n := int(permitted[e.Seq].Load())
		if sent += n; n > 1 || e.Attempts > 1 || e.Attempts < n {
			t.Errorf("row %d was permitted to leave %d times, and the books say %d", e.Seq, n, e.Attempts)
		}
		if stored := answered[e.Seq].Load() == 1; stored != (e.State == Placed) || n == 1 && !stored {
			t.Errorf("row %d is %s; whether its answer was stored: %v", e.Seq, e.State, stored)
		}
	}
	if broke() < 3 || sent < rows/2 {
		t.Errorf("connections broke %d times, and %d rows were sent", broke(), sent)
	}
}

// breakOften ends sessions and cuts connections at random moments until it is stopped, and tells how often it did.
func breakOften(t *testing.T, address string, w *wire) (broke func() int, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	c, err := pgx.Connect(ctx, address+"-breaker")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	var ended atomic.Int32
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			time.Sleep(time.Duration(20+rand.IntN(60)) * time.Millisecond)
			tag, err := c.Exec(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE application_name = $1 AND random() < 0.2`, u.Query().Get("application_name"))
			if err == nil {
				ended.Add(int32(tag.RowsAffected()))
			}
			w.next.Store(int32(rand.IntN(int(cutAnyTime)+1)) % int32(stalled))
		}
	}()
	return func() int { return int(ended.Load() + w.cuts.Load()) }, func() {
		cancel()
		<-done
		w.next.Store(int32(none))
		c.Close(context.Background())
	}
}

// TestPgTextsThatPostgresKeepsInNoText: an answer with a zero in it must not leave its row in doubt.
func TestPgTextsThatPostgresKeepsInNoText(t *testing.T) {
	var w wire
	j, b := booksOver(t, &w, "a")
	if err := j.Intend(b, 1, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := <-j.Conclude(b, Outcome{Seq: 1, State: Placed, Note: "a\x00b", Attempt: Attempt{OrderID: "23501",
		Answer: "{\"order\":23501}\x00\xff", Words: "\xc3\x28"}}); err != nil {
		t.Error(err)
	}
	wantStates(t, j, b, Placed)
}
