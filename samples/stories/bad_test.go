package stories_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestBadInput: each mistake gets its exit code and a message that says what to do; nothing is ordered.
func TestBadInput(t *testing.T) {
	t.Parallel()
	const nothing = "(nothing)"
	const good = "service,link,quantity\n1,https://example.com/a,100\n"
	var workbook bytes.Buffer
	z := zip.NewWriter(&workbook)
	f, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	f.Write([]byte("<w/>"))
	z.Close()
	oldExcel := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 2048)
	protected := oldExcel + utf16("EncryptedPackage")

	tests := []struct {
		name    string
		content string // of orders.csv
		args    []string
		fault   string
		env     string
		code    int
		says    string // a part of what is printed
	}{
		{name: "no file", args: []string{"nosuch.csv"}, code: 2, says: "no such file"},
		{name: "a folder", args: []string{"."}, code: 2, says: "folder"},
		{name: "no sheet named", args: []string{}, code: 2, says: "the sheet to order"},
		{name: "an unknown flag", args: []string{"orders.csv", "--ratte", "1/s"}, code: 2, says: "--ratte"},
		{
			name: "an unknown panel",
			args: []string{"orders.csv", "--panel", "nobody", "--url", ""},
			code: 2,
			says: "nobody",
		},
		{name: "a rate that is none", args: []string{"orders.csv", "--rate", "fast"}, code: 2, says: "60/m"},
		{name: "a cap that is none", args: []string{"orders.csv", "--max-spend", "much"}, code: 2, says: "much"},
		{
			name: "results of an unknown kind",
			args: []string{"orders.csv", "--out", "results.pdf"},
			code: 2,
			says: ".xlsx",
		},
		{
			name: "plain http to another machine",
			args: []string{"orders.csv", "--url", "http://panel.example/api/v2"},
			code: 2,
			says: "https",
		},
		{name: "no key", env: "BULKORDER_KEY=", code: 2, says: "BULKORDER_KEY"},
		{
			name: "a configuration with an unknown name",
			args: []string{"orders.csv", "--config", "config.toml"},
			code: 2,
			says: "line 2",
		},
		{name: "no terminal to ask at", args: []string{"orders.csv"}, code: 2, says: "--yes"},
		{
			name: "a journal that is a folder",
			args: []string{"orders.csv", "--yes", "--journal", "."},
			code: 1,
			says: "journal",
		},

		{name: "an empty file", content: nothing, code: 3, says: "empty"},
		{name: "a file of blanks", content: " \n ", code: 3, says: "blanks"},
		{name: "an image named .xlsx", content: "\x89PNG\r\n\x1a\n\x00\x00", code: 3, says: "picture"},
		{name: "a password-protected workbook", content: protected, code: 3, says: "password"},
		{name: "an old .xls", content: oldExcel, code: 3, says: ".xls"},
		{name: "a document of another program", content: workbook.String(), code: 3, says: ".xlsx"},
		{name: "a web page", content: "<html><table><tr><td>1</td></tr></table></html>", code: 3, says: ".xlsx"},
		{name: "a header without the needed columns", content: "name,amount\nx,100\n", code: 3, says: "service"},
		{name: "a header alone", content: "service,link,quantity\n", code: 3, says: "no rows"},
		{
			name:    "rows that are all wrong",
			content: "service,link,quantity\n1,https://example.com/a,1\n",
			code:    3,
			says:    "minimum 50",
		},
		{
			name:    "--strict with a wrong row",
			content: good + "1,https://example.com/b,1\n",
			args:    []string{"orders.csv", "--yes", "--strict"},
			code:    3,
			says:    "minimum 50",
		},

		{name: "a wrong key", env: "BULKORDER_KEY=wrong", code: 7, says: "key"},
		{
			name: "an unreachable panel",
			args: []string{"orders.csv", "--yes", "--url", "http://127.0.0.1:1/"},
			code: 1,
			says: "reached",
		},
		{name: "an HTML answer", fault: "services:html", code: 1, says: "/api/v2"},
		{name: "a redirect", fault: "services:redirect", code: 1, says: "redirect"},
		{name: "a balance that is none", fault: "balance:body={}", code: 1, says: "balance"},
		{
			name: "results into a folder that isn't there",
			args: []string{"orders.csv", "--yes", "--out", "nowhere/results.xlsx"},
			code: 1,
			says: "--out",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var faults []string
			if tt.fault != "" {
				faults = append(faults, tt.fault)
			}
			w := newShop(t, sandbox.Config{}, faults...)
			w.write("config.toml", "rate = \"1/s\"\nratte = 1\n")
			switch tt.content {
			case "":
				tt.content = good
			case nothing:
				tt.content = ""
			}
			w.write("orders.csv", tt.content)
			if tt.args == nil {
				tt.args = []string{"orders.csv", "--yes"}
			}
			cmd := w.command(append([]string{"run"}, tt.args...)...)
			if tt.env != "" {
				cmd.Env = append(cmd.Env, tt.env)
			}
			code, out, errs := w.finish(cmd)
			if code != tt.code || !strings.Contains(out+errs, tt.says) {
				t.Errorf("exit %d, want %d and a word about %q:\n%s%s", code, tt.code, tt.says, out, errs)
			}
			if n := len(w.sandbox.Ledger()); n != 0 {
				t.Errorf("%d orders", n)
			}
		})
	}
}

func utf16(s string) string {
	var b strings.Builder
	for _, c := range s {
		b.WriteByte(byte(c))
		b.WriteByte(0)
	}
	return b.String()
}

func TestAKeyFileThatOthersCanReadIsRefused(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	w.write("orders.csv", "service,link,quantity\n1,https://example.com/a,100\n")
	w.write("config.toml", "[panels.mine]\nurl = \""+w.url+"\"\nkey_file = \"key\"\n")
	outside := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(outside, []byte(key+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	w.write("config.toml", "[panels.mine]\nurl = \""+w.url+"\"\nkey_file = '"+outside+"'\n")
	run := func() (int, string) {
		cmd := w.command("run", "orders.csv", "--yes", "--panel", "mine", "--config", "config.toml")
		cmd.Env = append(cmd.Env, "BULKORDER_KEY=", "BULKORDER_URL=")
		code, out, errs := w.finish(cmd)
		return code, out + errs
	}
	if code, said := run(); code != 2 || !strings.Contains(said, "chmod 600") {
		t.Errorf("exit %d: %s", code, said)
	}
	if err := os.Chmod(outside, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, said := run(); code != 0 || len(w.sandbox.Ledger()) != 1 {
		t.Errorf("exit %d with %d orders: %s", code, len(w.sandbox.Ledger()), said)
	}
}
