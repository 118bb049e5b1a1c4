package command

import (
	"cmp"
	"fmt"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"time"

	"bulkorder/report/notice"

	"github.com/spf13/cobra"

	"bulkorder/batch"
	"bulkorder/batch/panel"
	"bulkorder/batch/settings"
	"bulkorder/report"
)

// checkup is one call of doctor.
type checkup struct {
	a           *app
	given       map[string]bool // flags that are on the command line itself
	environment error           // a variable that can't be taken
	loading     error           // why the configuration can't be read
	findings    []report.Finding
}

func (a *app) doctor() *cobra.Command {
	c := &checkup{a: a, given: map[string]bool{}}
	cmd := &cobra.Command{Use: "doctor", Short: "Tell what is set up and what is not", Args: cobra.NoArgs,
		Long: "Looks at the configuration, the settings in force and where they come from, the key's source, the way to the panel, its clock, catalogue and balance,\n" +
			"the state folder and the journal. It orders nothing and changes nothing; of the panel it asks services and balance. SQLite may leave its\n" +
			"-wal and -shm files beside the journal until the next run.\n\n" +
			"Exit codes: 0 no problem (there may be warnings), 2 settings or configuration are wrong or there is no key, 7 the panel refuses the key, 1 any other problem.",
		// The usual beginning ends with a configuration that can't be read: here that is a finding.
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { c.begin(cmd); return nil },
		RunE: func(cmd *cobra.Command, _ []string) error {
			c.configuration()
			p, own, named := c.panel()
			c.paces(own)
			if named {
				c.reach(cmd.Context(), p, own)
			}
			c.state(cmd.Context())
			if err := cmd.Context().Err(); err != nil {
				return err
			}
			if a.flags.json {
				return report.DoctorJSON(a.out, c.findings)
			}
			a.person(a.out, a.outTerminal).Doctor(c.findings)
			return nil
		}}
	a.rateFlag(cmd)
	cmd.Flags().
		IntVar(&a.flags.concurrency, "concurrency", 0, "requests under way at once (default 2, more for higher rates)")
	cmd.Flags().StringVar(&a.flags.timeout, "timeout", "", "how `long` an answer may take (default 150s)")
	a.notifyFlag(cmd)
	return cmd
}

func (c *checkup) begin(cmd *cobra.Command) {
	for _, name := range []string{"panel", "url", "journal", "config", "rate", "concurrency", "timeout", "notify"} {
		c.given[name] = cmd.Flags().Changed(name)
	}
	err := c.a.settle(cmd)
	c.a.config, c.loading = settings.Load(c.a.flags.config)
	if err != nil && (c.loading == nil || err.Error() != c.loading.Error()) {
		c.environment = err
	}
}

func (c *checkup) ok(name, found string) {
	c.findings = append(c.findings, report.Finding{Name: name, State: report.Healthy, Found: found})
}

func (c *checkup) warn(name, found, do string) {
	c.findings = append(c.findings, report.Finding{Name: name, State: report.Warned, Found: found, Do: do})
}

// ill notes a problem with its exit code: a key that was refused wins over wrong settings, those over the rest.
func (c *checkup) ill(code int, name, found, do string) {
	c.findings = append(c.findings, report.Finding{Name: name, State: report.Ill, Found: found, Do: do})
	rank := map[int]int{exitOK: 0, exitOther: 1, exitUsage: 2, exitPanel: 3}
	if rank[code] > rank[c.a.code] {
		c.a.code = code
	}
}

func (c *checkup) configuration() {
	if c.environment != nil {
		c.ill(exitUsage, "environment", c.environment.Error(), "correct the variable or unset it")
	}
	switch {
	case c.loading != nil:
		c.ill(exitUsage, "configuration", c.loading.Error(), "correct the file; samples/config.toml shows every name")
	case c.a.config.Path == "":
		c.ok("configuration", "none")
	default:
		c.ok("configuration", c.a.config.Path)
	}
}

// candidate is a value that a setting might have, and where it comes from. Empty: it isn't set there.
type candidate struct{ value, from string }

// flag is what the command line or the environment says of a setting.
func (c *checkup) flag(name, value string) candidate {
	if c.given[name] {
		return candidate{value, "flag --" + name}
	}
	return candidate{value, "environment BULKORDER_" + strings.ToUpper(name)}
}

// inForce gives the first candidate that has a value.
func inForce(all ...candidate) candidate {
	for _, c := range all {
		if c.value != "" {
			return c
		}
	}
	return candidate{}
}

