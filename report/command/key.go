package command

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"bulkorder/batch/settings"
	"bulkorder/parse"
)

func (a *app) key() *cobra.Command {
	cmd := &cobra.Command{Use: "key", Short: "Keep a panel's key in the system's keyring",
		Long: "Keeps the key of a panel in the keyring of the system: the Keychain of macOS, the Credential Manager of Windows, the Secret Service of a Linux desktop.\n" +
			"It is the last place where a key is looked for: BULKORDER_KEY_<PANEL>, BULKORDER_KEY, key_file and key_command win over it.",
		// What follows may be a key that somebody took for an argument: it is never repeated.
		RunE: func(*cobra.Command, []string) error {
			return usageError{
				errors.New("use `bulkorder key set PANEL` or `bulkorder key rm PANEL`; the key itself is asked for"),
			}
		}}
	cmd.AddCommand(a.keySet(), a.keyRemove())
	return cmd
}

func (a *app) keySet() *cobra.Command {
	return &cobra.Command{Use: "set PANEL", Short: "Store a panel's key in the keyring",
		Long: "Asks for the key of a panel, without showing it, and stores it in the system's keyring. Without a terminal the key is the first line of standard input:\n\n" +
			"  bulkorder key set igwish < key.txt\n\nThe key is never an argument: other users of the machine can read those.",
		Args: onePanel,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, name := cmd.Context(), args[0]
			if err := a.knownPanel(name); err != nil {
				return err
			}
			secret, err := a.readKey(ctx, name)
			if err != nil {
				return err
			}
			if err := settings.StoreKey(ctx, name, secret, a.environ); err != nil {
				return err
			}
			if source, err := settings.KeySource(ctx, name, a.config.Panels[name], a.environ); err == nil &&
				source != "" &&
				source != "keyring" {
				fmt.Fprintln(a.err, "bulkorder: "+parse.Escape(source)+" wins over the keyring while it is set")
			}
			return a.tellKey(name, "stored", "The key of panel "+name+" is in the system's keyring.")
		}}
}

func (a *app) keyRemove() *cobra.Command {
	return &cobra.Command{Use: "rm PANEL", Short: "Take a panel's key out of the keyring", Args: onePanel,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.knownPanel(args[0]); err != nil {
				return err
			}
			if err := settings.RemoveKey(cmd.Context(), args[0], a.environ); err != nil {
				return err
			}
			return a.tellKey(args[0], "removed", "The key of panel "+args[0]+" is no longer in the system's keyring.")
		}}
}

// onePanel wants one argument, the name of a panel. What else stands there may be a key, and isn't repeated.
func onePanel(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usageError{
			fmt.Errorf("key %s takes the panel's name and nothing else; the key itself is asked for", cmd.Name()),
		}
	}
	return nil
}

func (a *app) tellKey(name, done, words string) error {
	switch {
	case a.flags.json:
		return json.NewEncoder(a.out).Encode(map[string]any{"panel": name, done: true})
	case !a.flags.quiet:
		fmt.Fprintln(a.out, parse.Escape(words))
	}
	return nil
}

// mostKey bounds a key, in bytes; the keyring of Windows takes no more.
const mostKey = 2500

// readKey takes the key from a terminal, unseen, or from the first line of standard input.
func (a *app) readKey(ctx context.Context, name string) (string, error) {
	line, err := "", error(nil)
	if a.inTerminal {
		fmt.Fprintf(a.err, "The key of panel %s (it isn't shown): ", parse.Escape(name))
		line, err = readUnseen(ctx, int(os.Stdin.Fd()))
		fmt.Fprintln(a.err)
	} else if line, err = bufio.NewReader(io.LimitReader(a.in, mostKey+2)).ReadString('\n'); errors.Is(err, io.EOF) {
		err = nil
	}
	secret := strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
	switch {
	case ctx.Err() != nil:
		return "", errors.New("interrupted; nothing was stored")
	case err != nil:
		return "", fmt.Errorf("reading the key: %w", err)
	case secret == "":
		return "", usageError{errors.New("the key is empty; nothing was stored")}
	case len(secret) > mostKey:
		return "", usageError{fmt.Errorf("the key is longer than %d bytes; nothing was stored", mostKey)}
	case strings.ContainsFunc(secret, unicode.IsControl):
		return "", usageError{errors.New("the key holds a control character; copy it again; nothing was stored")}
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

// knownPanel fails for a name that no panel bears, and doesn't repeat it: it may be a key in the wrong place.
func (a *app) knownPanel(name string) error {
	if slices.Contains(a.config.Names(), name) {
		return nil
	}
	return usageError{
		fmt.Errorf(
			"no panel of that name is known; known: %s; another one needs [panels.NAME] in the configuration",
			strings.Join(a.config.Names(), ", "),
		),
	}
}
