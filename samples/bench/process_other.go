//go:build !unix

package main

import (
	"errors"
	"os"
)

// peak isn't told by this system.
func peak(*os.ProcessState) int64 { return 0 }

// halt and goOn are signals that this system doesn't have.
func halt(*os.Process) error { return errors.ErrUnsupported }
func goOn(*os.Process) error { return errors.ErrUnsupported }
