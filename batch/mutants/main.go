// Command mutants breaks the safety rules on purpose, one at a time, and runs the tests that must notice. A
// rule whose breaking no test notices isn't kept by anything but good will.
//
// Each file *.mutant of this folder is one breaking: what it breaks, in words; the package and the function,
// method, constant or variable that it changes, the packages whose tests must notice, and which tests; the old
// Go, which occurs there once, and the new one. The old Go is compared token by token: how lines are broken, and
// in which file of the package it stands, doesn't count. "--- old text" names a part of a string instead, such
// as SQL. "file:" names a file that isn't Go. A mutant compiles, or it breaks nothing. Nothing in the working tree is
// changed: the go command is given the mutated file in an overlay, which reaches the builds that tests make too.
//
//	go run ./batch/mutants             # all
//	go run ./batch/mutants key-first   # these
//	go run ./batch/mutants -list       # only tells whether all of them apply
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

const folder = "batch/mutants"

// mutant is one breaking of a rule.
type mutant struct {
	name   string
	folder string   // of the package that it changes, from the top of the repository; empty: file is no Go
	decl   string   // the function, method, constant or variable
	file   string   // that it changes, from the top of the repository
	tests  []string // packages
	run    string   // of go test; empty: all tests of the packages
	source []byte   // of the file, mutated
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(names []string) error {
	onlyList := len(names) > 0 && names[0] == "-list"
	if onlyList {
		names = names[1:]
	}
	all, stale, err := load(names)
	if err != nil {
		return err
	}
	for _, err := range stale {
		fmt.Println("ERROR   ", err)
	}
	if onlyList {
		return list(all, stale)
	}
	if err := unmutated(all); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	failed := len(stale)
	for _, m := range all {
		began := time.Now()
		by, err := m.try(filepath.Join(dir, m.name))
		seconds := time.Since(began).Seconds()
		switch {
		case err != nil:
			failed++
			fmt.Printf("ERROR    %s: %v\n", m.name, err)
		case by == "":
			failed++
			fmt.Printf("SURVIVED %s (%.1f s)\n", m.name, seconds)
		default:
			fmt.Printf("caught   %s by %s (%.1f s)\n", m.name, by, seconds)
		}
	}
	fmt.Printf("%d passed, %d failed\n", len(all)+len(stale)-failed, failed)
	if failed > 0 {
		return errors.New("a safety rule is kept by no test, or a mutant no longer says how to break one")
	}
	return nil
}

// list tells where each mutant applies.
func list(all []mutant, stale []error) error {
	for _, m := range all {
		fmt.Printf("applies  %s: %s of %s\n", m.name, m.decl, m.file)
	}
	if len(stale) > 0 {
		return fmt.Errorf("%d of %d mutants don't apply", len(stale), len(stale)+len(all))
	}
	return nil
}

// load reads the mutants of these names, or all. stale tells which don't apply.
func load(names []string) (all []mutant, stale []error, err error) {
	paths, err := filepath.Glob(folder + "/*.mutant")
	if err != nil || len(paths) == 0 {
		return nil, nil, cmp.Or(err, errors.New("no mutants in "+folder+"; run this at the top of the repository"))
	}
	wanted := map[string]bool{}
	for _, n := range names {
		wanted[strings.TrimSuffix(filepath.Base(n), ".mutant")] = true
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".mutant")
		if len(names) > 0 && !wanted[name] {
			continue
		}
		delete(wanted, name)
		m, err := read(path)
		if err != nil {
			stale = append(stale, fmt.Errorf("%s: %w", name, err))
			continue
		}
		all = append(all, m)
	}
	for n := range wanted {
		return nil, nil, fmt.Errorf("no mutant %q in %s", n, folder)
	}
	return all, stale, nil
}

// read reads one mutant and applies it.
func read(path string) (mutant, error) {
	m := mutant{name: strings.TrimSuffix(filepath.Base(path), ".mutant")}
	text, err := os.ReadFile(path)
	if err != nil {
		return m, err
	}
	head, rest, hasOld := strings.Cut(string(text), "\n--- old")
	old, other, hasNew := strings.Cut(rest, "\n--- new\n")
	if !hasOld || !hasNew {
		return m, errors.New("it needs an old and a new text")
	}
	m.head(head)
	if len(m.tests) == 0 || (m.file == "") == (m.folder == "") {
		return m, errors.New("it needs tests, and a place in a package or a file")
	}
	return m, m.apply(old, strings.TrimSuffix(other, "\n"))
}

