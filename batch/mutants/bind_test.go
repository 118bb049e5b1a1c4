package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestMain works where the command is run: at the top of the repository.
func TestMain(m *testing.M) {
	if err := os.Chdir("../.."); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func TestEveryMutantApplies(t *testing.T) {
	all, stale, err := load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range stale {
		t.Errorf("it no longer says how to break a rule: %v", err)
	}
	if len(all) < 100 {
		t.Errorf("only %d mutants", len(all))
	}
}

// TestTheTestsOfEveryMutantAreThere: a mutant whose tests went by another name would survive, or be run for nothing.
func TestTheTestsOfEveryMutantAreThere(t *testing.T) {
	all, _, err := load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		names := testsOf(t, m.tests)
		for pattern := range strings.SplitSeq(m.run, "|") {
			pattern, _, _ = strings.Cut(pattern, "/")
			if !regexp.MustCompile("(?m)" + pattern).MatchString(names) {
				t.Errorf("%s: %v have no test %s", m.name, m.tests, pattern)
			}
		}
	}
}

var testName = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)

// testsOf lists the tests of packages; a name's end is the end of a line.
func testsOf(t *testing.T, packages []string) string {
	t.Helper()
	var names strings.Builder
	for _, p := range packages {
		paths, err := filepath.Glob(filepath.Join(p, "*_test.go"))
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: no tests: %v", p, err)
		}
		for _, path := range paths {
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range testName.FindAllSubmatch(source, -1) {
				names.Write(append(found[1], '\n'))
			}
		}
	}
	return names.String()
}

const sample = `package p

// judge judges.
func (c *Client[T]) judge(a, b int) (string, error) {
	if a > b && // a comment
		b > 0 {
		return strings.Join([]string{
			"a",
			"b",
		}, ` + "`x\n\t y`" + `), nil
	}
	return "", nil
}

const most, least = 1 << 20, 3

func judge() {}
`

func TestCodeIsFoundHoweverItIsLaidOut(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte(sample), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ decl, old, other, whole string }{
		{"(*Client).judge", "if a > b && b > 0 {", "if a > b {", "if a > b {\n\t\treturn strings"},
		{"(*Client).judge", "[]string{\"a\", \"b\"}", "nil", "Join(nil, `x"},
		{"(*Client).judge", "`x y`", "`z`", "}, `z`), nil"},
		{"(*Client).judge", "return \"\",\n\nnil\n", "return", "return\n}"},
		{"most", "1<<20", "1 << 24", "= 1 << 24, 3"},
		{"least", "1 << 20,3", "1, 2", "least = 1, 2"},
		{"judge", "{}", "{ panic(1) }", "func judge() { panic(1) }"},
	} {
		where, err := find(dir, c.decl)
		if err != nil {
			t.Fatal(err)
		}
		source, err := where.replace(c.old, c.other)
		if err != nil || !strings.Contains(string(source), c.whole) {
			t.Errorf("%s: %q for %q: %v\n%s", c.decl, c.other, c.old, err, source)
		}
	}
}

func TestCodeThatIsNotThereOnceIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte(sample), 0o600); err != nil {
		t.Fatal(err)
	}
	where, err := find(dir, "(*Client).judge")
	if err != nil {
		t.Fatal(err)
	}
	for _, old := range []string{"nil", "c > 0", "least", "", "'", "a > b && b > 0 { return 1"} {
		if source, err := where.replace(old, "x"); err == nil {
			t.Errorf("%q is replaced:\n%s", old, source)
		}
	}
	for _, old := range []string{"y", "x y"} {
		if source, err := where.replaceText(old, "z"); err != nil || !strings.Contains(string(source), "z`), nil") {
			t.Errorf("text %q: %v\n%s", old, err, source)
		}
	}
	if _, err := where.replaceText("judge", "z"); err == nil {
		t.Error("what stands in no string is replaced as text")
	}
	for _, decl := range []string{"Client", "(Client).judge", "sent"} {
		if _, err := find(dir, decl); err == nil {
			t.Errorf("%s is found", decl)
		}
	}
}
