// Package settings finds out what a person has set: the configuration file, the panels that it names, the key and
// where it is kept, and what kind of place the state folder is. It decides nothing about orders.
package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"bulkorder/batch/panel"
)

// Config is the configuration file, config.toml. Empty fields mean that nothing was said.
type Config struct {
	Path        string `toml:"-"` // where it was read from; empty: there is none
	Panel       string `toml:"panel"`
	Journal     string `toml:"journal"`
	Rate        string `toml:"rate"`
	Concurrency int    `toml:"concurrency"`
	Timeout     string `toml:"timeout"`
	Notify      string `toml:"notify"` // where notices are posted
	// warnings that are accepted beforehand: all, or some by name
	AcceptWarnings []string          `toml:"accept_warnings"`
	HoldNotes      bool              `toml:"hold_notes"` // rows with a note that nobody understands wait
	Panels         map[string]Panel  `toml:"panels"`
	Types          map[string]Type   `toml:"types"`
	People         map[string]Person `toml:"people"`
	Client         Client            `toml:"client"` // reports for clients

	lines map[string]int // where each key is set
}

// Panel is what the configuration says of one panel.
type Panel struct {
	Preset      string              `toml:"preset"` // whose document it follows; empty: its own name's, or "standard"
	URL         string              `toml:"url"`
	KeyFile     string              `toml:"key_file"` // as [Config.Beside] gives it
	KeyCommand  string              `toml:"key_command"`
	Rate        string              `toml:"rate"`
	Concurrency int                 `toml:"concurrency"`
	Timeout     string              `toml:"timeout"`
	Delays      []int               `toml:"delays"`   // minutes that a subscription's delay may be
	AnyLink     bool                `toml:"any_link"` // links may be user names
	Texts       map[string][]string `toml:"texts"`    // error texts by class
	Account     string              `toml:"account"`  // "other": one of its own, though address or key is another's too
	// true: nobody else orders on the account; false: others do, and nothing is inferred then; nil: it isn't said
	Exclusive *bool    `toml:"exclusive"`
	Lacks     []string `toml:"lacks"`      // forms of calls that it doesn't take, such as status_many, cancel
	RequestID string   `toml:"request_id"` // parameter by which the panel knows the same add again
	// where an answer to add holds the order's id, such as "data.id"
	IDField string `toml:"id_field"`
}

// Type teaches an order type.
type Type struct {
	Required []string `toml:"required"`
	Optional []string `toml:"optional"`
	Counts   string   `toml:"counts"` // the field that min and max bound; empty: quantity where it is taken
	Charge   string   `toml:"charge"` // per-1000, once or unknown; empty: per-1000 where something is counted, else once
}

// Person may sign in to the page.
type Person struct {
	Password string `toml:"password"` // hashed
}

// Load reads the configuration at path. An empty path is config.toml in the user's configuration folder,
// which need not exist. Unknown keys are errors that name their line; what is known is given with them.
func Load(path string) (Config, error) {
	asked := path != ""
	if !asked {
		var err error
		if path, err = ConfigPath(); err != nil {
			return Config{}, nil // without a home there is no configuration
		}
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !asked {
		return Config{}, nil
	}
	if err != nil {
		return Config{}, fmt.Errorf("reading the configuration: %w", err)
	}
	c := Config{Path: path, lines: linesOf(text)}
	d := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		if strict := new(toml.StrictMissingError); !errors.As(err, &strict) {
			c = Config{}
		}
		return c, describe(path, err)
	}
	for name, p := range c.Panels {
		p.KeyFile = c.Beside(p.KeyFile)
		c.Panels[name] = p
	}
	return c, c.collisions()
}

