package command

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bulkorder/batch/desk"
	"bulkorder/batch/settings"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/terminal"
)

func (p *program) initCommand() *cobra.Command {
	inFile := false
	cmd := &cobra.Command{
		Use: "init [PANEL]", Short: "Set up a panel: address, key, a check of both, a sheet to fill in",
		Long: `Leads through a first panel. It asks for the panel's name and, unless that is a known one, for the address
of its API, then for the key, without showing it. The panel goes into the configuration, the key into the system's
keyring, or, where there is none, into a file beside the configuration that you alone can read. Then it looks whether
the panel answers, and writes a sheet to fill in from its catalogue. Nothing is ordered.

Without a terminal the name is an argument, the address is --url, and the key is the first line of standard input:

  bulkorder init mypanel --url https://panel.example/api/v2 < key.txt`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage(errors.New("init takes one panel; its key is asked for, and never an argument"))
			}
			return nil
		},
		// A configuration that is named and isn't there yet is made.
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			environment, configuration := p.begin(cmd)
			if errors.Is(configuration, fs.ErrNotExist) {
				configuration = nil
			}
			return errors.Join(environment, configuration)
		},
		RunE: p.does(func(ctx context.Context, args []string) (answer, error) { return p.runInit(ctx, first(args), inFile) }),
	}
	cmd.Flags().BoolVar(&inFile, "key-in-file", false, "keep the key in a file, not in the system's keyring")
	return cmd
}

// setUp is what init prints with --json.
type setUp struct {
	Panel    string           `json:"panel"`
	Config   string           `json:"config"`
	Key      string           `json:"key"` // where it is kept
	Template string           `json:"template,omitempty"`
	Findings []report.Finding `json:"findings"`
	Next     string           `json:"next"`
}

// runInit adds a panel to the configuration, and tells whether it can be ordered from.
func (p *program) runInit(ctx context.Context, name string, inFile bool) (a answer, err error) {
	config, err := p.configFile()
	if err != nil {
		return a, err
	}
	add, err := p.newPanel(ctx, name)
	if err != nil {
		return a, err
	}
	secret, err := p.readKey(ctx, add.Name)
	if err != nil {
		return a, err
	}
	add.Key, add.InFile = secret, inFile
	added, err := p.desk.AddPanel(ctx, config, add)
	if err != nil {
		return a, err
	}
	return p.lookAtNew(ctx, setUp{Panel: add.Name, Config: config, Key: cmp.Or(added.KeyFile, "keyring")})
}

// configFile is where the configuration is, or will be.
func (p *program) configFile() (string, error) {
	if p.config != "" {
		return p.config, nil
	}
	if path := p.settings.Config.Path; path != "" {
		return path, nil
	}
	path, err := settings.ConfigPath()
	if err != nil {
		return "", fmt.Errorf("there is no place for a configuration; name one with --config: %w", err)
	}
	return path, nil
}

// newPanel asks for what isn't said of the panel.
func (p *program) newPanel(ctx context.Context, name string) (add desk.NewPanel, err error) {
	c := p.settings.Config
	known := slices.DeleteFunc(c.Names(), func(n string) bool { return n == settings.Sandbox })
	if name == "" {
		name, err = p.asked(ctx, "The panel's name ("+strings.Join(known, ", ")+", or one of your own): ", "init PANEL")
		if err != nil {
			return add, err
		}
	}
	if _, is := c.Panels[name]; is || name == settings.Sandbox {
		return add, usage(fmt.Errorf("panel %s is set up already; `bulkorder doctor --panel %s` looks whether it answers",
			parse.Escape(name), report.ShellWord(name)))
	}
	add.Name = name
	if said := p.settings.Given["url"]; said.Text != "" {
		add.URL = said.Text
	} else if !slices.Contains(known, name) {
		add.URL, err = p.asked(ctx, "The address of its API, such as https://panel.example/api/v2: ", "--url ADDRESS")
	}
	if err == nil && add.URL != "" {
		if err = settings.CheckAddress(add.URL); err != nil {
			err = usage(err)
		}
	}
	return add, err
}

// asked asks a person at a terminal; how says how it is said where there is none.
func (c *console) asked(ctx context.Context, question, how string) (string, error) {
	if !c.inTerminal {
		return "", usage(fmt.Errorf("there is no terminal to ask at; say it with %s", how))
	}
	fmt.Fprint(c.err, question)
	answer, ok := c.line(ctx)
	if !ok || answer == "" {
		return "", usage(errors.New("nothing was said, and nothing was changed"))
	}
	return answer, nil
}

// line reads what a person types; ok is false where the context ended first.
func (c *console) line(ctx context.Context) (text string, ok bool) {
	if c.lines == nil {
		c.lines = bufio.NewReader(c.in)
	}
	defer c.life.Asking()()
	lines, answers := c.lines, make(chan string, 1)
	go func() { // reading a terminal can't be interrupted; an unread answer ends with the process
		answer, _ := lines.ReadString('\n')
		answers <- strings.TrimSpace(answer)
	}()
	select {
	case text = <-answers:
		return text, true
	case <-ctx.Done():
		return "", false
	}
}

// lookAtNew looks whether a panel that was just added answers, and writes a sheet to fill in.
func (p *program) lookAtNew(ctx context.Context, made setUp) (a answer, err error) {
	if p.settings.Config, err = settings.Load(made.Config); err != nil {
		return a, usage(err)
	}
	p.settings.Given["panel"] = settings.FromFlag("panel", made.Panel)
	delete(p.settings.Given, "url")
	if err := p.desk.Close(); err != nil {
		return a, err
	}
	p.desk = p.newDesk()
	source, err := settings.KeySource(ctx, made.Panel, p.settings.Config.Panels[made.Panel], p.environ)
	if err == nil && strings.HasPrefix(source, "environment") {
		p.notes([]string{source + " wins over the key that is kept now, while it is set"})
	}
	all, err := p.desk.Doctor(ctx, desk.Diagnosis{})
	if err != nil {
		return a, err
	}
	made.Findings = findings(all)
	a.code = doctorCode(all)
	made.Next = "bulkorder doctor --panel " + report.ShellWord(made.Panel)
	if a.code == 0 {
		var o templateOptions
		made.Template, err = o.target(made.Panel)
		if err == nil {
			err = p.writeTemplate(ctx, made.Panel, made.Template)
		}
		if err != nil { // the panel is set up all the same
			p.notes([]string{err.Error()})
			made.Template, err = "", nil
		}
		if made.Next = "bulkorder template"; made.Template != "" {
			made.Next = "fill in the sheet Orders of it, then: bulkorder check " + report.FileWord(made.Template)
		}
	}
	a.object = made
	a.words = func(s terminal.Screen) {
		s.Doctor(made.Findings)
		fmt.Fprintf(s.Out, "\nPanel %s is in %s, its key in %s.\n", parse.Escape(made.Panel), parse.Escape(made.Config),
			parse.Escape(made.Key))
		if made.Template != "" {
			fmt.Fprintf(s.Out, "A sheet to fill in: %s\n", parse.Escape(made.Template))
		}
		fmt.Fprintf(s.Out, "Next: %s\n", parse.Escape(made.Next))
	}
	return a, err
}
