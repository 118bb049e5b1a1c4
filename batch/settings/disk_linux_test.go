package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestFileSystems(t *testing.T) {
	for _, tt := range []struct {
		name          string
		magic         uint32
		fuse          string
		local, remote bool
	}{
		{"ext4", 0xef53, "", true, false},
		{"nfs", 0x6969, "", false, true},
		{"cifs", 0xff534d42, "", false, true},
		{"smb2", 0xfe534d42, "", false, true},
		{"9p", 0x01021997, "", false, true},
		{"ceph", 0x00c36400, "", false, true},
		{"lustre", 0x0bd00bd0, "", false, true},
		{"tmpfs", 0x01021994, "", true, false},
		{"fuse.sshfs", 0x65735546, "fuse.sshfs", false, true},
		{"fuseblk", 0x65735546, "fuseblk", true, false},
		{"fuse.nobody-knows", 0x65735546, "fuse.nobody-knows", false, false},
	} {
		d := fileSystem(tt.magic, func() string { return tt.fuse })
		if d.FileSystem != tt.name || d.Local != tt.local || d.Remote != tt.remote ||
			d.Fleeting != (tt.name == "tmpfs") {
			t.Errorf("%s: %+v", tt.name, d)
		}
	}
}

// TestRealFileSystems looks at those that every Linux has.
func TestRealFileSystems(t *testing.T) {
	if d, err := lookAtDisk("/proc"); err != nil || d.Remote || d.Fleeting {
		t.Errorf("/proc: %+v, %v", d, err)
	}
	if name := mountedAs("/proc"); name != "proc" {
		t.Errorf("/proc is mounted as %q", name)
	}
	if name := mountedAs("/no/such/folder"); name != "fuse" {
		t.Errorf("a folder that isn't there is mounted as %q", name)
	}
	deep := filepath.Join(t.TempDir(), "not", "yet")
	d, err := LookAtDisk(deep)
	if err != nil || !d.FreeTold || d.Free == 0 || d.FileSystem == "" {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := os.Stat(filepath.Dir(deep)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder was made: %v", err)
	}
}
