package settings

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/zalando/go-keyring"

	"bulkorder/batch/panel"
)

// keyringService is the name under which the system's keyring keeps our keys; its users are the panels' names.
const keyringService = "bulkorder"

// How long the keyring may take. A person who stores a key may have to unlock it first; a run that only asks
// whether a key is there mustn't stand still for it.
const keyringTime, keyringPatience = 5 * time.Second, time.Minute

// ErrNoKeyring: the system has no keyring that could be used, or it doesn't let us.
var ErrNoKeyring = errors.New("the system's keyring can't be used")

// StoreKey puts a panel's key into the system's keyring, in place of the one that it has. [ErrNoKeyring]
// where there is none; the error says what to use instead.
func StoreKey(ctx context.Context, name, secret string, environ func(string) string) error {
	_, err := useKeyring(ctx, environ, keyringPatience, func() (string, error) {
		return "", keyring.Set(keyringService, name, secret)
	})
	if err != nil {
		return instead(name, err)
	}
	return nil
}

// RemoveKey takes a panel's key out of the system's keyring. [ErrNoKey]: it holds none; [ErrNoKeyring] as for
// [StoreKey].
func RemoveKey(ctx context.Context, name string, environ func(string) string) error {
	_, err := useKeyring(ctx, environ, keyringPatience, func() (string, error) {
		return "", keyring.Delete(keyringService, name)
	})
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return fmt.Errorf("the system's keyring holds %w of panel %s", ErrNoKey, name)
	case err != nil:
		return instead(name, err)
	}
	return nil
}

// keyringKey asks the keyring for a panel's key; an empty one with no error: it holds none.
func keyringKey(ctx context.Context, name string, environ func(string) string) (panel.Key, error) {
	secret, err := useKeyring(
		ctx,
		environ,
		keyringTime,
		func() (string, error) { return keyring.Get(keyringService, name) },
	)
	if errors.Is(err, keyring.ErrNotFound) {
		return panel.Key{}, nil
	}
	return panel.NewKey(secret), err
}

// instead says what to use where there is no keyring.
func instead(name string, err error) error {
	return fmt.Errorf(
		"%w; on a server or in a container use %s, or key_file or key_command in the configuration",
		err,
		KeyVariable(name),
	)
}

// errNoBus: without a session bus there can be no Secret Service.
var errNoBus = errors.New("this session has no D-Bus, so there is no Secret Service")

// useKeyring makes one call to the keyring. The library's calls can't be stopped, and one over D-Bus may wait
// for a service that never answers: it is left behind then, and ends with the process.
func useKeyring(
	ctx context.Context,
	environ func(string) string,
	longest time.Duration,
	call func() (string, error),
) (string, error) {
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err := findBus(environ); err != nil {
		return "", fmt.Errorf("%w: %w", ErrNoKeyring, err)
	}
	type answer struct {
		secret string
		err    error
	}
	answered := make(chan answer, 1)
	go func() {
		secret, err := call()
		answered <- answer{secret, err}
	}()
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	select {
	case a := <-answered:
		if a.err != nil && !errors.Is(a.err, keyring.ErrNotFound) {
			a.err = fmt.Errorf("%w: %w", ErrNoKeyring, a.err)
		}
		return a.secret, a.err
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return "", fmt.Errorf("%w: it gave no answer; unlock it and try again", ErrNoKeyring)
		}
		return "", ctx.Err()
	}
}

// findBus fails on Linux where nothing says that there is a session bus: the library would start one of its
// own, which nobody ends.
func findBus(environ func(string) string) error {
	const variable = "DBUS_SESSION_BUS_ADDRESS"
	if runtime.GOOS != "linux" {
		return nil
	}
	if address := environ(variable); address != "" && !strings.HasPrefix(address, "autolaunch:") {
		return nil
	}
	socket := filepath.Join(environ("XDG_RUNTIME_DIR"), "bus")
	if _, err := os.Stat(socket); err != nil || !filepath.IsAbs(socket) {
		return errNoBus
	}
	// The library looks in /run/user alone, whatever XDG_RUNTIME_DIR says.
	return os.Setenv(variable, "unix:path="+(&url.URL{Path: socket}).EscapedPath())
}
