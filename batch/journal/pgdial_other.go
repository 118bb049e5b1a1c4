//go:build !linux

package journal

import (
	"net"
	"time"
)

// dialer dials the database so that a machine that is gone is noticed within half a minute.
func dialer() *net.Dialer {
	return &net.Dialer{
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3},
	}
}
