package batch_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
	"bulkorder/batch/settle"
	"bulkorder/samples/sandbox"
)

// pipes is a listener without a network: time stands still only for goroutines that wait for each other, not
// for those that wait for a socket.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}
func (p *pipes) Close() error   { close(p.closed); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p *pipes) dial(context.Context, string, string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	p.conns <- theirs
	return ours, nil
}

// timeless runs a test in a bubble of virtual time, with a sandbox at the other end of pipes. away tells
// whether the panel can't be reached at a moment; nil: it always can.
func timeless(
	t *testing.T,
	config sandbox.Config,
	away func() bool,
	faults []string,
	test func(t *testing.T, w *world),
) {
	t.Helper()
	timelessBehind(t, config, nil, away, faults, test)
}

// timelessBehind is [timeless] with something before the sandbox that changes what it is asked and what it says.
func timelessBehind(
	t *testing.T,
	config sandbox.Config,
	between front,
	away func() bool,
	faults []string,
	test func(t *testing.T, w *world),
) {
	t.Helper()
	for _, text := range faults {
		f, err := sandbox.ParseFault(text)
		if err != nil {
			t.Fatal(err)
		}
		config.Faults = append(config.Faults, f)
	}
	path := filepath.Join(t.TempDir(), "journal.db")
	synctest.Test(t, func(t *testing.T) {
		s, err := sandbox.New(config)
		if err != nil {
			t.Fatal(err)
		}
		l := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
		server := &http.Server{Handler: between.before(s)}
		go server.Serve(l)
		defer server.Close()
		defer s.Close()
		p, _ := panel.Preset("addsmm")
		p.URL, p.Exclusive = "http://127.0.0.1/", panel.Alone
		client, err := panel.New(p, panel.NewKey("sandbox"), nil)
		if err != nil {
			t.Fatal(err)
		}
		client.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			if away != nil && away() {
				return nil, errors.New("no route to host")
			}
			return l.dial(ctx, network, address)
		}
		j, err := journal.Open(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer j.Close()
		test(
			t,
			&world{
				t,
				s,
				j,
				job{
					Journal: j,
					By:      "me",
					Account: desk.Account{Panel: client, Rate: pace.Rate{PerSecond: 1}, Concurrency: 2},
				},
			},
		)
	})
}

func TestSixtyAMinuteTakesAMinuteForSixty(t *testing.T) {
	timeless(t, sandbox.Config{}, nil, nil, func(t *testing.T, w *world) {
		start := time.Now()
		out := w.run(rows(60))
		w.want(out, batch.Done, map[journal.State]int{journal.Placed: 60})
		// Three looks, each a call for statuses and one for the balance, are requests too: the panel limits those.
		if took := time.Since(start); took < 64*time.Second || took > 66*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestAPanelThatIsAwayForAMomentIsWaitedFor(t *testing.T) {
	var start time.Time
	away := func() bool {
		return !start.IsZero() && time.Since(start) > 5*time.Second && time.Since(start) < 9*time.Second
	}
	timeless(t, sandbox.Config{}, away, nil, func(t *testing.T, w *world) {
		start = time.Now()
		w.want(w.run(rows(20)), batch.Done, map[journal.State]int{journal.Placed: 20})
	})
}

func TestAPanelThatStaysAwayStopsTheRun(t *testing.T) {
	var start time.Time
	gone := true
	away := func() bool { return gone && !start.IsZero() && time.Since(start) > 5*time.Second }
	timeless(t, sandbox.Config{}, away, nil, func(t *testing.T, w *world) {
		start = time.Now()
		out := w.run(rows(20))
		placed := out.Totals.States[journal.Placed]
		if out.End.Stop != batch.Unreachable || placed == 0 || placed+out.Totals.States[journal.Queued] != 20 {
			t.Errorf("stopped by %q with %v", out.End.Stop, out.Totals.States)
		}
		if took := time.Since(start); took < 15*time.Second || took > 2*time.Minute {
			t.Errorf("it gave up after %v", took)
		}
		gone = false
		w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 20})
	})
}

func TestAPanelThatAsksForSlownessIsHeeded(t *testing.T) {
	timeless(
		t,
		sandbox.Config{},
		nil,
		[]string{"add:429:before:n=3:retry=40", "add:error=Too many requests:before:n=5"},
		func(t *testing.T, w *world) {
			start := time.Now()
			w.want(w.run(rows(8)), batch.Done, map[journal.State]int{journal.Placed: 8})
			if took := time.Since(start); took < 45*time.Second || took > 80*time.Second {
				t.Errorf("it took %v", took)
			}
		},
	)
}

func TestRowsForALinkWithAnActiveOrderAreTriedLater(t *testing.T) {
	const same = "service,link,quantity\n1,https://example.com/a,100\n1,https://example.com/a,200\n1," +
		"https://example.com/b,100\n"
	t.Run("in this run, when it ends soon", func(t *testing.T) {
		timeless(t, sandbox.Config{ActiveGuard: true, Speed: 2}, nil, nil, func(t *testing.T, w *world) {
			w.want(w.run(same), batch.Done, map[journal.State]int{journal.Placed: 3})
		})
	})
	t.Run("in another run, when it doesn't", func(t *testing.T) {
		timeless(t, sandbox.Config{ActiveGuard: true, Speed: 0.1}, nil, nil, func(t *testing.T, w *world) {
			out := w.run(same)
			w.want(out, batch.Waiting, map[journal.State]int{journal.Placed: 2, journal.Queued: 1})
			time.Sleep(time.Hour)
			w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 3})
		})
	})
}

func TestSettlingInItsTime(t *testing.T) {
	timeless(t, sandbox.Config{Speed: -1}, nil, []string{"add:stall:after:n=6"}, func(t *testing.T, w *world) {
		w.job.Settle = true
		start := time.Now()
		w.want(w.run(mixed(12, 3)), batch.Done, map[journal.State]int{journal.Placed: 12})
		if took := time.Since(start); took < settle.LateCommit {
			t.Errorf("it settled after %v", took)
		}
	})
}

// TestAnOrderThatCameLateIsNotGivenAway: it lies among orders that were sent long after its row, and is found there.
func TestAnOrderThatCameLateIsNotGivenAway(t *testing.T) {
	timeless(
		t,
		sandbox.Config{Speed: -1},
		nil,
		[]string{"add:late=100s:n=4", "add:stall:after:n=6"},
		func(t *testing.T, w *world) {
			w.job.Settle = true
			out := w.run(mixed(12, 3))
			w.want(out, batch.Done, map[journal.State]int{journal.Placed: 12})
		},
	)
}

// TestAReadWaitsAsLongAsThePanelAsks: where that is not longer than a minute.
func TestAReadWaitsAsLongAsThePanelAsks(t *testing.T) {
	timeless(t, sandbox.Config{Speed: -1}, nil, nil, func(t *testing.T, w *world) {
		b := w.run(rows(3)).Batch
		for _, c := range []struct {
			fault string
			least time.Duration
			lost  bool
		}{{"status:429:before:n=1-2:retry=20", 40 * time.Second, false}, {"status:429:before:n=1:retry=3000", 0, true}} {
			w.faults(c.fault)
			start := time.Now()
			r, _ := w.refresh(b, false)
			if took := time.Since(start); (r.Lost != nil) != c.lost || took < c.least || took > c.least+time.Minute {
				t.Errorf("%s: it took %v: %v", c.fault, took, r.Lost)
			}
		}
	})
}
