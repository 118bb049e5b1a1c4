package command

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/batch/settings"
	"bulkorder/report/terminal"
	"bulkorder/samples/sandbox"
)

// call is one call of the program, without its command line.
type call struct {
	*program
	t         *testing.T
	sandbox   *sandbox.Sandbox
	dir       string
	out, errs *bytes.Buffer
}

// shop is a panel and a person's folder.
type shop struct {
	t       *testing.T
	sandbox *sandbox.Sandbox
	url     string
	dir     string
}

func newShop(t *testing.T, c sandbox.Config) *shop {
	t.Helper()
	t.Setenv("XDG_STATE_HOME", filepath.Join(t.TempDir(), "state")) // where columns are remembered
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	c.Key = "k"
	s, err := sandbox.New(c)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(func() { s.Close(); server.Close() })
	return &shop{t: t, sandbox: s, url: server.URL + "/api/v2", dir: t.TempDir()}
}

// write writes a file of the person's and gives its path.
func (s *shop) write(name, text string) string {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func (s *shop) environ(name string) string {
	return map[string]string{"BULKORDER_KEY": "k", "BULKORDER_URL": s.url, "BULKORDER_RATE": "1000/s",
		"BULKORDER_JOURNAL": filepath.Join(s.dir, "journal.db")}[name]
}

// call makes a call with what is typed at its terminal; nothing: there is no terminal.
func (s *shop) call(typed string) *call {
	s.t.Helper()
	c := &call{t: s.t, sandbox: s.sandbox, dir: s.dir, out: &bytes.Buffer{}, errs: &bytes.Buffer{}}
	c.program = &program{
		console: console{in: strings.NewReader(typed), out: c.out, err: c.errs, inTerminal: typed != ""},
		environ: s.environ,
		settings: settings.Settings{
			Environ: s.environ,
			Given: map[string]settings.Value{
				"url": settings.FromVariable("url", s.url), "rate": settings.FromFlag("rate", "1000/s"),
				"journal": settings.FromFlag("journal", filepath.Join(s.dir, "journal.db")),
			},
		},
	}
	c.desk = c.newDesk()
	s.t.Cleanup(func() {
		if err := c.desk.Close(); err != nil {
			s.t.Error(err)
		}
	})
	return c
}

// told gives an answer as words and as the fields of its one object.
func (c *call) told(a answer) (words string, fields map[string]any) {
	c.t.Helper()
	var out bytes.Buffer
	if a.words != nil {
		a.words(terminal.Screen{Out: &out})
	}
	c.json = true
	c.out.Reset()
	if err := c.print(a); err != nil {
		c.t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(c.out.Bytes()))
	if err := d.Decode(&fields); err != nil {
		c.t.Fatalf("no JSON object: %v in %q", err, c.out)
	}
	if _, err := d.Token(); err != io.EOF {
		c.t.Errorf("more than one object: %q", c.out)
	}
	return out.String(), fields
}

// rows gives the number of rows in a state.
func rows(fields map[string]any, state string) int {
	n, _ := fields["rows"].(map[string]any)[state].(float64)
	return int(n)
}

const fiveRows = "service,link,quantity\n1,https://example.com/a,100\n1,https://example.com/b,100\n" +
	"1,https://example.com/c,100\n1,https://example.com/d,100\n1,https://example.com/e,25\n"

// TestTheCommandLine: flags win over the environment, the environment over the configuration; every mistake ends with 2
// and says what is wrong.
func TestTheCommandLine(t *testing.T) {
	s := newShop(t, sandbox.Config{})
	sheet := s.write("orders.csv", fiveRows)
	config := s.write("config.toml", "rate = \"x\"\n")
	for _, tt := range []struct {
		args []string
		env  map[string]string
		code int
		says string
	}{
		{[]string{"check", sheet}, nil, 3, "below the minimum"},
		{[]string{"check"}, nil, 2, "needs the sheet to check"},
		{[]string{"check", sheet, "--nothing"}, nil, 2, "check has no flag --nothing; see"},
		{[]string{"check", sheet, "--row"}, nil, 2, "did you mean --rows?"},
		{[]string{"chekc", sheet}, nil, 2, "did you mean check?"},
		{[]string{"journal", "chek"}, nil, 2, "did you mean check?"},
		{[]string{"help", "sheet"}, nil, 2, "did you mean sheets?"},
		{[]string{"help", "journal", "chek"}, nil, 2, "did you mean check?"},
		{[]string{"run", sheet, "--dry-run"}, nil, 2, "bulkorder check SHEET"},
		{[]string{"run", sheet, "--key", "s3cret"}, nil, 2, "help panels"},
		{[]string{"history", "nov"}, nil, 2, `history takes nothing but flags, and "nov" is none`},
		{[]string{"template", "a.xlsx", "b.xlsx"}, nil, 2, `template writes one file, and "b.xlsx" is another`},
		{[]string{"template", "a.xlsx", "--out", "b.xlsx"}, nil, 2,
			"the template can't be both a.xlsx and --out b.xlsx; leave one out"},
		{[]string{"check", sheet + "x"}, nil, 2, "no such file"},
		{[]string{"check", sheet, "--delimiter", "ab"}, nil, 2, "use one character"},
		{[]string{"check", sheet, "--map", "a"}, nil, 2, "Their name=field"},
		{[]string{"check", sheet, "--hidden", "maybe"}, nil, 2, "include or skip"},
		{[]string{"check", sheet, "--batch", "a b"}, nil, 2, "letters, digits"},
		{[]string{"check", sheet, "--out", "x.csv"}, nil, 2, ".xlsx"},
		{[]string{"check", sheet, "--config", config}, map[string]string{"BULKORDER_RATE": ""}, 2, "--rate"},
		{[]string{"check", sheet, "--config", config}, nil, 3, "1000/s"},
		{[]string{"check", sheet, "--rate", "7/s"}, nil, 3, "420/m"},
		{[]string{"run", sheet, "--limit", "0"}, nil, 2, "1 or more"},
		{[]string{"run", sheet}, map[string]string{"BULKORDER_LIMIT": "-1"}, 2, "BULKORDER_LIMIT"},
		{[]string{"run", sheet, "--max-spend", "much"}, nil, 2, "no amount of money"},
		{[]string{"run", sheet, "--after", "soon"}, nil, 2, "is no time"},
		{[]string{"run", sheet, "--timeout", "soon"}, nil, 2, "--timeout"},
		{[]string{"run", sheet, "--concurrency", "-1"}, nil, 2, "--concurrency"},
		{[]string{"run", sheet, "--out", "x.doc"}, nil, 2, ".jsonl"},
		{[]string{"run", sheet, "--group-by", "Client"}, nil, 2, "no such column"},
		{[]string{"run", sheet, "--notify", "http://example.com"}, nil, 2, "--notify"},
		{[]string{"run", sheet}, nil, 2, "4 orders would be sent"},
		{[]string{"run", sheet, "--strict", "--yes"}, nil, 3, "--strict sends nothing"},
		{[]string{"resume"}, nil, 2, "no batches yet"},
		{[]string{"resume", "a", "--batch", "b"}, nil, 2, "a or b"},
		{[]string{"refresh", "--all", "a"}, nil, 2, "contradict"},
		{[]string{"settle", "--row", "2"}, nil, 2, "--placed"},
		{[]string{"cancel", "a"}, nil, 2, "which rows"},
		{[]string{"explain", "a", "b"}, nil, 2, "no row's number"},
		{[]string{"show", "--state", "lost"}, nil, 2, "the states are"},
		{[]string{"balance"}, nil, 0, "USD"},
		{[]string{"balance"}, map[string]string{"BULKORDER_KEY": "wrong"}, 7, "Check the key"},
		{[]string{"balance"}, map[string]string{"BULKORDER_KEY": ""}, 2, "no key"},
		{[]string{"balance", "--panel", "nobody"}, nil, 2, "no panel is named"},
		{[]string{"version"}, nil, 0, "bulkorder"},
		{[]string{"sandbox", "--like", "cents", "--like", "nobody"}, nil, 2, "expected one of cents, places4"},
		{[]string{"sandbox", "--help"}, nil, 0, "places4"},
	} {
		var out bytes.Buffer
		environ := func(name string) string {
			if value, is := tt.env[name]; is {
				return value
			}
			return s.environ(name)
		}
		p := &program{console: console{in: strings.NewReader(""), out: &out, err: &out}, environ: environ}
		if code := p.run(t.Context(), tt.args); code != tt.code || !strings.Contains(out.String(), tt.says) {
			t.Errorf("%v %v: exit %d, want %d and %q:\n%s", tt.args, tt.env, code, tt.code, tt.says, out.String())
		}
	}
	if n := len(s.sandbox.Ledger()); n != 0 {
		t.Errorf("%d orders", n)
	}
}
