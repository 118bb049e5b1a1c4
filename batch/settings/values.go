package settings

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Value is what a setting is, and where that was said.
type Value struct {
	Text string // empty: nobody said anything
	From string // such as "flag --rate", "environment BULKORDER_RATE", "configuration, line 3", "default"
	Flag bool   // the command line itself says it
}

// Settings are all that a person set. What the command line says wins over the environment, the environment over
// the configuration.
type Settings struct {
	Config  Config
	Given   map[string]Value    // what the command line or the environment says, by the flag's name
	Environ func(string) string // the environment, for keys
}

// FromFlag is a value of the command line.
func FromFlag(name, text string) Value { return Value{Text: text, From: "flag --" + name, Flag: true} }

// Variable names the environment variable of a flag.
func Variable(flag string) string {
	return "BULKORDER_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// FromVariable is a value of the environment.
func FromVariable(flag, text string) Value {
	return Value{Text: text, From: "environment " + Variable(flag)}
}

// Of gives a setting that is not of a panel.
func (s Settings) Of(name string) Value {
	return first(s.Given[name], s.Config.general(name))
}

// OfPanel gives a setting of one panel: what is said of the panel wins over what is said of all.
func (s Settings) OfPanel(name, panel string) Value {
	return first(s.Given[name], s.Config.ofPanel(name, panel), s.Config.general(name))
}

// Or gives the value, or where there is none this one, which nobody set.
func (v Value) Or(text, from string) Value { return first(v, Value{Text: text, From: from}) }

func first(all ...Value) Value {
	for _, v := range all {
		if v.Text != "" {
			return v
		}
	}
	return Value{}
}

// general is what the configuration says of all panels.
func (c Config) general(name string) Value {
	held := ""
	if c.HoldNotes {
		held = "true"
	}
	text := map[string]string{
		"hold-notes": held,
		"panel":      c.Panel, "journal": c.Journal, "rate": c.Rate, "concurrency": number(c.Concurrency),
		"timeout": c.Timeout, "notify": c.Notify, "accept-warnings": strings.Join(c.AcceptWarnings, ","),
	}[name]
	return c.said(strings.ReplaceAll(name, "-", "_"), "configuration", text)
}

// ofPanel is what the configuration says of one panel.
func (c Config) ofPanel(name, panel string) Value {
	own := c.Panels[panel]
	text := map[string]string{
		"rate": own.Rate, "concurrency": number(own.Concurrency), "timeout": own.Timeout, "url": own.URL,
	}[name]
	return c.said("panels."+panel+"."+name, "configuration of the panel", text)
}

func (c Config) said(key, where, text string) Value {
	if line := c.lines[key]; line > 0 {
		where += fmt.Sprintf(", line %d", line)
	}
	return Value{Text: text, From: where}
}

// number is a setting's number; empty for 0, which says nothing.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// linesOf tells in which line each key of a configuration is set, by its names with dots between them.
func linesOf(text []byte) map[string]int {
	lines := map[string]int{}
	var p unstable.Parser
	p.Reset(text)
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind != unstable.Table && e.Kind != unstable.KeyValue {
			continue
		}
		var names []string
		line := 0
		for keys := e.Key(); keys.Next(); {
			names = append(names, string(keys.Node().Data))
			line = cmp.Or(line, p.Shape(keys.Node().Raw).Start.Line)
		}
		name := strings.Join(names, ".")
		if e.Kind == unstable.Table {
			table = name + "."
			continue
		}
		lines[table+name] = line
	}
	return lines
}
