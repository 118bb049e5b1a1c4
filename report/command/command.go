// Package command is the command tree: flags, environment, configuration, wiring, exit codes. What happens
// to a row is decided in package batch.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"

	"bulkorder/report/terminal"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"bulkorder/batch"
	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
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
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, environ: os.Getenv}
	a.inTerminal = term.IsTerminal(int(os.Stdin.Fd()))
	a.outTerminal, a.errTerminal = term.IsTerminal(int(os.Stdout.Fd())), term.IsTerminal(int(os.Stderr.Fd()))
	return a.run(ctx, os.Args[1:])
}

// app is one call of the program.
type app struct {
	in          io.Reader
	out, err    io.Writer
	inTerminal  bool
	outTerminal bool
	errTerminal bool
	environ     func(string) string

	flags    flags
	urlGiven bool // flags.url, where there is one, is from the command line, not from the environment
	limited  bool // --limit is given
	config   settings.Config
	code     int // what a command that ended well exits with

	sandboxURL string                 // of the sandbox inside this process; empty: it isn't started
	paces      map[string]*batch.Pace // of follow-up calls, by panel: batches share it
}

// Exit codes are a contract; README.md lists them.
const (
	exitOK          = 0
	exitOther       = 1
	exitUsage       = 2
	exitProblems    = 3
	exitFinished    = 4 // some rows invalid, held or refused
	exitStopped     = 5
	exitInDoubt     = 6
	exitPanel       = 7 // the key is refused or the balance is short
	exitHeld        = 11
	exitInterrupted = 130
)

// run executes a command line and gives its exit code.
func (a *app) run(ctx context.Context, args []string) int {
	root := a.commands()
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return a.code
	}
	if text := parse.Escape(err.Error()); text != "" && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(a.err, "bulkorder: "+text)
	}
	if next := nextStep(err); next != "" {
		fmt.Fprintln(a.err, "  "+next)
	}
	return exitCode(ctx, err)
}

// usageError is a mistake on the command line or in the configuration.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

func exitCode(ctx context.Context, err error) int {
	var usage usageError
	var file *parse.FileError
	var held *journal.HeldError
	var refusal *panel.Refusal
	switch {
	case ctx.Err() != nil:
		return exitInterrupted
	case errors.As(err, &held):
		return exitHeld
	case errors.As(err, &usage), errors.Is(err, journal.ErrNotInDoubt), errors.Is(err, journal.ErrNoBatch):
		return exitUsage
	case errors.As(err, &file):
		if file.Missing {
			return exitUsage
		}
		return exitProblems
	case errors.Is(err, desk.ErrStrict), errors.Is(err, desk.ErrNoPanel):
		return exitProblems
	case errors.Is(err, desk.ErrCurrencies):
		return exitUsage
	case errors.As(err, &refusal) && (refusal.Class == panel.ClassKey || refusal.Class == panel.ClassFunds):
		return exitPanel
	}
	return exitOther
}

// nextStep says what a person can do about an error that doesn't say so itself.
func nextStep(err error) string {
	var refusal *panel.Refusal
	var held *journal.HeldError
	switch {
	case errors.As(err, &refusal) && refusal.Class == panel.ClassKey:
		return "Check the key: it is shown on the panel's API page. Nothing was ordered."
	case errors.As(err, &held):
		return "Wait until it has ended, or stop it; nothing was sent by this call."
	case errors.Is(err, panel.ErrElsewhere):
		return "The address of the API usually ends in /api/v2; `bulkorder panels` shows it. Nothing was ordered."
	case errors.Is(err, journal.ErrBroken):
		return "Free some space or mend the disk, then `bulkorder resume` goes on; what was placed is in the journal."
	}
	return ""
}

func (a *app) commands() *cobra.Command {
	root := &cobra.Command{
		Use:           "bulkorder",
		Short:         "Order social-media services from a sheet, each row at most once",
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.settle(cmd) },
	}
	f, p := &a.flags, root.PersistentFlags()
	p.StringVar(&f.panel, "panel", "", "the panel's `name`; `bulkorder panels` lists those known")
	p.StringVar(&f.url, "url", "", "the `address` of the panel's API")
	p.StringVar(&f.journal, "journal", "", "the journal's `file` (default in the user's state folder)")
	p.StringVar(
		&f.config,
		"config",
		"",
		"the configuration `file` (default config.toml in the user's configuration folder)",
	)
	p.BoolVar(&f.json, "json", false, "print one JSON object instead of words")
	p.BoolVarP(&f.quiet, "quiet", "q", false, "print results and errors only")
	p.BoolVarP(&f.verbose, "verbose", "v", false, "tell what became of every request")
	p.BoolVar(&f.noColor, "no-color", false, "print without colours")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(
		a.check(),
		a.submit(),
		a.resume(),
		a.refresh(),
		a.request(journal.Refill),
		a.request(journal.Cancel),
		a.report(),
		a.settleDoubts(),
		a.show(),
		a.explain(),
		a.history(),
		a.services(),
		a.template(),
		a.balance(),
		a.panels(),
		a.key(),
		a.doctor(),
		a.sandbox(),
		a.version(),
	)
	return root
}

// person prints for people: nothing with --json or --quiet.
func (a *app) person(w io.Writer, isTerminal bool) terminal.Screen {
	t := terminal.Screen{
		Out:   w,
		Color: isTerminal && !a.flags.noColor && a.environ("NO_COLOR") == "" && a.environ("TERM") != "dumb",
	}
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && isTerminal {
		t.Width = width
	}
	return t
}

// exactly wants n arguments, and says in words which.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usageError{fmt.Errorf("%s needs %s; see `bulkorder %s --help`", cmd.Name(), what, cmd.Name())}
		}
		return nil
	}
}
