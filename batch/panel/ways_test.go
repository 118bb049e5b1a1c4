package panel

import (
	"context"
	"crypto/tls"
	"net"
	"sync/atomic"
	"testing"
	"time"
)

// newClient makes a client as [client] does.
type newClient func(t *testing.T, address string, config *tls.Config) *Client

// ways runs a test with connections that are opened for their request, and with such as were opened ahead of it.
func ways(t *testing.T, test func(t *testing.T, client newClient)) {
	t.Run("opened for it", func(t *testing.T) { test(t, client) })
	t.Run("opened ahead", func(t *testing.T) {
		var used atomic.Int32
		t.Cleanup(func() {
			if used.Load() == 0 {
				t.Error("no connection was opened ahead")
			}
		})
		test(t, func(t *testing.T, address string, config *tls.Config) *Client {
			c := client(t, address, config)
			c.spares.round = &round{cancel: func() {}} // somebody wants some, but none beside those that are laid here
			t.Cleanup(func() { c.spares.want(0) })
			c.transport.DialContext = ahead(c, &used, c.transport.DialContext)
			c.transport.DialTLSContext = ahead(c, &used, c.transport.DialTLSContext)
			return c
		})
	})
}

// ahead opens a connection ahead of each request.
func ahead(c *Client, used *atomic.Int32, dial Dial) Dial {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if ctx.Value(anew{}) == nil {
			lay(c, dial, network, address)
		}
		conn, err := dial(ctx, network, address)
		if err == nil && !conn.(*countingConn).opened.IsZero() {
			used.Add(1)
		}
		return conn, err
	}
}

// lay opens a connection ahead, whatever was learned.
func lay(c *Client, dial Dial, network, address string) {
	ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), anew{}, true), time.Second)
	defer cancel()
	conn, err := dial(ctx, network, address)
	c.spares.mu.Lock()
	defer c.spares.mu.Unlock()
	c.spares.lesson = lesson{}
	if err == nil {
		spare := conn.(*countingConn)
		spare.opened = time.Now()
		c.spares.give(spare)
	}
}
