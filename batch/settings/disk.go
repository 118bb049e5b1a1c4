package settings

import (
	"os"
	"path/filepath"
)

// Disk is what the operating system tells of the place where a file is or would be.
type Disk struct {
	FileSystem string // its name, such as "nfs"; empty: it can't be told
	Local      bool   // it is certainly on this machine
	Remote     bool   // it is certainly shared over a network; neither: nobody knows
	Fleeting   bool   // it is kept in memory alone
	Free       uint64 // bytes that this user may still write
	FreeTold   bool   // Free is known
}

// LookAtDisk tells of the place of a folder, or where it doesn't exist of the nearest one above it. It makes
// nothing.
func LookAtDisk(dir string) (Disk, error) {
	existing, err := Nearest(dir)
	if err != nil {
		return Disk{}, err
	}
	return lookAtDisk(existing)
}

// Nearest gives the folder, or the nearest above it that exists.
func Nearest(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		_, err := os.Stat(dir)
		if !os.IsNotExist(err) || dir == filepath.Dir(dir) {
			return dir, err
		}
		dir = filepath.Dir(dir)
	}
}
