package stories_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// diagnosis is the contract of doctor --json.
type diagnosis struct {
	Checks []struct{ Name, State, Found, Do string }
	OK     bool
}

// find gives what was found under a name: state, found and do in one text.
func (d diagnosis) find(name string) string {
	for _, c := range d.Checks {
		if c.Name == name {
			return c.State + ": " + c.Found + " | " + c.Do
		}
	}
	return ""
}

// doctor runs the program with some variables, and gives what it tells.
func (w *shop) doctor(env []string, args ...string) (int, diagnosis) {
	w.t.Helper()
	cmd := w.command(append([]string{"doctor", "--json"}, args...)...)
	cmd.Env = append(cmd.Env, env...)
	code, out, errs := w.finish(cmd)
	var d diagnosis
	decoder := json.NewDecoder(strings.NewReader(out))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil || errs != "" {
		w.t.Fatalf("doctor %v: exit %d, %v:\n%s%s", args, code, err, out, errs)
	}
	if d.OK != (code == 0) {
		w.t.Errorf("exit %d with ok %v", code, d.OK)
	}
	for _, c := range d.Checks {
		if (c.State == "ok") != (c.Do == "") || c.Found == "" {
			w.t.Errorf("%s is %s: %q; to do: %q", c.Name, c.State, c.Found, c.Do)
		}
	}
	return code, d
}

func TestDoctorWhereAllIsWell(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	code, d := w.doctor(nil)
	if code != 0 {
		t.Fatalf("exit %d: %+v", code, d)
	}
	for name, says := range map[string]string{
		"configuration": "none", "panel": "by its address", "url": "environment BULKORDER_URL", "rate": "60/m (default)",
		"concurrency": "2 to 128",
		"timeout":     "150s (default)", "key": "environment BULKORDER_KEY", "address": "plain http", "clock": "agrees",
		"catalogue": "services", "order types": "all are known",
		"balance": "1000000 USD", "journal file": "journal.db (default", "state folder": "it can be made",
		"journal": "none yet",
	} {
		if got := d.find(name); !strings.HasPrefix(got, "ok: ") || !strings.Contains(got, says) {
			t.Errorf("%s is %q, want ok and a word about %q", name, got, says)
		}
	}
	var sent []string
	for _, r := range w.sandbox.Requests() {
		sent = append(sent, r.Action)
	}
	if !slices.Equal(sent, []string{"balance", "services"}) {
		t.Errorf("it sends %v", sent)
	}
	if _, err := os.Stat(filepath.Join(w.state, "bulkorder")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the state folder was made: %v", err)
	}
	left, err := os.ReadDir(w.state)
	if err != nil || len(left) != 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

func TestDoctorAfterARun(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{}, "add:closed:after:n=1")
	w.write("orders.csv", small(3))
	if code, r := w.result("run", "orders.csv", "--yes", "--rate", "100/s"); code != 6 || r.Rows.InDoubt != 1 {
		t.Fatalf("exit %d, %+v", code, r.Rows)
	}
	code, d := w.doctor(nil)
	if got := d.find("journal"); code != 0 || !strings.HasPrefix(got, "ok: sound") ||
		!strings.Contains(got, "batches: 1") {
		t.Errorf("exit %d, journal %q", code, got)
	}
	if got := d.find("rows in doubt"); !strings.HasPrefix(got, "warning: 1,") || !strings.Contains(got, "settle") {
		t.Errorf("rows in doubt: %q", got)
	}
	if got := d.find("state folder"); !strings.HasPrefix(got, "ok: "+w.state) {
		t.Errorf("state folder: %q", got)
	}
	if code, out, errs := w.call("doctor"); code != 0 || !strings.Contains(out, "ok       journal ") ||
		!strings.Contains(out, "No problem was found, 1 warning.") {
		t.Errorf("in words: exit %d\n%s%s", code, out, errs)
	}
}

