package journal

import (
	"net"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// dialer dials the database so that a machine that is gone is noticed within half a minute.
func dialer() *net.Dialer {
	return &net.Dialer{
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3},
		Control: func(network, _ string, c syscall.RawConn) error {
			if network == "unix" {
				return nil
			}
			var refused error
			err := c.Control(func(fd uintptr) {
				refused = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, 30_000)
			})
			if err == nil {
				err = refused
			}
			return err
		},
	}
}
