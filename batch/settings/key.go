package settings

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"bulkorder/batch/panel"
)

// ErrNoKey: nothing says what the key is.
var ErrNoKey = errors.New("no key")

// AnyKey is the variable of a key that names no panel.
const AnyKey = "BULKORDER_KEY"

// Key finds the key of a panel: BULKORDER_KEY_<PANEL>, BULKORDER_KEY, the configuration's key_file, its
// key_command, the system's keyring, in this order. It is never a flag: other users of the machine can read
// those. Where it is from is told as [KeySource] does. A keyring that is missing, locked or silent is as good as none,
// and costs 5 s at most.
func Key(ctx context.Context, name string, own Panel, environ func(string) string) (panel.Key, string, error) {
	for _, variable := range keyVariables(name) {
		if k := panel.NewKey(environ(variable)); !k.Empty() {
			return k, FromEnvironment(variable), nil
		}
	}
	switch {
	case own.KeyFile != "":
		k, err := fileKey(own.KeyFile)
		return k, "key_file " + own.KeyFile, err
	case own.KeyCommand != "":
		k, err := commandKey(ctx, own.KeyCommand)
		return k, "key_command", err
	}
	k, err := keyringKey(ctx, name, environ)
	if err == nil && !k.Empty() {
		return k, "keyring", nil
	}
	none := fmt.Errorf(
		"%w for panel %s; set %s or BULKORDER_KEY, or key_file in the configuration",
		ErrNoKey,
		name,
		KeyVariable(name),
	)
	if !strings.ContainsAny(name, ".:") { // a panel that is known by its address alone has no name in the keyring
		none = fmt.Errorf("%w, or store it by `bulkorder key set %s`", none, name)
	}
	if err != nil && !errors.Is(err, errNoBus) {
		return panel.Key{}, "", fmt.Errorf("%w (%w)", none, err)
	}
	return panel.Key{}, "", none
}

// FromEnvironment says that a key is from a variable.
func FromEnvironment(variable string) string { return "environment " + variable }

// KeySource tells where [Key] would take the key of a panel from, in words for a person: "environment
// BULKORDER_KEY_IGWISH", "key_file /path", "key_command", "keyring"; empty: from nowhere. It reads no file and
// runs no command. The keyring alone has to be asked, and is only where nothing else is set; an error is a
// keyring that is there and doesn't tell.
func KeySource(ctx context.Context, name string, own Panel, environ func(string) string) (string, error) {
	for _, variable := range keyVariables(name) {
		if !panel.NewKey(environ(variable)).Empty() {
			return FromEnvironment(variable), nil
		}
	}
	switch {
	case own.KeyFile != "":
		return "key_file " + own.KeyFile, nil
	case own.KeyCommand != "":
		return "key_command", nil
	}
	k, err := keyringKey(ctx, name, environ)
	switch {
	case err != nil && !errors.Is(err, errNoBus):
		return "", err
	case k.Empty():
		return "", nil
	}
	return "keyring", nil
}

func keyVariables(name string) []string { return []string{KeyVariable(name), AnyKey} }

// KeyVariable names the environment variable of one panel's key.
func KeyVariable(name string) string {
	return "BULKORDER_KEY_" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
}

func fileKey(path string) (panel.Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return panel.Key{}, fmt.Errorf("reading the key: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return panel.Key{}, fmt.Errorf(
			"the key file %s can be read by others (%v); run: chmod 600 %s",
			path,
			info.Mode().Perm(),
			path,
		)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return panel.Key{}, fmt.Errorf("reading the key: %w", err)
	}
	return firstLine(text, "the key file "+path)
}

func commandKey(ctx context.Context, command string) (panel.Key, error) {
	shell := []string{"sh", "-c"}
	if runtime.GOOS == "windows" {
		shell = []string{"cmd", "/C"}
	}
	cmd := exec.CommandContext(ctx, shell[0], append(shell[1:], command)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return panel.Key{}, fmt.Errorf("the key_command failed: %w", err)
	}
	return firstLine(out, "the key_command")
}

func firstLine(text []byte, from string) (panel.Key, error) {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	k := panel.NewKey(string(line))
	if k.Empty() {
		return k, fmt.Errorf("%w: %s gives nothing", ErrNoKey, from)
	}
	return k, nil
}