// TestDoctorTellsSources: each setting with where it comes from.
func TestDoctorTellsSources(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	w.write("key", key)
	w.write(
		"config.toml",
		"panel = \"mine\"\nrate = \"30/m\"\nconcurrency = 3\njournal = '"+filepath.Join(w.dir, "j.db")+"'\n"+
			"[panels.mine]\nurl = \""+w.url+"\"\nrate = \"2/s\"\ntimeout = \"200s\"\nkey_command = \"echo "+key+"\"\n",
	)
	none := []string{"BULKORDER_KEY=", "BULKORDER_URL="}
	tests := []struct {
		env  []string
		args []string
		want map[string]string
	}{
		{
			none,
			nil,
			map[string]string{
				"panel":        "mine (configuration, line 1)",
				"url":          w.url + " (configuration, panels.mine)",
				"rate":         "2/s (configuration of the panel, line 7)",
				"concurrency":  "3 (configuration, line 3)",
				"timeout":      "200s (configuration of the panel, line 8)",
				"journal file": "j.db (configuration, line 4)",
				"key":          "key_command",
			},
		},
		{
			append(
				none,
				"BULKORDER_RATE=3/s",
				"BULKORDER_PANEL=mine",
				"BULKORDER_KEY_MINE="+key,
				"BULKORDER_TIMEOUT=3m",
			),
			[]string{"--concurrency", "5"},
			map[string]string{
				"panel":       "mine (environment BULKORDER_PANEL)",
				"rate":        "3/s (environment BULKORDER_RATE)",
				"concurrency": "5 (flag --concurrency)",
				"timeout":     "3m (environment BULKORDER_TIMEOUT)",
				"key":         "environment BULKORDER_KEY_MINE",
			},
		},
		{
			append(none, "BULKORDER_RATE=3/s", "BULKORDER_JOURNAL=env.db"),
			[]string{"--rate", "4/s", "--panel", "mine", "--url", w.url, "--journal", "flag.db"},
			map[string]string{
				"rate":         "4/s (flag --rate)",
				"panel":        "mine (flag --panel)",
				"url":          w.url + " (flag --url)",
				"journal file": "flag.db (flag --journal)",
			},
		},
	}
	for _, tt := range tests {
		code, d := w.doctor(tt.env, append(tt.args, "--config", "config.toml")...)
		for name, want := range tt.want {
			if got := d.find(name); !strings.HasPrefix(got, "ok: ") ||
				!strings.HasSuffix(strings.TrimSuffix(got, " | "), want) {
				t.Errorf("%v %v: %s is %q, want %q", tt.env, tt.args, name, got, want)
			}
		}
		if got := d.find("configuration"); code != 0 || got != "ok: config.toml | " {
			t.Errorf("exit %d, configuration %q", code, got)
		}
	}
	if err := os.Remove(filepath.Join(w.dir, "key")); err != nil { // the helper looks for the key in all files
		t.Fatal(err)
	}
	w.write("config.toml", "")
}

