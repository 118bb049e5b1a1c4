package terminal

import (
	"bytes"
	"strings"
	"testing"

	"bulkorder/report"
)

// TestNoLineOfProseIsWiderThanTheScreen, but for commands, which are pasted as they stand.
func TestNoLineOfProseIsWiderThanTheScreen(t *testing.T) {
	long := "https://www.tiktok.com/@client201/video/7301234567890123 " + strings.Repeat("赞", 70)
	for _, words := range []string{"short", long, "C6 link: " + long + " is on TikTok", long + long} {
		for _, width := range []int{20, 60} {
			var out bytes.Buffer
			Screen{Out: &out, Width: width}.prose("    ", "      ", words)
			for line := range strings.Lines(out.String()) {
				if line = strings.TrimSuffix(line, "\n"); report.Width(line) > width || !strings.HasPrefix(line, "    ") {
					t.Errorf("%d columns: %q", width, line)
				}
			}
			bare := strings.NewReplacer(" ", "", "\n", "")
			if got := bare.Replace(out.String()); got != bare.Replace(words) {
				t.Errorf("%d columns: %q of %q", width, got, words)
			}
		}
	}
	var out bytes.Buffer
	command := "`bulkorder resume c8c40e3e9e --release 4,6,8,10,12,14,16,18`"
	Screen{Out: &out, Width: 20}.prose("  ", "    ", "say "+command)
	if !strings.Contains(out.String(), "    "+command+"\n") {
		t.Errorf("the command is broken: %q", out.String())
	}
}
