package command

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"

	"golang.org/x/term"

	"bulkorder/report/terminal"
)

// printList prints what may be longer than a screen: through the person's pager where there is a terminal.
func (c *console) printList(words func(terminal.Screen)) {
	screen := c.screen(c.out, c.outTerminal)
	pager := c.pager()
	if pager == nil {
		words(screen)
		return
	}
	var text bytes.Buffer
	screen.Out = &text
	words(screen)
	if _, high, err := term.GetSize(int(os.Stdout.Fd())); err != nil || bytes.Count(text.Bytes(), []byte("\n")) < high {
		_, _ = c.out.Write(text.Bytes()) // what fails is writing to a screen that nobody sees
		return
	}
	unread := bytes.NewReader(text.Bytes())
	pager.Stdin, pager.Stdout, pager.Stderr = unread, c.out, c.err
	if err := pager.Run(); err != nil && unread.Len() == text.Len() { // it never began to read
		_, _ = io.Copy(c.out, &text)
	}
}

// pagerOf is the pager that the environment names, or less where the terminal can do what it does.
func pagerOf(environ func(string) string) string {
	if named := environ("PAGER"); named != "" || environ("TERM") == "dumb" {
		return named
	}
	return "less"
}

// pager is the command that long texts are given to; nil: there is none, or nobody reads.
func (c *console) pager() *exec.Cmd {
	words := strings.Fields(c.paging)
	if !c.outTerminal || c.quiet || len(words) == 0 || words[0] == "cat" {
		return nil
	}
	path, err := exec.LookPath(words[0])
	if err != nil {
		return nil
	}
	cmd := exec.Command(path, words[1:]...)
	if cmd.Env = os.Environ(); os.Getenv("LESS") == "" {
		keys := "LESS=FRX" // colours, and what was read stays on the screen
		if c.tables {
			keys += "S" // the arrow keys show what is beside
		}
		cmd.Env = append(cmd.Env, keys)
	}
	return cmd
}