func (c *checkup) setting(name string, s candidate) { c.ok(name, s.value+" ("+s.from+")") }

// panel finds out which panel is meant; named is false where none is, or it can't be known.
func (c *checkup) panel() (p panel.Panel, own settings.Panel, named bool) {
	f := c.a.flags
	name := inForce(c.flag("panel", f.panel), candidate{c.a.config.Panel, "configuration"})
	if f.panel == "" && f.url != "" {
		name = candidate{} // the address alone says which panel is meant
	}
	if name.value == "" && f.url == "" {
		c.warn(
			"panel",
			"none is named, so none is looked at",
			"give --panel or --url, or set panel in the configuration; `bulkorder panels` lists those known",
		)
		return p, own, false
	}
	p, own, err := c.a.config.Resolve(f.panel, f.url)
	if err != nil {
		c.ill(exitUsage, "panel", err.Error(), "correct the name, or the configuration of the panel")
		return p, own, false
	}
	if name.value == "" {
		name = candidate{p.Name, "by its address"}
	}
	c.setting("panel", name)
	address := inForce(
		c.flag("url", f.url),
		candidate{own.URL, "configuration, panels." + p.Name},
		candidate{p.URL, "known"},
	)
	if address.value != "" {
		c.setting("url", candidate{shownAddress(address.value), address.from})
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
func (c *checkup) paces(own settings.Panel) {
	f, config := c.a.flags, c.a.config
	const panels, general = "configuration of the panel", "configuration"
	rate := inForce(
		c.flag("rate", f.rate),
		candidate{own.Rate, panels},
		candidate{config.Rate, general},
		candidate{batch.DefaultRate().String(), "default"},
	)
	parsed, err := batch.ParseRate(rate.value)
	if err != nil {
		c.ill(exitUsage, "rate", fmt.Sprintf("%v (%s)", err, rate.from), "correct it")
		parsed = batch.DefaultRate()
	} else {
		c.setting("rate", rate)
	}
	atOnce := inForce(
		c.flag("concurrency", number(f.concurrency)),
		candidate{number(own.Concurrency), panels},
		candidate{number(config.Concurrency), general},
		candidate{number(parsed.Concurrency()), "default"},
	)
	if strings.HasPrefix(atOnce.value, "-") {
		c.ill(exitUsage, "concurrency", atOnce.value+" ("+atOnce.from+") is below 0", "use 1 or more")
	} else {
		c.setting("concurrency", atOnce)
	}
	timeout := inForce(
		c.flag("timeout", f.timeout),
		candidate{own.Timeout, panels},
		candidate{config.Timeout, general},
		candidate{"150s", "default"},
	)
	switch d, err := time.ParseDuration(timeout.value); {
	case err != nil || d <= 0:
		c.ill(
			exitUsage,
			"timeout",
			fmt.Sprintf("%q (%s) is no time", timeout.value, timeout.from),
			"write it like 150s",
		)
	case d < 2*time.Minute:
		c.warn(
			"timeout",
			timeout.value+" ("+timeout.from+")",
			"more rows end in doubt below 120s: slow panels and what is in front of them take that long",
		)
	default:
		c.setting("timeout", timeout)
	}
	c.notices()
}

// notices tells where notices go, by the host alone: the address is a secret.
func (c *checkup) notices() {
	address := inForce(c.flag("notify", c.a.flags.notify), candidate{c.a.config.Notify, "configuration"})
	if address.value == "" {
		return
	}
	if err := notice.CheckURL(address.value); err != nil {
		c.ill(exitUsage, "notify", fmt.Sprintf("%v (%s)", err, address.from), "correct it")
		return
	}
	u, _ := url.Parse(address.value) // it was parsed just now
	c.setting("notify", candidate{u.Host, address.from})
}

// number is a setting's number; empty for 0, which says nothing.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// journal tells where the journal is meant to be, and from what that follows.
func (c *checkup) journal() (string, error) {
	path, err := c.a.journalPath()
	if err != nil {
		c.ill(exitOther, "journal file", err.Error(), "give --journal")
		return "", err
	}
	usual := "default"
	if runtime.GOOS != "windows" && c.a.environ("XDG_STATE_HOME") != "" {
		usual = "default, below XDG_STATE_HOME"
	}
	from := inForce(
		c.flag("journal", c.a.flags.journal),
		candidate{c.a.config.Journal, "configuration"},
		candidate{path, usual},
	)
	c.setting("journal file", candidate{cmp.Or(from.value, path), from.from})
	return path, nil
}
