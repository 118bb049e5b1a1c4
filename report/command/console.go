package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/terminal"
)

// console is where a command reads, prints and asks.
type console struct {
	in                                   io.Reader
	out, err                             io.Writer
	inTerminal, outTerminal, errTerminal bool

	json, quiet, verbose, noColor bool
	tables                        bool          // are printed in full
	plain                         bool          // the environment wants no colours
	said                          said          // what the command line says, for the next one
	lines                         *bufio.Reader // of in, once something was asked
	life                          *terminal.Life
	paging                        string // the command by which long texts are read; empty: there is none
}

// answer is what a command came to: one object for a program, words for a person, and the exit code.
type answer struct {
	object any
	words  func(terminal.Screen) // nil: there is nothing to print
	chat   bool                  // --quiet leaves the words out
	list   bool                  // the words may be longer than a screen
	code   int
}

// beAlive begins to give signs of life on standard error, unless what runs stays and logs.
func (c *console) beAlive(stays bool) {
	if c.life != nil {
		return
	}
	form := terminal.Plain
	switch {
	case c.quiet || stays:
		form = terminal.Quiet
	case c.json:
		form = terminal.JSON
	}
	c.life = terminal.NewLife(c.err, c.errTerminal, form)
	c.life.Columns = c.wide
	c.err = c.life
}

// wide is the width of the terminal on which errors are shown; 0: there is none.
func (c *console) wide() int {
	width, _, err := term.GetSize(int(os.Stderr.Fd()))
	if err != nil || !c.errTerminal {
		return 0
	}
	return width
}

// print prints an answer. It is the one place that tells JSON from words.
func (c *console) print(a answer) error {
	switch {
	case a.words == nil && a.object == nil:
		return nil
	case c.json:
		return report.WriteObject(c.out, c.pasted(a.object))
	case a.words != nil && a.list:
		c.printList(a.words)
	case a.words != nil && !(a.chat && c.quiet):
		a.words(c.screen(c.out, c.outTerminal))
	}
	return nil
}

// pasted gives an object whose next command can be pasted.
func (c *console) pasted(object any) any {
	switch o := object.(type) {
	case report.Result:
		o.Next = c.said.in(o.Next)
		return o
	case settledResult:
		o.Next = c.said.in(o.Next)
		return o
	}
	return object
}

// screen prints for a person.
func (c *console) screen(w io.Writer, isTerminal bool) terminal.Screen {
	s := terminal.Screen{Out: w, Color: isTerminal && !c.noColor && !c.plain, Command: c.said.in}
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && isTerminal {
		s.Width, s.Wide = width, c.tables
	}
	return s
}

// notes tells what is beside the result.
func (c *console) notes(all []string) {
	for _, note := range all {
		fmt.Fprintln(c.err, parse.Escape(note))
	}
}

// say tells a person what goes on: nothing with --json or --quiet.
func (c *console) say(format string, args ...any) {
	if !c.quiet && !c.json {
		fmt.Fprintf(c.err, format+"\n", args...)
	}
}

var errDeclined = errors.New("nothing was sent")

// agree asks a person at a terminal; yes is an answer that was given beforehand. what would be done is told where
// there is no terminal to ask at.
func (c *console) agree(ctx context.Context, yes bool, what, question string) error {
	switch {
	case yes:
		return nil
	case !c.inTerminal:
		return usage(fmt.Errorf("%s, and there is no terminal to ask at; give --yes to send", what))
	}
	return c.confirm(ctx, question)
}

// wants asks a person at a terminal, and tells whether the answer is yes.
func (c *console) wants(ctx context.Context, question string) (bool, error) {
	err := c.confirm(ctx, question)
	if errors.Is(err, errDeclined) && ctx.Err() == nil {
		return false, nil
	}
	return err == nil, err
}

// confirm asks a person at a terminal and waits for a yes.
func (c *console) confirm(ctx context.Context, question string) error {
	fmt.Fprint(c.err, question)
	answer, ok := c.line(ctx)
	if answer = strings.ToLower(answer); !ok || answer != "y" && answer != "yes" {
		return errDeclined
	}
	return nil
}
