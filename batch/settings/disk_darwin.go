package settings

import (
	"fmt"
	"strings"

	"golang.org/x/sys/unix"
)

func lookAtDisk(dir string) (Disk, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return Disk{}, fmt.Errorf("asking for the file system of %s: %w", dir, err)
	}
	d := Disk{FileSystem: unix.ByteSliceToString(s.Fstypename[:]), Free: s.Bavail * uint64(s.Bsize), FreeTold: true}
	switch {
	case strings.Contains(d.FileSystem, "fuse"): // macFUSE says local of what is far, too
	case s.Flags&unix.MNT_LOCAL == 0:
		d.Remote = true // nfs, smbfs, afpfs, webdav
	default:
		d.Local = true
	}
	return d, nil
}
