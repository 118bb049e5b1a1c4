//go:build unix

package journal

import (
	"os"
	"syscall"
)

// names counts the names that a file has.
func names(info os.FileInfo) uint64 {
	if s, is := info.Sys().(*syscall.Stat_t); is {
		return uint64(s.Nlink)
	}
	return 1
}