// Reload reads the configuration at path anew; where there is no file, it is empty.
func Reload(path string) (Config, error) {
	c, err := Load(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return c, err
}

// describe says where a configuration is wrong.
func describe(path string, err error) error {
	var strict *toml.StrictMissingError
	var decode *toml.DecodeError
	switch {
	case errors.As(err, &strict):
		var words []string
		for _, e := range strict.Errors {
			line, _ := e.Position()
			words = append(words, fmt.Sprintf("line %d: %s is not known", line, strings.Join(e.Key(), ".")))
		}
		return fmt.Errorf("%s: %s", path, strings.Join(words, "; "))
	case errors.As(err, &decode):
		line, column := decode.Position()
		return fmt.Errorf("%s, line %d, column %d: %w", path, line, column, err)
	}
	return fmt.Errorf("%s: %w", path, err)
}

// collisions finds panels whose names can't be told apart, in a sheet or by the variable of their key.
func (c Config) collisions() error {
	variables := map[string]string{}
	for _, name := range c.Names() {
		variable := KeyVariable(name)
		if other, is := variables[variable]; is {
			return fmt.Errorf(
				"%s: panels %s and %s can't be told apart: %s would be the key of both; rename one",
				c.Path,
				other,
				name,
				variable,
			)
		}
		variables[variable] = name
	}
	return nil
}

// Resolve finds the panel that is meant: by name, by address, or both, where the address then wins. An
// address alone is a panel named after its host, of which nothing but the standard document is known.
func (c Config) Resolve(name, address string) (panel.Panel, Panel, error) {
	if name == "" && address == "" {
		name = c.Panel
	}
	if name == "" && address == "" {
		return panel.Panel{}, Panel{}, fmt.Errorf(
			"which panel? give --panel or --url; known panels: %s",
			strings.Join(c.Names(), ", "),
		)
	}
	own := c.Panels[name]
	if own.Account != "" && own.Account != "other" {
		return panel.Panel{}, Panel{}, fmt.Errorf(
			"%s: panel %s has account = %q; use \"other\" where it is an account of its own, or leave it out",
			c.Path, name, own.Account)
	}
	p, err := c.preset(name, own)
	if err != nil {
		return panel.Panel{}, Panel{}, err
	}
	if own.URL != "" {
		p.URL = own.URL
	}
	if address != "" {
		p.URL, p.Exclusive = address, panel.NotSaid
	}
	if name == "" {
		if u, err := url.Parse(address); err == nil {
			p.Name = u.Host
		}
	}
	if len(own.Delays) > 0 {
		p.Delays = own.Delays
	}
	if p.Lacks, err = own.lacks(p); err != nil {
		return panel.Panel{}, Panel{}, err
	}
	p.RequestID, p.IDField = own.RequestID, own.IDField
	if own.Exclusive != nil {
		p.Exclusive = panel.Shared
		if *own.Exclusive {
			p.Exclusive = panel.Alone
		}
	}
	if p.Texts, err = own.texts(p.Name); err != nil {
		return panel.Panel{}, Panel{}, err
	}
	if p.Types, err = c.types(); err != nil {
		return panel.Panel{}, Panel{}, err
	}
	return p, own, nil
}

// preset gives the panel whose document a name stands for.
func (c Config) preset(name string, own Panel) (panel.Panel, error) {
	_, configured := c.Panels[name]
	base := own.Preset
	if base == "" {
		base = name
	}
	p, known := panel.Preset(base)
	switch {
	case known:
	case own.Preset != "":
		return p, fmt.Errorf(
			"%s: panel %s has the preset %q, which is not known; known: %s",
			c.Path,
			name,
			own.Preset,
			strings.Join(presetNames(), ", "),
		)
	case name == Sandbox:
		p, _ = panel.Preset("addsmm") // the sandbox takes the longer list of delays
		p.URL, p.Document = "", ""
		p.Exclusive = panel.Alone // it is in this process, unless an address is given
	case configured || name == "":
		p, _ = panel.Preset("standard")
	default:
		return p, fmt.Errorf(
			"no panel is named %q; known: %s; or give its address with --url",
			name,
			strings.Join(c.Names(), ", "),
		)
	}
	if name != "" {
		p.Name = name
	}
	return p, nil
}

// Sandbox is the name of the sample panel.
const Sandbox = "sandbox"

func presetNames() []string {
	var names []string
	for _, p := range panel.Presets() {
		names = append(names, p.Name)
	}
	return names
}

// Names lists the panels that can be named: the configured ones, those with a document, the sandbox.
func (c Config) Names() []string {
	var names []string
	for name := range c.Panels {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range append(presetNames(), Sandbox) {
		// The document that panels without one of their own follow is no panel.
		if !slices.Contains(names, name) && name != "standard" {
			names = append(names, name)
		}
	}
	return names
}

// lacks adds the forms that the configuration says are missing to those that the document doesn't show.
func (p Panel) lacks(known panel.Panel) ([]panel.Form, error) {
	forms := map[string]panel.Form{
		"status_many":        panel.StatusMany,
		"refill_many":        panel.RefillMany,
		"refill_status_many": panel.RefillStatusMany,
		"cancel":             panel.Cancel,
		"cancel_many":        panel.CancelMany,
	}
	all := slices.Clone(known.Lacks)
	for _, name := range p.Lacks {
		form, is := forms[name]
		if !is {
			return nil, fmt.Errorf(
				"panel %s: lacks has %q, which is no form of a call; "+
					"use status_many, refill_many, refill_status_many, cancel or cancel_many",
				known.Name,
				name,
			)
		}
		if !slices.Contains(all, form) {
			all = append(all, form)
		}
	}
	return all, nil
}

func (p Panel) texts(name string) (panel.Texts, error) {
	texts := panel.Texts{}
	for class, list := range p.Texts {
		if !slices.Contains(panel.Classes(), class) {
			return nil, fmt.Errorf(
				"panel %s: %q is no class of error texts; the classes are %s",
				name,
				class,
				strings.Join(panel.Classes(), ", "),
			)
		}
		if slices.Contains(list, "") {
			return nil, fmt.Errorf("panel %s: an empty text in class %q would match every error", name, class)
		}
		texts[panel.Class(class)] = list
	}
	return texts, nil
}

// types turns the configuration's order types into the panel's.
func (c Config) types() ([]panel.Type, error) {
	var all []panel.Type
	for name, t := range c.Types {
		p := panel.Type{Name: name, Required: t.Required, Optional: t.Optional, Counts: t.Counts}
		if p.Counts == "" && p.Takes("quantity") {
			p.Counts = "quantity"
		}
		switch {
		case p.Counts != "" && !p.Takes(p.Counts):
			return nil, fmt.Errorf("%s: type %q counts %q, which is none of its fields", c.Path, name, p.Counts)
		case t.Charge == "unknown":
			p.Basis = panel.PerPost
		case t.Charge == "once", t.Charge == "" && p.Counts == "":
			p.Basis = panel.Once
		case t.Charge != "" && t.Charge != "per-1000":
			return nil, fmt.Errorf(
				"%s: type %q has the charge %q; use per-1000, once or unknown",
				c.Path,
				name,
				t.Charge,
			)
		}
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b panel.Type) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// Fields lists the fields that the configuration's order types take, so that the sheet's reader finds
// their columns.
func (c Config) Fields() []string {
	var fields []string
	for _, t := range c.Types {
		fields = append(fields, slices.Concat(t.Required, t.Optional)...)
	}
	slices.Sort(fields)
	return slices.Compact(fields)
}

// StateDir is the folder of the journal: of this user alone, and local to this machine.
func StateDir() (string, error) {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "bulkorder"), nil
	}
	if runtime.GOOS == "windows" {
		if dir := os.Getenv("LocalAppData"); dir != "" {
			return filepath.Join(dir, "bulkorder"), nil
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("finding the folder of the journal: %w; give --journal", err)
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support", "bulkorder"), nil
	}
	return filepath.Join(home, ".local", "state", "bulkorder"), nil
}
