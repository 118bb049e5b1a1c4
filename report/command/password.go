package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"bulkorder/report/terminal"
	"bulkorder/report/web"
)

func (p *program) passwordCommand() *cobra.Command {
	return &cobra.Command{
		Use: "password NAME", Short: "Make a password's line for the configuration",
		Long: `Asks for a password, without showing it, and prints what the configuration needs so that a person of this name
can sign in to the page. Without a terminal the password is the first line of standard input. The password itself is
kept nowhere.`,
		Args: exactly(1, "the person's name"),
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) { return p.runPassword(ctx, args[0]) }),
	}
}

// runPassword prints what lets a person sign in.
func (p *program) runPassword(ctx context.Context, name string) (a answer, err error) {
	password, err := p.askPassword(ctx, "The password of "+name+" (it isn't shown): ")
	if err == nil && p.inTerminal {
		var again string
		if again, err = p.askPassword(ctx, "Once more: "); err == nil && again != password {
			err = usage(errors.New("these are two passwords"))
		}
	}
	if err != nil {
		return a, err
	}
	hash, err := web.HashPassword(password)
	if err != nil {
		return a, usage(err)
	}
	return answer{object: map[string]string{"name": name, "password": hash}, words: func(s terminal.Screen) {
		fmt.Fprintf(s.Out, "[people.%s]\npassword = '%s'\n", tomlKey(name), hash)
	}}, nil
}

// tomlKey writes a name as a key of the configuration.
func tomlKey(name string) string {
	plain := func(c rune) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
	}
	if name != "" && !strings.ContainsFunc(name, func(c rune) bool { return !plain(c) }) {
		return name
	}
	return fmt.Sprintf("%q", name)
}

// askPassword takes a password from a terminal, unseen, or from the first line of standard input.
func (p *program) askPassword(ctx context.Context, question string) (string, error) {
	if p.inTerminal {
		fmt.Fprint(p.err, question)
		line, err := readUnseen(ctx, int(os.Stdin.Fd()))
		fmt.Fprintln(p.err)
		return line, err
	}
	line, err := bufio.NewReader(io.LimitReader(p.in, mostRead)).ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}
