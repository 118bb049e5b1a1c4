package settings

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

func lookAtDisk(dir string) (Disk, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return Disk{}, fmt.Errorf("asking for the file system of %s: %w", dir, err)
	}
	d := fileSystem(uint32(s.Type), func() string { return mountedAs(dir) })
	d.Free, d.FreeTold = s.Bavail*uint64(s.Bsize), true
	return d, nil
}

// fileSystem reads the numbers of statfs(2). All FUSE file systems share one; the list of mounts has their names.
func fileSystem(magic uint32, fuse func() string) Disk {
	remote := map[uint32]string{
		unix.NFS_SUPER_MAGIC: "nfs", unix.SMB_SUPER_MAGIC: "smb", unix.CIFS_SUPER_MAGIC: "cifs",
		unix.SMB2_SUPER_MAGIC: "smb2",
		unix.V9FS_MAGIC:       "9p", unix.AFS_SUPER_MAGIC: "afs", unix.AFS_FS_MAGIC: "afs", unix.CEPH_SUPER_MAGIC: "ceph",
		unix.CODA_SUPER_MAGIC: "coda",
		unix.NCP_SUPER_MAGIC:  "ncp", 0x0bd00bd0: "lustre", 0x47504653: "gpfs",
		0x19830326: "beegfs", 0x786f4256: "vboxsf",
		0xbacbacbc: "vmhgfs", 0x6e667364: "nfs", // of the shared folders of virtual machines, and of a server itself
	}
	memory := map[uint32]string{unix.TMPFS_MAGIC: "tmpfs", unix.RAMFS_MAGIC: "ramfs"}
	local := map[uint32]string{
		unix.EXT4_SUPER_MAGIC:      "ext4",
		unix.BTRFS_SUPER_MAGIC:     "btrfs",
		unix.XFS_SUPER_MAGIC:       "xfs",
		unix.OVERLAYFS_SUPER_MAGIC: "overlay",
		unix.F2FS_SUPER_MAGIC:      "f2fs",
	}
	switch {
	case remote[magic] != "":
		return Disk{FileSystem: remote[magic], Remote: true}
	case memory[magic] != "":
		return Disk{FileSystem: memory[magic], Local: true, Fleeting: true}
	case magic == unix.FUSE_SUPER_MAGIC:
		return fuseSystem(fuse())
	case local[magic] != "":
		return Disk{FileSystem: local[magic], Local: true}
	}
	return Disk{FileSystem: fmt.Sprintf("number %#x", magic), Local: true}
}

// fuseSystem tells those that are known to be far from those that are known to be near.
func fuseSystem(name string) Disk {
	d := Disk{FileSystem: name}
	switch strings.TrimPrefix(name, "fuse.") {
	case "sshfs",
		"rclone",
		"s3fs",
		"s3ql",
		"glusterfs",
		"davfs",
		"davfs2",
		"curlftpfs",
		"gcsfuse",
		"goofys",
		"ceph-fuse",
		"smbnetfs",
		"gvfsd-fuse",
		"juicefs",
		"mountpoint-s3":
		d.Remote = true
	case "fuseblk", "ntfs-3g", "exfat", "gocryptfs", "encfs", "mergerfs", "fuse-overlayfs", "lxcfs":
		d.Local = true
	}
	return d
}

// mountedAs gives the name of the file system that a folder is on, as proc_pid_mountinfo(5) has it: by the
// device, since a later mount may hide an earlier one at the same place. "fuse": it can't be found.
func mountedAs(dir string) string {
	const none = "fuse"
	var s unix.Stat_t
	if err := unix.Stat(dir, &s); err != nil {
		return none
	}
	f, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return none
	}
	defer f.Close()
	device := fmt.Sprintf("%d:%d", unix.Major(uint64(s.Dev)), unix.Minor(uint64(s.Dev)))
	for lines := bufio.NewScanner(f); lines.Scan(); {
		place, about, _ := strings.Cut(lines.Text(), " - ")
		if words := strings.Fields(place); len(words) > 2 && words[2] == device {
			name, _, _ := strings.Cut(about, " ")
			return name
		}
	}
	return none
}
