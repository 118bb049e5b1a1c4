package settings

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"bulkorder/batch/panel"
)

// TestMain takes a keyring in memory, so that no test reaches the developer's own.
func TestMain(m *testing.M) {
	keyring.MockInit()
	os.Exit(m.Run())
}

// variables is an environment; it has a session bus, so that the keyring is asked.
func variables(pairs ...string) func(string) string {
	all := map[string]string{"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
	for i := 0; i < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return all[name] }
}

// sent gives the secret of a key as a panel is sent it, which is the only way out of it.
func sent(t *testing.T, k panel.Key) string {
	t.Helper()
	var secret string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secret = r.PostFormValue("key")
		fmt.Fprint(w, `{"balance":"1","currency":"USD"}`)
	}))
	defer server.Close()
	c, err := panel.New(panel.Panel{Name: "p", URL: server.URL}, k, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Balance(t.Context()); err != nil {
		t.Fatal(err)
	}
	return secret
}

// TestTheOrderOfTheSources takes one source after the other away: the next one is taken.
func TestTheOrderOfTheSources(t *testing.T) {
	keyring.MockInit()
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte("of the file\nanother line\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := StoreKey(t.Context(), "my-panel", "of the keyring", variables()); err != nil {
		t.Fatal(err)
	}
	command := Panel{KeyCommand: "echo of the command"}
	for _, tt := range []struct {
		own                Panel
		environ            func(string) string
		want, source, name string
	}{
		{
			Panel{KeyFile: file, KeyCommand: "exit 1"},
			variables("BULKORDER_KEY_MY_PANEL", "of the panel", "BULKORDER_KEY", "of all"), "of the panel",
			"environment BULKORDER_KEY_MY_PANEL", "my-panel",
		},
		{
			Panel{KeyFile: file, KeyCommand: "exit 1"}, variables("BULKORDER_KEY", " of all "), "of all",
			"environment BULKORDER_KEY", "my-panel",
		},
		{
			Panel{KeyFile: file, KeyCommand: "exit 1"}, variables("BULKORDER_KEY", " "), "of the file",
			"key_file " + file, "my-panel",
		},
		{command, variables(), "of the command", "key_command", "my-panel"},
		{Panel{}, variables(), "of the keyring", "keyring", "my-panel"},
		{Panel{}, variables(), "", "", "another"},
	} {
		k, _, err := Key(t.Context(), tt.name, tt.own, tt.environ)
		if tt.want == "" {
			if !errors.Is(err, ErrNoKey) || !k.Empty() {
				t.Errorf("from nowhere: %v, empty %v", err, k.Empty())
			}
		} else if err != nil || sent(t, k) != tt.want {
			t.Errorf("%s: the key isn't %q, error %v", tt.source, tt.want, err)
		}
		if source, err := KeySource(t.Context(), tt.name, tt.own, tt.environ); err != nil || source != tt.source {
			t.Errorf("the source is %q, error %v; want %q", source, err, tt.source)
		}
	}
}

func TestAKeyFileLiesBesideTheConfiguration(t *testing.T) {
	dir, home := t.TempDir(), t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	t.Chdir(t.TempDir())
	config := filepath.Join(dir, "config.toml")
	text := "[panels.a]\nkey_file = 'keys/a.key'\n[panels.b]\nkey_file = '~/b.key'\n[panels.c]\nkey_file = '" +
		filepath.Join(home, "c.key") + "'\n[panels.d]\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(config)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"a": filepath.Join(dir, "keys", "a.key"), "b": filepath.Join(home, "b.key"), "c": filepath.Join(home, "c.key"), "d": "",
	} {
		if got := c.Panels[name].KeyFile; got != want {
			t.Errorf("panel %s: %q, want %q", name, got, want)
		}
	}
}

func TestTheSourceIsToldWithoutReadingIt(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "ran")
	for source, own := range map[string]Panel{
		"key_file /no/such/file": {KeyFile: "/no/such/file"}, "key_command": {KeyCommand: "echo x > " + mark},
	} {
		if got, err := KeySource(t.Context(), "p", own, variables()); err != nil || got != source {
			t.Errorf("got %q, %v; want %q", got, err, source)
		}
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("the key_command ran")
	}
}

func TestKeysThatCannotBeHad(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, tt := range []struct {
		name string
		own  Panel
		says string
		unix bool
	}{
		{"a file that its group can read", Panel{KeyFile: write("group", "s3cret", 0o640)}, "chmod 600", true},
		{"a file that all can read", Panel{KeyFile: write("all", "s3cret", 0o604)}, "chmod 600", true},
		{"a file that isn't there", Panel{KeyFile: filepath.Join(dir, "none")}, "none", false},
		{"an empty file", Panel{KeyFile: write("empty", "\ns3cret", 0o600)}, "gives nothing", false},
		{"a command that fails", Panel{KeyCommand: "exit 3"}, "key_command failed", false},
		{"a command that says nothing", Panel{KeyCommand: "exit 0"}, "gives nothing", false},
	} {
		if tt.unix && runtime.GOOS == "windows" {
			continue
		}
		k, _, err := Key(t.Context(), "p", tt.own, variables())
		if err == nil || !strings.Contains(err.Error(), tt.says) || !k.Empty() {
			t.Errorf("%s: %q is not in the error: %v", tt.name, tt.says, err)
		} else if strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the key is shown: %v", tt.name, err)
		}
	}
}

