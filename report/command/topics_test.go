package command

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bulkorder/batch/journal"
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
		first, _, _ := strings.Cut(strings.TrimLeft(topic(name), "# -"), " ")
		if c.out.Len() < 500 || !strings.HasPrefix(strings.TrimSpace(c.out.String()), first) || strings.Contains(c.out.String(), "{{") {
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
	for _, f := range parse.KnownFields() {
		if !strings.Contains(topic("sheets"), f.Heading) {
			t.Errorf("help sheets doesn't tell of the column %s", f.Heading)
		}
	}
	for _, w := range parse.Warnings() {
		if !strings.Contains(topic("sheets"), "- "+w.Name+": ") {
			t.Errorf("help sheets doesn't tell of the warning %s", w.Name)
		}
	}
}

// called finds the command of a line, and fails where it doesn't know a flag, or needs one that isn't there.
func called(t *testing.T, root *cobra.Command, line string) *cobra.Command {
	t.Helper()
	line, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "bulkorder "), " ||")
	cmd, rest, err := root.Find(strings.Fields(line))
	if err != nil || cmd == root {
		t.Errorf("there is no command %q: %v", line, err)
		return nil
	}
	for _, word := range rest {
		name, is := strings.CutPrefix(word, "--")
		if is && cmd.Flags().Lookup(name) == nil && cmd.InheritedFlags().Lookup(name) == nil {
			t.Errorf("%s has no --%s: %s", cmd.Name(), name, line)
		}
	}
	if decides := strings.Contains(line, "laced") || strings.Contains(line, "--although"); decides &&
		cmd.Name() == "settle" && !strings.Contains(line, "--reason ") {
		t.Errorf("a decision is kept with its reason: %s", line)
	}
	return cmd
}

// TestWhatTopicsTellToTypeIsThere: each command is known, and has the flags that are shown with it.
func TestWhatTopicsTellToTypeIsThere(t *testing.T) {
	root := newShop(t, sandbox.Config{}).call("").commands()
	root.InitDefaultHelpCmd()
	commands := regexp.MustCompile("(?m)^  bulkorder (.*)|`bulkorder ([^`]*)`")
	seen := 0
	for _, cmd := range root.Commands() {
		for _, found := range commands.FindAllStringSubmatch(strings.ReplaceAll(topic(cmd.Name()), "\\\n   ", ""), -1) {
			called(t, root, found[1]+found[2])
			seen++
		}
	}
	if seen < 30 {
		t.Errorf("%d commands were found in all topics", seen)
	}
}

// TestEachCommandHasExamples: of itself, with flags that it has.
func TestEachCommandHasExamples(t *testing.T) {
	root := newShop(t, sandbox.Config{}).call("").commands()
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		for _, one := range cmd.Commands() {
			look(one)
		}
		if cmd.HasSubCommands() || cmd.Hidden || !cmd.Runnable() { // what only has commands of its own shows those
			return
		}
		if cmd.Example == "" {
			t.Errorf("%s has no example", cmd.CommandPath())
		}
		for line := range strings.Lines(cmd.Example) {
			if found := called(t, root, line); found != nil && found != cmd {
				t.Errorf("an example of %s calls %s", cmd.CommandPath(), found.CommandPath())
			}
		}
	}
	look(root)
}

// TestTheFlagsOfTopicsAreThere: what they tell to say is a flag of some command.
func TestTheFlagsOfTopicsAreThere(t *testing.T) {
	root := newShop(t, sandbox.Config{}).call("").commands()
	known := map[string]bool{}
	var note func(cmd *cobra.Command)
	note = func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known[f.Name] = true })
		cmd.InheritedFlags().VisitAll(func(f *pflag.Flag) { known[f.Name] = true })
		for _, one := range cmd.Commands() {
			note(one)
		}
	}
	note(root)
	parts := func(r rune) bool { return !strings.ContainsRune(flagLetters, r) }
	for _, cmd := range root.Commands() {
		for word := range strings.FieldsFuncSeq(topic(cmd.Name()), parts) {
			if name, is := strings.CutPrefix(word, "--"); is && name != "" && !known[name] {
				t.Errorf("%s: there is no --%s", cmd.Name(), name)
			}
		}
	}
}

// TestTopicsTellOfAllThereIs: each state, reason to hold and exit code is in its topic.
func TestTopicsTellOfAllThereIs(t *testing.T) {
	for _, state := range journal.States() {
		if !strings.Contains(topic("states"), string(state)) {
			t.Errorf("help states doesn't tell of %s", state)
		}
	}
	for _, reason := range []journal.Reason{journal.Duplicate, journal.Repeat, journal.Reordered, journal.Dearer,
		journal.Changed, journal.Dear, journal.OverCap, journal.Warned, journal.InWorkbook, journal.Forgotten,
		journal.Left} {
		if !strings.Contains(topic("states"), "- "+string(reason)+": ") {
			t.Errorf("help states doesn't tell of the reason %s", reason)
		}
	}
	for _, code := range []int{exitOK, exitOther, exitUsage, exitProblems, exitFinished, exitStopped, exitInDoubt, exitPanel,
		exitHeld, exitInterrupted} {
		if !strings.Contains(topic("exit-codes"), fmt.Sprintf("- %d: ", code)) {
			t.Errorf("help exit-codes doesn't tell of %d", code)
		}
	}
}

const flagLetters = "abcdefghijklmnopqrstuvwxyz-"

// TestWhatFlagsTakeHasAName: of its own, not of a type of Go.
func TestWhatFlagsTakeHasAName(t *testing.T) {
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		for _, one := range cmd.Commands() {
			look(one)
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			takes, _ := pflag.UnquoteUsage(f)
			if f.Hidden {
				return
			}
			switch takes {
			case "string", "strings", "stringArray", "stringSlice", "int", "ints", "int64", "uint", "float", "float64", "long",
				"value", "bools", "uints":
				t.Errorf("%s: --%s takes %q", cmd.CommandPath(), f.Name, takes)
			}
		})
	}
	look(newShop(t, sandbox.Config{}).call("").commands())
}
