package journal

import "os"

// names can't be told cheaply on Windows.
func names(os.FileInfo) uint64 { return 1 }