func TestDoctorFindsProblems(t *testing.T) {
	t.Parallel()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free.Close()
	strange := httptest.NewUnstartedServer(http.NotFoundHandler())
	strange.Config.ErrorLog = log.New(io.Discard, "", 0)
	strange.StartTLS()
	t.Cleanup(strange.Close)
	late := func(by time.Duration) string {
		s, err := sandbox.New(sandbox.Config{Key: key})
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", time.Now().Add(by).UTC().Format(http.TimeFormat))
			s.ServeHTTP(w, r)
		}))
		t.Cleanup(func() { s.Close(); server.Close() })
		return server.URL
	}
	stories := []sandbox.Service{
		{ID: 1, Name: "a", Type: "Default", Rate: "1", Min: 1, Max: 9},
		{ID: 2, Name: "b", Type: "Story\x1b[2J Poll", Rate: "1", Min: 1, Max: 9},
		{
			ID:   3,
			Name: "c",
			Type: "Story\x1b[2J Poll",
			Rate: "1",
			Min:  1,
			Max:  9,
		},
		{ID: 4, Name: "d", Type: "Duel", Rate: "1", Min: 9, Max: 1},
	}

	tests := []struct {
		name     string
		args     []string
		env      []string
		fault    string
		services []sandbox.Service
		code     int
		check    string // its state is told by code, or it is a warning where that is 0
		says     []string
	}{
		{
			name:  "a wrong key",
			env:   []string{"BULKORDER_KEY=wrong"},
			code:  7,
			check: "account",
			says:  []string{"refuses the key", "API page"},
		},
		{
			name:  "no key",
			env:   []string{"BULKORDER_KEY="},
			code:  2,
			check: "key",
			says:  []string{"no key for panel", "BULKORDER_KEY_127_0_0_1", "key_file in the configuration"},
		},
		{
			name:  "a key_command that fails",
			args:  []string{"--config", "command.toml", "--panel", "mine"},
			env:   []string{"BULKORDER_KEY="},
			code:  2,
			check: "key",
			says:  []string{"key_command failed", "BULKORDER_KEY_MINE"},
		},
		{
			name:  "no panel",
			env:   []string{"BULKORDER_URL="},
			code:  0,
			check: "panel",
			says:  []string{"none is named", "--panel"},
		},
		{
			name:  "an unknown panel",
			args:  []string{"--panel", "nobody"},
			env:   []string{"BULKORDER_URL="},
			code:  2,
			check: "panel",
			says:  []string{"nobody", "igwish"},
		},
		{
			name:  "nobody listens",
			args:  []string{"--url", "http://" + free.Addr().String()},
			code:  1,
			check: "address",
			says:  []string{"can't be reached"},
		},
		{
			name:  "a certificate that nobody vouches for",
			args:  []string{"--url", strange.URL},
			code:  1,
			check: "address",
			says:  []string{"certificate", "Acme Co", "nothing is sent"},
		},
		{
			name:  "plain http to another machine",
			args:  []string{"--url", "http://panel.example/api/v2"},
			code:  2,
			check: "address",
			says:  []string{"use https"},
		},
		{
			name:  "a key in the address",
			args:  []string{"--url", "https://panel.example/api/v2?key=" + key},
			code:  2,
			check: "address",
			says:  []string{"no query"},
		},
		{name: "a web page", fault: "balance:html", code: 1, check: "account", says: []string{"/api/v2"}},
		{name: "a panel that fails", fault: "balance:503", code: 1, check: "account", says: []string{"503"}},
		{
			name:  "a catalogue that is none",
			fault: "services:html",
			code:  1,
			check: "catalogue",
			says:  []string{"web page"},
		},
		{
			name:     "types that nobody taught",
			services: stories,
			code:     0,
			check:    "order types",
			says:     []string{"(services: 2)", `"Duel" (services: 1)`, "[types.", "required"},
		},
		{
			name:     "an odd service",
			services: stories,
			code:     0,
			check:    "catalogue",
			says:     []string{"4 services, 1 of them odd", "4: its minimum 9 is above"},
		},
		{
			name:  "a clock that is ten minutes behind",
			args:  []string{"--url", late(-10 * time.Minute)},
			code:  1,
			check: "clock",
			says:  []string{"behind this machine's", "network time"},
		},
		{
			name:  "a clock that is 45 s ahead",
			args:  []string{"--url", late(45 * time.Second)},
			code:  0,
			check: "clock",
			says:  []string{"ahead of"},
		},
		{
			name:  "no money",
			fault: `balance:body={"balance":"0","currency":"USD"}`,
			code:  0,
			check: "balance",
			says:  []string{"0 USD", "add funds"},
		},
		{
			name:  "a rate that is none",
			args:  []string{"--rate", "fast"},
			code:  2,
			check: "rate",
			says:  []string{"fast", "flag --rate"},
		},
		{
			name:  "a timeout that is none",
			env:   []string{"BULKORDER_TIMEOUT=long"},
			code:  2,
			check: "timeout",
			says:  []string{"long", "BULKORDER_TIMEOUT"},
		},
		{
			name:  "a short timeout",
			args:  []string{"--timeout", "20s"},
			code:  0,
			check: "timeout",
			says:  []string{"in doubt"},
		},
		{
			name:  "a variable that is none",
			env:   []string{"BULKORDER_QUIET=maybe"},
			code:  2,
			check: "environment",
			says:  []string{"BULKORDER_QUIET"},
		},
		{
			name:  "a broken configuration",
			args:  []string{"--config", "config.toml"},
			code:  2,
			check: "configuration",
			says:  []string{"line 2", "ratte"},
		},
		{
			name:  "no configuration where one is named",
			args:  []string{"--config", "none.toml"},
			code:  2,
			check: "configuration",
			says:  []string{"none.toml"},
		},
		{
			name:  "a state folder below a file",
			args:  []string{"--journal", filepath.Join("config.toml", "x", "j.db")},
			code:  1,
			check: "state folder",
			says:  []string{"--journal"},
		},
		{
			name:  "a journal that is a text",
			args:  []string{"--journal", "config.toml"},
			code:  1,
			check: "journal",
			says:  []string{"run nothing on it"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var faults []string
			if tt.fault != "" {
				faults = append(faults, tt.fault)
			}
			w := newShop(t, sandbox.Config{Services: tt.services}, faults...)
			w.write("config.toml", "rate = \"30/m\"\nratte = 1\n")
			w.write("command.toml", "[panels.mine]\nkey_command = \"exit 3\"\n")
			code, d := w.doctor(tt.env, tt.args...)
			got, state := d.find(tt.check), "problem: "
			if tt.code == 0 {
				state = "warning: "
			}
			if code != tt.code || !strings.HasPrefix(got, state) {
				t.Fatalf("exit %d, want %d; %s is %q in %+v", code, tt.code, tt.check, got, d)
			}
			for _, words := range tt.says {
				if !strings.Contains(got, words) {
					t.Errorf("%s doesn't say %q: %q", tt.check, words, got)
				}
			}
			if strings.Contains(got, "\x1b") || d.find("journal file") == "" {
				t.Errorf("unsafe text, or the rest isn't looked at: %+v", d)
			}
			if n := len(w.sandbox.Ledger()); n != 0 {
				t.Errorf("%d orders", n)
			}
		})
	}
}

