package main

import (
	"context"
	"os/exec"
	"slices"
	"strings"
)

// python is the Python of this machine, with what it has for the script.
type python struct {
	program string
	version string
	script  string   // the script's file
	lacks   []string // packages, by the names of their Debian packages
}

func (p python) words() string {
	switch {
	case p.program == "":
		return "no Python"
	case len(p.lacks) > 0:
		return p.version + " without " + strings.Join(p.lacks, ", ")
	}
	return p.version
}

// findPython looks for the Python that has most of what the script needs.
func findPython(ctx context.Context, named string) (best python) {
	candidates := []string{"python3", "/usr/bin/python3"}
	if named != "" {
		candidates = []string{named}
	}
	for _, program := range candidates {
		version, err := exec.CommandContext(ctx, program, "--version").Output()
		if err != nil {
			continue
		}
		p := python{program: program, version: strings.TrimSpace(string(version))}
		for _, name := range []string{"requests", "openpyxl"} {
			if exec.CommandContext(ctx, program, "-c", "import "+name).Run() != nil {
				p.lacks = append(p.lacks, "python3-"+name)
			}
		}
		if best.program == "" || len(p.lacks) < len(best.lacks) {
			best = p
		}
	}
	return best
}

// cannot is why the script can't be measured with what it needs; empty: it can.
func (p python) cannot(needs ...string) string {
	if p.program == "" {
		return "no python3"
	}
	var missing []string
	for _, name := range needs {
		if slices.Contains(p.lacks, name) {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return ""
	}
	return "no " + strings.Join(missing, ", ")
}

// script makes a call of the script in Python.
func (a account) script(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, a.bench.python.program, append([]string{a.bench.python.script}, args...)...)
	cmd.Dir, cmd.Env = a.dir, a.environ()
	return cmd
}

// goScript makes a call of the script in Go.
func (a account) goScript(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, a.bench.self, append([]string{"script"}, args...)...)
	cmd.Dir, cmd.Env = a.dir, a.environ()
	return cmd
}
