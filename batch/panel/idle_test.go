package panel

import (
	"bufio"
	"crypto/tls"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// piece is what is on its way; nothing: its sender has closed.
type piece struct {
	bytes   []byte
	arrives time.Time
}

// distant lies between a client and a server as if they were so far apart; the first bytes of a connection take a round
// trip longer, as its opening does.
func distant(t *testing.T, address string, trip time.Duration) string {
	t.Helper()
	_, host, _ := strings.Cut(address, "://")
	return "https" + strings.TrimPrefix(listen(t, func(ours net.Conn) {
		theirs, err := net.Dial("tcp", strings.TrimSuffix(host, "/api/v2"))
		if err != nil {
			return
		}
		defer theirs.Close()
		var ways sync.WaitGroup
		ways.Go(func() { delay(theirs, ours, trip/2, trip) })
		ways.Go(func() { delay(ours, theirs, trip/2, 0) })
		ways.Wait()
	}), "http")
}

// delay hands on what comes from a connection to another one, later.
func delay(to, from net.Conn, by, first time.Duration) {
	way := make(chan piece, 64)
	go func() {
		defer close(way)
		for extra := first; ; extra = 0 {
			b := make([]byte, 4096)
			n, err := from.Read(b)
			if n > 0 {
				way <- piece{b[:n], time.Now().Add(by + extra)}
			}
			if err != nil {
				way <- piece{nil, time.Now().Add(by)}
				return
			}
		}
	}()
	for p := range way {
		time.Sleep(time.Until(p.arrives))
		if p.bytes == nil {
			to.(*net.TCPConn).CloseWrite()
		} else if _, err := to.Write(p.bytes); err != nil {
			from.Close()
		}
	}
}

// hasty is a panel that closes connections by which nothing came for a while.
type hasty struct {
	ledger
	address string
	trust   *tls.Config
	closed  atomic.Int32 // without a request
}

func startHasty(t *testing.T, idle time.Duration) *hasty {
	h := &hasty{}
	h.address, h.trust = listenBy(t, true, func(c net.Conn, r *bufio.Reader) {
		c.SetReadDeadline(time.Now().Add(idle))
		if _, err := r.Peek(1); err != nil {
			h.closed.Add(1)
			return
		}
		c.SetReadDeadline(time.Time{})
		if link, ok := h.read(r); ok {
			time.Sleep(20 * time.Millisecond)
			io.WriteString(c, answerOf(`{"order":1`+link+`}`))
		}
	})
	return h
}

// TestDoubtsOnAPanelThatClosesIdleConnections counts them: orders leave in bursts, and between them is about the time
// after which the panel closes what idles. A request may meet a connection on which the news that it is closed is under
// way; that is in doubt, and of no other is anything lost, doubled or in doubt.
func TestDoubtsOnAPanelThatClosesIdleConnections(t *testing.T) {
	if testing.Short() {
		t.Skip("orders leave in bursts for many seconds, which the race detector makes longer")
	}
	for name, forgets := range map[string]bool{"what was learned counts": false, "each burst forgets it": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := startHasty(t, time.Second)
			c := client(t, distant(t, h.address, 50*time.Millisecond), h.trust)
			c.Timeout = 20 * time.Second
			defer c.Ahead(32)()
			const bursts, orders, atOnce = 6, 120, 16
			doubts := 0
			for burst := range bursts {
				doubts += h.burst(t, c, burst*orders+1000, orders, atOnce)
				time.Sleep(time.Second - 60*time.Millisecond + rand.N(80*time.Millisecond))
				if forgets {
					c.spares.mu.Lock()
					c.spares.lesson = lesson{}
					c.spares.mu.Unlock()
				}
			}
			closed := int(h.closed.Load())
			if doubts > closed {
				t.Errorf("%d doubts by %d connections that were closed idle", doubts, closed)
			}
			t.Logf("%d of %d orders in doubt, %.0f in a million; %d connections were closed idle", doubts, bursts*orders,
				1e6*float64(doubts)/(bursts*orders), closed)
		})
	}
}

// burst adds orders and counts the doubts; each of them must be one that never came to the panel.
func (h *hasty) burst(t *testing.T, c *Client, first, orders, atOnce int) (doubts int) {
	var next, doubtful atomic.Int32
	var wait sync.WaitGroup
	for range atOnce {
		wait.Go(func() {
			for n := int(next.Add(1)); n <= orders; n = int(next.Add(1)) {
				link := strconv.Itoa(first + n)
				a := c.Add(t.Context(), orderOf(link))
				switch got := h.count(link); {
				case a.Verdict == Placed && a.OrderID == "1"+link && got == 1:
				case a.Verdict == InDoubt && got == 0:
					doubtful.Add(1)
				default:
					t.Errorf("order %s: %s (%s), and %d complete requests", link, inWords(a), a.Words, got)
				}
			}
		})
	}
	wait.Wait()
	return int(doubtful.Load())
}

func TestNoneIsLeftOver(t *testing.T) {
	s := startSecure(t, nil, 0)
	c := client(t, s.address, s.trust)
	end := c.Ahead(4)
	layOne(t, c)
	left := c.spares.ready[0]
	end()
	if ready, opening, waiting := c.spares.counted(); ready+opening+waiting != 0 {
		t.Errorf("%d are ready, %d under way, and %d wait", ready, opening, waiting)
	}
	left.Conn.SetReadDeadline(time.Now().Add(time.Second))
	if _, err := left.Conn.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("it isn't closed: %v", err)
	}
}
