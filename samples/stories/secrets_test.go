package stories_test

import (
	"encoding/base64"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"bulkorder/samples/sandbox"
)

// keyForms are the ways in which a key may stand in a text.
func keyForms() []string {
	return []string{
		key,
		url.QueryEscape(key),
		base64.StdEncoding.EncodeToString([]byte(key)),
		base64.RawURLEncoding.EncodeToString([]byte(key)),
	}
}

func holdsKey(text string) bool {
	for _, form := range keyForms() {
		if strings.Contains(text, form) {
			return true
		}
	}
	return false
}

// TestHostileTextIsHarmless: names of services, answers and cells that act on a terminal or a spreadsheet do
// so nowhere; a panel that echoes the key doesn't get it into our files.
func TestHostileTextIsHarmless(t *testing.T) {
	t.Parallel()
	evil := "\x1b[2J\x1b]0;owned\x07\u202eevil\r\n\x00=cmd()"
	services := []sandbox.Service{
		{ID: 1, Name: "=HYPERLINK(1)" + evil, Type: "Default", Category: evil, Rate: "1", Min: 1, Max: 1000},
	}
	w := newShop(
		t,
		sandbox.Config{Services: services},
		"add:error=Incorrect link "+evil+" "+key+":before:n=1",
		"add:body=<html>"+evil+url.QueryEscape(key)+":after:n=2",
	)
	w.write("orders.csv", "service,link,quantity,=note\n"+
		"1,https://example.com/a,100,=1+1\n1,https://example.com/b,100,@SUM(A1)\n1,https://example.com/c,100,"+
		"\"+\x1b[31m\u202e\"\n1,https://example.com/\x1b[31m,5000,-1\n")
	for _, args := range [][]string{
		{"check", "orders.csv"}, {"run", "orders.csv", "--yes", "--verbose", "--rate", "100/s", "--concurrency", "1"},
		{"show"}, {"history"}, {"services"},
		{"explain", "", "2"}, {"explain", "", "3"}, {"report", "--out", "results.csv"}, {"report", "--out", "results.jsonl"},
		{"settle", "--after", "1ms"}, {"panels"}, {"doctor"},
	} {
		_, out, errs := w.call(args...)
		for _, text := range []string{out, errs} {
			if !utf8.ValidString(text) {
				t.Errorf("%v prints what is no UTF-8: %q", args, text)
			}
			for _, r := range text {
				if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
					t.Errorf("%v prints the character %U:\n%q", args, r, text)
					break
				}
			}
		}
	}
	content, err := os.ReadFile(filepath.Join(w.dir, "results.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, guarded := range []string{"'=1+1", "'@SUM(A1)", "'+"} {
		if !strings.Contains(string(content), guarded) {
			t.Errorf("the .csv doesn't guard %s", guarded)
		}
	}
}

// TestFilesAreForTheirOwnerAlone looks at all that a run leaves behind.
func TestFilesAreForTheirOwnerAlone(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	w := newShop(t, sandbox.Config{})
	w.write("orders.csv", small(3))
	if code, out, errs := w.call("run", "orders.csv", "--yes", "--rate", "100/s"); code != 0 {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	seen := 0
	for _, dir := range []string{filepath.Join(w.state, "bulkorder"), w.dir} {
		err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
			if err != nil || path == w.dir {
				return err
			}
			seen++
			if info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s has the mode %v", path, info.Mode().Perm())
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 4 {
		t.Errorf("only %d files and folders were found", seen)
	}
}