// TestDoctorGoesOnWithABrokenConfiguration: what the file says beside its mistake holds, and the rest is looked at.
func TestDoctorGoesOnWithABrokenConfiguration(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	w.write("config.toml", "rate = \"30/m\"\nratte = 1\n")
	code, d := w.doctor(nil, "--config", "config.toml")
	if code != 2 || !strings.Contains(d.find("rate"), "30/m (configuration, line 1)") ||
		!strings.HasPrefix(d.find("balance"), "ok: ") {
		t.Errorf("exit %d: %+v", code, d)
	}
}

func TestDoctorOnTheSamplePanelInside(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	code, d := w.doctor([]string{"BULKORDER_URL=", "BULKORDER_KEY="}, "--panel", "sandbox")
	if code != 0 || !strings.Contains(d.find("address"), "inside this program") {
		t.Errorf("exit %d: %+v", code, d)
	}
	if left, err := os.ReadDir(w.state); err != nil || len(left) != 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

func TestDoctorOnFoldersThatNobodyCanWrite(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	place := "/proc" // not even root writes there
	if runtime.GOOS != "linux" {
		if place = t.TempDir(); runtime.GOOS == "windows" || os.Getuid() == 0 || os.Chmod(place, 0o500) != nil {
			t.Skip("no folder that can't be written")
		}
	}
	if code, d := w.doctor(nil, "--journal", filepath.Join(place, "journal.db")); code != 1 ||
		!strings.HasPrefix(d.find("state folder"), "problem: nothing can be written") {
		t.Errorf("a folder that is there: exit %d: %+v", code, d)
	}
	if code, d := w.doctor([]string{"XDG_STATE_HOME=" + place}); code != 1 ||
		!strings.Contains(d.find("state folder"), "can't be made") {
		t.Errorf("a folder that isn't: exit %d: %+v", code, d)
	}
}

func TestDoctorOnWhatOthersCanRead(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	for _, tt := range []struct {
		folder, file os.FileMode
		code         int
		check, want  string
	}{
		{0o755, 0o600, 0, "state folder", "warning: "},
		{0o770, 0o600, 1, "state folder", "problem: "},
		{0o700, 0o640, 0, "journal's mode", "warning: "},
		{0o700, 0o622, 1, "journal's mode", "problem: "},
	} {
		w := newShop(t, sandbox.Config{})
		w.write("orders.csv", small(1))
		if code, r := w.result("run", "orders.csv", "--yes"); code != 0 {
			t.Fatalf("exit %d, %+v", code, r.Rows)
		}
		dir := filepath.Join(w.state, "bulkorder")
		if err := errors.Join(os.Chmod(dir, tt.folder), os.Chmod(filepath.Join(dir, "journal.db"), tt.file)); err != nil {
			t.Fatal(err)
		}
		code, d := w.doctor(nil)
		if got := d.find(tt.check); code != tt.code || !strings.HasPrefix(got, tt.want) ||
			!strings.Contains(got, "chmod") {
			t.Errorf("%v, %v: exit %d, %s is %q", tt.folder, tt.file, code, tt.check, got)
		}
	}
}

func TestDoctorOnADamagedJournal(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	w.write("orders.csv", small(200))
	if code, r := w.result("run", "orders.csv", "--yes", "--rate", "1000/s"); code != 0 {
		t.Fatalf("exit %d, %+v", code, r.Rows)
	}
	path := filepath.Join(w.state, "bulkorder", "journal.db")
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt([]byte(strings.Repeat("garbage.", 1024)), info.Size()/2/4096*4096)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	code, d := w.doctor(nil)
	if got := d.find("journal"); code != 1 || !strings.HasPrefix(got, "problem: ") || !strings.Contains(got, path) ||
		!strings.Contains(got, "malformed") && !strings.Contains(got, "damaged") || !strings.Contains(got, "backup") {
		t.Errorf("exit %d, journal %q", code, got)
	}
	if !strings.HasPrefix(d.find("balance"), "ok: ") {
		t.Errorf("the rest isn't looked at: %+v", d)
	}
	text, err := os.ReadFile(path)
	must(t, err)
	copy(text[2*4096:], bytes.Repeat([]byte("garbage."), len(text)/8))
	must(t, os.WriteFile(path, text, 0o600))
	before := len(w.sandbox.Ledger())
	w.write("more.csv", small(300))
	for _, args := range [][]string{{"history"}, {"run", "more.csv", "--yes"}, {"report"}} {
		code, _, errs := w.finish(w.command(args...))
		if code == 0 || !strings.Contains(errs, "`bulkorder journal check`") || !strings.Contains(errs, "-wal") {
			t.Errorf("%v: exit %d: %s", args, code, errs)
		}
	}
	if got := len(w.sandbox.Ledger()); got != before {
		t.Errorf("%d orders left from a damaged journal", got-before)
	}
}
