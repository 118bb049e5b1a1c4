package desk_test

import (
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/batch/desk"
	"bulkorder/batch/settings"
	"bulkorder/parse"
	"bulkorder/samples/sandbox"
)

// house is a person's machine with panels.
type house struct {
	t       *testing.T
	journal string
	env     map[string]string
	given   map[string]settings.Value
	config  settings.Config
}

func newHouse(t *testing.T) *house {
	return &house{
		t: t, journal: filepath.Join(t.TempDir(), "journal.db"), env: map[string]string{},
		given: map[string]settings.Value{}, config: settings.Config{Panels: map[string]settings.Panel{}},
	}
}

// panel serves a panel with this key and gives it and its address.
func (h *house) panel(key string, c sandbox.Config) (*sandbox.Sandbox, string) {
	h.t.Helper()
	c.Key = key
	s, err := sandbox.New(c)
	if err != nil {
		h.t.Fatal(err)
	}
	server := httptest.NewServer(s)
	h.t.Cleanup(func() { s.Close(); server.Close() })
	return s, server.URL + "/api/v2"
}

// flag says something on the command line.
func (h *house) flag(name, value string) { h.given[name] = settings.FromFlag(name, value) }

// process is a desk as a process of its own has it.
func (h *house) process() *desk.Desk {
	h.t.Helper()
	h.flag("journal", h.journal)
	h.flag("rate", "1000/s")
	d := desk.New(&desk.Accounts{Settings: settings.Settings{
		Config: h.config, Given: h.given, Environ: func(name string) string { return h.env[name] },
	}}, "me")
	h.t.Cleanup(func() {
		if err := d.Close(); err != nil {
			h.t.Error(err)
		}
	})
	return d
}

func (h *house) sheet(text string) *parse.Sheet {
	h.t.Helper()
	s, err := parse.Open("-", parse.Options{Stdin: strings.NewReader(text)})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { s.Close() })
	return s
}

const threeRows = "service,link,quantity\n1,https://example.com/a,100\n" +
	"1,https://example.com/b,200\n102,https://example.com/c,100\n"

// run prepares and places a sheet.
func (h *house) run(d *desk.Desk, text string, o desk.Preparing, s desk.Sending) desk.Outcome {
	h.t.Helper()
	draft, err := d.Prepare(h.t.Context(), h.sheet(text), o)
	if err != nil {
		h.t.Fatal(err)
	}
	defer draft.Discard()
	out, err := d.Place(h.t.Context(), draft, s)
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}
