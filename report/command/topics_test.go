package command

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/terminal"
	"bulkorder/samples/sandbox"
)

// TestTheTopics: each is told whole, with what the tables know, and fits a narrow terminal.
func TestTheTopics(t *testing.T) {
	files, err := os.ReadDir("topics")
	if err != nil {
		t.Fatal(err)
	}
	s := newShop(t, sandbox.Config{})
	for _, file := range files {
		name := strings.TrimSuffix(file.Name(), ".txt")
		c := s.call("")
		if code := c.run(t.Context(), []string{"help", name}); code != exitOK {
			t.Errorf("help %s: exit %d, %s", name, code, c.errs)
		}
		if c.out.Len() < 500 || strings.Contains(c.out.String(), "{{") {
			t.Errorf("help %s:\n%s", name, c.out)
		}
		var narrow bytes.Buffer
		terminal.Screen{Out: &narrow, Width: 60}.Topic(topic(name))
		for line := range strings.Lines(narrow.String()) {
			if report.Width(strings.TrimRight(line, "\n")) > 60 {
				t.Errorf("%s: wider than 60 columns: %s", name, line)
			}
		}
	}
	for _, w := range parse.Warnings() {
		if !strings.Contains(topic("sheets"), "- "+w.Name+": ") {
			t.Errorf("help sheets doesn't tell of the warning %s", w.Name)
		}
	}
}

// TestTheFlagsOfATopicAreThere: what help tells to type is a flag of run.
func TestTheFlagsOfATopicAreThere(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	cmd := s.call("").runCommand()
	parts := func(r rune) bool { return !strings.ContainsRune(flagLetters, r) }
	for word := range strings.FieldsFuncSeq(topic("sheets"), parts) {
		if name, is := strings.CutPrefix(word, "--"); is && name != "" && cmd.Flags().Lookup(name) == nil {
			t.Errorf("there is no --%s", name)
		}
	}
}

const flagLetters = "abcdefghijklmnopqrstuvwxyz-"
