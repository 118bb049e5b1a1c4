//go:build unix

package stories_test

import (
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// TestAWaitGivesASignOfLife: on a terminal a line that goes away, for programs a line of JSON on standard error.
func TestAWaitGivesASignOfLife(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		args       []string
		told, last string
	}{
		"a person":   {nil, "\r\x1b[K| waiting for the balance of 127.0.0.1", " s)\r\x1b[K10000 USD\n"},
		"a program":  {[]string{"--json"}, `{"waiting":"waiting for the balance of 127.0.0.1`, `"currency":"USD",`},
		"nobody":     {[]string{"--quiet"}, "", "10000 USD\n"},
		"and rather": {[]string{"--json", "--quiet"}, "", `"currency":"USD",`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Balance: "10000", Latency: 2900 * time.Millisecond})
			p := w.terminal(append([]string{"balance"}, tt.args...)...)
			if code := p.exit(); code != 0 {
				t.Fatalf("exit %d: %s", code, p.screen())
			}
			screen := p.screen()
			if !strings.Contains(screen, tt.told) || !strings.Contains(screen, tt.last) {
				t.Errorf("%q", screen)
			}
			if tt.told == "" && strings.Contains(screen, "waiting") {
				t.Errorf("it was to be silent: %q", screen)
			}
		})
	}
}
