package settings

import (
	"fmt"

	"golang.org/x/sys/windows"
)

func lookAtDisk(dir string) (Disk, error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return Disk{}, fmt.Errorf("asking for the drive of %s: %w", dir, err)
	}
	volume := make([]uint16, len(dir)+windows.MAX_PATH)
	if err := windows.GetVolumePathName(path, &volume[0], uint32(len(volume))); err != nil {
		return Disk{}, fmt.Errorf("asking for the drive of %s: %w", dir, err)
	}
	var d Disk
	switch windows.GetDriveType(&volume[0]) {
	case windows.DRIVE_REMOTE:
		d.FileSystem, d.Remote = "network drive", true
	case windows.DRIVE_RAMDISK:
		d.FileSystem, d.Local, d.Fleeting = "RAM disk", true, true
	case windows.DRIVE_FIXED:
		d.FileSystem, d.Local = "fixed drive", true
	case windows.DRIVE_REMOVABLE:
		d.FileSystem, d.Local = "removable drive", true
	}
	d.FreeTold = windows.GetDiskFreeSpaceEx(path, &d.Free, nil, nil) == nil
	return d, nil
}
