//go:build unix

package panel

import (
	"errors"
	"io"
	"os"
	"syscall"
)

const canGlance = true

// glance reads what has arrived on a connection, and doesn't wait.
func glance(c syscall.RawConn, p []byte) (n int, err error) {
	failed := c.Read(func(fd uintptr) bool {
		n, err = syscall.Read(int(fd), p)
		for errors.Is(err, syscall.EINTR) {
			n, err = syscall.Read(int(fd), p)
		}
		return true
	})
	switch {
	case failed != nil:
		return 0, failed
	case errors.Is(err, syscall.EAGAIN):
		return 0, os.ErrDeadlineExceeded
	case err != nil:
		return 0, err
	case n == 0:
		return 0, io.EOF
	}
	return n, nil
}
