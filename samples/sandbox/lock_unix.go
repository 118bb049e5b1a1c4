//go:build unix && !solaris && !aix

package sandbox

import (
	"os"
	"syscall"
)

// lock waits for the file to be ours alone. The lock dies with the process.
func lock(f *os.File) error {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
		if err != syscall.EINTR {
			return err
		}
	}
}

func release(f *os.File) {
	// It fails only where there is no lock to give up.
	_ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN)
}
