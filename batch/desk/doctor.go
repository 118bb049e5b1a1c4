package desk

import (
	"context"
	"fmt"
	"net/url"
	"runtime"
	"strings"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
	"bulkorder/batch/settings"
)

// Health is how one thing stands that doctor looked at.
type Health int

const (
	Healthy    Health = iota
	Warned            // it works, but something should be known
	Broken            // it doesn't work, or would lose something
	Misset            // settings or configuration are wrong, or there is no key
	KeyRefused        // the panel refuses the key
)

// Finding is one thing that doctor looked at.
type Finding struct {
	Name   string // a short stable name
	Health Health
	Found  string
	Do     string // empty: nothing is to be done
}

// Diagnosis says what doctor can't find out by itself.
type Diagnosis struct {
	Environment   error              // a variable that can't be taken; nil: all can
	Configuration error              // why the configuration can't be read; nil: it can
	CheckNotice   func(string) error // tells why no notices can be posted to an address
	ForgetLimits  bool               // what the answers of panels taught of their limits is forgotten
}

// checkup is one call of doctor.
type checkup struct {
	*Desk
	Diagnosis
	settings settings.Settings
	findings []Finding
	compared bool // whether the journal is the newest is told elsewhere
}

// Doctor looks at what is set up and what is not. It orders nothing, and changes nothing but limits that are to be
// forgotten; of the panel it asks services and balance.
func (d *Desk) Doctor(ctx context.Context, o Diagnosis) ([]Finding, error) {
	c := &checkup{Desk: d, Diagnosis: o, settings: d.Accounts.Now()}
	if o.ForgetLimits {
		if err := c.forgetLimits(ctx); err != nil {
			return nil, err
		}
	}
	c.configuration()
	p, own, named := c.panel()
	c.paces(p.Name)
	if named {
		c.reach(ctx, p, own)
	}
	c.state(ctx)
	return c.findings, ctx.Err()
}

func (c *checkup) ok(name, found string) {
	c.findings = append(c.findings, Finding{Name: name, Health: Healthy, Found: found})
}

func (c *checkup) warn(name, found, do string) {
	c.findings = append(c.findings, Finding{Name: name, Health: Warned, Found: found, Do: do})
}

// ill notes a problem.
func (c *checkup) ill(h Health, name, found, do string) {
	c.findings = append(c.findings, Finding{Name: name, Health: h, Found: found, Do: do})
}

func (c *checkup) setting(name string, v settings.Value) { c.ok(name, v.Text+" ("+v.From+")") }

func (c *checkup) configuration() {
	if c.Environment != nil {
		c.ill(Misset, "environment", c.Environment.Error(), "correct the variable or unset it")
	}
	switch {
	case c.Configuration != nil:
		c.ill(Misset, "configuration", c.Configuration.Error(),
			"correct the file; samples/config.toml shows every name")
	case c.settings.Config.Path == "":
		c.ok("configuration", "none")
	default:
		c.ok("configuration", c.settings.Config.Path)
	}
}

// panel finds out which panel is meant; named is false where none is, or it can't be known.
func (c *checkup) panel() (p panel.Panel, own settings.Panel, named bool) {
	if !c.Accounts.IsMeant() {
		c.warn("panel", "none is named, so none is looked at",
			"give --panel or --url, or set panel in the configuration; `bulkorder panels` lists those known")
		return p, own, false
	}
	t := c.Accounts.meant()
	p, own, err := c.Accounts.resolve(t)
	if err != nil {
		c.ill(Misset, "panel", err.Error(), "correct the name, or the configuration of the panel")
		return p, own, false
	}
	name := settings.Value{Text: p.Name, From: "by its address"}
	if t.name != "" {
		name = c.settings.Of("panel")
	}
	c.setting("panel", name)
	address := c.settings.Given["url"].Or(own.URL, "configuration, panels."+p.Name).Or(p.URL, "known")
	if address.Text != "" {
		c.setting("url", settings.Value{Text: shownAddress(address.Text), From: address.From})
	}
	return p, own, true
}

// shownAddress is an address without the parts in which a key may have been put by mistake.
func shownAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "no address"
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// paces tells the settings of sending, each with its source.
func (c *checkup) paces(name string) {
	rate := c.settings.OfPanel("rate", name).Or(pace.DefaultRate().String(), "default")
	if _, err := pace.ParseRate(rate.Text); err != nil {
		c.ill(Misset, "rate", fmt.Sprintf("%v (%s)", err, rate.From), "correct it")
	} else {
		c.setting("rate", rate)
	}
	atOnce := c.settings.OfPanel("concurrency", name).Or(batch.AtOnce(), "default")
	if strings.HasPrefix(atOnce.Text, "-") {
		c.ill(Misset, "concurrency", atOnce.Text+" ("+atOnce.From+") is below 0", "use 1 or more")
	} else {
		c.setting("concurrency", atOnce)
	}
	c.timeout(c.settings.OfPanel("timeout", name).Or("150s", "default"))
	c.notices()
}

func (c *checkup) timeout(v settings.Value) {
	switch d, err := time.ParseDuration(v.Text); {
	case err != nil || d <= 0:
		c.ill(Misset, "timeout", fmt.Sprintf("%q (%s) is no time", v.Text, v.From), "write it like 150s")
	case d < 2*time.Minute:
		c.warn("timeout", v.Text+" ("+v.From+")",
			"more rows end in doubt below 120s: slow panels and what is in front of them take that long")
	default:
		c.setting("timeout", v)
	}
}

// notices tells where notices go, by the host alone: the address is a secret.
func (c *checkup) notices() {
	address := c.settings.Of("notify")
	if address.Text == "" {
		return
	}
	if c.CheckNotice != nil {
		if err := c.CheckNotice(address.Text); err != nil {
			c.ill(Misset, "notify", fmt.Sprintf("%v (%s)", err, address.From), "correct it")
			return
		}
	}
	u, err := url.Parse(address.Text)
	if err == nil {
		c.setting("notify", settings.Value{Text: u.Host, From: address.From})
	}
}

// place tells where the journal is meant to be, and from what that follows.
func (c *checkup) place() (string, error) {
	path, err := c.JournalPath()
	if err != nil {
		c.ill(Broken, "journal file", err.Error(), "give --journal")
		return "", err
	}
	if path.From == "default" && runtime.GOOS != "windows" && c.settings.Environ("XDG_STATE_HOME") != "" {
		path.From = "default, below XDG_STATE_HOME"
	}
	if journal.IsPostgres(path.Text) {
		c.setting("journal", settings.Value{Text: journal.PlaceOf(path.Text), From: path.From})
		return path.Text, nil
	}
	c.setting("journal file", path)
	return path.Text, nil
}
