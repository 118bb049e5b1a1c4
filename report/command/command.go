// Package command is the command line: flags become options, options go to the desk, what it gives back goes to one
// printer, and the exit code follows from it. What the program does is decided in package desk.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/settings"
	"bulkorder/parse"
)

// Main executes the process's command line and gives its exit code. The first interrupt is polite, the
// second leaves at once; the journal is right either way.
func Main() int {
	// net/http logs what a server sends unasked, and that may be an echo of the key.
	log.SetOutput(io.Discard)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		fmt.Fprintln(
			os.Stderr,
			"\nStopping: what is under way is finished, nothing new begins. Once more leaves at once.",
		)
		cancel()
		<-signals
		os.Exit(exitInterrupted)
	}()
	p := &program{console: console{in: os.Stdin, out: os.Stdout, err: os.Stderr}, environ: os.Getenv}
	p.inTerminal = term.IsTerminal(int(os.Stdin.Fd()))
	p.outTerminal, p.errTerminal = term.IsTerminal(int(os.Stdout.Fd())), term.IsTerminal(int(os.Stderr.Fd()))
	return p.run(ctx, os.Args[1:])
}

// program is one call of the program.
type program struct {
	console
	environ  func(string) string
	config   string // the configuration file that is named; empty: the usual one
	settings settings.Settings
	desk     *desk.Desk
	code     int // what a command that ended well exits with
}

// run executes a command line and gives its exit code.
func (p *program) run(ctx context.Context, args []string) int {
	root := p.commands()
	p.paging = pagerOf(p.environ)
	root.SetArgs(args)
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	err := root.ExecuteContext(ctx)
	if p.desk != nil {
		err = errors.Join(err, p.desk.Close())
	}
	if p.life != nil {
		p.life.Close()
	}
	if err == nil {
		return p.code
	}
	if text := parse.Escape(err.Error()); text != "" && !errors.Is(err, context.Canceled) {
		p.screen(p.err, p.errTerminal).Wrong(text)
	}
	if next := nextStep(err); next != "" {
		fmt.Fprintln(p.err, "  "+next)
	}
	return errorCode(ctx, err)
}

func (p *program) commands() *cobra.Command {
	root := &cobra.Command{
		Use:           "bulkorder",
		Short:         "Order social-media services from a sheet, each row at most once",
		SilenceErrors: true, SilenceUsage: true, Version: thisBuild().Version,
		Args: noArguments, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.HasParent() {
				return nil // help needs no settings
			}
			environment, configuration := p.begin(cmd)
			return errors.Join(environment, configuration)
		},
	}
	root.SetVersionTemplate(thisBuild().String() + "\n")
	f := root.PersistentFlags()
	f.String("panel", "", "the panel's `name`; `bulkorder panels` lists those known")
	f.String("url", "", "the `address` of the panel's API")
	f.String("journal", "", "the journal's `file`, or postgres://user@host/database "+
		"(default a file in the user's state folder)")
	f.StringVar(
		&p.config, "config", "", "the configuration `file` (default config.toml in the user's configuration folder)",
	)
	f.BoolVar(&p.json, "json", false, "print one JSON object instead of words")
	f.BoolVarP(&p.quiet, "quiet", "q", false, "print results and errors only")
	f.BoolVarP(&p.verbose, "verbose", "v", false, "tell what became of every request")
	f.BoolVar(&p.tables, "wide", false, "print tables in full, however narrow the terminal is")
	f.BoolVar(&p.noColor, "no-color", false, "print without colours")
	root.SetFlagErrorFunc(noFlag)
	for _, g := range []struct {
		title    string
		commands []*cobra.Command
	}{
		{"Place orders:", []*cobra.Command{
			p.templateCommand(), p.checkCommand(), p.runCommand(), p.resumeCommand(),
		}},
		{"See what became of them:", []*cobra.Command{
			p.refreshCommand(), p.reportCommand(), p.showCommand(), p.explainCommand(), p.historyCommand(),
		}},
		{"Decide and ask for more:", []*cobra.Command{
			p.settleCommand(), p.requestCommand(journal.Refill), p.requestCommand(journal.Cancel),
		}},
		{"Panels and accounts:", []*cobra.Command{
			p.servicesCommand(), p.balanceCommand(), p.panelsCommand(), p.keyCommand(), p.pauseCommand(), p.goOnCommand(),
		}},
		{"In a browser, and in the background:", []*cobra.Command{p.serveCommand(), p.workCommand()}},
		{"This machine:", []*cobra.Command{
			p.initCommand(), p.doctorCommand(), p.journalCommand(), p.sandboxCommand(), p.versionCommand(),
		}},
	} {
		root.AddGroup(&cobra.Group{ID: g.title, Title: g.title})
		for _, cmd := range g.commands {
			cmd.GroupID = g.title
			root.AddCommand(cmd)
		}
	}
	root.AddCommand(p.manCommand())
	root.SetHelpCommand(helpCommand())
	root.SetHelpCommandGroupID("This machine:")
	root.SetCompletionCommandGroupID("This machine:")
	addExamples(root)
	p.addCompletions(root)
	p.addTopics(root)
	return root
}

// does makes what cobra runs of a function that knows nothing of it: its answer is printed, whatever it fails of.
func (p *program) does(
	run func(ctx context.Context, args []string) (answer, error),
) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		done := p.atWork(cmd)
		a, err := run(cmd.Context(), args)
		done()
		p.code = a.code
		return errors.Join(err, p.print(a))
	}
}

// atWork says that a command takes its time, where nothing else is known of what it waits for. Those that stay, and
// those that a person types into, are left out.
func (p *program) atWork(cmd *cobra.Command) (done func()) {
	for c := cmd; c != nil; c = c.Parent() {
		if slices.Contains([]string{"serve", "work", "sandbox", "init", "key"}, c.Name()) {
			return func() {}
		}
	}
	for _, name := range []string{"every", "cron"} {
		if f := cmd.Flags().Lookup(name); f != nil && f.Value.String() != "" {
			return func() {}
		}
	}
	return p.life.Beside("working on " + cmd.CommandPath())
}

// exactly wants n arguments, and says in words which.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usage(fmt.Errorf("%s needs %s; see `bulkorder %s --help`", cmd.Name(), what, cmd.Name()))
		}
		return nil
	}
}

// atMostOneBatch takes a batch's name, or none.
func atMostOneBatch(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage(fmt.Errorf("%s takes one batch, and these are %d", cmd.Name(), len(args)))
	}
	return nil
}

// first is the one argument, or empty.
func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}
