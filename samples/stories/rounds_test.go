//go:build unix

package stories_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"sync"
	"syscall"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/journal/pgtest"
	"bulkorder/samples/sandbox"
)

// TestWorkersThatDieAndServersThatCrash: three workers on one set of books, which are killed and stopped, whose
// connections to the database are cut or stall, while the database crashes. After each round the whole books are
// compared with the panel's ledger. BULKORDER_ROUNDS says how many rounds, BULKORDER_SEED from where.
func TestWorkersThatDieAndServersThatCrash(t *testing.T) {
	t.Parallel() // it mostly waits
	seed := number(t, "BULKORDER_SEED", time.Now().UnixNano()%1_000_000_000)
	r := newRounds(t, seed)
	for n := range number(t, "BULKORDER_ROUNDS", 2) {
		r.round(int(n))
		if t.Failed() {
			t.Fatalf("BULKORDER_SEED=%d, round %d: %v", seed, n, r.done)
		}
	}
	t.Logf("%v, rows in doubt: %d of %d", r.done, r.doubts, r.rows)
}

// rounds are the workers, and what befalls them.
type rounds struct {
	*shop
	r       *rand.Rand
	server  *pgtest.Server
	wire    *wire
	books   *journal.Journal // for who compares, by a line of its own
	workers []*running
	done    map[string]int // what befell them, how often

	rows, doubts int
}

const roundRows = 16

func newRounds(t *testing.T, seed int64) *rounds {
	r := &rounds{shop: newShop(t, sandbox.Config{Speed: -1, Latency: 30 * time.Millisecond}), server: pgtest.Own(t),
		r: rand.New(rand.NewPCG(uint64(seed), 3)), done: map[string]int{}}
	u, err := url.Parse(r.server.Address)
	must(t, err)
	r.wire = newWire(t, u.Host)
	u.Host = r.wire.Addr().String()
	r.shop.books = u.String() + "&lease=2s"
	r.books, err = journal.OpenPostgres(context.Background(), r.server.Address+"&lease=2s", t.TempDir())
	must(t, err)
	t.Cleanup(func() { r.books.Close() })
	for range 3 {
		r.workers = append(r.workers, r.worker())
	}
	return r
}

// worker starts one.
func (r *rounds) worker() *running {
	return r.background("work", "--rate", "60/s", "--concurrency", "4", "--every", "off", "--quiet")
}

// restart starts workers again that ended, as an init system does: one can't begin while the server is away.
func (r *rounds) restart() {
	for i, w := range r.workers {
		select {
		case <-w.done:
			r.done["ended"]++
			r.workers[i] = r.worker()
		default:
		}
	}
}

// round puts a sheet into the books, and lets things happen until it is sent.
func (r *rounds) round(n int) {
	r.t.Helper()
	before := len(r.sandbox.Ledger())
	b := r.detach(fmt.Sprintf("round%d", n), roundRows)
	until(r.t, "the first order", func() bool { return len(r.sandbox.Ledger()) > before })
	for range 1 + r.r.IntN(3) {
		r.befall()
		time.Sleep(time.Duration(r.r.IntN(200)) * time.Millisecond)
	}
	until(r.t, "the end of the batch", func() bool {
		time.Sleep(50 * time.Millisecond)
		r.restart()
		return r.ended(b.Batch)
	})
	r.rows += roundRows
	r.compare(b.Batch)
}

// befall lets something happen.
func (r *rounds) befall() {
	i := r.r.IntN(len(r.workers))
	what := []string{"kill", "kill", "stop", "stop", "cut", "stall", "crash"}[r.r.IntN(7)]
	r.done[what]++
	switch what {
	case "kill":
		r.workers[i].Process.Kill()
		<-r.workers[i].done
		r.workers[i] = r.worker()
	case "stop": // for less or longer than a lease
		p := r.workers[i].Process
		_ = p.Signal(syscall.SIGSTOP) // it may have ended
		time.Sleep(time.Duration(300+r.r.IntN(2500)) * time.Millisecond)
		_ = p.Signal(syscall.SIGCONT)
	case "cut":
		r.wire.cut()
	case "stall":
		r.wire.stall(time.Duration(300+r.r.IntN(2500)) * time.Millisecond)
	case "crash":
		r.server.Restart(r.t)
	}
}

