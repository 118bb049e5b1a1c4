//go:build unix

package stories_test

import (
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"bulkorder/samples/sandbox"
)

const prompt = "[y/N]"

// terminal is the program at a terminal, and a person before it.
type terminal struct {
	t    *testing.T
	cmd  *exec.Cmd
	pty  *os.File
	mu   sync.Mutex
	text strings.Builder // what is on the screen
	read chan struct{}   // closed when nothing more comes
}

// terminal runs the program at a terminal of its own.
func (w *shop) terminal(args ...string) *terminal {
	w.t.Helper()
	return w.terminalWith(nil, args...)
}

func (w *shop) terminalWith(environment []string, args ...string) *terminal {
	w.t.Helper()
	environment = append(environment, "TERM=dumb", "NO_COLOR=1")
	p := &terminal{t: w.t, cmd: w.with(environment, args...), read: make(chan struct{})}
	f, err := pty.StartWithSize(p.cmd, &pty.Winsize{Rows: 50, Cols: 200})
	must(w.t, err)
	p.pty = f
	w.t.Cleanup(func() { p.cmd.Process.Kill(); f.Close() })
	go func() {
		defer close(p.read)
		buffer := make([]byte, 4096)
		for {
			n, err := f.Read(buffer)
			p.mu.Lock()
			p.text.Write(buffer[:n])
			p.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return p
}

// screen is what was printed so far.
func (p *terminal) screen() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.ReplaceAll(p.text.String(), "\r\n", "\n")
}

// waitFor waits for words on the screen.
func (p *terminal) waitFor(words string) {
	p.t.Helper()
	for deadline := time.Now().Add(60 * time.Second); !strings.Contains(p.screen(), words); {
		select {
		case <-p.read:
			if strings.Contains(p.screen(), words) { // the last that it said
				return
			}
			p.t.Fatalf("it ended without %q on the screen:\n%s", words, p.screen())
		case <-time.After(5 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("no %q on the screen:\n%s", words, p.screen())
		}
	}
}

// answer types a line.
func (p *terminal) answer(line string) {
	p.t.Helper()
	_, err := p.pty.WriteString(line + "\n")
	must(p.t, err)
}

// exit waits until the program ends, and gives its exit code.
func (p *terminal) exit() int {
	p.t.Helper()
	select {
	case <-p.read:
	case <-time.After(3 * time.Minute):
		p.t.Fatalf("it doesn't end:\n%s", p.screen())
	}
	p.cmd.Wait()
	if screen := p.screen(); holdsKey(screen) || strings.Contains(screen, "goroutine ") {
		p.t.Errorf("the key or a stack trace is on the screen:\n%s", screen)
	}
	return p.cmd.ProcessState.ExitCode()
}

// TestLongListsAreRead: what is longer than the screen goes through the person's pager, what isn't doesn't.
func TestLongListsAreRead(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	for _, tt := range []struct {
		args  []string
		pager string
		paged bool
	}{
		{[]string{"services"}, "sed s/^/paged:/", true},
		{[]string{"help", "sheets"}, "sed s/^/paged:/", true},
		{[]string{"services", "tiktok", "likes"}, "sed s/^/paged:/", false},
		{[]string{"services", "--json"}, "sed s/^/paged:/", false},
		{[]string{"services"}, "no-such-program", false},
		{[]string{"services"}, "cat", false},
	} {
		p := w.terminalWith([]string{"PAGER=" + tt.pager}, tt.args...)
		if code := p.exit(); code != 0 {
			t.Errorf("%v: exit %d", tt.args, code)
		}
		if got := strings.Contains(p.screen(), "\npaged:"); got != tt.paged || len(p.screen()) < 100 {
			t.Errorf("%v with %s: paged %v\n%s", tt.args, tt.pager, got, p.screen())
		}
	}
}
