package settings

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bulkorder/batch/panel"
)

// written puts a configuration into a file.
func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func loaded(t *testing.T, text string) Config {
	t.Helper()
	c, err := Load(written(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheSampleConfigurationLoads(t *testing.T) {
	path := filepath.Join("..", "..", "samples", "config.toml")
	c, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if c.Path != path || c.Panel != "sandbox" || c.Rate != "60/m" || c.Concurrency != 2 || c.Timeout != "150s" {
		t.Errorf("got %+v", c)
	}
	own := c.Panels["mypanel"]
	if own.URL != "https://panel.example/api/v2" || own.KeyCommand == "" || len(own.Texts["active"]) != 1 ||
		!slices.Equal(own.Delays, []int{0, 30, 60}) {
		t.Errorf("mypanel: %+v", own)
	}
	if got, want := c.Fields(), []string{"answer_number", "country", "link", "quantity"}; !slices.Equal(got, want) {
		t.Errorf("fields %v, want %v", got, want)
	}
}

func TestAConfigurationThatCannotBeRead(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		says       []string
	}{
		{"an unknown name", "rate = \"1/s\"\n\nratte = 1\n", []string{"line 3", "ratte is not known"}},
		{
			"an unknown name of a panel", "[panels.mine]\nurl = \"x\"\nkey = \"secret\"\n",
			[]string{"line 3", "panels.mine.key is not known"},
		},
		{"two unknown names", "a = 1\nb = 2\n", []string{"line 1: a", "line 2: b"}},
		{"no TOML", "rate = \n", []string{"line 1"}},
		{"a number for a text", "rate = 5\n", []string{"line 1", "column 8"}},
		{"a text for a number", "concurrency = \"many\"\n", []string{"line 1"}},
	} {
		path := written(t, tt.text)
		_, err := Load(path)
		for _, words := range append(tt.says, path) {
			if err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("%s: %q is not in the error: %v", tt.name, words, err)
			}
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: a value is shown: %v", tt.name, err)
		}
	}
}

func TestWhatIsKnownIsGivenBesideUnknownNames(t *testing.T) {
	if c, err := Load(written(t, "panel = \"igwish\"\nratte = 1\n")); err == nil || c.Panel != "igwish" {
		t.Errorf("panel %q, error %v", c.Panel, err)
	}
	if c, err := Load(written(t, "panel = \"igwish\"\nrate = 5\n")); err == nil || c.Panel != "" {
		t.Errorf("half of a file that isn't TOML of ours is given: %q, error %v", c.Panel, err)
	}
}

func TestWhereTheConfigurationIsLookedFor(t *testing.T) {
	home := t.TempDir()
	for _, variable := range []string{"HOME", "XDG_CONFIG_HOME", "AppData"} {
		t.Setenv(variable, home)
	}
	if c, err := Load(""); err != nil || c.Path != "" {
		t.Errorf("without a configuration: %+v, %v", c, err)
	}
	if _, err := Load(filepath.Join(home, "named.toml")); err == nil {
		t.Error("a configuration that was named and isn't there is no error")
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "bulkorder", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("panel = \"igwish\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := Load(""); err != nil || c.Path != path || c.Panel != "igwish" {
		t.Errorf("got %+v, %v; want what %s says", c, err, path)
	}
}

func TestWhichPanelIsMeant(t *testing.T) {
	const mine = `[panels.mine]
url = "https://mine.example/api/v2"
preset = "igadda"
delays = [1, 2]
exclusive = false
request_id = "nonce"
texts.active = ["it runs"]
[panels.igwish]
url = "https://mirror.example/api/v2"
`
	for _, tt := range []struct {
		sentence, config, name, address string
		want                            panel.Panel // Name, URL, Document, Exclusive, RequestID
	}{
		{
			"a name that has a document", "", "igwish", "",
			panel.Panel{Name: "igwish", URL: "https://igwish.com/api/v2", Document: "igwish"},
		},
		{
			"the configuration's own panel", "panel = \"addsmm\"\n", "", "",
			panel.Panel{Name: "addsmm", URL: "https://addsmm.com/api/v2", Document: "addsmm"},
		},
		{
			"the command line wins over it", "panel = \"addsmm\"\n", "igwish", "",
			panel.Panel{Name: "igwish", URL: "https://igwish.com/api/v2", Document: "igwish"},
		},
		{
			"an address alone is named after its host", "panel = \"addsmm\"\n", "", "https://other.example:8443/api",
			panel.Panel{Name: "other.example:8443", URL: "https://other.example:8443/api", Document: "unnamed"},
		},
		{
			"of both, the address wins", "", "igwish", "https://other.example/api",
			panel.Panel{Name: "igwish", URL: "https://other.example/api", Document: "igwish"},
		},
		{
			"a panel that the configuration names", mine, "mine", "",
			panel.Panel{Name: "mine", URL: "https://mine.example/api/v2", Document: "igadda", Exclusive: panel.Shared,
				RequestID: "nonce"},
		},
		{
			"a known panel at the configuration's address", mine, "igwish", "",
			panel.Panel{Name: "igwish", URL: "https://mirror.example/api/v2", Document: "igwish"},
		},
		{"the sample panel has no address until it runs, and is one's own", "", "sandbox", "",
			panel.Panel{Name: "sandbox", Exclusive: panel.Alone}},
		{
			"alone on the account", "[panels.igwish]\nexclusive = true\n", "igwish", "",
			panel.Panel{Name: "igwish", URL: "https://igwish.com/api/v2", Document: "igwish", Exclusive: panel.Alone},
		},
	} {
		p, _, err := loaded(t, tt.config).Resolve(tt.name, tt.address)
		if err != nil {
			t.Errorf("%s: %v", tt.sentence, err)
			continue
		}
		got := panel.Panel{
			Name:      p.Name,
			URL:       p.URL,
			Document:  p.Document,
			Exclusive: p.Exclusive,
			RequestID: p.RequestID,
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s:\n%s", tt.sentence, diff)
		}
	}
	p, own, err := loaded(t, mine).Resolve("mine", "")
	if err != nil || !slices.Equal(p.Delays, []int{1, 2}) || !slices.Equal(p.Texts["active"], []string{"it runs"}) ||
		own.Preset != "igadda" {
		t.Errorf("mine: delays %v, texts %v, preset %q, error %v", p.Delays, p.Texts, own.Preset, err)
	}
}

func TestPanelsThatCannotBeMeant(t *testing.T) {
	for _, tt := range []struct{ name, config, panel, says string }{
		{"none is named", "", "", "--panel or --url"},
		{"nobody knows it", "", "nobody", "igwish"},
		{"its preset is unknown", "[panels.x]\npreset = \"igwissh\"\n", "x", "igwissh"},
		{"a class of texts that is none", "[panels.x]\ntexts.fast = [\"a\"]\n", "x", "fast"},
		{"an empty text matches every error", "[panels.x]\ntexts.active = [\"\"]\n", "x", "would match"},
	} {
		if _, _, err := loaded(t, tt.config).Resolve(tt.panel, ""); err == nil ||
			!strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %q is not in the error: %v", tt.name, tt.says, err)
		}
	}
}

func TestTypesThatTheConfigurationTeaches(t *testing.T) {
	for _, tt := range []struct {
		sentence, text string
		want           panel.Type
	}{
		{
			"a quantity is counted by itself", `required = ["link", "quantity"]`,
			panel.Type{Required: []string{"link", "quantity"}, Counts: "quantity"},
		},
		{
			"lines of a list, where it says so", "required = [\"link\", \"comments\"]\ncounts = \"comments\"",
			panel.Type{Required: []string{"link", "comments"}, Counts: "comments"},
		},
		{
			"what counts nothing is charged once", `required = ["link"]`,
			panel.Type{Required: []string{"link"}, Basis: panel.Once},
		},
		{
			"once, though it counts", "required = [\"quantity\"]\ncharge = \"once\"",
			panel.Type{Required: []string{"quantity"}, Counts: "quantity", Basis: panel.Once},
		},
		{
			"a charge that nobody knows", "required = [\"link\"]\ncharge = \"unknown\"",
			panel.Type{Required: []string{"link"}, Basis: panel.PerPost},
		},
	} {
		tt.want.Name = "Story Poll"
		p, _, err := loaded(t, "[types.\"Story Poll\"]\n"+tt.text+"\n").Resolve("igwish", "")
		if err != nil {
			t.Errorf("%s: %v", tt.sentence, err)
			continue
		}
		got, known := p.Type("story_poll")
		if diff := cmp.Diff(tt.want, got); !known || diff != "" {
			t.Errorf("%s: known %v\n%s", tt.sentence, known, diff)
		}
	}
	for text, says := range map[string]string{
		"required = [\"link\"]\ncounts = \"quantity\"": "none of its fields",
		"required = [\"link\"]\ncharge = \"twice\"":    "per-1000, once or unknown",
	} {
		if _, _, err := loaded(t, "[types.T]\n"+text+"\n").Resolve("igwish", ""); err == nil ||
			!strings.Contains(err.Error(), says) {
			t.Errorf("%q: %q is not in the error: %v", text, says, err)
		}
	}
}
