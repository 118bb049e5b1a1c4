package stories_test

import (
	"archive/zip"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"bulkorder/samples/sandbox"
)

// spelled are the ways in which the key, or at least eight characters of it, may stand in a text.
func spelled(text string) string {
	folded := strings.ToLower(text)
	for at := range len(key) - 7 {
		if part := key[at : at+8]; strings.Contains(text, part) {
			return part
		}
	}
	odd := func(format string) string {
		var b strings.Builder
		for _, c := range []byte(key) {
			if c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' {
				b.WriteByte(c)
			} else {
				fmt.Fprintf(&b, format, c)
			}
		}
		return strings.ToLower(b.String())
	}
	all := []string{odd("%%%02x"), odd("&#x%x;"), odd("&#%d;"), strings.ToLower(strings.ReplaceAll(key, "/", `\/`))}
	for _, form := range all {
		if strings.Contains(folded, form[len(form)-10:]) {
			return form
		}
	}
	for _, form := range []string{base64.StdEncoding.EncodeToString([]byte(key)),
		base64.RawURLEncoding.EncodeToString([]byte(key))} {
		if strings.Contains(text, form[:16]) {
			return form
		}
	}
	var unicode strings.Builder
	for _, c := range []byte(key) {
		fmt.Fprintf(&unicode, `\u%04x`, c)
	}
	if strings.Contains(folded, unicode.String()) {
		return unicode.String()
	}
	return ""
}

// unpacked reads a file, and of a workbook what is in it.
func unpacked(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	must(t, err)
	if !strings.HasPrefix(string(content), "PK\x03\x04") {
		return string(content)
	}
	z, err := zip.OpenReader(path)
	must(t, err)
	defer z.Close()
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(r)
		must(t, err)
		all.Write(text)
	}
	return all.String()
}

// hidesTheKey calls the program, which prints nothing of the key.
func (w *shop) hidesTheKey(args ...string) {
	w.t.Helper()
	output, _ := w.command(args...).CombinedOutput()
	if found := spelled(string(output)); found != "" {
		w.t.Errorf("%v prints %q of the key", args, found)
	}
}

// TestAPanelThatEchoesTheKey: in any action, in any writing, whole or cut; it is found in no file, notice, word on
// the terminal or workbook.
func TestAPanelThatEchoesTheKey(t *testing.T) {
	t.Parallel()
	for i, writing := range []string{
		"raw", "json", "unicode", "percent", "PERCENT", "html", "decimal", "named", "base64", "base64url",
		"first8", "first12", "first19", "last8", "last15", "mid8", "mid13",
	} {
		t.Run(writing, func(t *testing.T) {
			t.Parallel()
			mark := "{key/" + writing + "}"
			w := newShop(t, sandbox.Config{Echo: writing, FirstID: 23501},
				"add:error=Incorrect link "+mark+":n=2",
				"add:body={\"error\":{\"message\":\"cannot say "+mark+"\"}}:after:n=3",
				"add:body=<html>"+mark+"</html>:after:n=4",
				"add:body={\"order\":\""+mark+"\"}:after:n=5",
				"add:body={\"order\":23505,\"msg\":\""+mark+"\",\"link\":\"https:\\/\\/x.test\\/"+mark+"\"}:after:n=6",
				"status:body={\"23501\":{\"status\":\"In progress "+mark+"\",\"charge\":\"0.09\",\"currency\":\""+mark+
					"\",\"remains\":\""+mark+"\"}}:n=2-",
				"refill:body=[{\"order\":23501,\"refill\":{\"error\":\"no "+mark+"\"}}]",
				"cancel:body=[{\"order\":23501,\"cancel\":{\"error\":\"no "+mark+"\"}}]",
			)
			var notices strings.Builder
			var mu sync.Mutex
			chat := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				io.Copy(&notices, r.Body)
			}))
			defer chat.Close()
			w.write("orders.csv", followers("page", 7))
			for _, args := range [][]string{
				{"check", "orders.csv"}, {"check", "orders.csv", "--json"},
				{"run", "orders.csv", "--yes", "--verbose", "--rate", "100/s", "--concurrency", "1", "--batch", "b", "--notify",
					chat.URL},
				{"resume", "b", "--yes", "--verbose", "--rate", "100/s", "--concurrency", "1", "--json"},
				{"refresh", "b", "--verbose"}, {"refresh", "b", "--json"}, {"settle", "b", "--after", "1ms", "--verbose"},
				{"refill", "b", "--all", "--yes", "--verbose"}, {"cancel", "b", "--all", "--yes", "--verbose"},
				{"cancel", "b", "--all", "--yes", "--json", "--again"},
				{"services"}, {"services", "--json"}, {"balance"}, {"doctor"}, {"doctor", "--json"}, {"template", "form.xlsx"},
			} {
				w.hidesTheKey(args...)
			}
			if i < 3 { // the journal is searched below: what isn't in it can't be told from it
				for _, args := range [][]string{
					{"show", "b"}, {"history"}, {"panels"},
					{"explain", "b", "2"}, {"explain", "b", "3"}, {"explain", "b", "4"}, {"explain", "b", "5"},
					{"explain", "b", "6", "--json"}, {"explain", "b", "7"}, {"template", "--out", "form2.xlsx"},
					{"report", "b", "--out", "r.csv"}, {"report", "b", "--out", "r.jsonl"}, {"report", "b", "--out", "r.xlsx"},
				} {
					w.hidesTheKey(args...)
				}
			}
			if len(w.sandbox.Ledger()) == 0 {
				t.Error("nothing was ordered")
			}
			if found := spelled(notices.String()); found != "" {
				t.Errorf("a notice holds %q of the key:\n%s", found, notices.String())
			}
			for _, dir := range []string{w.dir, w.state} {
				must(t, filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
					if err != nil || info.IsDir() {
						return err
					}
					if found := spelled(unpacked(t, path)); found != "" {
						t.Errorf("%s holds %q of the key", filepath.Base(path), found)
					}
					return nil
				}))
			}
		})
	}
}