func (m *mutant) head(text string) {
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); name {
		case "in":
			m.folder, m.decl, _ = strings.Cut(value, " ")
		case "file":
			m.file = value
		case "tests":
			m.tests = strings.Fields(value)
		case "run":
			m.run = value
		}
	}
}

// apply makes the mutated source. old begins behind the words "--- old".
func (m *mutant) apply(old, other string) error {
	old, isText := strings.CutPrefix(old, " text")
	where := place{file: m.file}
	var err error
	if m.folder != "" {
		where, err = find(m.folder, m.decl)
	} else {
		where.source, err = os.ReadFile(m.file)
	}
	if err != nil {
		return err
	}
	m.file = where.file
	switch {
	case m.folder == "":
		hits := loose(old).FindAllIndex(where.source, -1)
		if len(hits) != 1 {
			return fmt.Errorf("its old text occurs %d times in %s", len(hits), m.file)
		}
		m.source = where.splice(hits[0][0], hits[0][1], other)
	case isText:
		m.source, err = where.replaceText(old, other)
	default:
		m.source, err = where.replace(old, other)
	}
	if err != nil {
		return fmt.Errorf("%s of %s: %w", m.decl, m.folder, err)
	}
	return nil
}

// unmutated runs all the tests that the mutants name: what fails anyway notices nothing.
func unmutated(all []mutant) error {
	patterns := map[string][]string{} // by packages
	for _, m := range all {
		for _, p := range m.tests {
			patterns[p] = append(patterns[p], cmp.Or(m.run, "."))
		}
	}
	for _, p := range slices.Sorted(maps.Keys(patterns)) {
		slices.Sort(patterns[p])
		began := time.Now()
		out, err := test("", strings.Join(slices.Compact(patterns[p]), "|"), p)
		if err != nil {
			return fmt.Errorf("the tests of %s fail without a mutant:\n%s", p, out)
		}
		fmt.Printf("unharmed %s (%.1f s)\n", p, time.Since(began).Seconds())
	}
	return nil
}

// try runs the tests with the mutant and tells which one failed; empty: none did.
func (m mutant) try(dir string) (by string, err error) {
	overlay, err := m.overlay(dir)
	if err != nil {
		return "", err
	}
	out, err := test(overlay, m.run, m.tests...)
	if err == nil {
		return "", nil
	}
	if by := failure(out); by != "" {
		return by, nil
	}
	return "", fmt.Errorf("it doesn't compile, or its tests don't begin:\n%s", out)
}

// overlay writes the mutated source and the file that puts it in the place of the true one.
func (m mutant) overlay(dir string) (string, error) {
	path, err := filepath.Abs(m.file)
	if err != nil {
		return "", err
	}
	mutated := filepath.Join(dir, filepath.Base(m.file))
	text, err := json.Marshal(map[string]any{"Replace": map[string]string{path: mutated}})
	if err != nil {
		return "", err
	}
	list := filepath.Join(dir, "overlay.json")
	return list, errors.Join(
		os.Mkdir(dir, 0o700),
		os.WriteFile(mutated, m.source, 0o600),
		os.WriteFile(list, text, 0o600),
	)
}

// test runs tests and gives what they print.
func test(overlay, pattern string, packages ...string) ([]byte, error) {
	args := []string{"test", "-count=1", "-failfast", "-vet=off", "-timeout=120s"}
	if pattern != "" {
		args = append(args, "-run", pattern)
	}
	return command(overlay, append(args, packages...)...).CombinedOutput()
}

// command calls the go command with an overlay, by the environment: that reaches the builds that the tests
// themselves make.
func command(overlay string, args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	if overlay != "" {
		cmd.Env = append(os.Environ(), "GOFLAGS="+os.Getenv("GOFLAGS")+" '-overlay="+overlay+"'")
	}
	return cmd
}

var failedTest = regexp.MustCompile(`(?m)^ *--- FAIL: (\S+)`)

// failure finds the test that noticed, a subtest rather than the one that it is in. Empty: none did, whatever
// else went wrong.
func failure(out []byte) string {
	by := ""
	for _, found := range failedTest.FindAllSubmatch(out, -1) {
		if name := string(found[1]); by == "" || strings.HasPrefix(name, by+"/") {
			by = name
		}
	}
	switch {
	case by != "":
		return by
	case bytes.Contains(out, []byte("panic: test timed out")):
		return "a test that timed out"
	case bytes.Contains(out, []byte("panic: ")):
		return "a panic"
	}
	return ""
}