// ended tells whether nothing of a batch is to be sent any more. What waits for its time, or for a person, is let go.
func (r *rounds) ended(id string) bool {
	ctx := context.Background()
	b, err := r.books.Batch(ctx, id)
	if err != nil {
		return false // the server is away
	}
	jobs, err := r.books.Jobs(ctx)
	if err != nil || len(jobs) == 0 {
		return err == nil && !r.books.Held(id)
	}
	if j := jobs[0]; j.State == journal.JobStopped || j.Due.After(time.Now()) {
		_, _ = r.books.GoOnJob(b)
	}
	return false
}

// compare compares the books with the ledger, and decides what is in doubt as a person does who sees it.
func (r *rounds) compare(id string) {
	r.t.Helper()
	ctx := context.Background()
	b, err := r.books.Batch(ctx, id)
	must(r.t, err)
	hold, err := r.books.Hold(id, journal.Holder{})
	must(r.t, err)
	defer hold.Release()
	_, err = r.books.Recover(b)
	must(r.t, err)
	ordered := map[string][]string{}
	for _, o := range r.sandbox.Ledger() {
		ordered[o.Fields["link"]] = append(ordered[o.Fields["link"]], o.ID)
	}
	rows := 0
	for e, err := range r.books.Entries(ctx, b) {
		must(r.t, err)
		rows++
		ids := ordered[e.Params[1].Value]
		switch {
		case len(ids) > 1:
			r.t.Errorf("%s was ordered %d times", e.Params[1].Value, len(ids))
		case e.State == journal.Placed && (len(ids) != 1 || e.OrderID != ids[0]):
			r.t.Errorf("row %d is placed as %s, the ledger has %v", e.Line, e.OrderID, ids)
		case e.State == journal.InDoubt:
			r.doubts++
			d := journal.Decision{At: time.Now(), How: journal.Forced, State: journal.Queued, Reason: "I looked"}
			if len(ids) == 1 {
				d.State, d.OrderID = journal.Placed, ids[0]
			}
			must(r.t, r.books.Decide(b, e.Seq, d))
		case e.State != journal.Placed:
			r.t.Errorf("row %d is %s, the ledger has %v", e.Line, e.State, ids)
		}
	}
	if rows != roundRows {
		r.t.Errorf("%d rows", rows)
	}
}

// wire stands between the workers and their database.
type wire struct {
	net.Listener
	to string

	mu    sync.Mutex
	open  map[net.Conn]bool
	until time.Time // nothing passes before
}

func newWire(t *testing.T, to string) *wire {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	all := &wire{Listener: l, to: to, open: map[net.Conn]bool{}}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go all.carry(c)
		}
	}()
	return all
}

func (l *wire) carry(client net.Conn) {
	server, err := net.Dial("tcp", l.to)
	if err != nil {
		client.Close()
		return
	}
	l.mu.Lock()
	l.open[client], l.open[server] = true, true
	l.mu.Unlock()
	go l.pass(client, server)
	l.pass(server, client)
	l.mu.Lock()
	delete(l.open, client)
	delete(l.open, server)
	l.mu.Unlock()
}

// pass hands bytes on until one side ends.
func (l *wire) pass(from io.ReadCloser, to io.WriteCloser) {
	defer from.Close()
	defer to.Close()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		l.mu.Lock()
		wait := time.Until(l.until)
		l.mu.Unlock()
		time.Sleep(wait)
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// cut ends all connections.
func (l *wire) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.open {
		c.Close()
	}
}

// stall lets nothing pass for a while.
func (l *wire) stall(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.until = time.Now().Add(d)
}