func TestNoKeySaysWhatToDo(t *testing.T) {
	keyring.MockInit()
	_, _, err := Key(t.Context(), "igwish", Panel{}, func(string) string { return "" })
	const want = "no key for panel igwish; set BULKORDER_KEY_IGWISH or BULKORDER_KEY, " +
		"or key_file in the configuration, or store it by `bulkorder key set igwish`"
	if !errors.Is(err, ErrNoKey) || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestTheKeyring(t *testing.T) {
	keyring.MockInit()
	if err := RemoveKey(t.Context(), "p", variables()); !errors.Is(err, ErrNoKey) || errors.Is(err, ErrNoKeyring) {
		t.Errorf("removing what isn't there: %v", err)
	}
	for _, secret := range []string{"first", "second"} {
		if err := StoreKey(t.Context(), "p", secret, variables()); err != nil {
			t.Fatal(err)
		}
		if k, _, err := Key(t.Context(), "p", Panel{}, variables()); err != nil || sent(t, k) != secret {
			t.Errorf("the key isn't %q, error %v", secret, err)
		}
	}
	if got, err := keyring.Get("bulkorder", "p"); err != nil || got != "second" {
		t.Errorf("under bulkorder and the panel's name: %q, %v", got, err)
	}
	if err := RemoveKey(t.Context(), "p", variables()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Key(t.Context(), "p", Panel{}, variables()); !errors.Is(err, ErrNoKey) {
		t.Errorf("after its removal: %v", err)
	}
}

func TestAKeyringThatFailsHarmsNobody(t *testing.T) {
	t.Cleanup(keyring.MockInit)
	keyring.MockInitWithError(errors.New("the prompt was dismissed"))
	if k, _, err := Key(t.Context(), "p", Panel{}, variables("BULKORDER_KEY", "k")); err != nil || sent(t, k) != "k" {
		t.Errorf("another source suffers: %v", err)
	}
	if _, _, err := Key(t.Context(), "p", Panel{}, variables()); !errors.Is(err, ErrNoKey) ||
		!strings.Contains(err.Error(), "the prompt was dismissed") {
		t.Errorf("no key: %v", err)
	}
	if source, err := KeySource(t.Context(), "p", Panel{}, variables()); source != "" || !errors.Is(err, ErrNoKeyring) {
		t.Errorf("the source: %q, %v", source, err)
	}
	for name, err := range map[string]error{
		"storing":  StoreKey(t.Context(), "p", "s3cret", variables()),
		"removing": RemoveKey(t.Context(), "p", variables()),
	} {
		if !errors.Is(err, ErrNoKeyring) || !strings.Contains(err.Error(), "BULKORDER_KEY_P") ||
			!strings.Contains(err.Error(), "key_file") ||
			strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAKeyringThatNeverAnswersIsLeft(t *testing.T) {
	silent := func() (string, error) { select {} }
	begin := time.Now()
	if _, err := useKeyring(t.Context(), variables(), 30*time.Millisecond, silent); !errors.Is(err, ErrNoKeyring) ||
		!strings.Contains(err.Error(), "no answer") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(30*time.Millisecond, cancel)
	if _, err := useKeyring(ctx, variables(), time.Minute, silent); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	asked := false
	ask := func() (string, error) { asked = true; return "", nil }
	if _, err := useKeyring(ctx, variables(), time.Minute, ask); err == nil || asked {
		t.Errorf("asked though all is over already: %v, %v", asked, err)
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestWithoutABusNobodyIsAsked(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux's keyring is on a bus")
	}
	runtimeDir := t.TempDir()
	for _, tt := range []struct {
		name string
		env  func(string) string
		asks bool
	}{
		{"nothing", func(string) string { return "" }, false},
		{"a bus that would have to be started", variables("DBUS_SESSION_BUS_ADDRESS", "autolaunch:"), false},
		{
			"a runtime folder without a bus",
			variables("DBUS_SESSION_BUS_ADDRESS", "", "XDG_RUNTIME_DIR", runtimeDir), false,
		},
		{"an address", variables(), true},
		{"a runtime folder with a bus", variables("DBUS_SESSION_BUS_ADDRESS", "", "XDG_RUNTIME_DIR", runtimeDir), true},
	} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "") // it may be set in what follows
		if tt.asks {
			if err := os.WriteFile(filepath.Join(runtimeDir, "bus"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		asked := false
		_, err := useKeyring(t.Context(), tt.env, time.Minute, func() (string, error) { asked = true; return "", nil })
		if asked != tt.asks || asked == errors.Is(err, ErrNoKeyring) {
			t.Errorf("%s: asked %v, error %v", tt.name, asked, err)
		}
	}
}
