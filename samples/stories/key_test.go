package stories_test

import (
	"net"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// TestKeyWithoutAKeyring: a server or a container has no keyring; that is said plainly. On other systems than
// Linux these calls would reach the developer's own keyring.
func TestKeyWithoutAKeyring(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("there may be a keyring")
	}
	for _, tt := range []struct {
		name  string
		args  []string
		stdin string
		code  int
		says  []string
	}{
		{"set", []string{"set", "igwish"}, key + "\n", 1,
			[]string{"keyring", "BULKORDER_KEY_IGWISH", "key_file", "key_command"}},
		{"rm", []string{"rm", "igwish"}, "", 1, []string{"keyring", "BULKORDER_KEY_IGWISH", "key_file", "key_command"}},
		{"an empty key", []string{"set", "igwish"}, "\n" + key + "\n", 2, []string{"empty"}},
		{"no input at all", []string{"set", "igwish"}, "", 2, []string{"empty"}},
		{"a key of two lines' characters", []string{"set", "igwish"}, "a\tb\x00c\n", 2, []string{"control character"}},
		{"a key without end", []string{"set", "igwish"}, strings.Repeat("k", 1<<16), 2, []string{"longer"}},
		{"an unknown panel", []string{"set", "nobody"}, key + "\n", 2, []string{"igwish"}},
		{"an unknown panel's key removed", []string{"rm", "nobody"}, "", 2, []string{"igwish"}},
		{"the key in the panel's place", []string{"set", key}, "", 2, []string{"no panel of that name"}},
		{"the key as an argument", []string{"set", "igwish", key}, "", 2, []string{"nothing else"}},
		{"the key after key", []string{key}, "", 2, []string{"key set PANEL"}},
		{"no panel", []string{"set"}, key + "\n", 2, []string{"the panel's name"}},
		{"key alone", nil, "", 2, []string{"key set PANEL"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{})
			cmd := w.command(append([]string{"key"}, tt.args...)...)
			cmd.Stdin = strings.NewReader(tt.stdin)
			code, out, errs := w.finish(cmd)
			if code != tt.code || out != "" {
				t.Errorf("exit %d, want %d; %s%s", code, tt.code, out, errs)
			}
			for _, words := range tt.says {
				if !strings.Contains(errs, words) {
					t.Errorf("%q isn't said: %s", words, errs)
				}
			}
			if strings.Count(errs, "\n") > 2 {
				t.Errorf("not a plain message:\n%s", errs)
			}
		})
	}
}

// TestABusThatNeverAnswers delays a run that needs the keyring by little, and one that doesn't by nothing.
func TestABusThatNeverAnswers(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux's keyring is on a bus")
	}
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	socket := filepath.Join(w.dir, "bus")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() // it takes connections and says nothing
	for _, tt := range []struct {
		env  string
		code int
		says string
		most time.Duration
	}{
		{"BULKORDER_KEY=" + key, 0, "USD", 3 * time.Second},
		{"BULKORDER_KEY=", 2, "no answer", 9 * time.Second},
	} {
		cmd := w.command("balance")
		cmd.Env = append(cmd.Env, "DBUS_SESSION_BUS_ADDRESS=unix:path="+socket, tt.env)
		begin := time.Now()
		code, out, errs := w.finish(cmd)
		if took := time.Since(begin); code != tt.code || took > tt.most || !strings.Contains(out+errs, tt.says) {
			t.Errorf(
				"%.14s…: exit %d after %v, want %d within %v and a word about %q: %s%s",
				tt.env,
				code,
				took,
				tt.code,
				tt.most,
				tt.says,
				out,
				errs,
			)
		}
	}
}
