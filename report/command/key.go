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
	"golang.org/x/term"

	"bulkorder/batch/settings"
	"bulkorder/parse"
	"bulkorder/report/terminal"
)

func (p *program) keyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "key", Short: "Keep a panel's key in the system's keyring",
		Long: `Keeps the key of a panel in the keyring of the system: the Keychain of macOS, the Credential Manager of
Windows, the Secret Service of a Linux desktop. It is the last place where a key is looked for:
BULKORDER_KEY_<PANEL>, BULKORDER_KEY, key_file and key_command win over it.`,
		// What follows may be a key that somebody took for an argument: it is never repeated.
		RunE: func(*cobra.Command, []string) error {
			return usage(
				errors.New("use `bulkorder key set PANEL` or `bulkorder key rm PANEL`; the key itself is asked for"),
			)
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use: "set PANEL", Short: "Store a panel's key in the keyring",
		Long: `Asks for the key of a panel, without showing it, and stores it in the system's keyring. Without a
terminal the key is the first line of standard input:

  bulkorder key set igwish < key.txt

The key is never an argument: other users of the machine can read those.`,
		Args: onePanel,
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) { return p.runKeySet(ctx, args[0]) }),
	}, &cobra.Command{
		Use: "rm PANEL", Short: "Take a panel's key out of the keyring", Args: onePanel,
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) { return p.runKeyRemove(ctx, args[0]) }),
	})
	return cmd
}

// runKeySet asks for a panel's key and stores it.
func (p *program) runKeySet(ctx context.Context, name string) (a answer, err error) {
	if err := p.desk.KnowsPanel(name); err != nil {
		return a, err
	}
	secret, err := p.readKey(ctx, name)
	if err != nil {
		return a, err
	}
	wins, err := p.desk.StoreKey(ctx, name, secret)
	if err != nil {
		return a, err
	}
	if wins != "" {
		fmt.Fprintln(p.err, "bulkorder: "+parse.Escape(wins)+" wins over the keyring while it is set")
	}
	return keyAnswer(name, "stored", "The key of panel "+name+" is in the system's keyring."), nil
}

// runKeyRemove takes a panel's key out of the keyring.
func (p *program) runKeyRemove(ctx context.Context, name string) (a answer, err error) {
	if err := p.desk.KnowsPanel(name); err != nil {
		return a, err
	}
	if err := p.desk.RemoveKey(ctx, name); err != nil {
		return a, err
	}
	return keyAnswer(name, "removed", "The key of panel "+name+" is no longer in the system's keyring."), nil
}

func keyAnswer(name, done, words string) answer {
	return answer{object: map[string]any{"panel": name, done: true}, chat: true, words: func(s terminal.Screen) {
		fmt.Fprintln(s.Out, parse.Escape(words))
	}}
}

// onePanel wants one argument, the name of a panel. What else stands there may be a key, and isn't repeated.
func onePanel(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage(
			fmt.Errorf("key %s takes the panel's name and nothing else; the key itself is asked for", cmd.Name()),
		)
	}
	return nil
}

// mostRead is how many bytes are read for a key.
const mostRead = 4096

// readKey takes the key from a terminal, unseen, or from the first line of standard input.
func (p *program) readKey(ctx context.Context, name string) (string, error) {
	line, err := "", error(nil)
	if p.inTerminal {
		fmt.Fprintf(p.err, "The key of panel %s (it isn't shown): ", parse.Escape(name))
		line, err = readUnseen(ctx, int(os.Stdin.Fd()))
		fmt.Fprintln(p.err)
	} else if line, err = bufio.NewReader(io.LimitReader(p.in, mostRead)).ReadString('\n'); errors.Is(err, io.EOF) {
		err = nil
	}
	secret := strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
	switch {
	case ctx.Err() != nil:
		return "", errors.New("interrupted; nothing was stored")
	case err != nil:
		return "", fmt.Errorf("reading the key: %w", err)
	}
	if err := settings.CheckKey(secret); err != nil {
		return "", usage(err)
	}
	return secret, nil
}

// readUnseen reads a line without echo. The terminal is put right again even where an interrupt ends it.
func readUnseen(ctx context.Context, terminal int) (string, error) {
	before, err := term.GetState(terminal)
	if err != nil {
		return "", err
	}
	type answer struct {
		line []byte
		err  error
	}
	answered := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(terminal)
		answered <- answer{line, err}
	}()
	select {
	case got := <-answered:
		return string(got.line), got.err
	case <-ctx.Done():
		return "", errors.Join(ctx.Err(), term.Restore(terminal, before))
	}
}
