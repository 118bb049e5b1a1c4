//go:build !unix

package pgtest

import "os/exec"

func asNobody(*exec.Cmd, string) error { return errNone }
