package parse

import (
	"os"
	"strings"
	"testing"
	"time"
)

// TestASheetThatIsRewrittenWhileItIsRead: what is neither the old sheet nor the new one is an error; times alone
// aren't.
func TestASheetThatIsRewrittenWhileItIsRead(t *testing.T) {
	text := "service,link,quantity\n" + strings.Repeat("1,https://x.com/a,100\n", 5000)
	workbook := handMade{rows: line(1, "Service", "Link") + line(2, "1", "a") + line(3, "2", "b")}
	for name, c := range map[string]struct {
		change  func(t *testing.T, path string)
		changed bool
	}{
		"nothing": {func(*testing.T, string) {}, false},
		"its times": {func(t *testing.T, path string) {
			if err := os.Chtimes(path, time.Now(), time.Now().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		}, false},
		"the same bytes are written": {func(t *testing.T, path string) {
			content, err := os.ReadFile(path)
			if err == nil {
				err = os.WriteFile(path, content, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}, false},
		"a byte, and the times are as they were": {func(t *testing.T, path string) {
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			edit(t, path, func(content []byte) []byte { content[len(content)-3]++; return content })
			if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
				t.Fatal(err)
			}
		}, true},
		"more is written": {func(t *testing.T, path string) {
			edit(t, path, func(content []byte) []byte { return append(content, "1,https://x.com/b,100\n"...) })
		}, true},
		"it is cut off": {func(t *testing.T, path string) {
			edit(t, path, func(content []byte) []byte { return content[:len(content)/2] })
		}, true},
		"another file takes its name": {func(t *testing.T, path string) {
			if err := os.WriteFile(path+".new", []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(path+".new", path); err != nil {
				t.Skip(err) // where a file that is open can't be replaced
			}
		}, false},
	} {
		for kind, content := range map[string]string{"text": text, "workbook": workbook.zip()} {
			t.Run(kind+": "+name, func(t *testing.T) {
				path := write(t, "f.xlsx", content)
				s, err := Open(path, Options{})
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
				c.change(t, path)
				var last error
				for _, err := range s.Rows() {
					last = err
				}
				if c.changed != (last != nil) || last != nil && !strings.Contains(last.Error(), "changed while it was read") {
					t.Errorf("%v", last)
				}
			})
		}
	}
}

// edit writes into a file in place.
func edit(t *testing.T, path string, how func([]byte) []byte) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, how(content), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
